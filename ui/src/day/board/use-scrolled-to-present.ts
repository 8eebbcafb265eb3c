import { type RefObject, useLayoutEffect, useRef } from "react";

import { currentMinute } from "../../lib/today";
import type { Scale } from "./scale";

/** Brings the present into sight when today is opened; another day keeps the place of the one before. */
export function useScrolledToPresent(
  region: RefObject<HTMLElement | null>,
  date: string,
  isToday: boolean,
  scale: Scale,
) {
  const scrolled = useRef<string>(undefined);
  useLayoutEffect(() => {
    if (!isToday || scrolled.current === date || !region.current) {
      return;
    }
    scrolled.current = date;
    const top = ((currentMinute() - scale.shown.from_minute) * scale.hourHeight) / 60;
    region.current.scrollTop = Math.max(0, top - region.current.clientHeight / 3);
  }, [region, date, isToday, scale]);
}
