//! Protocols: reading any version, what a change would affect, and writing the next version.

use chrono::{NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::model::{DisciplineId, Patient, Series, Spacing};
use ordo_core::protocol::{
    Case, Condition, Need, Note, Protocols, Sensitivity, decide, order_words, spacing_words,
};
use ordo_core::validate::Fault;
use ordo_store::{Action, Entity};

use super::words;
use crate::view::board::Saved;
use crate::view::patients::Named;
use crate::view::protocols::{
    ConditionForm, NeedForm, NoteForm, ProtocolEffect, ProtocolsForm, ProtocolsView, SensitivityForm,
    VersionLine,
};
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// A version of the protocols, the one in force when none is named, with what is known of all versions.
    pub fn protocols_view(&self, version: Option<u32>) -> Result<ProtocolsView, Error> {
        self.allow(UseCase::Protocols)?;
        self.store.read(|view| {
            let newest = view.protocols()?;
            let series = view.all_series()?;
            let mut versions = Vec::new();
            for number in (1..=newest.version).rev() {
                if number != newest.version && view.protocols_version(number)?.is_none() {
                    continue;
                }
                let written = view.first_written(Entity::Protocols, &number.to_string())?;
                let (at, by) = written.map_or((None, String::new()), |(at, by)| {
                    (Some(at), crate::journal::Words(self.language).person(&by))
                });
                let booked = series
                    .iter()
                    .filter(|series| series.basis.protocol_version == number);
                versions.push(VersionLine {
                    version: number,
                    at,
                    by,
                    series: booked.count() as u32,
                });
            }
            let shown = match version.filter(|&version| version != newest.version) {
                Some(version) => view
                    .protocols_version(version)?
                    .ok_or_else(|| Error::not_found("version of the protocols", version))?,
                None => newest,
            };
            let disciplines = view.clinic()?.disciplines;
            Ok(ProtocolsView {
                version: shown.version,
                form: form_of(&shown),
                versions,
                disciplines: disciplines
                    .into_iter()
                    .map(|discipline| Named {
                        id: discipline.id.to_string(),
                        name: discipline.name,
                    })
                    .collect(),
            })
        })
    }

    /// The running series that would be decided otherwise if the protocols were changed; they stay as they are booked.
    pub fn protocols_impact(&self, form: &ProtocolsForm) -> Result<Vec<ProtocolEffect>, Error> {
        self.allow(UseCase::ProtocolsImpact)?;
        let sight = self.sight()?;
        let today = self.now()?.date();
        let language = self.language;
        self.store.read(|view| {
            let current = view.protocols()?;
            let edited = self.protocols_of(form, current.version + 1, &disciplines(&view.clinic()?))?;
            let mut effects = Vec::new();
            for series in view.all_series()? {
                let Some(to) = last_date(&series).filter(|&to| to >= today) else {
                    continue;
                };
                let Some(patient) = view.patient(&series.patient)? else {
                    continue;
                };
                let changes = changes(&current, &edited, &series, &patient, language);
                if !changes.is_empty() {
                    effects.push(ProtocolEffect {
                        series: series.id.to_string(),
                        patient: patient.id.to_string(),
                        patient_name: sight.name_of(&patient.id, patient.name),
                        to,
                        changes,
                    });
                }
            }
            Ok(effects)
        })
    }

    /// Writes the next version of the protocols, given the version that the editing began with. Series that are booked
    /// keep the version that they were booked under.
    pub fn save_protocols(&mut self, began_with: u32, form: &ProtocolsForm) -> Result<Saved, Error> {
        self.allow(UseCase::SaveProtocols)?;
        let language = self.language;
        let clinic = self.store.clinic()?;
        let next = self.protocols_of(form, began_with + 1, &disciplines(&clinic))?;
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::EditProtocols, |transaction| {
            let current = transaction.protocols()?;
            if current.version != began_with {
                return Err(Error::new(
                    Code::ChangedMeanwhile,
                    words::changed_meanwhile(language),
                ));
            }
            let unchanged = Protocols {
                version: current.version,
                ..next.clone()
            };
            if unchanged == current {
                return Err(Error::new(Code::BadRequest, words::nothing_to_save(language)));
            }
            transaction.insert_protocols(&next)?;
            Ok::<_, Error>(())
        })?;
        Ok(Saved::of(next.version, &done))
    }

    fn protocols_of(
        &self,
        form: &ProtocolsForm,
        version: u32,
        disciplines: &[DisciplineId],
    ) -> Result<Protocols, Error> {
        let [one, two, ..] = disciplines else {
            return Err(Error::new(
                Code::BadRequest,
                words::needs_two_disciplines(self.language),
            ));
        };
        let order = |first: &str| {
            let other = if first == one.as_str() { two } else { one };
            [first.into(), other.clone()]
        };
        let id = |id: &str| {
            if id.is_empty() {
                self.host.new_id()
            } else {
                id.to_owned()
            }
        };
        let trimmed = |text: &str| text.trim().to_owned();
        let protocols = Protocols {
            version,
            conditions: form
                .conditions
                .iter()
                .map(|condition| Condition {
                    id: id(&condition.id),
                    name: trimmed(&condition.name),
                    order: order(&condition.first),
                    reason: trimmed(&condition.reason),
                    notes: condition
                        .notes
                        .iter()
                        .map(|note| Note {
                            discipline: note.discipline.as_str().into(),
                            text: trimmed(&note.text),
                        })
                        .collect(),
                    optional: condition.optional.iter().map(|id| id.as_str().into()).collect(),
                })
                .collect(),
            needs: form
                .needs
                .iter()
                .map(|need| Need {
                    id: id(&need.id),
                    name: trimmed(&need.name),
                    order: order(&need.first),
                })
                .collect(),
            sensitivities: form
                .sensitivities
                .iter()
                .map(|sensitivity| Sensitivity {
                    id: id(&sensitivity.id),
                    name: trimmed(&sensitivity.name),
                })
                .collect(),
            separate_days: Spacing::SeparateDays {
                min_hours: form.min_hours,
                max_hours: form.max_hours,
            },
            same_day: Spacing::SameDay {
                max_wait_minutes: form.max_wait_minutes,
            },
            tolerance_days: form.tolerance_days,
            frequency: form.frequency.into(),
        };
        match protocols.faults(disciplines).into_iter().next() {
            None => Ok(protocols),
            Some(fault) => {
                let fault = Fault {
                    path: fault.path,
                    text: fault.text,
                };
                Err(Error::new(Code::BadRequest, words::fault(&fault, self.language)))
            }
        }
    }
}

fn disciplines(clinic: &ordo_core::model::Clinic) -> Vec<DisciplineId> {
    clinic
        .disciplines
        .iter()
        .map(|discipline| discipline.id.clone())
        .collect()
}

fn last_date(series: &Series) -> Option<NaiveDate> {
    let first = series.usual.iter().map(|usual| usual.date).max()?;
    first.checked_add_signed(TimeDelta::weeks(i64::from(series.weeks.saturating_sub(1))))
}

/// What would be decided otherwise for a series, by the case that it was decided from.
fn changes(
    current: &Protocols,
    edited: &Protocols,
    series: &Series,
    patient: &Patient,
    language: Language,
) -> Vec<String> {
    let case = Case {
        conditions: series.basis.conditions.clone(),
        needs: series.basis.needs.clone(),
        sensitivities: series.basis.sensitivities.clone(),
        provider_decisions: patient.provider_decisions.clone(),
        chosen_order: Some(series.order.clone()),
        chosen_frequency: None,
        language,
    };
    let Ok(before) = decide(current, &case) else {
        return Vec::new();
    };
    let after = match decide(edited, &case) {
        Ok(after) => after,
        Err(_) => return gone(edited, &case, language),
    };
    let mut changes = Vec::new();
    let mut differs = |now: String, was: String| {
        if now != was {
            changes.push(words::instead(&now, &was, language));
        }
    };
    let order = |order: &Option<[DisciplineId; 2]>| {
        order
            .as_ref()
            .map_or_else(String::new, |order| order_words(order, language))
    };
    if series.rhythms.len() == 2 {
        differs(order(&after.order), order(&before.order));
        differs(
            spacing_words(after.spacing, language),
            spacing_words(before.spacing, language),
        );
    }
    changes
}

fn gone(edited: &Protocols, case: &Case, language: Language) -> Vec<String> {
    let has = |id: &String| {
        edited.conditions.iter().any(|known| &known.id == id)
            || edited.needs.iter().any(|known| &known.id == id)
            || edited.sensitivities.iter().any(|known| &known.id == id)
    };
    let named = case
        .conditions
        .iter()
        .chain(&case.needs)
        .chain(&case.sensitivities);
    named
        .filter(|id| !has(id))
        .map(|id| words::no_longer_known(id, language))
        .collect()
}

fn form_of(protocols: &Protocols) -> ProtocolsForm {
    let (min_hours, max_hours) = match protocols.separate_days {
        Spacing::SeparateDays { min_hours, max_hours } => (min_hours, max_hours),
        Spacing::SameDay { .. } => (24, 48),
    };
    let max_wait_minutes = match protocols.same_day {
        Spacing::SameDay { max_wait_minutes } => max_wait_minutes,
        Spacing::SeparateDays { .. } => 60,
    };
    ProtocolsForm {
        conditions: protocols
            .conditions
            .iter()
            .map(|condition| ConditionForm {
                id: condition.id.clone(),
                name: condition.name.clone(),
                first: condition.order[0].to_string(),
                reason: condition.reason.clone(),
                notes: condition
                    .notes
                    .iter()
                    .map(|note| NoteForm {
                        discipline: note.discipline.to_string(),
                        text: note.text.clone(),
                    })
                    .collect(),
                optional: condition.optional.iter().map(ToString::to_string).collect(),
            })
            .collect(),
        needs: protocols
            .needs
            .iter()
            .map(|need| NeedForm {
                id: need.id.clone(),
                name: need.name.clone(),
                first: need.order[0].to_string(),
            })
            .collect(),
        sensitivities: protocols
            .sensitivities
            .iter()
            .map(|sensitivity| SensitivityForm {
                id: sensitivity.id.clone(),
                name: sensitivity.name.clone(),
            })
            .collect(),
        min_hours,
        max_hours,
        max_wait_minutes,
        tolerance_days: protocols.tolerance_days,
        frequency: protocols.frequency.into(),
    }
}
