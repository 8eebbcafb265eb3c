//! Merging two records of one person.

use chrono::TimeDelta;
use ordo_core::Language;
use ordo_core::model::{Appointment, Patient, PatientId};
use ordo_store::{Action, Reader, StoreError, Transaction};

use super::form::form_of;
use super::record::{VisitNames, all_visits, visit_line};
use super::words;
use crate::view::board::Saved;
use crate::view::patients::{MergePreview, VisitClash};
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// What merging would do: nothing is changed.
    pub fn merge_preview(&mut self, kept: &PatientId, merged: &PatientId) -> Result<MergePreview, Error> {
        self.allow(UseCase::MergePreview)?;
        self.allow_patient(kept)?;
        self.allow_patient(merged)?;
        self.refuse_same(kept, merged)?;
        let (clinic, both) = self
            .store
            .read(|view| Ok::<_, Error>((view.clinic()?, Both::load(view, kept, merged)?)))?;
        self.note_views(vec![kept.clone(), merged.clone()])?;
        let names = VisitNames(&clinic);
        let clashes = both.clashes().map(|(kept, merged)| VisitClash {
            kept: visit_line(&names, kept),
            merged: visit_line(&names, merged),
        });
        let clashes = clashes.collect();
        Ok(MergePreview {
            kept: self.hit_of(kept)?,
            merged: self.hit_of(merged)?,
            form: form_of(&both.result(self.language)),
            is_doubtful: both.is_doubtful(),
            visits: both.merged_visits.len() as u32,
            series: both.merged_series,
            clashes,
        })
    }

    /// Puts the visits, series and what else is known of one patient into the record of another and removes the
    /// emptied record: one entry of the journal, which can be undone.
    pub fn merge_patients(&mut self, kept: &PatientId, merged: &PatientId) -> Result<Saved, Error> {
        self.allow(UseCase::MergePatients)?;
        self.allow_patient(kept)?;
        self.allow_patient(merged)?;
        self.refuse_same(kept, merged)?;
        let language = self.language;
        let names = [kept, merged].map(|id| self.store.patient(id));
        let [kept_name, merged_name] = names;
        let name = |found: Result<Option<Patient>, StoreError>| -> Result<String, Error> {
            Ok(found?.map_or_else(String::new, |patient| patient.name))
        };
        let reason = words::merged(&name(merged_name)?, &name(kept_name)?, language);
        let stamp = self.stamp(&reason);
        let done = self.store.change(&stamp, Action::EditPatient, |transaction| {
            let both = Both::load(transaction, kept, merged)?;
            let clashes = both.clashes().count();
            if clashes > 0 {
                return Err(Error::new(Code::NoLongerFits, words::clashes(clashes, language)));
            }
            transaction.put_patient(&both.result(language))?;
            for mut series in transaction.series_of(merged)? {
                series.patient = kept.clone();
                transaction.update_series(&series)?;
            }
            for mut visit in both.merged_visits {
                visit.patient = kept.clone();
                transaction.update_appointment(&visit)?;
            }
            carry_lock_box(transaction, kept, merged)?;
            transaction.delete_patient(merged)?;
            Ok::<_, Error>(())
        })?;
        Ok(Saved::of(kept, &done))
    }

    fn refuse_same(&self, kept: &PatientId, merged: &PatientId) -> Result<(), Error> {
        if kept == merged {
            return Err(Error::new(Code::BadRequest, words::same_record(self.language)));
        }
        Ok(())
    }
}

/// The record that stays is for those alone who could see both.
fn carry_lock_box(
    transaction: &mut Transaction<'_>,
    kept: &PatientId,
    merged: &PatientId,
) -> Result<(), StoreError> {
    let Some(mut carried) = transaction.lock_box(merged)? else {
        return Ok(());
    };
    transaction.delete_lock_box(merged)?;
    if let Some(own) = transaction.lock_box(kept)? {
        carried.users.retain(|user| own.users.contains(user));
    }
    carried.patient = kept.clone();
    transaction.put_lock_box(&carried)
}

/// Two records and their visits.
struct Both {
    kept: Patient,
    merged: Patient,
    kept_visits: Vec<Appointment>,
    merged_visits: Vec<Appointment>,
    merged_series: u32,
}

impl Both {
    fn load(view: &Reader, kept: &PatientId, merged: &PatientId) -> Result<Self, Error> {
        let patient = |id: &PatientId| -> Result<Patient, Error> {
            view.patient(id)?.ok_or_else(|| Error::not_found("patient", id))
        };
        let visits = |id: &PatientId| all_visits(view, id);
        Ok(Self {
            kept: patient(kept)?,
            merged: patient(merged)?,
            kept_visits: visits(kept)?,
            merged_visits: visits(merged)?,
            merged_series: view.series_of(merged)?.len() as u32,
        })
    }

    /// Whether the two were born on different days.
    fn is_doubtful(&self) -> bool {
        let born = [&self.kept, &self.merged].map(|patient| patient.date_of_birth);
        matches!(born, [Some(own), Some(other)] if own != other)
    }

    /// What the other record says otherwise where a record has room for one only.
    fn left_over(&self, language: Language) -> Vec<String> {
        let (own, other) = (&self.kept, &self.merged);
        // The same number is written in many ways; what else is said of it is no other way of writing it.
        let plain = |phone: &str| {
            phone
                .chars()
                .filter(|sign| sign.is_alphanumeric())
                .collect::<String>()
        };
        let differs = |own: &str, other: &str| !own.is_empty() && !other.is_empty() && own != other;
        let mut facts = Vec::new();
        if differs(own.name.trim(), other.name.trim()) {
            facts.push(other.name.trim().to_owned());
        }
        if differs(&plain(&own.contact.phone), &plain(&other.contact.phone)) {
            facts.push(other.contact.phone.trim().to_owned());
        }
        if differs(own.contact.email.trim(), other.contact.email.trim()) {
            facts.push(other.contact.email.trim().to_owned());
        }
        if self.is_doubtful() {
            facts.extend(other.date_of_birth.map(|date| words::born(date, language)));
        }
        facts
    }

    /// The kept record with what only the other one knows; what the other knows otherwise goes into the notes.
    fn result(&self, language: Language) -> Patient {
        let mut result = self.kept.clone();
        let other = &self.merged;
        let fill = |own: &mut String, other: &String| {
            if own.trim().is_empty() {
                own.clone_from(other);
            }
        };
        fill(&mut result.contact.phone, &other.contact.phone);
        fill(&mut result.contact.email, &other.contact.email);
        result.date_of_birth = result.date_of_birth.or(other.date_of_birth);
        if result.availability.is_empty() {
            result.availability.clone_from(&other.availability);
        }
        add_missing(&mut result.sensitivities, &other.sensitivities);
        add_missing(&mut result.covers, &other.covers);
        add_missing(&mut result.provider_decisions, &other.provider_decisions);
        result.provider_decisions.sort_by_key(|decision| decision.date);
        add_note(&mut result.notes, &other.notes);
        let left_over = self.left_over(language);
        if !left_over.is_empty() {
            add_note(&mut result.notes, &words::merged_record(&left_over, language));
        }
        result
    }

    /// Visits of the two that take time at once, where neither says why it may.
    fn clashes(&self) -> impl Iterator<Item = (&Appointment, &Appointment)> {
        let takes = |visit: &&Appointment| visit.status.occupies_time();
        self.kept_visits.iter().filter(takes).flat_map(move |kept| {
            let meets = move |merged: &&Appointment| {
                end(kept) > merged.start
                    && end(merged) > kept.start
                    && (kept.override_reason.is_empty() || merged.override_reason.is_empty())
            };
            self.merged_visits
                .iter()
                .filter(takes)
                .filter(meets)
                .map(move |merged| (kept, merged))
        })
    }
}

fn end(visit: &Appointment) -> chrono::NaiveDateTime {
    visit.start + TimeDelta::minutes(i64::from(visit.minutes))
}

fn add_note(notes: &mut String, more: &str) {
    let more = more.trim();
    if more.is_empty() || notes.contains(more) {
        return;
    }
    let gap = if notes.trim().is_empty() { "" } else { "\n\n" };
    *notes = format!("{}{gap}{more}", notes.trim_end());
}

fn add_missing<T: PartialEq + Clone>(own: &mut Vec<T>, other: &[T]) {
    for item in other {
        if !own.contains(item) {
            own.push(item.clone());
        }
    }
}
