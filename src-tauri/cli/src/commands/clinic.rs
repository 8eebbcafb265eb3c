//! Making, bringing in and writing out a clinic.

use std::path::Path;

use chrono::{NaiveDate, Utc};
use ordo_desk::file::{read_clinic_for_import, write_clinic};
use ordo_desk::{Code, Desk, Error, Key, demo, is_there, key, look_at, named, remove_unfinished};
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
        let whole = write_clinic(&records);
        if path == Path::new("-") {
            return output.line(whole.trim_end());
        }
        write_file(path, &whole)?;
        let text = || format!("Wrote the demo clinic around {today} to {}.", named(path));
        return output.answer(
            text,
            || json!({"file": path.to_string_lossy(), "date": today.to_string()}),
        );
    }
    let path = open::database_path(arguments)?;
    let given = std::env::var("ORDO_KEY").is_ok_and(|key| !key.is_empty());
    let fill = |desk: &mut Desk<SystemHost>| desk.import_records(&records, "the demo clinic");
    match begun(&path, arguments)? {
        Some(mut desk) => fill(&mut desk)?,
        None => {
            let key = if given {
                open::new_key()?
            } else {
                open::make_key(&path)?
            };
            let made = make(&path, &key, arguments, fill);
            // The key of one that somebody else has made meanwhile stays.
            if made.is_err() && !given && !path.exists() {
                let _ = std::fs::remove_file(key::file_of(&path));
            }
            made?;
        }
    }
    let text = || {
        let key = if given {
            String::new()
        } else {
            format!(
                "\nIts key lies beside it in {}: fine for a demo, not for patients.",
                named(&key::file_of(&path))
            )
        };
        let (patients, visits) = (records.patients.len(), records.appointments.len());
        format!(
            "Made the demo clinic around {today} in {}: {patients} patients, {visits} visits.{key}\nNext: ordo day",
            named(&path)
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
    let reason = format!("import of {}", named(file));
    let fill = |desk: &mut Desk<SystemHost>| desk.import_records(&records, &reason);
    match begun(&path, arguments)? {
        Some(mut desk) => fill(&mut desk)?,
        None => make(&path, &open::new_key()?, arguments, fill)?,
    }
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
        || format!("Wrote {}.", named(file)),
        || json!({"file": file.to_string_lossy()}),
    )
}

/// Makes a database and fills it; what could not be filled does not stay, but for what somebody else has filled or is
/// filling.
fn make(
    path: &Path,
    key: &Key,
    arguments: &Arguments,
    fill: impl FnOnce(&mut Desk<SystemHost>) -> Result<(), Error>,
) -> Result<(), Failure> {
    let host = SystemHost {
        now: open::as_utc(arguments.now),
    };
    let mut desk = Desk::create(path, key, host)?;
    let filled = fill(&mut desk);
    drop(desk);
    filled.map_err(|error| {
        if !is_of_somebody_else(error.code) {
            remove_unfinished(path);
        }
        error.into()
    })
}

/// Whether what could not be filled is another program's: it has filled it, or holds it and may be about to.
fn is_of_somebody_else(refused: Code) -> bool {
    matches!(refused, Code::NotEmpty | Code::Busy)
}

/// The database that is there without a clinic in it, as one who was interrupted leaves it; none where nothing is there.
///
/// # Errors
/// When anything else is there.
fn begun(path: &Path, arguments: &Arguments) -> Result<Option<Desk<SystemHost>>, Failure> {
    if !is_there(path) {
        return match look_at(path) {
            Err(error) if error.code != Code::NoClinic && !path.exists() => Err(error.into()),
            _ => Ok(None),
        };
    }
    let opened = open::keys_at_hand(path)
        .ok()
        .and_then(|keys| open::open_at(path, &keys, arguments.now).ok())
        .filter(|desk| desk.is_empty().is_ok_and(|is_empty| is_empty));
    opened.map(Some).ok_or_else(|| {
        let text = format!(
            "{} exists already; choose another place with --database, or move it away",
            named(path)
        );
        Failure::new(Exit::Database, text)
    })
}

/// The demo clinic's today.
pub fn today(arguments: &Arguments) -> NaiveDate {
    arguments
        .now
        .map_or_else(|| demo::today(Utc::now()), |now| now.date())
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[test]
    fn what_could_not_be_filled_goes_unless_it_is_somebody_elses() {
        let arguments = Arguments::parse_from(["ordo", "demo"]);
        for (refused, stays) in [
            (Code::NotEmpty, true),
            (Code::Busy, true),
            (Code::Database, false),
            (Code::RuleBroken, false),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("clinic.ordo");
            let key = open::make_key(&path).unwrap();
            let made = make(&path, &key, &arguments, |_| Err(Error::new(refused, "refused")));
            assert!(made.is_err());
            assert_eq!(path.exists(), stays, "{refused:?}");
        }
    }
}
