//! Written calendars pass libical's restriction check, Python's icalendar, vobject, khal and ical.js, and all read the
//! times as meant.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use ordo_core::ical::{Event, EventTime, Export, calendar_text};
use ordo_core::time::ZoneClock;

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

/// The Python that has a module, if any has.
pub fn python_with(module: &str) -> Option<OsString> {
    let python = std::env::var_os("ORDO_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let has_it = Command::new(&python)
        .args(["-c", &format!("import {module}")])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_it {
        skip_without(&format!("Python with {module}"), "cargo xtask setup");
    }
    has_it.then_some(python)
}

fn validate_in_python(module: &str, script: &str) {
    if let Some(python) = python_with(module) {
        let folder = tempfile::tempdir().expect("a folder");
        validate(folder.path(), || {
            let mut validator = Command::new(&python);
            validator.arg(validators().join(script));
            validator
        });
    }
}

#[test]
fn python_icalendar_finds_no_fault_and_reads_the_times() {
    validate_in_python("icalendar", "icalendar_check.py");
}

#[test]
fn vobject_finds_no_fault_and_reads_the_times() {
    validate_in_python("vobject", "vobject_check.py");
}

#[test]
fn khal_finds_no_fault_and_reads_the_times() {
    validate_in_python("khal", "khal_check.py");
}

/// A command that runs a script of the validators with ical.js.
fn ical_js() -> Option<impl Fn() -> Command> {
    let library = std::env::var_os("ORDO_TEST_ICAL_JS").map(PathBuf::from);
    let library = library.filter(|library| library.is_file());
    if library.is_none() {
        skip_without("ical.js", "cargo xtask test tests");
    }
    library.map(|library| {
        move || {
            let mut validator = Command::new("node");
            validator.arg(validators().join("icaljs_check.mjs")).arg(&library);
            validator
        }
    })
}

#[test]
fn ical_js_finds_no_fault_and_reads_the_times() {
    if let Some(validator) = ical_js() {
        let folder = tempfile::tempdir().expect("a folder");
        validate(folder.path(), validator);
    }
}

/// Instants around every change of a zone's clock from 2020 to 2036, and one of every 40 days between them.
fn telling_minutes(clock: &ZoneClock) -> Vec<i32> {
    let minute = |year| clock.to_utc(NaiveDate::from_ymd_opt(year, 1, 1).expect("a date").into());
    let (from, to) = (minute(2020), minute(2037));
    let changes = clock.changes().iter().map(|&(minute, _)| minute);
    let near = changes.flat_map(|change| [-61, -1, 0, 1, 59, 61].map(|later| change.saturating_add(later)));
    let mut minutes: Vec<i32> = near
        .chain((from..to).step_by(40 * 1440 + 37))
        .filter(|minute| (from..to).contains(minute))
        .collect();
    minutes.sort_unstable();
    minutes.dedup();
    minutes
}

/// Every zone's times read by ical.js through the VTIMEZONE that Ordo writes.
#[test]
fn ical_js_reads_every_zone_as_meant() {
    let Some(validator) = ical_js() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let samples: Vec<Sample> = TZ_VARIANTS
        .iter()
        .map(|&zone| {
            let clock = ZoneClock::new(zone);
            let events = telling_minutes(&clock).into_iter().map(|minute| {
                let start = clock.to_local(minute);
                event(&minute.to_string(), EventTime::For { start, minutes: 30 })
            });
            Sample::new(zone.name(), zone, ["2020-01-01", "2036-12-31"], events.collect())
        })
        .collect();
    let texts: Vec<String> = samples
        .iter()
        .map(|sample| calendar_text(&sample.export))
        .collect();
    let said = words_of(folder.path(), validator(), &texts);
    let mut lines = said.lines();
    for sample in &samples {
        for expected in sample.expected() {
            assert_eq!(lines.next(), Some(expected.as_str()), "{}", sample.name);
        }
    }
    assert_eq!(lines.next(), None);
}

/// Zones whose rules the system's release has otherwise than the one that Ordo is built with; told by name, so that a
/// change of the law is seen, and only so many, so that a fault of Ordo's is not taken for one.
const MOST_CHANGED_ZONES: usize = 12;

#[test]
fn every_zone_is_as_the_systems_own_data_have_it() {
    let Some(python) = python_with("zoneinfo") else {
        return;
    };
    let mut asked = String::new();
    for zone in TZ_VARIANTS {
        let clock = ZoneClock::new(zone);
        for minute in telling_minutes(&clock) {
            let _ = writeln!(
                asked,
                "{zone} {} {}",
                i64::from(minute) * 60,
                clock.offset(minute)
            );
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("asked");
    fs::write(&list, asked).expect("a file");
    let output = Command::new(python)
        .arg(validators().join("system_zones.py"))
        .stdin(fs::File::open(&list).expect("the file"))
        .output()
        .expect("Python starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut differing: Vec<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("DIFFERS ")?.split(' ').next())
        .collect();
    differing.dedup();
    if said.contains(&format!("RELEASE {}", chrono_tz::IANA_TZDB_VERSION)) {
        assert!(differing.is_empty(), "{said}");
    }
    assert!(differing.len() <= MOST_CHANGED_ZONES, "{differing:?}\n{said}");
}
