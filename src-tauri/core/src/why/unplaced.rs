//! Sessions without a place: what each rule removed, and what would help.

use super::SessionRules;
use crate::calendar::{Calendar, Placement};
use crate::model::{DisciplineId, PractitionerId, Request, Spacing};
use crate::planner::{Plan, Proposal, RequestError, ResolvedRequest, plan, resolve};
use crate::rules::{Rule, first_violation};
use crate::time::{TimeOfDay, date_of, day_number};

/// Why a session has no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// The discipline.
    pub discipline: DisciplineId,
    /// The week, from 0.
    pub week: u32,
    /// How many starts each rule removed, by [`Rule::ALL`].
    ///
    /// Looked at are the starts of the clinic's grid on every date that the usual date and the tolerance allow, for
    /// every practitioner of the request. Each counts for the first rule that removes it; rules 9 to 12 are held
    /// against the placed sessions of the proposal.
    pub removed: [u32; 12],
    /// The single changes with which the session would have a place.
    pub would_help: Vec<Help>,
}

/// A change of the request that would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// The change.
    pub change: Change,
    /// How many more sessions of the series would have a place.
    pub places: u32,
}

/// One change of a request. The least gap is never offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Any practitioner who offers the service.
    Practitioners {
        /// The discipline.
        discipline: DisciplineId,
        /// Everybody who offers its service.
        to: Vec<PractitionerId>,
    },
    /// One more day of tolerance.
    ToleranceDays {
        /// Days.
        to: u32,
    },
    /// The patient's availability set aside.
    Availability,
    /// A longer wait between the two treatments of a day.
    MaxWaitMinutes {
        /// Minutes.
        to: u32,
    },
    /// A longer gap between the two treatments of a week.
    MaxHours {
        /// Hours.
        to: u32,
    },
}

impl Unplaced {
    /// The rules that removed starts and how many, in the order of the rules.
    pub fn removed_in_order(&self) -> impl Iterator<Item = (Rule, u32)> + use<> {
        let removed = Rule::ALL.into_iter().zip(self.removed);
        removed.filter(|&(_, count)| count > 0)
    }

    /// The rules that removed starts and how many, most first.
    pub fn removed_by(&self) -> Vec<(Rule, u32)> {
        let mut by: Vec<_> = self.removed_in_order().collect();
        by.sort_by_key(|&(rule, count)| (std::cmp::Reverse(count), rule));
        by
    }
}

/// Explains every session without a place, for each proposal of a plan.
pub fn explain_unplaced(
    calendar: &Calendar,
    request: &Request,
    made: &Plan,
) -> Result<[Vec<Unplaced>; 3], RequestError> {
    if made.proposals.iter().all(|proposal| proposal.unplaced.is_empty()) {
        return Ok(Default::default());
    }
    let resolved = resolve(calendar, request)?;
    let tries = single_changes(calendar, request)?;
    Ok(std::array::from_fn(|index| {
        let proposal = &made.proposals[index];
        let explain = |(discipline, week): &(DisciplineId, u32)| Unplaced {
            discipline: discipline.clone(),
            week: *week,
            removed: removed(calendar, &resolved, proposal, discipline, *week),
            would_help: tries
                .iter()
                .filter_map(|(change, plan)| {
                    helps(change, &plan.proposals[index], proposal, discipline, *week)
                })
                .collect(),
        };
        proposal.unplaced.iter().map(explain).collect()
    }))
}

fn helps(
    change: &Change,
    then: &Proposal,
    now: &Proposal,
    discipline: &DisciplineId,
    week: u32,
) -> Option<Help> {
    let still_unplaced = then
        .unplaced
        .iter()
        .any(|(other, other_week)| other == discipline && *other_week == week);
    let places = (now.unplaced.len() as u32).checked_sub(then.unplaced.len() as u32)?;
    (!still_unplaced && places > 0).then(|| Help {
        change: change.clone(),
        places,
    })
}

/// Every single change that is possible, with the plan that it gives.
fn single_changes(calendar: &Calendar, request: &Request) -> Result<Vec<(Change, Plan)>, RequestError> {
    let mut tries = Vec::new();
    for (index, rhythm) in request.rhythms.iter().enumerate() {
        let offers =
            |practitioner: &&crate::model::Practitioner| practitioner.services.contains(&rhythm.service);
        let to: Vec<_> = calendar
            .clinic()
            .practitioners
            .iter()
            .filter(offers)
            .map(|each| each.id.clone())
            .collect();
        if to.iter().any(|id| !rhythm.practitioners.contains(id)) {
            let mut changed = request.clone();
            changed.rhythms[index].practitioners.clone_from(&to);
            let change = Change::Practitioners {
                discipline: rhythm.discipline.clone(),
                to,
            };
            tries.push((change, plan(calendar, &changed)?));
        }
    }
    if request.tolerance_days < 3 {
        let to = request.tolerance_days + 1;
        let changed = Request {
            tolerance_days: to,
            ..request.clone()
        };
        tries.push((Change::ToleranceDays { to }, plan(calendar, &changed)?));
    }
    if let Some(patient) = calendar.patient_index(&request.patient)
        && calendar
            .patients()
            .get(patient)
            .is_some_and(|patient| !patient.availability.is_empty())
    {
        tries.push((
            Change::Availability,
            plan(&calendar.with_patient_always_available(patient), request)?,
        ));
    }
    match request.spacing {
        Spacing::SameDay { max_wait_minutes } if max_wait_minutes < Spacing::MOST_WAIT_MINUTES => {
            let to = (max_wait_minutes + 30).min(Spacing::MOST_WAIT_MINUTES);
            let changed = Request {
                spacing: Spacing::SameDay { max_wait_minutes: to },
                ..request.clone()
            };
            tries.push((Change::MaxWaitMinutes { to }, plan(calendar, &changed)?));
        }
        Spacing::SeparateDays { min_hours, max_hours } if max_hours < 120 => {
            let to = (max_hours + 24).min(120);
            let changed = Request {
                spacing: Spacing::SeparateDays {
                    min_hours,
                    max_hours: to,
                },
                ..request.clone()
            };
            tries.push((Change::MaxHours { to }, plan(calendar, &changed)?));
        }
        _ => {}
    }
    Ok(tries)
}

fn removed(
    calendar: &Calendar,
    request: &ResolvedRequest,
    proposal: &Proposal,
    discipline: &DisciplineId,
    week: u32,
) -> [u32; 12] {
    let mut removed = [0; 12];
    let Some(rhythm) = calendar.discipline_index(discipline).and_then(|discipline| {
        request
            .rhythms
            .iter()
            .position(|rhythm| rhythm.discipline == discipline)
    }) else {
        return removed;
    };
    let Some(usual) = proposal
        .usual
        .iter()
        .find(|usual| &usual.discipline == discipline)
    else {
        return removed;
    };
    let others: Vec<(Placement, u32)> = proposal
        .sessions
        .iter()
        .map(|session| (session.place, session.week))
        .collect();
    let scope = request.scope(calendar, rhythm);
    let session = SessionRules {
        week,
        order: request.order,
        spacing: request.spacing,
        rhythm: None,
        others: &others,
    };
    let usual_day = day_number(usual.date) + 7 * week as i32;
    let tolerance = request.tolerance_days as i32;
    for &practitioner in &request.rhythms[rhythm].practitioners {
        for day in usual_day - tolerance..=usual_day + tolerance {
            for minute in (0..1440).step_by(request.slot_minutes() as usize) {
                let Some(start) = TimeOfDay::from_minutes(minute).map(|time| time.on(date_of(day))) else {
                    continue;
                };
                if !calendar.clock().exists(start) {
                    continue;
                }
                let place = calendar.place(request.rhythms[rhythm].service, practitioner, None, start);
                let violation =
                    first_violation(&scope, &place).or_else(|| session.first_broken(&scope, &place));
                if let Some(violation) = violation {
                    removed[violation.rule().number() - 1] += 1;
                }
            }
        }
    }
    removed
}
