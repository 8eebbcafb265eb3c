use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use ordo_core::model::{Appointment, AppointmentId, AppointmentStatus, ClinicRecords};
use ordo_store::{Action, StoreError};
use ordo_testkit::generator::{Class, instance};
use ordo_testkit::problem::Problem;
use rusqlite::{Connection, params};

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
    let bare = bare(&problem.records)?;
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

fn bare(records: &ClinicRecords) -> Result<std::time::Duration, Failure> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let failed = |error: rusqlite::Error| error.to_string();
    let mut connection = Connection::open(folder.path().join("bare")).map_err(failed)?;
    let key = "07".repeat(32);
    connection
        .execute_batch(&format!(
            "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE visit (id TEXT PRIMARY KEY, practitioner TEXT, patient TEXT, service TEXT, room TEXT,
               start TEXT, minutes INTEGER, buffer_minutes INTEGER, status TEXT) STRICT;"
        ))
        .map_err(failed)?;
    let mut run = 0;
    median_time(101, || {
        run += 1;
        let visits = series(records, run);
        let transaction = connection.transaction().map_err(failed)?;
        for visit in &visits {
            transaction
                .prepare_cached("INSERT INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .and_then(|mut insert| {
                    insert.execute(params![
                        visit.id.as_str(),
                        visit.practitioner.as_str(),
                        visit.patient.as_str(),
                        visit.service.as_str(),
                        visit.room.as_ref().map(|room| room.as_str().to_owned()),
                        visit.start.to_string(),
                        visit.minutes,
                        visit.buffer_minutes,
                        visit.status.as_str()
                    ])
                })
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    })
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
        + Duration::hours(10)
        + Duration::weeks(VISITS * run);
    (0..VISITS)
        .map(|week| Appointment {
            id: AppointmentId::new(format!("series-{run}-{week}")),
            practitioner: practitioner.map_or_else(|| "p0".into(), |practitioner| practitioner.id.clone()),
            patient: records.patients[0].id.clone(),
            service: service.id.clone(),
            room: records.clinic.rooms.first().map(|room| room.id.clone()),
            start: start + Duration::weeks(week),
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
