import { useEffect, useState } from "react";

/**
 * How many of a list's first parts are to be drawn now: some at once and as many again each time after the page has heard keys
 * and clicks, until all are there. What is added later is drawn at once. For parts of many fields, each of which is slow.
 */
export function useInTurn(count: number, atOnce: number): number {
  const [drawn, setDrawn] = useState(atOnce);
  const next = drawn < count ? drawn + atOnce : Number.POSITIVE_INFINITY;
  useEffect(() => {
    if (next === drawn) {
      return;
    }
    const timer = setTimeout(() => setDrawn(next));
    return () => clearTimeout(timer);
  }, [drawn, next]);
  return Math.min(drawn, count);
}
