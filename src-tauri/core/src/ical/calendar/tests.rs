use chrono::NaiveTime;
use proptest::prelude::*;

use super::*;
use crate::Language;
use crate::ical::{ExportOptions, practitioner_export};
use crate::model::NamesShown;
use crate::model::{
    Absence, Appointment, AppointmentStatus, Clinic, Discipline, PatientId, Practitioner, Room, Service,
    SessionLink,
};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a time")
}

fn clinic() -> Clinic {
    Clinic {
        name: "Harbour, Physio; Massage".to_owned(),
        time_zone: Tz::America__Toronto,
        slot_minutes: 15,
        disciplines: Discipline::shipped(),
        services: vec![Service {
            id: "rmt-60".into(),
            discipline: Discipline::MASSAGE.into(),
            name: "Massage 60".to_owned(),
            minutes: 60,
            buffer_minutes: 15,
            room_kinds: Vec::new(),
            first_visit: false,
        }],
        rooms: vec![Room {
            id: "room1".into(),
            name: "Room 1, upstairs".to_owned(),
            kinds: Vec::new(),
        }],
        practitioners: vec![practitioner()],
        closures: Vec::new(),
    }
}

fn practitioner() -> Practitioner {
    Practitioner {
        id: "m1".into(),
        name: "Noor Haddad".to_owned(),
        services: vec!["rmt-60".into()],
        hours: Vec::new(),
        extra_hours: Vec::new(),
        absences: vec![
            Absence {
                from: at("2026-03-09T00:00"),
                to: at("2026-03-16T00:00"),
                reason: "surgery".to_owned(),
                imported: None,
            },
            Absence {
                from: at("2026-03-20T13:00"),
                to: at("2026-03-20T17:00"),
                reason: String::new(),
                imported: None,
            },
        ],
    }
}

fn visit(id: &str, start: &str) -> Appointment {
    Appointment {
        id: id.into(),
        practitioner: "m1".into(),
        patient: "pt0".into(),
        service: "rmt-60".into(),
        room: Some("room1".into()),
        start: at(start),
        minutes: 60,
        buffer_minutes: 15,
        status: AppointmentStatus::Booked,
        session: None,
        override_reason: String::new(),
        cancel_reason: String::new(),
        note: "gentle; José asked".to_owned(),
        revision: 0,
        changed_at: None,
    }
}

fn in_series(mut visit: Appointment, week: u32) -> Appointment {
    visit.session = Some(SessionLink {
        series: "s1".into(),
        week,
    });
    visit
}

fn name_of(_: &PatientId) -> Option<&'static str> {
    Some("José-Luis Ñandú")
}

fn options(names: NamesShown) -> ExportOptions {
    ExportOptions {
        from: date("2026-03-01"),
        to: date("2026-03-31"),
        names,
        language: Language::English,
        absences: true,
        cancelled_since: None,
    }
}

fn month() -> Vec<Appointment> {
    let changed = "2026-02-20T14:30:05Z".parse().ok();
    vec![
        in_series(visit("a2", "2026-03-10T10:00"), 1),
        Appointment {
            revision: 3,
            changed_at: changed,
            ..in_series(visit("a1", "2026-03-03T10:00"), 0)
        },
        Appointment {
            status: AppointmentStatus::Cancelled,
            revision: 1,
            changed_at: changed,
            ..visit("a3", "2026-03-04T09:00")
        },
        Appointment {
            status: AppointmentStatus::NoShow,
            room: None,
            ..visit("a4", "2026-03-05T09:00")
        },
    ]
}

fn written(visits: &[Appointment], options: &ExportOptions) -> String {
    let clinic = clinic();
    calendar_text(&practitioner_export(
        &clinic,
        &clinic.practitioners[0],
        visits,
        name_of,
        options,
    ))
}

fn readable(text: &str) -> String {
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    text.replace("\r\n", "\n")
}

#[test]
fn a_month_with_initials() {
    insta::assert_snapshot!(readable(&written(&month(), &options(NamesShown::Initials))));
}

#[test]
fn a_month_with_full_names() {
    insta::assert_snapshot!(readable(&written(&month(), &options(NamesShown::Full))));
}

#[test]
fn busy_tells_nothing_but_the_time() {
    let text = written(&month(), &options(NamesShown::Busy));
    for told in [
        "Massage",
        "Room",
        "J",
        "RELATED-TO",
        "DESCRIPTION",
        "surgery",
        "pt0",
    ] {
        let body = text.split("BEGIN:VEVENT").skip(1).collect::<String>();
        assert!(!body.contains(told), "{told}");
    }
    assert_eq!(text.matches("SUMMARY:Busy\r\n").count(), 4);
}

#[test]
fn a_name_is_told_only_when_asked_for() {
    for names in [NamesShown::Initials, NamesShown::Busy] {
        let text = written(&month(), &options(names));
        assert!(!text.contains("Jos") && !text.contains("Luis") && !text.contains("and"));
    }
    assert!(
        written(&month(), &options(NamesShown::Full)).contains("SUMMARY:José-Luis Ñandú · Massage 60\r\n")
    );
}

#[test]
fn an_empty_calendar_still_says_its_zone() {
    let none = ExportOptions {
        absences: false,
        ..options(NamesShown::Initials)
    };
    insta::assert_snapshot!(readable(&written(&[], &none)));
}

#[test]
fn nothing_that_clients_stumble_over_is_written() {
    let text = written(&month(), &options(NamesShown::Full));
    for property in ["METHOD", "ORGANIZER", "ATTENDEE", "BEGIN:VALARM"] {
        assert!(!text.contains(&format!("\n{property}")), "{property}");
    }
}

#[test]
fn equal_data_in_any_order_gives_equal_bytes() {
    let mut other = month();
    other.reverse();
    assert_eq!(
        written(&month(), &options(NamesShown::Initials)),
        written(&other, &options(NamesShown::Initials))
    );
}

#[test]
fn cancelled_visits_leave_after_a_while() {
    let since = |text: &str| ExportOptions {
        cancelled_since: text.parse().ok(),
        ..options(NamesShown::Initials)
    };
    for (from, stays) in [("2026-02-20T14:30:05Z", true), ("2026-02-20T14:30:06Z", false)] {
        let text = written(&month(), &since(from));
        assert_eq!(text.contains("UID:appointment-a3@ordo"), stays, "{from}");
        assert!(text.contains("UID:appointment-a4@ordo"));
    }
}

#[test]
fn only_visits_of_the_practitioner_and_the_dates_are_shown() {
    let mut visits = month();
    visits[0].practitioner = "m2".into();
    visits[2].start = at("2026-04-01T00:00");
    let text = written(&visits, &options(NamesShown::Initials));
    for (id, shown) in [("a1", true), ("a2", false), ("a3", false), ("a4", true)] {
        assert_eq!(
            text.contains(&format!("UID:appointment-{id}@ordo")),
            shown,
            "{id}"
        );
    }
}

/// The time properties of the one event of a calendar in a zone.
fn times(zone: Tz, start: &str, minutes: u32) -> String {
    let event = Event {
        time: EventTime::For {
            start: at(start),
            minutes,
        },
        ..crate::ical::visit_event(
            &clinic(),
            &visit("a1", start),
            "",
            NamesShown::Initials,
            Language::English,
        )
    };
    let text = calendar_text(&Export {
        name: String::new(),
        time_zone: zone,
        color: None,
        from: at(start).date(),
        to: at(start).date(),
        events: vec![event],
    });
    let event = text.split("BEGIN:VEVENT").nth(1).expect("an event");
    event
        .split("\r\n")
        .filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND"))
        .map(|line| line.replace(&format!(";TZID={}", zone.name()), ""))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn an_hour_is_an_hour_when_the_clock_changes() {
    for (zone, start, minutes, expected) in [
        (
            Tz::America__Toronto,
            "2026-03-03T10:00",
            60,
            "DTSTART:20260303T100000 DTEND:20260303T110000",
        ),
        (
            Tz::America__Toronto,
            "2026-03-08T01:30",
            60,
            "DTSTART:20260308T013000 DTEND:20260308T033000",
        ),
        (
            Tz::America__Toronto,
            "2026-03-08T02:30",
            60,
            "DTSTART:20260308T033000 DTEND:20260308T043000",
        ),
        (
            Tz::America__Toronto,
            "2026-11-01T01:30",
            45,
            "DTSTART:20261101T053000Z DTEND:20261101T061500Z",
        ),
        (
            Tz::America__Toronto,
            "2026-11-01T00:30",
            60,
            "DTSTART:20261101T043000Z DTEND:20261101T053000Z",
        ),
        (
            Tz::America__Toronto,
            "2026-11-01T01:30",
            120,
            "DTSTART:20261101T053000Z DTEND:20261101T073000Z",
        ),
        (
            Tz::America__Toronto,
            "2006-04-01T09:00",
            30,
            "DTSTART:20060401T090000 DTEND:20060401T093000",
        ),
        (
            Tz::America__Toronto,
            "2026-03-03T10:00",
            0,
            "DTSTART:20260303T100000",
        ),
        (
            Tz::America__Santiago,
            "2026-03-03T10:00",
            60,
            "DTSTART:20260303T130000Z DTEND:20260303T140000Z",
        ),
        (
            Tz::UTC,
            "2026-03-03T10:00",
            60,
            "DTSTART:20260303T100000Z DTEND:20260303T110000Z",
        ),
        (
            Tz::Asia__Kathmandu,
            "2026-03-03T10:00",
            60,
            "DTSTART:20260303T100000 DTEND:20260303T110000",
        ),
    ] {
        assert_eq!(times(zone, start, minutes), expected, "{zone} {start}");
    }
}

#[test]
fn a_colour_is_one_word() {
    let export = |color: &str| Export {
        name: "N".to_owned(),
        time_zone: Tz::UTC,
        color: Some(color.to_owned()),
        from: date("2026-03-01"),
        to: date("2026-03-01"),
        events: Vec::new(),
    };
    assert!(calendar_text(&export("teal")).contains("\r\nCOLOR:teal\r\n"));
    for wrong in ["", "#00f", "red\r\nATTENDEE:x", "light blue"] {
        assert!(!calendar_text(&export(wrong)).contains("COLOR"), "{wrong:?}");
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "[\\\\;,:\"\\r\\n\\t a😀é]{0,300}",
        Just("x\r\nATTENDEE:mailto:a@b.example".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn another_reader_reads_what_was_written(
        name in hostile_text(),
        id in hostile_text(),
        note in hostile_text(),
        room in hostile_text(),
        day in 0..8000i64,
        minute in 0..1440u32,
        minutes in 1..300u32,
    ) {
        let mut clinic = clinic();
        clinic.rooms[0].name = room.clone();
        let start = (date("2004-01-01") + TimeDelta::days(day)).and_time(NaiveTime::MIN)
            + TimeDelta::minutes(minute.into());
        let booked = Appointment { id: id.as_str().into(), start, minutes, note: note.clone(), ..visit("", "2026-03-03T10:00") };
        let text = calendar_text(&Export {
            name: name.clone(),
            time_zone: clinic.time_zone,
            color: None,
            from: start.date(),
            to: start.date(),
            events: vec![crate::ical::visit_event(&clinic, &booked, &name, NamesShown::Full, Language::English)],
        });
        let summary = crate::ical::visit_event(&clinic, &booked, &name, NamesShown::Full, Language::English).summary;
        prop_assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));

        use icalendar::{Calendar, CalendarComponent, Component, EventLike};
        let calendar: Calendar = text.parse().map_err(TestCaseError::fail)?;
        let events: Vec<_> = calendar
            .iter()
            .filter_map(|component| match component {
                CalendarComponent::Event(event) => Some(event),
                _ => None,
            })
            .collect();
        prop_assert_eq!(events.len(), 1);
        let unescaped = |read: Option<&str>| read.unwrap_or_default().to_owned();
        let kept = |text: &str| super::super::line::kept(text);
        prop_assert_eq!(unescaped(events[0].get_uid()), kept(&format!("appointment-{id}@ordo")));
        prop_assert_eq!(unescaped(events[0].get_location()), kept(&room));
        prop_assert_eq!(unescaped(events[0].get_description()), kept(&note));
        prop_assert_eq!(events[0].property_value("CLASS"), Some("PRIVATE"));

        let trimmed = |text: &str| kept(text).trim().to_owned();
        use calcard::icalendar::{ICalendar, ICalendarProperty};
        let read = ICalendar::parse(&text).map_err(|_| TestCaseError::fail("calcard reads nothing"))?;
        let event = read.components.iter().find(|component| component.component_type.is_event());
        let event = event.ok_or_else(|| TestCaseError::fail("calcard finds no event"))?;
        let value = |property| {
            let found = event.property(&property).and_then(|entry| entry.values.first()?.as_text());
            found.unwrap_or_default().trim().to_owned()
        };
        prop_assert_eq!(value(ICalendarProperty::Summary), trimmed(&summary));
        prop_assert_eq!(value(ICalendarProperty::Location), trimmed(&room));
        prop_assert_eq!(value(ICalendarProperty::Description), trimmed(&note));

        use crate::ical::reading::{ReadOptions, read_calendar};
        let clock = ZoneClock::new(clinic.time_zone);
        let options = ReadOptions { time_zone: clinic.time_zone, from: start.date(), to: start.date() };
        // Its own events are passed over, so another program's is read.
        let mut foreign = crate::ical::visit_event(&clinic, &booked, &name, NamesShown::Full, Language::English);
        "another".clone_into(&mut foreign.uid);
        let foreign = calendar_text(&Export {
            name: name.clone(),
            time_zone: clinic.time_zone,
            color: None,
            from: start.date(),
            to: start.date(),
            events: vec![foreign],
        });
        let read = read_calendar(foreign.as_bytes(), &options).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(read.skipped.len(), 0, "{:?}", read.skipped);
        prop_assert_eq!(read.name.unwrap_or_default(), trimmed(&name));
        let [event] = read.events.as_slice() else {
            return Err(TestCaseError::fail(format!("{:?}", read.events)));
        };
        let minute = clock.to_utc(start);
        prop_assert_eq!(event.from, clock.to_local(minute));
        let end = minute + minutes as i32;
        let is_ambiguous = clock.to_utc(clock.to_local(end)) != end;
        prop_assert!(clock.to_utc(event.to) == end || is_ambiguous && clock.to_utc(event.to) > end);
        prop_assert_eq!(event.title.clone(), trimmed(&summary));
        prop_assert_eq!(event.location.clone(), trimmed(&room));
    }
}
