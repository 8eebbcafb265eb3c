//! Adding, changing and removing patients.

use ordo_core::model::{Patient, PatientId};
use ordo_store::Action;

use super::form::{check_form, form_of, rebase, write_form};
use super::record::all_visits;
use super::words;
use crate::view::board::Saved;
use crate::view::patients::PatientForm;
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Adds a patient.
    pub fn new_patient(&mut self, form: &PatientForm) -> Result<Saved, Error> {
        self.allow(UseCase::NewPatient)?;
        let today = self.now()?.date();
        let language = self.language;
        let mut patient = Patient::named(PatientId::new(self.host.new_id()), "");
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::EditPatient, |transaction| {
            check_form(
                form,
                &transaction.clinic()?,
                &transaction.protocols()?,
                today,
                language,
            )?;
            write_form(form, &mut patient);
            transaction.put_patient(&patient)?;
            Ok::<_, Error>(())
        })?;
        Ok(Saved::of(patient.id, &done))
    }

    /// Saves what was made of a record, given what it was when the editing began. Fields that were left alone keep
    /// what somebody else wrote meanwhile; where both wrote, nothing is saved and the fields are named.
    pub fn save_patient(
        &mut self,
        id: &PatientId,
        original: &PatientForm,
        edited: &PatientForm,
    ) -> Result<Saved, Error> {
        self.allow(UseCase::SavePatient)?;
        self.allow_patient(id)?;
        let today = self.now()?.date();
        let language = self.language;
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::EditPatient, |transaction| {
            let found = transaction.patient(id)?;
            let mut patient = found.ok_or_else(|| Error::not_found("patient", id))?;
            let form = rebase(original, edited, &form_of(&patient)).map_err(|fields| {
                Error::new(
                    Code::ChangedMeanwhile,
                    words::changed_meanwhile(&fields, language),
                )
            })?;
            check_form(
                &form,
                &transaction.clinic()?,
                &transaction.protocols()?,
                today,
                language,
            )?;
            write_form(&form, &mut patient);
            transaction.put_patient(&patient)?;
            Ok::<_, Error>(())
        })?;
        Ok(Saved::of(id, &done))
    }

    /// Removes a patient who has neither visits nor series, such as one added by mistake.
    pub fn remove_patient(&mut self, id: &PatientId) -> Result<Saved, Error> {
        self.allow(UseCase::RemovePatient)?;
        self.allow_patient(id)?;
        let language = self.language;
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::EditPatient, |transaction| {
            let found = transaction.patient(id)?;
            found.ok_or_else(|| Error::not_found("patient", id))?;
            let visits = all_visits(transaction, id)?;
            if !visits.is_empty() || !transaction.series_of(id)?.is_empty() {
                let text = words::has_history(language);
                return Err(Error::new(Code::HasHistory, text));
            }
            if transaction.lock_box(id)?.is_some() {
                transaction.delete_lock_box(id)?;
            }
            transaction.delete_patient(id)?;
            Ok::<_, Error>(())
        })?;
        Ok(Saved::of(id, &done))
    }
}
