import type { StartState, StartStretch } from "../../lib/api";
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
