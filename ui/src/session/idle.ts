import { useEffect, useRef } from "react";

const signs = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

/** How often the clock is looked at, in milliseconds. */
const LOOK_EVERY = 5000;

/** Calls back when nobody has touched the window for so many minutes; never for 0. */
export function useIdle(minutes: number, onIdle: () => void) {
  const current = useRef(onIdle);
  useEffect(() => {
    current.current = onIdle;
  });
  useEffect(() => {
    if (minutes === 0) {
      return;
    }
    // The wall clock goes on while a computer sleeps; a timer would not.
    let last = Date.now();
    const look = () => {
      if (Date.now() - last >= minutes * 60_000) {
        current.current();
        return true;
      }
      return false;
    };
    // A computer that wakes up locks before it takes the first touch for a sign of life.
    const touch = () => {
      if (!look()) {
        last = Date.now();
      }
    };
    for (const sign of signs) {
      window.addEventListener(sign, touch, { capture: true, passive: true });
    }
    const timer = setInterval(look, LOOK_EVERY);
    window.addEventListener("focus", look);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", look);
      for (const sign of signs) {
        window.removeEventListener(sign, touch, { capture: true });
      }
    };
  }, [minutes]);
}
