import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp, Search, UserPlus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { useCommands } from "../frame/commands";
import { useNavigation } from "../frame/navigation";
import type { PatientHits } from "../lib/api";
import { useShortcuts } from "../lib/shortcuts";
import { Button } from "../parts/button";
import { Failure, Loading, State } from "../parts/state";
import { useSession } from "../session/session";
import { ImportListDialog } from "./import-list-dialog";
import { PatientDialog } from "./patient-dialog";
import { optionId, PatientList } from "./patient-list";
import { PatientRecord } from "./patient-record";
import { hitAt, searchQuery } from "./queries";

/** Finding a patient, and their record beside the list. */
export function PatientsScreen() {
  const t = useTranslations("patients");
  const { target, go } = useNavigation();
  const { may } = useSession();
  const mayAdd = may("new_patient");
  const [text, setText] = useState("");
  const list = useTranslations("patientList");
  const mayImport = may("import_patient_list");
  const [isAdding, setIsAdding] = useState(false);
  const [isImporting, setIsImporting] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const query = useQuery(searchQuery(text));
  const chosen = target.patient;
  const choose = (patient: string) => go("patients", { patient });

  const add = useMemo(
    () => ({ id: "new-patient", label: t("add"), keys: "N", run: () => setIsAdding(true) }),
    [t],
  );
  const bringIn = useMemo(
    () => ({ id: "import-patients", label: list("import"), run: () => setIsImporting(true) }),
    [list],
  );
  useCommands(
    useMemo(
      () => [...(mayAdd ? [add] : []), ...(mayImport ? [bringIn] : [])],
      [add, bringIn, mayAdd, mayImport],
    ),
  );
  useShortcuts({ ...(mayAdd && { n: add.run }), "/": () => field.current?.select() });

  return (
    <div className="flex h-full max-md:block max-md:overflow-y-auto">
      <section
        aria-label={t("list")}
        className="flex w-80 shrink-0 flex-col border-hairline border-r bg-surface max-lg:w-72 max-md:w-full max-md:border-r-0 max-md:border-b print:hidden"
      >
        <header className="flex h-14 shrink-0 items-center justify-between gap-2 pr-3 pl-5">
          <h1 className="font-semibold text-display tracking-tight">{t("title")}</h1>
          <div className="flex gap-1">
            {mayImport && (
              <Button label={list("import")} onPress={bringIn.run}>
                <FileUp aria-hidden size={16} />
              </Button>
            )}
            {mayAdd && (
              <Button keys="N" onPress={add.run}>
                <UserPlus aria-hidden size={16} className="mr-1.5" /> {t("new")}
              </Button>
            )}
          </div>
        </header>
        <Finder
          text={text}
          onText={setText}
          field={field}
          hits={query.data}
          chosen={chosen}
          onChoose={choose}
          onAdd={add.run}
        >
          {query.isError && <Failure error={query.error} onRetry={() => query.refetch()} />}
        </Finder>
      </section>
      <main className="min-h-0 min-w-0 flex-1 overflow-y-auto max-md:overflow-visible">
        {chosen ? (
          <PatientRecord key={chosen} id={chosen} onOpen={choose} onGone={() => go("patients")} />
        ) : query.data?.of === 0 ? (
          <State
            title={t("nobodyTitle")}
            action={
              mayAdd && (
                <Button isPrimary onPress={add.run}>
                  {t("add")}
                </Button>
              )
            }
          >
            {t("nobodyAdvice")}
          </State>
        ) : query.isPending ? (
          <Loading />
        ) : (
          <State icon={<Search aria-hidden size={28} />} title={t("noneTitle")}>
            {t("noneAdvice")}
          </State>
        )}
      </main>
      {isImporting && <ImportListDialog onClose={() => setIsImporting(false)} />}
      {isAdding && (
        <PatientDialog
          initialName={query.data?.found === 0 ? text : ""}
          onClose={() => setIsAdding(false)}
          onOpen={(id) => {
            setIsAdding(false);
            choose(id);
          }}
        />
      )}
    </div>
  );
}

interface FinderProps {
  text: string;
  onText: (text: string) => void;
  field: RefObject<HTMLInputElement | null>;
  hits: PatientHits | undefined;
  chosen: string | undefined;
  onChoose: (id: string) => void;
  onAdd: () => void;
  /** Shown in place of the list. */
  children: ReactNode;
}

/** The search and what it found; the arrow keys walk the list while the focus stays in the search. */
function Finder({ text, onText, field, hits, chosen, onChoose, onAdd, children }: FinderProps) {
  const t = useTranslations("patients");
  const list = useId();
  const [active, setActive] = useState<number>();
  const client = useQueryClient();
  const found = hits?.found ?? 0;
  const chooseAt = async (at: number) => {
    const hit = await hitAt(client, text, at);
    if (hit) {
      onChoose(hit.id);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found - 1;
    const moves: Record<string, number | undefined> = {
      ArrowDown: Math.min((active ?? -1) + 1, last),
      ArrowUp: active === undefined || active === 0 ? undefined : active - 1,
      PageDown: Math.min((active ?? 0) + 10, last),
      PageUp: Math.max((active ?? 0) - 10, 0),
    };
    if (event.key in moves && found > 0) {
      event.preventDefault();
      setActive(moves[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      void chooseAt(active ?? 0);
    } else if (event.key === "Escape" && text !== "") {
      event.preventDefault();
      event.stopPropagation();
      onText("");
      setActive(undefined);
    }
  };
  return (
    <>
      <div className="relative mx-3 mb-2 shrink-0">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2 left-2.5 text-quiet" />
        <input
          ref={field}
          type="search"
          aria-label={t("search")}
          {...(hits && !children && found > 0 && { "aria-controls": list })}
          aria-autocomplete="list"
          {...(active !== undefined && { "aria-activedescendant": optionId(list, active) })}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the screen is for searching, and nothing before the field is skipped.
          autoFocus
          dir="auto"
          value={text}
          placeholder={t("searchHint")}
          onChange={(event) => {
            onText(event.currentTarget.value);
            // Nothing is meant by itself: it could be gone from the list by the time it is told.
            setActive(undefined);
          }}
          onKeyDown={onKeyDown}
          className="h-8 w-full select-text rounded-control border border-edge bg-surface pr-2 pl-8 outline-accent placeholder:text-quiet focus:outline-2 focus:-outline-offset-1"
        />
      </div>
      <p aria-live="polite" className="shrink-0 px-5 pb-1 text-quiet text-small">
        {hits &&
          (text.trim() === ""
            ? hits.recent > 0
              ? t("recentOf", { count: hits.of })
              : t("all", { count: hits.of })
            : t("found", { count: found }))}
      </p>
      {children}
      {hits && !children && found > 0 && (
        <PatientList
          id={list}
          text={text}
          found={found}
          chosen={chosen}
          active={active}
          onChoose={onChoose}
          onKeyDown={onKeyDown}
        />
      )}
      {hits && !children && found === 0 && text.trim() !== "" && (
        <div className="px-5 py-3">
          <p className="mb-3 text-quiet">{t("nothingFits")}</p>
          <Button onPress={onAdd}>
            <UserPlus aria-hidden size={16} className="mr-1.5 shrink-0" />
            <span className="truncate">{t.rich("addNamed", { name: () => <bdi>{text.trim()}</bdi> })}</span>
          </Button>
        </div>
      )}
    </>
  );
}
