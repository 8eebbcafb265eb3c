import { useLayoutEffect, useRef } from "react";

// Before what is shown is painted, so that no key is lost that somebody presses as soon as they see it.

/**
 * Calls back for single keys pressed anywhere but where text is entered; letters are given in lower case. A closed choice
 * that still has the focus takes none of them; an open one takes all.
 */
export function useShortcuts(shortcuts: Record<string, () => void>) {
  const current = useRef(shortcuts);
  useLayoutEffect(() => {
    current.current = shortcuts;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isModified = event.ctrlKey || event.metaKey || event.altKey;
      // A search passes its keys on to the list below it; what is typed is typed all the same.
      const isTyped = takesText(event.target) || takesText(document.activeElement);
      const isTaken = event.defaultPrevented || isTyped || isInOpenChoice(event.target);
      if (isModified || isTaken || isInModal(event.target)) {
        return;
      }
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const action = current.current[key];
      if (action) {
        event.preventDefault();
        event.stopPropagation();
        action();
      }
    };
    // A closed choice would take a letter for the beginning of a name, and choose it unseen.
    const onKeyDownAbove = (event: KeyboardEvent) => isOnClosedChoice(event.target) && onKeyDown(event);
    window.addEventListener("keydown", onKeyDownAbove, true);
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDownAbove, true);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}

const isWithin = (target: EventTarget | null, selector: string) =>
  target instanceof Element && target.closest(selector) !== null;

/** Whether the focus is on the button of a choice whose list is closed. */
const isOnClosedChoice = (target: EventTarget | null) =>
  isWithin(target, "button[aria-haspopup=listbox][aria-expanded=false]");

/** Whether the focus is in the list of a choice, which finds names by their first letters. */
const isInOpenChoice = (target: EventTarget | null) => isWithin(target, "[data-trigger=Select]");

/** Calls back for keys pressed with Control, or Command on a Mac, wherever the focus is; `Shift+` goes before the key. */
export function useCombinations(combinations: Record<string, () => void>) {
  const current = useRef(combinations);
  useLayoutEffect(() => {
    current.current = combinations;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) {
        return;
      }
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      // A text field has an undo of its own.
      if ((key === "z" || key === "y") && takesText(event.target)) {
        return;
      }
      const action = current.current[event.shiftKey ? `Shift+${key}` : key];
      if (action) {
        event.preventDefault();
        action();
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Calls back for Escape before the window sees it, while something is there to be given up; a dialog above goes first. */
export function useEscape(isOn: boolean, onEscape: () => void) {
  const current = useRef(onEscape);
  useLayoutEffect(() => {
    current.current = onEscape;
  });
  useLayoutEffect(() => {
    if (!isOn) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !isInModal(event.target)) {
        event.preventDefault();
        event.stopPropagation();
        current.current();
      }
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [isOn]);
}

/** What is open above the window keeps its keys to itself, also those of a moment in which nothing has the focus. */
function isInModal(target: EventTarget | null): boolean {
  return target === document.body ? uppermost() !== undefined : isWithin(target, "[data-modal]");
}

/** The dialog above all others, if one is open; one that waits behind the way to sign in is none. */
export const uppermost = (): Element | undefined =>
  [...document.querySelectorAll("[data-modal]")].findLast((modal) => modal.checkVisibility?.() ?? true);

/** Whether what is typed goes into a field of text. */
export function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
