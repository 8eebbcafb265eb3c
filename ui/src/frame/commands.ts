/** What can be done anywhere in the window: screens add theirs while they are shown. */

import { useEffect, useSyncExternalStore } from "react";

/** Something the palette offers and a key may do. */
export interface Command {
  id: string;
  label: string;
  /** As shown to people. */
  keys?: string;
  run: () => void;
}

let all: Command[][] = [];
const listeners = new Set<() => void>();

function publish(next: Command[][]) {
  all = next;
  for (const listener of listeners) {
    listener();
  }
}

/** Offers commands as long as the caller is shown; `commands` must keep its identity between renders. */
export function useCommands(commands: Command[]) {
  useEffect(() => {
    publish([...all, commands]);
    return () => publish(all.filter((offered) => offered !== commands));
  }, [commands]);
}

/** Every command that is offered now, those of the screen first. */
export function useOfferedCommands(): Command[] {
  const offered = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
  return offered.toReversed().flat();
}
