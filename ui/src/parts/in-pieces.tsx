/**
 * Drawing in pieces: between two of them the window answers to the hand, as it does not while something large is drawn at
 * once.
 */

import { type ReactNode, startTransition, useDeferredValue, useEffect, useState } from "react";

/** Something that was asked for, once it may be drawn: in pieces where it comes while its place is shown already. */
export function useInPieces<Value>(value: Value | undefined): Value | undefined {
  const isDrawn = useDeferredValue(value !== undefined);
  return isDrawn ? value : undefined;
}

/** Draws what is in it right after what it is part of. */
export function Afterwards({ children }: { children: ReactNode }) {
  const [isDrawn, setIsDrawn] = useState(false);
  useEffect(() => startTransition(() => setIsDrawn(true)), []);
  return isDrawn && children;
}
