//! What can become of the sessions of one week, given the usual dates and perhaps the usual practitioners.

use super::candidates::Candidates;
use super::cost::{Packed, Prices};
use super::pairs::{Fit, Pairs, Who};
use super::slots::Slots;
use crate::calendar::Placement;
use crate::model::Strategy;

/// The free sessions of one week: those that are not fixed.
#[derive(Clone, Debug)]
pub(super) struct Week {
    /// The week, from 0.
    pub week: u32,
    /// For each rhythm, the free session's index.
    pub sessions: [Option<usize>; 2],
    /// For each rhythm, where its session is fixed.
    pub fixed: [Option<Placement>; 2],
}

/// What is settled on the way to a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Usual {
    /// The usual day of week 0 for each rhythm.
    pub days: [i32; 2],
    /// The usual practitioners, by place in the rhythms' lists, once settled.
    pub practitioners: Option<[usize; 2]>,
}

/// Starts for the sessions of one week that cost alike but for the time of day and what comes after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<const W: usize> {
    /// For each rhythm, the layer, if its session is placed.
    pub layers: [Option<usize>; 2],
    pub starts: [Slots<W>; 2],
    pub who: [Who; 2],
    /// How the two fit together, when both are placed.
    pub fit: Option<Fit>,
}

/// What the weeks of one request have in common.
pub(super) struct Weeks<'a, 'b, const W: usize> {
    pub candidates: &'b Candidates<'a, W>,
    pub pairs: Pairs<W>,
    pub weeks: Vec<Week>,
    /// The least cost before times of day for each pair of usual dates, without changes and start delay, in the
    /// prices of the first strategy.
    by_days: Vec<Packed>,
    /// Added to a day less `earliest` to make a start delay that is never negative.
    pub delay_offset: i32,
}

impl<'a, 'b, const W: usize> Weeks<'a, 'b, W> {
    pub fn new(candidates: &'b Candidates<'a, W>) -> Self {
        let request = candidates.request;
        let mut weeks: Vec<Week> = Vec::new();
        for (index, session) in request.sessions.iter().enumerate() {
            if weeks.last().is_none_or(|last| last.week != session.week) {
                weeks.push(Week {
                    week: session.week,
                    sessions: [None; 2],
                    fixed: [None; 2],
                });
            }
            if let Some(week) = weeks.last_mut() {
                match session.fixed {
                    Some(fixed) => week.fixed[session.rhythm] = Some(fixed),
                    None => week.sessions[session.rhythm] = Some(index),
                }
            }
        }
        weeks.retain(|week| week.sessions.iter().any(Option::is_some));
        let pairs = Pairs::new(
            candidates,
            weeks.iter().filter_map(|week| match week.sessions {
                [Some(first), Some(second)] => Some([first, second]),
                _ => None,
            }),
        );
        let first_fixed = request
            .sessions
            .iter()
            .filter_map(|session| session.fixed)
            .map(|fixed| fixed.day)
            .min();
        Self {
            candidates,
            pairs,
            weeks,
            by_days: Vec::new(),
            delay_offset: first_fixed.map_or(0, |day| (request.earliest - day).max(0)),
        }
    }

    /// Every pair of usual dates with its least cost before times of day, without changes, start delay and what fixed
    /// sessions cost. The parts before all others are the same in every strategy, so they are worked out once.
    pub fn usual_days(&mut self, prices: &Prices) -> Vec<([i32; 2], Packed)> {
        let request = self.candidates.request;
        let days: Vec<[i32; 2]> = (request.earliest..=request.latest_start)
            .flat_map(|first| request.usual_shifts().map(move |shift| [first, first + shift]))
            .collect();
        let common = Prices::of(Strategy::SamePractitioner);
        if self.by_days.is_empty() {
            self.by_days = days
                .iter()
                .map(|&days| {
                    let usual = Usual {
                        days,
                        practitioners: None,
                    };
                    (0..self.weeks.len())
                        .map(|week| self.least(week, &usual, false, &common, None).unwrap_or(0))
                        .sum()
                })
                .collect();
        }
        days.into_iter()
            .zip(&self.by_days)
            .map(|(days, &cost)| (days, prices.repriced_days(cost, &common)))
            .collect()
    }

    /// The first day on which a session of a week may lie.
    pub fn first_day(&self, week: usize, usual: &Usual) -> Option<i32> {
        let first = |rhythm| self.window(week, rhythm, usual).next();
        let days = (0..2)
            .filter_map(first)
            .map(|layer| self.candidates.layers[layer].day);
        days.min()
    }

    /// The packed start delay of a day.
    pub fn delay(&self, day: i32, prices: &Prices) -> Packed {
        (day - self.candidates.request.earliest + self.delay_offset) as Packed * prices.delay
    }

    /// The layers in which a session may lie by rule 8.
    pub fn window(&self, week: usize, rhythm: usize, usual: &Usual) -> std::ops::Range<usize> {
        let Some(session) = self.weeks[week].sessions[rhythm] else {
            return 0..0;
        };
        let centre = self.centre(week, rhythm, usual);
        let tolerance = self.candidates.request.tolerance_days as i32;
        self.candidates
            .table(session)
            .between(centre - tolerance, centre + tolerance)
    }

    /// Whether a free session is the first, and the last, free one of its week.
    pub fn ends(&self, week: usize, rhythm: usize) -> [bool; 2] {
        let sessions = &self.weeks[week].sessions;
        [
            rhythm == 0 || sessions[0].is_none(),
            rhythm == 1 || sessions[1].is_none(),
        ]
    }

    /// The usual day of a rhythm in a week.
    pub fn centre(&self, week: usize, rhythm: usize, usual: &Usual) -> i32 {
        usual.days[rhythm] + 7 * self.weeks[week].week as i32
    }

    /// What a session costs in a layer, as far as the day tells.
    pub fn day_cost(
        &self,
        week: usize,
        rhythm: usize,
        layer: usize,
        usual: &Usual,
        prices: &Prices,
    ) -> Packed {
        let Some(session) = self.weeks[week].sessions[rhythm] else {
            return 0;
        };
        let layer = &self.candidates.layers[layer];
        let days = (layer.day - self.centre(week, rhythm, usual)).unsigned_abs();
        let moves = self.candidates.request.sessions[session].current.is_some() && !layer.keeps;
        Packed::from(days) * prices.day + if moves { prices.moved } else { 0 }
    }

    /// The least cost of a week before times of day, without changes while no practitioners are settled; `choices`, if
    /// given, gets every choice that has it. With `begins`, the week is the one that pays for the start delay. `None` when it
    /// should begin the series but nothing of it can be placed.
    pub fn least(
        &mut self,
        week: usize,
        usual: &Usual,
        begins: bool,
        prices: &Prices,
        choices: Option<&mut Vec<Choice<W>>>,
    ) -> Option<Packed> {
        let mut found = Least {
            cost: Packed::MAX,
            keep_from: choices.as_ref().map_or(0, |choices| choices.len()),
            choices,
        };
        let sessions = self.weeks[week].sessions;
        let wanted = sessions.iter().flatten().count() as Packed;
        if let [Some(_), Some(_)] = sessions {
            self.both(week, usual, begins, prices, &mut found);
        }
        // A missing session outweighs all that comes after it, so singles matter only where no pair fits.
        if found.cost == Packed::MAX {
            for rhythm in 0..2 {
                self.single(
                    week,
                    rhythm,
                    usual,
                    begins,
                    (wanted - 1) * prices.unplaced,
                    prices,
                    &mut found,
                );
            }
        }
        if found.cost == Packed::MAX {
            return (!begins).then_some(wanted * prices.unplaced);
        }
        Some(found.cost)
    }

    fn both(&mut self, week: usize, usual: &Usual, begins: bool, prices: &Prices, found: &mut Least<'_, W>) {
        let seconds = self.window(week, 1, usual);
        for first in self.window(week, 0, usual) {
            let first_cost = self.day_cost(week, 0, first, usual, prices);
            let partners = self.pairs.partners(first);
            for second in partners.start.max(seconds.start)..partners.end.min(seconds.end) {
                let mut cost = first_cost + self.day_cost(week, 1, second, usual, prices);
                if begins {
                    let day = self.candidates.layers[first]
                        .day
                        .min(self.candidates.layers[second].day);
                    cost += self.delay(day, prices);
                }
                if cost > found.cost {
                    continue;
                }
                let Some(fit) = self.pairs.fit(self.candidates, [first, second]) else {
                    continue;
                };
                if fit.least > fit.most {
                    continue;
                }
                let matched = self.pairs.matched(self.candidates, &fit);
                if matched[0].is_empty() {
                    continue;
                }
                let layers = [Some(first), Some(second)];
                let Some(practitioners) = usual.practitioners else {
                    found.offer(cost, || Choice {
                        layers,
                        starts: matched,
                        who: [Who::Anybody; 2],
                        fit: Some(fit),
                    });
                    continue;
                };
                for changed in [[false, false], [false, true], [true, false], [true, true]] {
                    let changes = changed.iter().filter(|&&changed| changed).count() as Packed;
                    let cost = cost + changes * prices.change;
                    if cost > found.cost {
                        continue;
                    }
                    let who = [0, 1].map(|rhythm| match changed[rhythm] {
                        true => Who::Anybody,
                        false => Who::Only(practitioners[rhythm]),
                    });
                    let starts = [0, 1].map(|rhythm| match who[rhythm] {
                        Who::Anybody => matched[rhythm],
                        Who::Only(one) => matched[rhythm].and(self.candidates.with(fit.layers[rhythm], one)),
                    });
                    let starts = self.pairs.among(self.candidates, &fit, starts, who);
                    if !starts[0].is_empty() {
                        found.offer(cost, || Choice {
                            layers,
                            starts,
                            who,
                            fit: Some(fit),
                        });
                    }
                }
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the same few values that `least` is given"
    )]
    fn single(
        &self,
        week: usize,
        rhythm: usize,
        usual: &Usual,
        begins: bool,
        missing: Packed,
        prices: &Prices,
        found: &mut Least<'_, W>,
    ) {
        for layer in self.window(week, rhythm, usual) {
            let mut cost = missing + self.day_cost(week, rhythm, layer, usual, prices);
            if begins {
                cost += self.delay(self.candidates.layers[layer].day, prices);
            }
            let mut offer = |cost: Packed, starts: Slots<W>, who: Who| {
                if cost <= found.cost && !starts.is_empty() {
                    let mut choice = Choice {
                        layers: [None; 2],
                        starts: [Slots::EMPTY; 2],
                        who: [Who::Anybody; 2],
                        fit: None,
                    };
                    choice.layers[rhythm] = Some(layer);
                    choice.starts[rhythm] = starts;
                    choice.who[rhythm] = who;
                    found.offer(cost, || choice);
                }
            };
            match usual.practitioners {
                Some(practitioners) => {
                    let one = practitioners[rhythm];
                    offer(cost, self.candidates.with(layer, one), Who::Only(one));
                    offer(cost + prices.change, self.candidates.anybody(layer), Who::Anybody);
                }
                None => offer(cost, self.candidates.anybody(layer), Who::Anybody),
            }
        }
    }
}

/// The choices of least cost so far.
struct Least<'c, const W: usize> {
    cost: Packed,
    keep_from: usize,
    choices: Option<&'c mut Vec<Choice<W>>>,
}

impl<const W: usize> Least<'_, W> {
    fn offer(&mut self, cost: Packed, choice: impl FnOnce() -> Choice<W>) {
        let better = cost < self.cost;
        self.cost = self.cost.min(cost);
        if let Some(choices) = &mut self.choices {
            if better {
                choices.truncate(self.keep_from);
            }
            if cost == self.cost {
                choices.push(choice());
            }
        }
    }
}
