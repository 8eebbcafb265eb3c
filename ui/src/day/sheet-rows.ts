/** How the lists of a day stand on paper. */

import type { DayPractitioner } from "../lib/api";

/** A list of somebody's appointments, or a part of one that is longer than a page may be. */
export interface SheetList {
  practitioner: DayPractitioner;
  /** Whether it goes on from a list before. */
  isContinued: boolean;
}

/** How many appointments a page holds even where some take a line more, below the head of the day. */
const MOST = 16;

/**
 * The lists of a day as they stand two and two; a long one goes on below under its name, for not every web view says it
 * again on the next page.
 */
export function sheetRows(practitioners: readonly DayPractitioner[]): (SheetList | undefined)[][] {
  return parted(practitioners, 2).flatMap((pair) => {
    const lists = pair.map(listsOf);
    const most = Math.max(...lists.map(({ length }) => length));
    return Array.from({ length: most }, (_, at) => [lists[0]?.[at], lists[1]?.[at]]);
  });
}

function listsOf(practitioner: DayPractitioner): SheetList[] {
  const parts = parted(practitioner.appointments, MOST);
  return (parts.length > 0 ? parts : [[]]).map((appointments, at) => ({
    practitioner: { ...practitioner, appointments },
    isContinued: at > 0,
  }));
}

/** Parts of so many items each, the last of fewer. */
function parted<Item>(items: readonly Item[], most: number): Item[][] {
  return items.flatMap((_, at) => (at % most === 0 ? [items.slice(at, at + most)] : []));
}
