//! A small clinic on a real database, at a time that tests set.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use chrono_tz::America::Toronto;
use ordo_store::Key;
use tempfile::TempDir;

use crate::{Desk, Host, unsigned};

/// A host whose present is set by the test, in Toronto's wall-clock time.
pub struct TestHost {
    now: Cell<DateTime<Utc>>,
    ids: AtomicU32,
}

impl TestHost {
    pub fn at(local: &str) -> Self {
        Self {
            now: Cell::new(moment(local)),
            ids: AtomicU32::new(0),
        }
    }

    pub fn set(&self, local: &str) {
        self.now.set(moment(local));
    }
}

impl Host for TestHost {
    fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    fn new_id(&self) -> String {
        format!("new-{}", self.ids.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn actor(&self) -> String {
        unsigned::DESK.to_owned()
    }
}

/// A local time, `YYYY-MM-DDTHH:MM`.
pub fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a local time")
}

fn moment(text: &str) -> DateTime<Utc> {
    let moment = Toronto.from_local_datetime(&local(text)).earliest();
    moment.expect("a time that exists").to_utc()
}

/// A desk without a clinic, on Monday 2 March 2026 at 08:00.
pub fn empty_desk() -> (TempDir, Desk<TestHost>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let host = TestHost::at("2026-03-02T08:00");
    let desk = Desk::create(&path, &Key::from_bytes([7; 32]), host).expect("a desk");
    (folder, desk)
}

/// A desk with the small clinic of [`CLINIC`].
pub fn small_desk() -> (TempDir, Desk<TestHost>) {
    let (folder, mut desk) = empty_desk();
    desk.import(CLINIC, "").expect("a clinic");
    (folder, desk)
}

/// A second desk on the same database, like another window.
pub fn second_desk(folder: &TempDir) -> Desk<TestHost> {
    let path = folder.path().join("clinic.ordo");
    Desk::open(&path, &Key::from_bytes([7; 32]), TestHost::at("2026-03-02T08:00")).expect("a desk")
}

/// Two practitioners, two rooms, four patients; Zoé's series: three weeks of massage and physiotherapy, of which the
/// second has a gap that is too short and the third is not booked.
pub const CLINIC: &str = r#"{
  "format": "ordo-clinic/1",
  "clinic": {"name": "Riverside", "time_zone": "America/Toronto", "slot_minutes": 15},
  "services": [
    {"id": "rmt-60", "discipline": "massage", "name": "Massage 60", "minutes": 60, "buffer_minutes": 15, "room_kinds": ["quiet"]},
    {"id": "physio-45", "discipline": "physio", "name": "Physio 45", "minutes": 45}
  ],
  "rooms": [{"id": "quiet", "name": "Quiet room", "kinds": ["quiet"]}, {"id": "gym", "name": "Gym", "kinds": ["gym"]}],
  "practitioners": [
    {"id": "max", "name": "Max Roy", "services": ["rmt-60"],
     "hours": [{"weekday": "mon", "from": "09:00", "to": "17:00"}, {"weekday": "tue", "from": "09:00", "to": "17:00"},
               {"weekday": "wed", "from": "09:00", "to": "17:00"}]},
    {"id": "pia", "name": "Pia Côté", "services": ["physio-45"],
     "hours": [{"weekday": "mon", "from": "09:00", "to": "17:00"}, {"weekday": "tue", "from": "09:00", "to": "17:00"},
               {"weekday": "wed", "from": "09:00", "to": "17:00"}, {"weekday": "thu", "from": "09:00", "to": "17:00"}]}
  ],
  "closures": [{"date": "2026-04-03", "name": "Good Friday"}],
  "patients": [
    {"id": "zoe", "name": "Zoé Gagnon", "phone": "416 555 0143", "email": "zoe@example.ca",
     "date_of_birth": "1984-03-12", "covers": [{"discipline": "physio", "visits": 10, "until": "2026-12-31"}]},
    {"id": "zoe2", "name": "Zoe Gagnon", "phone": "", "email": "", "sensitivities": ["chronic-pain"],
     "availability": [{"weekday": "tue", "from": "15:00", "to": "19:00"}], "notes": "Prefers the quiet room."},
    {"id": "omar", "name": "Omar Haddad", "phone": "905-555-0177", "email": ""},
    {"id": "new", "name": "Newly Added"}
  ],
  "series": [
    {"id": "s1", "patient": "zoe", "order": ["massage", "physio"],
     "spacing": {"kind": "separate-days", "min_hours": 24, "max_hours": 48}, "weeks": 3, "tolerance_days": 1,
     "disciplines": {
       "massage": {"service": "rmt-60", "every_weeks": 1, "first_week": 0, "practitioners": ["max"]},
       "physio": {"service": "physio-45", "every_weeks": 1, "first_week": 0, "practitioners": ["pia"]}},
     "usual": {
       "massage": {"practitioner": "max", "date": "2026-03-02", "time": "10:00"},
       "physio": {"practitioner": "pia", "date": "2026-03-03", "time": "11:00"}},
     "strategy": "soonest", "protocol_version": 1}
  ],
  "appointments": [
    {"id": "m0", "practitioner": "max", "patient": "zoe", "service": "rmt-60", "room": "quiet", "start": "2026-03-02T10:00", "status": "booked", "session": {"series": "s1", "week": 0}},
    {"id": "p0", "practitioner": "pia", "patient": "zoe", "service": "physio-45", "start": "2026-03-03T11:00", "status": "booked", "session": {"series": "s1", "week": 0}, "note": "left knee"},
    {"id": "m1", "practitioner": "max", "patient": "zoe", "service": "rmt-60", "room": "quiet", "start": "2026-03-09T10:00", "status": "booked", "session": {"series": "s1", "week": 1}},
    {"id": "p1", "practitioner": "pia", "patient": "zoe", "service": "physio-45", "start": "2026-03-10T09:00", "status": "booked", "session": {"series": "s1", "week": 1}},
    {"id": "o1", "practitioner": "pia", "patient": "omar", "service": "physio-45", "start": "2026-02-24T10:00", "status": "fulfilled"},
    {"id": "o2", "practitioner": "pia", "patient": "omar", "service": "physio-45", "start": "2026-03-02T09:00", "status": "booked"},
    {"id": "z2", "practitioner": "pia", "patient": "zoe2", "service": "physio-45", "start": "2026-03-17T15:00", "status": "booked"}
  ]
}"#;
