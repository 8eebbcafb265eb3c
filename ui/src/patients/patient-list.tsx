import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "use-intl";

import type { PatientHit } from "../lib/api";
import { parts, useTimes } from "../lib/times";
import { useWindow } from "../lib/use-window";
import { useNames, usePrivately } from "../lib/words";
import { PAGE, searchQuery } from "./queries";

/** The height of a patient in the list, in pixels. */
const ROW = 50;

interface PatientListProps {
  id: string;
  /** What is searched for. */
  text: string;
  /** How many fit. */
  found: number;
  /** The patient whose record is shown. */
  chosen: string | undefined;
  /** The place in the list that the arrow keys have reached. */
  active: number | undefined;
  onChoose: (id: string) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
}

/** The identifier of the option at a place, for whoever leads to it. */
export const optionId = (list: string, at: number) => `${list}-${at}`;

/** Patients in a list of any length: only those in sight are read and drawn. */
export function PatientList({ id, text, found, chosen, active, onChoose, onKeyDown }: PatientListProps) {
  const t = useTranslations("patients");
  const { view, from, to } = useWindow({ count: found, size: ROW, kept: active, from: text });
  const first = Math.floor(from / PAGE);
  const last = Math.floor(Math.max(to - 1, from) / PAGE);
  const pages = useQueries({
    queries: Array.from({ length: last - first + 1 }, (_, at) =>
      searchQuery(text, PAGE, (first + at) * PAGE),
    ),
  });
  const hitAt = (at: number) => pages[Math.floor(at / PAGE) - first]?.data?.hits[at % PAGE];
  return (
    <div
      ref={view}
      id={id}
      role="listbox"
      aria-label={t("list")}
      tabIndex={0}
      {...(active !== undefined && { "aria-activedescendant": optionId(id, active) })}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto max-md:h-60 max-md:flex-none px-2 pb-3 outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2"
    >
      <div className="relative" style={{ height: found * ROW }}>
        {Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index).map((at) => (
          <Option
            key={at}
            id={optionId(id, at)}
            at={at}
            of={found}
            hit={hitAt(at)}
            chosen={chosen}
            isActive={at === active}
            onChoose={onChoose}
          />
        ))}
      </div>
    </div>
  );
}

interface OptionProps {
  id: string;
  at: number;
  of: number;
  /** The patient; none while they are being read. */
  hit: PatientHit | undefined;
  chosen: string | undefined;
  isActive: boolean;
  onChoose: (id: string) => void;
}

function Option({ id, at, of, hit, chosen, isActive, onChoose }: OptionProps) {
  const t = useTranslations("patients");
  const name = useNames();
  const privately = usePrivately();
  const { shortDate, plainDate } = useTimes();
  const isChosen = hit !== undefined && hit.id === chosen;
  const facts =
    hit && [hit.date_of_birth && plainDate(hit.date_of_birth), hit.phone].filter(Boolean).join(" · ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the list's, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: the list says which option is meant.
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-setsize={of}
      aria-posinset={at + 1}
      {...(hit && { "data-hit": hit.id })}
      onClick={() => hit && onChoose(hit.id)}
      style={{ top: at * ROW, height: ROW }}
      className={`absolute inset-x-0 cursor-default rounded-control px-3 py-1.5 hover:bg-raised ${isChosen ? "bg-raised" : ""} ${isActive ? "outline-2 outline-accent -outline-offset-2" : ""}`}
    >
      {hit ? (
        <>
          <p className="flex items-baseline justify-between gap-3">
            <bdi className={`truncate ${isChosen ? "font-semibold text-accent" : "font-semibold"}`}>
              {name(hit.name)}
            </bdi>
            {hit.next_visit && (
              <span className="shrink-0 text-quiet text-small">
                <span className="sr-only">{t("nextVisitIs")} </span>
                {shortDate(parts(hit.next_visit).date)}
              </span>
            )}
          </p>
          <p className="truncate text-quiet text-small">{facts ? privately(facts) : t("noContact")}</p>
        </>
      ) : (
        <p className="text-quiet">…</p>
      )}
    </div>
  );
}
