import { type RefObject, useLayoutEffect } from "react";

/**
 * Ends the selection of text with what it is in. A caret whose field is gone has Chromium look through everything on the
 * page, after each change, for a place where it could stand.
 */
export function useSelectionEnds(place: RefObject<Element | null>) {
  useLayoutEffect(() => {
    const element = place.current;
    return () => {
      const selection = getSelection();
      if (element?.contains(selection?.anchorNode ?? null)) {
        selection?.removeAllRanges();
      }
    };
  }, [place]);
}
