//! The form that a record is edited in: from a patient, into a patient, and what it must hold.

use chrono::{Datelike, NaiveDate, Weekday};
use ordo_core::Language;
use ordo_core::model::{AvailabilityWindow, Clinic, InsuranceCover, Patient};
use ordo_core::protocol::Protocols;
use ordo_core::time::{TimeOfDay, YEARS};

use super::words::{Field, FormFault};
use crate::view::patients::{AvailabilityForm, CoverForm, PatientForm};
use crate::{Code, Error};

const LONGEST_NAME: usize = 300;
const LONGEST_CONTACT: usize = 200;
const LONGEST_NOTES: usize = 20_000;
const MOST_COVERED: u32 = 1000;
const FIRST_YEAR_OF_BIRTH: i32 = 1900;

/// What of a patient the form shows.
pub(super) fn form_of(patient: &Patient) -> PatientForm {
    PatientForm {
        name: patient.name.clone(),
        phone: patient.contact.phone.clone(),
        email: patient.contact.email.clone(),
        date_of_birth: patient.date_of_birth,
        availability: patient
            .availability
            .iter()
            .map(|window| AvailabilityForm {
                weekday: window.weekday.num_days_from_monday() as u8,
                from_minute: window.from.minutes().unsigned_abs(),
                to_minute: window.to.minutes().unsigned_abs(),
            })
            .collect(),
        sensitivities: patient.sensitivities.clone(),
        covers: patient
            .covers
            .iter()
            .map(|cover| CoverForm {
                discipline: cover.discipline.to_string(),
                visits: cover.visits,
                until: cover.until,
            })
            .collect(),
        notes: patient.notes.clone(),
    }
}

/// Writes a form into a patient; what the form does not show stays.
pub(super) fn write_form(form: &PatientForm, patient: &mut Patient) {
    let tidied = tidied(form);
    patient.name = tidied.name;
    patient.contact.phone = tidied.phone;
    patient.contact.email = tidied.email;
    patient.date_of_birth = form.date_of_birth;
    patient.availability = form.availability.iter().filter_map(window).collect();
    patient.sensitivities.clone_from(&form.sensitivities);
    patient.covers = form
        .covers
        .iter()
        .map(|cover| InsuranceCover {
            discipline: cover.discipline.as_str().into(),
            visits: cover.visits,
            until: cover.until,
        })
        .collect();
    patient.notes = form.notes.trim_end().to_owned();
}

fn window(form: &AvailabilityForm) -> Option<AvailabilityWindow> {
    let from = TimeOfDay::from_minutes(form.from_minute)?;
    let to = TimeOfDay::from_minutes(form.to_minute)?;
    (from < to).then_some(AvailabilityWindow {
        weekday: Weekday::try_from(form.weekday).ok()?,
        from,
        to,
    })
}

/// A form without what pasting brings along: links, odd spaces and dashes, marks that nobody sees.
pub(super) fn tidied(form: &PatientForm) -> PatientForm {
    let unlinked = |text: &str, link: &str| {
        let begins = text
            .get(..link.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(link));
        if begins {
            text[link.len()..].to_owned()
        } else {
            text.to_owned()
        }
    };
    PatientForm {
        name: spaced(&form.name),
        phone: unlinked(&spaced(&plain(&form.phone)), "tel:"),
        email: unlinked(&spaced(&plain(&form.email)), "mailto:"),
        ..form.clone()
    }
}

/// Words with one space between them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without invisible marks and with the plain dash.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
        .map(|letter| if matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { letter })
        .collect()
}

/// Refuses a form that cannot be a patient's, with the first fault in words.
pub(super) fn check_form(
    form: &PatientForm,
    clinic: &Clinic,
    protocols: &Protocols,
    today: NaiveDate,
    language: Language,
) -> Result<(), Error> {
    let fault = fault(&tidied(form), clinic, protocols, today);
    fault.map_or(Ok(()), |fault| {
        Err(Error::new(Code::BadRequest, fault.words(language)))
    })
}

fn fault(form: &PatientForm, clinic: &Clinic, protocols: &Protocols, today: NaiveDate) -> Option<FormFault> {
    if form.name.trim().is_empty() {
        return Some(FormFault::NameNeeded);
    }
    for (field, text, longest) in [
        (Field::Name, &form.name, LONGEST_NAME),
        (Field::Phone, &form.phone, LONGEST_CONTACT),
        (Field::Email, &form.email, LONGEST_CONTACT),
        (Field::Notes, &form.notes, LONGEST_NOTES),
    ] {
        if text.chars().count() > longest {
            return Some(FormFault::TooLong { field, longest });
        }
        let unwritable = |letter: char| letter.is_control() && !(field == Field::Notes && letter == '\n');
        if text.chars().any(unwritable) {
            return Some(FormFault::ControlCharacter { field });
        }
    }
    let email = form.email.trim();
    let is_address = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !email.contains(char::is_whitespace)
    });
    if !email.is_empty() && !is_address {
        return Some(FormFault::NoAddress);
    }
    if let Some(born) = form.date_of_birth
        && (born > today || born.year() < FIRST_YEAR_OF_BIRTH)
    {
        return Some(FormFault::Born(born));
    }
    if form.availability.iter().any(|stretch| window(stretch).is_none()) {
        return Some(FormFault::Window);
    }
    for cover in &form.covers {
        if clinic
            .disciplines
            .iter()
            .all(|known| known.id.as_str() != cover.discipline)
        {
            return Some(FormFault::Unknown(cover.discipline.clone()));
        }
        if cover.visits > MOST_COVERED {
            return Some(FormFault::Visits(cover.visits));
        }
        if !YEARS.contains(&cover.until.year()) {
            return Some(FormFault::Until(cover.until));
        }
    }
    let known = |id: &String| protocols.sensitivities.iter().any(|known| &known.id == id);
    let unknown = form.sensitivities.iter().find(|id| !known(id))?;
    Some(FormFault::Unknown(unknown.clone()))
}

/// What somebody made of a form, written over what it is now: fields that they left alone keep their present value.
/// Fails with the fields that both they and somebody else have changed.
pub(super) fn rebase(
    original: &PatientForm,
    edited: &PatientForm,
    now: &PatientForm,
) -> Result<PatientForm, Vec<Field>> {
    let mut clashes = Vec::new();
    let mut pick = Pick {
        clashes: &mut clashes,
    };
    let form = PatientForm {
        name: pick.of(Field::Name, &original.name, &edited.name, &now.name),
        phone: pick.of(Field::Phone, &original.phone, &edited.phone, &now.phone),
        email: pick.of(Field::Email, &original.email, &edited.email, &now.email),
        date_of_birth: pick.of(
            Field::DateOfBirth,
            &original.date_of_birth,
            &edited.date_of_birth,
            &now.date_of_birth,
        ),
        availability: pick.of(
            Field::Availability,
            &original.availability,
            &edited.availability,
            &now.availability,
        ),
        sensitivities: pick.of(
            Field::Sensitivities,
            &original.sensitivities,
            &edited.sensitivities,
            &now.sensitivities,
        ),
        covers: pick.of(Field::Covers, &original.covers, &edited.covers, &now.covers),
        notes: pick.of(Field::Notes, &original.notes, &edited.notes, &now.notes),
    };
    if clashes.is_empty() {
        Ok(form)
    } else {
        Err(clashes)
    }
}

struct Pick<'a> {
    clashes: &'a mut Vec<Field>,
}

impl Pick<'_> {
    fn of<T: PartialEq + Clone>(&mut self, field: Field, original: &T, edited: &T, now: &T) -> T {
        if edited == original || edited == now {
            return now.clone();
        }
        if now != original {
            self.clashes.push(field);
        }
        edited.clone()
    }
}
