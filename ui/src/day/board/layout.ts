/** Where things lie on the board: pure arithmetic over minutes, no rule of the clinic. */

import type { DayAppointment, DaySpan } from "../../lib/api";

/** An appointment in its lane: side by side with those it overlaps. */
export interface Laned<Visit extends DayAppointment = DayAppointment> {
  appointment: Visit;
  /** From 0. */
  lane: number;
  /** How many lanes its group of overlapping appointments needs. */
  lanes: number;
}

/** Gives overlapping appointments lanes side by side; called off ones give way to those that take place. */
export function lanesOf<Visit extends DayAppointment>(appointments: readonly Visit[]): Laned<Visit>[] {
  const sorted = [...appointments].sort(
    (one, other) =>
      one.from_minute - other.from_minute ||
      Number(isOff(one)) - Number(isOff(other)) ||
      other.to_minute - one.to_minute,
  );
  const laned: Laned<Visit>[] = [];
  let group: Laned<Visit>[] = [];
  /** When each lane of the group is free again. */
  let ends: number[] = [];
  const close = () => {
    for (const each of group) {
      each.lanes = ends.length;
    }
    group = [];
    ends = [];
  };
  for (const appointment of sorted) {
    if (group.length > 0 && ends.every((end) => end <= appointment.from_minute)) {
      close();
    }
    const free = ends.findIndex((end) => end <= appointment.from_minute);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = appointment.to_minute;
    const each = { appointment, lane, lanes: 1 };
    group.push(each);
    laned.push(each);
  }
  close();
  return laned;
}

/** Whether an appointment takes no time any more. */
export const isOff = ({ status }: DayAppointment) => status === "cancelled" || status === "noshow";

/** What a column is to the arithmetic of the board. */
interface Stretches {
  working: readonly DaySpan[] | undefined;
  appointments: readonly DayAppointment[];
}

/** The whole hours that a board shows: from the first start of work to its last end, and whatever lies outside it. */
export function hoursShown(columns: readonly Stretches[], reached: readonly DaySpan[] = []): DaySpan {
  const spans: DaySpan[] = columns.flatMap(({ working = [], appointments }) => [...working, ...appointments]);
  spans.push(...reached);
  const from = Math.min(8 * 60, ...spans.map((span) => span.from_minute));
  const to = Math.max(18 * 60, ...spans.map((span) => span.to_minute));
  return { from_minute: Math.floor(from / 60) * 60, to_minute: Math.ceil(to / 60) * 60 };
}

/** Some hours, and those of a visit held elsewhere, within the day; the very same where it is held among them. */
export function reaching(hours: DaySpan, held: { minute: number; minutes: number }): DaySpan {
  const from_minute = Math.min(hours.from_minute, held.minute);
  const to_minute = Math.max(hours.to_minute, Math.min(held.minute + held.minutes, 24 * 60));
  const isAmong = from_minute === hours.from_minute && to_minute === hours.to_minute;
  return isAmong ? hours : { from_minute, to_minute };
}

/** The stretches of a day, cut to the hours shown, in which a practitioner does not work. */
export function notWorking(working: readonly DaySpan[], shown: DaySpan): DaySpan[] {
  const off: DaySpan[] = [];
  let from = shown.from_minute;
  for (const stretch of [...working].sort((one, other) => one.from_minute - other.from_minute)) {
    if (stretch.from_minute > from) {
      off.push({ from_minute: from, to_minute: Math.min(stretch.from_minute, shown.to_minute) });
    }
    from = Math.max(from, stretch.to_minute);
  }
  if (from < shown.to_minute) {
    off.push({ from_minute: from, to_minute: shown.to_minute });
  }
  return off.filter((stretch) => stretch.from_minute < stretch.to_minute);
}

/** A direction in which the focus moves. */
export type Direction = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** The appointment that an arrow leads to: the next in a column, or the nearest in time in the next column that has one. */
export function neighbour(
  shown: readonly Pick<Stretches, "appointments">[],
  id: string,
  direction: Direction,
): string | undefined {
  const columns = shown.map(({ appointments }) => appointments);
  const column = columns.findIndex((appointments) => appointments.some((each) => each.id === id));
  const own = columns[column];
  const at = own?.findIndex((each) => each.id === id) ?? -1;
  const here = own?.[at];
  if (!own || !here) {
    return undefined;
  }
  if (direction === "ArrowUp" || direction === "ArrowDown") {
    return own[at + (direction === "ArrowDown" ? 1 : -1)]?.id;
  }
  const step = direction === "ArrowRight" ? 1 : -1;
  for (let next = column + step; next >= 0 && next < columns.length; next += step) {
    const nearest = [...(columns[next] ?? [])].sort(
      (one, other) =>
        Math.abs(one.from_minute - here.from_minute) - Math.abs(other.from_minute - here.from_minute),
    )[0];
    if (nearest) {
      return nearest.id;
    }
  }
  return undefined;
}

/** Lines of text that fit whole in a card of so many pixels: one says the patient, two the time, three the service. */
export function linesIn(height: number, density: "compact" | "comfortable"): 1 | 2 | 3 {
  const [two, three] = density === "compact" ? [30, 52] : [36, 60];
  return height >= three ? 3 : height >= two ? 2 : 1;
}
