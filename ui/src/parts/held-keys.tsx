import { useLayoutEffect } from "react";

import { takesText } from "../lib/shortcuts";

/**
 * Keeps keys that are meant for a part on its way from being taken by what is there now, and gives them to it once it is
 * here.
 */
export function HeldKeys() {
  useLayoutEffect(() => {
    const held: KeyboardEvent[] = [];
    const hold = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      // A key that is still down from what opened the part is meant for nothing in it.
      if (!event.repeat) {
        held.push(event);
      }
    };
    const release = () => window.removeEventListener("keydown", hold, true);
    window.addEventListener("keydown", hold, true);
    return () => {
      if (held.length === 0) {
        release();
        return;
      }
      // By then the part has put the keyboard where it wants it; what is typed until then keeps its place in the row.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          release();
          held.forEach(press);
        }),
      );
    };
  }, []);
  return null;
}

/** Gives a key to what has the keyboard: a letter to a field of text, any other as it was pressed. */
function press({ key, code, shiftKey }: KeyboardEvent) {
  const at = document.activeElement ?? document.body;
  if (key.length === 1 && takesText(at) && at instanceof HTMLInputElement) {
    type(at, key);
  } else {
    for (const way of ["keydown", "keyup"]) {
      at.dispatchEvent(new KeyboardEvent(way, { key, code, shiftKey, bubbles: true, cancelable: true }));
    }
  }
}

function type(field: HTMLInputElement, typed: string) {
  const { selectionStart, selectionEnd, value } = field;
  const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length];
  // As the web view itself types: past the wrapper by which React knows what it has put there.
  const put = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  put?.call(field, value.slice(0, from) + typed + value.slice(to));
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
