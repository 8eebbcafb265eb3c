import { useState } from "react";

/** Leaving a form: at once when nothing is lost by it, else after a question. */
export function useLeaving(isChanged: boolean, onLeave: () => void) {
  const [isAsked, setIsAsked] = useState(false);
  return {
    isAsked: isAsked && isChanged,
    leave: () => (isChanged ? setIsAsked(true) : onLeave()),
    stay: () => setIsAsked(false),
  };
}
