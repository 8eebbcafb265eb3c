/** How appointments are said. */

import { useTranslations } from "use-intl";

import { usePreferences } from "../frame/preferences";
import type { DayAppointment } from "./api";
import { useTimes } from "./times";

/** A name by its initials, as in `M. O.`; empty stays empty. */
export function initials(name: string): string {
  return name
    .split(/[\s-]+/u)
    .filter(Boolean)
    .map((part) => `${[...part][0]?.toLocaleUpperCase()}.`)
    .join(" ");
}

/** Names as they may be shown now: whole, or as initials on a private screen. */
export function useNames() {
  const { isPrivate } = usePreferences();
  return (name: string) => (isPrivate ? initials(name) : name);
}

/** Texts that tell of one patient as they may be shown now: whole, or covered on a private screen. */
export function usePrivately() {
  const { isPrivate } = usePreferences();
  return (text: string) => (isPrivate ? "•••" : text);
}

/** Says a whole appointment in one sentence, for a screen reader. */
export function useAppointmentWords() {
  const visit = useTranslations("visit");
  const status = useTranslations("status");
  const name = useNames();
  const { time } = useTimes();
  return (appointment: DayAppointment) => {
    const { series_position: position } = appointment;
    return [
      visit("from", { from: time(appointment.from_minute), to: time(appointment.to_minute) }),
      name(appointment.patient_name),
      appointment.service,
      appointment.room,
      status(appointment.status),
      position && visit("position", { number: position.number, of: position.of }),
      appointment.first_visit && visit("first"),
      appointment.overbooked && visit("overbooked"),
      appointment.note && visit("note"),
    ]
      .filter(Boolean)
      .join(", ");
  };
}
