//! Proposals as the screen draws them: weeks, visits, costs and what differs, in words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::model::{Clinic, DisciplineId, PractitionerId, Spacing, UsualSlot};
use ordo_core::planner::{PlannedSession, Proposal};
use ordo_core::time::TimeOfDay;
use ordo_core::why::Change as Helping;

use super::decision_view;
use super::words::{Costs, Words};
use crate::view::series::{
    PlacedSession, ProposedVisit, SeriesAsk, SeriesEdit, SeriesEditKind, SeriesHelp, SeriesProposal,
    SeriesProposals, SeriesWeek, SessionName, UnplacedSession, UsualWords, VisitDifference, VisitHold,
    VisitSpot,
};
use crate::{Proposed, Rest};

pub(super) fn proposals_view(ask: &SeriesAsk, proposed: &Proposed, words: Words) -> SeriesProposals {
    let plans = &proposed.plan.proposals;
    let mut proposals: Vec<SeriesProposal> = Vec::new();
    for (choice, proposal) in plans.iter().enumerate() {
        let aim = words.aim(proposal.strategy).to_owned();
        let same = proposals.iter_mut().find(|earlier| {
            let earlier = &plans[earlier.choice as usize];
            earlier.sessions == proposal.sessions && earlier.usual == proposal.usual
        });
        match same {
            Some(same) => same.aims.push(aim),
            None => proposals.push(proposal_view(ask, proposed, choice, aim, words)),
        }
    }
    SeriesProposals {
        decision: decision_view(&proposed.decision),
        warnings: proposed
            .cover_warnings
            .iter()
            .map(|warning| warning.words(words.0))
            .collect(),
        asked: plans
            .first()
            .map_or(0, |first| (first.sessions.len() + first.unplaced.len()) as u32),
        edits: edits(ask, proposed, words),
        progress: proposed.rest.as_ref().map(|rest| progress(rest, words)),
        proposals,
    }
}

/// The visits of a proposal that a booking places: equal lists are equal visits.
pub(super) fn visits_of(proposed: &Proposed, proposal: &Proposal) -> Vec<PlacedSession> {
    let practitioners = &proposed.calendar.clinic().practitioners;
    let placed = |session: &PlannedSession| {
        let start = proposed.calendar.local_start(&session.place);
        PlacedSession {
            session: name_of(&session.discipline, session.week),
            date: start.date(),
            minute: minute_of(start),
            practitioner: practitioners[session.place.practitioner].id.to_string(),
        }
    };
    proposal.sessions.iter().map(placed).collect()
}

/// Each visit that lies elsewhere in the second list than in the first, by the earlier of its dates.
pub(super) fn differences(
    clinic: &Clinic,
    before: &[PlacedSession],
    after: &[PlacedSession],
) -> Vec<VisitDifference> {
    let spot = |placed: &PlacedSession| VisitSpot {
        date: placed.date,
        minute: placed.minute,
        practitioner: practitioner_name(clinic, &placed.practitioner.as_str().into()),
    };
    let of = |list: &[PlacedSession], session: &SessionName| {
        list.iter().find(|placed| &placed.session == session).cloned()
    };
    let mut found: Vec<VisitDifference> = Vec::new();
    for placed in before.iter().chain(after) {
        let (was, is) = (of(before, &placed.session), of(after, &placed.session));
        if was == is || found.iter().any(|known| known.session == placed.session) {
            continue;
        }
        found.push(VisitDifference {
            session: placed.session.clone(),
            discipline: discipline_name(clinic, &placed.session.discipline.as_str().into()),
            before: was.as_ref().map(spot),
            after: is.as_ref().map(spot),
        });
    }
    found.sort_by_key(|difference| {
        let spot = difference.before.as_ref().or(difference.after.as_ref());
        spot.map(|spot| (spot.date, spot.minute))
    });
    found
}

fn proposal_view(
    ask: &SeriesAsk,
    proposed: &Proposed,
    choice: usize,
    aim: String,
    words: Words,
) -> SeriesProposal {
    let proposal = &proposed.plan.proposals[choice];
    let clinic = proposed.calendar.clinic();
    let unplaced = proposed.unplaced[choice]
        .iter()
        .map(|missing| UnplacedSession {
            session: name_of(&missing.discipline, missing.week),
            words: words.unplaced(
                clinic,
                missing,
                usual_date(proposal, &missing.discipline, missing.week),
            ),
            helps: missing
                .would_help
                .iter()
                .map(|help| SeriesHelp {
                    words: words.help(help),
                    ask: changed_ask(ask, &help.change),
                })
                .collect(),
        })
        .collect();
    let is_held = |session: &&PlannedSession| {
        let rest = proposed.rest.as_ref();
        rest.is_some_and(|rest| rest.is_held(&session.discipline, session.week))
    };
    let to_come = || proposal.sessions.iter().filter(|session| !is_held(session));
    let visits = visits_of(proposed, proposal);
    SeriesProposal {
        choice: choice as u32,
        aims: vec![aim],
        usual: proposal
            .usual
            .iter()
            .map(|usual| usual_words(proposed, proposal, usual, words))
            .collect(),
        first: to_come()
            .next()
            .map(|session| proposed.calendar.local_start(&session.place).date()),
        costs: words.costs(&costs(proposed, proposal)),
        weeks: weeks_of(proposed, proposal, words),
        unplaced,
        placed: to_come().count() as u32,
        differences: proposed
            .rest
            .as_ref()
            .map_or_else(Vec::new, |rest| moves(clinic, rest, &visits)),
        visits,
    }
}

/// Where visits of a running series that are still to come lie now, and where then.
fn moves(clinic: &Clinic, rest: &Rest, visits: &[PlacedSession]) -> Vec<VisitDifference> {
    let now: Vec<_> = rest
        .ahead
        .iter()
        .map(|planned| PlacedSession {
            session: name_of(&planned.discipline, planned.week),
            date: planned.visit.start.date(),
            minute: minute_of(planned.visit.start),
            practitioner: planned.visit.practitioner.to_string(),
        })
        .collect();
    let is_held = |placed: &&PlacedSession| {
        rest.is_held(&placed.session.discipline.as_str().into(), placed.session.week)
    };
    let then: Vec<_> = visits.iter().filter(|placed| !is_held(placed)).cloned().collect();
    differences(clinic, &now, &then)
}

fn progress(rest: &Rest, words: Words) -> String {
    words.progress(rest.from_week, rest.series.weeks, rest.ahead.len())
}

/// The question with one change; none where only a provider may allow it.
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
        Helping::MaxHours { .. } => return None,
    }
    Some(changed)
}

/// What was changed by hand, in the order of the question.
fn edits(ask: &SeriesAsk, proposed: &Proposed, words: Words) -> Vec<SeriesEdit> {
    let clinic = proposed.calendar.clinic();
    let lost = |pin: &PlacedSession| {
        proposed.lost_pins.iter().find(|lost| {
            lost.pin.discipline.as_str() == pin.session.discipline && lost.pin.week == pin.session.week
        })
    };
    let pinned = ask.pins.iter().map(|pin| {
        let discipline = discipline_name(clinic, &pin.session.discipline.as_str().into());
        let practitioner = practitioner_name(clinic, &pin.practitioner.as_str().into());
        let place = words.place(pin.date, pin.minute, &practitioner);
        let (kind, words) = match lost(pin) {
            None => (SeriesEditKind::Pinned, format!("{discipline}, {place}")),
            Some(lost) => (
                SeriesEditKind::LostPin,
                words.lost_pin(&discipline, &place, &lost.words),
            ),
        };
        SeriesEdit {
            session: pin.session.clone(),
            kind,
            words,
        }
    });
    let left_out = ask.left_out.iter().map(|session| {
        let discipline: DisciplineId = session.discipline.as_str().into();
        let first = proposed.plan.proposals.first();
        let date = first.and_then(|proposal| usual_date(proposal, &discipline, session.week));
        SeriesEdit {
            session: session.clone(),
            kind: SeriesEditKind::LeftOut,
            words: words.session(&discipline_name(clinic, &discipline), session.week, date),
        }
    });
    pinned.chain(left_out).collect()
}

fn usual_words(proposed: &Proposed, proposal: &Proposal, usual: &UsualSlot, words: Words) -> UsualWords {
    let clinic = proposed.calendar.clinic();
    let own = || {
        proposal
            .sessions
            .iter()
            .filter(|session| session.discipline == usual.discipline)
    };
    let differing = own().filter(|session| !Difference::of(proposed, proposal, session).is_none());
    let rhythm = proposed
        .request
        .rhythms
        .iter()
        .find(|rhythm| rhythm.discipline == usual.discipline);
    UsualWords {
        discipline: usual.discipline.to_string(),
        name: words.rhythm(
            &discipline_name(clinic, &usual.discipline),
            rhythm.map_or(1, |rhythm| rhythm.every_weeks),
        ),
        words: words.usual(usual, &practitioner_name(clinic, &usual.practitioner)),
        differ: words.differ(differing.count(), own().count()),
    }
}

/// How a session lies against its usual slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Days after the usual date; negative before it.
    pub days: i64,
    /// Minutes after the usual time; negative before it.
    pub minutes: i32,
    /// Whether somebody else treats.
    pub somebody_else: bool,
}

impl Difference {
    fn of(proposed: &Proposed, proposal: &Proposal, session: &PlannedSession) -> Self {
        let Some(usual) = proposal
            .usual
            .iter()
            .find(|usual| usual.discipline == session.discipline)
        else {
            return Self::default();
        };
        let start = proposed.calendar.local_start(&session.place);
        let date = usual_date(proposal, &session.discipline, session.week).unwrap_or(start.date());
        let practitioner = &proposed.calendar.clinic().practitioners[session.place.practitioner].id;
        Self {
            days: (start.date() - date).num_days(),
            minutes: TimeOfDay::of(start).minutes() - usual.time.minutes(),
            somebody_else: *practitioner != usual.practitioner,
        }
    }

    fn is_none(self) -> bool {
        self == Self::default()
    }
}

fn costs(proposed: &Proposed, proposal: &Proposal) -> Costs {
    let differences: Vec<_> = proposal
        .sessions
        .iter()
        .map(|session| Difference::of(proposed, proposal, session))
        .collect();
    let count = |differs: &dyn Fn(&Difference) -> bool| {
        differences
            .iter()
            .filter(|difference| differs(difference))
            .count()
    };
    let waits: Vec<_> = match proposed.request.spacing {
        Spacing::SameDay { .. } => proposal
            .sessions
            .iter()
            .filter_map(|session| gap_after(proposal, session))
            .filter(|minutes| *minutes > 0)
            .collect(),
        Spacing::SeparateDays { .. } => Vec::new(),
    };
    Costs {
        somebody_else: count(&|difference| difference.somebody_else),
        other_day: count(&|difference| difference.days != 0),
        other_time: count(&|difference| difference.minutes != 0),
        most_minutes: differences
            .iter()
            .map(|difference| difference.minutes.abs())
            .max()
            .unwrap_or(0),
        waits: waits.len(),
        longest_wait: waits.into_iter().max().unwrap_or(0),
        moved: proposal.cost.moved as usize,
    }
}

fn weeks_of(proposed: &Proposed, proposal: &Proposal, words: Words) -> Vec<SeriesWeek> {
    let mut weeks: Vec<SeriesWeek> = Vec::new();
    for session in &proposal.sessions {
        let visit = visit_of(proposed, proposal, session, words);
        let monday = monday_of(visit.date);
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

fn visit_of(
    proposed: &Proposed,
    proposal: &Proposal,
    session: &PlannedSession,
    words: Words,
) -> ProposedVisit {
    let clinic = proposed.calendar.clinic();
    let start = proposed.calendar.local_start(&session.place);
    let practitioner = &clinic.practitioners[session.place.practitioner];
    let rest = proposed.rest.as_ref();
    let minute = minute_of(start);
    ProposedVisit {
        session: name_of(&session.discipline, session.week),
        discipline: discipline_name(clinic, &session.discipline),
        date: start.date(),
        weekday: start.weekday().num_days_from_monday(),
        minute,
        to_minute: minute + session.place.treatment.minutes().unsigned_abs(),
        practitioner: practitioner.id.to_string(),
        practitioner_name: practitioner.name.clone(),
        room: session.place.room.map(|room| clinic.rooms[room].name.clone()),
        differs: words.differs(Difference::of(proposed, proposal, session), &practitioner.name),
        hold: if rest.is_some_and(|rest| rest.is_held(&session.discipline, session.week)) {
            VisitHold::Held
        } else if session.fixed {
            VisitHold::Pinned
        } else {
            VisitHold::Planned
        },
    }
}

fn usual_date(proposal: &Proposal, discipline: &DisciplineId, week: u32) -> Option<NaiveDate> {
    let usual = proposal
        .usual
        .iter()
        .find(|usual| &usual.discipline == discipline)?;
    usual.date.checked_add_signed(TimeDelta::weeks(i64::from(week)))
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

fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = i64::from(date.weekday().num_days_from_monday());
    date.checked_sub_signed(TimeDelta::days(days)).unwrap_or(date)
}

fn minute_of(start: NaiveDateTime) -> u32 {
    TimeOfDay::of(start).minutes().unsigned_abs()
}

fn name_of(discipline: &DisciplineId, week: u32) -> SessionName {
    SessionName {
        discipline: discipline.to_string(),
        week,
    }
}

pub(super) fn discipline_name(clinic: &Clinic, id: &DisciplineId) -> String {
    let known = clinic.disciplines.iter().find(|each| &each.id == id);
    known.map_or_else(|| id.to_string(), |known| known.name.clone())
}

pub(super) fn practitioner_name(clinic: &Clinic, id: &PractitionerId) -> String {
    let known = clinic.practitioners.iter().find(|each| &each.id == id);
    known.map_or_else(|| id.to_string(), |known| known.name.clone())
}
