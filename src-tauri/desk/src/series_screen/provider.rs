//! What a provider decided for a patient, noted in the record.

use ordo_core::model::{PatientId, ProviderDecision, Spacing};
use ordo_store::Action;

use super::words::Words;
use crate::board::check_note;
use crate::propose::order_from;
use crate::view::board::Change;
use crate::view::series::{ProviderDecisionForm, SpacingForm};
use crate::{Code, Desk, Error, Host, UseCase};

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;

impl<H: Host> Desk<H> {
    /// Notes a provider's decision in the patient's record; from then on it decides, whatever the protocols say.
    ///
    /// # Errors
    /// [`Code::BadRequest`] when nobody or nothing is named, or hours or minutes are out of range.
    pub fn note_provider_decision(
        &mut self,
        patient: &PatientId,
        form: &ProviderDecisionForm,
    ) -> Result<Change, Error> {
        self.allow(UseCase::NoteProviderDecision)?;
        self.allow_patient(patient)?;
        let words = Words(self.language, self.clock);
        let stamp = self.stamp("");
        let provider = form.provider.trim();
        if provider.is_empty() || provider.chars().count() > LONGEST_NAME {
            return Err(Error::new(
                Code::BadRequest,
                words.provider_is_named(LONGEST_NAME),
            ));
        }
        check_note(&form.note, self.language)?;
        if form.first.is_none() && form.spacing.is_none() && form.frequency.is_none() {
            return Err(Error::new(Code::BadRequest, words.decides_nothing()));
        }
        let spacing = form
            .spacing
            .map(|spacing| spacing_of(spacing, words))
            .transpose()?;
        let done = self.store.change(&stamp, Action::EditPatient, |transaction| {
            let found = transaction.patient(patient)?;
            let mut record = found.ok_or_else(|| Error::not_found("patient", patient))?;
            let clinic = transaction.clinic()?;
            let order = match &form.first {
                Some(first) => Some(order_from(&clinic, &first.as_str().into())?),
                None => None,
            };
            record.provider_decisions.push(ProviderDecision {
                provider: provider.to_owned(),
                date: form.date,
                order,
                spacing,
                frequency: form.frequency.map(Into::into),
                note: form.note.trim().to_owned(),
            });
            record.provider_decisions.sort_by_key(|decision| decision.date);
            transaction.put_patient(&record)?;
            Ok::<_, Error>(())
        })?;
        self.changed(done.entry.as_ref())
    }
}

fn spacing_of(form: SpacingForm, words: Words) -> Result<Spacing, Error> {
    let out_of_range = || Error::new(Code::BadRequest, words.spacing_is_out_of_range());
    match form {
        SpacingForm::SameDay { max_wait_minutes } if max_wait_minutes <= 240 => {
            Ok(Spacing::SameDay { max_wait_minutes })
        }
        SpacingForm::SeparateDays { min_hours, max_hours }
            if (12..=120).contains(&min_hours) && (min_hours..=120).contains(&max_hours) =>
        {
            Ok(Spacing::SeparateDays { min_hours, max_hours })
        }
        _ => Err(out_of_range()),
    }
}
