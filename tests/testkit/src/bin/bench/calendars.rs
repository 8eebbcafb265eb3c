use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use calcard::icalendar::ICalendar;
use chrono::{DateTime, NaiveDate, TimeDelta};
use chrono_tz::America::Toronto;
use ordo_core::ical::reading::{ReadOptions, read_calendar};
use ordo_core::ical::{Event, EventTime, Export, calendar_text};

use crate::Failure;
use crate::median_time;
use crate::table::{Table, milliseconds, ratio};

const EVENTS: i64 = 10_000;
const RUNS: usize = 9;

/// Writing and reading a calendar of 10,000 events, beside calcard and libical on the same text.
///
/// Reading by Ordo includes what an import needs: zones resolved, times on the clinic's clock. The others parse only.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let export = export()?;
    let text = calendar_text(&export);
    let options = ReadOptions {
        time_zone: Toronto,
        from: export.from,
        to: export.to,
    };
    // Ordo passes over its own events, so that another program's are read.
    let foreign = text.replace("@ordo\r\n", "@else\r\n");
    let found = read_calendar(foreign.as_bytes(), &options).map_err(|error| error.to_string())?;
    if found.uids.len() as i64 != EVENTS || !found.skipped.iter().all(|skipped| is_the_bound(&skipped.why)) {
        return Err(format!(
            "{} events were read, {:?}",
            found.uids.len(),
            found.skipped
        ));
    }
    let written = median_time(RUNS, || Ok(calendar_text(&export)))?;
    let read = median_time(RUNS, || {
        read_calendar(foreign.as_bytes(), &options).map_err(|error| error.to_string())
    })?;
    let parsed = ICalendar::parse(&text).map_err(|_| "calcard reads nothing")?;
    let calcard_read = median_time(RUNS, || {
        ICalendar::parse(&text).map_err(|_| "calcard reads nothing".to_owned())
    })?;
    let calcard_written = median_time(RUNS, || Ok(parsed.to_string()))?;
    let megabytes = text.len() as f64 / 1e6;
    table.add(
        format!("{EVENTS} events, {megabytes:.1} MB: written, read"),
        format!("{}, {}", milliseconds(written), milliseconds(read)),
        "",
    );
    table.add(
        "the same by calcard",
        format!(
            "{}, {}",
            milliseconds(calcard_written),
            milliseconds(calcard_read)
        ),
        "",
    );
    table.add(
        "Ordo to calcard",
        format!(
            "{:.2} ×, {:.2} ×",
            ratio(written, calcard_written),
            ratio(read, calcard_read)
        ),
        "",
    );
    match libical(&text) {
        Ok([libical_written, libical_read]) => {
            table.add(
                "the same by libical",
                format!(
                    "{}, {}",
                    milliseconds(libical_written),
                    milliseconds(libical_read)
                ),
                "",
            );
            table.add(
                "Ordo to libical",
                format!(
                    "{:.2} ×, {:.2} ×",
                    ratio(written, libical_written),
                    ratio(read, libical_read)
                ),
                "at most 1 ×",
            );
        }
        Err(missing) => table.add("the same by libical", format!("not measured: {missing}"), ""),
    }
    Ok(())
}

fn is_the_bound(why: &ordo_core::ical::reading::Skip) -> bool {
    matches!(why, ordo_core::ical::reading::Skip::TooMany { .. })
}

fn export() -> Result<Export, Failure> {
    let from = NaiveDate::from_ymd_opt(2026, 1, 1).ok_or("no date")?;
    let first = from.and_hms_opt(8, 0, 0).ok_or("no time")?;
    let events = (0..EVENTS).map(|number| Event {
        uid: format!("appointment-0195a3c4-7e21-7d3f-9b52-{number:012}@ordo"),
        time: EventTime::For {
            start: first + TimeDelta::days(number % 360) + TimeDelta::minutes(15 * (number / 360)),
            minutes: 45,
        },
        summary: format!("J. S. · Physiotherapy, follow-up {number}"),
        location: "Room 1, upstairs".to_owned(),
        description:
            "Left knee; second week after the operation, careful with the stairs. Brings the report of the \
                      surgeon, É. Côté, and wants to speak about cycling to work again."
                .to_owned(),
        cancelled: number % 20 == 0,
        occupies_time: number % 20 != 0,
        out_of_office: false,
        revision: 2,
        changed_at: DateTime::from_timestamp(1_770_000_000 + number, 0),
        series: Some(format!("s{}", number % 400).as_str().into()),
    });
    Ok(Export {
        name: "Riverside – Pia Côté".to_owned(),
        time_zone: Toronto,
        color: None,
        from,
        to: NaiveDate::from_ymd_opt(2026, 12, 31).ok_or("no date")?,
        events: events.collect(),
    })
}

/// The times in which libical writes and parses a text, by a program in C that is compiled for it.
fn libical(text: &str) -> Result<[Duration; 2], Failure> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (file, program) = (
        folder.path().join("calendar.ics"),
        folder.path().join("libical-times"),
    );
    fs::write(&file, text).map_err(|error| error.to_string())?;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench/libical_times.c");
    let compiled = Command::new("cc")
        .arg("-O2")
        .arg(source)
        .arg("-o")
        .arg(&program)
        .arg("-lical")
        .output();
    if !compiled.is_ok_and(|output| output.status.success()) {
        return Err("no C compiler, or no libical; `cargo xtask setup` installs them".to_owned());
    }
    let output = Command::new(&program)
        .arg(&file)
        .arg(RUNS.to_string())
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut seconds = said
        .split_whitespace()
        .filter_map(|word| word.parse::<f64>().ok());
    let mut next = || {
        seconds
            .next()
            .map(Duration::from_secs_f64)
            .ok_or_else(|| said.clone())
    };
    Ok([next()?, next()?])
}
