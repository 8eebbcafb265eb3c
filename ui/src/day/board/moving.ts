/** A visit on its way to another place: where it would go, and what the rules say of that. */

import type { PlaceView, StartState, StartStretch } from "../../lib/api";
import type { BoardVisit, Column } from "./columns";

/** A visit that is being moved, and the place it is held over. */
export interface Moving {
  appointment: BoardVisit;
  /** The key of the column it is held over. */
  column: string;
  minute: number;
  /** How long it would last. */
  minutes: number;
  /** Whether its end is moved and its start stays. */
  isResize: boolean;
  /** Where in the card the pointer holds it, in minutes from its start; none for the keyboard. */
  grip: number | undefined;
}

/** What the rules say of a start. */
export interface Verdict {
  state: StartState;
  words: string;
}

/** The starts of each column, by its key. */
export type Starts = ReadonlyMap<string, readonly StartStretch[]>;

/** What the rules say of a start; nothing while they are asked, or where the service is not offered. */
export function verdictOf(starts: Starts | undefined, column: string, minute: number): Verdict | undefined {
  return starts?.get(column)?.find((stretch) => stretch.from_minute <= minute && minute <= stretch.to_minute);
}

/** Whether the same place is meant, so that nothing needs to be drawn again. */
export const isSamePlace = (one: Moving, other: Moving): boolean =>
  one.column === other.column && one.minute === other.minute && one.minutes === other.minutes;

/** What the rules say of one place that was weighed. */
export function verdictOfPlace(place: PlaceView | undefined): Verdict | undefined {
  return place && { state: place.state, words: place.broken.map(({ words }) => words).join("; ") };
}

/** The length to a minute that is nearest on the grid; one slot at least. */
export function lengthTo(minute: number, start: number, slot: number): number {
  const step = Math.max(slot, 1);
  return Math.max(Math.round((minute - start) / step) * step, step);
}

/** The start of the grid that is nearest to a minute, within the day. */
export function onGrid(minute: number, slot: number): number {
  const step = Math.max(slot, 1);
  return Math.min(Math.max(Math.round(minute / step) * step, 0), 1440 - step);
}

/** The place after a step with the keyboard: a slot up or down, a column left or right; or its length. */
export function stepped(moving: Moving, key: string, columns: readonly Column[], slot: number): Moving {
  const at = columns.findIndex((column) => column.key === moving.column);
  const beside = columns[at + (key === "ArrowRight" ? 1 : -1)];
  if (moving.isResize) {
    const step = key === "ArrowDown" ? slot : key === "ArrowUp" ? -slot : 0;
    return { ...moving, minutes: step === 0 ? moving.minutes : Math.max(moving.minutes + step, slot) };
  }
  switch (key) {
    case "ArrowUp":
      return { ...moving, minute: onGrid(moving.minute - slot, slot) };
    case "ArrowDown":
      return { ...moving, minute: onGrid(moving.minute + slot, slot) };
    default:
      return beside ? { ...moving, column: beside.key } : moving;
  }
}
