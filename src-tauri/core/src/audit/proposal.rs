//! The independent check of one proposal: every rule, and every cost counted again.

use crate::calendar::{Calendar, Placement};
use crate::model::{DisciplineId, Request, Spacing};
use crate::planner::{Cost, PlannedSession, Proposal, RequestError, ResolvedRequest, resolve};
use crate::rules::{Violation, check_session_pair, check_visit, rhythm};
use crate::time::{Span, day_number, subtract};

/// Something wrong with a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposalFault {
    /// A session breaks a rule.
    Broken {
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
        /// What is broken.
        violation: Violation,
    },
    /// A session of the request is neither placed nor unplaced, or more than once.
    NotOnce {
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
    /// A fixed session does not lie where it is fixed.
    FixedElsewhere {
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
    /// A session is not its service's treatment at one start: another service, another length, or times that do not
    /// belong together.
    Misplaced {
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
    /// A session that needs a room has none.
    NoRoom {
        /// The discipline.
        discipline: DisciplineId,
        /// The week.
        week: u32,
    },
    /// A usual slot names nobody of the request's, or there is not one for each discipline.
    UsualSlot,
    /// The usual dates are not ones that rule 8 allows.
    UsualDates(Violation),
    /// The costs are other than told.
    Cost {
        /// What the sessions cost.
        counted: Cost,
    },
}

/// Everything that is wrong with a proposal; nothing for what the planner makes.
pub fn audit_proposal(
    calendar: &Calendar,
    request: &Request,
    proposal: &Proposal,
) -> Result<Vec<ProposalFault>, RequestError> {
    let resolved = resolve(calendar, request)?;
    let mut faults = Vec::new();
    once_each(calendar, &resolved, proposal, &mut faults);
    let Some(usual) = usual_slots(calendar, &resolved, proposal) else {
        faults.push(ProposalFault::UsualSlot);
        return Ok(faults);
    };
    let second = usual.get(1).map(|usual| usual.day);
    let range = (resolved.earliest, resolved.latest_start);
    let dates = rhythm::check_usual_dates(usual[0].day, second, range, resolved.spacing, resolved.has_pair);
    faults.extend(dates.map(ProposalFault::UsualDates));
    for (index, session) in proposal.sessions.iter().enumerate() {
        session_alone(calendar, &resolved, &usual, session, &mut faults);
        for other in proposal.sessions[index + 1..]
            .iter()
            .filter(|other| !(session.fixed && other.fixed))
        {
            let pair = ((&session.place, session.week), (&other.place, other.week));
            let found = check_session_pair(pair.0, pair.1, resolved.order, resolved.spacing);
            faults.extend(found.into_iter().map(|violation| broken(session, violation)));
        }
    }
    let counted = count(calendar, &resolved, &usual, proposal);
    if counted != proposal.cost {
        faults.push(ProposalFault::Cost { counted });
    }
    Ok(faults)
}

struct Usual {
    practitioner: usize,
    day: i32,
    time: i32,
}

fn broken(session: &PlannedSession, violation: Violation) -> ProposalFault {
    ProposalFault::Broken {
        discipline: session.discipline.clone(),
        week: session.week,
        violation,
    }
}

fn once_each(
    calendar: &Calendar,
    request: &ResolvedRequest,
    proposal: &Proposal,
    faults: &mut Vec<ProposalFault>,
) {
    for asked in &request.sessions {
        let discipline = &calendar.clinic().disciplines[request.rhythms[asked.rhythm].discipline].id;
        let placed: Vec<_> = proposal
            .sessions
            .iter()
            .filter(|session| &session.discipline == discipline && session.week == asked.week)
            .collect();
        let unplaced = proposal
            .unplaced
            .iter()
            .filter(|(other, week)| other == discipline && *week == asked.week);
        if placed.len() + unplaced.count() != 1 {
            faults.push(ProposalFault::NotOnce {
                discipline: discipline.clone(),
                week: asked.week,
            });
        }
        let kept = asked.fixed.is_none_or(|fixed| {
            placed
                .iter()
                .any(|session| session.fixed && session.place == fixed)
        });
        let claimed = placed
            .iter()
            .all(|session| session.fixed == asked.fixed.is_some());
        if !kept || !claimed {
            faults.push(ProposalFault::FixedElsewhere {
                discipline: discipline.clone(),
                week: asked.week,
            });
        }
    }
    if proposal.sessions.len() + proposal.unplaced.len() != request.sessions.len() {
        let stray = proposal
            .sessions
            .last()
            .map(|session| (session.discipline.clone(), session.week));
        if let Some((discipline, week)) = stray {
            faults.push(ProposalFault::NotOnce { discipline, week });
        }
    }
}

fn usual_slots(calendar: &Calendar, request: &ResolvedRequest, proposal: &Proposal) -> Option<Vec<Usual>> {
    if proposal.usual.len() != request.rhythms.len() {
        return None;
    }
    let slots = proposal
        .usual
        .iter()
        .zip(&request.rhythms)
        .map(|(usual, rhythm)| {
            let practitioner = calendar.practitioner_index(&usual.practitioner)?;
            let of_request = rhythm.practitioners.contains(&practitioner);
            let of_discipline = calendar.clinic().disciplines[rhythm.discipline].id == usual.discipline;
            (of_request && of_discipline).then(|| Usual {
                practitioner,
                day: day_number(usual.date),
                time: usual.time.minutes(),
            })
        });
    slots.collect()
}

fn rhythm_of(request: &ResolvedRequest, place: &Placement) -> usize {
    request
        .rhythms
        .iter()
        .position(|rhythm| rhythm.discipline == place.discipline)
        .unwrap_or_default()
}

fn session_alone(
    calendar: &Calendar,
    request: &ResolvedRequest,
    usual: &[Usual],
    session: &PlannedSession,
    faults: &mut Vec<ProposalFault>,
) {
    let rhythm = rhythm_of(request, &session.place);
    let place = &session.place;
    let service = request.rhythms[rhythm].service;
    let start = calendar.local_start(place);
    let whole = calendar.place(service, place.practitioner, place.room, start);
    let discipline = &calendar.clinic().disciplines[place.discipline].id;
    if *place != whole || discipline != &session.discipline {
        faults.push(ProposalFault::Misplaced {
            discipline: session.discipline.clone(),
            week: session.week,
        });
    }
    if session.fixed {
        return;
    }
    let found = check_visit(&request.scope(calendar, rhythm), &session.place);
    faults.extend(found.into_iter().map(|violation| broken(session, violation)));
    let off = rhythm::check(
        &session.place,
        session.week,
        usual[rhythm].day,
        request.tolerance_days,
    );
    faults.extend(off.map(|violation| broken(session, violation)));
    if session.place.room.is_none() && !calendar.service(session.place.service).room_kinds.is_empty() {
        faults.push(ProposalFault::NoRoom {
            discipline: session.discipline.clone(),
            week: session.week,
        });
    }
}

fn count(calendar: &Calendar, request: &ResolvedRequest, usual: &[Usual], proposal: &Proposal) -> Cost {
    let mut cost = Cost {
        unplaced: proposal.unplaced.len() as u32,
        ..Cost::default()
    };
    for session in &proposal.sessions {
        let place = &session.place;
        let rhythm = rhythm_of(request, place);
        let usual = &usual[rhythm];
        let asked = request
            .sessions
            .iter()
            .find(|asked| asked.rhythm == rhythm && asked.week == session.week);
        let current = asked.and_then(|asked| asked.current);
        cost.moved +=
            u32::from(current.is_some_and(|current| current != (place.treatment.from, place.practitioner)));
        cost.changes += u32::from(place.practitioner != usual.practitioner);
        cost.days_off += (place.day - usual.day - 7 * session.week as i32).unsigned_abs();
        cost.minutes_off += (place.time - usual.time).unsigned_abs();
        if !session.fixed {
            cost.orphan += orphan(calendar, request, place);
        }
        if let Spacing::SameDay { .. } = request.spacing {
            let partner = proposal
                .sessions
                .iter()
                .find(|other| other.week == session.week && other.place.discipline != place.discipline);
            // Each pair is met twice; its later session says the wait.
            if let Some(earlier) = partner.filter(|other| other.place.treatment.from < place.treatment.from)
                && earlier.place.day == place.day
            {
                cost.wait += u32::try_from(place.treatment.from - earlier.place.treatment.to).unwrap_or(0);
            }
        }
    }
    let first = proposal.sessions.iter().map(|session| session.place.day).min();
    cost.start_delay = first.map_or(0, |first| first - request.earliest);
    cost
}

/// Minutes that a session makes useless in the free stretch that holds it.
fn orphan(calendar: &Calendar, request: &ResolvedRequest, place: &Placement) -> u32 {
    let mut stretches = Vec::new();
    calendar.working_time(place.practitioner, place.day, &mut stretches);
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return 0;
    };
    let others = request.others();
    let taken = calendar
        .practitioner_occupancy(place.practitioner)
        .meeting(Span::new(first.from, last.to))
        .filter(|taken| others.counts(taken.visit))
        .map(|taken| taken.span);
    let mut free = Vec::new();
    subtract(&stretches, taken, &mut free);
    let offered = calendar.services_offered(place.practitioner).iter();
    let shortest = offered
        .map(|&service| calendar.service(service).minutes as i32)
        .min()
        .unwrap_or(0);
    let Some(stretch) = free.iter().find(|stretch| stretch.contains(place.treatment)) else {
        return 0;
    };
    [place.treatment.from - stretch.from, stretch.to - place.busy_until]
        .into_iter()
        .filter(|&piece| 0 < piece && piece < shortest)
        .sum::<i32>()
        .unsigned_abs()
}
