import { type PointerEvent, useCallback, useRef } from "react";

/**
 * Tells whether a pointer has moved since it was last asked about. Web views tell of a movement also when what lies
 * beneath a pointer at rest was scrolled or drawn anew.
 */
export function usePointerMoved() {
  const seen = useRef<{ x: number; y: number }>(undefined);
  return useCallback(({ clientX: x, clientY: y, movementX, movementY }: PointerEvent): boolean => {
    const before = seen.current;
    seen.current = { x, y };
    return before ? before.x !== x || before.y !== y : movementX !== 0 || movementY !== 0;
  }, []);
}
