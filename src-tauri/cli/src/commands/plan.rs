//! Planning from files, without a database.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use ordo_core::calendar::Calendar;
use ordo_core::model::Request;
use ordo_core::planner::{self, Plan};
use ordo_core::why::{Unplaced, explain_unplaced};
use ordo_desk::file::{proposals_json, read_clinic, read_request_for};
use ordo_desk::{Language, named, unread};
use serde_json::{Value, json};

use crate::args;
use crate::failure::{Exit, Failure};
use crate::output::{Output, read_file};
use crate::words::proposal;

/// A plan, what explains it, and how long both took.
struct Timed {
    calendar: Calendar,
    plan: Plan,
    unplaced: [Vec<Unplaced>; 3],
    /// Microseconds for the three proposals, the calendar loaded; the median of several runs.
    elapsed_us: u64,
    /// Microseconds for the explanations of what is unplaced.
    explained_us: u64,
}

/// Plans one request, or every one of a folder.
pub fn plan(files: &args::Plan, output: Output) -> Result<ExitCode, Failure> {
    match (&files.clinic, &files.request, &files.batch) {
        (_, _, Some(folder)) => batch(folder, output),
        (Some(clinic), Some(request), None) => {
            let timed = plan_files(clinic, request)?;
            let text = || proposal::plan_text(&timed.calendar, &timed.plan, &timed.unplaced);
            let json = || {
                let mut value = proposals_json(&timed.calendar, &timed.plan, &timed.unplaced);
                value["elapsed_us"] = timed.elapsed_us.into();
                value["explained_us"] = timed.explained_us.into();
                value
            };
            output.answer(text, json)?;
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Failure::new(
            Exit::Usage,
            "give --clinic and --request, or --batch",
        )),
    }
}

fn plan_files(clinic: &Path, request: &Path) -> Result<Timed, Failure> {
    let records = read_clinic(&read_file(clinic)?).map_err(|faults| Failure::faults(clinic, faults))?;
    let asked = read_request_for(&records, &read_file(request)?)
        .map_err(|faults| Failure::faults(request, faults))?;
    let refused = |error: &dyn std::fmt::Display| Failure::file(format!("{}: {error}", named(request)));
    let calendar = Calendar::new(records.clinic, records.patients, records.appointments)
        .map_err(|error| Failure::file(format!("{}: {error}", named(clinic))))?;
    let (plan, elapsed_us) = plan_timed(&calendar, &asked).map_err(|error| refused(&error))?;
    let begun = Instant::now();
    let unplaced = explain_unplaced(&calendar, &asked, &plan).map_err(|error| refused(&error))?;
    let explained_us = begun.elapsed().as_micros() as u64;
    Ok(Timed {
        calendar,
        plan,
        unplaced,
        elapsed_us,
        explained_us,
    })
}

/// Plans several times, since a single run of some microseconds measures the processor's caches; a slow request once.
fn plan_timed(calendar: &Calendar, asked: &Request) -> Result<(Plan, u64), planner::RequestError> {
    const RUNS: usize = 9;
    const ENOUGH: Duration = Duration::from_millis(20);
    let all = Instant::now();
    let mut times = Vec::with_capacity(RUNS);
    loop {
        let begun = Instant::now();
        let plan = planner::plan(calendar, asked)?;
        times.push(begun.elapsed());
        if times.len() == RUNS || all.elapsed() > ENOUGH {
            times.sort_unstable();
            let nanoseconds = times[times.len() / 2].as_nanos();
            return Ok((plan, (nanoseconds as u64 + 500) / 1000));
        }
    }
}

/// One line of JSON for every N.clinic.json with its N.request.json.
fn batch(folder: &Path, output: Output) -> Result<ExitCode, Failure> {
    let unreadable = |error: std::io::Error| Failure::file(unread(folder, &error, Language::English));
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let name = name.to_string_lossy();
        // One of the two alone is told as a failure: the other cannot be read.
        let pair = name
            .strip_suffix(".clinic.json")
            .or(name.strip_suffix(".request.json"));
        names.extend(pair.map(str::to_owned));
    }
    names.sort();
    names.dedup();
    if names.is_empty() {
        return Err(Failure::file(format!(
            "{} holds no N.clinic.json with its N.request.json",
            named(folder)
        )));
    }
    let mut all_well = true;
    for name in names {
        let file = |kind: &str| -> PathBuf { folder.join(format!("{name}.{kind}.json")) };
        let line: Value = match plan_files(&file("clinic"), &file("request")) {
            Ok(timed) => {
                let mut value = proposals_json(&timed.calendar, &timed.plan, &timed.unplaced);
                json!({"id": name, "elapsed_us": timed.elapsed_us, "explained_us": timed.explained_us,
                       "proposals": value["proposals"].take()})
            }
            Err(failure) => {
                all_well = false;
                let mut value = failure.json();
                value["id"] = name.into();
                value
            }
        };
        output.line(&line.to_string())?;
    }
    Ok(if all_well {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Exit::File as u8)
    })
}
