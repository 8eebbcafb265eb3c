//! The demo clinic: invented, the same on every machine, and laid around the date that it is asked for.

mod names;
mod patients;
mod random;
mod roster;
mod series;
mod visits;

use chrono::{NaiveDate, TimeDelta};
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, AppointmentStatus, ClinicRecords, Patient};
use ordo_core::protocol::Protocols;
use ordo_core::time::day_number;

use crate::Error;

/// How many days before and after the date are filled.
const REACH_DAYS: i64 = 91;

/// The demo clinic around a date: eight practitioners, seven rooms, 400 patients, three months past and three
/// months ahead, some twenty running series.
pub fn records(today: NaiveDate) -> Result<ClinicRecords, Error> {
    let from = today - TimeDelta::days(REACH_DAYS);
    let to = today + TimeDelta::days(REACH_DAYS);
    let clinic = roster::clinic(today, from, to);
    let mut patients = patients::patients();
    series::prepare(&mut patients, today);
    let (series, mut appointments) = series::book(&clinic, &patients, today)?;
    let calendar = Calendar::new(clinic.clone(), patients.clone(), appointments.clone())?;
    appointments.extend(visits::fill(
        &calendar,
        day_number(from)..day_number(to) + 1,
        series::COUNT,
    ));
    let mut random = random::Random::new(0x5e77_1ed0);
    for appointment in &mut appointments {
        visits::settle(appointment, today, &mut random);
    }
    double_book(&mut appointments, &patients, today);
    appointments.sort_by(|one, two| (one.start, &one.id).cmp(&(two.start, &two.id)));
    Ok(ClinicRecords {
        clinic,
        protocols: vec![Protocols::shipped()],
        patients,
        series,
        appointments,
    })
}

/// One visit of today squeezed in on purpose, beside another one of the same practitioner.
fn double_book(appointments: &mut Vec<Appointment>, patients: &[Patient], today: NaiveDate) {
    let beside = appointments
        .iter()
        .filter(|visit| visit.start.date() == today && visit.status == AppointmentStatus::Booked)
        .filter(|visit| visit.service.as_str() == "physio-45" && visit.session.is_none())
        .min_by_key(|visit| visit.start);
    let seen_today = |patient: &Patient| {
        appointments
            .iter()
            .any(|visit| visit.start.date() == today && visit.patient == patient.id)
    };
    let Some(patient) = patients
        .iter()
        .rev()
        .find(|patient| patient.availability.is_empty() && !seen_today(patient))
    else {
        return;
    };
    let Some(mut squeezed) = beside.cloned() else {
        return;
    };
    squeezed.id = "visit-squeezed-in".into();
    squeezed.patient = patient.id.clone();
    squeezed.room = None;
    squeezed.service = "physio-30".into();
    squeezed.minutes = 30;
    squeezed.buffer_minutes = 0;
    squeezed.start += TimeDelta::minutes(15);
    squeezed.override_reason = "Acute pain, seen between two visits".to_owned();
    appointments.push(squeezed);
}

#[cfg(test)]
mod tests;
