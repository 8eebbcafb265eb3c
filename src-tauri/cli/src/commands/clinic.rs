//! Making, bringing in and writing out a clinic.

use std::path::Path;

use chrono::{NaiveDate, Utc};
use ordo_desk::file::{read_clinic_for_import, write_clinic};
use ordo_desk::{Desk, Error, Key, demo, key, remove_unfinished};
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::host::SystemHost;
use crate::open;
use crate::output::{Output, read_file, write_file};

/// Makes the demo clinic, in a database or as a file.
pub fn demo(arguments: &Arguments, demo: &args::Demo, output: Output) -> Result<(), Failure> {
    let today = demo.date.unwrap_or_else(|| today(arguments));
    let records = demo::records(today, ordo_core::Language::English)?;
    if let Some(path) = &demo.write {
        write_file(path, &write_clinic(&records))?;
        let text = || format!("Wrote the demo clinic around {today} to {}.", path.display());
        return output.answer(
            text,
            || json!({"file": path.to_string_lossy(), "date": today.to_string()}),
        );
    }
    let path = open::database_path(arguments)?;
    refuse_existing(&path)?;
    let given = std::env::var("ORDO_KEY").is_ok_and(|key| !key.is_empty());
    let key = if given {
        open::new_key()?
    } else {
        open::make_key(&path)?
    };
    let host = SystemHost {
        now: open::as_utc(arguments.now),
    };
    let made = fill(&path, &key, host, |desk| {
        desk.import_records(&records, "the demo clinic")
    });
    if made.is_err() && !given {
        let _ = std::fs::remove_file(key::file_of(&path));
    }
    made?;
    let text = || {
        let key = if given {
            String::new()
        } else {
            format!(
                "\nIts key lies beside it in {}: fine for a demo, not for patients.",
                key::file_of(&path).display()
            )
        };
        let (patients, visits) = (records.patients.len(), records.appointments.len());
        format!(
            "Made the demo clinic around {today} in {}: {patients} patients, {visits} visits.{key}\nNext: ordo day",
            path.display()
        )
    };
    output.answer(
        text,
        || json!({"database": path.to_string_lossy(), "date": today.to_string()}),
    )
}

/// Brings a clinic file into a new database.
pub fn import(arguments: &Arguments, file: &Path, output: Output) -> Result<(), Failure> {
    let text = read_file(file)?;
    // All faults are told before anything is made.
    let records = read_clinic_for_import(&text).map_err(|faults| Failure::faults(file, faults))?;
    let path = open::database_path(arguments)?;
    refuse_existing(&path)?;
    let key = open::new_key()?;
    let host = SystemHost {
        now: open::as_utc(arguments.now),
    };
    fill(&path, &key, host, |desk| {
        desk.import_records(&records, &format!("import of {}", file.display()))
    })?;
    let (patients, visits) = (records.patients.len(), records.appointments.len());
    let text = || {
        format!(
            "Brought in {}: {patients} patients, {visits} visits, {} series.",
            records.clinic.name,
            records.series.len()
        )
    };
    output.answer(
        text,
        || json!({"database": path.to_string_lossy(), "patients": patients, "appointments": visits}),
    )
}

/// Writes the clinic as a clinic file.
pub fn export(arguments: &Arguments, file: &Path, output: Output) -> Result<(), Failure> {
    let text = open::open(arguments)?.export()?;
    write_text(file, &text, output)
}

/// Writes a text to a file, or to standard output where the file is called `-`.
pub fn write_text(file: &Path, text: &str, output: Output) -> Result<(), Failure> {
    if file == Path::new("-") {
        return output.line(text.trim_end());
    }
    write_file(file, text)?;
    output.answer(
        || format!("Wrote {}.", file.display()),
        || json!({"file": file.to_string_lossy()}),
    )
}

/// Makes a database and fills it; what could not be filled does not stay, and what was there before is left alone.
fn fill(
    path: &Path,
    key: &Key,
    host: SystemHost,
    fill: impl FnOnce(&mut Desk<SystemHost>) -> Result<(), Error>,
) -> Result<(), Failure> {
    let mut desk = Desk::create(path, key, host)?;
    let filled = fill(&mut desk);
    drop(desk);
    filled.map_err(|error| {
        remove_unfinished(path);
        error.into()
    })
}

fn refuse_existing(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        let text = format!(
            "{} exists already; choose another place with --database, or move it away",
            path.display()
        );
        return Err(Failure::new(Exit::Database, text));
    }
    Ok(())
}

/// Today as this machine sees it, where no clinic says which zone counts.
pub fn today(arguments: &Arguments) -> NaiveDate {
    arguments.now.map_or_else(
        || Utc::now().with_timezone(&chrono::Local).date_naive(),
        |now| now.date(),
    )
}
