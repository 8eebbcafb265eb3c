//! The calendar that a request can touch.

use chrono::{NaiveDate, TimeDelta};
use ordo_core::calendar::Calendar;
use ordo_core::model::{AvailabilityWindow, Clinic, PatientId, PractitionerId, Request, RoomId};
use ordo_core::rules;
use ordo_store::Reader;

use crate::Error;

/// The calendar that a request can touch, as the rows are; with a date it reaches at least there.
pub(crate) fn touched(
    view: &Reader,
    clinic: &Clinic,
    request: &Request,
    near: Option<NaiveDate>,
) -> Result<Calendar, Error> {
    let span = Horizon::of(clinic, request, near);
    let horizon = view.horizon(
        &request.patient,
        &span.practitioners,
        &span.rooms,
        span.from,
        span.to,
    )?;
    Ok(Calendar::new(
        horizon.clinic,
        vec![horizon.patient],
        horizon.appointments,
    )?)
}

/// What a request can touch.
struct Horizon {
    practitioners: Vec<PractitionerId>,
    rooms: Vec<RoomId>,
    from: NaiveDate,
    to: NaiveDate,
}

impl Horizon {
    /// Everybody who offers a service of the request, so that it can be said who else would help, and every room
    /// that would do; from a week before to a week after anything that the request can place.
    fn of(clinic: &Clinic, request: &Request, near: Option<NaiveDate>) -> Self {
        let services: Vec<_> = request.rhythms.iter().map(|rhythm| &rhythm.service).collect();
        let kinds: Vec<_> = clinic
            .services
            .iter()
            .filter(|service| services.contains(&&service.id))
            .flat_map(|service| &service.room_kinds)
            .collect();
        let reach = TimeDelta::minutes(i64::from(rules::REACH)) + TimeDelta::days(2);
        let last =
            request.latest_start + TimeDelta::weeks(i64::from(request.weeks)) + TimeDelta::days(9) + reach;
        let starts = request
            .fixed
            .iter()
            .chain(&request.current)
            .map(|session| session.start.date())
            .chain(near);
        let first = starts
            .clone()
            .chain([request.earliest])
            .min()
            .unwrap_or(request.earliest);
        let last = starts.chain([last]).max().unwrap_or(last);
        Self {
            practitioners: clinic
                .practitioners
                .iter()
                .filter(|practitioner| {
                    practitioner
                        .services
                        .iter()
                        .any(|service| services.contains(&service))
                })
                .map(|practitioner| practitioner.id.clone())
                .collect(),
            rooms: clinic
                .rooms
                .iter()
                .filter(|room| room.kinds.iter().any(|kind| kinds.contains(&kind)))
                .map(|room| room.id.clone())
                .collect(),
            from: first.checked_sub_signed(reach).unwrap_or(first),
            to: last,
        }
    }
}

/// The same calendar, but for when a patient can come.
pub(crate) fn with_availability(
    calendar: &Calendar,
    patient: &PatientId,
    windows: &[AvailabilityWindow],
) -> Result<Calendar, Error> {
    let mut patients = calendar.patients().to_vec();
    for record in patients.iter_mut().filter(|record| &record.id == patient) {
        windows.clone_into(&mut record.availability);
    }
    Ok(Calendar::new(
        calendar.clinic().clone(),
        patients,
        calendar.appointments().to_vec(),
    )?)
}
