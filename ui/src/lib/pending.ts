/** Which questions to the program are still open, so that a wait can be shown. */

import { useSyncExternalStore } from "react";

/** How long a question may take before it is shown as a wait, in milliseconds. */
const PATIENCE = 300;

let waits = 0;
const listeners = new Set<() => void>();

function count(by: 1 | -1) {
  waits += by;
  for (const listener of listeners) {
    listener();
  }
}

/** Follows a question until it is answered. */
export async function followed<Answer>(question: Promise<Answer>): Promise<Answer> {
  let isLong = false;
  const timer = setTimeout(() => {
    isLong = true;
    count(1);
  }, PATIENCE);
  try {
    return await question;
  } finally {
    clearTimeout(timer);
    if (isLong) {
      count(-1);
    }
  }
}

/** Whether some question takes longer than a moment. */
export function useIsWaiting(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waits > 0,
  );
}
