import { type RefObject, useEffect, useState } from "react";

/** How far the rail and the hours reach into a window, about, in pixels. */
const BESIDE = 90;

/** A width in steps: cards say something else only where that many pixels more or less are there. */
const STEP = 16;
const inSteps = (width: number) => Math.floor(width / STEP) * STEP;

/** How wide a board is, in steps; at first by the window's width, so that most boards are drawn once. */
export function useBoardWidth(region: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(() => inSteps(window.innerWidth - BESIDE));
  useEffect(() => {
    const board = region.current;
    // Where nothing is laid out there is nothing to be told.
    if (!board || !("ResizeObserver" in window)) {
      return;
    }
    const observer = new ResizeObserver(() => setWidth(inSteps(board.clientWidth)));
    observer.observe(board);
    return () => observer.disconnect();
  }, [region]);
  return width;
}
