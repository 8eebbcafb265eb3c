import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from "react-aria-components";
import { useTranslations } from "use-intl";
import { useTellDone } from "../frame/journal";
import { type MergePreview, mergePatients, type PatientHit } from "../lib/api";
import { useChange } from "../lib/changes";
import { useTimes } from "../lib/times";
import { useNames, usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { Dialog } from "../parts/dialog";
import { Scroller } from "../parts/scroller";
import { Failure, Loading, Refused } from "../parts/state";
import { choicesQuery, mergeQuery, searchQuery } from "./queries";
import { useFieldWords } from "./use-field-words";

interface MergeDialogProps {
  /** The record that the merge was asked from. */
  id: string;
  /** The other record, where it is known. */
  with?: string;
  onClose: () => void;
  onMerged: (kept: string) => void;
}

/** Two records of one person become one. */
export function MergeDialog({ id, with: known, onClose, onMerged }: MergeDialogProps) {
  const t = useTranslations("patients");
  const [other, setOther] = useState(known);
  return (
    <Dialog title={t("mergeTitle")} width="wide" isOpen onClose={onClose}>
      {other ? (
        <Compare id={id} other={other} onClose={onClose} onMerged={onMerged} />
      ) : (
        <Pick besides={id} onPick={setOther} />
      )}
    </Dialog>
  );
}

function Pick({ besides, onPick }: { besides: string; onPick: (id: string) => void }) {
  const t = useTranslations("patients");
  const { plainDate } = useTimes();
  const name = useNames();
  const privately = usePrivately();
  const [text, setText] = useState("");
  const query = useQuery(searchQuery(text, 8));
  const hits = (query.data?.hits ?? []).filter(({ id }) => id !== besides);
  return (
    <div className="p-4">
      <p className="mb-2">{t("mergeWith")}</p>
      <Autocomplete inputValue={text} onInputChange={setText} disableAutoFocusFirst>
        <SearchField aria-label={t("search")} autoFocus>
          <Input
            placeholder={t("searchHint")}
            className="h-8 w-full select-text rounded-control border border-edge bg-surface px-2 outline-accent placeholder:text-quiet focus:outline-2"
          />
        </SearchField>
        <Scroller className="mt-2 max-h-80">
          <ListBox
            aria-label={t("list")}
            items={hits}
            selectionMode="single"
            onAction={(key) => onPick(String(key))}
            onSelectionChange={(keys) => keys !== "all" && keys.size > 0 && onPick(String([...keys][0]))}
            className="outline-none"
            renderEmptyState={() => <p className="px-2 py-3 text-quiet">{t("nothingFits")}</p>}
          >
            {(hit) => (
              <ListBoxItem
                id={hit.id}
                textValue={name(hit.name)}
                className="flex h-9 items-center justify-between gap-3 rounded-control px-2 outline-none data-focused:bg-raised"
              >
                <bdi className="truncate">{name(hit.name)}</bdi>
                <span className="shrink-0 text-quiet">
                  {privately(
                    [hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone]
                      .filter(Boolean)
                      .join(" · "),
                  )}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Scroller>
      </Autocomplete>
    </div>
  );
}

interface CompareProps {
  id: string;
  other: string;
  onClose: () => void;
  onMerged: (kept: string) => void;
}

function Compare({ id, other, onClose, onMerged }: CompareProps) {
  const t = useTranslations("patients");
  const [isSwapped, setIsSwapped] = useState(false);
  const [kept, merged] = isSwapped ? [other, id] : [id, other];
  const query = useQuery(mergeQuery(kept, merged));
  const tellDone = useTellDone();
  const merge = useChange(
    () => mergePatients(kept, merged),
    (merged) => {
      tellDone(t("mergedToast"), merged);
      onMerged(kept);
    },
  );
  if (query.isError) {
    return <Failure error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) {
    return <Loading />;
  }
  const preview = query.data;
  const isClashing = preview.clashes.length > 0;
  // Whoever answers by the habit of a key then changes nothing.
  const isCareful = isClashing || preview.is_doubtful;
  return (
    <>
      <div className="flex max-h-[70vh] flex-col gap-4 overflow-y-auto p-4">
        <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 max-sm:grid-cols-1">
          <Side title={t("mergeFrom")} hit={preview.merged} />
          <Button label={t("swap")} onPress={() => setIsSwapped(!isSwapped)}>
            <ArrowLeftRight aria-hidden size={16} />
          </Button>
          <Side title={t("mergeInto")} hit={preview.kept} isKept />
        </div>
        <Outcome preview={preview} />
        {preview.is_doubtful && (
          <p role="alert" className="flex items-start gap-2 rounded-control border border-unusual px-3 py-2">
            <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-unusual" /> {t("mergeDoubt")}
          </p>
        )}
        {isClashing && <Clashes preview={preview} />}
        <Refused error={merge.error} />
      </div>
      <footer className="flex items-center justify-end gap-2 border-hairline border-t px-4 py-3">
        <p className="mr-auto text-quiet">{t("mergeUndo")}</p>
        <Button autoFocus={isCareful} onPress={onClose}>
          {t("cancel")}
        </Button>
        <Button
          isPrimary
          autoFocus={!isCareful}
          isDisabled={isClashing || query.isPlaceholderData || merge.isPending}
          onPress={() => merge.mutate(undefined)}
        >
          {t("mergeNow")}
        </Button>
      </footer>
    </>
  );
}

function Side({ title, hit, isKept }: { title: string; hit: PatientHit; isKept?: boolean }) {
  const t = useTranslations("patients");
  const { plainDate } = useTimes();
  const name = useNames();
  const privately = usePrivately();
  const facts = [hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone, hit.email].filter(Boolean);
  return (
    <section
      className={`min-w-0 rounded-control border px-3 py-2 ${isKept ? "border-accent" : "border-hairline"}`}
    >
      <h3 className="text-quiet text-small">{title}</h3>
      <p className="wrap-anywhere font-semibold">
        <bdi>{name(hit.name)}</bdi>
      </p>
      <p className="wrap-anywhere text-quiet text-small">
        {facts.length > 0 ? privately(facts.join(" · ")) : t("noContact")}
      </p>
    </section>
  );
}

/** What of a record is shown before it is merged. */
const fields = [
  "name",
  "phone",
  "email",
  "date_of_birth",
  "availability",
  "sensitivities",
  "covers",
  "notes",
] as const;

function Outcome({ preview }: { preview: MergePreview }) {
  const t = useTranslations("patients");
  const name = useNames();
  const privately = usePrivately();
  const choices = useQuery(choicesQuery());
  const words = useFieldWords(choices.data);
  const { form } = preview;
  const lines = fields
    .map((field) => words(field, form))
    .map(({ label, theirs }, at): [string, string] => [
      label,
      at === 0 ? name(theirs) : theirs && privately(theirs),
    ]);
  return (
    <section>
      <h3 className="mb-1 font-semibold">{t("outcome")}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        {lines
          .filter(([, value]) => value)
          .map(([what, value]) => (
            <div key={what} className="contents">
              <dt className="text-quiet">{what}</dt>
              <dd className="select-text whitespace-pre-wrap break-words">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      <p className="mt-2">{t("moves", { visits: preview.visits, series: preview.series })}</p>
    </section>
  );
}

function Clashes({ preview }: { preview: MergePreview }) {
  const t = useTranslations("patients");
  const { shortDateTime } = useTimes();
  return (
    <section role="alert" className="rounded-control border border-rule px-3 py-2">
      <h3 className="flex items-center gap-2 font-semibold text-rule">
        <TriangleAlert aria-hidden size={16} /> {t("clashes", { count: preview.clashes.length })}
      </h3>
      <ul className="mt-1">
        {preview.clashes.map(({ kept, merged }) => (
          <li key={`${kept.id} ${merged.id}`}>
            {shortDateTime(kept.start)}: {kept.service} · {kept.practitioner} / {merged.service} ·{" "}
            {merged.practitioner}
          </li>
        ))}
      </ul>
    </section>
  );
}
