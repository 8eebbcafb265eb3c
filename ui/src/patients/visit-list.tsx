import { NotebookText } from "lucide-react";
import { Fragment, memo, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useNavigation } from "../frame/navigation";
import type { Named, VisitLine } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { parts, useTimes } from "../lib/times";
import { usePrivately } from "../lib/words";
import { Button } from "../parts/button";
import { StatusIcon } from "../parts/status-icon";

/** How many visits are shown at first, and how many more at each press. */
const FIRST = 6;
const STEP = 50;

interface VisitListProps {
  title: string;
  visits: VisitLine[];
  disciplines: Named[];
  empty: string;
}

/** Visits in order, the first few at first; a long history comes in steps, under its years. */
export function VisitList({ title, visits, disciplines, empty }: VisitListProps) {
  const t = useTranslations("patients");
  const [count, setCount] = useState(FIRST);
  const heading = useId();
  const shown = visits.length <= count + 2 ? visits : visits.slice(0, count);
  const left = visits.length - shown.length;
  const hasYears = count > FIRST && yearOf(visits[0]) !== yearOf(visits.at(-1));
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="mb-1 font-semibold text-title">
        {title} {visits.length > 0 && <span className="font-normal text-quiet">{visits.length}</span>}
      </h2>
      {visits.length === 0 && <p className="text-quiet">{empty}</p>}
      <ul className="divide-y divide-hairline border-hairline border-y empty:hidden">
        {shown.map((visit, at) => (
          <Fragment key={visit.id}>
            {hasYears && yearOf(visit) !== yearOf(shown[at - 1]) && (
              <li className="bg-raised px-2 py-0.5 text-quiet text-small">{yearOf(visit)}</li>
            )}
            <Visit visit={visit} disciplines={disciplines} isUnderYear={hasYears} />
          </Fragment>
        ))}
      </ul>
      {left > 0 && (
        <div className="mt-2 flex items-center gap-3">
          <Button onPress={() => setCount(count + STEP)}>
            {t("showMore", { count: Math.min(left, STEP) })}
          </Button>
          <span className="text-quiet text-small">
            {t("shownOf", { shown: shown.length, of: visits.length })}
          </span>
        </div>
      )}
    </section>
  );
}

const yearOf = (visit: VisitLine | undefined) => visit && parts(visit.start).year;

interface VisitProps {
  visit: VisitLine;
  disciplines: Named[];
  /** A heading says the year already. */
  isUnderYear: boolean;
}

/** One visit; kept as it is while others are added below. */
const Visit = memo(function Visit({ visit, disciplines, isUnderYear }: VisitProps) {
  const t = useTranslations("patients");
  const status = useTranslations("status");
  const { shortDate, shortDateTime, time } = useTimes();
  const privately = usePrivately();
  const { go } = useNavigation();
  const look = disciplineLook(
    visit.discipline,
    disciplines.map(({ id }) => id),
  );
  const isOff = visit.status === "cancelled" || visit.status === "noshow";
  const Icon = look.icon;
  const { date, minute } = parts(visit.start);
  return (
    <li
      data-hue={look.hue}
      className="grid grid-cols-[180px_minmax(0,1fr)_auto] items-start gap-x-3 py-1.5 max-sm:grid-cols-1"
    >
      <button
        type="button"
        aria-label={t("showDay", { when: shortDateTime(visit.start) })}
        onClick={() => go("day", { date, appointment: visit.id })}
        className={`min-h-6 cursor-default whitespace-nowrap rounded-control text-left font-medium tabular-nums outline-accent hover:underline focus-visible:outline-2 ${isOff ? "text-quiet line-through" : ""}`}
      >
        {isUnderYear ? `${shortDate(date)}, ${time(minute)}` : shortDateTime(visit.start)}
      </button>
      <div className="min-w-0">
        <p className="flex min-h-6 items-start gap-1.5 pt-0.5">
          <Icon
            aria-hidden
            size={14}
            className={`mt-0.5 shrink-0 ${isOff ? "text-quiet" : "text-hue-ink"}`}
          />
          <span className="min-w-0 break-words">
            {visit.service} <span className="text-quiet">· {visit.practitioner}</span>{" "}
            {visit.room && <span className="inline-block text-quiet">· {visit.room}</span>}
          </span>
        </p>
        {(visit.note || visit.cancel_reason) && (
          <p className="flex items-start gap-1.5 text-quiet text-small">
            <NotebookText aria-hidden size={14} className="mt-px shrink-0" />
            <span dir="auto" className="line-clamp-2 select-text break-words">
              {privately(visit.cancel_reason || visit.note)}
            </span>
          </p>
        )}
      </div>
      <span className="flex min-h-6 items-center gap-1.5 text-quiet text-small">
        <StatusIcon status={visit.status} /> {status(visit.status)}
      </span>
    </li>
  );
});
