import { useLayoutEffect } from "react";

import type { StartState } from "../../lib/api";
import { useTimes } from "../../lib/times";
import { useNames } from "../../lib/words";
import type { Column } from "./columns";
import { useScale } from "./scale";
import { type Move, usePlaceHeld } from "./use-moving";

const edges: Record<StartState, string> = {
  legal: "border-possible",
  reason: "border-unusual",
  illegal: "border-rule",
};

interface GhostProps {
  move: Move;
  columns: readonly Column[];
  /** Called when it says something else, and is as high as that needs. */
  onSaid: () => void;
}

/**
 * The visit over the place where it would lie, with its time and what stands against it: one element in the grid of
 * the columns, which a step of the pointer only shifts.
 */
export function Ghost({ move, columns, onSaid }: GhostProps) {
  const { length, top } = useScale();
  const { time } = useTimes();
  const name = useNames();
  const { moving, verdict } = usePlaceHeld(move, columns);
  const words = verdict?.words;
  // biome-ignore lint/correctness/useExhaustiveDependencies: its words alone make it higher or lower.
  useLayoutEffect(() => {
    onSaid();
  }, [words]);
  const at = columns.findIndex(({ key }) => key === moving?.column);
  if (!moving || at < 0) {
    return null;
  }
  const { minute, minutes } = moving;
  return (
    <div
      aria-hidden
      data-ghost
      className={`pointer-events-none mx-1 min-w-0 self-start rounded-control border-2 bg-surface px-1.5 shadow-lg will-change-transform ${verdict ? edges[verdict.state] : "border-edge"}`}
      style={{
        // The first column of the grid has the hours.
        gridColumn: at + 2,
        transform: `translateY(${top(minute)}px)`,
        minHeight: Math.max(length(minutes), 40),
      }}
    >
      <p className="font-semibold tabular-nums leading-[18px]">
        {time(minute)}–{time(minute + minutes)}
      </p>
      <p className="truncate leading-[18px]">
        <bdi>{name(moving.appointment.patient_name)}</bdi>
      </p>
      {words && (
        <p className={`pb-1 text-small ${verdict?.state === "illegal" ? "text-rule" : ""}`}>{words}</p>
      )}
    </div>
  );
}
