//! The screen that books a series: from the form to three proposals in words, and to the booking.

mod provider;
mod words;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use ordo_core::model::{AvailabilityWindow, Clinic, SeriesId, UsualSlot};
use ordo_core::planner::{PlannedSession, Proposal};
use ordo_core::protocol::{Case, Decision, Part};
use ordo_core::time::TimeOfDay;
use ordo_core::why::Change as Helping;

use self::words::Words;
use crate::board::request_id;
use crate::view::board::Change;
use crate::view::patients::Named;
use crate::view::series::{
    DisciplineChoices, ProposedVisit, SeriesAsk, SeriesBooking, SeriesChoices, SeriesConflict,
    SeriesDecision, SeriesHelp, SeriesProposal, SeriesProposals, SeriesWeek, UnplacedSession,
};
use crate::{Ask, Code, Desk, Error, Host, Proposed};

impl<H: Host> Desk<H> {
    /// What the form offers.
    pub fn series_choices(&self) -> Result<SeriesChoices, Error> {
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

    /// Three proposals in words.
    pub fn series_proposals(&self, ask: &SeriesAsk) -> Result<SeriesProposals, Error> {
        let proposed = self.propose(&ask.patient.as_str().into(), &ask_of(ask)?)?;
        Ok(self.proposals_view(ask, &proposed))
    }

    /// Books a proposal if it is still the one that was shown; the same request again books nothing more.
    ///
    /// # Errors
    /// [`Code::NoLongerFits`] when the calendar has changed so that the best visits are others now; planning again
    /// shows them.
    pub fn book_series(&mut self, booking: &SeriesBooking) -> Result<Change, Error> {
        let id = SeriesId::from(request_id(&booking.request)?.as_str());
        if self.store.series(&id)?.is_some() {
            return self.changed(None);
        }
        let proposed = self.propose(&booking.ask.patient.as_str().into(), &ask_of(&booking.ask)?)?;
        let choice = booking.choice as usize;
        let shown = proposed
            .plan
            .proposals
            .get(choice)
            .map(|proposal| visits_of(&proposed, proposal));
        if shown.as_deref() != Some(booking.visits.as_str()) {
            return Err(Error::new(Code::NoLongerFits, Words(self.language).changed()));
        }
        let booked = self.book_as(&id, &proposed, choice, "")?;
        self.changed_since(booked.entry.saturating_sub(1))
    }

    fn proposals_view(&self, ask: &SeriesAsk, proposed: &Proposed) -> SeriesProposals {
        let words = Words(self.language);
        let plans = &proposed.plan.proposals;
        let proposals = plans
            .iter()
            .enumerate()
            .map(|(index, proposal)| SeriesProposal {
                aim: words.aim(proposal.strategy).to_owned(),
                same_as: plans[..index]
                    .iter()
                    .position(|earlier| earlier.sessions == proposal.sessions)
                    .map(|earlier| earlier as u32),
                usual: proposal
                    .usual
                    .iter()
                    .map(|usual| words.usual(proposed.calendar.clinic(), usual))
                    .collect(),
                costs: words.costs(&proposal.cost),
                weeks: weeks_of(proposed, proposal, words),
                unplaced: proposed.unplaced[index]
                    .iter()
                    .map(|missing| UnplacedSession {
                        words: words.unplaced(proposed.calendar.clinic(), missing),
                        helps: missing
                            .would_help
                            .iter()
                            .map(|help| SeriesHelp {
                                words: words.help(help),
                                ask: changed_ask(ask, &help.change),
                            })
                            .collect(),
                    })
                    .collect(),
                placed: proposal.sessions.len() as u32,
                visits: visits_of(proposed, proposal),
            })
            .collect();
        SeriesProposals {
            decision: decision_view(&proposed.decision),
            warnings: proposed
                .cover_warnings
                .iter()
                .map(|warning| warning.words(self.language))
                .collect(),
            asked: plans
                .first()
                .map_or(0, |first| (first.sessions.len() + first.unplaced.len()) as u32),
            proposals,
        }
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
    let window = |form: &crate::view::patients::AvailabilityForm| {
        let weekday = Weekday::try_from(form.weekday).ok();
        let from = TimeOfDay::from_minutes(form.from_minute);
        let to = TimeOfDay::from_minutes(form.to_minute);
        match (weekday, from, to) {
            (Some(weekday), Some(from), Some(to)) if from < to => {
                Ok(AvailabilityWindow { weekday, from, to })
            }
            _ => Err(Error::new(
                Code::BadRequest,
                "a window of availability begins before it ends, on one of seven days",
            )),
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
        frequency: None,
        only: None,
        services: ask.services.iter().map(|id| id.as_str().into()).collect(),
        practitioners: ask.practitioners.iter().map(|id| id.as_str().into()).collect(),
        availability,
        earliest: ask.earliest,
        latest_start: None,
        tolerance_days: ask.tolerance_days,
        max_wait_minutes: ask.max_wait_minutes,
        within_cover: ask.within_cover,
    })
}

/// The question with one change; none where the form has no place for it.
fn changed_ask(ask: &SeriesAsk, change: &Helping) -> Option<SeriesAsk> {
    let mut changed = ask.clone();
    match change {
        Helping::Practitioners { to, .. } => {
            let everybody = to.iter().map(ToString::to_string);
            let missing: Vec<_> = everybody.filter(|id| !ask.practitioners.contains(id)).collect();
            changed.practitioners.extend(missing);
        }
        Helping::ToleranceDays { to } => changed.tolerance_days = Some(*to),
        Helping::Availability => changed.availability = Some(Vec::new()),
        Helping::MaxWaitMinutes { to } => changed.max_wait_minutes = Some(*to),
        // A longer gap is a provider's to allow.
        Helping::MaxHours { .. } => return None,
    }
    Some(changed)
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

/// The visits of a proposal as one text: equal texts are equal visits.
fn visits_of(proposed: &Proposed, proposal: &Proposal) -> String {
    let practitioners = &proposed.calendar.clinic().practitioners;
    let lines: Vec<_> = proposal
        .sessions
        .iter()
        .map(|session| {
            format!(
                "{} {} {}",
                session.discipline,
                proposed
                    .calendar
                    .local_start(&session.place)
                    .format("%Y-%m-%dT%H:%M"),
                practitioners[session.place.practitioner].id
            )
        })
        .collect();
    lines.join("; ")
}

fn weeks_of(proposed: &Proposed, proposal: &Proposal, words: Words) -> Vec<SeriesWeek> {
    let clinic = proposed.calendar.clinic();
    let mut weeks: Vec<SeriesWeek> = Vec::new();
    for session in &proposal.sessions {
        let start = proposed.calendar.local_start(&session.place);
        let monday = monday_of(start.date());
        let visit = ProposedVisit {
            discipline: session.discipline.to_string(),
            date: start.date(),
            weekday: start.weekday().num_days_from_monday(),
            minute: TimeOfDay::of(start).minutes().unsigned_abs(),
            practitioner: clinic.practitioners[session.place.practitioner].name.clone(),
            room: session.place.room.map(|room| clinic.rooms[room].name.clone()),
            differs: differs(clinic, proposal, session, start),
        };
        let gap = gap_after(proposal, session).map(|minutes| words.gap(minutes));
        match weeks.last_mut() {
            Some(week) if week.monday == monday => {
                week.visits.push(visit);
                week.gap = week.gap.take().or(gap);
            }
            _ => weeks.push(SeriesWeek {
                monday,
                visits: vec![visit],
                gap,
            }),
        }
    }
    weeks
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    date.checked_sub_signed(TimeDelta::days(i64::from(date.weekday().num_days_from_monday())))
        .unwrap_or(date)
}

fn differs(
    clinic: &Clinic,
    proposal: &Proposal,
    session: &PlannedSession,
    start: chrono::NaiveDateTime,
) -> bool {
    let usual = proposal
        .usual
        .iter()
        .find(|usual| usual.discipline == session.discipline);
    usual.is_some_and(|usual: &UsualSlot| {
        let day = usual
            .date
            .checked_add_signed(TimeDelta::weeks(i64::from(session.week)));
        day != Some(start.date())
            || usual.time != TimeOfDay::of(start)
            || usual.practitioner != clinic.practitioners[session.place.practitioner].id
    })
}

/// The elapsed minutes from a session to its partner after it.
fn gap_after(proposal: &Proposal, session: &PlannedSession) -> Option<i32> {
    let partner = proposal.sessions.iter().find(|other| {
        other.week == session.week
            && other.discipline != session.discipline
            && other.place.treatment.from > session.place.treatment.from
    })?;
    Some(partner.place.treatment.from - session.place.treatment.to)
}
