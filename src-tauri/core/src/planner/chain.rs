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
use super::ways::{self, Chain};
use super::weeks::{Usual, Weeks};
use crate::calendar::Placement;
use crate::model::Spacing;
use crate::rules::{between_pairs, pair};
use crate::time::Span;

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

/// One free session with the starts that it may have.
#[derive(Clone, Debug)]
struct Link {
    session: usize,
    week: usize,
    rhythm: usize,
    starts: Vec<Start>,
}

/// Finds the best legal plan for the usual slots of a plan that breaks rule 10, if it is better than the best so far.
pub(super) fn solve<const W: usize>(search: &mut Search<'_, '_, '_, W>, relaxed: &Best, payer: Payer) {
    let usual = Usual {
        days: relaxed.days,
        practitioners: Some(relaxed.practitioners),
    };
    let base = search.fixed_cost(&usual) + search.fixed_minutes(relaxed.times) * search.prices.minute;
    let chain = Links::new(search.weeks, &usual, Some(relaxed.times), payer, &search.prices);
    let Some((least, through)) = chain.chain.through() else {
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
        let most = links.iter().map(|link| link.starts.len()).max().unwrap_or(0);
        let found = match most {
            0..=64 => cheapest::<1, W>(search, &links, payer),
            65..=256 => cheapest::<4, W>(search, &links, payer),
            _ => cheapest::<32, W>(search, &links, payer),
        };
        if let Some((cost, placed)) = found
            && base + delay + cost < limit
        {
            search.best = Some(Best {
                total: base + delay + cost,
                placed,
                ..relaxed.clone()
            });
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
        let Some(session) = search.weeks.weeks[link.week].sessions[rhythm] else {
            continue;
        };
        links.push(Link {
            session,
            week: link.week,
            rhythm,
            starts,
        });
    }
    links
}

/// The cheapest way to place the sessions at some of their starts: what it costs, and where they lie.
fn cheapest<const M: usize, const W: usize>(
    search: &Search<'_, '_, '_, W>,
    links: &[Link],
    payer: Payer,
) -> Option<(Packed, Vec<(usize, Placed)>)> {
    let weeks = &search.weeks;
    let prices = &search.prices;
    let stop = |at: usize, start: &Start| ways::Stop {
        cost: start.cost,
        delay: weeks.delay(start.place.day, prices),
        blocks: std::array::from_fn(|ahead| {
            let mut mask = [0; M];
            let Some(other) = links.get(at + 1 + ahead) else {
                return mask;
            };
            for (index, other_start) in other.starts.iter().enumerate() {
                if !fit(
                    &links[at],
                    start,
                    other,
                    other_start,
                    weeks.candidates.request.spacing,
                ) {
                    mask[index / 64] |= 1 << (index % 64);
                }
            }
            mask
        }),
    };
    let chain = Chain {
        links: links
            .iter()
            .enumerate()
            .map(|(at, link)| ways::Link {
                stops: link.starts.iter().map(|start| stop(at, start)).collect(),
                ends: weeks.ends(link.week, link.rhythm),
                pays: payer == Payer::Week(link.week),
            })
            .collect(),
        missing: prices.unplaced,
        any_pays: (payer == Payer::Any).then_some(search.settled_delay),
    };
    let (cost, stops) = chain.cheapest()?;
    let placed = links
        .iter()
        .zip(stops)
        .filter_map(|(link, stop)| Some((link.session, link.starts[stop?].placed)))
        .collect();
    Some((cost, placed))
}

fn fit(one: &Link, one_start: &Start, other: &Link, other_start: &Start, spacing: Spacing) -> bool {
    if one.rhythm == other.rhythm {
        return true;
    }
    let (one_place, other_place) = (&one_start.place, &other_start.place);
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
