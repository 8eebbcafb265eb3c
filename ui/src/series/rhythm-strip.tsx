import { Check, Pin } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";

import type { ProposedVisit, SeriesProposal, SeriesWeek } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";

interface RhythmStripProps {
  proposal: SeriesProposal;
  /** The days that are drawn, Monday 0 to Sunday 6. */
  days: number[];
  /** Every discipline of the clinic, which decides how each looks. */
  offered: string[];
  /** Opens what can be done with a visit, beside its place. */
  onVisit: (visit: ProposedVisit, place: HTMLElement) => void;
  onKey: (visit: ProposedVisit, key: string) => boolean;
}

/** Weeks as lines with the gap of their pair and days as columns, each visit in its place, the two of a pair linked. */
export function RhythmStrip({ proposal, days, offered, onVisit, onKey }: RhythmStripProps) {
  const t = useTranslations("seriesScreen");
  const times = useTimes();
  const locale = useLocale();
  const table = useRef<HTMLTableElement>(null);
  const keeping = useKeptFocus(table);
  if (proposal.weeks.length === 0) {
    return null;
  }
  const names = times.weekdays("short");
  const first = proposal.weeks[0]?.visits[0];
  const step = (event: KeyboardEvent) => {
    const ahead = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = [...(table.current?.querySelectorAll<HTMLElement>("[data-visit]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (ahead && at >= 0) {
      event.preventDefault();
      all[at + ahead]?.focus();
    }
  };
  return (
    <table
      ref={table}
      aria-label={t("strip", { aim: proposal.aims.join(", ") })}
      className="w-full table-fixed border-collapse text-small"
      onKeyDown={step}
      {...keeping}
    >
      <thead>
        <tr className="text-quiet">
          <td className="w-28 @min-[520px]:w-40" />
          {days.map((day) => (
            <th key={day} scope="col" className="pb-0.5 text-center font-normal">
              {names[day]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {proposal.weeks.map((week) => (
          <tr key={week.monday} className="border-hairline border-t">
            <th scope="row" className="py-0.5 pr-1 text-left font-normal">
              <span className="whitespace-nowrap">{times.dayAndMonth(week.monday)}</span>{" "}
              <span
                data-gap
                className={`whitespace-nowrap text-quiet ${isStacked(week) ? "block @min-[520px]:inline" : ""}`}
              >
                {week.gap}
              </span>
            </th>
            {days.map((day, at) => (
              <td key={day} className="relative px-0.5 py-0.5">
                <Link week={week} day={day} days={days} at={at} />
                {week.visits
                  .filter((visit) => visit.weekday === day)
                  .map((visit) => (
                    <Visit
                      key={`${visit.session.discipline} ${visit.minute}`}
                      visit={visit}
                      offered={offered}
                      isStop={visit === first}
                      inline={inlineFrom[Math.min(days.length - 5 + (locale === "fr" ? 1 : 0), 3)] ?? ""}
                      onPress={onVisit}
                      onKey={onKey}
                    />
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether visits of a week stand one above the other, which leaves room for two lines beside them. */
const isStacked = ({ visits }: SeriesWeek) =>
  new Set(visits.map(({ weekday }) => weekday)).size < visits.length;

/**
 * Keeps the keyboard at the visit that something is done with, also while a menu or a card is open on it: where it is drawn
 * again, or, once it is gone, at the one in its place.
 */
function useKeptFocus(table: RefObject<HTMLTableElement | null>) {
  const kept = useRef<{ visit: string | undefined; at: number }>(undefined);
  const visits = () => [...(table.current?.querySelectorAll<HTMLElement>("[data-visit]") ?? [])];
  useEffect(() => {
    if (kept.current && document.activeElement === document.body) {
      const { visit, at } = kept.current;
      const all = visits();
      const there = all.find((each) => each.dataset.visit === visit) ?? all[Math.min(at, all.length - 1)];
      there?.focus({ preventScroll: true });
    }
  });
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      const at = visits().indexOf(target);
      kept.current = at < 0 ? undefined : { visit: target.dataset.visit, at };
    },
    onBlur: ({ target, relatedTarget }: FocusEvent<HTMLElement>) => {
      // Somebody went elsewhere, or pressed where nothing is; a menu and a card lie outside of the screen.
      const isElsewhere =
        relatedTarget === null ? target.isConnected : relatedTarget.closest("main") !== null;
      if (isElsewhere) {
        kept.current = undefined;
      }
    },
  };
}

/** For five days, six, and so on; a time in French takes as much more as a day. */
const inlineFrom = [
  "@min-[340px]:flex-row @min-[340px]:gap-px @min-[480px]:gap-1",
  "@min-[420px]:flex-row @min-[420px]:gap-px @min-[560px]:gap-1",
  "@min-[490px]:flex-row @min-[490px]:gap-px @min-[630px]:gap-1",
  "@min-[560px]:flex-row @min-[560px]:gap-px @min-[700px]:gap-1",
];

/** The line from the first visit of a pair to the second, where they lie on two days of the week. */
function Link({ week, day, days, at }: { week: SeriesWeek; day: number; days: number[]; at: number }) {
  const pair = week.visits.find(
    (visit) =>
      visit.weekday === day &&
      week.visits.some(
        (other) =>
          other.session.week === visit.session.week &&
          other.session.discipline !== visit.session.discipline &&
          other.weekday > day,
      ),
  );
  const partner =
    pair &&
    week.visits.find(
      ({ session, weekday }) =>
        session.week === pair.session.week && session.discipline !== pair.session.discipline && weekday > day,
    );
  const to = partner ? days.indexOf(partner.weekday) : -1;
  return to > at ? (
    <span
      aria-hidden
      className="absolute top-1/2 left-1/2 h-0.5 -translate-y-1/2 bg-edge"
      style={{ width: `${(to - at) * 100}%` }}
    />
  ) : null;
}

interface VisitProps {
  visit: ProposedVisit;
  offered: string[];
  /** Whether the strip is entered here by the Tab key. */
  isStop: boolean;
  /** From which width on the time stands beside its mark, not below. */
  inline: string;
  onPress: (visit: ProposedVisit, place: HTMLElement) => void;
  onKey: (visit: ProposedVisit, key: string) => boolean;
}

function Visit({ visit, offered, isStop, inline, onPress, onKey }: VisitProps) {
  const t = useTranslations("seriesScreen");
  const times = useTimes();
  const { hue, icon: Icon } = disciplineLook(visit.session.discipline, offered);
  const words = [
    t("visit", {
      date: times.shortDate(visit.date),
      time: times.time(visit.minute),
      discipline: visit.discipline,
      practitioner: visit.practitioner_name,
    }),
    visit.hold === "pinned" && t("pinned"),
    visit.hold === "held" && t("held"),
    ...visit.differs,
  ].filter(Boolean);
  const edge =
    visit.hold === "pinned"
      ? "outline-2 outline-accent"
      : visit.differs.length > 0
        ? "outline-1 outline-unusual outline-dashed"
        : "";
  const look = `relative z-10 my-px flex min-h-6 w-full items-center justify-center whitespace-nowrap flex-col @max-xs:whitespace-normal rounded-[4px] py-0.5 leading-none ${inline} ${edge}`;
  const Mark = visit.hold === "pinned" ? Pin : visit.hold === "held" ? Check : Icon;
  const content = (
    <>
      <Mark aria-hidden size={11} className="shrink-0" />
      <span aria-hidden className="tabular-nums">
        {/* Where a day is too narrow for a time in one piece, it may break. */}
        {times.time(visit.minute).replaceAll("\u00a0", " ")}
      </span>
    </>
  );
  if (visit.hold === "held") {
    return (
      <span
        role="img"
        aria-label={words.join(", ")}
        data-hue={hue}
        className={`${look} bg-raised text-quiet`}
      >
        {content}
      </span>
    );
  }
  return (
    <button
      type="button"
      data-visit={`${visit.session.discipline} ${visit.session.week}`}
      data-hue={hue}
      tabIndex={isStop ? 0 : -1}
      aria-label={words.join(", ")}
      aria-haspopup="menu"
      title={words.join("\n")}
      onClick={(event) => onPress(visit, event.currentTarget)}
      onKeyDown={(event) => {
        if (!event.ctrlKey && !event.metaKey && !event.altKey && onKey(visit, event.key)) {
          event.preventDefault();
        }
      }}
      className={`${look} bg-hue-tint text-hue-ink hover:brightness-95 focus-visible:outline-2 focus-visible:outline-accent focus-visible:outline-solid focus-visible:outline-offset-1`}
    >
      {content}
    </button>
  );
}
