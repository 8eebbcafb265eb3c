//! A small clinic in which every kind of record occurs.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;
use ordo_core::model::*;
use ordo_core::protocol::Protocols;
use ordo_core::time::TimeOfDay;

/// A date of 2026.
pub fn date(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// A local time, `YYYY-MM-DDTHH:MM`.
pub fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a local time")
}

/// A moment some seconds after the sample's present.
pub fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_460_000 + seconds, 0).expect("a moment")
}

pub fn time(text: &str) -> TimeOfDay {
    TimeOfDay::parse(text).expect("a time of day")
}

/// A booked visit of an hour with a buffer of 15 minutes.
pub fn appointment(
    id: &str,
    practitioner: &str,
    patient: &str,
    room: Option<&str>,
    start: &str,
) -> Appointment {
    Appointment {
        id: id.into(),
        practitioner: practitioner.into(),
        patient: patient.into(),
        service: if practitioner.starts_with('m') {
            "rmt-60"
        } else {
            "physio-45"
        }
        .into(),
        room: room.map(Into::into),
        start: local(start),
        minutes: 60,
        buffer_minutes: 15,
        status: AppointmentStatus::Booked,
        session: None,
        override_reason: String::new(),
        cancel_reason: String::new(),
        note: String::new(),
        revision: 0,
        changed_at: None,
    }
}

/// A patient with nothing but a name.
pub fn patient(id: &str, name: &str) -> Patient {
    Patient::named(id.into(), name)
}

/// The whole clinic: two practitioners, two rooms, three patients, one series with two visits, one more visit.
pub fn records() -> ClinicRecords {
    let mut second = Protocols::shipped();
    second.version = 2;
    second.tolerance_days = 1;
    let mut visits = vec![
        appointment("a1", "m1", "zoe", Some("room1"), "2026-03-03T10:00"),
        appointment("a2", "p1", "zoe", Some("room2"), "2026-03-04T11:00"),
        appointment("a3", "m1", "omar", Some("room1"), "2026-03-03T11:15"),
    ];
    for visit in &mut visits[..2] {
        visit.session = Some(SessionLink {
            series: "s1".into(),
            week: 0,
        });
    }
    visits[2].changed_at = Some(moment(0) + chrono::TimeDelta::nanoseconds(123_456_789));
    visits[2].revision = 4;
    visits[2].note = "gentle\nsecond line".to_owned();
    ClinicRecords {
        clinic: clinic(),
        protocols: vec![Protocols::shipped(), second],
        patients: vec![zoe(), patient("omar", "Omar Haddad"), patient("li", "李小龍")],
        series: vec![series()],
        appointments: visits,
    }
}

fn clinic() -> Clinic {
    let hours = |weekday, from, to| WorkingHours {
        weekday,
        from: time(from),
        to: time(to),
        valid_from: None,
        valid_to: None,
        every_weeks: 1,
    };
    Clinic {
        name: "Maple Street Clinic".to_owned(),
        time_zone: Tz::America__Toronto,
        slot_minutes: 15,
        disciplines: Discipline::shipped(),
        services: vec![
            Service {
                id: "rmt-60".into(),
                discipline: Discipline::MASSAGE.into(),
                name: "Massage, one hour".to_owned(),
                minutes: 60,
                buffer_minutes: 15,
                room_kinds: vec!["massage".to_owned(), "quiet".to_owned()],
                first_visit: false,
            },
            Service {
                id: "physio-45".into(),
                discipline: Discipline::PHYSIOTHERAPY.into(),
                name: "Physiotherapy".to_owned(),
                minutes: 45,
                buffer_minutes: 0,
                room_kinds: Vec::new(),
                first_visit: true,
            },
        ],
        rooms: vec![
            Room {
                id: "room2".into(),
                name: "Second room".to_owned(),
                kinds: Vec::new(),
            },
            Room {
                id: "room1".into(),
                name: "First room".to_owned(),
                kinds: vec!["massage".to_owned(), "treatment".to_owned()],
            },
        ],
        practitioners: vec![
            Practitioner {
                id: "p1".into(),
                name: "Pat Physio".to_owned(),
                services: vec!["physio-45".into()],
                hours: vec![
                    hours(Weekday::Mon, "09:00", "17:00"),
                    hours(Weekday::Sun, "00:00", "24:00"),
                ],
                extra_hours: vec![ExtraHours {
                    date: date(3, 7),
                    from: time("10:00"),
                    to: time("15:00"),
                }],
                absences: vec![Absence {
                    from: local("2026-03-09T00:00"),
                    to: local("2026-03-16T12:30"),
                    reason: "leave".to_owned(),
                    imported: None,
                }],
            },
            Practitioner {
                id: "m1".into(),
                name: "Mia Massage".to_owned(),
                services: vec!["rmt-60".into(), "physio-45".into()],
                hours: vec![WorkingHours {
                    valid_from: Some(date(1, 5)),
                    valid_to: Some(date(12, 31)),
                    every_weeks: 2,
                    ..hours(Weekday::Tue, "09:00", "13:00")
                }],
                extra_hours: Vec::new(),
                absences: Vec::new(),
            },
        ],
        closures: vec![
            Closure {
                date: date(12, 25),
                name: "Christmas".to_owned(),
            },
            Closure {
                date: date(7, 1),
                name: "Canada Day".to_owned(),
            },
        ],
    }
}

fn zoe() -> Patient {
    Patient {
        contact: Contact {
            phone: "+1 416 555 0100".to_owned(),
            email: "zoe@example.org".to_owned(),
        },
        date_of_birth: NaiveDate::from_ymd_opt(1984, 2, 29),
        availability: vec![AvailabilityWindow {
            weekday: Weekday::Tue,
            from: time("08:00"),
            to: time("24:00"),
        }],
        sensitivities: vec!["tires-easily".to_owned(), "chronic-pain".to_owned()],
        covers: vec![InsuranceCover {
            discipline: Discipline::MASSAGE.into(),
            visits: 12,
            until: date(12, 31),
        }],
        provider_decisions: vec![
            ProviderDecision {
                provider: "Dr. Ångström".to_owned(),
                date: date(2, 1),
                order: Some([Discipline::PHYSIOTHERAPY.into(), Discipline::MASSAGE.into()]),
                spacing: Some(Spacing::SeparateDays {
                    min_hours: 24,
                    max_hours: 72,
                }),
                frequency: Some(Frequency::BothWeekly),
                note: "for the knee".to_owned(),
            },
            ProviderDecision {
                provider: "Pat Physio".to_owned(),
                date: date(2, 14),
                order: None,
                spacing: Some(Spacing::SameDay { max_wait_minutes: 30 }),
                frequency: None,
                note: String::new(),
            },
        ],
        notes: "prefers mornings; \"quiet\" room".to_owned(),
        ..patient("zoe", "Zoë Müller-O’Neill")
    }
}

/// The series of the sample.
pub fn series() -> Series {
    let rhythm = |discipline: &str, service: &str, every_weeks, practitioners: &[&str]| Rhythm {
        discipline: discipline.into(),
        service: service.into(),
        every_weeks,
        first_week: 0,
        practitioners: practitioners.iter().map(|&id| id.into()).collect(),
    };
    let slot = |discipline: &str, practitioner: &str, date, at| UsualSlot {
        discipline: discipline.into(),
        practitioner: practitioner.into(),
        date,
        time: time(at),
    };
    Series {
        id: "s1".into(),
        patient: "zoe".into(),
        order: [Discipline::MASSAGE.into(), Discipline::PHYSIOTHERAPY.into()],
        spacing: Spacing::SeparateDays {
            min_hours: 24,
            max_hours: 48,
        },
        weeks: 6,
        tolerance_days: 2,
        rhythms: vec![
            rhythm(Discipline::MASSAGE, "rmt-60", 2, &["m1"]),
            rhythm(Discipline::PHYSIOTHERAPY, "physio-45", 1, &["p1", "m1"]),
        ],
        usual: vec![
            slot(Discipline::MASSAGE, "m1", date(3, 3), "10:00"),
            slot(Discipline::PHYSIOTHERAPY, "p1", date(3, 4), "11:00"),
        ],
        strategy: Strategy::SameTime,
        basis: SeriesBasis {
            protocol_version: 2,
            conditions: vec!["low-back-pain".to_owned()],
            needs: Vec::new(),
            sensitivities: vec!["tires-easily".to_owned()],
            reasons: vec!["massage first: less muscle guarding makes core activation easier".to_owned()],
        },
    }
}
