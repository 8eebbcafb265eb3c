import type { DayAppointment, DayPractitioner, DayView } from "../lib/api";

/** A booked appointment of an hour at nine, changed by `changes`. */
export const appointment = (changes: Partial<DayAppointment> = {}): DayAppointment => ({
  id: "visit",
  patient_name: "Zoë Kowalczyk",
  service: "Massage therapy 60 min",
  discipline: "massage",
  room: "Room 4",
  from_minute: 540,
  to_minute: 600,
  status: "booked",
  series_position: null,
  overbooked: false,
  note: false,
  ...changes,
});

/** A practitioner of both disciplines who works in the morning, changed by `changes`. */
export const practitioner = (changes: Partial<DayPractitioner> = {}): DayPractitioner => ({
  id: "anna",
  name: "Anna Alvarez",
  disciplines: ["physio", "massage"],
  working: [{ from_minute: 480, to_minute: 720 }],
  appointments: [],
  ...changes,
});

/** A day of the clinic with these practitioners, changed by `changes`. */
export const dayView = (
  date: string,
  practitioners: DayPractitioner[],
  changes: Partial<DayView> = {},
): DayView => ({
  date,
  weekday: "Monday",
  clinic_name: "Riverside",
  closed: null,
  disciplines: [
    { id: "physio", name: "Physiotherapy" },
    { id: "massage", name: "Massage therapy" },
  ],
  practitioners,
  slot_minutes: 15,
  totals: { booked: 0, arrived: 0, fulfilled: 0, cancelled: 0, noshow: 0 },
  ...changes,
});
