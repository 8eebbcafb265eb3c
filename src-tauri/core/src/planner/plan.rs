//! Proposals: what the search found, in the calendar's terms.

use super::candidates::Candidates;
use super::cost::Cost;
use super::orphan::{Orphans, orphan_minutes};
use super::search::{Best, Search, wait_between};
use super::weeks::Weeks;
use super::{RequestError, ResolvedRequest, resolve};
use crate::calendar::{Calendar, Placement};
use crate::model::{DisciplineId, Request, Spacing, Strategy, UsualSlot};
use crate::rules::check_session_pair;
use crate::time::{TimeOfDay, date_of};

/// The three proposals for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// One for each strategy, in the order of [`Strategy::ALL`].
    pub proposals: [Proposal; 3],
}

/// The best plan for one strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it minimises.
    pub strategy: Strategy,
    /// What it costs.
    pub cost: Cost,
    /// What its sessions are measured against, for each rhythm in order.
    pub usual: Vec<UsualSlot>,
    /// The placed sessions, by start.
    pub sessions: Vec<PlannedSession>,
    /// The discipline and week of each session without a place, by week.
    pub unplaced: Vec<(DisciplineId, u32)>,
}

/// A session with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSession {
    /// Its discipline.
    pub discipline: DisciplineId,
    /// Its week, from 0.
    pub week: u32,
    /// Where it lies.
    pub place: Placement,
    /// Whether the request fixed it there.
    pub fixed: bool,
}

/// Finds the best plan for each strategy.
pub fn plan(calendar: &Calendar, request: &Request) -> Result<Plan, RequestError> {
    let request = resolve(calendar, request)?;
    Ok(plan_resolved(calendar, &request))
}

/// Finds the best plan for each strategy of a resolved request.
pub fn plan_resolved(calendar: &Calendar, request: &ResolvedRequest) -> Plan {
    // The words that hold the slots of a day: enough for slots of 12 minutes, of 5, of 1.
    match request.slot_minutes() {
        12.. => plan_with::<2>(calendar, request),
        5.. => plan_with::<5>(calendar, request),
        _ => plan_with::<23>(calendar, request),
    }
}

/// How many starts rules 1 to 7 leave to the sessions of a request, each practitioner's counted.
pub fn candidates(calendar: &Calendar, request: &ResolvedRequest) -> u64 {
    match request.slot_minutes() {
        12.. => Candidates::<2>::list(calendar, request).count(),
        5.. => Candidates::<5>::list(calendar, request).count(),
        _ => Candidates::<23>::list(calendar, request).count(),
    }
}

fn plan_with<const W: usize>(calendar: &Calendar, request: &ResolvedRequest) -> Plan {
    let candidates = Candidates::<W>::list(calendar, request);
    let mut weeks = Weeks::new(&candidates);
    let mut orphans = Orphans::new(&candidates);
    let proposals = Strategy::ALL.map(|strategy| {
        let best = Search::run(&mut weeks, &mut orphans, strategy);
        propose(&candidates, strategy, best.as_ref())
    });
    Plan { proposals }
}

fn propose<const W: usize>(
    candidates: &Candidates<'_, W>,
    strategy: Strategy,
    best: Option<&Best>,
) -> Proposal {
    let (calendar, request) = (candidates.calendar, candidates.request);
    let discipline = |rhythm: usize| {
        calendar.clinic().disciplines[request.rhythms[rhythm].discipline]
            .id
            .clone()
    };
    let mut places = match best {
        Some(best) => places_of(candidates, best),
        None => request.sessions.iter().map(|session| session.fixed).collect(),
    };
    choose_rooms(candidates, &mut places);
    let usual: Vec<UsualSlot> = best.map_or_else(Vec::new, |best| {
        (0..request.rhythms.len())
            .map(|rhythm| UsualSlot {
                discipline: discipline(rhythm),
                practitioner: calendar.clinic().practitioners
                    [request.rhythms[rhythm].practitioners[best.practitioners[rhythm]]]
                    .id
                    .clone(),
                date: date_of(best.days[rhythm]),
                time: TimeOfDay::from_minutes(best.times[rhythm].unsigned_abs())
                    .unwrap_or(TimeOfDay::MIDNIGHT),
            })
            .collect()
    });
    let mut sessions = Vec::new();
    let mut unplaced = Vec::new();
    for (session, place) in request.sessions.iter().zip(&places) {
        match place {
            Some(place) => sessions.push(PlannedSession {
                discipline: discipline(session.rhythm),
                week: session.week,
                place: *place,
                fixed: session.fixed.is_some(),
            }),
            None => unplaced.push((discipline(session.rhythm), session.week)),
        }
    }
    sessions.sort_by_key(|session| (session.place.treatment.from, session.week));
    let cost = best.map_or_else(Cost::default, |best| cost_of(candidates, &places, best));
    Proposal {
        strategy,
        cost,
        usual,
        sessions,
        unplaced,
    }
}

/// Where each session of a plan lies, rooms left out.
pub(super) fn places_of<const W: usize>(
    candidates: &Candidates<'_, W>,
    plan: &Best,
) -> Vec<Option<Placement>> {
    let request = candidates.request;
    let mut places: Vec<Option<Placement>> = request.sessions.iter().map(|session| session.fixed).collect();
    for &(session, placed) in &plan.placed {
        let rhythm = request.sessions[session].rhythm;
        let practitioner = request.rhythms[rhythm].practitioners[placed.practitioner];
        places[session] = Some(candidates.place(rhythm, placed.layer, placed.slot, practitioner));
    }
    places
}

/// The cost of a plan, counted from its sessions.
pub(super) fn cost_of<const W: usize>(
    candidates: &Candidates<'_, W>,
    places: &[Option<Placement>],
    best: &Best,
) -> Cost {
    let (calendar, request) = (candidates.calendar, candidates.request);
    let mut cost = Cost::default();
    let mut first_day = None;
    for (session, place) in request.sessions.iter().zip(places) {
        let Some(place) = place else {
            cost.unplaced += 1;
            continue;
        };
        let rhythm = session.rhythm;
        let practitioner = request.rhythms[rhythm].practitioners[best.practitioners[rhythm]];
        cost.moved += u32::from(session.is_moved_to(place.treatment.from, place.practitioner));
        cost.changes += u32::from(place.practitioner != practitioner);
        cost.days_off += (place.day - best.days[rhythm] - 7 * session.week as i32).unsigned_abs();
        cost.minutes_off += (place.time - best.times[rhythm]).unsigned_abs();
        if session.fixed.is_none() {
            cost.orphan += orphan_minutes(calendar, place, &request.others());
        }
        first_day = Some(first_day.map_or(place.day, |first: i32| first.min(place.day)));
    }
    cost.start_delay = first_day.map_or(0, |day| day - request.earliest);
    if matches!(request.spacing, Spacing::SameDay { .. }) {
        for index in 1..places.len() {
            if let (Some(one), Some(two)) = (&places[index - 1], &places[index])
                && request.sessions[index - 1].week == request.sessions[index].week
            {
                cost.wait += wait_between(one, two).unsigned_abs();
            }
        }
    }
    cost
}

/// Gives each free session the first room of the clinic's list that is free and that rule 12 allows.
fn choose_rooms<const W: usize>(candidates: &Candidates<'_, W>, places: &mut [Option<Placement>]) {
    let request = candidates.request;
    let fits = |place: &Placement, week: u32, others: &[Option<Placement>]| {
        others.iter().zip(&request.sessions).all(|(other, session)| {
            other.is_none_or(|other| {
                other.day != place.day
                    || (session.week == week && other.discipline == place.discipline)
                    || check_session_pair(
                        (place, week),
                        (&other, session.week),
                        request.order,
                        request.spacing,
                    )
                    .is_empty()
            })
        })
    };
    for index in 0..places.len() {
        let session = &request.sessions[index];
        let (None, Some(place)) = (session.fixed, places[index]) else {
            continue;
        };
        let partner = (index + 1..places.len()).find(|&other| {
            request.sessions[other].fixed.is_none()
                && places[other].is_some_and(|other| other.day == place.day)
        });
        let in_room = |room| Placement { room, ..place };
        let leaves_a_room = |room: Option<usize>| {
            let Some((other, other_place)) = partner.and_then(|other| Some((other, places[other]?))) else {
                return true;
            };
            candidates.rooms_at(&other_place).any(|other_room| {
                let other_place = Placement {
                    room: other_room,
                    ..other_place
                };
                let week = request.sessions[other].week;
                check_session_pair(
                    (&in_room(room), session.week),
                    (&other_place, week),
                    request.order,
                    request.spacing,
                )
                .is_empty()
            })
        };
        let room = candidates
            .rooms_at(&place)
            .find(|&room| fits(&in_room(room), session.week, places) && leaves_a_room(room));
        if let Some(room) = room {
            places[index] = Some(in_room(room));
        }
    }
}
