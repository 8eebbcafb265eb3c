//! A bound that knows rule 10: the free sessions as a chain of links, each with a choice of layers.
//!
//! Two layers are taken to fit when some of their starts do, so every legal plan is a way through the chain and the
//! cheapest way bounds every plan from below. What a way so far means for the links to come is which of their
//! stops it blocks; ways that block the same are one state, and a dearer state that blocks at least as much is
//! dropped. Windows of seven days reach no further than the three next links: the sessions of two weeks later are
//! at least eight days away from a first session, and of three weeks later ten days from a second.

use super::cost::{Packed, Prices};
use super::pairs::Who;
use super::search::Payer;
use super::slots::Slots;
use super::weeks::{Choice, Usual, Weeks};
use crate::rules::between_pairs;

/// How many links after one may be blocked by it.
const AHEAD: usize = 3;

/// A layer, with anybody or with the usual practitioner, in which a session may lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop<const W: usize> {
    pub layer: usize,
    pub starts: Slots<W>,
    pub who: Who,
    pub cost: Packed,
    /// For each of the next links, which of its stops cannot be had together with this one. Stops past the 64th,
    /// which no zone on earth makes, are taken to fit: that keeps the bound a bound.
    blocks: [u64; AHEAD],
}

/// One free session.
#[derive(Clone, Debug)]
pub(super) struct Link<const W: usize> {
    /// By place in the list of weeks.
    pub week: usize,
    pub rhythm: usize,
    pub stops: Vec<Stop<W>>,
    /// Whether it is the first, and the last, of its week.
    ends: [bool; 2],
}

/// Where a way through the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    blocked: [u64; AHEAD],
    /// Whether the week that pays for the start delay still has to.
    owes: bool,
    cost: Packed,
}

/// A step from one state to another.
#[derive(Clone, Copy, Debug)]
struct Step {
    from: usize,
    stop: Option<usize>,
    to: usize,
    cost: Packed,
}

/// The free sessions as a chain.
#[derive(Clone, Debug)]
pub(super) struct Links<const W: usize> {
    pub links: Vec<Link<W>>,
    missing: Packed,
    /// The step costs of the payer's start delay for each stop, if a week pays for it.
    payer: Option<(usize, Vec<Vec<Packed>>)>,
}

impl<const W: usize> Links<W> {
    /// The chain for what is usual; with times of day, their distances count too.
    pub fn new(
        weeks: &Weeks<'_, '_, W>,
        usual: &Usual,
        times: Option<[i32; 2]>,
        payer: Payer,
        prices: &Prices,
    ) -> Self {
        let mut links = Vec::new();
        for week in 0..weeks.weeks.len() {
            let sessions = weeks.weeks[week].sessions;
            for rhythm in (0..2).filter(|&rhythm| sessions[rhythm].is_some()) {
                links.push(Link {
                    week,
                    rhythm,
                    stops: stops(weeks, week, rhythm, usual, times, prices),
                    ends: [
                        rhythm == 0 || sessions[0].is_none(),
                        rhythm == 1 || sessions[1].is_none(),
                    ],
                });
            }
        }
        for at in 0..links.len() {
            for ahead in 0..AHEAD.min(links.len() - at - 1) {
                let (before, after) = links.split_at_mut(at + 1 + ahead);
                let (one, other) = (&mut before[at], &after[0]);
                if one.rhythm == other.rhythm {
                    continue;
                }
                for stop in &mut one.stops {
                    for (index, other_stop) in other.stops.iter().enumerate() {
                        let fit = if one.week == other.week {
                            pair_fits(weeks, stop, other_stop)
                        } else {
                            apart_fits(weeks, (one.rhythm, stop), (other.rhythm, other_stop))
                        };
                        if !fit && index < 64 {
                            stop.blocks[ahead] |= 1 << index;
                        }
                    }
                }
            }
        }
        let payer = match payer {
            Payer::Week(week) => {
                let delays = |link: &Link<W>| -> Vec<Packed> {
                    let day = |stop: &Stop<W>| weeks.candidates.layers[stop.layer].day;
                    link.stops
                        .iter()
                        .map(|stop| weeks.delay(day(stop), prices))
                        .collect()
                };
                let first = links.iter().position(|link| link.week == week).unwrap_or(0);
                let of_week = links
                    .iter()
                    .filter(|link| link.week == week)
                    .map(delays)
                    .collect();
                Some((first, of_week))
            }
            _ => None,
        };
        Self {
            links,
            missing: prices.unplaced,
            payer,
        }
    }

    /// The cost of the cheapest way.
    pub fn least(&self) -> Option<Packed> {
        self.walk(&mut Vec::new())
            .into_iter()
            .map(|state| state.cost)
            .min()
    }

    /// The cost of the cheapest way, and for each link and stop that of the cheapest way through it; the last entry
    /// of a link is the cheapest way past it.
    pub fn through(&self) -> Option<(Packed, Vec<Vec<Packed>>)> {
        let mut steps = Vec::new();
        let last = self.walk(&mut steps);
        let least = last.iter().map(|state| state.cost).min()?;
        let mut through: Vec<Vec<Packed>> = self
            .links
            .iter()
            .map(|link| vec![Packed::MAX; link.stops.len() + 1])
            .collect();
        let mut onward = vec![0; last.len()];
        for (link, (steps, froms)) in steps.iter().enumerate().rev() {
            let mut back = vec![Packed::MAX; froms.len()];
            for step in steps {
                if onward[step.to] == Packed::MAX {
                    continue;
                }
                let rest = step.cost + onward[step.to];
                back[step.from] = back[step.from].min(rest);
                let whole = froms[step.from].saturating_add(rest);
                let entry = &mut through[link][step.stop.unwrap_or(self.links[link].stops.len())];
                *entry = (*entry).min(whole);
            }
            onward = back;
        }
        Some((least, through))
    }

    /// Walks the chain; `steps` gets the steps of each link and the costs of the states before it.
    fn walk(&self, steps: &mut Vec<(Vec<Step>, Vec<Packed>)>) -> Vec<State> {
        let mut states = vec![State {
            blocked: [0; AHEAD],
            owes: false,
            cost: 0,
        }];
        for (at, link) in self.links.iter().enumerate() {
            let delays = self
                .payer
                .as_ref()
                .and_then(|(first, delays)| delays.get(at.wrapping_sub(*first)));
            let mut reached: Vec<(State, Step)> = Vec::new();
            for (from, state) in states.iter().enumerate() {
                let pays = delays.is_some() && (link.ends[0] || state.owes);
                let mut go = |blocks: [u64; AHEAD], stop: Option<usize>, owes: bool, cost: Packed| {
                    let blocked = [
                        state.blocked[1] | blocks[0],
                        state.blocked[2] | blocks[1],
                        blocks[2],
                    ];
                    let step = Step {
                        from,
                        stop,
                        to: 0,
                        cost,
                    };
                    let cost = state.cost + cost;
                    reached.push((State { blocked, owes, cost }, step));
                };
                if !(pays && link.ends[1]) {
                    go([0; AHEAD], None, pays, self.missing);
                }
                for (index, stop) in link.stops.iter().enumerate() {
                    if index >= 64 || state.blocked[0] >> index & 1 == 0 {
                        let delay = delays.filter(|_| pays).map_or(0, |delays| delays[index]);
                        go(stop.blocks, Some(index), false, stop.cost + delay);
                    }
                }
            }
            let froms = states.iter().map(|state| state.cost).collect();
            let (kept, taken) = merge(reached);
            states = kept;
            steps.push((taken, froms));
        }
        states
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
                    let both = [first, second];
                    let mut choice = Choice {
                        layers: both.map(|stop| stop.map(|stop| stop.layer)),
                        starts: both.map(|stop| stop.map_or(Slots::EMPTY, |stop| stop.starts)),
                        who: both.map(|stop| stop.map_or(Who::Anybody, |stop| stop.who)),
                        fit: None,
                        cost: both.iter().flatten().map(|stop| stop.cost).sum::<Packed>()
                            + (count - both.iter().flatten().count()) as Packed * self.missing,
                    };
                    if let (Some(first), Some(second)) = (first, second) {
                        let Some(fit) = weeks.pairs.fit(weeks.candidates, [first.layer, second.layer]) else {
                            continue;
                        };
                        choice.starts = weeks
                            .pairs
                            .among(weeks.candidates, &fit, choice.starts, choice.who);
                        choice.fit = Some(fit);
                        if choice.starts[0].is_empty() {
                            continue;
                        }
                    }
                    choices.push(choice);
                }
            }
            ends.push(choices.len());
            at += count;
        }
    }
}

/// Joins states that block alike and drops those that a state no dearer, blocking no more, makes needless.
fn merge(mut reached: Vec<(State, Step)>) -> (Vec<State>, Vec<Step>) {
    reached.sort_by_key(|(state, _)| state.cost);
    let mut kept: Vec<State> = Vec::new();
    let mut steps = Vec::with_capacity(reached.len());
    for (state, step) in reached {
        let blocks_less = |other: &State| {
            other.owes == state.owes
                && other
                    .blocked
                    .iter()
                    .zip(state.blocked)
                    .all(|(other, own)| other & !own == 0)
        };
        let to = match kept
            .iter()
            .position(|other| other.blocked == state.blocked && other.owes == state.owes)
        {
            Some(same) => same,
            None if kept
                .iter()
                .any(|other| other.cost < state.cost && blocks_less(other)) =>
            {
                continue;
            }
            None => {
                kept.push(state);
                kept.len() - 1
            }
        };
        steps.push(Step { to, ..step });
    }
    (kept, steps)
}

fn stops<const W: usize>(
    weeks: &Weeks<'_, '_, W>,
    week: usize,
    rhythm: usize,
    usual: &Usual,
    times: Option<[i32; 2]>,
    prices: &Prices,
) -> Vec<Stop<W>> {
    let candidates = weeks.candidates;
    let slot_minutes = candidates.request.slot_minutes();
    let mut stops = Vec::new();
    for layer in weeks.window(week, rhythm, usual) {
        let day_cost = weeks.day_cost(week, rhythm, layer, usual, prices);
        let anybody = candidates.anybody(layer);
        let mut add = |starts: Slots<W>, who: Who, cost: Packed| {
            if !starts.is_empty() {
                let minutes = times
                    .and_then(|times| starts.distance(slot_minutes, times[rhythm]))
                    .unwrap_or(0);
                stops.push(Stop {
                    layer,
                    starts,
                    who,
                    cost: day_cost + cost + minutes as Packed * prices.minute,
                    blocks: [0; AHEAD],
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
