//! Appointments.

use std::collections::HashMap;

use super::{Check, Known};
use crate::model::{Appointment, ClinicRecords};
use crate::said;
use crate::time::ZoneClock;

pub(super) fn check(check: &mut Check, records: &ClinicRecords, known: &Known<'_>, clock: &ZoneClock) {
    check.identities("appointments", records.appointments.iter().map(|item| &item.id));
    let mut sessions = HashMap::new();
    for (index, appointment) in records.appointments.iter().enumerate() {
        check.at("appointments", index, |check| {
            appointment_at(check, appointment, records, known, clock);
            let Some(link) = appointment
                .session
                .as_ref()
                .filter(|_| appointment.status.occupies_time())
            else {
                return;
            };
            let Some(&service) = known.services.get(appointment.service.as_str()) else {
                return;
            };
            let discipline = &records.clinic.services[service].discipline;
            if let Some(first) = sessions.insert((&link.series, discipline, link.week), index) {
                check.fault(
                    ".session",
                    said!(
                        "appointments[{first}] is the same session of the series",
                        "appointments[{first}] est la même séance de la série"
                    ),
                );
            }
        });
    }
}

fn appointment_at(
    check: &mut Check,
    appointment: &Appointment,
    records: &ClinicRecords,
    known: &Known<'_>,
    clock: &ZoneClock,
) {
    check.known(
        ".practitioner",
        "practitioner",
        appointment.practitioner.as_str(),
        &known.practitioners,
    );
    check.known(
        ".patient",
        "patient",
        appointment.patient.as_str(),
        &known.patients,
    );
    check.known(
        ".service",
        "service",
        appointment.service.as_str(),
        &known.services,
    );
    if let Some(room) = &appointment.room {
        check.known(".room", "room", room.as_str(), &known.rooms);
    }
    check.year(".start", appointment.start.date());
    check.exists(".start", appointment.start, clock);
    check.within(".minutes", appointment.minutes, 1..=1440);
    check.within(".buffer_minutes", appointment.buffer_minutes, 0..=1440);
    let Some(link) = &appointment.session else { return };
    let Some(series) = check.known(".session.series", "series", link.series.as_str(), &known.series) else {
        return;
    };
    let series = &records.series[series];
    if series.patient != appointment.patient {
        let of = series.patient.as_str();
        check.fault(
            ".session.series",
            said!(
                "the series is of patient {of:?}",
                "la série est du patient «\u{a0}{of}\u{a0}»"
            ),
        );
    }
    let weeks = series.weeks;
    if link.week >= weeks {
        check.fault(
            ".session.week",
            said!(
                "the series has {weeks} weeks, counted from 0",
                "la série a {weeks} semaines, comptées à partir de 0"
            ),
        );
    }
}
