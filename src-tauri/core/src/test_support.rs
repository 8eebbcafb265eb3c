//! A small clinic and short texts for visits, shared by the tests of this crate.
//!
//! The clinic lies in Toronto, where clocks went forward on Sunday 8 March 2026 and go back on Sunday 1 November.

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use crate::calendar::{Calendar, Placement};
use crate::model::{
    Appointment, AppointmentStatus, AvailabilityWindow, Clinic, Closure, Discipline, Patient, Practitioner,
    Rhythm, Room, Series, SeriesBasis, Service, SessionLink, Spacing, Strategy, UsualSlot, WorkingHours,
};
use crate::rules::Violation;
use crate::time::TimeOfDay;

pub const APART: Spacing = Spacing::SeparateDays {
    min_hours: 24,
    max_hours: 48,
};
pub const TOGETHER: Spacing = Spacing::SameDay { max_wait_minutes: 60 };

pub fn time(text: &str) -> TimeOfDay {
    TimeOfDay::parse(text).expect("a time")
}

pub fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a time")
}

/// A clinic open on weekdays from 9 to 17 with one practitioner per discipline and one of both.
pub fn clinic() -> Clinic {
    let service = |id: &str, discipline: &str, kinds: &[&str]| Service {
        id: id.into(),
        discipline: discipline.into(),
        name: id.to_owned(),
        minutes: 60,
        buffer_minutes: 15,
        room_kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
        first_visit: false,
    };
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let hours = |weekday| WorkingHours {
        weekday,
        from: time("09:00"),
        to: time("17:00"),
        valid_from: None,
        valid_to: None,
        every_weeks: 1,
    };
    let person = |id: &str, services: &[&str]| Practitioner {
        id: id.into(),
        name: id.to_owned(),
        services: services.iter().map(|&service| service.into()).collect(),
        hours: days.map(hours).into(),
        extra_hours: Vec::new(),
        absences: Vec::new(),
    };
    let room = |id: &str, kind: &str| Room {
        id: id.into(),
        name: id.to_owned(),
        kinds: vec![kind.to_owned()],
    };
    Clinic {
        name: "Test".to_owned(),
        time_zone: chrono_tz::America::Toronto,
        slot_minutes: 15,
        disciplines: Discipline::shipped(),
        services: vec![
            service("p", "physio", &["gym"]),
            service("m", "massage", &["quiet"]),
        ],
        rooms: vec![
            room("gym", "gym"),
            room("quiet", "quiet"),
            room("quiet2", "quiet"),
        ],
        practitioners: vec![
            person("pia", &["p"]),
            person("mo", &["m"]),
            person("bo", &["p", "m"]),
        ],
        closures: vec![Closure {
            date: NaiveDate::from_ymd_opt(2026, 3, 6).expect("a date"),
            name: "Inventory".to_owned(),
        }],
    }
}

/// `any` and `else` can always come, `early` on weekdays from 8 to 12.
pub fn patients() -> Vec<Patient> {
    let patient = |id: &str, availability| Patient {
        availability,
        ..Patient::named(id.into(), id)
    };
    let mornings = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ]
    .map(|weekday| AvailabilityWindow {
        weekday,
        from: time("08:00"),
        to: time("12:00"),
    });
    vec![
        patient("any", Vec::new()),
        patient("else", Vec::new()),
        patient("early", mornings.into()),
    ]
}

/// `practitioner patient service room start`, with `-` for no room; then the week when it is a session of
/// [`series`].
pub fn visit(text: &str) -> Appointment {
    let parts: Vec<&str> = text.split(' ').collect();
    let [practitioner, patient, service, room, start, ref session @ ..] = parts[..] else {
        panic!("{text}")
    };
    Appointment {
        id: text.into(),
        practitioner: practitioner.into(),
        patient: patient.into(),
        service: service.into(),
        room: (room != "-").then(|| room.into()),
        start: local(start),
        minutes: 60,
        buffer_minutes: 15,
        status: AppointmentStatus::Booked,
        session: session.first().map(|week| SessionLink {
            series: "s".into(),
            week: week.parse().expect("a week"),
        }),
        override_reason: String::new(),
        cancel_reason: String::new(),
        note: String::new(),
        revision: 0,
        changed_at: None,
    }
}

/// A series of three weeks that starts on Monday 2 March 2026, massage first, with `bo` for both.
pub fn series(spacing: Spacing) -> Series {
    let rhythm = |discipline: &str, service: &str, practitioner: &str| Rhythm {
        discipline: discipline.into(),
        service: service.into(),
        every_weeks: 1,
        first_week: 0,
        practitioners: vec![practitioner.into()],
    };
    let usual = |discipline: &str, day| UsualSlot {
        discipline: discipline.into(),
        practitioner: "bo".into(),
        date: NaiveDate::from_ymd_opt(2026, 3, day).expect("a date"),
        time: time("09:00"),
    };
    let shift = if matches!(spacing, Spacing::SameDay { .. }) {
        0
    } else {
        1
    };
    Series {
        id: "s".into(),
        patient: "any".into(),
        order: ["massage".into(), "physio".into()],
        spacing,
        weeks: 3,
        tolerance_days: 2,
        rhythms: vec![rhythm("massage", "m", "bo"), rhythm("physio", "p", "bo")],
        usual: vec![usual("massage", 2), usual("physio", 2 + shift)],
        strategy: Strategy::SameTime,
        basis: SeriesBasis::default(),
    }
}

/// The small clinic's calendar with visits as [`visit`] reads them.
pub fn calendar(visits: &[&str]) -> Calendar {
    calendar_of(clinic(), visits)
}

/// The calendar of a changed clinic.
pub fn calendar_of(clinic: Clinic, visits: &[&str]) -> Calendar {
    let appointments = visits.iter().map(|text| visit(text)).collect();
    Calendar::new(clinic, patients(), appointments).expect("a calendar")
}

/// `practitioner service room start`, with `-` for no room.
pub fn place(calendar: &Calendar, text: &str) -> Placement {
    let parts: Vec<&str> = text.split(' ').collect();
    let [practitioner, service, room, start] = parts[..] else {
        panic!("{text}")
    };
    let room = (room != "-").then(|| calendar.room_index(&room.into()).expect("a room"));
    let service = calendar.service_index(&service.into()).expect("a service");
    let practitioner = calendar
        .practitioner_index(&practitioner.into())
        .expect("a practitioner");
    calendar.place(service, practitioner, room, local(start))
}

/// Expects what a rule says of a massage of `bo` and a session with `pia`, each by its start.
pub fn expect_of_two(
    rule: impl Fn(&Placement, &Placement) -> Option<Violation>,
    cases: &[(&str, &str, Option<Violation>)],
) {
    let calendar = calendar(&[]);
    for &(first, second, expected) in cases {
        let one = place(&calendar, &format!("bo m quiet {first}"));
        let other = place(&calendar, &format!("pia p gym {second}"));
        assert_eq!(rule(&one, &other), expected, "{first} {second}");
    }
}
