/** What can be done anywhere in the window: screens add theirs while they are shown. */

import { useLayoutEffect, useState } from "react";

import { followers } from "../lib/followers";

/** Something the palette offers and a key may do. */
export interface Command {
  id: string;
  label: string;
  /** As shown to people. */
  keys?: string;
  run: () => void;
}

let all: Command[][] = [];
const { follow, tell } = followers();

function publish(next: Command[][]) {
  all = next;
  tell();
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
    hear();
    return follow(hear);
  }, []);
  return offered.toReversed().flat();
}
