//! The cheapest way through a chain of links of which a stop at one may block stops at the next few.
//!
//! What a way so far means for the links to come is which of their stops it blocks. Ways that block the same
//! are one state, and a state that is dearer than another and blocks no less is dropped: whatever can follow it can follow
//! the other. So the number of states stays small, and the least cost is exact.

use super::cost::Packed;

/// How many links after one may be blocked by it.
pub(super) const AHEAD: usize = 3;

/// Stops of one link, a bit each; `M` words.
pub(super) type Mask<const M: usize> = [u64; M];

/// What it costs to stop somewhere, and what it blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop<const M: usize> {
    pub cost: Packed,
    /// What is added when this stop pays for the start delay.
    pub delay: Packed,
    /// For each of the next links, the stops that cannot be had together with this one.
    pub blocks: [Mask<M>; AHEAD],
}

/// One link: at one of its stops, or past it.
#[derive(Clone, Debug)]
pub(super) struct Link<const M: usize> {
    pub stops: Vec<Stop<M>>,
    /// Whether it is the first, and the last, of its week.
    pub ends: [bool; 2],
    /// Whether its week pays for the start delay.
    pub pays: bool,
}

/// A chain of links.
#[derive(Clone, Debug)]
pub(super) struct Chain<const M: usize> {
    pub links: Vec<Link<M>>,
    /// What it costs to go past a link.
    pub missing: Packed,
    /// Whether any stop may pay for the start delay, and one must, unless it is settled for this much.
    pub any_pays: Option<Option<Packed>>,
}

/// Where a way through the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State<const M: usize> {
    blocked: [Mask<M>; AHEAD],
    /// Whether the start delay still has to be paid for.
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

/// The steps over one link, and what the states before it cost.
type Steps = Vec<(Vec<Step>, Vec<Packed>)>;

impl<const M: usize> Chain<M> {
    /// The cost of the cheapest way.
    pub fn least(&self) -> Option<Packed> {
        let (ends, _) = self.walk();
        ends.iter().map(|end| end.cost).min()
    }

    /// The cheapest way: its cost and its stop at each link.
    pub fn cheapest(&self) -> Option<(Packed, Vec<Option<usize>>)> {
        let (ends, steps) = self.walk();
        let (mut at, end) = ends.iter().enumerate().min_by_key(|(_, end)| end.cost)?;
        let mut cost = end.cost;
        let mut stops = Vec::with_capacity(steps.len());
        for (steps, costs_before) in steps.iter().rev() {
            let step = steps
                .iter()
                .find(|step| step.to == at && costs_before[step.from] + step.cost == cost)?;
            stops.push(step.stop);
            (at, cost) = (step.from, costs_before[step.from]);
        }
        stops.reverse();
        Some((end.cost, stops))
    }

    /// The cost of the cheapest way, and for each link and stop that of the cheapest way through it; the last entry
    /// of a link is the cheapest way past it.
    pub fn through(&self) -> Option<(Packed, Vec<Vec<Packed>>)> {
        let (ends, steps) = self.walk();
        let least = ends.iter().map(|end| end.cost).min()?;
        let mut through: Vec<Vec<Packed>> = self
            .links
            .iter()
            .map(|link| vec![Packed::MAX; link.stops.len() + 1])
            .collect();
        let mut onward: Vec<Packed> = vec![0; ends.len()];
        for (link, (steps, costs_before)) in steps.iter().enumerate().rev() {
            let mut back = vec![Packed::MAX; costs_before.len()];
            for step in steps {
                let rest = onward[step.to].saturating_add(step.cost);
                back[step.from] = back[step.from].min(rest);
                let entry = &mut through[link][step.stop.unwrap_or(self.links[link].stops.len())];
                *entry = (*entry).min(costs_before[step.from].saturating_add(rest));
            }
            onward = back;
        }
        Some((least, through))
    }

    /// Walks the chain link by link to the states at its end.
    fn walk(&self) -> (Vec<State<M>>, Steps) {
        let start = |owes, cost| State {
            blocked: [[0; M]; AHEAD],
            owes,
            cost,
        };
        let mut states = match self.any_pays {
            None => vec![start(false, 0)],
            Some(None) => vec![start(true, 0)],
            Some(Some(settled)) => vec![start(false, settled), start(true, 0)],
        };
        let mut steps = Vec::with_capacity(self.links.len());
        let mut reached = Vec::new();
        for link in &self.links {
            let costs_before = states.iter().map(|state| state.cost).collect();
            for (from, state) in states.iter().enumerate() {
                self.step(link, from, state, &mut reached);
            }
            let (kept, taken) = merge(&mut reached);
            states = kept;
            steps.push((taken, costs_before));
        }
        // Nobody owes when nothing can be placed at all.
        if self.any_pays.is_some() && self.links.iter().any(|link| !link.stops.is_empty()) {
            states
                .iter_mut()
                .filter(|state| state.owes)
                .for_each(|state| state.cost = Packed::MAX);
        }
        (states, steps)
    }

    fn step(&self, link: &Link<M>, from: usize, state: &State<M>, reached: &mut Vec<(State<M>, Step)>) {
        let must_pay = link.pays && (link.ends[0] || state.owes);
        let mut go = |stop: Option<usize>, blocks: &[Mask<M>; AHEAD], owes: bool, cost: Packed| {
            let mut blocked = [[0; M]; AHEAD];
            for ahead in 0..AHEAD {
                for word in 0..M {
                    let before = state.blocked.get(ahead + 1).map_or(0, |mask| mask[word]);
                    blocked[ahead][word] = before | blocks[ahead][word];
                }
            }
            let step = Step {
                from,
                stop,
                to: 0,
                cost,
            };
            let reaches = State {
                blocked,
                owes,
                cost: state.cost + cost,
            };
            reached.push((reaches, step));
        };
        let nothing = [[0; M]; AHEAD];
        if !(must_pay && link.ends[1]) {
            let owes = if self.any_pays.is_some() {
                state.owes
            } else {
                must_pay
            };
            go(None, &nothing, owes, self.missing);
        }
        for (index, stop) in link.stops.iter().enumerate() {
            if index < 64 * M && state.blocked[0][index / 64] >> (index % 64) & 1 == 1 {
                continue;
            }
            if self.any_pays.is_some() {
                go(Some(index), &stop.blocks, state.owes, stop.cost);
                if state.owes {
                    go(Some(index), &stop.blocks, false, stop.cost + stop.delay);
                }
            } else {
                let delay = if must_pay { stop.delay } else { 0 };
                go(Some(index), &stop.blocks, false, stop.cost + delay);
            }
        }
    }
}

/// Joins states that block alike and drops those that a cheaper state, blocking no more, makes needless.
fn merge<const M: usize>(reached: &mut Vec<(State<M>, Step)>) -> (Vec<State<M>>, Vec<Step>) {
    reached.sort_unstable_by_key(|(state, step)| (state.cost, step.from, step.stop));
    let mut kept: Vec<State<M>> = Vec::new();
    let mut steps = Vec::with_capacity(reached.len());
    for (state, step) in reached.drain(..) {
        let mut to = None;
        let mut needless = false;
        for (at, other) in kept.iter().enumerate() {
            // One that has paid can do whatever one that owes can, but not the other way round.
            if other.owes && !state.owes {
                continue;
            }
            if other.owes == state.owes && other.blocked == state.blocked {
                to = Some(at);
                break;
            }
            needless |= other.cost < state.cost && blocks_within(&other.blocked, &state.blocked);
            if needless {
                break;
            }
        }
        if needless {
            continue;
        }
        let to = to.unwrap_or_else(|| {
            kept.push(state);
            kept.len() - 1
        });
        steps.push(Step { to, ..step });
    }
    (kept, steps)
}

fn blocks_within<const M: usize>(inner: &[Mask<M>; AHEAD], outer: &[Mask<M>; AHEAD]) -> bool {
    inner
        .iter()
        .flatten()
        .zip(outer.iter().flatten())
        .all(|(inner, outer)| inner & !outer == 0)
}
