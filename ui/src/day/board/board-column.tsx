import { memo, useMemo } from "react";
import { useTranslations } from "use-intl";

import type { DayDiscipline, DaySpan, ProposedVisit, StartStretch } from "../../lib/api";
import { disciplineLook } from "../../lib/disciplines";
import { useTimes } from "../../lib/times";
import { GhostVisits } from "../../series/ghosts";
import { type Column, type Filters, isAside } from "./columns";
import { lanesOf, notWorking } from "./layout";
import { NowLine } from "./now-line";
import { useScale } from "./scale";
import { StartsLayer } from "./starts-layer";
import type { Drawing } from "./use-drawing";
import { useKeptKeys } from "./use-kept-keys";
import { VisitCard } from "./visit-card";

interface BoardColumnProps {
  column: Column;
  /** At least how wide it is, in pixels. */
  width: number;
  offered: DayDiscipline[];
  filters: Filters;
  /** The appointment that Tab leads to, if it is in this column. */
  tabStop: string | undefined;
  /** The appointment that is on its way to another place, if it is in this column. */
  lifted: string | undefined;
  /** The starts of a visit that is moved; none while there is none, or where it is not offered. */
  starts: readonly StartStretch[] | undefined;
  slot: number;
  /** Whether a visit is moved that this column does not take. */
  isOut: boolean;
  /** Free time that is being drawn in it. */
  drawn: Drawing | undefined;
  /** A free start that was found in it. */
  found: { minute: number; minutes: number } | undefined;
  /** The first proposed visit on the board, if it is in this column. */
  firstGhost: ProposedVisit | undefined;
  /** Whether the present lies in this column, and whether this is the first such column. */
  now: "first" | "further" | undefined;
  /** The hours of which visits are drawn; all while there are none. */
  inSight: DaySpan | undefined;
}

/** One column: working time, what is outside it, and the appointments. */
export const BoardColumn = memo(function BoardColumn({
  column,
  width,
  offered,
  filters,
  tabStop,
  lifted,
  starts,
  slot,
  isOut,
  drawn,
  found,
  firstGhost,
  now,
  inSight,
}: BoardColumnProps) {
  const t = useTranslations("day");
  const { time } = useTimes();
  const { top, length, height, hourHeight, shown } = useScale();
  const laned = useMemo(() => lanesOf(column.appointments), [column.appointments]);
  const keys = useKeptKeys(useMemo(() => laned.map(({ appointment }) => appointment.id), [laned]));
  const drawnNow = useMemo(
    () => (inSight ? laned.filter(({ appointment }) => isWithin(appointment, inSight)) : laned),
    [laned, inSight],
  );
  const ids = offered.map(({ id }) => id);
  return (
    <div
      data-column={column.key}
      className={`relative min-w-0 border-hairline border-l bg-surface [contain:layout_style_paint] ${isOut ? "opacity-45" : ""}`}
      style={{
        height,
        // A line for each hour and a fainter one for each half: no element per slot.
        backgroundImage:
          "linear-gradient(var(--hairline) 1px, transparent 1px), linear-gradient(color-mix(in srgb, var(--hairline) 45%, transparent) 1px, transparent 1px)",
        backgroundSize: `100% ${hourHeight}px, 100% ${hourHeight / 2}px`,
      }}
    >
      {column.working &&
        notWorking(column.working, shown).map((stretch) => (
          <div
            key={stretch.from_minute}
            aria-hidden
            className="absolute inset-x-0 bg-raised bg-[repeating-linear-gradient(135deg,transparent_0_5px,color-mix(in_srgb,var(--edge)_28%,transparent)_5px_6px)]"
            style={{ top: top(stretch.from_minute), height: length(stretch.to_minute - stretch.from_minute) }}
          />
        ))}
      {starts && <StartsLayer starts={starts} slot={slot} />}
      {drawn && (
        <p
          aria-hidden
          className="pointer-events-none absolute right-1 left-1 z-10 rounded-control border-2 border-accent bg-accent/10 px-1.5 font-semibold tabular-nums"
          style={{ top: top(drawn.minute), height: length(drawn.minutes) }}
        >
          {time(drawn.minute)}–{time(drawn.minute + drawn.minutes)}
        </p>
      )}
      {found && (
        <p
          aria-hidden
          data-found
          className="pointer-events-none absolute right-1 left-1 z-10 scroll-my-24 rounded-control border-2 border-possible border-dashed bg-possible/15 px-1.5 font-semibold tabular-nums"
          style={{ top: top(found.minute), height: length(found.minutes) }}
        >
          {time(found.minute)}–{time(found.minute + found.minutes)}
        </p>
      )}
      {now && <NowLine isFirst={now === "first"} />}
      <ul aria-label={t("visitsOf", { name: column.name })} className="absolute inset-y-0 right-1 left-1">
        {drawnNow.map((each) => (
          <VisitCard
            key={keys.get(each.appointment.id)}
            laned={each}
            width={width}
            top={top(each.appointment.from_minute)}
            length={length(each.appointment.to_minute - each.appointment.from_minute)}
            look={disciplineLook(each.appointment.discipline, ids)}
            isTabStop={each.appointment.id === tabStop}
            isLifted={each.appointment.id === lifted}
            isAside={isAside(each.appointment, filters)}
            isOfRoom={column.room !== undefined}
          />
        ))}
      </ul>
      <GhostVisits date={column.date} practitioner={column.practitioner} offered={ids} first={firstGhost} />
    </div>
  );
});

/** Whether a stretch shares any minute with hours. */
const isWithin = (stretch: DaySpan, hours: DaySpan) =>
  stretch.from_minute < hours.to_minute && stretch.to_minute > hours.from_minute;
