use chrono_tz::America::Toronto;
use proptest::prelude::*;

use super::*;
use crate::Language;

fn options() -> ReadOptions {
    ReadOptions {
        time_zone: Toronto,
        from: "2026-01-01".parse().expect("a date"),
        to: "2026-12-31".parse().expect("a date"),
    }
}

fn read(text: impl AsRef<[u8]>) -> Reading {
    read_calendar(text.as_ref(), &options()).expect("a calendar")
}

/// A calendar around lines of one event.
fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n")
}

/// The times as `MM-DDTHH:MM/MM-DDTHH:MM`.
fn times(reading: &Reading) -> Vec<String> {
    let said = |time: NaiveDateTime| time.format("%m-%dT%H:%M").to_string();
    let event = |event: &BusyTime| format!("{}/{}", said(event.from), said(event.to));
    reading.events.iter().map(event).collect()
}

fn told(reading: &Reading) -> Vec<String> {
    let line = |skipped: &Skipped| format!("{} {}", skipped.line, skipped.why.words(Language::English));
    reading.skipped.iter().map(line).collect()
}

#[test]
fn the_shapes_of_other_programs_are_read() {
    // A byte order mark, bare line feeds, lower case, a fold inside a character, an unknown component, a bad line.
    let mut shape = b"\xef\xbb\xbfbegin:vcalendar\nx-wr-calname:Caf\xc3\n \xa9  \n of  Zo\xc3\xab\nbegin:X-THING\nfoo:1\nend:X-THING\n".to_vec();
    shape.extend(
        b"begin:vevent\nuid:a\ndtstart;tzid=\"America/New_York\":20260302T100000\nthis line is broken\n",
    );
    shape.extend(b"dtend;tzid=America/New_York:20260302T1100\nsummary;language=fr:Rendez-vous\\, \\\n dentiste\nend:vevent\nend:vcalendar");
    let reading = read(&shape);
    assert_eq!(reading.name.as_deref(), Some("Café  of  Zoë"));
    assert_eq!(times(&reading), ["03-02T10:00/03-02T11:00"]);
    assert_eq!(reading.events[0].title, "Rendez-vous, dentiste");
    assert_eq!(
        told(&reading),
        ["11 the line has no name before a colon; it was passed over"]
    );
}

#[test]
fn zones_are_resolved_in_their_order() {
    let at = |head: &str, start: &str| {
        let text = event(&format!("DTSTART{start}\nDURATION:PT1H"));
        let text = text.replacen("BEGIN:VEVENT", &format!("{head}BEGIN:VEVENT"), 1);
        let reading = read(text);
        (times(&reading)[0].clone(), told(&reading).len())
    };
    let own = "BEGIN:VTIMEZONE\nTZID:Europe/Paris\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0800\n\
               TZOFFSETTO:-0800\nEND:STANDARD\nEND:VTIMEZONE\n";
    let known = |time: &str| (time.to_owned(), 0);
    assert_eq!(
        at("", ";TZID=Europe/Paris:20260302T180000"),
        known("03-02T12:00/03-02T13:00")
    );
    assert_eq!(
        at(own, ";TZID=Europe/Paris:20260302T090000"),
        known("03-02T12:00/03-02T13:00"),
        "its own comes first"
    );
    let empty = own.replace("TZOFFSETTO:-0800\n", "");
    assert_eq!(
        at(&empty, ";TZID=Europe/Paris:20260302T180000"),
        known("03-02T12:00/03-02T13:00")
    );
    for name in [
        "/mozilla.org/20050126_1/America/Los_Angeles",
        "Pacific Standard Time",
        "(UTC-08:00) Pacific Time (US & Canada)",
        "Pacific Time (US & Canada)",
    ] {
        assert_eq!(
            at("", &format!(";TZID=\"{name}\":20260302T090000")),
            known("03-02T12:00/03-02T13:00"),
            "{name}"
        );
    }
    assert_eq!(at("", ":20260302T170000Z"), known("03-02T12:00/03-02T13:00"));
    assert_eq!(
        at("", ":20260302T120000"),
        known("03-02T12:00/03-02T13:00"),
        "the clinic's"
    );
    let wr = "X-WR-TIMEZONE:America/Los_Angeles\n";
    assert_eq!(
        at(wr, ":20260302T090000"),
        known("03-02T12:00/03-02T13:00"),
        "the calendar's"
    );
    let unknown = |time: &str| (time.to_owned(), 1);
    assert_eq!(
        at(wr, ";TZID=Nowhere:20260302T090000"),
        unknown("03-02T12:00/03-02T13:00")
    );
    assert_eq!(
        at("", ";TZID=Nowhere:20260302T120000"),
        unknown("03-02T12:00/03-02T13:00")
    );
}

#[test]
fn a_zone_that_the_file_tells_is_followed_through_its_rules() {
    // As Outlook writes it: rules from 1601 on.
    let outlook = "BEGIN:VTIMEZONE\nTZID:Here\nBEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\n\
        TZOFFSETTO:-0500\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\nBEGIN:DAYLIGHT\n\
        DTSTART:16010101T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    let told = |start: &str, zone: &str, head: &str| {
        let text = event(&format!("DTSTART;TZID={zone}:{start}\nDURATION:PT30M"));
        times(&read(text.replacen(
            "BEGIN:VEVENT",
            &format!("{head}BEGIN:VEVENT"),
            1,
        )))
    };
    for start in [
        "20260115T100000",
        "20260308T013000",
        "20260308T023000",
        "20260308T033000",
        "20260701T100000",
        "20261101T003000",
        "20261101T013000",
        "20261101T020000",
        "20261231T100000",
    ] {
        assert_eq!(
            told(start, "Here", outlook),
            told(start, "America/Toronto", ""),
            "{start}"
        );
    }
}

#[test]
fn skipped_and_doubled_hours_take_the_offset_before_and_the_first() {
    let reading = |start: &str, end: &str| {
        times(&read(event(&format!(
            "DTSTART;TZID=America/Toronto:{start}\nDTEND:{end}"
        ))))
    };
    assert_eq!(
        reading("20260308T023000", "20260308T080000Z"),
        ["03-08T03:30/03-08T04:00"]
    );
    assert_eq!(
        reading("20261101T013000", "20261101T060000Z"),
        ["11-01T01:30/11-01T02:00"],
        "to the second 1:00"
    );
}

#[test]
fn recurrences_follow_rule_exceptions_additions_and_overrides() {
    let weekly = "DTSTART;TZID=America/Toronto:20260302T100000\nDTEND;TZID=America/Toronto:20260302T110000\n\
        RRULE:FREQ=WEEKLY;UNTIL=20260330\nEXDATE;TZID=America/Toronto:20260309T100000\n\
        RDATE;TZID=America/Toronto:20260311T150000\nSUMMARY:Class\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n\
        RECURRENCE-ID;TZID=America/Toronto:20260316T100000\nDTSTART;TZID=America/Toronto:20260317T120000\nDURATION:PT1H\n\
        END:VEVENT\nBEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260323T140000Z\nDTSTART:20260323T140000Z\nDURATION:PT1H\n\
        STATUS:CANCELLED";
    let reading = read(event(weekly));
    assert_eq!(
        times(&reading),
        [
            "03-02T10:00/03-02T11:00",
            "03-11T15:00/03-11T16:00",
            "03-17T12:00/03-17T13:00",
            "03-30T10:00/03-30T11:00",
        ],
        "the hour stays the same over the change of the clocks"
    );
    let moved = &reading.events[2].source;
    assert_eq!(moved.occurrence, "2026-03-16T10:00:00".parse().ok());
    assert_eq!(
        (reading.free, reading.uids.len(), told(&reading).len()),
        (1, 1, 0)
    );
    let dates = read(event(
        "DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20260303",
    ));
    assert_eq!(
        times(&dates),
        [
            "03-02T00:00/03-03T00:00",
            "03-04T00:00/03-05T00:00",
            "03-05T00:00/03-06T00:00"
        ]
    );
    let by_date = read(event(
        "DTSTART:20260302T150000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20260303",
    ));
    assert_eq!(times(&by_date), ["03-02T10:00/03-02T11:00"]);
}

#[test]
fn the_newer_of_two_with_one_identity_holds() {
    let two = "DTSTART:20260302T150000Z\nDURATION:PT1H\nSEQUENCE:2\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\n\
        DTSTART:20260303T150000Z\nDURATION:PT1H\nSEQUENCE:1";
    assert_eq!(times(&read(event(two))), ["03-02T10:00/03-02T11:00"]);
    assert_eq!(
        times(&read(event(&two.replace("SEQUENCE:1", "SEQUENCE:2")))),
        ["03-03T10:00/03-03T11:00"]
    );
}

#[test]
fn free_and_busy_times_are_read() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nUID:f\nFREEBUSY;FBTYPE=BUSY:20260302T150000Z/PT1H,\n \
        20260303T150000Z/20260303T160000Z\nFREEBUSY;FBTYPE=FREE:20260304T150000Z/PT1H\nFREEBUSY:rubbish\n\
        END:VFREEBUSY\nEND:VCALENDAR";
    let reading = read(text);
    assert_eq!(
        times(&reading),
        ["03-02T10:00/03-02T11:00", "03-03T10:00/03-03T11:00"]
    );
    assert_eq!(
        (reading.free, told(&reading)),
        (
            1,
            vec!["7 “rubbish” in FREEBUSY is no time; it was passed over".to_owned()]
        )
    );
}

#[test]
fn what_is_passed_over_is_told_with_its_line() {
    let text = "stray\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302T150000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:c\nDTSTART:20260302T150000Z\nDTEND:20260302T140000Z\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:appointment-1@ordo\nDTSTART:20260302T150000Z\nDURATION:PT1H\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:d\nDTSTART;X=\"1:20260302T150000Z\nDTSTART:20260302T150000Z\nDURATION:PT1H\nRRULE:FREQ=OFTEN\n\
        END:VALARM\nBEGIN:VEVENT\nUID:e\nDTSTART:20260305T150000Z\nDURATION:PT5M\nRRULE:FREQ=SECONDLY\n";
    let reading = read(text);
    assert_eq!(
        times(&reading),
        ["03-02T10:00/03-02T11:00", "03-05T10:00/03-05T10:05"],
        "{:?}",
        told(&reading)
    );
    insta::assert_snapshot!(told(&reading).join("\n"));
    let french: Vec<_> = reading
        .skipped
        .iter()
        .map(|skipped| skipped.why.words(Language::French))
        .collect();
    insta::assert_snapshot!(french.join("\n"));
}

#[test]
fn what_is_no_calendar_is_refused() {
    let refused = |bytes: &[u8]| read_calendar(bytes, &options()).expect_err("no calendar");
    assert_eq!(refused(b""), ReadError::NoCalendar);
    assert_eq!(refused(b"\x00\x01\x02 garbage\n:\n;:\n"), ReadError::NoCalendar);
    assert_eq!(refused(b"\xff\xfeB\x00"), ReadError::Utf16);
    assert_eq!(refused(&vec![b'x'; 200 << 20]), ReadError::TooLarge);
}

/// Each of these would take hours or all memory if it were followed literally.
#[test]
fn what_is_made_to_last_ends() {
    let started = |text: String| {
        let reading = read(text);
        (reading.events.len(), reading.skipped.len() + reading.more_skipped)
    };
    let start = "DTSTART:20260101T150000Z\nDURATION:PT10M\nRRULE:";
    assert_eq!(started(event(&format!("{start}FREQ=SECONDLY"))), (1, 1));
    assert_eq!(started(event(&format!("{start}FREQ=DAILY;COUNT=1000000"))).0, 365);
    assert_eq!(
        started(event(
            "DTSTART:99991231T235959Z\nDURATION:PT10M\nRRULE:FREQ=DAILY"
        )),
        (0, 0)
    );
    assert_eq!(
        started(event("DTSTART:00010101T000000Z\nDTEND:99991231T235959Z")).0,
        1
    );
    assert_eq!(
        started(event("DTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY")).1,
        1,
        "too many steps"
    );
    // A thousand rules of which each looks for a day that never comes.
    let never: String = (0..1000)
        .map(|number| {
            format!("BEGIN:VEVENT\nUID:{number}\n{start}FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n")
        })
        .collect();
    assert_eq!(
        started(format!("BEGIN:VCALENDAR\n{never}END:VCALENDAR\n")).0,
        1000
    );
    let many: String = (0..20_000)
        .map(|number| format!("BEGIN:VEVENT\nUID:{number}\n{start}FREQ=DAILY\nEND:VEVENT\n"))
        .collect();
    let (events, told) = started(format!("BEGIN:VCALENDAR\n{many}END:VCALENDAR\n"));
    assert_eq!((events, told), (MOST_EVENTS, 1));
    assert_eq!(
        started(format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(100_000))).0,
        0
    );
    let garbage = format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", "x y z\n".repeat(1 << 20));
    assert_eq!(started(garbage), (0, 1 << 20));
}

proptest! {
    #[test]
    fn no_bytes_panic(
        pieces in prop::collection::vec(prop_oneof![
            prop::sample::select(vec![
                "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\n", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "UID:a\n", "BEGIN:VTIMEZONE\n",
                "TZID:X\n", "BEGIN:STANDARD\n", "END:STANDARD\n", "END:VTIMEZONE\n", "TZOFFSETFROM:-0500\n", "TZOFFSETTO:+1400\n",
                "DTSTART:20260302T100000\n", "DTSTART;TZID=X:20260302T100000\n", "DTSTART;VALUE=DATE:99991231\n",
                "DTEND:00000101T000000Z\n", "DTSTART:", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n", "RRULE:FREQ=DAILY;COUNT=3\n",
                "RECURRENCE-ID:20260302\n", "EXDATE:20260302T100000,20260303\n", "RDATE;VALUE=PERIOD:20260302T100000Z/PT1H\n",
                "DURATION:-P1W\n", "DURATION:P36500D\n", "FREEBUSY:99991231T235959Z/P1D\n", " folded", "\n", ";", ":", "\"", "\\",
            ]).prop_map(|piece| piece.as_bytes().to_vec()),
            prop::collection::vec(any::<u8>(), 0..12),
        ], 0..40),
    ) {
        let mut bytes = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n".to_vec();
        bytes.extend(pieces.concat());
        if let Ok(reading) = read_calendar(&bytes, &options()) {
            for event in &reading.events {
                prop_assert!(event.from < event.to, "{event:?}");
            }
            prop_assert_eq!(read_calendar(&bytes, &options()), Ok(reading));
        }
    }
}
