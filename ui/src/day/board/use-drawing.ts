import { type PointerEvent, type RefObject, useRef, useState } from "react";

import { lengthTo, onGrid } from "./moving";
import type { Scale } from "./scale";

/** How far the pointer goes before a press becomes a drag, in pixels. */
const DRAG_AFTER = 6;

/** Free time that is being drawn. */
export interface Drawing {
  practitioner: string;
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
  const [drawing, setDrawing] = useState<Drawing>();
  const press = useRef<{ column: HTMLElement; y: number }>(undefined);
  const drawn = useRef(false);
  const minuteAt = (column: HTMLElement, y: number) =>
    scale.shown.from_minute + ((y - column.getBoundingClientRect().top) * 60) / scale.hourHeight;

  const onPointerDown = (event: PointerEvent) => {
    drawn.current = false;
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const column = target?.closest<HTMLElement>("[data-practitioner]");
    // A finger that draws over the board scrolls it.
    if (column && event.button === 0 && event.pointerType === "mouse" && !target?.closest("button")) {
      press.current = { column, y: event.clientY };
    }
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = press.current;
    if (!from || (!drawing && Math.abs(event.clientY - from.y) < DRAG_AFTER)) {
      return;
    }
    if (!drawing) {
      region.current?.setPointerCapture?.(event.pointerId);
      drawn.current = true;
    }
    // From the slot that was pressed to the line that is nearest.
    const minute = onGrid(minuteAt(from.column, from.y) - slot / 2, slot);
    const minutes = lengthTo(minuteAt(from.column, event.clientY), minute, slot);
    setDrawing({ practitioner: from.column.dataset.practitioner ?? "", minute, minutes });
  };
  const onPointerUp = () => {
    press.current = undefined;
    if (drawing) {
      setDrawing(undefined);
      onDrawn(drawing);
    }
  };
  const onPointerCancel = () => {
    press.current = undefined;
    setDrawing(undefined);
  };
  return {
    drawing,
    /** Whether the press that just ended drew something, so that its click is none. */
    wasDrawn: () => drawn.current,
    pointer: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel },
  };
}
