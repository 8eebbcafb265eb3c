/** How times, dates and appointments are said; one place for every wording of the window. */

import { type CalendarDate, DateFormatter } from "@internationalized/date";
import type { DayAppointment, DaySpan, DayStatus } from "./api";

const longDate = new DateFormatter("en-CA", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** A date as in `Monday, November 23, 2026`. */
export const dateInWords = (date: CalendarDate) => longDate.format(date.toDate("UTC"));

/** Minutes from midnight as a 24-hour time; minutes of the next day start over. */
export function timeOfDay(minute: number): string {
  const hours = Math.floor(minute / 60) % 24;
  return `${String(hours).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** A stretch as in `09:00–12:30`. */
export const stretch = ({ from_minute, to_minute }: DaySpan) =>
  `${timeOfDay(from_minute)}–${timeOfDay(to_minute)}`;

/** Each status as the front desk says it. */
export const statusWords: Record<DayStatus, string> = {
  booked: "booked",
  arrived: "arrived",
  fulfilled: "done",
  cancelled: "cancelled",
  noshow: "did not come",
};

/** The whole appointment in one sentence, for a screen reader. */
export function appointmentInWords(appointment: DayAppointment): string {
  const { series_position: position } = appointment;
  return [
    `${timeOfDay(appointment.from_minute)} to ${timeOfDay(appointment.to_minute)}`,
    appointment.patient_name,
    appointment.service,
    appointment.room,
    statusWords[appointment.status],
    position && `visit ${position.number} of ${position.of}`,
    appointment.overbooked && "double booked on purpose",
    appointment.note && "has a note",
  ]
    .filter(Boolean)
    .join(", ");
}
