import { type RefObject, useEffect, useRef } from "react";

/** How near to the edge of the board a drag scrolls it, and how far it goes at most in a frame, in pixels. */
const EDGE = 44;
const FASTEST = 16;

interface Measured {
  region: DOMRect;
  /** The height of the row of names, which stays at the top. */
  head: number;
  /** The hours that stay at the left. */
  side: number;
  columns: { key: string; left: number; right: number }[];
  /** The top of the columns in the content of the board. */
  top: number;
}

/** A point of the board: the column under it, if any, and how far below the columns' top. */
export interface Point {
  column: string | undefined;
  y: number;
}

/**
 * Where the pointer is on the board, from sizes that are read once when a drag begins: reading them while the pointer
 * moves would make the browser lay the page out again for each step.
 */
export function useColumnsMeasured(region: RefObject<HTMLElement | null>, onScrolled: () => void) {
  const measured = useRef<Measured>(undefined);
  const scroll = useRef({ left: 0, top: 0 });
  const pull = useRef({ x: 0, y: 0 });
  const frame = useRef(0);

  const run = () => {
    const { x, y } = pull.current;
    if ((x === 0 && y === 0) || !region.current) {
      frame.current = 0;
      return;
    }
    region.current.scrollBy(x, y);
    frame.current = requestAnimationFrame(run);
  };
  const stop = () => {
    pull.current = { x: 0, y: 0 };
    cancelAnimationFrame(frame.current);
    frame.current = 0;
    measured.current = undefined;
  };
  const latest = useRef(onScrolled);
  useEffect(() => {
    latest.current = onScrolled;
  });
  useEffect(() => {
    const board = region.current;
    const onScroll = () => {
      if (board && measured.current) {
        scroll.current = { left: board.scrollLeft, top: board.scrollTop };
        latest.current();
      }
    };
    board?.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      board?.removeEventListener("scroll", onScroll);
      cancelAnimationFrame(frame.current);
    };
  }, [region]);

  return {
    /** Reads the sizes, at the begin of a drag. */
    measure: () => {
      const board = region.current;
      if (!board) {
        return;
      }
      const box = board.getBoundingClientRect();
      scroll.current = { left: board.scrollLeft, top: board.scrollTop };
      const found = [...board.querySelectorAll<HTMLElement>("[data-column]")].map((column) => ({
        key: column.dataset.column ?? "",
        at: column.getBoundingClientRect(),
      }));
      const [first] = found;
      measured.current = {
        region: box,
        head: board.firstElementChild?.getBoundingClientRect().height ?? 0,
        side: 52,
        top: (first?.at.top ?? box.top) - box.top + board.scrollTop,
        columns: found.map(({ key, at }) => ({
          key,
          left: at.left - box.left + board.scrollLeft,
          right: at.right - box.left + board.scrollLeft,
        })),
      };
    },
    /** What is under the pointer, once sizes were read. */
    at: (x: number, y: number): Point | undefined => {
      const { region: box, columns, top } = measured.current ?? {};
      if (!box || !columns || top === undefined) {
        return undefined;
      }
      const inside = x - box.left + scroll.current.left;
      const column = columns.find(({ left, right }) => inside >= left && inside < right);
      return { column: column?.key, y: y - box.top + scroll.current.top - top };
    },
    /** Scrolls the board while the pointer is near its edge. */
    pullTowards: (x: number, y: number) => {
      const { region: box, head = 0, side = 0 } = measured.current ?? {};
      if (!box) {
        return;
      }
      pull.current = {
        x: pullOf(x, box.left + side, box.right),
        y: pullOf(y, box.top + head, box.bottom),
      };
      if (frame.current === 0 && (pull.current.x !== 0 || pull.current.y !== 0)) {
        frame.current = requestAnimationFrame(run);
      }
    },
    stop,
  };
}

/** How far a step goes: nothing in the middle, faster the nearer to an edge or past it. */
export function pullOf(at: number, from: number, to: number): number {
  const before = from + EDGE - at;
  const after = at - (to - EDGE);
  const depth = before > 0 ? -before : after > 0 ? after : 0;
  return Math.round((Math.sign(depth) * FASTEST * Math.min(Math.abs(depth), EDGE)) / EDGE);
}
