import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";

interface WindowOptions {
  /** How many rows there are. */
  count: number;
  /** The height of a row, in pixels. */
  size: number;
  /** A row that is to be in sight. */
  kept: number | undefined;
  /** What the rows come from; another source begins at its top. */
  from: string;
}

/** Rows drawn beyond either edge, so that scrolling shows no gap. */
const SPARE = 6;
/** Assumed of a view that is not laid out yet. */
const HEIGHT = 900;

/** The rows of a long list that are in sight, `[from, to)`; `view` goes on what scrolls. */
export function useWindow({ count, size, kept, from: source }: WindowOptions): {
  view: RefObject<HTMLDivElement | null>;
  from: number;
  to: number;
} {
  const view = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: HEIGHT });
  useLayoutEffect(() => {
    const element = view.current;
    if (!element) {
      return;
    }
    const look = () => setSeen({ top: element.scrollTop, height: element.clientHeight || HEIGHT });
    look();
    element.addEventListener("scroll", look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the source that counts.
  useEffect(() => {
    view.current?.scrollTo({ top: 0 });
  }, [source]);
  useEffect(() => {
    const element = view.current;
    if (!element || kept === undefined) {
      return;
    }
    const top = kept * size;
    const height = element.clientHeight || HEIGHT;
    if (top < element.scrollTop) {
      element.scrollTop = top;
    } else if (top + size > element.scrollTop + height) {
      element.scrollTop = top + size - height;
    }
  }, [kept, size]);
  return {
    view,
    from: Math.max(Math.floor(seen.top / size) - SPARE, 0),
    to: Math.min(Math.ceil((seen.top + seen.height) / size) + SPARE, count),
  };
}
