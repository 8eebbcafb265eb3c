import { type FocusEvent, type PointerEvent, useCallback, useEffect, useRef, useState } from "react";

import { usePointerMoved } from "../../lib/pointer";
import { useEscape } from "../../lib/shortcuts";

/** How long the pointer or the focus rests on a visit before its card shows, and how long it may be away, in ms. */
const REST = 450;
const AWAY = 200;
/** How long after a turn of the wheel the board may still glide, in ms. */
const GLIDE = 1000;

/** A visit whose card is shown, and the element that it is about. */
export interface Hovered {
  id: string;
  element: HTMLElement;
}

/**
 * Which visit's card is shown: when the pointer or the keyboard's focus rests on it. It stays while the pointer is on
 * the card itself, and Escape puts it away. A visit that comes to lie under a pointer that nobody moves, as at the start
 * or after a key, was not pointed at; one that the wheel brought there was.
 */
export function useHover(isBusy: boolean) {
  const [hovered, setHovered] = useState<Hovered>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const over = useRef<Hovered & { isPutAway?: boolean; isFocused: boolean }>(undefined);
  const { isPointing, onWheel } = usePointing();

  const later = useCallback((wait: number, then: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(then, wait);
  }, []);
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    over.current = undefined;
    setHovered(undefined);
  }, []);
  const showLater = (element: HTMLElement, wait: number, isFocused = false) => {
    const id = element.dataset.appointment ?? "";
    if (over.current?.id === id) {
      // Back from the card, or still on the same visit.
      if (hovered) {
        clearTimeout(timer.current);
      }
      return;
    }
    over.current = { id, element, isFocused };
    later(wait, () => setHovered({ id, element }));
  };
  /** What lies under the pointer moves away below it; where it comes to rest on a visit, that one's turn begins anew. */
  const scrolled = () => {
    setHovered(undefined);
    const visit = over.current;
    if (visit && !visit.isPutAway) {
      later(REST, () => visit.element.isConnected && setHovered(visit));
    }
  };
  const hideLater = () => {
    over.current = undefined;
    later(AWAY, () => setHovered(undefined));
  };
  useEscape(hovered !== undefined, () => {
    // Not shown again until the pointer or the focus comes anew.
    const kept = over.current;
    hide();
    over.current = kept && { ...kept, isPutAway: true };
  });
  useEffect(() => {
    if (isBusy) {
      hide();
    }
  }, [isBusy, hide]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const visitAt = (target: EventTarget) =>
    target instanceof HTMLElement ? target.closest<HTMLElement>("[data-appointment]") : null;
  const mouseAt = (event: PointerEvent) =>
    event.pointerType === "mouse" && event.buttons === 0 ? visitAt(event.target) : null;
  // From one card to the next there is no wait.
  const point = (visit: HTMLElement) => showLater(visit, hovered ? 80 : REST);
  return {
    hovered: isBusy ? undefined : hovered,
    hide,
    scrolled,
    region: {
      onPointerOver: (event: PointerEvent) => {
        const visit = mouseAt(event);
        const isHere = isPointing(event);
        if (visit && isHere) {
          point(visit);
        } else if (over.current && over.current.element !== visit && (isHere || !over.current.isFocused)) {
          hideLater();
        }
      },
      onPointerMove: (event: PointerEvent) => {
        // What came to lie under a pointer at rest is pointed at once the pointer moves on it.
        const visit = isPointing(event) ? mouseAt(event) : null;
        if (visit && visit.dataset.appointment !== over.current?.id) {
          point(visit);
        }
      },
      onWheel,
      onPointerLeave: () => over.current !== undefined && hideLater(),
      onFocus: (event: FocusEvent) => {
        const visit = visitAt(event.target);
        if (visit?.matches(":focus-visible")) {
          showLater(visit, REST, true);
        }
      },
      onBlur: (event: FocusEvent) => {
        if (visitAt(event.target)) {
          hideLater();
        }
      },
    },
    card: {
      onPointerEnter: () => clearTimeout(timer.current),
      onPointerLeave: hideLater,
    },
  };
}

/** Tells a pointer that somebody moves, or the board under it by its wheel, from one that lies where it was left. */
function usePointing() {
  const isMoved = usePointerMoved();
  const gliding = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(gliding.current), []);
  return {
    isPointing: (event: PointerEvent) => isMoved(event) || gliding.current !== undefined,
    onWheel: () => {
      clearTimeout(gliding.current);
      gliding.current = setTimeout(() => {
        gliding.current = undefined;
      }, GLIDE);
    },
  };
}
