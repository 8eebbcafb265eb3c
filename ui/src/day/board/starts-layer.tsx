import type { PractitionerStarts, StartState } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import type { Moving, Verdict } from "./moving";
import { useScale } from "./scale";

const tints: Record<StartState, string> = {
  legal: "bg-possible/20",
  reason: "bg-unusual/10",
  illegal: "bg-rule/10",
};

/** The starts of one column, coloured by what the rules say. */
export function StartsLayer({ starts, slot }: { starts: PractitionerStarts | undefined; slot: number }) {
  const { top, length, shown } = useScale();
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {starts?.stretches
        .filter((stretch) => stretch.to_minute >= shown.from_minute && stretch.from_minute < shown.to_minute)
        .map((stretch) => {
          const from = Math.max(stretch.from_minute, shown.from_minute);
          const to = Math.min(stretch.to_minute + slot, shown.to_minute);
          return (
            <div
              key={stretch.from_minute}
              className={`absolute inset-x-0 ${tints[stretch.state]}`}
              style={{ top: top(from), height: length(to - from) }}
            />
          );
        })}
    </div>
  );
}

const edges: Record<StartState, string> = {
  legal: "border-possible",
  reason: "border-unusual",
  illegal: "border-rule",
};

interface GhostProps {
  moving: Moving;
  verdict: Verdict | undefined;
}

/** The visit over the place where it would lie, with its time and what stands against it. */
export function Ghost({ moving, verdict }: GhostProps) {
  const { top, length } = useScale();
  const { time } = useTimes();
  const name = useNames();
  const { minutes } = moving;
  return (
    <div
      aria-hidden
      className={`pointer-events-none absolute right-1 left-1 z-20 overflow-hidden rounded-control border-2 bg-surface px-1.5 shadow-lg ${verdict ? edges[verdict.state] : "border-edge"}`}
      style={{ top: top(moving.minute), minHeight: Math.max(length(minutes), 36) }}
    >
      <p className="font-semibold">
        {time(moving.minute)}–{time(moving.minute + minutes)}
      </p>
      <p className="truncate">
        <bdi>{name(moving.appointment.patient_name)}</bdi>
      </p>
      {verdict?.words && (
        <p className={`text-small ${verdict.state === "illegal" ? "text-rule" : ""}`}>{verdict.words}</p>
      )}
    </div>
  );
}
