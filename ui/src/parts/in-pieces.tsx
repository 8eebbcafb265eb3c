/**
 * Drawing in pieces: between two of them the window answers to the hand, as it does not while something large is drawn at
 * once. A key is for what it was pressed for: one that comes on the way has the rest drawn at once, and goes there.
 */

import { type ReactNode, startTransition, useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";

/** What draws the rest of each thing that is on its way. */
const rest = new Set<() => void>();
/** How often what was drawn may hold something that is drawn in pieces too. */
const DEPTH = 8;

/** Before any other listener, which would take the key for what is there now. */
window.addEventListener("keydown", drawRest, true);

function drawRest(event: KeyboardEvent) {
  if (rest.size === 0 || event.isComposing) {
    return;
  }
  for (let depth = 0; depth < DEPTH && rest.size > 0; depth += 1) {
    flushSync(() => {
      for (const draw of rest) {
        draw();
      }
    });
  }
  const at = document.activeElement ?? document.body;
  if (at !== event.target) {
    // What the browser does with a key, it does where the keyboard is by now; those who listen are told there too.
    event.stopImmediatePropagation();
    if (!at.dispatchEvent(new KeyboardEvent(event.type, event))) {
      event.preventDefault();
    }
  }
}

/**
 * A value as far as it is drawn: what it becomes later is drawn in pieces, while what it was still stands. What notes where
 * the keyboard comes back to waits for it to come back there from what has just gone.
 */
export function useDrawn<Value>(wanted: Value, first = wanted, notesKeyboard = false): Value {
  const [drawn, setDrawn] = useState(() => first);
  useLayoutEffect(() => {
    if (Object.is(drawn, wanted)) {
      return;
    }
    const draw = () => setDrawn(() => wanted);
    const begin = () => startTransition(draw);
    const isAway = notesKeyboard && document.activeElement === document.body;
    const frame = isAway ? requestAnimationFrame(begin) : undefined;
    if (frame === undefined) {
      begin();
    }
    rest.add(draw);
    return () => {
      rest.delete(draw);
      if (frame !== undefined) {
        cancelAnimationFrame(frame);
      }
    };
  }, [drawn, wanted, notesKeyboard]);
  return drawn;
}

/** Something that was asked for, once it may be drawn: in pieces where it comes while its place is shown already. */
export function useInPieces<Value>(value: Value | undefined): Value | undefined {
  const isDrawn = useDrawn(value !== undefined);
  return isDrawn ? value : undefined;
}

/** Draws what is in it right after what it is part of. */
export function Afterwards({ children }: { children: ReactNode }) {
  return useDrawn(true, false) && children;
}
