//! The usual times of day, and the best plan once everything usual is settled.
//!
//! A sum of distances is least at one of the points, so only times at which some session may lie are tried. For each
//! discipline by itself the sum of the weeks' distances is cheap for every time; the two sums together bound the
//! minutes of a pair of times from below, and so they order and end the search for it.

use super::chain;
use super::cost::Packed;
use super::search::{Best, Between, Payer, Prepared, Search, wait_between};
use super::slots::Slots;
use super::times::Times;
use super::weeks::{Choice, Usual, Week};
use crate::model::Spacing;

/// Where a session is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub layer: usize,
    pub slot: i32,
    /// By place in the rhythm's list.
    pub practitioner: usize,
}

/// The times of day that are tried.
#[derive(Clone, Debug, Default)]
pub(super) struct TimesOfDay {
    rhythms: [Times; 2],
    options: Vec<Way>,
    ends: Vec<usize>,
    paying_who: [usize; 2],
}

/// One way to place a week's sessions at the least distance from the usual times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub choice: usize,
    pub slots: [i32; 2],
    wait: i32,
    day: i32,
}

impl TimesOfDay {
    /// Bounds each rhythm's minutes for the search's choices.
    pub fn fill<const W: usize>(&mut self, search: &Search<'_, '_, '_, W>, between: Between) {
        let request = search.weeks.candidates.request;
        let slot_minutes = request.slot_minutes();
        for rhythm in 0..2 {
            let mut sets: Vec<Slots<W>> = Vec::with_capacity(search.ends.len());
            let mut all = Slots::EMPTY;
            let mut begin = 0;
            for &end in &search.ends {
                let choices = &search.choices[begin..end];
                begin = end;
                let mut starts = Slots::EMPTY;
                let mut needed = !choices.is_empty();
                for choice in choices {
                    needed &= choice.layers[rhythm].is_some();
                    starts = starts.or(choice.starts[rhythm]);
                }
                all = all.or(starts);
                if needed {
                    sets.push(starts);
                }
            }
            let sum = |time: i32| -> i32 {
                let free: i32 = sets
                    .iter()
                    .filter_map(|set| set.distance(slot_minutes, time))
                    .sum();
                free + search.fixed_minutes_of(rhythm, time)
            };
            let fixed = search.fixed_times_of(rhythm);
            let tried = all.iter().map(|slot| slot * slot_minutes).chain(fixed);
            let timed = tried.map(|time| (sum(time), time)).collect();
            self.rhythms[rhythm] = Times::new(timed, between == Between::ByStarts);
        }
    }

    /// The least sum of both rhythms' minutes.
    pub fn least<const W: usize>(&mut self, search: &mut Search<'_, '_, '_, W>, payer: Payer) -> i32 {
        let mut least = 0;
        for (rhythm, times) in self.rhythms.iter_mut().enumerate() {
            let first = times.get(0, |time| search.chained_minutes(rhythm, time, payer));
            least += first.map_or(0, |(minutes, _)| minutes);
        }
        least
    }

    /// Tries times of day until none can be better than the best plan; `false` when it ends before that because the
    /// layers' choices break rule 10 together.
    pub fn search<const W: usize>(
        &mut self,
        search: &mut Search<'_, '_, '_, W>,
        usual: &Usual,
        payer: Payer,
        prepared: &Prepared,
        between: Between,
    ) -> bool {
        let minute = search.prices.minute;
        let least = prepared.base + prepared.delay;
        let mut rhythms = std::mem::take(&mut self.rhythms);
        let mut settled = true;
        let mut get = |search: &mut Search<'_, '_, '_, W>, rhythm: usize, at: usize| {
            rhythms[rhythm].get(at, |time| search.chained_minutes(rhythm, time, payer))
        };
        let least_second = get(search, 1, 0).map_or(0, |(minutes, _)| minutes);
        'times: for at in 0.. {
            let Some((first_sum, first)) = get(search, 0, at) else {
                break;
            };
            if search.is_beaten(least + (first_sum + least_second) as Packed * minute) {
                break;
            }
            for at in 0.. {
                let Some((second_sum, second)) = get(search, 1, at) else {
                    break;
                };
                if search.is_beaten(least + (first_sum + second_sum) as Packed * minute) {
                    break;
                }
                settled = self.settle(search, usual, payer, prepared, between, [first, second]);
                if !settled {
                    break 'times;
                }
            }
        }
        settled
    }

    /// Finds the best plan for settled times of day, if it is better than the best so far; `false` as for
    /// [`Self::search`].
    fn settle<const W: usize>(
        &mut self,
        search: &mut Search<'_, '_, '_, W>,
        usual: &Usual,
        payer: Payer,
        prepared: &Prepared,
        between: Between,
        times: [i32; 2],
    ) -> bool {
        let prices = search.prices;
        let mut cost = prepared.base + search.fixed_minutes(times) * prices.minute;
        self.options.clear();
        self.ends.clear();
        let mut begin = 0;
        for (week, &end) in search.ends.iter().enumerate() {
            let choices = begin..end;
            begin = end;
            let minutes = search.choices[choices.clone()]
                .iter()
                .map(|choice| least_minutes(search, choice, times))
                .min()
                .unwrap_or(0);
            cost += minutes as Packed * prices.minute;
            if search.is_beaten(cost + prepared.delay) {
                return true;
            }
            for at in choices {
                self.add_options(search, at, &search.weeks.weeks[week], times, minutes);
            }
            self.ends.push(self.options.len());
        }
        match usual.practitioners {
            Some(practitioners) => self.finish(
                search,
                (usual.days, practitioners, times),
                payer,
                cost,
                0,
                between,
            ),
            None => {
                let [first, second] = [0, 1].map(|rhythm| self.least_by_usual(search, rhythm));
                let mut pairs: Vec<(Packed, [usize; 2])> = Vec::with_capacity(first.len() * second.len());
                for (one, least) in first.iter().enumerate() {
                    pairs.extend(
                        second
                            .iter()
                            .enumerate()
                            .map(|(other, more)| (least + more, [one, other])),
                    );
                }
                pairs.sort_unstable();
                for (least, practitioners) in pairs {
                    if search.is_beaten(cost + prepared.delay + least) {
                        break;
                    }
                    let changes = [0, 1].map(|rhythm| search.fixed_changes(rhythm, practitioners[rhythm]));
                    let cost = cost + changes.iter().sum::<Packed>() * prices.change;
                    let settled = self.finish(
                        search,
                        (usual.days, practitioners, times),
                        payer,
                        cost,
                        prices.change,
                        between,
                    );
                    if !settled {
                        return false;
                    }
                }
                true
            }
        }
    }

    /// For each usual practitioner of a rhythm the least that its sessions cost by who gives them.
    fn least_by_usual<const W: usize>(
        &self,
        search: &mut Search<'_, '_, '_, W>,
        rhythm: usize,
    ) -> Vec<Packed> {
        let change = search.prices.change;
        let practitioners = search.weeks.candidates.request.rhythms.get(rhythm);
        let count = practitioners.map_or(1, |rhythm| rhythm.practitioners.len());
        let mut sums: Vec<Packed> = (0..count)
            .map(|one| search.fixed_changes(rhythm, one) * change)
            .collect();
        let mut begin = 0;
        for &end in &self.ends {
            let mut with: Vec<Packed> = vec![Packed::MAX; count];
            let mut is_placed = begin < end;
            for way in &self.options[begin..end] {
                let choice = search.choices[way.choice];
                let Some(layer) = choice.layers[rhythm] else {
                    is_placed = false;
                    break;
                };
                let place = (rhythm, layer, way.slots[rhythm], choice.who[rhythm]);
                search.each_giver(place, [usize::MAX; 2], 0, |cost, one| {
                    with[one] = with[one].min(cost)
                });
            }
            begin = end;
            let anybody = with.iter().min().filter(|_| is_placed);
            let anybody = anybody.map_or(0, |least| least.saturating_add(change));
            for (sum, own) in sums.iter_mut().zip(&with) {
                *sum += anybody.min(*own);
            }
        }
        sums
    }

    /// Adds the ways of a choice to lie at exactly the least distance.
    fn add_options<const W: usize>(
        &mut self,
        search: &Search<'_, '_, '_, W>,
        at: usize,
        week: &Week,
        times: [i32; 2],
        minutes: i32,
    ) {
        let candidates = search.weeks.candidates;
        let slot_minutes = candidates.request.slot_minutes();
        let choice = &search.choices[at];
        match (choice.layers, &choice.fit) {
            ([Some(first_layer), Some(second_layer)], Some(fit)) => {
                let layers = [first_layer, second_layer].map(|layer| candidates.layers[layer]);
                let near = choice.starts[0].and(around(times[0], minutes, slot_minutes));
                for first in near.iter() {
                    let rest = minutes - (first * slot_minutes - times[0]).abs();
                    let partners =
                        search
                            .weeks
                            .pairs
                            .partners_of(candidates, fit, first, choice.starts[1], choice.who);
                    for second in at_distance(times[1], rest, slot_minutes, partners) {
                        let end = candidates.place(0, first_layer, first, 0).treatment.to;
                        let gap = layers[1].base + second * slot_minutes - end;
                        let waits = matches!(candidates.request.spacing, Spacing::SameDay { .. });
                        self.options.push(Way {
                            choice: at,
                            slots: [first, second],
                            wait: if waits { gap } else { 0 },
                            day: layers[0].day.min(layers[1].day),
                        });
                    }
                }
            }
            (layers, _) => {
                for rhythm in 0..2 {
                    let Some(layer) = layers[rhythm] else { continue };
                    for slot in at_distance(times[rhythm], minutes, slot_minutes, choice.starts[rhythm]) {
                        let wait = match (candidates.request.spacing, &week.fixed[1 - rhythm]) {
                            (Spacing::SameDay { .. }, Some(fixed)) => {
                                wait_between(&candidates.place(rhythm, layer, slot, 0), fixed)
                            }
                            _ => 0,
                        };
                        let mut slots = [0; 2];
                        slots[rhythm] = slot;
                        self.options.push(Way {
                            choice: at,
                            slots,
                            wait,
                            day: candidates.layers[layer].day,
                        });
                    }
                }
            }
        }
    }

    /// Chooses among the ways at the least distance by what comes after, and keeps the plan if it is the best;
    /// `false` as for [`Self::search`].
    fn finish<const W: usize>(
        &mut self,
        search: &mut Search<'_, '_, '_, W>,
        settled: ([i32; 2], [usize; 2], [i32; 2]),
        payer: Payer,
        mut cost: Packed,
        change_price: Packed,
        between: Between,
    ) -> bool {
        let (days, practitioners, times) = settled;
        let prices = search.prices;
        let mut payment: Option<(Packed, usize, usize)> = None;
        let mut chosen: Vec<(usize, [usize; 2])> = Vec::with_capacity(self.ends.len());
        let mut begin = 0;
        for &end in &self.ends {
            let mut least: Option<(Packed, usize, [usize; 2])> = None;
            let mut least_paying: Option<(Packed, usize, [usize; 2])> = None;
            for at in begin..end {
                let option = self.options[at];
                let (tail, who) = search.givers(&option, practitioners, change_price);
                let tail = tail + option.wait as Packed * prices.wait;
                if least.is_none_or(|(other, ..)| tail < other) {
                    least = Some((tail, at, who));
                }
                let paying = tail + search.weeks.delay(option.day, &prices);
                if least_paying.is_none_or(|(other, ..)| paying < other) {
                    least_paying = Some((paying, at, who));
                }
            }
            begin = end;
            let Some((tail, at, who)) = least else {
                chosen.push((usize::MAX, [0; 2]));
                continue;
            };
            cost += tail;
            if search.is_beaten(cost) {
                return true;
            }
            if let (Payer::Any, Some((paying, paying_at, paying_who))) = (payer, least_paying) {
                let more = paying - tail;
                if payment.is_none_or(|(other, ..)| more < other) {
                    payment = Some((more, chosen.len(), paying_at));
                    self.paying_who = paying_who;
                }
            }
            chosen.push((at, who));
        }
        if payer == Payer::Any {
            let settled = search.delay_of_none(self.options.is_empty());
            match (payment, settled) {
                (Some((more, ..)), Some(settled)) if settled <= more => cost += settled,
                (Some((more, week, at)), _) => {
                    cost += more;
                    chosen[week] = (at, self.paying_who);
                }
                (None, settled) => cost += settled.unwrap_or(0),
            }
        }
        if search.is_beaten(cost) {
            return true;
        }
        let mut placed = Vec::new();
        for (week, &(at, who)) in chosen.iter().enumerate() {
            let Some(option) = self.options.get(at) else {
                continue;
            };
            for (rhythm, &practitioner) in who.iter().enumerate() {
                if let (Some(session), Some(layer)) = (
                    search.weeks.weeks[week].sessions[rhythm],
                    search.choices[option.choice].layers[rhythm],
                ) {
                    placed.push((
                        session,
                        Placed {
                            layer,
                            slot: option.slots[rhythm],
                            practitioner,
                        },
                    ));
                }
            }
        }
        let plan = Best {
            total: cost,
            days,
            practitioners,
            times,
            placed,
        };
        if between == Between::Apart {
            search.best = Some(plan);
            return true;
        }
        // The choices of a chain need not go together: the plan may cost more than its bound, or break rule 10.
        if chain::is_legal(search.weeks, &plan.placed) {
            let real = search.cost_of(&plan);
            if real == plan.total {
                search.best = Some(plan);
                return true;
            }
            if !search.is_beaten(real) {
                search.best = Some(Best {
                    total: real,
                    ..plan.clone()
                });
            }
        }
        if between == Between::ByLayers {
            return false;
        }
        let narrowed = std::mem::take(&mut search.narrowed);
        chain::solve(search, &narrowed, &plan, payer, change_price);
        search.narrowed = narrowed;
        true
    }
}

/// The least minutes that a choice lies from the usual times.
fn least_minutes<const W: usize>(search: &Search<'_, '_, '_, W>, choice: &Choice<W>, times: [i32; 2]) -> i32 {
    let candidates = search.weeks.candidates;
    let slot_minutes = candidates.request.slot_minutes();
    let Some(fit) = &choice.fit else {
        return (0..2)
            .filter(|&rhythm| choice.layers[rhythm].is_some())
            .filter_map(|rhythm| choice.starts[rhythm].distance(slot_minutes, times[rhythm]))
            .sum();
    };
    let mut least = i32::MAX;
    let slot = times[0] / slot_minutes;
    let mut before = choice.starts[0].at_or_before(slot);
    let mut after = choice.starts[0].at_or_after(slot + 1);
    loop {
        let distance =
            |slot: Option<i32>| slot.map_or(i32::MAX, |slot| (slot * slot_minutes - times[0]).abs());
        let (earlier, later) = (distance(before), distance(after));
        let own = earlier.min(later);
        if own >= least {
            return least;
        }
        let first = if earlier <= later { before } else { after };
        let Some(first) = first else { return least };
        if earlier <= later {
            before = choice.starts[0].at_or_before(first - 1);
        } else {
            after = choice.starts[0].at_or_after(first + 1);
        }
        let partners = search
            .weeks
            .pairs
            .partners_of(candidates, fit, first, choice.starts[1], choice.who);
        if let Some(other) = partners.distance(slot_minutes, times[1]) {
            least = least.min(own + other);
        }
    }
}

/// The slots at most some minutes from a time of day.
fn around<const W: usize>(time: i32, minutes: i32, slot_minutes: i32) -> Slots<W> {
    Slots::range(
        -(-(time - minutes)).div_euclid(slot_minutes),
        (time + minutes).div_euclid(slot_minutes),
    )
}

/// The slots of a set that lie exactly some minutes from a time of day.
fn at_distance<const W: usize>(
    time: i32,
    minutes: i32,
    slot_minutes: i32,
    starts: Slots<W>,
) -> impl Iterator<Item = i32> {
    let at = move |minute: i32| {
        (minute >= 0 && minute % slot_minutes == 0 && starts.contains(minute / slot_minutes))
            .then_some(minute / slot_minutes)
    };
    at(time - minutes)
        .into_iter()
        .chain(at(time + minutes).filter(move |_| minutes > 0))
}
