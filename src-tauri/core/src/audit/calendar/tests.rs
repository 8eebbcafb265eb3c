use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::*;
use crate::model::{
    Appointment, AppointmentStatus, AvailabilityWindow, Clinic, Closure, Discipline, Patient, Practitioner,
    Rhythm, Room, SeriesBasis, Service, SessionLink, Spacing, Strategy, UsualSlot, WorkingHours,
};
use crate::time::TimeOfDay;

fn time(text: &str) -> TimeOfDay {
    TimeOfDay::parse(text).expect("a time")
}

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a time")
}

/// A clinic open on weekdays from 9 to 17 with one practitioner per discipline and one of both.
fn clinic() -> Clinic {
    let service = |id: &str, discipline: &str, kinds: &[&str]| Service {
        id: id.into(),
        discipline: discipline.into(),
        name: id.to_owned(),
        minutes: 60,
        buffer_minutes: 15,
        room_kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
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

fn patients() -> Vec<Patient> {
    let patient = |id: &str, availability| Patient {
        id: id.into(),
        name: id.to_owned(),
        contact: crate::model::Contact::default(),
        date_of_birth: None,
        availability,
        sensitivities: Vec::new(),
        covers: Vec::new(),
        provider_decisions: Vec::new(),
        notes: String::new(),
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

/// `practitioner patient service room start`, with `-` for no room.
fn visit(text: &str) -> Appointment {
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

fn series(spacing: Spacing) -> Series {
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

fn audited(visits: &[&str], series: &[Series]) -> Vec<(usize, Rule)> {
    let appointments = visits.iter().map(|text| visit(text)).collect();
    let calendar = Calendar::new(clinic(), patients(), appointments).expect("a calendar");
    let findings = audit_calendar(&calendar, series);
    findings
        .iter()
        .map(|finding| (finding.rule().number(), finding.rule()))
        .collect()
}

const APART: Spacing = Spacing::SeparateDays {
    min_hours: 24,
    max_hours: 48,
};
const TOGETHER: Spacing = Spacing::SameDay { max_wait_minutes: 60 };

#[test]
fn one_injected_fault_is_one_finding() {
    for (number, spacing, visits) in [
        (1, None, &["pia any p gym 2026-03-02T09:05"][..]),
        (2, None, &["pia any p gym 2026-03-02T16:30"]),
        (2, None, &["pia any p gym 2026-03-06T10:00"]),
        (3, None, &["mo any p gym 2026-03-02T10:00"]),
        (
            3,
            None,
            &[
                "bo any m quiet 2026-03-02T10:00",
                "bo else m quiet2 2026-03-02T11:00",
            ],
        ),
        (4, None, &["mo any m gym 2026-03-02T10:00"]),
        (
            4,
            None,
            &[
                "mo any m quiet 2026-03-02T10:00",
                "bo else m quiet 2026-03-02T11:00",
            ],
        ),
        (5, None, &["mo early m quiet 2026-03-02T11:15"]),
        (
            5,
            None,
            &[
                "mo any m quiet 2026-03-02T10:00",
                "pia any p gym 2026-03-02T10:45",
            ],
        ),
        (
            6,
            None,
            &[
                "mo any m quiet 2026-03-02T10:00",
                "bo any m quiet2 2026-03-02T14:00",
            ],
        ),
        (
            7,
            Some(APART),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "pia any p gym 2026-03-03T10:00",
            ],
        ),
        (
            7,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T13:00 0",
                "pia any p gym 2026-03-02T10:00",
            ],
        ),
        (8, Some(TOGETHER), &["bo any m quiet 2026-03-05T13:00 0"]),
        (
            9,
            Some(APART),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "bo any p gym 2026-03-03T10:45 0",
            ],
        ),
        (
            9,
            Some(APART),
            &[
                "bo any m quiet 2026-03-02T09:00 0",
                "bo any p gym 2026-03-04T10:15 0",
            ],
        ),
        (
            9,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "bo any p gym 2026-03-02T12:15 0",
            ],
        ),
        (
            9,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T12:15 0",
                "bo any p gym 2026-03-02T11:00 0",
            ],
        ),
        (
            10,
            Some(TOGETHER),
            &[
                "bo any p gym 2026-03-04T09:00 0",
                "mo any m quiet 2026-03-04T11:00 1",
            ],
        ),
        (
            11,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-04T09:00 0",
                "mo any m quiet2 2026-03-04T12:00 1",
            ],
        ),
        (
            12,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "bo any p gym 2026-03-02T11:00 0",
            ],
        ),
    ] {
        let series: Vec<_> = spacing.map(series).into_iter().collect();
        let found = audited(visits, &series);
        assert!(
            found.iter().any(|&(found, _)| found == number),
            "{number} {visits:?}: {found:?}"
        );
        // A clash inside a series also clashes in the calendar, and a session moved onto another week's date is
        // off its rhythm.
        let explained = |&(other, _): &(usize, Rule)| {
            other == number || (number == 12 && other == 3) || (matches!(number, 10 | 11) && other == 8)
        };
        assert!(found.iter().all(explained), "{number} {visits:?}: {found:?}");
    }
}

#[test]
fn a_calendar_in_order_has_no_findings() {
    let apart = [
        "bo any m quiet 2026-03-02T09:00 0",
        "bo any p gym 2026-03-03T10:00 0",
        "pia else p gym 2026-03-02T10:00",
    ];
    assert_eq!(audited(&apart, &[series(APART)]), []);
    let together = [
        "bo any m quiet 2026-03-02T09:00 0",
        "pia any p gym 2026-03-02T10:00 0",
    ];
    assert_eq!(audited(&together, &[series(TOGETHER)]), []);
}

#[test]
fn a_reason_makes_a_clash_deliberate() {
    let mut second = visit("bo else m quiet2 2026-03-02T11:00");
    second.override_reason = "emergency".to_owned();
    let appointments = vec![visit("bo any m quiet 2026-03-02T10:00"), second];
    let calendar = Calendar::new(clinic(), patients(), appointments).expect("a calendar");
    let findings = audit_calendar(&calendar, &[]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].deliberate && findings[0].other == Some(1));
}

#[test]
fn what_takes_no_time_breaks_no_rule() {
    let mut cancelled = visit("bo any m gym 2026-03-08T23:07");
    cancelled.status = AppointmentStatus::Cancelled;
    let calendar = Calendar::new(clinic(), patients(), vec![cancelled]).expect("a calendar");
    assert_eq!(audit_calendar(&calendar, &[]), []);
}
