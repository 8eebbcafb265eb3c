use chrono::{DateTime, Duration, NaiveDate, Utc};
use ordo_core::model::{Appointment, AppointmentId, ClinicRecords};
use ordo_store::{Key, Stamp, Store};
use ordo_testkit::generator::{Class, instance};
use ordo_testkit::problem::Problem;

use crate::table::{Table, milliseconds, ratio};
use crate::{Failure, median_time};

/// An ordinary clinic of five practitioners with a well filled calendar.
const SEED: u64 = 24;

/// Planning and loading a day with one and with ten years of history.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let instance = instance(Class::Medium, SEED);
    let problem = Problem::from_values(&instance.clinic, &instance.request)?;
    let mut planning = Vec::new();
    let mut loading = Vec::new();
    for years in [1, 10] {
        let records = with_history(&problem, 52 * years);
        let visits = records.appointments.len();
        let date = problem.request.earliest;
        let store = filled(&records)?;
        loading.push(median_time(501, || {
            store.1.day(date).map_err(|error| error.to_string())
        })?);
        let grown = Problem::new(records, problem.request.clone())?;
        planning.push(median_time(2001, || grown.plan())?);
        table.add(
            format!("planning with {years} years of history, {visits} visits"),
            milliseconds(planning[planning.len() - 1]),
            "",
        );
        table.add(
            format!("loading a day from the database, {years} years of history"),
            milliseconds(loading[loading.len() - 1]),
            "",
        );
    }
    for (what, times) in [("planning", planning), ("loading a day", loading)] {
        table.add(
            format!("{what}, ten years to one"),
            format!("{:.2} ×", ratio(times[1], times[0])),
            "at most 1.1 ×",
        );
    }
    Ok(())
}

/// The records of a problem with the first full week of its calendar repeated back into the past.
fn with_history(problem: &Problem, weeks: i64) -> ClinicRecords {
    let mut records = problem.records.clone();
    let first = records
        .appointments
        .iter()
        .map(|appointment| appointment.start.date())
        .min()
        .unwrap_or(NaiveDate::MIN);
    let week: Vec<Appointment> = records
        .appointments
        .iter()
        .filter(|appointment| (appointment.start.date() - first).num_days() < 7)
        .cloned()
        .collect();
    for back in 1..=weeks {
        records
            .appointments
            .extend(week.iter().map(|appointment| Appointment {
                id: AppointmentId::new(format!("{}-{back}", appointment.id)),
                start: appointment.start - Duration::weeks(back),
                ..appointment.clone()
            }));
    }
    records
}

/// A database in a folder of its own with the given records.
fn filled(records: &ClinicRecords) -> Result<(tempfile::TempDir, Store), Failure> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let path = folder.path().join("history.ordo");
    let mut store = Store::create(&path, &Key::from_bytes([7; 32])).map_err(|error| error.to_string())?;
    let stamp = Stamp {
        at: DateTime::<Utc>::UNIX_EPOCH,
        actor: "bench".to_owned(),
        reason: String::new(),
    };
    store.fill(records, &stamp).map_err(|error| error.to_string())?;
    Ok((folder, store))
}
