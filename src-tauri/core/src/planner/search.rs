//! Best-first search over what is usual.
//!
//! A node settles, one after the other, the usual dates, the usual practitioners and the usual times. With all of
//! them settled the weeks are independent (but for rule 10, see [`super::chain`]), so its least cost is a sum of
//! each week's least. With fewer settled, each week's least over what is open bounds its cost from below, and
//! so does their sum. The start delay is paid by one session, any that is placed: the least over all choices
//! of the payer is the delay of the earliest, because any other payer pays more.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chain;
use super::cost::{Packed, Prices};
use super::leaf::{Placed, TimesOfDay};
use super::links::Links;
use super::narrow::Narrowed;
use super::orphan::Orphans;
use super::plan::{cost_of, places_of};
use super::weeks::{Choice, Usual, Weeks};
use crate::calendar::Placement;
use crate::model::{Spacing, Strategy};

/// The best plan found so far.
#[derive(Clone, Debug)]
pub(super) struct Best {
    pub total: Packed,
    pub days: [i32; 2],
    pub practitioners: [usize; 2],
    pub times: [i32; 2],
    pub placed: Vec<(usize, Placed)>,
}

/// Which session pays for the start delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Payer {
    /// Whichever is least, found at the end: the strategy weighs the delay late.
    Any,
    /// A fixed session, or none because nothing can be placed.
    Settled,
    /// One of this week, by place in the list of weeks.
    Week(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    bound: Packed,
    /// 0: usual dates settled; 1: practitioners too, where they come before times; 2: times bounded one by one.
    stage: u8,
    usual: Usual,
    payer: Payer,
    /// Whether the bound knows rule 10 between weeks.
    chained: bool,
    /// Whether it knows it start by start.
    by_starts: bool,
    /// Whether the bound has not been worked out yet, but only guessed from below.
    rough: bool,
}

/// How well a node's choices know rule 10 between weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// No two of different weeks can come too close.
    Apart,
    /// Some starts of the layers go together, perhaps not those of the plan at hand.
    ByLayers,
    /// Every start is part of a plan that keeps it.
    ByStarts,
}

/// The search for one strategy.
pub(super) struct Search<'s, 'a, 'b, const W: usize> {
    pub weeks: &'s mut Weeks<'a, 'b, W>,
    pub orphans: &'s mut Orphans,
    pub prices: Prices,
    pub best: Option<Best>,
    /// The start delay of the earliest fixed session, packed.
    pub settled_delay: Option<Packed>,
    /// What the fixed sessions cost whatever is usual.
    fixed_base: Packed,
    /// The choices of the node at hand, week by week.
    pub choices: Vec<Choice<W>>,
    /// Where each week's choices end.
    pub ends: Vec<usize>,
    /// The sessions of the node at hand, where it knows rule 10 start by start.
    pub narrowed: Narrowed<W>,
    pub times: TimesOfDay,
    /// What these choices and times of day were prepared for, and with what result.
    at_hand: Option<((Usual, Payer, bool), Prepared)>,
    /// Whether some plan by layers has broken rule 10, so that others may.
    by_layers_is_vague: bool,
}

/// What a node's choices and times of day cost at least.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prepared {
    /// Before times of day, without the start delay where it is found at the end.
    pub base: Packed,
    /// The start delay where it is found at the end, at least.
    pub delay: Packed,
    bound: Packed,
}

impl<'s, 'a, 'b, const W: usize> Search<'s, 'a, 'b, W> {
    pub fn run(
        weeks: &'s mut Weeks<'a, 'b, W>,
        orphans: &'s mut Orphans,
        strategy: Strategy,
    ) -> Option<Best> {
        let prices = Prices::of(strategy);
        let request = weeks.candidates.request;
        let fixed = || {
            request
                .sessions
                .iter()
                .filter_map(|session| Some((session, session.fixed?)))
        };
        let moved = fixed()
            .filter(|(session, place)| session.is_moved_to(place.treatment.from, place.practitioner))
            .count() as Packed;
        let wait: i32 = match request.spacing {
            Spacing::SeparateDays { .. } => 0,
            Spacing::SameDay { .. } => request
                .sessions
                .windows(2)
                .filter(|two| two[0].week == two[1].week)
                .filter_map(|two| Some(wait_between(&two[0].fixed?, &two[1].fixed?)))
                .sum(),
        };
        let settled_delay = fixed()
            .map(|(_, place)| place.day)
            .min()
            .map(|day| weeks.delay(day, &prices));
        let mut search = Self {
            weeks,
            orphans,
            prices,
            best: None,
            settled_delay,
            fixed_base: moved * prices.moved + wait as Packed * prices.wait,
            choices: Vec::new(),
            ends: Vec::new(),
            narrowed: Narrowed::default(),
            times: TimesOfDay::default(),
            at_hand: None,
            by_layers_is_vague: false,
        };
        search.explore();
        search.best
    }

    /// The packed cost of a plan, counted from its sessions.
    pub fn cost_of(&self, plan: &Best) -> Packed {
        let candidates = self.weeks.candidates;
        let cost = cost_of(candidates, &places_of(candidates, plan), plan);
        self.prices.pack(&cost, self.weeks.delay_offset)
    }

    /// Whether a cost is not better than the best plan's.
    pub fn is_beaten(&self, cost: Packed) -> bool {
        self.best.as_ref().is_some_and(|best| best.total <= cost)
    }

    fn explore(&mut self) {
        let mut open = BinaryHeap::new();
        let mut count = 0u32;
        let mut push = |node: Node| {
            count += 1;
            open_push(&mut open, node, count)
        };
        let mut nodes = Vec::new();
        self.settle_days(&mut nodes);
        nodes.drain(..).for_each(&mut push);
        let mut count = 1 << 30;
        while let Some(Reverse((bound, _, _, Entry(node)))) = open.pop() {
            if self.is_beaten(bound) {
                break;
            }
            if node.rough {
                self.refine(&node, &mut nodes);
            } else if node.stage < 2 && !node.chained && self.may_cross(&node.usual) {
                if let Some(bound) = self.bound_chained(&node) {
                    nodes.push(Node {
                        bound: bound.max(node.bound),
                        chained: true,
                        ..node
                    });
                }
            } else {
                match node.stage {
                    0 if self.by_layers_is_vague && node.chained && !node.by_starts => {
                        // One look at every start here spares one for each pair of practitioners.
                        if let Some(bound) = self.bound_by_starts(&node) {
                            nodes.push(Node {
                                bound: bound.max(node.bound),
                                by_starts: true,
                                ..node
                            });
                        }
                    }
                    0 if self.prices.strategy != Strategy::SameTime => {
                        self.settle_practitioners(&node, &mut nodes)
                    }
                    0 | 1 => {
                        if let Some(Prepared { bound, .. }) = self.prepare(&node) {
                            nodes.push(Node {
                                bound,
                                stage: 2,
                                ..node
                            });
                        }
                    }
                    _ => {
                        let Some(prepared) = self.prepare(&node) else {
                            continue;
                        };
                        if !self.settle_times(&node, &prepared) {
                            // The layers promised too much: only now is every start worth a look.
                            self.by_layers_is_vague = true;
                            let node = Node {
                                by_starts: true,
                                ..node
                            };
                            if let Some(Prepared { bound, .. }) = self.prepare(&node) {
                                let bound = bound.max(node.bound);
                                nodes.push(Node { bound, ..node });
                            }
                        }
                    }
                }
            }
            for node in nodes.drain(..) {
                if !self.is_beaten(node.bound) {
                    count += 1;
                    open_push(&mut open, node, count);
                }
            }
        }
    }

    /// What the fixed sessions cost by their dates and practitioners.
    pub fn fixed_cost(&self, usual: &Usual) -> Packed {
        let request = self.weeks.candidates.request;
        let mut cost = self.fixed_base;
        for session in &request.sessions {
            let Some(fixed) = session.fixed else { continue };
            let days = (fixed.day - usual.days[session.rhythm] - 7 * session.week as i32).unsigned_abs();
            cost += Packed::from(days) * self.prices.day;
        }
        if let Some(practitioners) = usual.practitioners {
            let changes = [0, 1].map(|rhythm| self.fixed_changes(rhythm, practitioners[rhythm]));
            cost += changes.iter().sum::<Packed>() * self.prices.change;
        }
        cost
    }

    /// What the fixed sessions lie from usual times of day.
    pub fn fixed_minutes(&self, times: [i32; 2]) -> Packed {
        let of = |rhythm: usize| self.fixed_minutes_of(rhythm, times[rhythm]);
        (of(0) + of(1)) as Packed
    }

    /// What the fixed sessions of a rhythm lie from a usual time of day.
    pub fn fixed_minutes_of(&self, rhythm: usize, time: i32) -> i32 {
        self.fixed_times_of(rhythm)
            .map(|fixed| (fixed - time).abs())
            .sum()
    }

    /// The times of day of a rhythm's fixed sessions.
    pub fn fixed_times_of(&self, rhythm: usize) -> impl Iterator<Item = i32> {
        let sessions = self.weeks.candidates.request.sessions.iter();
        sessions
            .filter(move |session| session.rhythm == rhythm)
            .filter_map(|session| Some(session.fixed?.time))
    }

    /// The least minutes that a rhythm's sessions lie from a time of day, knowing rule 10 start by start.
    pub fn chained_minutes(&mut self, rhythm: usize, time: i32, payer: Payer) -> i32 {
        let minutes = self
            .narrowed
            .minutes_off(self.weeks, payer, &self.prices, rhythm, time);
        minutes + self.fixed_minutes_of(rhythm, time)
    }

    /// How many fixed sessions of a rhythm are with another practitioner than the usual one.
    pub fn fixed_changes(&self, rhythm: usize, practitioner: usize) -> Packed {
        let request = self.weeks.candidates.request;
        let Some(usual) = request
            .rhythms
            .get(rhythm)
            .map(|rhythm| rhythm.practitioners[practitioner])
        else {
            return 0;
        };
        let of_rhythm = request.sessions.iter().filter(|session| session.rhythm == rhythm);
        let changed = of_rhythm
            .filter_map(|session| session.fixed)
            .filter(|fixed| fixed.practitioner != usual);
        changed.count() as Packed
    }

    fn settle_days(&mut self, nodes: &mut Vec<Node>) {
        for (days, cost) in self.weeks.usual_days(&self.prices) {
            let usual = Usual {
                days,
                practitioners: None,
            };
            let bound = self.fixed_cost(&usual) + cost;
            let node = Node {
                bound,
                stage: 0,
                usual,
                payer: Payer::Any,
                chained: false,
                by_starts: false,
                rough: false,
            };
            if self.prices.strategy != Strategy::Soonest {
                nodes.push(node);
                continue;
            }
            let nothing_placed =
                (0..self.weeks.weeks.len()).all(|week| self.weeks.first_day(week, &usual).is_none());
            if let Some(delay) = self.delay_of_none(nothing_placed) {
                nodes.push(Node {
                    bound: bound + delay,
                    payer: Payer::Settled,
                    ..node
                });
            }
            nodes.extend(self.next_payer(&node, bound, 0));
        }
    }

    /// The node whose start delay is paid by the first week from one on that may have a session at all.
    ///
    /// `base` is the bound without start delay; weeks later than that pay more, so they wait until this one's turn.
    fn next_payer(&self, node: &Node, base: Packed, from: usize) -> Option<Node> {
        (from..self.weeks.weeks.len()).find_map(|week| {
            let day = self.weeks.first_day(week, &node.usual)?;
            Some(Node {
                bound: base + self.weeks.delay(day, &self.prices),
                payer: Payer::Week(week),
                rough: true,
                ..*node
            })
        })
    }

    /// Works out the bound of a node whose payer has come to its turn, and lets the next payer in.
    fn refine(&mut self, node: &Node, nodes: &mut Vec<Node>) {
        let Payer::Week(week) = node.payer else { return };
        if let Some(day) = self.weeks.first_day(week, &node.usual) {
            let base = node.bound - self.weeks.delay(day, &self.prices);
            nodes.extend(self.next_payer(node, base, week + 1));
        }
        if let Some(bound) = self.gather(node) {
            nodes.push(Node {
                bound: bound.max(node.bound),
                rough: false,
                ..*node
            });
        }
    }

    fn settle_practitioners(&mut self, node: &Node, nodes: &mut Vec<Node>) {
        let rhythms = &self.weeks.candidates.request.rhythms;
        let counts = [0, 1].map(|rhythm| rhythms.get(rhythm).map_or(1, |rhythm| rhythm.practitioners.len()));
        for first in 0..counts[0] {
            for second in 0..counts[1] {
                let usual = Usual {
                    practitioners: Some([first, second]),
                    ..node.usual
                };
                let settled = Node {
                    usual,
                    stage: 1,
                    chained: false,
                    by_starts: false,
                    ..*node
                };
                if let Some(bound) = self.gather(&settled) {
                    let bound = bound.max(node.bound);
                    nodes.push(Node { bound, ..settled });
                }
            }
        }
    }

    /// The delay when no free session pays for it: a fixed one's, or 0 when nothing at all is placed.
    pub fn delay_of_none(&self, nothing_placed: bool) -> Option<Packed> {
        let none = self.weeks.delay_offset as Packed * self.prices.delay;
        self.settled_delay.or(nothing_placed.then_some(none))
    }

    fn begin_gathering(&mut self) {
        self.choices.clear();
        self.ends.clear();
        self.at_hand = None;
    }

    /// Gathers each week's best choices and answers the sum of their costs, a bound of the node's.
    fn gather(&mut self, node: &Node) -> Option<Packed> {
        self.begin_gathering();
        let mut total = self.fixed_cost(&node.usual);
        for week in 0..self.weeks.weeks.len() {
            let begins = node.payer == Payer::Week(week);
            total += self
                .weeks
                .least(week, &node.usual, begins, &self.prices, Some(&mut self.choices))?;
            self.ends.push(self.choices.len());
        }
        if node.payer == Payer::Settled {
            total += self.delay_of_none(self.choices.is_empty())?;
        }
        Some(total)
    }

    /// The bound of a node that knows rule 10 between weeks.
    fn bound_chained(&mut self, node: &Node) -> Option<Packed> {
        let links = Links::new(self.weeks, &node.usual, node.payer, &self.prices);
        let delay = match node.payer {
            Payer::Settled => self.delay_of_none(true)?,
            _ => 0,
        };
        Some(self.fixed_cost(&node.usual) + links.chain.least()? + delay)
    }

    /// Gathers a node's choices and bounds its times of day, unless both are still at hand.
    fn prepare(&mut self, node: &Node) -> Option<Prepared> {
        let wanted = (node.usual, node.payer, node.by_starts);
        if let Some((_, prepared)) = self.at_hand.filter(|(at_hand, _)| *at_hand == wanted) {
            return Some(prepared);
        }
        let base = self.gather_between(node)?;
        let delay = self.bound_delay(node.payer);
        let bound = base + delay + self.bound_times(node);
        let prepared = Prepared { base, delay, bound };
        self.at_hand = Some((wanted, prepared));
        Some(prepared)
    }

    fn between(&self, node: &Node) -> Between {
        match self.may_cross(&node.usual) {
            false => Between::Apart,
            true if node.by_starts => Between::ByStarts,
            true => Between::ByLayers,
        }
    }

    /// As [`Self::gather`], knowing rule 10 between weeks.
    fn gather_between(&mut self, node: &Node) -> Option<Packed> {
        match self.between(node) {
            Between::Apart => self.gather(node),
            Between::ByLayers => self.gather_by_layers(node),
            Between::ByStarts => self.gather_by_starts(node),
        }
    }

    /// The bound of a node that knows rule 10 start by start.
    fn bound_by_starts(&mut self, node: &Node) -> Option<Packed> {
        let least = Narrowed::least(self.weeks, &node.usual, node.payer, &self.prices)?;
        let delay = match node.payer {
            Payer::Settled => self.delay_of_none(true)?,
            _ => 0,
        };
        Some(self.fixed_cost(&node.usual) + least + delay)
    }

    fn gather_by_starts(&mut self, node: &Node) -> Option<Packed> {
        self.begin_gathering();
        let (least, narrowed) = Narrowed::new(self.weeks, &node.usual, node.payer, &self.prices)?;
        narrowed.choices(self.weeks, &mut self.choices, &mut self.ends);
        self.narrowed = narrowed;
        let mut total = self.fixed_cost(&node.usual) + least;
        if node.payer == Payer::Settled {
            total += self.delay_of_none(true)?;
        }
        Some(total)
    }

    fn gather_by_layers(&mut self, node: &Node) -> Option<Packed> {
        self.begin_gathering();
        let links = Links::new(self.weeks, &node.usual, node.payer, &self.prices);
        let (least, through) = links.chain.through()?;
        links.choices(self.weeks, least, &through, &mut self.choices, &mut self.ends);
        let mut total = self.fixed_cost(&node.usual) + least;
        if node.payer == Payer::Settled {
            total += self.delay_of_none(true)?;
        }
        Some(total)
    }

    /// Whether sessions of different weeks may come too close by rule 10.
    fn may_cross(&self, usual: &Usual) -> bool {
        matches!(
            self.weeks.candidates.request.spacing,
            Spacing::SeparateDays { .. }
        ) && chain::may_cross(self.weeks, usual)
    }

    /// The least minutes from usual times of day, packed.
    fn bound_times(&mut self, node: &Node) -> Packed {
        let mut times = std::mem::take(&mut self.times);
        times.fill(self, self.between(node));
        let least = times.least(self, node.payer);
        self.times = times;
        least as Packed * self.prices.minute
    }

    /// The start delay of the choices at hand at least, where it is found at the end.
    fn bound_delay(&self, payer: Payer) -> Packed {
        if payer != Payer::Any {
            return 0;
        }
        let layers = &self.weeks.candidates.layers;
        let placed = self.choices.iter().flat_map(|choice| choice.layers).flatten();
        let first = placed.map(|layer| layers[layer].day).min();
        let free = first.map(|day| self.weeks.delay(day, &self.prices));
        match (free, self.delay_of_none(free.is_none())) {
            (Some(free), Some(settled)) => free.min(settled),
            (one, other) => one.or(other).unwrap_or(0),
        }
    }

    /// Tries times of day; `false` when a plan of a node by layers breaks rule 10.
    fn settle_times(&mut self, node: &Node, prepared: &Prepared) -> bool {
        let between = self.between(node);
        self.at_hand = None;
        let mut times = std::mem::take(&mut self.times);
        let settled = times.search(self, &node.usual, node.payer, prepared, between);
        self.times = times;
        settled
    }
}

/// Minutes between two sessions on one date; 0 when they overlap or lie on two dates.
pub(super) fn wait_between(one: &Placement, two: &Placement) -> i32 {
    if one.day != two.day {
        return 0;
    }
    (two.treatment.from - one.treatment.to)
        .max(one.treatment.from - two.treatment.to)
        .max(0)
}

type Open = BinaryHeap<Reverse<(Packed, Reverse<u8>, u32, Entry)>>;

/// A node in the heap, which the numbers before it put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry(Node);

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

fn open_push(open: &mut Open, node: Node, count: u32) {
    open.push(Reverse((node.bound, Reverse(node.stage), count, Entry(node))));
}
