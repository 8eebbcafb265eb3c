//! What no row can keep, said of the record that was to be kept.

use chrono::{Datelike, Timelike};
use ordo_core::model::Appointment;
use ordo_core::time::{YEARS, ZoneClock};
use rusqlite::ffi;

use crate::error::StoreError;
use crate::fault::Fault;
use crate::journal::Record;

/// What is wrong with a record's times, in words.
pub(crate) fn problem(record: &Record, clock: &ZoneClock) -> Option<String> {
    match record {
        Record::Appointment(appointment) => appointment_problem(appointment, clock),
        Record::Practitioner(practitioner) => practitioner
            .absences
            .iter()
            .flat_map(|absence| [absence.from, absence.to])
            .find(|local| local.second() != 0 || local.nanosecond() != 0)
            .map(|local| format!("{local} has seconds; absences begin and end on whole minutes")),
        _ => None,
    }
}

fn appointment_problem(appointment: &Appointment, clock: &ZoneClock) -> Option<String> {
    let start = appointment.start;
    if !YEARS.contains(&start.year()) {
        let (first, last) = (YEARS.start(), YEARS.end());
        return Some(format!(
            "{start} is too far away; years {first} to {last} are possible"
        ));
    }
    if start.second() != 0 || start.nanosecond() != 0 {
        return Some(format!("{start} has seconds; visits start on whole minutes"));
    }
    if !clock.exists(start) {
        return Some(format!("{start} does not exist: the clocks go forward over it"));
    }
    None
}

pub(crate) fn duplicate(record: &Record) -> StoreError {
    StoreError::Duplicate {
        entity: record.entity(),
        id: record.id(),
    }
}

pub(crate) fn invalid(record: &Record, detail: String) -> StoreError {
    StoreError::Invalid {
        entity: record.entity(),
        id: record.id(),
        detail,
    }
}

/// A value that a table's checks refuse is the caller's, not a damage of the file.
pub(crate) fn refused(fault: Fault, record: &Record) -> Fault {
    match &fault {
        Fault::Sql(_) if fault.is_constraint(ffi::SQLITE_CONSTRAINT_UNIQUE) => duplicate(record).into(),
        Fault::Sql(error) if fault.is_constraint(ffi::SQLITE_CONSTRAINT_CHECK) => {
            let text = error.to_string();
            let rule = text.rsplit_once(": ").map_or(text.as_str(), |(_, rule)| rule);
            invalid(record, format!("a value is out of range; this must hold: {rule}")).into()
        }
        _ => fault,
    }
}
