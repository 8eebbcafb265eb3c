//! Settings, services, practitioners and their hours, closures.

use std::collections::HashMap;

use super::{Check, Known};
use crate::model::{ClinicRecords, Practitioner};
use crate::said;
use crate::time::ZoneClock;

/// The longest treatment and the longest buffer, in minutes.
const LONGEST: u32 = 1440;

pub(super) fn check(check: &mut Check, records: &ClinicRecords, known: &Known<'_>, clock: &ZoneClock) {
    let clinic = &records.clinic;
    if clinic.slot_minutes == 0 || !60u32.is_multiple_of(clinic.slot_minutes) {
        let minutes = clinic.slot_minutes;
        let text = said!(
            "{minutes} does not divide 60; 5, 10, 15, 20, 30 or 60 do",
            "{minutes} ne divise pas 60; 5, 10, 15, 20, 30 ou 60, oui"
        );
        check.fault(".clinic.slot_minutes", text);
    }
    check.identities("disciplines", clinic.disciplines.iter().map(|item| &item.id));
    check.identities("services", clinic.services.iter().map(|item| &item.id));
    check.identities("rooms", clinic.rooms.iter().map(|item| &item.id));
    check.identities("practitioners", clinic.practitioners.iter().map(|item| &item.id));
    for (index, service) in clinic.services.iter().enumerate() {
        check.at("services", index, |check| {
            check.known(
                ".discipline",
                "discipline",
                service.discipline.as_str(),
                &known.disciplines,
            );
            check.within(".minutes", service.minutes, 1..=LONGEST);
            check.within(".buffer_minutes", service.buffer_minutes, 0..=LONGEST);
        });
    }
    for (index, practitioner) in clinic.practitioners.iter().enumerate() {
        check.at("practitioners", index, |check| {
            practitioner_at(check, practitioner, known, clock)
        });
    }
    let mut closed = HashMap::new();
    for (index, closure) in clinic.closures.iter().enumerate() {
        check.at("closures", index, |check| {
            check.year(".date", closure.date);
            if let Some(first) = closed.insert(closure.date, index) {
                let date = closure.date;
                check.fault(
                    ".date",
                    said!(
                        "{date} stands at closures[{first}] too",
                        "{date} figure aussi à closures[{first}]"
                    ),
                );
            }
        });
    }
}

fn practitioner_at(check: &mut Check, practitioner: &Practitioner, known: &Known<'_>, clock: &ZoneClock) {
    for (index, service) in practitioner.services.iter().enumerate() {
        check.known(
            &format!(".services[{index}]"),
            "service",
            service.as_str(),
            &known.services,
        );
    }
    for (index, hours) in practitioner.hours.iter().enumerate() {
        check.at("hours", index, |check| {
            check.before(".to", &hours.from, &hours.to);
            check.within(".every_weeks", hours.every_weeks, 1..=52);
            if hours.every_weeks > 1 && hours.valid_from.is_none() {
                check.fault(
                    ".valid_from",
                    said!(
                        "hours that do not come every week need the date they are counted from",
                        "des heures qui ne reviennent pas chaque semaine ont besoin d’une première date"
                    ),
                );
            }
            for (field, date) in [(".valid_from", hours.valid_from), (".valid_to", hours.valid_to)] {
                if let Some(date) = date {
                    check.year(field, date);
                }
            }
            if let (Some(from), Some(to)) = (hours.valid_from, hours.valid_to)
                && from > to
            {
                check.fault(
                    ".valid_to",
                    said!(
                        "the last date, {to}, must not lie before the first, {from}",
                        "la dernière date, {to}, ne peut précéder la première, {from}"
                    ),
                );
            }
        });
    }
    for (index, extra) in practitioner.extra_hours.iter().enumerate() {
        check.at("extra_hours", index, |check| {
            check.year(".date", extra.date);
            check.before(".to", &extra.from, &extra.to);
        });
    }
    for (index, absence) in practitioner.absences.iter().enumerate() {
        check.at("absences", index, |check| {
            for (field, local) in [(".from", absence.from), (".to", absence.to)] {
                check.year(field, local.date());
                check.exists(field, local, clock);
            }
            check.before(".to", &absence.from, &absence.to);
        });
    }
}
