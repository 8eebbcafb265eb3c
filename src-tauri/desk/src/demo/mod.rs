//! The demo clinic: invented, the same on every machine, and laid around the date that it is asked for.

mod names;
mod patients;
mod random;
mod roster;
mod series;
mod visits;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, AppointmentStatus, ClinicRecords, Patient};
use ordo_core::protocol::Protocols;
use ordo_core::time::day_number;

use crate::Error;

/// How many days before and after the date are filled.
const REACH_DAYS: i64 = 91;

/// The date on the demo clinic's clock, which may be another one than on the computer's.
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&roster::TIME_ZONE).date_naive()
}

/// The demo clinic around a date: eight practitioners, seven rooms, 400 patients, three months past and three
/// months ahead, some twenty running series. Services, rooms, notes and reasons are in one language; people keep
/// their names.
pub fn records(today: NaiveDate, language: Language) -> Result<ClinicRecords, Error> {
    let from = today - TimeDelta::days(REACH_DAYS);
    let to = today + TimeDelta::days(REACH_DAYS);
    let clinic = roster::clinic(today, from, to, language);
    let mut patients = patients::patients(language);
    series::prepare(&mut patients, today, language);
    let (series, mut appointments) = series::book(&clinic, &patients, today, language)?;
    let calendar = Calendar::new(clinic.clone(), patients.clone(), appointments.clone())?;
    appointments.extend(visits::fill(
        &calendar,
        day_number(from)..day_number(to) + 1,
        series::COUNT,
        language,
    ));
    let mut random = random::Random::new(0x5e77_1ed0);
    for appointment in &mut appointments {
        visits::settle(appointment, today, language, &mut random);
    }
    double_book(&mut appointments, &patients, today, language);
    appointments.sort_by(|one, two| (one.start, &one.id).cmp(&(two.start, &two.id)));
    Ok(ClinicRecords {
        clinic,
        protocols: vec![Protocols::shipped_in(language)],
        patients,
        series,
        appointments,
    })
}

/// One visit of today squeezed in on purpose, beside another one of the same practitioner.
fn double_book(
    appointments: &mut Vec<Appointment>,
    patients: &[Patient],
    today: NaiveDate,
    language: Language,
) {
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
    squeezed.override_reason = language
        .pick(
            "Acute pain, seen between two visits",
            "Douleur aiguë, vu entre deux rendez-vous",
        )
        .to_owned();
    appointments.push(squeezed);
}

#[cfg(test)]
mod tests;
