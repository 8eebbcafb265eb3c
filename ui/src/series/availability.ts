/** How availability is written: windows of the same time together, as in `Mon–Fri before 12:00`. */

import type { AvailabilityForm } from "../lib/api";

/** Windows that are said in one breath. */
export interface Group {
  days: number[];
  from_minute: number;
  to_minute: number;
}

/** Windows by time, in the order of their first day. */
export function groups(windows: readonly AvailabilityForm[]): Group[] {
  const found: Group[] = [];
  for (const { weekday, from_minute, to_minute } of windows) {
    const same = found.find((each) => each.from_minute === from_minute && each.to_minute === to_minute);
    if (same) {
      same.days.push(weekday);
    } else {
      found.push({ days: [weekday], from_minute, to_minute });
    }
  }
  return found;
}

/** Runs of days that follow each other, as pairs of first and last. */
export function runs(days: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const day of [...days].sort((one, two) => one - two)) {
    const last = found.at(-1);
    if (last && last[1] === day - 1) {
      last[1] = day;
    } else {
      found.push([day, day]);
    }
  }
  return found;
}

/** Windows without those of a group. */
export const less = (windows: readonly AvailabilityForm[], group: Group): AvailabilityForm[] =>
  windows.filter(
    ({ weekday, from_minute, to_minute }) =>
      from_minute !== group.from_minute || to_minute !== group.to_minute || !group.days.includes(weekday),
  );

/** Windows of both lists; those of one day that touch or overlap as one. */
export function together(
  one: readonly AvailabilityForm[],
  two: readonly AvailabilityForm[],
): AvailabilityForm[] {
  const all = [...one, ...two].sort(
    (left, right) => left.weekday - right.weekday || left.from_minute - right.from_minute,
  );
  const found: AvailabilityForm[] = [];
  for (const window of all) {
    const last = found.at(-1);
    if (last && last.weekday === window.weekday && window.from_minute <= last.to_minute) {
      last.to_minute = Math.max(last.to_minute, window.to_minute);
    } else {
      found.push({ ...window });
    }
  }
  return found;
}
