/** Which questions to the program are still open, so that a wait can be shown. */

import { useSyncExternalStore } from "react";

import { followers } from "./followers";

/** How long a question may take before it is shown as a wait, in milliseconds. */
const PATIENCE = 300;

let waits = 0;
const { follow, tell } = followers();

function count(by: 1 | -1) {
  waits += by;
  tell();
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
  return useSyncExternalStore(follow, () => waits > 0);
}
