import { useTranslations } from "use-intl";

import type { HoursForm } from "../lib/api";
import { useTimes } from "../lib/times";

/** Pixels for an hour. */
const HOUR = 16;

/** Working hours drawn on a week; those that do not come every week are hatched. */
export function WeekDrawing({ hours }: { hours: HoursForm[] }) {
  const t = useTranslations("setup");
  const { weekdays, time } = useTimes();
  const drawn = hours.filter(({ from_minute, to_minute }) => from_minute < to_minute);
  const first = Math.min(8, ...drawn.map(({ from_minute }) => Math.floor(from_minute / 60)));
  const last = Math.max(18, ...drawn.map(({ to_minute }) => Math.ceil(to_minute / 60)));
  const top = (minute: number) => ((minute - first * 60) / 60) * HOUR;
  const days = weekdays("short");
  const total = drawn.reduce(
    (sum, { from_minute, to_minute, every_weeks }) => sum + (to_minute - from_minute) / every_weeks,
    0,
  );
  return (
    <figure className="mb-4">
      <ol aria-label={t("week")} className="grid grid-cols-7 gap-1">
        {days.map((name, weekday) => (
          <li key={name}>
            <p className="text-center text-quiet text-small">{name}</p>
            <div
              className="relative overflow-hidden rounded-control border border-hairline bg-raised"
              style={{ height: (last - first) * HOUR }}
            >
              {drawn
                .filter((each) => each.weekday === weekday)
                .map((each) => {
                  const height = top(each.to_minute) - top(each.from_minute);
                  const isRare = each.every_weeks > 1;
                  return (
                    <div
                      key={`${each.from_minute} ${each.to_minute} ${each.every_weeks} ${each.valid_from}`}
                      className={`absolute inset-x-0.5 overflow-hidden rounded-[4px] border px-1 text-small leading-4 ${isRare ? "border-accent border-dashed bg-surface" : "border-accent bg-surface"}`}
                      style={{ top: top(each.from_minute), height }}
                    >
                      {height >= 16 && (
                        <span className={`block ${height < 36 ? "truncate" : ""}`}>
                          <span className="inline-block">{time(each.from_minute)}–</span>
                          <span className="inline-block">{time(each.to_minute)}</span>
                        </span>
                      )}
                      {isRare && height >= 36 && (
                        <span className="block truncate text-quiet">
                          {t("everyShort", { weeks: each.every_weeks })}
                        </span>
                      )}
                    </div>
                  );
                })}
            </div>
          </li>
        ))}
      </ol>
      <figcaption className="mt-1 text-quiet text-small">
        {t("perWeek", { hours: Math.round(total / 6) / 10 })}
      </figcaption>
    </figure>
  );
}
