//! Rule 10 between the sessions of different weeks.
//!
//! With separate days the second session of one week may come too close to the first of another. The search bounds
//! that layer by layer ([`super::links`]). When the plan it finds for settled usual slots breaks rule 10 all the
//! same, the node is narrowed to starts that go together ([`super::narrow`]), and the best legal plan for the same
//! usual slots is found here.

use super::cost::Packed;
use super::leaf::Placed;
use super::narrow::{At, Narrowed, StartChain};
use super::search::{Best, Payer, Search};
use super::starts::{self, Pays};
use super::weeks::{Usual, Weeks};
use crate::model::Spacing;
use crate::rules::between_pairs;
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

/// Finds the best legal plan for the usual slots of a plan that breaks rule 10, if it is better than the best so far.
///
/// The links hold the starts of the plans that are cheapest before times of day: no other can be part of the best.
pub(super) fn solve<const W: usize>(
    search: &mut Search<'_, '_, '_, W>,
    links: &Narrowed<W>,
    relaxed: &Best,
    payer: Payer,
    change_price: Packed,
) {
    let usual = Usual {
        days: relaxed.days,
        practitioners: Some(relaxed.practitioners),
    };
    let prices = search.prices;
    let base = search.fixed_cost(&usual)
        + search.fixed_minutes(relaxed.times) * prices.minute
        + search.delay_if_settled(payer);
    let pays = match payer {
        Payer::Any => Pays::Anybody(search.settled_delay),
        Payer::Settled => Pays::Nobody,
        Payer::Week(week) => Pays::Week(week),
    };
    let slot_minutes = search.weeks.candidates.request.slot_minutes();
    let mut starts: Vec<Vec<(At, Packed)>> = Vec::with_capacity(links.links.len());
    let mut apart = 0;
    for link in &links.links {
        let time = relaxed.times[link.rhythm];
        let mut own = Vec::new();
        for (index, stop) in link.stops.iter().enumerate() {
            for slot in stop.starts.iter() {
                let minutes = Packed::from((slot * slot_minutes - time).unsigned_abs()) * prices.minute;
                let place = (link.rhythm, stop.layer, slot, stop.who);
                let giving = search.cheapest_giver(place, relaxed.practitioners, change_price);
                let at = At { stop: index, slot };
                own.extend(giving.map(|(giving, _)| (at, stop.cost + minutes + giving)));
            }
        }
        let least = own.iter().map(|&(_, cost)| cost).min();
        apart += least.map_or(prices.unplaced, |least| least.min(prices.unplaced));
        starts.push(own);
    }
    let limit = match &search.best {
        Some(best) if best.total <= base + apart => return,
        Some(best) => best.total - 1 - base,
        None => Packed::MAX,
    };
    for own in &mut starts {
        let least = own.iter().map(|&(_, cost)| cost).min();
        let least = least.map_or(prices.unplaced, |least| least.min(prices.unplaced));
        own.retain(|&(_, cost)| cost - least.min(cost) <= limit - apart);
    }
    let chain = StartChain::new(search.weeks, links, (&prices, pays), |index, add| {
        starts[index].iter().for_each(|&(at, cost)| add(at, cost));
    });
    let found = match links.may_cross {
        true => starts::cheapest(&chain.chain, apart, limit),
        false => chain.chain.cheapest(),
    };
    let Some((cost, starts)) = found.filter(|(cost, _)| *cost <= limit) else {
        return;
    };
    let mut placed = Vec::with_capacity(starts.len());
    for (index, start) in starts.into_iter().enumerate() {
        let link = &links.links[index];
        let session = search.weeks.weeks[link.week].sessions[link.rhythm];
        let (Some(start), Some(session)) = (start, session) else {
            continue;
        };
        let at = chain.origins[index][start];
        let (layer, who) = (link.stops[at.stop].layer, link.stops[at.stop].who);
        let place = (link.rhythm, layer, at.slot, who);
        let Some((_, practitioner)) = search.cheapest_giver(place, relaxed.practitioners, change_price)
        else {
            continue;
        };
        let slot = at.slot;
        placed.push((
            session,
            Placed {
                layer,
                slot,
                practitioner,
            },
        ));
    }
    search.best = Some(Best {
        total: base + cost,
        placed,
        ..relaxed.clone()
    });
}
