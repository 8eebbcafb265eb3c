/** What stands at the foot of the window, so that toasts keep above it. */

import { useSyncExternalStore } from "react";

import { followers } from "../lib/followers";

/** The height of each bar, in pixels. */
const bars = new Map<HTMLElement, number>();
const { follow, tell } = followers();

/** How far toasts keep from a bar, in pixels. */
const GAP = 8;

/** The ref of a bar at the foot of the window: says how much of it is taken. */
export function atFoot(bar: HTMLElement | null) {
  // Where nothing is laid out there is nothing to be told.
  if (!bar || !("ResizeObserver" in window)) {
    return undefined;
  }
  // Told by the browser once it has laid the bar out; to ask for it would have it lay out everything at once.
  const observer = new ResizeObserver(() => {
    bars.set(bar, bar.offsetHeight);
    tell();
  });
  observer.observe(bar);
  return () => {
    observer.disconnect();
    bars.delete(bar);
    tell();
  };
}

const taken = () => Math.max(0, ...[...bars.values()].map((height) => height + GAP));

/** How much of the window is taken at its foot, in pixels. */
export const useFoot = () => useSyncExternalStore(follow, taken);
