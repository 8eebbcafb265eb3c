//! The ways up to one place in a chain that may be gone on with.

use std::collections::VecDeque;

use super::Start;
use crate::model::Spacing;
use crate::planner::cost::Packed;
use crate::rules::pair;
use crate::time::UtcMinute;

/// The cheapest way up to one start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub day: i32,
    pub to: UtcMinute,
    pub cost: Packed,
    pub step: u32,
}

/// No step.
pub(super) const NONE: u32 = u32::MAX;

/// What a way to a start costs, and its last step.
pub(super) type Reached = Option<(Packed, u32)>;

/// The ways that may be gone on with.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    /// The way that has placed nothing yet.
    pub nothing: Reached,
    /// The ways that ended with a session of each rhythm: the later, the cheaper.
    pub ended: [Vec<Way>; 2],
    /// The ways that ended with the first session of the pair at hand, by time.
    pub opened: Vec<Way>,
}

impl Front {
    pub fn is_empty(&self) -> bool {
        self.nothing.is_none() && self.opened.is_empty() && self.ended.iter().all(Vec::is_empty)
    }

    /// The cheapest way of all but those that opened the pair at hand with a rhythm.
    pub fn cheapest_ended(&self, rhythm: usize) -> Reached {
        let last = self.ended[rhythm].last().map(|way| (way.cost, way.step));
        cheaper(self.nothing, last)
    }

    /// The cost of the cheapest of all its ways.
    pub fn least(&self) -> Option<Packed> {
        let ways = self
            .ended
            .iter()
            .flatten()
            .chain(&self.opened)
            .map(|way| way.cost);
        ways.chain(self.nothing.map(|(cost, _)| cost)).min()
    }

    pub fn leave_out(&mut self, missing: Packed) {
        if let Some((cost, _)) = &mut self.nothing {
            *cost += missing;
        }
        let ways = self.ended.iter_mut().flatten().chain(&mut self.opened);
        ways.for_each(|way| way.cost += missing);
    }

    /// Lets the pair at hand be, its second session left out or not asked for.
    pub fn close(&mut self) {
        for way in std::mem::take(&mut self.opened) {
            self.end(0, way);
        }
    }

    pub fn end(&mut self, rhythm: usize, way: Way) {
        if self.ended[rhythm].last().is_none_or(|last| way.cost < last.cost) {
            self.ended[rhythm].push(way);
        }
    }
}

pub(super) fn cheaper(one: Reached, other: Reached) -> Reached {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// The ways that opened a pair whose second session may follow, for later and later starts of the latter.
pub(super) struct Window<'a> {
    ways: &'a [Way],
    spacing: Spacing,
    next: usize,
    /// The places of those not too early for the pair, the cheaper ones first and the later ones last.
    kept: VecDeque<usize>,
}

impl<'a> Window<'a> {
    pub fn new(ways: &'a [Way], spacing: Spacing) -> Self {
        Self {
            ways,
            spacing,
            next: 0,
            kept: VecDeque::new(),
        }
    }

    pub fn cheapest_before(&mut self, start: &Start) -> Reached {
        let gaps = |way: &Way| {
            let (least, most) = pair::allowed_gaps(way.day, start.day, self.spacing)?;
            let gap = start.from - way.to;
            (gap >= least).then_some(gap <= most)
        };
        while let Some(way) = self.ways.get(self.next)
            && gaps(way).is_some()
        {
            while self
                .kept
                .back()
                .is_some_and(|&last| self.ways[last].cost >= way.cost)
            {
                self.kept.pop_back();
            }
            self.kept.push_back(self.next);
            self.next += 1;
        }
        while let Some(&first) = self.kept.front()
            && gaps(&self.ways[first]) == Some(false)
        {
            self.kept.pop_front();
        }
        self.kept
            .front()
            .map(|&first| (self.ways[first].cost, self.ways[first].step))
    }
}
