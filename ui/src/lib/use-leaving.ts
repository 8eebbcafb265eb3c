import { useState } from "react";

import { useUnsaved } from "./unsaved";

/** Leaving a form: at once when nothing is lost by it, else after a question; so with closing the window. */
export function useLeaving(isChanged: boolean, onLeave: () => void) {
  const [asked, setAsked] = useState<{ go?: () => void }>();
  useUnsaved(isChanged);
  return {
    isAsked: asked !== undefined && isChanged,
    leave: () => (isChanged ? setAsked({}) : onLeave()),
    /** Leaves by another way than closing the form. */
    leaveBy: (go: () => void) => (isChanged ? setAsked({ go }) : go()),
    /** Leaves by the way that was asked about, whatever is lost. */
    discard: () => (asked?.go ?? onLeave)(),
    stay: () => setAsked(undefined),
  };
}
