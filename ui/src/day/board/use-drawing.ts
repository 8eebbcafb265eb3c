import { type PointerEvent, type RefObject, useRef } from "react";

import { useLatest } from "../../lib/latest";
import { useEscape } from "../../lib/shortcuts";
import { lengthTo, onGrid } from "./moving";
import type { Scale } from "./scale";
import { useColumnsMeasured } from "./use-columns-measured";

/** How far the pointer goes before a press becomes a drag, in pixels. */
const DRAG_AFTER = 6;

/** Free time that is being drawn. */
export interface Drawing {
  /** The key of its column. */
  column: string;
  minute: number;
  minutes: number;
}

interface Surface {
  region: RefObject<HTMLElement | null>;
  scale: Scale;
  slot: number;
  onDrawn: (drawing: Drawing) => void;
}

/** Drawing a stretch of free time with the mouse, for a visit that is to fill it. */
export function useDrawing({ region, scale, slot, onDrawn }: Surface) {
  const { shown: drawing, now: drawn, set: setDrawing } = useLatest<Drawing>();
  const press = useRef<{ column: string; y: number; start: number }>(undefined);
  const pointer = useRef<{ x: number; y: number }>(undefined);
  const wasDrawn = useRef(false);
  const surface = useColumnsMeasured(region, () => {
    if (pointer.current) {
      follow(pointer.current.x, pointer.current.y);
    }
  });
  const minuteAt = (pixels: number) => scale.shown.from_minute + (pixels * 60) / scale.hourHeight;

  const follow = (x: number, y: number) => {
    const from = press.current;
    const at = surface.at(x, y);
    if (!from || !at) {
      return;
    }
    const minutes = lengthTo(minuteAt(at.y), from.start, slot);
    if (drawn()?.minutes !== minutes) {
      setDrawing({ column: from.column, minute: from.start, minutes });
    }
  };
  const onPointerDown = (event: PointerEvent) => {
    wasDrawn.current = false;
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const column = target?.closest<HTMLElement>("[data-column]");
    // A finger that draws over the board scrolls it.
    if (column && event.button === 0 && event.pointerType === "mouse" && !target?.closest("button")) {
      // From the slot that was pressed, not the nearest line.
      const pixels = event.clientY - column.getBoundingClientRect().top;
      const start = onGrid(minuteAt(pixels) - slot / 2, slot);
      press.current = { column: column.dataset.column ?? "", y: event.clientY, start };
    }
  };
  const onPointerMove = (event: PointerEvent) => {
    const { clientX: x, clientY: y } = event;
    const from = press.current;
    if (!from || (!drawn() && Math.abs(y - from.y) < DRAG_AFTER)) {
      return;
    }
    if (!drawn()) {
      region.current?.setPointerCapture?.(event.pointerId);
      wasDrawn.current = true;
      surface.measure();
    }
    pointer.current = { x, y };
    follow(x, y);
    surface.pullTowards(x, y);
  };
  const end = () => {
    press.current = undefined;
    pointer.current = undefined;
    surface.stop();
    setDrawing(undefined);
  };
  useEscape(drawing !== undefined, end);
  return {
    drawing,
    /** Whether the press that just ended drew something, so that its click is none. */
    wasDrawn: () => wasDrawn.current,
    pointer: {
      onPointerDown,
      onPointerMove,
      onPointerUp: () => {
        const what = drawn();
        end();
        if (what) {
          onDrawn(what);
        }
      },
      onPointerCancel: end,
    },
  };
}
