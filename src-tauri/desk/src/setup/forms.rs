//! Parts of a clinic as forms, and forms as parts of a clinic.

use chrono::{Datelike, Weekday};
use ordo_core::model::{
    Absence, Clinic, Closure, ExtraHours, Practitioner, Room, Service, ServiceId, WorkingHours,
};
use ordo_core::time::TimeOfDay;

use crate::view::setup::{
    AbsenceForm, ClinicPart, ClosureForm, ClosuresForm, ExtraHoursForm, HoursForm, PractitionerForm,
    RoomForm, ServiceForm, SettingsForm,
};

pub(super) fn settings_form(clinic: &Clinic) -> SettingsForm {
    SettingsForm {
        name: clinic.name.clone(),
        time_zone: clinic.time_zone.name().to_owned(),
        slot_minutes: clinic.slot_minutes,
    }
}

pub(super) fn service_form(service: &Service) -> ServiceForm {
    ServiceForm {
        id: service.id.to_string(),
        name: service.name.clone(),
        discipline: service.discipline.to_string(),
        minutes: service.minutes,
        buffer_minutes: service.buffer_minutes,
        room_kinds: service.room_kinds.clone(),
        first_visit: service.first_visit,
    }
}

pub(super) fn service_of(form: &ServiceForm) -> Service {
    Service {
        id: form.id.as_str().into(),
        name: form.name.trim().to_owned(),
        discipline: form.discipline.as_str().into(),
        minutes: form.minutes,
        buffer_minutes: form.buffer_minutes,
        room_kinds: kinds_of(&form.room_kinds),
        first_visit: form.first_visit,
    }
}

pub(super) fn room_form(room: &Room) -> RoomForm {
    RoomForm {
        id: room.id.to_string(),
        name: room.name.clone(),
        kinds: room.kinds.clone(),
    }
}

pub(super) fn room_of(form: &RoomForm) -> Room {
    Room {
        id: form.id.as_str().into(),
        name: form.name.trim().to_owned(),
        kinds: kinds_of(&form.kinds),
    }
}

fn kinds_of(kinds: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for kind in kinds
        .iter()
        .map(|kind| kind.trim())
        .filter(|kind| !kind.is_empty())
    {
        if kept.iter().all(|known| known != kind) {
            kept.push(kind.to_owned());
        }
    }
    kept
}

pub(crate) fn practitioner_form(practitioner: &Practitioner) -> PractitionerForm {
    let minute = |time: TimeOfDay| time.minutes().unsigned_abs();
    PractitionerForm {
        id: practitioner.id.to_string(),
        name: practitioner.name.clone(),
        services: practitioner.services.iter().map(ToString::to_string).collect(),
        hours: practitioner
            .hours
            .iter()
            .map(|hours| HoursForm {
                weekday: hours.weekday.num_days_from_monday() as u8,
                from_minute: minute(hours.from),
                to_minute: minute(hours.to),
                valid_from: hours.valid_from,
                valid_to: hours.valid_to,
                every_weeks: hours.every_weeks,
            })
            .collect(),
        extra_hours: practitioner
            .extra_hours
            .iter()
            .map(|extra| ExtraHoursForm {
                date: extra.date,
                from_minute: minute(extra.from),
                to_minute: minute(extra.to),
            })
            .collect(),
        absences: practitioner
            .absences
            .iter()
            .map(|absence| AbsenceForm {
                from: absence.from,
                to: absence.to,
                reason: absence.reason.clone(),
            })
            .collect(),
    }
}

/// Times that are none become midnight, which the check of the whole clinic refuses as an end.
pub(super) fn practitioner_of(form: &PractitionerForm) -> Practitioner {
    let time = |minute| TimeOfDay::from_minutes(minute).unwrap_or(TimeOfDay::MIDNIGHT);
    Practitioner {
        id: form.id.as_str().into(),
        name: form.name.trim().to_owned(),
        services: form
            .services
            .iter()
            .map(|id| ServiceId::new(id.as_str()))
            .collect(),
        hours: form
            .hours
            .iter()
            .map(|hours| WorkingHours {
                weekday: Weekday::try_from(hours.weekday % 7).unwrap_or(Weekday::Mon),
                from: time(hours.from_minute),
                to: time(hours.to_minute),
                valid_from: hours.valid_from,
                valid_to: hours.valid_to,
                every_weeks: hours.every_weeks,
            })
            .collect(),
        extra_hours: form
            .extra_hours
            .iter()
            .map(|extra| ExtraHours {
                date: extra.date,
                from: time(extra.from_minute),
                to: time(extra.to_minute),
            })
            .collect(),
        absences: form
            .absences
            .iter()
            .map(|absence| Absence {
                from: absence.from,
                to: absence.to,
                reason: absence.reason.trim().to_owned(),
                imported: None,
            })
            .collect(),
    }
}

pub(super) fn closure_form(closure: &Closure) -> ClosureForm {
    ClosureForm {
        date: closure.date,
        name: closure.name.clone(),
    }
}

pub(super) fn closure_of(form: &ClosureForm) -> Closure {
    Closure {
        date: form.date,
        name: form.name.trim().to_owned(),
    }
}

/// The part of a clinic that a form stands for, as it is now; none when it is not there.
pub(super) fn present(clinic: &Clinic, part: &ClinicPart) -> Option<ClinicPart> {
    match part {
        ClinicPart::Settings(_) => Some(ClinicPart::Settings(settings_form(clinic))),
        ClinicPart::Service(form) => {
            let found = clinic.services.iter().find(|known| known.id.as_str() == form.id);
            found.map(|service| ClinicPart::Service(service_form(service)))
        }
        ClinicPart::Room(form) => {
            let found = clinic.rooms.iter().find(|known| known.id.as_str() == form.id);
            found.map(|room| ClinicPart::Room(room_form(room)))
        }
        ClinicPart::Practitioner(form) => {
            let found = clinic
                .practitioners
                .iter()
                .find(|known| known.id.as_str() == form.id);
            found.map(|practitioner| ClinicPart::Practitioner(practitioner_form(practitioner)))
        }
        ClinicPart::Closures(form) => Some(ClinicPart::Closures(ClosuresForm {
            year: form.year,
            closures: closures_of_year(clinic, form.year),
        })),
    }
}

fn closures_of_year(clinic: &Clinic, year: i32) -> Vec<ClosureForm> {
    let mut closures: Vec<ClosureForm> = clinic
        .closures
        .iter()
        .filter(|closure| closure.date.year() == year)
        .map(closure_form)
        .collect();
    closures.sort_by_key(|closure| closure.date);
    closures
}

/// A clinic with a part added or changed; an unknown zone leaves the zone as it is.
pub(super) fn with_part(clinic: &Clinic, part: &ClinicPart) -> Clinic {
    let mut clinic = clinic.clone();
    match part {
        ClinicPart::Settings(form) => {
            clinic.name = form.name.trim().to_owned();
            clinic.slot_minutes = form.slot_minutes;
            if let Ok(zone) = form.time_zone.parse() {
                clinic.time_zone = zone;
            }
        }
        ClinicPart::Service(form) => {
            let service = service_of(form);
            put(&mut clinic.services, service, |known| &known.id);
        }
        ClinicPart::Room(form) => put(&mut clinic.rooms, room_of(form), |known| &known.id),
        ClinicPart::Practitioner(form) => {
            let practitioner = practitioner_of(form);
            put(&mut clinic.practitioners, practitioner, |known| &known.id);
        }
        ClinicPart::Closures(form) => {
            clinic.closures.retain(|closure| closure.date.year() != form.year);
            clinic.closures.extend(form.closures.iter().map(closure_of));
        }
    }
    clinic
}

fn put<T, Id: PartialEq>(list: &mut Vec<T>, item: T, id_of: fn(&T) -> &Id) {
    match list.iter().position(|known| id_of(known) == id_of(&item)) {
        Some(place) => list[place] = item,
        None => list.push(item),
    }
}
