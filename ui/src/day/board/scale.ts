import { createContext, useContext } from "react";

import type { DaySpan } from "../../lib/api";

/** How minutes become pixels on the board. */
export interface Scale {
  shown: DaySpan;
  hourHeight: number;
}

export const ScaleContext = createContext<Scale>({
  shown: { from_minute: 480, to_minute: 1080 },
  hourHeight: 72,
});

/** Places minutes of the day on the board, in pixels from its top. */
export function useScale() {
  const { shown, hourHeight } = useContext(ScaleContext);
  const length = (minutes: number) => (minutes * hourHeight) / 60;
  return {
    shown,
    hourHeight,
    length,
    top: (minute: number) => length(minute - shown.from_minute),
    height: length(shown.to_minute - shown.from_minute),
    /** The minute at a distance from the top. */
    minuteAt: (pixels: number) => shown.from_minute + (pixels * 60) / hourHeight,
  };
}
