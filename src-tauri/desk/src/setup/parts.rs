//! The parts of a clinic: reading them, and saving one at a time.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use ordo_core::calendar::Calendar;
use ordo_core::holidays;
use ordo_core::model::{Clinic, ClinicRecords, Closure, Practitioner};
use ordo_core::time::day_number;
use ordo_core::validate;
use ordo_store::{Action, Settings, StoreError, Transaction};

use super::forms::{
    closure_form, closure_of, practitioner_form, practitioner_of, present, room_form, room_of, service_form,
    service_of, settings_form, with_part,
};
use super::words;
use crate::practitioner_day::away;
use crate::view::board::Saved;
use crate::view::day::working_spans;
use crate::view::patients::Named;
use crate::view::setup::{ClinicPart, ClosuresForm, HolidayLine, PractitionerForm, SetupView, WeekDay};
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Everything of the clinic that the set-up screens edit.
    pub fn setup(&self) -> Result<SetupView, Error> {
        self.allow(UseCase::Setup)?;
        let clinic = self.store.clinic()?;
        let mut closures: Vec<_> = clinic.closures.iter().map(closure_form).collect();
        closures.sort_by_key(|closure| closure.date);
        let kinds = clinic.rooms.iter().flat_map(|room| &room.kinds);
        let kinds = kinds.chain(clinic.services.iter().flat_map(|service| &service.room_kinds));
        let kinds: BTreeSet<&String> = kinds.collect();
        Ok(SetupView {
            settings: settings_form(&clinic),
            disciplines: clinic
                .disciplines
                .iter()
                .map(|discipline| Named {
                    id: discipline.id.to_string(),
                    name: discipline.name.clone(),
                })
                .collect(),
            services: clinic.services.iter().map(service_form).collect(),
            rooms: clinic.rooms.iter().map(room_form).collect(),
            practitioners: clinic.practitioners.iter().map(practitioner_form).collect(),
            closures,
            room_kinds: kinds.into_iter().cloned().collect(),
            time_zones: time_zones(clinic.time_zone),
        })
    }

    /// Ontario's holidays of a year, and whether the clinic is closed on each.
    pub fn holidays(&self, year: i32) -> Result<Vec<HolidayLine>, Error> {
        self.allow(UseCase::Holidays)?;
        let closures = self.store.clinic()?.closures;
        let line = |holiday: holidays::Holiday| HolidayLine {
            date: holiday.date,
            name: self.language.pick(holiday.name, holiday.name_fr).to_owned(),
            statutory: holiday.statutory,
            closed: closures.iter().any(|closure| closure.date == holiday.date),
        };
        Ok(holidays::ontario(year).into_iter().map(line).collect())
    }

    /// The working time of a practitioner, as they are being edited, on the seven dates from one on.
    pub fn practitioner_week(&self, form: &PractitionerForm, from: NaiveDate) -> Result<Vec<WeekDay>, Error> {
        self.allow(UseCase::PractitionerWeek)?;
        let mut clinic = self.store.clinic()?;
        clinic.practitioners = vec![practitioner_of(form)];
        let calendar = Calendar::new(clinic, Vec::new(), Vec::new())?;
        let day_of = |date: NaiveDate| {
            let day = day_number(date);
            let closure = calendar
                .clinic()
                .closures
                .iter()
                .find(|closure| closure.date == date);
            WeekDay {
                date,
                working: working_spans(&calendar, 0, day, calendar.clock().to_utc_on(day, 0)),
                away: away(&calendar.clinic().practitioners[0], date),
                closed: closure.map(|closure| closure.name.clone()),
            }
        };
        Ok(from.iter_days().take(7).map(day_of).collect())
    }

    /// Adds, changes or removes a part of the clinic: what it was when the editing began, and what it is to be.
    pub fn save_part(
        &mut self,
        original: Option<&ClinicPart>,
        edited: Option<&ClinicPart>,
    ) -> Result<Saved, Error> {
        self.allow(UseCase::SavePart)?;
        let edited = edited.map(|edited| with_id(edited.clone(), || self.host.new_id()));
        let language = self.language;
        let Some(named) = edited.as_ref().or(original) else {
            return Err(Error::new(Code::BadRequest, words::nothing_to_save(language)));
        };
        let id = id_of(named);
        let stamp = self.stamp("");
        let saved = self.store.change(&stamp, Action::EditClinic, |transaction| {
            let clinic = transaction.clinic()?;
            let now = present(&clinic, named);
            if now.as_ref() != original {
                return Err(Error::new(
                    Code::ChangedMeanwhile,
                    words::changed_meanwhile(language),
                ));
            }
            match &edited {
                Some(part) => {
                    refuse_faults(&clinic, part, language)?;
                    write(transaction, &clinic, part)?;
                }
                None => remove(transaction, named)?,
            }
            Ok(())
        });
        match saved {
            Ok(done) => Ok(Saved::of(id, &done)),
            // The database names one of what refers to it; that is no help at the front desk.
            Err(error) if edited.is_none() && error.code == Code::BadRequest => Err(Error::new(
                Code::HasHistory,
                words::still_named(&name_of(named), language),
            )),
            Err(error) => Err(error),
        }
    }
}

/// The zones that clinics in Canada lie in.
const CANADIAN_ZONES: [&str; 12] = [
    "America/Edmonton",
    "America/Halifax",
    "America/Iqaluit",
    "America/Moncton",
    "America/Regina",
    "America/St_Johns",
    "America/Thunder_Bay",
    "America/Toronto",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Winnipeg",
    "America/Yellowknife",
];

/// Canada's zones, and the clinic's own.
fn time_zones(own: Tz) -> Vec<String> {
    let mut zones: Vec<String> = CANADIAN_ZONES.map(str::to_owned).into();
    if !zones.iter().any(|zone| zone == own.name()) {
        zones.push(own.name().to_owned());
    }
    zones.sort();
    zones
}

fn with_id(mut part: ClinicPart, new_id: impl FnOnce() -> String) -> ClinicPart {
    let id = match &mut part {
        ClinicPart::Service(form) => &mut form.id,
        ClinicPart::Room(form) => &mut form.id,
        ClinicPart::Practitioner(form) => &mut form.id,
        ClinicPart::Settings(_) | ClinicPart::Closures(_) => return part,
    };
    if id.is_empty() {
        *id = new_id();
    }
    part
}

fn id_of(part: &ClinicPart) -> String {
    match part {
        ClinicPart::Settings(_) => "clinic".to_owned(),
        ClinicPart::Service(form) => form.id.clone(),
        ClinicPart::Room(form) => form.id.clone(),
        ClinicPart::Practitioner(form) => form.id.clone(),
        ClinicPart::Closures(form) => form.year.to_string(),
    }
}

fn name_of(part: &ClinicPart) -> String {
    match part {
        ClinicPart::Settings(form) => form.name.clone(),
        ClinicPart::Service(form) => form.name.clone(),
        ClinicPart::Room(form) => form.name.clone(),
        ClinicPart::Practitioner(form) => form.name.clone(),
        ClinicPart::Closures(form) => form.year.to_string(),
    }
}

/// Refuses a part that would make the clinic none; faults that are there already do not count.
fn refuse_faults(clinic: &Clinic, part: &ClinicPart, language: ordo_core::Language) -> Result<(), Error> {
    let refuse = |text: String| Err(Error::new(Code::BadRequest, text));
    if name_of(part).trim().is_empty() {
        return refuse(words::name_needed(language).to_owned());
    }
    if let ClinicPart::Settings(form) = part
        && form.time_zone.parse::<Tz>().is_err()
    {
        return refuse(words::no_zone(&form.time_zone, language));
    }
    if let ClinicPart::Closures(form) = part
        && let Some(stray) = form
            .closures
            .iter()
            .find(|closure| closure.date.year() != form.year)
    {
        return refuse(words::other_year(stray.date, form.year, language));
    }
    let before = faults(clinic.clone());
    let after = faults(with_part(clinic, part));
    let new = after.into_iter().find(|fault| !before.contains(fault));
    new.map_or(Ok(()), |fault| refuse(words::fault(&fault, language)))
}

fn faults(clinic: Clinic) -> Vec<validate::Fault> {
    validate::faults(&ClinicRecords {
        clinic,
        protocols: vec![ordo_core::protocol::Protocols::shipped()],
        patients: Vec::new(),
        series: Vec::new(),
        appointments: Vec::new(),
    })
}

fn write(transaction: &mut Transaction<'_>, clinic: &Clinic, part: &ClinicPart) -> Result<(), StoreError> {
    match part {
        ClinicPart::Settings(_) => transaction.put_settings(&Settings::of(&with_part(clinic, part))),
        ClinicPart::Service(form) => transaction.put_service(&service_of(form)),
        ClinicPart::Room(form) => transaction.put_room(&room_of(form)),
        ClinicPart::Practitioner(form) => {
            transaction.put_practitioner(&with_sources(practitioner_of(form), clinic))
        }
        ClinicPart::Closures(form) => write_closures(transaction, clinic, form),
    }
}

/// The practitioner with what each absence that keeps its time was imported from.
fn with_sources(mut practitioner: Practitioner, clinic: &Clinic) -> Practitioner {
    let before = clinic
        .practitioners
        .iter()
        .find(|known| known.id == practitioner.id);
    for absence in &mut practitioner.absences {
        let same = before.and_then(|known| {
            known
                .absences
                .iter()
                .find(|known| (known.from, known.to) == (absence.from, absence.to))
        });
        absence.imported = same.and_then(|same| same.imported.clone());
    }
    practitioner
}

fn write_closures(
    transaction: &mut Transaction<'_>,
    clinic: &Clinic,
    form: &ClosuresForm,
) -> Result<(), StoreError> {
    let wanted: Vec<Closure> = form.closures.iter().map(closure_of).collect();
    for closure in clinic
        .closures
        .iter()
        .filter(|closure| closure.date.year() == form.year)
    {
        if wanted.iter().all(|wanted| wanted.date != closure.date) {
            transaction.delete_closure(closure.date)?;
        }
    }
    for closure in &wanted {
        transaction.put_closure(closure)?;
    }
    Ok(())
}

fn remove(transaction: &mut Transaction<'_>, part: &ClinicPart) -> Result<(), Error> {
    match part {
        ClinicPart::Service(form) => transaction.delete_service(&form.id.as_str().into())?,
        ClinicPart::Room(form) => transaction.delete_room(&form.id.as_str().into())?,
        ClinicPart::Practitioner(form) => {
            let id = form.id.as_str().into();
            if transaction
                .sharings()?
                .iter()
                .any(|sharing| sharing.practitioner == id)
            {
                transaction.delete_sharing(&id)?;
            }
            transaction.delete_practitioner(&id)?;
        }
        ClinicPart::Settings(_) => return Ok(()),
        ClinicPart::Closures(form) => {
            let none = ClosuresForm {
                year: form.year,
                closures: Vec::new(),
            };
            let clinic = transaction.clinic()?;
            write_closures(transaction, &clinic, &none)?;
        }
    }
    Ok(())
}
