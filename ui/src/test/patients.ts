import type { PatientHit, PatientHits, PatientRecord, VisitLine } from "../lib/api";

/** A patient in a list, changed by `changes`. */
export const hit = (changes: Partial<PatientHit> = {}): PatientHit => ({
  id: "zoe",
  name: "Zoé Gagnon",
  phone: "416 555 0143",
  email: "",
  date_of_birth: "1984-03-12",
  last_visit: null,
  next_visit: "2026-11-24T10:00:00",
  ...changes,
});

/** What a search found. */
export const hits = (found: PatientHit[], recent = 0): PatientHits => ({
  hits: found,
  found: found.length,
  recent,
  of: 400,
});

/** A booked visit, changed by `changes`. */
export const visit = (changes: Partial<VisitLine> = {}): VisitLine => ({
  id: "v1",
  start: "2026-11-24T10:00:00",
  minutes: 60,
  service: "Massage therapy 60 min",
  discipline: "massage",
  practitioner: "Max Roy",
  room: "Room 4",
  status: "booked",
  note: "",
  cancel_reason: "",
  series: null,
  ...changes,
});

/** A record, changed by `changes`. */
export const record = (changes: Partial<PatientRecord> = {}): PatientRecord => ({
  id: "zoe",
  form: {
    name: "Zoé Gagnon",
    phone: "416 555 0143",
    email: "",
    date_of_birth: "1984-03-12",
    availability: [],
    sensitivities: [],
    covers: [],
    notes: "",
  },
  covers: [],
  decisions: [],
  ahead: [],
  past: [],
  series: [],
  alike: [],
  removable: false,
  kept_until: null,
  outlived: false,
  ...changes,
});
