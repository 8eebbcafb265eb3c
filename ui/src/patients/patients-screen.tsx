import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Search, UserPlus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import { useTranslations } from "use-intl";

import { useCommands } from "../frame/commands";
import { useNavigation } from "../frame/navigation";
import type { PatientHit, PatientHits } from "../lib/api";
import { useShortcuts } from "../lib/shortcuts";
import { parts, useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Failure, Loading, State } from "../parts/state";
import { PatientDialog } from "./patient-dialog";
import { PatientRecord } from "./patient-record";
import { searchQuery } from "./queries";

/** Finding a patient, and their record beside the list. */
export function PatientsScreen() {
  const t = useTranslations("patients");
  const { target, go } = useNavigation();
  const [text, setText] = useState("");
  const [isAdding, setIsAdding] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const query = useQuery(searchQuery(text));
  const chosen = target.patient;
  const choose = (patient: string) => go("patients", { patient });

  const add = useMemo(
    () => ({ id: "new-patient", label: t("add"), keys: "N", run: () => setIsAdding(true) }),
    [t],
  );
  useCommands(useMemo(() => [add], [add]));
  useShortcuts({ n: add.run, "/": () => field.current?.focus() });

  return (
    <div className="flex h-full max-md:flex-col">
      <section
        aria-label={t("list")}
        className="flex w-80 shrink-0 flex-col border-hairline border-r bg-surface max-lg:w-72 max-md:max-h-1/2 max-md:w-full"
      >
        <header className="flex h-14 shrink-0 items-center justify-between gap-2 pr-3 pl-5">
          <h1 className="font-semibold text-display tracking-tight">{t("title")}</h1>
          <Button keys="N" onPress={add.run}>
            <UserPlus aria-hidden size={16} className="mr-1.5" /> {t("new")}
          </Button>
        </header>
        <Finder
          text={text}
          onText={setText}
          field={field}
          hits={query.data}
          chosen={chosen}
          onChoose={choose}
        >
          {query.isError && <Failure error={query.error} onRetry={() => query.refetch()} />}
        </Finder>
      </section>
      <main className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        {chosen ? (
          <PatientRecord key={chosen} id={chosen} onOpen={choose} onGone={() => go("patients")} />
        ) : query.data?.of === 0 ? (
          <State
            title={t("nobodyTitle")}
            action={
              <Button isPrimary onPress={add.run}>
                {t("add")}
              </Button>
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
      {isAdding && (
        <PatientDialog
          initialName={query.data?.hits.length === 0 ? text : ""}
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
  field: React.RefObject<HTMLInputElement | null>;
  hits: PatientHits | undefined;
  chosen: string | undefined;
  onChoose: (id: string) => void;
  children: React.ReactNode;
}

/** The search and what it found; the arrow keys walk the list while the focus stays in the search. */
function Finder({ text, onText, field, hits, chosen, onChoose, children }: FinderProps) {
  const t = useTranslations("patients");
  const found = hits?.hits ?? [];
  const recent = hits?.recent ?? 0;
  const client = useQueryClient();
  // What is listed may still be the answer to fewer letters: the first of what is asked for now is meant.
  const chooseFirst = async () => {
    const [first] = (await client.fetchQuery(searchQuery(text))).hits;
    if (first) {
      onChoose(first.id);
    }
  };
  return (
    // Nothing is in focus by itself: it could be gone from the list by the time it is told.
    <Autocomplete inputValue={text} onInputChange={onText} disableAutoFocusFirst>
      <SearchField aria-label={t("search")} autoFocus className="relative mx-3 mb-2 shrink-0">
        <Search aria-hidden size={16} className="pointer-events-none absolute top-2 left-2.5 text-quiet" />
        <Input
          ref={field}
          placeholder={t("searchHint")}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.currentTarget.hasAttribute("aria-activedescendant")) {
              void chooseFirst();
            }
          }}
          className="h-8 w-full select-text rounded-control border border-edge bg-surface pr-2 pl-8 outline-accent placeholder:text-quiet focus:outline-2 focus:-outline-offset-1 [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <p aria-live="polite" className="shrink-0 px-5 pb-1 text-quiet text-small">
        {hits &&
          (text.trim() === ""
            ? recent > 0
              ? t("recent")
              : t("all", { count: hits.of })
            : t("found", { count: found.length }))}
      </p>
      {children}
      {hits && !children && (
        <ListBox
          aria-label={t("list")}
          items={found}
          selectionMode="single"
          selectedKeys={chosen ? [chosen] : []}
          onSelectionChange={(keys) => {
            const [key] = keys === "all" ? [] : [...keys];
            if (key !== undefined) {
              onChoose(String(key));
            }
          }}
          disallowEmptySelection
          className="min-h-0 flex-1 overflow-y-auto px-2 pb-3 outline-none"
          renderEmptyState={() => (
            <p className="px-3 py-4 text-quiet">{t(text.trim() === "" ? "nobodyTitle" : "nothingFits")}</p>
          )}
        >
          {(hit) => <HitItem hit={hit} />}
        </ListBox>
      )}
    </Autocomplete>
  );
}

function HitItem({ hit }: { hit: PatientHit }) {
  const name = useNames();
  const t = useTranslations("patients");
  const privately = usePrivately();
  const { shortDate, plainDate } = useTimes();
  const facts = [hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone].filter(Boolean).join(" · ");
  return (
    <ListBoxItem
      id={hit.id}
      textValue={name(hit.name)}
      className="rounded-control px-3 py-1.5 outline-none data-focused:bg-raised data-selected:bg-raised data-focus-visible:outline-2 data-focus-visible:outline-accent data-focus-visible:-outline-offset-2"
    >
      <p className="flex items-baseline justify-between gap-3">
        <bdi className="truncate font-semibold">{name(hit.name)}</bdi>
        {hit.next_visit && (
          <span className="shrink-0 text-quiet text-small">
            <span className="sr-only">{t("nextVisitIs")} </span>
            {shortDate(parts(hit.next_visit).date)}
          </span>
        )}
      </p>
      <p className="truncate text-quiet text-small">{facts ? privately(facts) : t("noContact")}</p>
    </ListBoxItem>
  );
}
