//! The cheapest way through a chain of links of which a stop at one may block stops at the next few.
//!
//! What a way so far means for the links to come is which of their stops it blocks. Ways that block the same
//! are one state, and a state that is dearer than another and blocks no less is dropped: whatever can follow it can follow
//! the other. So the number of states stays small, and the least cost is exact.

use super::cost::Packed;

/// How many links after one may be blocked by it.
pub(super) const AHEAD: usize = 3;

/// Stops of one link, a bit each.
pub(super) type Mask = u64;

/// What it costs to stop somewhere, and what it blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub cost: Packed,
    /// What is added when this stop pays for the start delay.
    pub delay: Packed,
    /// For each of the next links, the stops that cannot be had together with this one.
    pub blocks: [Mask; AHEAD],
}

/// One link: at one of its stops, or past it.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub stops: Vec<Stop>,
    /// Whether it is the first, and the last, of its week.
    pub ends: [bool; 2],
    /// Whether its week pays for the start delay.
    pub pays: bool,
}

/// A chain of links.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub links: Vec<Link>,
    /// What it costs to go past a link.
    pub missing: Packed,
}

/// Where a way through the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    blocked: [Mask; AHEAD],
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

impl Chain {
    /// The cost of the cheapest way.
    pub fn least(&self) -> Option<Packed> {
        let (ends, _) = self.walk();
        ends.iter().map(|end| end.cost).min()
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
    fn walk(&self) -> (Vec<State>, Steps) {
        let mut states = vec![State {
            blocked: [0; AHEAD],
            owes: false,
            cost: 0,
        }];
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
        (states, steps)
    }

    fn step(&self, link: &Link, from: usize, state: &State, reached: &mut Vec<(State, Step)>) {
        let must_pay = link.pays && (link.ends[0] || state.owes);
        let mut go = |stop: Option<usize>, blocks: &[Mask; AHEAD], owes: bool, cost: Packed| {
            let blocked = std::array::from_fn(|ahead| {
                state.blocked.get(ahead + 1).copied().unwrap_or(0) | blocks[ahead]
            });
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
        let nothing = [0; AHEAD];
        if !(must_pay && link.ends[1]) {
            go(None, &nothing, must_pay, self.missing);
        }
        for (index, stop) in link.stops.iter().enumerate() {
            if index < 64 && state.blocked[0] >> index & 1 == 1 {
                continue;
            }
            let delay = if must_pay { stop.delay } else { 0 };
            go(Some(index), &stop.blocks, false, stop.cost + delay);
        }
    }
}

/// Joins states that block alike and drops those that a cheaper state, blocking no more, makes needless.
fn merge(reached: &mut Vec<(State, Step)>) -> (Vec<State>, Vec<Step>) {
    reached.sort_unstable_by_key(|(state, step)| (state.cost, step.from, step.stop));
    let mut kept: Vec<State> = Vec::new();
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

fn blocks_within(inner: &[Mask; AHEAD], outer: &[Mask; AHEAD]) -> bool {
    inner.iter().zip(outer).all(|(inner, outer)| inner & !outer == 0)
}
