/** What stands at the foot of the window, so that toasts keep above it. */

const bars = new Set<HTMLElement>();

/** How far toasts keep from a bar, in pixels. */
const GAP = 8;

function measure() {
  const heights = [...bars].map(({ offsetHeight }) => offsetHeight + GAP);
  document.documentElement.style.setProperty("--foot", `${Math.max(0, ...heights)}px`);
}

/** The ref of a bar at the foot of the window: says how much of it is taken, as `--foot`. */
export function atFoot(bar: HTMLElement | null) {
  if (!bar) {
    return undefined;
  }
  bars.add(bar);
  measure();
  // Where nothing is laid out there is nothing to be told.
  const observer = "ResizeObserver" in window ? new ResizeObserver(measure) : undefined;
  observer?.observe(bar);
  return () => {
    observer?.disconnect();
    bars.delete(bar);
    measure();
  };
}
