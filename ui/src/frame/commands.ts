/** What can be done anywhere in the window: screens add theirs while they are shown. */

import { useLayoutEffect, useState } from "react";

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
  // Before the picture is drawn: the menu bar shows them.
  useLayoutEffect(() => {
    publish([...all, commands]);
    return () => publish(all.filter((offered) => offered !== commands));
  }, [commands]);
}

/** Every command that is offered now, those of the screen first. */
export function useOfferedCommands(): Command[] {
  const [offered, setOffered] = useState(all);
  // React's hook for outer stores would listen after the picture is drawn only.
  useLayoutEffect(() => {
    const hear = () => setOffered(all);
    listeners.add(hear);
    hear();
    return () => {
      listeners.delete(hear);
    };
  }, []);
  return offered.toReversed().flat();
}
