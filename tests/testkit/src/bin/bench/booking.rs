use std::process::Command;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, ClinicRecords};
use ordo_store::{Action, StoreError};
use ordo_testkit::generator::{Class, instance};
use ordo_testkit::problem::Problem;

use crate::growth::{filled, stamp};
use crate::table::{Table, milliseconds, ratio};
use crate::{Failure, median_time};

const VISITS: i64 = 24;

/// Writing a series of visits against a bare commit of as many rows with the same durability and encryption.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let instance = instance(Class::Medium, 0);
    let problem = Problem::from_values(&instance.clinic, &instance.request)?;
    let (_folder, mut store) = filled("booking", &problem.records)?;
    let mut run = 0;
    let booking = median_time(101, || {
        run += 1;
        let visits = series(&problem.records, run);
        store
            .change::<_, StoreError>(&stamp(), Action::Book, |transaction| {
                visits
                    .iter()
                    .try_for_each(|visit| transaction.insert_appointment(visit))
            })
            .map_err(|error| error.to_string())
    })?;
    let bare = bare()?;
    table.add(
        format!("writing a series of {VISITS} visits"),
        milliseconds(booking),
        "",
    );
    table.add(
        format!("a bare commit of {VISITS} rows, as durable and encrypted"),
        milliseconds(bare),
        "",
    );
    table.add(
        "writing a series to a bare commit",
        format!("{:.2} ×", ratio(booking, bare)),
        "at most 2 ×",
    );
    Ok(())
}

/// Runs the yardstick, which lies beside the store because nothing else speaks SQL.
fn bare() -> Result<Duration, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "ordo-store",
            "--example",
            "bare_commit",
        ])
        .output()
        .map_err(|error| format!("the bare commit does not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let micros = text.trim().parse().map_err(|_| {
        format!(
            "the bare commit fails: {}",
            String::from_utf8_lossy(&output.stderr)
        )
    })?;
    Ok(Duration::from_micros(micros))
}

/// A weekly series in years that are still empty; each run has years of its own.
fn series(records: &ClinicRecords, run: i64) -> Vec<Appointment> {
    let service = &records.clinic.services[0];
    let practitioner = records
        .clinic
        .practitioners
        .iter()
        .find(|practitioner| practitioner.services.contains(&service.id));
    let start: NaiveDateTime = NaiveDate::from_ymd_opt(2030, 1, 7)
        .unwrap_or(NaiveDate::MIN)
        .and_time(NaiveTime::MIN)
        + TimeDelta::hours(10)
        + TimeDelta::weeks(VISITS * run);
    (0..VISITS)
        .map(|week| Appointment {
            id: AppointmentId::new(format!("series-{run}-{week}")),
            practitioner: practitioner.map_or_else(|| "p0".into(), |practitioner| practitioner.id.clone()),
            patient: records.patients[0].id.clone(),
            service: service.id.clone(),
            room: records.clinic.rooms.first().map(|room| room.id.clone()),
            start: start + TimeDelta::weeks(week),
            minutes: service.minutes,
            buffer_minutes: service.buffer_minutes,
            status: AppointmentStatus::Booked,
            session: None,
            override_reason: String::new(),
            cancel_reason: String::new(),
            note: String::new(),
            revision: 0,
            changed_at: None,
        })
        .collect()
}
