import { useRef, useState } from "react";

/**
 * A state that can be read at once after it was set: pointer events may come faster than the window is drawn, and
 * the next one must see what the one before did.
 */
export function useLatest<Value>() {
  const [shown, show] = useState<Value>();
  const now = useRef<Value>(undefined);
  const set = (next: Value | undefined) => {
    now.current = next;
    show(next);
  };
  return { shown, now: () => now.current, set };
}
