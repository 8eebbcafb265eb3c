//! A bound that knows rule 10: the free sessions as a chain of links, each with a choice of layers.
//!
//! Two layers are taken to fit when some of their starts do, so every legal plan is a way through the chain and the
//! cheapest way bounds every plan from below. Within windows of seven days no rule reaches further than the
//! three next links: the second session of a week lies at least eight days before or behind the first one of two weeks
//! before and of three weeks later, and no gap is longer than five days.

use super::cost::{Packed, Prices};
use super::pairs::Who;
use super::search::Payer;
use super::slots::Slots;
use super::ways::{self, Chain};
use super::weeks::{Choice, Usual, Weeks};
use crate::rules::between_pairs;

/// A layer, with anybody or with the usual practitioner, in which a session may lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop<const W: usize> {
    pub layer: usize,
    pub starts: Slots<W>,
    pub who: Who,
    pub cost: Packed,
}

/// One free session.
#[derive(Clone, Debug)]
pub(super) struct Link<const W: usize> {
    /// By place in the list of weeks.
    pub week: usize,
    pub rhythm: usize,
    pub stops: Vec<Stop<W>>,
}

/// The free sessions as a chain.
#[derive(Clone, Debug)]
pub(super) struct Links<const W: usize> {
    pub links: Vec<Link<W>>,
    pub chain: Chain,
}

impl<const W: usize> Links<W> {
    /// The chain for what is usual.
    pub fn new(weeks: &Weeks<'_, '_, W>, usual: &Usual, payer: Payer, prices: &Prices) -> Self {
        let links = links(weeks, usual, prices);
        let chain = links
            .iter()
            .enumerate()
            .map(|(at, link)| {
                let stops = link.stops.iter().map(|stop| ways::Stop {
                    cost: stop.cost,
                    delay: weeks.delay(weeks.candidates.layers[stop.layer].day, prices),
                    blocks: std::array::from_fn(|ahead| {
                        links
                            .get(at + 1 + ahead)
                            .map_or(0, |other| blocked(weeks, (link, stop), other))
                    }),
                });
                ways::Link {
                    stops: stops.collect(),
                    ends: weeks.ends(link.week, link.rhythm),
                    pays: payer == Payer::Week(link.week),
                }
            })
            .collect();
        Self {
            links,
            chain: Chain {
                links: chain,
                missing: prices.unplaced,
            },
        }
    }

    /// Gathers for each week the choices that lie on a cheapest way, each with its cost.
    pub fn choices(
        &self,
        weeks: &Weeks<'_, '_, W>,
        least: Packed,
        through: &[Vec<Packed>],
        choices: &mut Vec<Choice<W>>,
        ends: &mut Vec<usize>,
    ) {
        let mut at = 0;
        for week in 0..weeks.weeks.len() {
            let count = self.links[at..]
                .iter()
                .take_while(|link| link.week == week)
                .count();
            let here = &self.links[at..at + count];
            let on_the_way = |link: usize| -> Vec<Option<&Stop<W>>> {
                let stops = &self.links[link].stops;
                (0..=stops.len())
                    .filter(|&stop| through[link][stop] == least)
                    .map(|stop| stops.get(stop))
                    .collect()
            };
            let mut each: [Vec<Option<&Stop<W>>>; 2] = [vec![None], vec![None]];
            for (offset, link) in here.iter().enumerate() {
                each[link.rhythm] = on_the_way(at + offset);
            }
            for &first in &each[0] {
                for &second in &each[1] {
                    choices.extend(choice(weeks, first, second));
                }
            }
            ends.push(choices.len());
            at += count;
        }
    }
}

/// The choice of a week's sessions, each at a stop or left out, if they fit together.
pub(super) fn choice<const W: usize>(
    weeks: &Weeks<'_, '_, W>,
    first: Option<&Stop<W>>,
    second: Option<&Stop<W>>,
) -> Option<Choice<W>> {
    let both = [first, second];
    let mut choice = Choice {
        layers: both.map(|stop| stop.map(|stop| stop.layer)),
        starts: both.map(|stop| stop.map_or(Slots::EMPTY, |stop| stop.starts)),
        who: both.map(|stop| stop.map_or(Who::Anybody, |stop| stop.who)),
        fit: None,
    };
    if let (Some(first), Some(second)) = (first, second) {
        let fit = weeks.pairs.fit(weeks.candidates, [first.layer, second.layer])?;
        choice.starts = weeks
            .pairs
            .among(weeks.candidates, &fit, choice.starts, choice.who);
        choice.fit = Some(fit);
        if choice.starts[0].is_empty() {
            return None;
        }
    }
    Some(choice)
}

/// The stops of a later link that cannot be had together with a stop of an earlier one. A stop past the 64th, which
/// no zone on earth makes, is taken to fit: that keeps the bound a bound.
fn blocked<const W: usize>(
    weeks: &Weeks<'_, '_, W>,
    (link, stop): (&Link<W>, &Stop<W>),
    other: &Link<W>,
) -> u64 {
    if link.rhythm == other.rhythm {
        return 0;
    }
    let fits = |other_stop: &Stop<W>| {
        if link.week == other.week {
            pair_fits(weeks, stop, other_stop)
        } else {
            apart_fits(weeks, (link.rhythm, stop), (other.rhythm, other_stop))
        }
    };
    let stops = other.stops.iter().take(64).enumerate();
    stops
        .filter(|(_, stop)| !fits(stop))
        .fold(0, |mask, (index, _)| mask | 1 << index)
}

/// The free sessions, by week and then in order, each with every layer that the tolerance allows.
pub(super) fn links<const W: usize>(
    weeks: &Weeks<'_, '_, W>,
    usual: &Usual,
    prices: &Prices,
) -> Vec<Link<W>> {
    let mut links = Vec::new();
    for week in 0..weeks.weeks.len() {
        let sessions = weeks.weeks[week].sessions;
        for rhythm in (0..2).filter(|&rhythm| sessions[rhythm].is_some()) {
            links.push(Link {
                week,
                rhythm,
                stops: stops(weeks, week, rhythm, usual, prices),
            });
        }
    }
    links
}

fn stops<const W: usize>(
    weeks: &Weeks<'_, '_, W>,
    week: usize,
    rhythm: usize,
    usual: &Usual,
    prices: &Prices,
) -> Vec<Stop<W>> {
    let candidates = weeks.candidates;
    let mut stops = Vec::new();
    for layer in weeks.window(week, rhythm, usual) {
        let day_cost = weeks.day_cost(week, rhythm, layer, usual, prices);
        let anybody = candidates.anybody(layer);
        let mut add = |starts: Slots<W>, who: Who, cost: Packed| {
            if !starts.is_empty() {
                stops.push(Stop {
                    layer,
                    starts,
                    who,
                    cost: day_cost + cost,
                });
            }
        };
        match usual.practitioners {
            Some(practitioners) => {
                let with = candidates.with(layer, practitioners[rhythm]);
                add(with, Who::Only(practitioners[rhythm]), 0);
                // Where the usual practitioner is free, another one only costs more.
                add(anybody.minus(with), Who::Anybody, prices.change);
            }
            None => add(anybody, Who::Anybody, 0),
        }
    }
    stops
}

fn pair_fits<const W: usize>(weeks: &Weeks<'_, '_, W>, first: &Stop<W>, second: &Stop<W>) -> bool {
    let fit = weeks.pairs.fit(weeks.candidates, [first.layer, second.layer]);
    fit.is_some_and(|fit| {
        fit.least <= fit.most
            && !weeks.pairs.among(
                weeks.candidates,
                &fit,
                [first.starts, second.starts],
                [first.who, second.who],
            )[0]
            .is_empty()
    })
}

/// Whether some start of each keeps rule 10 with the other.
fn apart_fits<const W: usize>(
    weeks: &Weeks<'_, '_, W>,
    (one_rhythm, one): (usize, &Stop<W>),
    (other_rhythm, other): (usize, &Stop<W>),
) -> bool {
    let candidates = weeks.candidates;
    let place = |rhythm: usize, stop: &Stop<W>, slot: Option<i32>| {
        slot.map(|slot| candidates.place(rhythm, stop.layer, slot, 0))
    };
    let apart = |one_slot: Option<i32>, other_slot: Option<i32>| match (
        place(one_rhythm, one, one_slot),
        place(other_rhythm, other, other_slot),
    ) {
        (Some(one), Some(other)) if one_rhythm == 0 => {
            between_pairs::check(&one, &other, candidates.request.spacing).is_none()
        }
        (Some(one), Some(other)) => between_pairs::check(&other, &one, candidates.request.spacing).is_none(),
        _ => false,
    };
    // The farthest apart that the two can lie, in either order.
    apart(one.starts.first(), other.starts.last()) || apart(one.starts.last(), other.starts.first())
}
