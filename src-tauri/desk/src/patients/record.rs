//! Everything that is known of a patient.

use chrono::NaiveDate;
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, Clinic, Patient, PatientId, ProviderDecision};
use ordo_core::protocol::{frequency_words, order_words, spacing_words};
use ordo_core::time::YEARS;
use ordo_store::{Filter, Reader, StoreError};

use super::form::form_of;
use super::series_line::series_line;
use crate::view::patients::{CoverUse, DecisionLine, PatientRecord, VisitLine};
use crate::{Desk, Error, Host, UseCase};

/// How many of the most similar patients are named.
const ALIKE: usize = 3;

impl<H: Host> Desk<H> {
    /// A patient's record. That it was looked at is noted in the journal.
    pub fn patient_record(&mut self, id: &PatientId) -> Result<PatientRecord, Error> {
        self.allow(UseCase::PatientRecord)?;
        self.allow_patient(id)?;
        let now = self.now()?;
        let (clinic, patient, visits, series) = self.store.read(|view| {
            let patient = view.patient(id)?;
            let visits = all_visits(view, id)?;
            Ok::<_, StoreError>((view.clinic()?, patient, visits, view.series_of(id)?))
        })?;
        let patient = patient.ok_or_else(|| Error::not_found("patient", id))?;
        self.note_views(vec![id.clone()])?;
        let covers: Result<Vec<_>, Error> = patient
            .covers
            .iter()
            .map(|cover| {
                let used = self.visits_used(&clinic, id, cover)?;
                let left = cover.visits.saturating_sub(used);
                Ok(CoverUse { used, left })
            })
            .collect();
        let form = form_of(&patient);
        let last = visits.last().map(|visit| visit.start.date());
        let kept_until = match last {
            Some(last) => Some(self.kept_until(last, patient.date_of_birth)?),
            None => None,
        };
        let mut alike = self.alike(&form.name, &form.phone, form.date_of_birth, Some(id))?;
        alike.truncate(ALIKE);
        let decisions = decisions(&patient, self.language);
        let calendar = Calendar::new(clinic, vec![patient], visits)?;
        let names = VisitNames(calendar.clinic());
        let (ahead, mut past): (Vec<VisitLine>, Vec<VisitLine>) = calendar
            .appointments()
            .iter()
            .map(|visit| visit_line(&names, visit))
            .partition(|visit| visit.start >= now);
        past.reverse();
        let mut lines: Vec<_> = series
            .iter()
            .map(|series| series_line(&calendar, series, now, self.language))
            .collect();
        lines.sort_by_key(|line| std::cmp::Reverse((line.to, line.from)));
        Ok(PatientRecord {
            id: id.to_string(),
            form,
            covers: covers?,
            decisions,
            removable: ahead.is_empty() && past.is_empty() && lines.is_empty(),
            ahead,
            past,
            series: lines,
            alike,
            outlived: kept_until.is_some_and(|until| until < now.date()),
            kept_until,
        })
    }
}

/// Every visit of a patient, by start.
pub(crate) fn all_visits(view: &Reader, patient: &PatientId) -> Result<Vec<Appointment>, StoreError> {
    let filter = Filter {
        patient: Some(patient.clone()),
        ..Filter::default()
    };
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    view.appointments(day(*YEARS.start(), 1, 1), day(*YEARS.end(), 12, 31), &filter)
}

fn decisions(patient: &Patient, language: Language) -> Vec<DecisionLine> {
    let line = |decision: &ProviderDecision| DecisionLine {
        provider: decision.provider.clone(),
        date: decision.date,
        set: [
            decision.order.as_ref().map(|order| order_words(order, language)),
            decision.spacing.map(|spacing| spacing_words(spacing, language)),
            decision
                .frequency
                .map(|frequency| frequency_words(frequency, language).to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        note: decision.note.clone(),
    };
    patient.provider_decisions.iter().rev().map(line).collect()
}

/// The names that a visit's identifiers stand for.
pub(crate) struct VisitNames<'a>(pub &'a Clinic);

/// A visit in a list.
pub(crate) fn visit_line(names: &VisitNames<'_>, visit: &Appointment) -> VisitLine {
    let VisitNames(clinic) = names;
    let service = clinic.services.iter().find(|service| service.id == visit.service);
    let practitioner = clinic
        .practitioners
        .iter()
        .find(|practitioner| practitioner.id == visit.practitioner);
    let room = visit
        .room
        .as_ref()
        .and_then(|id| clinic.rooms.iter().find(|room| &room.id == id));
    VisitLine {
        id: visit.id.to_string(),
        start: visit.start,
        minutes: visit.minutes,
        service: service.map_or_else(|| visit.service.to_string(), |service| service.name.clone()),
        discipline: service.map_or_else(String::new, |service| service.discipline.to_string()),
        practitioner: practitioner.map_or_else(
            || visit.practitioner.to_string(),
            |practitioner| practitioner.name.clone(),
        ),
        room: room.map(|room| room.name.clone()),
        status: visit.status.into(),
        note: visit.note.clone(),
        cancel_reason: visit.cancel_reason.clone(),
        series: visit.session.as_ref().map(|session| session.series.to_string()),
    }
}
