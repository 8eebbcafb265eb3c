import type { StartState, StartStretch } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import type { Moving, Verdict } from "./moving";
import { useScale } from "./scale";

/** What is possible shows; what needs a reason hardly does, and what is not possible not at all: no alarm. */
const tints: Record<StartState, string> = {
  legal: "bg-possible/20 shadow-[inset_3px_0_var(--possible)]",
  reason: "bg-unusual/8 shadow-[inset_2px_0_color-mix(in_srgb,var(--unusual)_60%,transparent)]",
  illegal: "",
};

interface StartsLayerProps {
  starts: readonly StartStretch[];
  slot: number;
}

/** The starts of one column, by what the rules say; it lies below the visits. */
export function StartsLayer({ starts, slot }: StartsLayerProps) {
  const { top, length, shown } = useScale();
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      {starts
        .filter(
          (stretch) =>
            stretch.state !== "illegal" &&
            stretch.to_minute >= shown.from_minute &&
            stretch.from_minute < shown.to_minute,
        )
        .map((stretch) => {
          const from = Math.max(stretch.from_minute, shown.from_minute);
          const to = Math.min(stretch.to_minute + slot, shown.to_minute);
          return (
            <div
              key={stretch.from_minute}
              data-state={stretch.state}
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
  const { length, top } = useScale();
  const { time } = useTimes();
  const name = useNames();
  const { minutes } = moving;
  return (
    <div
      aria-hidden
      data-ghost
      className={`pointer-events-none absolute inset-x-1 top-0 z-20 rounded-control border-2 bg-surface px-1.5 shadow-lg will-change-transform ${verdict ? edges[verdict.state] : "border-edge"}`}
      style={{
        transform: `translateY(${top(moving.minute)}px)`,
        minHeight: Math.max(length(minutes), 40),
      }}
    >
      <p className="font-semibold tabular-nums leading-[18px]">
        {time(moving.minute)}–{time(moving.minute + minutes)}
      </p>
      <p className="truncate leading-[18px]">
        <bdi>{name(moving.appointment.patient_name)}</bdi>
      </p>
      {verdict?.words && (
        <p className={`pb-1 text-small ${verdict.state === "illegal" ? "text-rule" : ""}`}>{verdict.words}</p>
      )}
    </div>
  );
}
