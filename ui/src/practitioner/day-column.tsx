import { useTranslations } from "use-intl";

import type { PractitionerDayView } from "../lib/api";
import { disciplineLook } from "../lib/disciplines";
import { useTimes } from "../lib/times";
import { useNames } from "../lib/words";

/** Pixels for a minute. */
const SCALE = 0.9;

/** The day drawn as a column: working hours, visits in their places, the present. */
export function DayColumn({ day }: { day: PractitionerDayView }) {
  const t = useTranslations("myDay");
  const { shortTime, stretch } = useTimes();
  const name = useNames();
  const taking = day.visits.filter(({ status }) => status !== "cancelled" && status !== "noshow");
  const reach = [...day.working, ...taking];
  const first = Math.floor(Math.min(...reach.map(({ from_minute }) => from_minute)) / 60);
  const last = Math.ceil(Math.max(...reach.map(({ to_minute }) => to_minute)) / 60);
  const hours = Array.from({ length: Math.max(last - first, 1) }, (_, at) => first + at);
  const top = (minute: number) => (minute - first * 60) * SCALE;
  const lanes = lanesOf(taking);
  return (
    <section
      aria-label={t("column", { hours: day.working.map(stretch).join(", ") })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      className="min-h-0 overflow-y-auto border-hairline border-l bg-surface px-4 py-4 outline-accent focus-visible:outline-2 focus-visible:-outline-offset-2 max-lg:hidden"
    >
      <div className="relative ml-14" style={{ height: hours.length * 60 * SCALE }} aria-hidden>
        {hours.map((hour) => (
          <div
            key={hour}
            className="absolute inset-x-0 border-hairline border-t"
            style={{ top: top(hour * 60) }}
          >
            <span className="absolute -top-2 -left-14 whitespace-nowrap text-quiet text-small tabular-nums">
              {shortTime(hour * 60)}
            </span>
          </div>
        ))}
        {day.working.map(({ from_minute, to_minute }) => (
          <div
            key={from_minute}
            className="absolute inset-x-0 rounded-control bg-canvas"
            style={{ top: top(from_minute), height: (to_minute - from_minute) * SCALE }}
          />
        ))}
        {taking.map((visit, at) => {
          const { lane, of } = lanes[at] ?? { lane: 0, of: 1 };
          const height = (visit.to_minute - visit.from_minute) * SCALE;
          return (
            <div
              key={visit.id}
              data-hue={disciplineLook(visit.discipline, day.practitioner.disciplines).hue}
              className={`absolute overflow-hidden rounded-control bg-hue-tint px-2 shadow-[inset_3px_0_var(--hue)] ${visit.id === day.next ? "outline-2 outline-accent" : ""}`}
              style={{
                top: top(visit.from_minute),
                height: height - 1,
                left: `${(100 * lane) / of}%`,
                width: `calc(${100 / of}% - 2px)`,
              }}
            >
              <p className={`truncate font-medium ${height < 24 ? "text-small leading-4" : ""}`}>
                {name(visit.patient_name)}
              </p>
              {height >= 40 && <p className="truncate text-hue-ink text-small">{visit.service}</p>}
            </div>
          );
        })}
        {day.now_minute !== null && day.now_minute >= first * 60 && day.now_minute <= last * 60 && (
          <div className="absolute -inset-x-1 border-rule border-t-2" style={{ top: top(day.now_minute) }} />
        )}
      </div>
    </section>
  );
}

/** A lane for each stretch, so that no two that overlap share one; stretches come by their start. */
export function lanesOf(
  stretches: { from_minute: number; to_minute: number }[],
): { lane: number; of: number }[] {
  const lanes: { lane: number; of: number }[] = [];
  let group: number[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const index of group) {
      const placed = lanes[index];
      if (placed) {
        placed.of = ends.length;
      }
    }
  };
  stretches.forEach(({ from_minute, to_minute }, index) => {
    if (ends.every((end) => end <= from_minute)) {
      close();
      group = [];
      ends = [];
    }
    const free = ends.findIndex((end) => end <= from_minute);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = to_minute;
    group.push(index);
    lanes.push({ lane, of: 1 });
  });
  close();
  return lanes;
}
