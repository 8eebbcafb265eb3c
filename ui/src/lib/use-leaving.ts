import { useState } from "react";

import { useUnsaved } from "./unsaved";

/** Leaving a form: at once when nothing is lost by it, else after a question; so with closing the window. */
export function useLeaving(isChanged: boolean, onLeave: () => void) {
  const [isAsked, setIsAsked] = useState(false);
  useUnsaved(isChanged);
  return {
    isAsked: isAsked && isChanged,
    leave: () => (isChanged ? setIsAsked(true) : onLeave()),
    stay: () => setIsAsked(false),
  };
}
