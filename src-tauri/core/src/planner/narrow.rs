//! The starts of cheapest plans: the free sessions as a chain of starts instead of layers.
//!
//! What comes before times of day in a cost list is the same for all starts of a layer with or without the usual
//! practitioner, so few starts are worth a look at first: those of the cheapest layers. Only where they do not go
//! together are dearer ones let in, step by step, until no way can be missing that is as cheap as the one found.

use super::cost::{Packed, Prices};
use super::crossing;
use super::links::{Link, Stop, choice, links};
use super::search::Payer;
use super::slots::Slots;
use super::starts::{self, Chain, Pays};
use super::weeks::{Choice, Usual, Weeks};

/// The free sessions, each with the starts that a cheapest plan may use.
#[derive(Clone, Debug, Default)]
pub(super) struct Narrowed<const W: usize> {
    pub links: Vec<Link<W>>,
    /// For each link whether a cheapest plan may leave it out.
    may_miss: Vec<bool>,
    /// Whether a second session may lie behind the first one of the next week in a cheapest plan.
    pub may_cross: bool,
    /// What they cost at least.
    cost: Packed,
}

/// A start of a stop, for a chain of starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub stop: usize,
    pub slot: i32,
}

impl<const W: usize> Narrowed<W> {
    /// The least cost of a plan before times of day, and the starts that may be part of one.
    pub fn new(
        weeks: &Weeks<'_, '_, W>,
        usual: &Usual,
        payer: Payer,
        prices: &Prices,
    ) -> Option<(Packed, Self)> {
        let mut all = Self::all(weeks, usual, prices);
        all.cost = all.narrow(weeks, payer, prices)?;
        Some((all.cost, all))
    }

    /// The least cost of a plan before times of day.
    pub fn least(weeks: &Weeks<'_, '_, W>, usual: &Usual, payer: Payer, prices: &Prices) -> Option<Packed> {
        let all = Self::all(weeks, usual, prices);
        Some(all.cheapest(weeks, payer, prices)?.0)
    }

    fn all(weeks: &Weeks<'_, '_, W>, usual: &Usual, prices: &Prices) -> Self {
        let links = links(weeks, usual, prices);
        Self {
            may_miss: vec![true; links.len()],
            links,
            may_cross: true,
            cost: 0,
        }
    }

    /// The least cost; leaves in each link only the starts that may be part of a plan that has it.
    fn narrow(&mut self, weeks: &Weeks<'_, '_, W>, payer: Payer, prices: &Prices) -> Option<Packed> {
        let (cost, chain) = self.cheapest(weeks, payer, prices)?;
        self.may_cross = crossing::cheapest(&chain.chain, cost).is_some();
        let Some(through) = (!self.may_cross).then(|| chain.chain.through()).flatten() else {
            // Ways that cross are not told start by start: all are left that cost little enough by themselves.
            let least = self.least_apart(weeks, payer, prices);
            let slack = cost.saturating_sub(least);
            for (link, may_miss) in self.links.iter_mut().zip(&mut self.may_miss) {
                let base = least_of(link, prices);
                link.stops.retain(|stop| stop.cost.saturating_sub(base) <= slack);
                *may_miss = prices.unplaced - base <= slack;
            }
            return Some(cost);
        };
        for (at, link) in self.links.iter_mut().enumerate() {
            let mut kept = vec![Slots::EMPTY; link.stops.len()];
            for (origin, &cost) in chain.origins[at].iter().zip(&through.starts[at]) {
                if cost == through.least {
                    kept[origin.stop].insert(origin.slot);
                }
            }
            for (stop, kept) in link.stops.iter_mut().zip(kept) {
                stop.starts = kept;
            }
            link.stops.retain(|stop| !stop.starts.is_empty());
            self.may_miss[at] = through.left_out[at] == through.least;
        }
        Some(cost)
    }

    /// The least cost, and a chain that holds every start of a plan that has it.
    fn cheapest(
        &self,
        weeks: &Weeks<'_, '_, W>,
        payer: Payer,
        prices: &Prices,
    ) -> Option<(Packed, StartChain)> {
        let apart = self.least_apart(weeks, payer, prices);
        let mut steps: Vec<Packed> = self
            .links
            .iter()
            .flat_map(|link| {
                let base = least_of(link, prices);
                link.stops.iter().map(move |stop| stop.cost - base.min(stop.cost))
            })
            .collect();
        steps.push(0);
        steps.sort_unstable();
        steps.dedup();
        let mut step = 0;
        loop {
            let slack = steps[step];
            let is_last = step + 1 == steps.len();
            let chain = self.starts(weeks, payer, prices, |link, stop, _| {
                let is_let_in = stop.cost.saturating_sub(least_of(link, prices)) <= slack;
                is_let_in.then_some(stop.cost)
            });
            let limit = if is_last { Packed::MAX } else { apart + slack };
            let found = starts::cheapest(&chain.chain, apart, limit);
            match found {
                Some((cost, _)) if is_last || cost <= limit => return Some((cost, chain)),
                None if is_last => return None,
                _ => {}
            }
            // Nothing dearer than what was found need be let in.
            let enough = found.map_or(steps.len() - 1, |(cost, _)| {
                steps.partition_point(|&step| step <= cost - apart) - 1
            });
            step = (2 * step + 1).min(enough.max(step + 1)).min(steps.len() - 1);
        }
    }

    /// What the sessions cost at least, each by itself.
    fn least_apart(&self, weeks: &Weeks<'_, '_, W>, payer: Payer, prices: &Prices) -> Packed {
        let own: Packed = self.links.iter().map(|link| least_of(link, prices)).sum();
        let Payer::Week(week) = payer else { return own };
        let paying = self.links.iter().filter(|link| link.week == week);
        let delay = paying
            .flat_map(|link| &link.stops)
            .map(|stop| weeks.delay(weeks.candidates.layers[stop.layer].day, prices))
            .min();
        own + delay.unwrap_or(0)
    }

    /// The least minutes that the free sessions of one rhythm lie from a time of day in a cheapest plan.
    pub fn minutes_off(
        &self,
        weeks: &Weeks<'_, '_, W>,
        payer: Payer,
        prices: &Prices,
        rhythm: usize,
        time: i32,
    ) -> i32 {
        let slot_minutes = weeks.candidates.request.slot_minutes();
        let chain = self.starts(weeks, payer, prices, |link, stop, slot| {
            let minutes = if link.rhythm == rhythm {
                (slot * slot_minutes - time).unsigned_abs()
            } else {
                0
            };
            Some(stop.cost + Packed::from(minutes) * prices.minute)
        });
        let found = match self.may_cross {
            true => starts::cheapest(&chain.chain, self.cost, Packed::MAX),
            false => chain.chain.cheapest(),
        };
        found.map_or(0, |(cost, _)| {
            (cost.saturating_sub(self.cost) / prices.minute) as i32
        })
    }

    /// The chain of those starts that `price` tells a cost for.
    fn starts(
        &self,
        weeks: &Weeks<'_, '_, W>,
        payer: Payer,
        prices: &Prices,
        price: impl Fn(&Link<W>, &Stop<W>, i32) -> Option<Packed>,
    ) -> StartChain {
        let pays = match payer {
            Payer::Week(week) => Pays::Week(week),
            Payer::Any | Payer::Settled => Pays::Nobody,
        };
        StartChain::new(weeks, self, (prices, pays), |index, add| {
            let link = &self.links[index];
            for (index, stop) in link.stops.iter().enumerate() {
                for slot in stop.starts.iter() {
                    if let Some(cost) = price(link, stop, slot) {
                        add(At { stop: index, slot }, cost);
                    }
                }
            }
        })
    }

    /// Gathers for each week the choices of its links.
    pub fn choices(&self, weeks: &Weeks<'_, '_, W>, choices: &mut Vec<Choice<W>>, ends: &mut Vec<usize>) {
        let mut at = 0;
        for week in 0..weeks.weeks.len() {
            let here = self.links[at..].iter().take_while(|link| link.week == week);
            let mut each: [Vec<Option<&Stop<W>>>; 2] = [vec![None], vec![None]];
            for link in here {
                let missing = self.may_miss[at].then_some(None);
                each[link.rhythm] = link.stops.iter().map(Some).chain(missing).collect();
                at += 1;
            }
            for &first in &each[0] {
                for &second in &each[1] {
                    choices.extend(choice(weeks, first, second));
                }
            }
            ends.push(choices.len());
        }
    }
}

/// The least that it costs to place a session, or to leave it out where it cannot be placed.
fn least_of<const W: usize>(link: &Link<W>, prices: &Prices) -> Packed {
    let least = link.stops.iter().map(|stop| stop.cost).min();
    least.map_or(prices.unplaced, |least| least.min(prices.unplaced))
}

/// The starts of a chain of links, and where each comes from.
pub(super) struct StartChain {
    pub chain: Chain,
    pub origins: Vec<Vec<At>>,
}

impl StartChain {
    /// The chain of the starts that `tell` adds for each link, each with its cost.
    pub fn new<const W: usize>(
        weeks: &Weeks<'_, '_, W>,
        links: &Narrowed<W>,
        (prices, pays): (&Prices, Pays),
        mut tell: impl FnMut(usize, &mut dyn FnMut(At, Packed)),
    ) -> Self {
        let candidates = weeks.candidates;
        let request = candidates.request;
        let mut chained = Vec::with_capacity(links.links.len());
        let mut origins = Vec::with_capacity(links.links.len());
        let mut starts: Vec<(starts::Start, At)> = Vec::new();
        for (index, link) in links.links.iter().enumerate() {
            let service = candidates.calendar.service(request.rhythms[link.rhythm].service);
            let minutes = service.minutes as i32;
            starts.clear();
            tell(index, &mut |at, cost| {
                let layer = &candidates.layers[link.stops[at.stop].layer];
                let from = layer.base + at.slot * request.slot_minutes();
                let start = starts::Start {
                    day: layer.day,
                    from,
                    to: from + minutes,
                    cost,
                    delay: weeks.delay(layer.day, prices),
                };
                starts.push((start, at));
            });
            if !starts.is_sorted_by_key(|(start, _)| start.from) {
                starts.sort_by_key(|(start, _)| start.from);
            }
            chained.push(starts::Link {
                week: link.week,
                rhythm: link.rhythm,
                starts: starts.iter().map(|&(start, _)| start).collect(),
            });
            origins.push(starts.iter().map(|&(_, at)| at).collect());
        }
        Self {
            chain: Chain {
                links: chained,
                spacing: request.spacing,
                missing: prices.unplaced,
                pays,
            },
            origins,
        }
    }
}
