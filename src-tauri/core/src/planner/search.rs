//! Best-first search over what is usual.
//!
//! A node settles, one after the other, the usual dates, the usual practitioners and the usual times. With all of
//! them settled the weeks are independent (but for rule 10, see [`super::chain`]), so its least cost is a sum of
//! each week's least. With fewer settled, each week's least over what is open bounds its cost from below, and
//! so does their sum. The start delay is paid by one session, any that is placed: the least over all choices
//! of the payer is the delay of the earliest, because any other payer pays more.

mod bounds;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chain;
use super::cost::{Packed, Prices};
use super::leaf::{Placed, TimesOfDay};
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

impl Node {
    /// The same with what is found to bound it from below, unless it was bounded better before.
    fn bounded(self, bound: Packed) -> Self {
        Self {
            bound: bound.max(self.bound),
            ..self
        }
    }
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
        let mut open = Open::default();
        let mut nodes = Vec::new();
        self.settle_days(&mut nodes);
        loop {
            for node in nodes.drain(..).filter(|node| !self.is_beaten(node.bound)) {
                open.push(node);
            }
            match open.pop() {
                Some(node) if !self.is_beaten(node.bound) => self.expand(node, &mut nodes),
                _ => return,
            }
        }
    }

    /// Settles one thing more of a node, or works out its bound more exactly; `nodes` gets what it becomes.
    fn expand(&mut self, node: Node, nodes: &mut Vec<Node>) {
        if node.rough {
            self.refine(&node, nodes);
            return;
        }
        if node.stage < 2 && !node.chained && chain::may_cross(self.weeks, &node.usual) {
            let bound = self.bound_chained(&node);
            nodes.extend(bound.map(|bound| Node {
                chained: true,
                ..node.bounded(bound)
            }));
            return;
        }
        match node.stage {
            0 if self.by_layers_is_vague && node.chained && !node.by_starts => {
                // One look at every start here spares one for each pair of practitioners.
                let bound = self.bound_by_starts(&node);
                nodes.extend(bound.map(|bound| Node {
                    by_starts: true,
                    ..node.bounded(bound)
                }));
            }
            0 if self.prices.strategy != Strategy::SameTime => self.settle_practitioners(&node, nodes),
            0 | 1 => {
                let prepared = self.prepare(&node);
                nodes.extend(prepared.map(|Prepared { bound, .. }| Node {
                    bound,
                    stage: 2,
                    ..node
                }));
            }
            _ => {
                let Some(prepared) = self.prepare(&node) else {
                    return;
                };
                if !self.settle_times(&node, &prepared) {
                    // The layers promised too much: only now is every start worth a look.
                    self.by_layers_is_vague = true;
                    let node = Node {
                        by_starts: true,
                        ..node
                    };
                    let prepared = self.prepare(&node);
                    nodes.extend(prepared.map(|Prepared { bound, .. }| node.bounded(bound)));
                }
            }
        }
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
        let bound = self.gather(node);
        nodes.extend(bound.map(|bound| Node {
            rough: false,
            ..node.bounded(bound)
        }));
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
                let bound = self.gather(&settled);
                nodes.extend(bound.map(|bound| settled.bounded(bound)));
            }
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

/// The nodes that are still to be looked at: the cheapest first, of those the farthest settled, then the oldest.
#[derive(Default)]
struct Open {
    nodes: BinaryHeap<Reverse<Queued>>,
    count: u32,
}

impl Open {
    fn push(&mut self, node: Node) {
        self.count += 1;
        let entry = (node.bound, Reverse(node.stage), self.count, Entry(node));
        self.nodes.push(Reverse(entry));
    }

    fn pop(&mut self) -> Option<Node> {
        self.nodes.pop().map(|Reverse((_, _, _, Entry(node)))| node)
    }
}

/// A node behind what puts it in order: its bound, how much of it is settled, and when it came.
type Queued = (Packed, Reverse<u8>, u32, Entry);

/// A node that says nothing of its order itself.
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
