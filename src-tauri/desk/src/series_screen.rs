//! The screen that books a series: from the form to three proposals in words, and to the booking.

mod proposal;
mod provider;
mod starts;
mod words;

use chrono::Weekday;
use ordo_core::model::{AvailabilityWindow, Clinic, Rhythm, SeriesId, Spacing};
use ordo_core::protocol::{Case, Decision, Part};
use ordo_core::said;
use ordo_core::time::TimeOfDay;
use ordo_store::Entity;

use self::proposal::{differences, proposals_view, visits_of};
use self::words::Words;
pub(crate) use self::words::gap_in_short;
use crate::board::{request_id, start_at};
use crate::propose::draft;
use crate::view::board::Change;
use crate::view::patients::{AvailabilityForm, Named};
use crate::view::series::{
    DisciplineChoices, PlacedSession, SeriesAsk, SeriesBooking, SeriesChoices, SeriesConflict,
    SeriesDecision, SeriesOutcome, SeriesProposals,
};
use crate::{Ask, Code, Desk, Error, Host, Pin, Rest, UseCase};

impl<H: Host> Desk<H> {
    /// What the form offers.
    pub fn series_choices(&self) -> Result<SeriesChoices, Error> {
        self.allow(UseCase::SeriesChoices)?;
        let (clinic, protocols) = (self.store.clinic()?, self.store.protocols()?);
        let named = |id: &str, name: &str| Named {
            id: id.to_owned(),
            name: name.to_owned(),
        };
        Ok(SeriesChoices {
            conditions: protocols
                .conditions
                .iter()
                .map(|each| named(&each.id, &each.name))
                .collect(),
            needs: protocols
                .needs
                .iter()
                .map(|each| named(&each.id, &each.name))
                .collect(),
            sensitivities: protocols
                .sensitivities
                .iter()
                .map(|each| named(&each.id, &each.name))
                .collect(),
            disciplines: clinic
                .disciplines
                .iter()
                .map(|discipline| {
                    let services = || {
                        clinic
                            .services
                            .iter()
                            .filter(|each| each.discipline == discipline.id)
                    };
                    DisciplineChoices {
                        id: discipline.id.to_string(),
                        name: discipline.name.clone(),
                        services: services()
                            .map(|service| named(service.id.as_str(), &service.name))
                            .collect(),
                        practitioners: clinic
                            .practitioners
                            .iter()
                            .filter(|each| services().any(|service| each.services.contains(&service.id)))
                            .map(|each| named(each.id.as_str(), &each.name))
                            .collect(),
                    }
                })
                .collect(),
        })
    }

    /// The proposals in words, those of the same visits as one.
    pub fn series_proposals(&self, ask: &SeriesAsk) -> Result<SeriesProposals, Error> {
        self.allow(UseCase::SeriesProposals)?;
        let proposed = self.propose(&ask.patient.as_str().into(), &ask_of(ask)?)?;
        Ok(proposals_view(ask, &proposed, Words(self.language, self.clock)))
    }

    /// Books a proposal if it is still the one that was shown; the same request again books nothing more.
    ///
    /// When the calendar has changed so that the best visits are others now, nothing is booked and the answer says
    /// which they are.
    pub fn book_series(&mut self, booking: &SeriesBooking) -> Result<SeriesOutcome, Error> {
        self.allow(UseCase::BookSeries)?;
        let id = SeriesId::from(request_id(&booking.request)?.as_str());
        let patient = booking.ask.patient.as_str().into();
        let ask = ask_of(&booking.ask)?;
        if self.store.series(&id)?.is_some() {
            let history = self.store.history_of(Entity::Series, id.as_str())?;
            let change = self.changed(history.first())?;
            return Ok(booked(&id, change));
        }
        // Somebody else may be faster between the plan and its check; then it is planned again.
        for _ in 0..ATTEMPTS {
            let proposed = self.propose(&patient, &ask)?;
            let choice = booking.choice as usize;
            let now = proposed.plan.proposals.get(choice);
            let now = now.map_or_else(Vec::new, |proposal| visits_of(&proposed, proposal));
            if now != booking.visits {
                let differences = differences(proposed.calendar.clinic(), &booking.visits, &now);
                return Ok(SeriesOutcome::Changed { differences });
            }
            match self.book_as(&id, &proposed, choice, "") {
                Ok(done) => {
                    let change = self.changed_since(done.entry.saturating_sub(1))?;
                    return Ok(booked(&id, change));
                }
                Err(error) if error.code == Code::NoLongerFits => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::new(
            Code::NoLongerFits,
            Words(self.language, self.clock).changed(),
        ))
    }

    /// What the form asks when the rest of a running series is planned again: what it was booked with.
    pub fn rest_of_series(&self, id: &SeriesId) -> Result<SeriesAsk, Error> {
        self.allow(UseCase::RestOfSeries)?;
        self.allow_series(id)?;
        let (now, language) = (self.now()?, self.language);
        self.store.read(|view| {
            let series = view.series(id)?.ok_or_else(|| Error::not_found("series", id))?;
            let rest = Rest::load(view, id, &series.patient, now, language)?;
            let (clinic, protocols) = (view.clinic()?, view.protocols()?);
            let record = view.patient(&series.patient)?;
            let mut ask = rest_ask(&clinic, &rest);
            if let Some(record) = record {
                let decided = draft(&clinic, &protocols, &record, &ask_of(&ask)?, Some(&rest), now);
                let usual = decided.ok().map(|draft| draft.decision.frequency);
                let booked = rest.frequency();
                ask.frequency = booked.filter(|_| booked != usual).map(Into::into);
            }
            Ok(ask)
        })
    }
}

/// How often a booking plans again before it gives up.
const ATTEMPTS: u32 = 3;

fn booked(id: &SeriesId, change: Change) -> SeriesOutcome {
    SeriesOutcome::Booked {
        series: id.to_string(),
        change,
    }
}

fn rest_ask(clinic: &Clinic, rest: &Rest) -> SeriesAsk {
    let series = &rest.series;
    let is_limited = |rhythm: &&Rhythm| {
        clinic
            .practitioners
            .iter()
            .any(|each| each.services.contains(&rhythm.service) && !rhythm.practitioners.contains(&each.id))
    };
    let text = |id: &dyn std::fmt::Display| id.to_string();
    SeriesAsk {
        patient: series.patient.to_string(),
        series: Some(series.id.to_string()),
        conditions: series.basis.conditions.clone(),
        needs: series.basis.needs.clone(),
        sensitivities: series.basis.sensitivities.clone(),
        first: Some(series.order[0].to_string()),
        only: match &series.rhythms[..] {
            [one] => Some(one.discipline.to_string()),
            _ => None,
        },
        frequency: None,
        weeks: rest.weeks_left(),
        services: series.rhythms.iter().map(|each| text(&each.service)).collect(),
        practitioners: series
            .rhythms
            .iter()
            .filter(is_limited)
            .flat_map(|rhythm| rhythm.practitioners.iter().map(|id| text(id)))
            .collect(),
        availability: None,
        earliest: None,
        tolerance_days: Some(series.tolerance_days),
        max_wait_minutes: match series.spacing {
            Spacing::SameDay { max_wait_minutes } => Some(max_wait_minutes),
            Spacing::SeparateDays { .. } => None,
        },
        within_cover: false,
        pins: Vec::new(),
        left_out: Vec::new(),
    }
}

fn case_of(ask: &SeriesAsk) -> Case {
    Case {
        conditions: ask.conditions.clone(),
        needs: ask.needs.clone(),
        sensitivities: ask.sensitivities.clone(),
        ..Case::default()
    }
}

fn ask_of(ask: &SeriesAsk) -> Result<Ask, Error> {
    let window = |form: &AvailabilityForm| {
        let weekday = Weekday::try_from(form.weekday).ok();
        let from = TimeOfDay::from_minutes(form.from_minute);
        let to = TimeOfDay::from_minutes(form.to_minute);
        match (weekday, from, to) {
            (Some(weekday), Some(from), Some(to)) if from < to => {
                Ok(AvailabilityWindow { weekday, from, to })
            }
            _ => {
                let said = said!(
                    "a window of availability begins before it ends, on one of seven days",
                    "une plage de disponibilité commence avant de finir, un des sept jours"
                );
                Err(Error::said(Code::BadRequest, said))
            }
        }
    };
    let availability = match &ask.availability {
        Some(windows) => Some(windows.iter().map(window).collect::<Result<Vec<_>, _>>()?),
        None => None,
    };
    Ok(Ask {
        case: case_of(ask),
        weeks: Some(ask.weeks),
        first: ask.first.as_deref().map(Into::into),
        frequency: ask.frequency.map(Into::into),
        only: ask.only.as_deref().map(Into::into),
        services: ask.services.iter().map(|id| id.as_str().into()).collect(),
        practitioners: ask.practitioners.iter().map(|id| id.as_str().into()).collect(),
        availability,
        earliest: ask.earliest,
        latest_start: None,
        tolerance_days: ask.tolerance_days,
        max_wait_minutes: ask.max_wait_minutes,
        within_cover: ask.within_cover,
        pins: ask.pins.iter().map(pin_of).collect::<Result<_, _>>()?,
        left_out: ask
            .left_out
            .iter()
            .map(|session| (session.discipline.as_str().into(), session.week))
            .collect(),
        rest_of: ask.series.as_deref().map(Into::into),
    })
}

fn pin_of(placed: &PlacedSession) -> Result<Pin, Error> {
    Ok(Pin {
        discipline: placed.session.discipline.as_str().into(),
        week: placed.session.week,
        start: start_at(placed.date, placed.minute)?,
        practitioner: placed.practitioner.as_str().into(),
    })
}

fn decision_view(decision: &Decision) -> SeriesDecision {
    let about = |part: Part| -> Vec<String> {
        decision
            .reasons
            .iter()
            .filter(|reason| reason.about == part)
            .map(|reason| reason.text.clone())
            .collect()
    };
    SeriesDecision {
        has_order: decision.order.is_some(),
        order: about(Part::Order),
        spacing: about(Part::Spacing),
        frequency: about(Part::Frequency),
        conflicts: decision
            .conflicts
            .iter()
            .map(|conflict| SeriesConflict {
                words: conflict.text.clone(),
                settled: conflict.settled,
            })
            .collect(),
        notes: decision.notes.iter().map(|note| note.text.clone()).collect(),
    }
}
