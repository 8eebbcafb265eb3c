//! Written calendars pass libical's restriction check and Python's icalendar, and both read the times as meant.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use ordo_core::ical::{Event, EventTime, Export, calendar_text};

/// A calendar and what a reader should find in it.
struct Sample {
    name: &'static str,
    export: Export,
}

impl Sample {
    fn new(name: &'static str, time_zone: Tz, dates: [&str; 2], events: Vec<Event>) -> Self {
        let [from, to] = dates.map(|date| date.parse().expect("a date"));
        let export = Export {
            name: name.to_owned(),
            time_zone,
            color: Some("teal".to_owned()),
            from,
            to,
            events,
        };
        Self { name, export }
    }

    fn expected(&self) -> Vec<String> {
        let mut events: Vec<_> = self
            .export
            .events
            .iter()
            .map(|event| {
                let (from, to) = seconds(event.time, self.export.time_zone);
                (from, to, format!("EVENT {} {from} {to}", event.uid))
            })
            .collect();
        events.sort();
        std::iter::once("OK".to_owned())
            .chain(events.into_iter().map(|(_, _, line)| line))
            .collect()
    }
}

fn seconds(time: EventTime, zone: Tz) -> (i64, i64) {
    let in_zone = |local: NaiveDateTime| {
        zone.from_local_datetime(&local)
            .earliest()
            .expect("a time that exists")
            .timestamp()
    };
    match time {
        EventTime::For { start, minutes } => (in_zone(start), in_zone(start) + 60 * i64::from(minutes)),
        EventTime::Between { from, to } if from.date() != to.date() => {
            (from.and_utc().timestamp(), to.and_utc().timestamp())
        }
        EventTime::Between { from, to } => (in_zone(from), in_zone(to)),
    }
}

fn event(uid: &str, time: EventTime) -> Event {
    Event {
        uid: uid.to_owned(),
        time,
        summary: "J. S. · Massage 60".to_owned(),
        location: "Room 1, upstairs".to_owned(),
        description: String::new(),
        cancelled: false,
        occupies_time: true,
        out_of_office: false,
        revision: 2,
        changed_at: DateTime::from_timestamp(1_770_000_000, 0),
        series: Some("s1".into()),
    }
}

fn visit(uid: &str, start: &str, minutes: u32) -> Event {
    let start = start.parse().expect("a time");
    event(uid, EventTime::For { start, minutes })
}

fn away(uid: &str, from: &str, to: &str) -> Event {
    let [from, to] = [from, to].map(|text| text.parse().expect("a time"));
    Event {
        out_of_office: true,
        series: None,
        ..event(uid, EventTime::Between { from, to })
    }
}

/// A visit on every fifth day at hours that differ, none in an hour that is skipped.
fn every_fifth_day(from: &str, days: i64) -> Vec<Event> {
    let first: NaiveDate = from.parse().expect("a date");
    (0..days)
        .step_by(5)
        .map(|day| {
            let time = first + TimeDelta::days(day);
            let start = time
                .and_hms_opt(u32::try_from(day % 12).expect("small") + 8, 15, 0)
                .expect("a time");
            event(&format!("day-{day}"), EventTime::For { start, minutes: 45 })
        })
        .collect()
}

fn samples() -> Vec<Sample> {
    let hostile = "a\\b;c,d:\"e\"\r\nATTENDEE:mailto:x@y.example\n\u{0}\u{7}😀 é李 \t".repeat(8);
    vec![
        Sample::new(
            "every kind of event",
            Tz::America__Toronto,
            ["2026-03-01", "2026-11-30"],
            vec![
                visit("ordinary", "2026-03-03T10:00:00", 60),
                visit("over-the-skipped-hour", "2026-03-08T01:30:00", 60),
                visit("starts-in-the-hour-that-comes-twice", "2026-11-01T01:30:00", 45),
                visit("ends-in-it", "2026-11-01T00:30:00", 45),
                visit("lies-over-it", "2026-11-01T00:30:00", 120),
                away("week-off", "2026-03-09T00:00:00", "2026-03-16T00:00:00"),
                away("afternoon-off", "2026-03-20T13:00:00", "2026-03-20T17:00:00"),
                Event {
                    cancelled: true,
                    occupies_time: false,
                    ..visit("cancelled", "2026-04-03T10:00:00", 60)
                },
                Event {
                    changed_at: None,
                    revision: 0,
                    series: None,
                    ..visit("never-changed", "2026-04-04T10:00:00", 60)
                },
            ],
        ),
        Sample::new(
            "across a change of the law",
            Tz::America__Toronto,
            ["2006-01-01", "2008-12-31"],
            every_fifth_day("2006-01-01", 1000),
        ),
        Sample::new(
            "southern",
            Tz::Australia__Sydney,
            ["2026-01-01", "2026-12-31"],
            every_fifth_day("2026-01-01", 364),
        ),
        Sample::new(
            "half an hour",
            Tz::America__St_Johns,
            ["2010-01-01", "2012-12-31"],
            every_fifth_day("2010-01-01", 1000),
        ),
        Sample::new(
            "winter is the exception",
            Tz::Europe__Dublin,
            ["2026-01-01", "2026-12-31"],
            every_fifth_day("2026-01-01", 364),
        ),
        Sample::new(
            "no yearly rule",
            Tz::Africa__Casablanca,
            ["2026-01-01", "2026-12-31"],
            every_fifth_day("2026-01-01", 364),
        ),
        Sample::new(
            "one offset",
            Tz::Asia__Kathmandu,
            ["2026-01-01", "2026-12-31"],
            every_fifth_day("2026-01-01", 364),
        ),
        Sample::new(
            "empty",
            Tz::America__Toronto,
            ["2026-03-01", "2026-03-31"],
            Vec::new(),
        ),
        Sample::new(
            "hostile text",
            Tz::America__Toronto,
            ["2026-03-01", "2026-03-31"],
            vec![Event {
                summary: hostile.clone(),
                location: hostile.clone(),
                description: hostile,
                ..visit("hostile", "2026-03-03T10:00:00", 60)
            }],
        ),
    ]
}

/// Checks that a validator finds what is wrong and nothing else, given how it is started.
fn validate(folder: &Path, validator: impl Fn() -> Command) {
    let samples = samples();
    let texts: Vec<String> = samples
        .iter()
        .map(|sample| calendar_text(&sample.export))
        .collect();
    let said = words_of(folder, validator(), &texts);
    let mut lines = said.lines();
    for sample in &samples {
        for expected in sample.expected() {
            assert_eq!(lines.next(), Some(expected.as_str()), "{}\n{said}", sample.name);
        }
    }
    assert_eq!(lines.next(), None);

    let zone =
        texts[0].find("BEGIN:VTIMEZONE").expect("a zone")..texts[0].find("BEGIN:VEVENT").expect("an event");
    let mut broken = texts[0].replacen("SEQUENCE:2", "SEQUENCE:two", 1).replacen(
        "STATUS:CONFIRMED",
        "STATUS:CONFIRMED\r\nSTATUS:TENTATIVE",
        1,
    );
    broken.replace_range(zone, "");
    let said = words_of(folder, validator(), &[broken]);
    assert!(said.starts_with("FAULT "), "{said}");
}

/// Writes calendars and returns what a validator prints about them.
fn words_of(folder: &Path, mut validator: Command, texts: &[String]) -> String {
    for (index, text) in texts.iter().enumerate() {
        let path = folder.join(format!("{index}.ics"));
        fs::write(&path, text).expect("a file");
        validator.arg(path);
    }
    let output = validator.output().expect("the validator starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

/// Whether to go on without a tool: never in CI, where everything must be there.
fn skip_without(tool: &str, install: &str) {
    assert!(
        std::env::var_os("CI").is_none(),
        "{tool} is missing; install it with `{install}`"
    );
    eprintln!("skipped: {tool} is missing; install it with `{install}`");
}

fn validators() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("validators")
}

#[test]
fn libical_finds_no_fault_and_reads_the_times() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("libical-check");
    let compiled = Command::new("cc")
        .arg(validators().join("libical.c"))
        .arg("-o")
        .arg(&program)
        .arg("-lical")
        .output();
    let complaints = match &compiled {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Some(error.to_string()),
    };
    match complaints {
        None => validate(folder.path(), || Command::new(&program)),
        Some(complaints) => {
            eprintln!("{complaints}");
            skip_without("a C compiler or libical", "cargo xtask setup");
        }
    }
}

#[test]
fn python_icalendar_finds_no_fault_and_reads_the_times() {
    let python = std::env::var_os("ORDO_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let is_there = Command::new(&python)
        .args(["-c", "import icalendar"])
        .output()
        .is_ok_and(|output| output.status.success());
    if is_there {
        let folder = tempfile::tempdir().expect("a folder");
        validate(folder.path(), || {
            let mut validator = Command::new(&python);
            validator.arg(validators().join("icalendar_check.py"));
            validator
        });
    } else {
        skip_without("Python with icalendar", "cargo xtask setup");
    }
}
