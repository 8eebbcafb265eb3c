import type { Column } from "../day/board/columns";
import type { DayAppointment, DayPractitioner, DayView } from "../lib/api";

/** A booked appointment of an hour at nine, changed by `changes`. */
export const appointment = (changes: Partial<DayAppointment> = {}): DayAppointment => ({
  id: "visit",
  patient_name: "Zoë Kowalczyk",
  service: "Massage therapy 60 min",
  discipline: "massage",
  room: "Room 4",
  room_id: "room-4",
  from_minute: 540,
  to_minute: 600,
  status: "booked",
  series_position: null,
  first_visit: false,
  overbooked: false,
  note: false,
  busy: false,
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

/** A column of the board with these visits, changed by `changes`. */
export const column = (visits: DayAppointment[] = [], changes: Partial<Column> = {}): Column => ({
  key: "anna",
  date: "2026-11-23",
  practitioner: "anna",
  room: undefined,
  name: "Anna Alvarez",
  working: [{ from_minute: 480, to_minute: 720 }],
  closed: null,
  disciplines: ["physio", "massage"],
  appointments: visits.map((visit) => ({
    ...visit,
    practitioner: "anna",
    practitioner_name: "Anna Alvarez",
  })),
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
  rooms: [],
  slot_minutes: 15,
  totals: { booked: 0, arrived: 0, fulfilled: 0, cancelled: 0, noshow: 0 },
  ...changes,
});
