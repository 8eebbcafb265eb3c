import { startTransition, useEffect, useState } from "react";

import type { DaySpan } from "../../lib/api";
import { currentMinute } from "../../lib/today";
import type { Scale } from "./scale";

/** How long the rest of a board waits at most where no picture is painted, as behind another window, in milliseconds. */
const PATIENCE = 300;

/**
 * The hours that the first picture of a board shows, or more of them, none once the whole board is to be drawn. What a
 * person sees comes first: the visits above and below cost as much and are nobody's next look.
 */
export function useInSight(hasToday: boolean, scale: Scale): DaySpan | undefined {
  const [inSight, setInSight] = useState<DaySpan | undefined>(() =>
    hoursInSight(hasToday ? currentMinute() : undefined, scale, window.innerHeight),
  );
  const isWhole = inSight === undefined;
  useEffect(() => {
    if (isWhole) {
      return;
    }
    const drawRest = () => startTransition(() => setInSight(undefined));
    const timers = [setTimeout(drawRest, PATIENCE)];
    // A frame is asked for before it is painted, so that what comes after it comes after the picture.
    const frame = requestAnimationFrame(() => timers.push(setTimeout(drawRest)));
    return () => {
      cancelAnimationFrame(frame);
      timers.forEach(clearTimeout);
    };
  }, [isWhole]);
  return inSight;
}

/**
 * The hours that lie within a window's height, in pixels, when a board is opened: from its top, or around the present as
 * it is brought into sight.
 */
export function hoursInSight(
  present: number | undefined,
  { shown, hourHeight }: Scale,
  height: number,
): DaySpan {
  const minutes = (height * 60) / hourHeight;
  // The board is less high than the window; a third of it lies above the present, unless the day ends below.
  const around = present === undefined ? shown.from_minute : present - minutes / 3;
  const from = Math.max(shown.from_minute, Math.min(around, shown.to_minute - minutes));
  return { from_minute: Math.floor(from), to_minute: Math.ceil(from + minutes) };
}

/** How many columns lie within a window's width at most, by how wide each is at least; both in pixels. */
export function columnsInSight(widths: readonly number[], width: number): number {
  let from = 0;
  const beyond = widths.findIndex((each) => {
    const isBeyond = from >= width;
    from += each;
    return isBeyond;
  });
  return beyond === -1 ? widths.length : beyond;
}
