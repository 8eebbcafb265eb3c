import { memo } from "react";
import { useTranslations } from "use-intl";

import type { DayDiscipline } from "../../lib/api";
import { disciplineLook } from "../../lib/disciplines";
import { useTimes } from "../../lib/times";
import type { Column } from "./columns";

interface ColumnHeadProps {
  column: Column;
  offered: DayDiscipline[];
  /** Whether it is the column of the present day among those of a week. */
  isToday: boolean;
  /** Leads to the week of a practitioner, or to the day of a week. */
  onOpen: (column: Column) => void;
}

/** Who or which day a column belongs to, what is given and when there is work. */
export const ColumnHead = memo(function ColumnHead({ column, offered, isToday, onOpen }: ColumnHeadProps) {
  const t = useTranslations("day");
  const { shortStretch } = useTimes();
  const ids = offered.map(({ id }) => id);
  const { working, closed } = column;
  const hours =
    closed !== null
      ? t("closedTitle", { name: closed })
      : working === undefined
        ? t("visitCount", { count: column.appointments.length })
        : working.length > 0
          ? working.map(shortStretch).join(", ")
          : t("notWorking");
  const isDay = column.practitioner === undefined || column.key === column.date;
  return (
    <div
      className={`min-w-0 border-hairline border-l px-1 py-1 ${isToday ? "shadow-[inset_0_-2px_var(--accent)]" : ""}`}
    >
      <div className="flex items-center gap-1">
        <h2 className="min-w-0 flex-1 font-semibold">
          <button
            type="button"
            title={t(isDay ? "openDay" : "openWeek", { name: column.name })}
            aria-label={t(isDay ? "openDay" : "openWeek", { name: column.name })}
            className={`flex h-6 w-full min-w-0 items-center rounded-control px-1 text-left outline-accent hover:bg-raised focus-visible:outline-2 ${isToday ? "text-accent" : ""}`}
            onClick={() => onOpen(column)}
          >
            <span className="truncate first-letter:uppercase">{column.name}</span>
          </button>
        </h2>
        {column.disciplines.length > 0 && (
          <ul aria-label={t("disciplines")} className="mr-1 flex shrink-0 gap-1">
            {offered
              .filter(({ id }) => column.disciplines.includes(id))
              .map(({ id, name }) => (
                <li key={id} data-hue={disciplineLook(id, ids).hue} title={name} className="picture">
                  <span className="sr-only">{name}</span>
                </li>
              ))}
          </ul>
        )}
      </div>
      <p title={hours} className="truncate px-1 text-quiet text-small">
        {hours}
      </p>
    </div>
  );
});
