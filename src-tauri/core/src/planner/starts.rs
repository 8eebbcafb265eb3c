//! The cheapest way to place a chain of sessions that must keep apart from each other.
//!
//! With separate days every session of one discipline lies on another date than every session of the other, so the
//! dates alone tell which comes first, and whatever comes next need only keep apart from the last one placed: the
//! earlier ones lie farther off still. So the least cost up to a start is that of the cheapest way to the last start
//! before it, and the chain is walked once, start by start. A pair's greatest gap is looked at where its second
//! session follows its first; where another session may lie between the two, see [`super::crossing`].

mod front;

use self::front::{Front, NONE, Reached, Way, Window, cheaper};
use super::cost::Packed;
use super::crossing;
use crate::model::Spacing;
use crate::rules::between_pairs;
use crate::time::UtcMinute;

/// A start that a session may have, and what it costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub day: i32,
    pub from: UtcMinute,
    pub to: UtcMinute,
    pub cost: Packed,
    /// What is added when it pays for the start delay.
    pub delay: Packed,
}

/// One session and the starts that it may have, by time.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// By place in the list of weeks.
    pub week: usize,
    pub rhythm: usize,
    pub starts: Vec<Start>,
}

/// Which session pays for the start delay: any one of those that may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pays {
    Nobody,
    /// One of this week's.
    Week(usize),
    /// Any, unless it is settled for this much.
    Anybody(Option<Packed>),
}

/// The free sessions of a series, by week and then in order. The starts of one rhythm's sessions lie on later
/// dates from week to week.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub links: Vec<Link>,
    pub spacing: Spacing,
    /// What it costs to leave a session out.
    pub missing: Packed,
    pub pays: Pays,
}

/// The cheapest way through a chain, and those through each of its parts.
#[derive(Clone, Debug)]
pub(super) struct Through {
    pub least: Packed,
    /// For each link, the cheapest way through each of its starts.
    pub starts: Vec<Vec<Packed>>,
    /// For each link, the cheapest way that leaves it out.
    pub left_out: Vec<Packed>,
}

/// The last step of a way.
#[derive(Clone, Copy, Debug)]
struct Step {
    link: usize,
    start: usize,
    before: u32,
}

/// The chain walked up to its end.
#[derive(Default)]
struct Walk {
    /// By whether the start delay still has to be paid for.
    fronts: [Front; 2],
    steps: Vec<Step>,
    /// For each link and start the cheapest way that ends there, by whether the delay is still to be paid for.
    reached: Vec<[Vec<Reached>; 2]>,
    /// For each link the ways that came up to it.
    came: Vec<[Front; 2]>,
}

/// The cheapest way through a chain, also one that crosses: its cost, and the start of each link.
///
/// `apart` bounds every way from below. A way that costs more than `limit` need not be the cheapest.
pub(super) fn cheapest(chain: &Chain, apart: Packed, limit: Packed) -> Option<(Packed, Vec<Option<usize>>)> {
    let found = chain.cheapest();
    let limit = found
        .as_ref()
        .map_or(limit, |&(cost, _)| limit.min(cost - cost.min(1)));
    if limit < apart {
        return found;
    }
    crossing::cheapest(chain, limit).or(found)
}

/// The least that the sessions of one week cost by themselves.
pub(super) fn least_of_week(chain: &Chain, links: &[Link]) -> Packed {
    let single = |link: &Link| {
        let least = link.starts.iter().map(|start| start.cost).min();
        least.map_or(chain.missing, |least| least.min(chain.missing))
    };
    let [first, second] = links else {
        return links.iter().map(single).sum();
    };
    let way = |start: &Start| Way {
        day: start.day,
        to: start.to,
        cost: start.cost,
        step: NONE,
    };
    let opened: Vec<Way> = first.starts.iter().map(way).collect();
    let mut window = Window::new(&opened, chain.spacing);
    let pairs = second
        .starts
        .iter()
        .filter_map(|start| Some(window.cheapest_before(start)?.0 + start.cost));
    // A missing session outweighs all that comes after it.
    let one_missing = chain.missing + single(first).min(single(second));
    pairs.min().map_or(one_missing, |pair| pair.min(one_missing))
}

/// What the parts of a chain cost by themselves, without crossings and at least: the start delay counts only where the
/// paying week is whole.
pub(super) struct Around {
    /// The links before one.
    pub before: Vec<Packed>,
    /// The links from one on; one more at the end.
    pub behind: Vec<Packed>,
}

impl Chain {
    /// What the links before each one cost at least, and those from it on.
    pub fn least_around(&self) -> Around {
        let walk = self.walk(true);
        let back = self.mirrored().walk(true);
        let least = |fronts: &[Front; 2]| {
            let costs = fronts.iter().filter_map(Front::least);
            costs.min().unwrap_or(Packed::MAX)
        };
        let mut behind: Vec<Packed> = back.came.iter().map(least).collect();
        behind.push(least(&back.fronts));
        behind.reverse();
        Around {
            before: walk.came.iter().map(least).collect(),
            behind,
        }
    }

    /// The cheapest way: its cost, and the start of each link.
    pub fn cheapest(&self) -> Option<(Packed, Vec<Option<usize>>)> {
        let walk = self.walk(false);
        let (cost, mut step) = self.end_of(&walk)?;
        let mut starts = vec![None; self.links.len()];
        while let Some(taken) = walk.steps.get(step as usize) {
            starts[taken.link] = Some(taken.start);
            step = taken.before;
        }
        Some((cost, starts))
    }

    /// What the cheapest way costs, and the cheapest ways through and past each link.
    pub fn through(&self) -> Option<Through> {
        let walk = self.walk(true);
        let (least, _) = self.end_of(&walk)?;
        let back = self.mirrored().walk(true);
        let links = self.links.len();
        let mut through = Through {
            least,
            starts: Vec::with_capacity(links),
            left_out: Vec::with_capacity(links),
        };
        for (at, link) in self.links.iter().enumerate() {
            let behind_at = links - 1 - at;
            // Where somebody may pay, it was one before or one behind; elsewhere nobody owes on either side.
            let sides: &[[usize; 2]] = if self.may_pay(link) {
                &[[0, 1], [1, 0]]
            } else {
                &[[0, 0]]
            };
            let count = link.starts.len();
            let one = |start: usize| {
                let sum = |&[one, other]: &[usize; 2]| {
                    let (before, _) = walk.reached[at][one][start]?;
                    let (behind, _) = back.reached[behind_at][other][count - 1 - start]?;
                    Some(before + behind - link.starts[start].cost)
                };
                sides.iter().filter_map(sum).min().unwrap_or(Packed::MAX)
            };
            through.starts.push((0..count).map(one).collect());
            let past =
                |&[one, other]: &[usize; 2]| self.join(&walk.came[at][one], &back.came[behind_at][other]);
            let past = sides.iter().filter_map(past).min();
            through
                .left_out
                .push(past.map_or(Packed::MAX, |cost| cost + self.missing));
        }
        Some(through)
    }

    /// The cheapest way of one before a link and one that came from behind it.
    fn join(&self, before: &Front, behind: &Front) -> Option<Packed> {
        let Spacing::SeparateDays { min_hours, .. } = self.spacing else {
            return None;
        };
        let sum = |one: Reached, other: Reached| Some(one?.0 + other?.0);
        let mut least = sum(before.nothing, behind.nothing);
        let mut offer = |cost: Option<Packed>| {
            least = match (least, cost) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        };
        for rhythm in 0..2 {
            let (own, others) = (&before.ended[rhythm], &before.ended[1 - rhythm]);
            // Seen from behind, rhythms and times are the other way round.
            let behind_own = &behind.ended[1 - rhythm];
            let cheapest = |ways: &[Way]| ways.last().map(|way| (way.cost, way.step));
            offer(sum(before.nothing, cheapest(behind_own)));
            offer(sum(cheapest(own), behind.nothing));
            offer(sum(cheapest(own), cheapest(behind_own)));
            for one in others {
                for other in behind_own {
                    if between_pairs::may_follow((one.day, one.to), (-other.day, -other.to), min_hours) {
                        offer(Some(one.cost + other.cost));
                    }
                }
            }
        }
        least
    }

    fn may_pay(&self, link: &Link) -> bool {
        match self.pays {
            Pays::Nobody => false,
            Pays::Week(week) => week == link.week,
            Pays::Anybody(_) => true,
        }
    }

    /// The chain from its end to its beginning, time running backwards: pairs open with their second session.
    fn mirrored(&self) -> Self {
        let mirrored = |link: &Link| Link {
            week: link.week,
            rhythm: 1 - link.rhythm,
            starts: link
                .starts
                .iter()
                .rev()
                .map(|start| Start {
                    day: -start.day,
                    from: -start.to,
                    to: -start.from,
                    ..*start
                })
                .collect(),
        };
        Self {
            links: self.links.iter().rev().map(mirrored).collect(),
            ..self.clone_without_links()
        }
    }

    fn clone_without_links(&self) -> Self {
        Self {
            links: Vec::new(),
            spacing: self.spacing,
            missing: self.missing,
            pays: self.pays,
        }
    }

    /// The cheapest of the ways at the end.
    fn end_of(&self, walk: &Walk) -> Reached {
        let [paid, owing] = &walk.fronts;
        let done = cheaper(paid.cheapest_ended(0), paid.cheapest_ended(1));
        // Nobody owes when nothing can be placed at all.
        let nobody = self.pays == Pays::Anybody(None) && self.links.iter().all(|link| link.starts.is_empty());
        cheaper(done, owing.nothing.filter(|_| nobody))
    }

    fn walk(&self, keeps_what_came: bool) -> Walk {
        let mut walk = Walk::default();
        match self.pays {
            Pays::Anybody(settled) => {
                walk.fronts[0].nothing = settled.map(|cost| (cost, NONE));
                walk.fronts[1].nothing = Some((0, NONE));
            }
            _ => walk.fronts[0].nothing = Some((0, NONE)),
        }
        for at in 0..self.links.len() {
            self.pass(at, &mut walk, keeps_what_came);
        }
        walk
    }

    /// Goes over one link: places its session at each of its starts, or leaves it out.
    fn pass(&self, at: usize, walk: &mut Walk, keeps_what_came: bool) {
        let link = &self.links[at];
        let beside = |other: Option<&Link>| other.is_some_and(|other| other.week == link.week);
        let has_before = at > 0 && beside(self.links.get(at - 1));
        let has_behind = beside(self.links.get(at + 1));
        let pays = self.may_pay(link);
        if matches!(self.pays, Pays::Week(_)) && pays && !has_before {
            walk.fronts.swap(0, 1);
            walk.fronts[0] = Front::default();
        }
        if keeps_what_came {
            let mut came = walk.fronts.clone();
            came.iter_mut().for_each(Front::close);
            walk.came.push(came);
        }
        let [paid, owing] = &walk.fronts;
        let mut reached = [self.reach(link, paid), self.reach(link, owing)];
        if pays {
            let [paid, owing] = &mut reached;
            for ((paid, owing), start) in paid.iter_mut().zip(owing).zip(&link.starts) {
                *paid = cheaper(*paid, owing.map(|(cost, before)| (cost + start.delay, before)));
            }
        }
        for (front, reached) in walk.fronts.iter_mut().zip(&mut reached) {
            front.leave_out(self.missing);
            front.close();
            for (index, (start, reached)) in link.starts.iter().zip(reached).enumerate() {
                let Some((cost, step)) = reached else { continue };
                let way = Way {
                    day: start.day,
                    to: start.to,
                    cost: *cost,
                    step: walk.steps.len() as u32,
                };
                walk.steps.push(Step {
                    link: at,
                    start: index,
                    before: *step,
                });
                if link.rhythm == 0 && has_behind {
                    front.opened.push(way);
                } else {
                    front.end(link.rhythm, way);
                }
            }
        }
        walk.reached.push(reached);
        if matches!(self.pays, Pays::Week(_)) && pays && !has_behind {
            walk.fronts[1] = Front::default();
        }
    }

    /// The cheapest way to each start of a link.
    fn reach(&self, link: &Link, front: &Front) -> Vec<Reached> {
        let Spacing::SeparateDays { min_hours, .. } = self.spacing else {
            return vec![None; link.starts.len()];
        };
        if front.is_empty() {
            return vec![None; link.starts.len()];
        }
        let unbound = front.cheapest_ended(link.rhythm);
        let others = &front.ended[1 - link.rhythm];
        let mut before = 0;
        let mut opened = Window::new(&front.opened, self.spacing);
        link.starts
            .iter()
            .map(|start| {
                let follows = |way: &Way| {
                    between_pairs::may_follow((way.day, way.to), (start.day, start.from), min_hours)
                };
                while others.get(before).is_some_and(follows) {
                    before += 1;
                }
                let after_other = before
                    .checked_sub(1)
                    .map(|last| (others[last].cost, others[last].step));
                let least = cheaper(cheaper(unbound, after_other), opened.cheapest_before(start));
                least.map(|(cost, step)| (cost + start.cost, step))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
