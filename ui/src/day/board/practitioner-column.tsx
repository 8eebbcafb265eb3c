import { memo, useMemo } from "react";
import { useTranslations } from "use-intl";

import type { DayDiscipline, DayPractitioner } from "../../lib/api";
import { disciplineLook } from "../../lib/disciplines";
import { useTimes } from "../../lib/times";
import { lanesOf, notWorking } from "./layout";
import { useScale } from "./scale";
import type { Drawing } from "./use-drawing";
import { VisitCard } from "./visit-card";

interface PractitionerColumnProps {
  practitioner: DayPractitioner;
  offered: DayDiscipline[];
  /** The appointment that Tab leads to, if it is in this column. */
  tabStop: string | undefined;
  /** Free time that is being drawn in it. */
  drawn: Drawing | undefined;
}

/** One practitioner's day: working time, what is outside it, and the appointments. */
export const PractitionerColumn = memo(function PractitionerColumn({
  practitioner,
  offered,
  tabStop,
  drawn,
}: PractitionerColumnProps) {
  const t = useTranslations("day");
  const { time } = useTimes();
  const { top, length, height, hourHeight, shown } = useScale();
  const laned = useMemo(() => lanesOf(practitioner.appointments), [practitioner.appointments]);
  const ids = offered.map(({ id }) => id);
  return (
    <div
      data-practitioner={practitioner.id}
      className="relative min-w-0 border-hairline border-l bg-surface [contain:layout_style_paint]"
      style={{
        height,
        // A line for each hour and a fainter one for each half: no element per slot.
        backgroundImage:
          "linear-gradient(var(--hairline) 1px, transparent 1px), linear-gradient(color-mix(in srgb, var(--hairline) 45%, transparent) 1px, transparent 1px)",
        backgroundSize: `100% ${hourHeight}px, 100% ${hourHeight / 2}px`,
      }}
    >
      {notWorking(practitioner.working, shown).map((stretch) => (
        <div
          key={stretch.from_minute}
          aria-hidden
          className="absolute inset-x-0 bg-raised bg-[repeating-linear-gradient(135deg,transparent_0_5px,color-mix(in_srgb,var(--edge)_28%,transparent)_5px_6px)]"
          style={{ top: top(stretch.from_minute), height: length(stretch.to_minute - stretch.from_minute) }}
        />
      ))}
      {drawn && (
        <p
          aria-hidden
          className="pointer-events-none absolute right-1 left-1 z-10 rounded-control border-2 border-accent bg-accent/10 px-1.5 font-semibold"
          style={{ top: top(drawn.minute), height: length(drawn.minutes) }}
        >
          {time(drawn.minute)}–{time(drawn.minute + drawn.minutes)}
        </p>
      )}
      <ul
        aria-label={t("visitsOf", { name: practitioner.name })}
        className="absolute inset-y-0 right-1 left-1"
      >
        {laned.map((each) => (
          <VisitCard
            key={each.appointment.id}
            laned={each}
            look={disciplineLook(each.appointment.discipline, ids)}
            isTabStop={each.appointment.id === tabStop}
          />
        ))}
      </ul>
    </div>
  );
});
