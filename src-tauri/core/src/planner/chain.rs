//! Rule 10 between the sessions of different weeks.
//!
//! With separate days the second session of one week may come too close to the first of another. The search
//! leaves that out, which can only make plans cheaper, so its bounds stay bounds. When the plan it finds for settled
//! usual slots breaks rule 10, the best legal one for the same usual slots is found here: session by session, in the order of the
//! weeks, over every state that matters for those to come, a state being the placed sessions that may still be
//! too close to a later one.

use super::cost::Packed;
use super::leaf::Placed;
use super::links::Links;
use super::pairs::Who;
use super::search::{Best, Payer, Search};
use super::weeks::{Usual, Weeks};
use crate::calendar::Placement;
use crate::model::Spacing;
use crate::rules::{between_pairs, pair};
use crate::time::{Span, UtcMinute};

/// Whether some session may come too close to one of another week and of the other rhythm, the windows being what the
/// usual dates make them.
pub(super) fn may_cross<const W: usize>(weeks: &Weeks<'_, '_, W>, usual: &Usual) -> bool {
    let bounds = |week: usize, rhythm: usize| {
        let window = weeks.window(week, rhythm, usual);
        let candidates = weeks.candidates;
        let (first, last) = (window.clone().next()?, window.last()?);
        let from = candidates.place(rhythm, first, candidates.anybody(first).first()?, 0);
        let to = candidates.place(rhythm, last, candidates.anybody(last).last()?, 0);
        Some((from, to))
    };
    let Spacing::SeparateDays { min_hours, .. } = weeks.candidates.request.spacing else {
        return false;
    };
    let gap = min_hours as i32 * 60;
    for (at, one) in weeks.weeks.iter().enumerate() {
        for (other_at, other) in weeks.weeks.iter().enumerate().skip(at + 1) {
            if other.week - one.week > 3 {
                break;
            }
            for rhythm in 0..2 {
                let (Some((from, to)), Some((other_from, other_to))) =
                    (bounds(at, rhythm), bounds(other_at, 1 - rhythm))
                else {
                    continue;
                };
                // The two stretches of possible treatments, each widened by the gap, meet or share a date.
                let stretch = Span::new(from.treatment.from - gap, to.treatment.to + gap);
                let other = Span::new(other_from.treatment.from, other_to.treatment.to);
                if stretch.meets(other) || to.day >= other_from.day {
                    return true;
                }
            }
        }
    }
    false
}

/// Whether placed free sessions keep rule 10 among each other.
pub(super) fn is_legal<const W: usize>(weeks: &Weeks<'_, '_, W>, placed: &[(usize, Placed)]) -> bool {
    let request = weeks.candidates.request;
    let place = |&(session, at): &(usize, Placed)| {
        let session = &request.sessions[session];
        (
            weeks.candidates.place(session.rhythm, at.layer, at.slot, 0),
            session,
        )
    };
    placed.iter().enumerate().all(|(index, one)| {
        let (one_place, one) = place(one);
        placed[index + 1..].iter().all(|other| {
            let (other_place, other) = place(other);
            one.rhythm == other.rhythm
                || one.week == other.week
                || match one.rhythm {
                    0 => between_pairs::check(&one_place, &other_place, request.spacing).is_none(),
                    _ => between_pairs::check(&other_place, &one_place, request.spacing).is_none(),
                }
        })
    })
}

/// A start of one session with its own cost.
#[derive(Clone, Copy, Debug)]
struct Start {
    place: Placement,
    cost: Packed,
    placed: Placed,
}

/// One free session with every start it may have.
#[derive(Clone, Debug)]
struct Link {
    session: usize,
    rhythm: usize,
    week: u32,
    starts: Vec<Start>,
    reach: Span,
    missing: Packed,
}

/// The placed sessions that still matter, and the least cost of getting there.
#[derive(Clone, Debug)]
struct State {
    near: Vec<(usize, usize)>,
    paid: bool,
    cost: Packed,
    before: usize,
    start: Option<usize>,
}

/// Finds the best legal plan for the usual slots of a plan that breaks rule 10, if it is better than the best so far.
pub(super) fn solve<const W: usize>(search: &mut Search<'_, '_, '_, W>, relaxed: &Best, payer: Payer) {
    let usual = Usual {
        days: relaxed.days,
        practitioners: Some(relaxed.practitioners),
    };
    let base = search.fixed_cost(&usual) + search.fixed_minutes(relaxed.times) * search.prices.minute;
    let chain = Links::new(search.weeks, &usual, Some(relaxed.times), payer, &search.prices);
    let Some((least, through)) = chain.through() else {
        return;
    };
    let delay = match payer {
        Payer::Settled => search.delay_of_none(true).unwrap_or(0),
        _ => 0,
    };
    let bound = (base + least + delay).max(relaxed.total);
    // First with little more than the bound, then with more and more, because few starts are worth little more.
    let mut slack: Packed = 1 << 12;
    while !search.is_beaten(bound) {
        let limit = bound.saturating_add(slack);
        let limit = search.best.as_ref().map_or(limit, |best| limit.min(best.total));
        let links = links(search, &chain, &through, relaxed, limit - base - delay);
        if let Some(best) = within(search, &links, base, limit, relaxed) {
            search.best = Some(best);
            return;
        }
        if search.is_beaten(limit) || slack > 1 << 124 {
            return;
        }
        slack <<= 6;
    }
}

/// The free sessions with the starts that a way through the chain below a limit can use.
fn links<const W: usize>(
    search: &mut Search<'_, '_, '_, W>,
    chain: &Links<W>,
    through: &[Vec<Packed>],
    relaxed: &Best,
    limit: Packed,
) -> Vec<Link> {
    let candidates = search.weeks.candidates;
    let slot_minutes = candidates.request.slot_minutes();
    let mut links = Vec::with_capacity(chain.links.len());
    for (link, through) in chain.links.iter().zip(through) {
        let rhythm = link.rhythm;
        let practitioners = &candidates.request.rhythms[rhythm].practitioners;
        let time = relaxed.times[rhythm];
        let mut starts = Vec::new();
        for (stop, &through) in link.stops.iter().zip(through) {
            if through >= limit {
                continue;
            }
            let nearest = stop.starts.distance(slot_minutes, time).unwrap_or(0);
            for slot in stop.starts.iter() {
                let farther = (slot * slot_minutes - time).abs() - nearest;
                let more = farther as Packed * search.prices.minute;
                if through.saturating_add(more) >= limit {
                    continue;
                }
                let givers = match stop.who {
                    Who::Only(one) => one..one + 1,
                    Who::Anybody => 0..practitioners.len(),
                };
                let least = givers
                    .filter(|&one| candidates.with(stop.layer, one).contains(slot))
                    .map(|one| (search.orphans.of(candidates, rhythm, stop.layer, slot, one), one))
                    .min();
                let Some((orphan, practitioner)) = least else {
                    continue;
                };
                let more = more + Packed::from(orphan) * search.prices.orphan;
                if through.saturating_add(more) >= limit {
                    continue;
                }
                starts.push(Start {
                    place: candidates.place(rhythm, stop.layer, slot, practitioners[practitioner]),
                    cost: stop.cost + more,
                    placed: Placed {
                        layer: stop.layer,
                        slot,
                        practitioner,
                    },
                });
            }
        }
        let from = |start: &Start| start.place.treatment.from;
        let reach = Span::new(
            starts.iter().map(from).min().unwrap_or(0),
            starts.iter().map(from).max().map_or(0, |last| last + 1),
        );
        starts.sort_by_key(|start| start.cost);
        let week = &search.weeks.weeks[link.week];
        let Some(session) = week.sessions[rhythm] else {
            continue;
        };
        links.push(Link {
            session,
            rhythm,
            week: week.week,
            starts,
            reach,
            missing: search.prices.unplaced,
        });
    }
    links
}

fn within<const W: usize>(
    search: &Search<'_, '_, '_, W>,
    links: &[Link],
    base: Packed,
    limit: Packed,
    relaxed: &Best,
) -> Option<Best> {
    let request = search.weeks.candidates.request;
    let mut rest = vec![0; links.len() + 1];
    for (at, link) in links.iter().enumerate().rev() {
        rest[at] = rest[at + 1]
            + link
                .starts
                .first()
                .map_or(link.missing, |start| start.cost.min(link.missing));
    }
    let unpaid = State {
        near: Vec::new(),
        paid: false,
        cost: base,
        before: 0,
        start: None,
    };
    let paid = search.settled_delay.map(|delay| State {
        paid: true,
        cost: base + delay,
        ..unpaid.clone()
    });
    let mut layers: Vec<Vec<State>> = vec![std::iter::once(unpaid).chain(paid).collect()];
    for (at, link) in links.iter().enumerate() {
        let later = &links[at + 1..];
        let matters = |one: &Link, start: usize| {
            later.iter().any(|other| {
                other.rhythm != one.rhythm
                    && (other.week == one.week
                        || blocked(one, start, other, search).meets(other.reach)
                        || one.starts[start].place.day
                            >= search
                                .weeks
                                .candidates
                                .calendar
                                .clock()
                                .local_day(other.reach.from))
            })
        };
        let mut next: Vec<State> = Vec::new();
        for (before, state) in layers[at].iter().enumerate() {
            let kept: Vec<(usize, usize)> = state
                .near
                .iter()
                .copied()
                .filter(|&(link, start)| matters(&links[link], start))
                .collect();
            next.push(State {
                near: kept.clone(),
                cost: state.cost + link.missing,
                before,
                start: None,
                ..*state
            });
            for (index, start) in link.starts.iter().enumerate() {
                if state.cost + start.cost + rest[at + 1] >= limit {
                    break;
                }
                let fits = state.near.iter().all(|&(other, other_start)| {
                    fit(&links[other], other_start, link, index, request.spacing)
                });
                if !fits {
                    continue;
                }
                let mut near = kept.clone();
                if matters(link, index) {
                    near.push((at, index));
                }
                let reached = State {
                    near,
                    cost: state.cost + start.cost,
                    before,
                    start: Some(index),
                    ..*state
                };
                if !state.paid {
                    next.push(State {
                        paid: true,
                        cost: reached.cost + search.weeks.delay(start.place.day, &search.prices),
                        ..reached.clone()
                    });
                }
                next.push(reached);
            }
        }
        next.retain(|state| state.cost + rest[at + 1] < limit);
        next.sort_by(|one, other| {
            (&one.near, one.paid, one.cost).cmp(&(&other.near, other.paid, other.cost))
        });
        next.dedup_by(|later, kept| later.near == kept.near && later.paid == kept.paid);
        layers.push(next);
    }
    let none = search.weeks.delay_offset as Packed * search.prices.delay;
    let (at, total) = layers[links.len()]
        .iter()
        .enumerate()
        .filter_map(|(at, state)| {
            let nothing = search.settled_delay.is_none() && !state.paid && is_empty(&layers, at);
            (state.paid || nothing).then_some((at, state.cost + if nothing { none } else { 0 }))
        })
        .min_by_key(|&(_, total)| total)?;
    if total >= limit {
        return None;
    }
    let mut placed = Vec::new();
    let mut at = at;
    for index in (0..links.len()).rev() {
        let state = &layers[index + 1][at];
        if let Some(start) = state.start {
            placed.push((links[index].session, links[index].starts[start].placed));
        }
        at = state.before;
    }
    placed.reverse();
    Some(Best {
        total,
        placed,
        ..relaxed.clone()
    })
}

/// Whether nothing is placed on the way to a last state.
fn is_empty(layers: &[Vec<State>], mut at: usize) -> bool {
    for layer in layers[1..].iter().rev() {
        if layer[at].start.is_some() {
            return false;
        }
        at = layer[at].before;
    }
    true
}

fn blocked<const W: usize>(one: &Link, start: usize, other: &Link, search: &Search<'_, '_, '_, W>) -> Span {
    let request = search.weeks.candidates.request;
    let service = search
        .weeks
        .candidates
        .calendar
        .service(request.rhythms[other.rhythm].service);
    let place = &one.starts[start].place;
    // The day of the same date is blocked whole; it is looked at by itself.
    between_pairs::blocked_starts(
        (other.rhythm == 0, UtcMinute::MIN, service.minutes as i32),
        place,
        request.spacing,
    )
}

fn fit(one: &Link, one_start: usize, other: &Link, other_start: usize, spacing: Spacing) -> bool {
    if one.rhythm == other.rhythm {
        return true;
    }
    let (one_place, other_place) = (&one.starts[one_start].place, &other.starts[other_start].place);
    let (first, second) = if one.rhythm == 0 {
        (one_place, other_place)
    } else {
        (other_place, one_place)
    };
    let violation = if one.week == other.week {
        pair::check(first, second, spacing)
    } else {
        between_pairs::check(first, second, spacing)
    };
    violation.is_none()
}
