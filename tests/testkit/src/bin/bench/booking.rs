use std::cell::Cell;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ordo_core::model::{DisciplineId, Frequency};
use ordo_desk::{Ask, Desk, Host, Key, demo};

use crate::Failure;
use crate::table::{Table, milliseconds, ratio};

const VISITS: usize = 24;
const SERIES: usize = 15;

/// Booking a series of the demo clinic against bare commits of as many rows with the same durability and encryption.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("booking.ordo");
    let booking = booking(&path)?;
    let [plain, same] = bare(&path)?;
    table.add(
        format!("booking a series of {VISITS} visits, each checked again by every rule"),
        milliseconds(booking),
        "",
    );
    for (what, bare) in [
        (
            "the same rows into the same tables and indexes, nothing else",
            same,
        ),
        ("as many rows, as wide, into plain tables", plain),
    ] {
        table.add(format!("a bare commit of {what}"), milliseconds(bare), "");
        table.add(
            "booking a series to it",
            format!("{:.2} ×", ratio(booking, bare)),
            "at most 2 ×",
        );
    }
    Ok(())
}

/// The median time of booking series for one patient after the other.
fn booking(path: &Path) -> Result<Duration, Failure> {
    let today = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap_or(NaiveDate::MIN);
    let records = demo::records(today, ordo_core::Language::English).map_err(|error| error.to_string())?;
    let mut desk =
        Desk::create(path, &Key::from_bytes([7; 32]), Bench::default()).map_err(|error| error.to_string())?;
    desk.import_records(&records, "")
        .map_err(|error| error.to_string())?;
    let mut times = Vec::new();
    for (number, patient) in records.patients.iter().enumerate() {
        let asked = ask(today, number);
        let Ok(proposed) = desk.propose(&patient.id, &asked) else {
            continue;
        };
        if proposed.plan.proposals[0].sessions.len() != VISITS {
            continue;
        }
        let began = Instant::now();
        desk.book(&proposed, 0, "").map_err(|error| error.to_string())?;
        times.push(began.elapsed());
        if times.len() == SERIES {
            times.sort_unstable();
            return Ok(times[SERIES / 2]);
        }
    }
    Err(format!(
        "only {} series of {VISITS} visits find a place",
        times.len()
    ))
}

/// Twelve weeks of both disciplines behind the time that the demo clinic has booked; every patient a little later.
fn ask(today: NaiveDate, number: usize) -> Ask {
    let later = i64::try_from(number % 40).unwrap_or(0);
    Ask {
        weeks: Some(12),
        first: Some(DisciplineId::new("physio")),
        frequency: Some(Frequency::BothWeekly),
        availability: Some(Vec::new()),
        earliest: Some(today + TimeDelta::days(120 + later)),
        tolerance_days: Some(3),
        ..Ask::default()
    }
}

/// Runs the yardsticks, which lie beside the store because nothing else speaks SQL.
fn bare(database: &Path) -> Result<[Duration; 2], Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "ordo-store"])
        .args(["--example", "bare_commit", "--"])
        .arg(database)
        .output()
        .map_err(|error| format!("the bare commit does not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let micros: Vec<u64> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    match micros[..] {
        [plain, same] => Ok([plain, same].map(Duration::from_micros)),
        _ => Err(format!(
            "the bare commit fails: {}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// A host at which no time passes.
#[derive(Debug, Default)]
struct Bench {
    made: Cell<u64>,
}

impl Host for Bench {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_315_200, 0).unwrap_or_default()
    }

    fn new_id(&self) -> String {
        self.made.set(self.made.get() + 1);
        format!("{:036}", self.made.get())
    }

    fn actor(&self) -> String {
        "bench".to_owned()
    }
}
