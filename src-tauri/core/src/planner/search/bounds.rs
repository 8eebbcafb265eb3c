//! What a node of the search costs at least: the fixed sessions, each week's best choices, their times of day.

use super::{Between, Node, Payer, Prepared, Search};
use crate::planner::chain;
use crate::planner::cost::Packed;
use crate::planner::links::Links;
use crate::planner::narrow::Narrowed;
use crate::planner::weeks::Usual;

impl<const W: usize> Search<'_, '_, '_, W> {
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

    /// The delay when no free session pays for it: a fixed one's, or none when nothing at all is placed.
    pub fn delay_of_none(&self, nothing_placed: bool) -> Option<Packed> {
        let none = self.weeks.delay_offset as Packed * self.prices.delay;
        self.settled_delay.or(nothing_placed.then_some(none))
    }

    /// The delay that no free session pays for, where the payer says that none does.
    pub fn delay_if_settled(&self, payer: Payer) -> Packed {
        match payer {
            Payer::Settled => self.delay_of_none(true).unwrap_or(0),
            _ => 0,
        }
    }

    /// What the free sessions of a node cost, together with what the fixed ones do.
    fn with_fixed(&self, node: &Node, least: Packed) -> Packed {
        self.fixed_cost(&node.usual) + least + self.delay_if_settled(node.payer)
    }

    fn begin_gathering(&mut self) {
        self.choices.clear();
        self.ends.clear();
        self.at_hand = None;
    }

    /// Gathers each week's best choices and answers the sum of their costs, a bound of the node's.
    pub(super) fn gather(&mut self, node: &Node) -> Option<Packed> {
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
    pub(super) fn bound_chained(&mut self, node: &Node) -> Option<Packed> {
        let links = Links::new(self.weeks, &node.usual, node.payer, &self.prices);
        links.chain.least().map(|least| self.with_fixed(node, least))
    }

    /// Gathers a node's choices and bounds its times of day, unless both are still at hand.
    pub(super) fn prepare(&mut self, node: &Node) -> Option<Prepared> {
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

    pub(super) fn between(&self, node: &Node) -> Between {
        match chain::may_cross(self.weeks, &node.usual) {
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
    pub(super) fn bound_by_starts(&mut self, node: &Node) -> Option<Packed> {
        let least = Narrowed::least(self.weeks, &node.usual, node.payer, &self.prices);
        least.map(|least| self.with_fixed(node, least))
    }

    fn gather_by_starts(&mut self, node: &Node) -> Option<Packed> {
        self.begin_gathering();
        let (least, narrowed) = Narrowed::new(self.weeks, &node.usual, node.payer, &self.prices)?;
        narrowed.choices(self.weeks, &mut self.choices, &mut self.ends);
        self.narrowed = narrowed;
        Some(self.with_fixed(node, least))
    }

    fn gather_by_layers(&mut self, node: &Node) -> Option<Packed> {
        self.begin_gathering();
        let links = Links::new(self.weeks, &node.usual, node.payer, &self.prices);
        let (least, through) = links.chain.through()?;
        links.choices(self.weeks, least, &through, &mut self.choices, &mut self.ends);
        Some(self.with_fixed(node, least))
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
}
