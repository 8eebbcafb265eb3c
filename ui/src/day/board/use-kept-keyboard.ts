import { type FocusEvent, type RefObject, useLayoutEffect } from "react";

/** Where on the board the keyboard is: at a visit, or at no visit. */
export interface BoardKeyboard {
  visit: string | undefined;
}

/**
 * Keeps the keyboard on the board while it shows something else, also where there is none for a while: at the same visit
 * where that is shown, else at the board. `isDrawn` once all that was chosen is shown.
 */
export function useKeptKeyboard(
  region: RefObject<HTMLElement | null>,
  kept: RefObject<BoardKeyboard | undefined>,
  isDrawn: boolean,
) {
  useLayoutEffect(() => {
    const keyboard = kept.current;
    const board = region.current;
    const at = document.activeElement;
    if (!keyboard || !board || !(at instanceof HTMLElement)) {
      return;
    }
    // An element that had the keyboard may be another visit's by now, which nobody has chosen.
    const { appointment } = at.dataset;
    const isAtOther = board.contains(at) && appointment !== undefined && appointment !== keyboard.visit;
    if (at !== document.body && !isAtOther) {
      return;
    }
    const there = keyboard.visit && board.querySelector<HTMLElement>(selectorOf(keyboard.visit));
    if (there) {
      there.focus();
    } else if (isDrawn) {
      board.focus({ preventScroll: true });
    } else {
      at.blur();
      kept.current = keyboard;
    }
  });
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      kept.current = { visit: target.dataset.appointment };
    },
    onBlur: ({ target, relatedTarget }: FocusEvent<HTMLElement>) => {
      // Somebody went elsewhere, or pressed where nothing is; what is no longer drawn has only lost it.
      if (target.isConnected && !region.current?.contains(relatedTarget)) {
        kept.current = undefined;
      }
    },
  };
}

/** What finds the card of a visit. */
export const selectorOf = (visit: string) => `[data-appointment="${CSS.escape(visit)}"]`;
