//! The cheapest way through a chain in which the second session of a week may lie behind the first one of the next.
//!
//! That happens only where usual dates lie far apart, the tolerance is wide and the gaps of pairs differ much, and
//! then only by going days off. A way is told by what it means for the sessions to come: the last one placed of
//! each rhythm, until when the second session of the pair at hand must start, and whether that session has been put
//! off until the next first one is placed. Ways that leave no more freedom than a cheaper one are dropped.

use super::cost::Packed;
use super::starts::{Chain, Link, Pays, Start, least_of_week};
use crate::model::Spacing;
use crate::rules::between_pairs;
use crate::time::UtcMinute;

/// Whether some session may lie behind the first session of a later week at all.
fn are_near(chain: &Chain) -> bool {
    let Spacing::SeparateDays { min_hours, .. } = chain.spacing else {
        return false;
    };
    chain.links.windows(2).any(|two| {
        let [second, next] = two else { return false };
        let (Some(first), Some(last)) = (next.starts.first(), second.starts.last()) else {
            return false;
        };
        second.rhythm == 1
            && next.rhythm == 0
            && between_pairs::may_follow((first.day, first.to), (last.day, last.from), min_hours)
    })
}

/// What ways cost at least.
///
/// A way is told by its crossings: what lies before the first, between two, and behind the last of them does not
/// cross, so it costs no less than the chain walked without crossings, from its beginning or from its end.
struct Bounds {
    /// The least that the links from one on cost.
    rest: Vec<Packed>,
    /// For each link the least that a way costs in which it lies behind the next one.
    crossing: Vec<Packed>,
}

impl Bounds {
    fn new(chain: &Chain) -> Self {
        let count = chain.links.len();
        let begins = |at: usize| at == 0 || chain.links[at - 1].week != chain.links[at].week;
        // What the weeks from one on cost, each by itself.
        let mut apart = vec![0; count + 1];
        let mut end = count;
        let mut ends = vec![count; count];
        for at in (0..count).rev() {
            apart[at] = apart[end] + least_of_week(chain, &chain.links[at..end]);
            ends[at] = end;
            if begins(at) {
                end = at;
            }
        }
        let plain = chain.least_around();
        // What crossing costs where a link lies behind the next, with its own first session and without.
        let own: Vec<Option<Packed>> = (0..count).map(|at| least_crossing(chain, at, true)).collect();
        let alone: Vec<Option<Packed>> = (0..count).map(|at| least_crossing(chain, at, false)).collect();
        let mut rest = vec![0; count + 1];
        let mut crossing_from: Vec<Packed> = vec![Packed::MAX; count + 1];
        for at in (0..count).rev() {
            let end = ends[at];
            let last = end - 1;
            let here = if begins(at) { own[last] } else { alone[last] };
            let later = crossing_from[end].saturating_add(apart[at] - apart[end]);
            crossing_from[at] = here.map_or(later, |here| later.min(here.saturating_add(rest[last + 2])));
            rest[at] = plain.behind[at].min(crossing_from[at]);
        }
        // The links up to and including the one that a link lies behind.
        let mut up_to: Vec<Packed> = vec![Packed::MAX; count];
        let mut crossing = vec![Packed::MAX; count];
        let mut crossed = Packed::MAX;
        let mut at = 0;
        while at < count {
            let (end, last) = (ends[at], ends[at] - 1);
            let before = plain.before[at].min(crossed);
            let over = at.checked_sub(1).map_or(Packed::MAX, |over| up_to[over]);
            if let (Some(own), Some(alone)) = (own[last], alone[last]) {
                let own = before.saturating_add(own);
                let chained = if last > at {
                    over.saturating_add(alone)
                } else {
                    Packed::MAX
                };
                up_to[last] = own.min(chained);
                crossing[last] = up_to[last].saturating_add(rest[last + 2]);
            }
            let partner = if last > at { apart[last] - apart[end] } else { 0 };
            crossed = crossed
                .saturating_add(apart[at] - apart[end])
                .min(over.saturating_add(partner));
            at = end;
        }
        Self { rest, crossing }
    }

    /// For each link whether it may lie behind the next one in a way that costs no more than a limit.
    fn crossings(&self, limit: Packed) -> Vec<bool> {
        self.crossing.iter().map(|&least| least <= limit).collect()
    }
}

/// The least that a second session costs that lies behind the next link's, with that one and, if wanted, its own first
/// session. `None` where it cannot lie there.
fn least_crossing(chain: &Chain, at: usize, with_first: bool) -> Option<Packed> {
    let Spacing::SeparateDays { min_hours, max_hours } = chain.spacing else {
        return None;
    };
    let second = &chain.links[at];
    let next = chain
        .links
        .get(at + 1)
        .filter(|next| next.rhythm == 0 && second.rhythm == 1)?;
    let first = at
        .checked_sub(1)
        .map(|at| &chain.links[at])
        .filter(|first| with_first && first.week == second.week);
    let most = max_hours as i32 * 60;
    // From late to early: the later the second session, the fewer first ones are near enough.
    let mut nexts = next.starts.len();
    let mut firsts = first.map_or(0, |link| link.starts.len());
    let mut least_first = if first.is_some() { chain.missing } else { 0 };
    let least_before = running_least(&next.starts);
    let mut least: Option<Packed> = None;
    for start in second.starts.iter().rev() {
        let follows =
            |next: &Start| between_pairs::may_follow((next.day, next.to), (start.day, start.from), min_hours);
        while nexts > 0 && !follows(&next.starts[nexts - 1]) {
            nexts -= 1;
        }
        if nexts == 0 {
            break;
        }
        while let Some(before) = first.and_then(|link| link.starts.get(firsts.checked_sub(1)?))
            && before.to + most >= start.from
        {
            least_first = least_first.min(before.cost);
            firsts -= 1;
        }
        let cost = start.cost + least_before[nexts - 1] + least_first;
        least = Some(least.map_or(cost, |least| least.min(cost)));
    }
    least
}

/// For each start the least cost up to it.
fn running_least(starts: &[Start]) -> Vec<Packed> {
    let mut least = Packed::MAX;
    let lessening = starts.iter().map(|start| {
        least = least.min(start.cost);
        least
    });
    lessening.collect()
}

/// A way so far.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: Packed,
    owes: bool,
    /// The date and end of the last session of each rhythm, where a later one may come too close to it.
    last: [(i32, UtcMinute); 2],
    /// Until when the second session of the pair at hand, or the one put off, must start.
    until: UtcMinute,
    /// Whether the second session of the pair at hand has been put off.
    put_off: bool,
    /// Whether any has been.
    crossed: bool,
    step: u32,
}

/// A date and end that nothing is too close to.
const LONG_AGO: (i32, UtcMinute) = (i32::MIN, UtcMinute::MIN / 2);

struct Step {
    link: usize,
    start: usize,
    before: u32,
}

struct Walk<'a> {
    chain: &'a Chain,
    min_hours: u32,
    greatest_gap: i32,
    /// No more than this may a way cost.
    limit: Packed,
    bounds: Bounds,
    /// For each link whether it may be put off.
    crossings: Vec<bool>,
    /// The last that may.
    last_crossing: Option<usize>,
    steps: Vec<Step>,
}

/// The cheapest way that crosses and costs no more than a limit: its cost, and the start of each link.
pub(super) fn cheapest(chain: &Chain, limit: Packed) -> Option<(Packed, Vec<Option<usize>>)> {
    let Spacing::SeparateDays { min_hours, max_hours } = chain.spacing else {
        return None;
    };
    if !are_near(chain) {
        return None;
    }
    let bounds = Bounds::new(chain);
    let crossings = bounds.crossings(limit);
    let last_crossing = crossings.iter().rposition(|&may| may);
    last_crossing?;
    let mut walk = Walk {
        chain,
        min_hours,
        greatest_gap: max_hours as i32 * 60,
        limit,
        crossings,
        last_crossing,
        bounds,
        steps: Vec::new(),
    };
    let begin = |cost, owes| Way {
        cost,
        owes,
        last: [LONG_AGO; 2],
        until: UtcMinute::MAX,
        put_off: false,
        crossed: false,
        step: u32::MAX,
    };
    let mut ways = match chain.pays {
        Pays::Anybody(Some(settled)) => vec![begin(settled, false), begin(0, true)],
        Pays::Anybody(None) => vec![begin(0, true)],
        _ => vec![begin(0, false)],
    };
    for at in 0..chain.links.len() {
        ways = walk.pass(at, ways);
    }
    let nobody =
        matches!(chain.pays, Pays::Anybody(_)) && chain.links.iter().all(|link| link.starts.is_empty());
    let end = ways
        .into_iter()
        .filter(|way| way.crossed && (!way.owes || nobody))
        .min_by_key(|way| way.cost)?;
    let mut starts = vec![None; chain.links.len()];
    let mut step = end.step;
    while let Some(taken) = walk.steps.get(step as usize) {
        starts[taken.link] = Some(taken.start);
        step = taken.before;
    }
    Some((end.cost, starts))
}

impl Walk<'_> {
    fn pass(&mut self, at: usize, ways: Vec<Way>) -> Vec<Way> {
        let chain = self.chain;
        let link = &chain.links[at];
        let is_beside = |other: Option<&Link>| other.is_some_and(|other| other.week == link.week);
        let begins = at == 0 || !is_beside(chain.links.get(at - 1));
        let ends = !is_beside(chain.links.get(at + 1));
        let pays = self.pays(link);
        let is_the_payer = pays && matches!(chain.pays, Pays::Week(_));
        let mut reached = Reached::default();
        let mut placed: Vec<Cheapest> = vec![Cheapest::default(); link.starts.len()];
        for mut way in ways {
            if is_the_payer && begins {
                way.owes = true;
            }
            if way.put_off {
                self.place_both(at, &way, &mut reached);
                continue;
            }
            let left_out = Way {
                cost: way.cost + chain.missing,
                until: UtcMinute::MAX,
                ..way
            };
            if self.is_worth(at + 1, &left_out) && !(is_the_payer && ends && way.owes) {
                reached.add(left_out);
            }
            if self.crossings[at] {
                let put_off = Way {
                    put_off: true,
                    crossed: true,
                    last: [LONG_AGO, way.last[1]],
                    ..way
                };
                if way.until >= link.starts.first().map_or(UtcMinute::MAX, |start| start.from) {
                    reached.add(put_off);
                }
            }
            let last = way.last[1 - link.rhythm];
            let first = link.starts.partition_point(|start| !self.follows(last, start));
            for (index, start) in link.starts.iter().enumerate().skip(first) {
                if link.rhythm == 1 && start.from > way.until {
                    break;
                }
                for (cost, owes) in self.payments(&way, start, pays) {
                    if is_the_payer && ends && owes {
                        continue;
                    }
                    // Where a way goes on from a start depends on nothing before it.
                    let least = &mut placed[index][usize::from(owes)][usize::from(way.crossed)];
                    if least.is_none_or(|(least, _)| cost < least) {
                        *least = Some((cost, way));
                    }
                }
            }
        }
        for (index, start) in link.starts.iter().enumerate() {
            for (owes, least) in placed[index].iter().enumerate() {
                for &(cost, way) in least.iter().flatten() {
                    let placed = self.placed(&way, (link.rhythm, start, !ends), cost, owes == 1);
                    if self.is_worth(at + 1, &placed) {
                        let step = self.step(at, index, way.step);
                        reached.add(Way { step, ..placed });
                    }
                }
            }
        }
        reached.0
    }

    /// Places a first session, and behind it the second session of the week before that was put off.
    fn place_both(&mut self, at: usize, way: &Way, reached: &mut Reached) {
        let chain = self.chain;
        let (first, second) = (&chain.links[at], &chain.links[at - 1]);
        let has_behind = chain
            .links
            .get(at + 1)
            .is_some_and(|next| next.week == first.week);
        let is_the_payer = |link: &Link| self.pays(link) && matches!(chain.pays, Pays::Week(_));
        let must_pay = [is_the_payer(first) && !has_behind, is_the_payer(second)];
        for (index, start) in first.starts.iter().enumerate() {
            if !self.follows(way.last[1], start) {
                continue;
            }
            for (cost, owes) in self.payments(way, start, self.pays(first)) {
                if must_pay[0] && owes {
                    continue;
                }
                let opened = self.placed(way, (0, start, has_behind), cost, owes);
                let mut step = None;
                if !self.is_worth(at + 1, &opened) {
                    continue;
                }
                // A later second session is worth its place only where it is cheaper.
                let mut least = [Packed::MAX; 2];
                let behind = (start.day, start.to);
                let from = second
                    .starts
                    .partition_point(|other| !self.follows(behind, other));
                for (other_index, other) in second.starts.iter().enumerate().skip(from) {
                    if other.from > way.until {
                        break;
                    }
                    for (cost, owes) in self.payments(&opened, other, self.pays(second)) {
                        let both = Way {
                            cost,
                            owes,
                            last: [LONG_AGO, (other.day, other.to)],
                            ..opened
                        };
                        let least = &mut least[usize::from(owes)];
                        if (must_pay[1] && owes) || cost >= *least || !self.is_worth(at + 1, &both) {
                            continue;
                        }
                        *least = cost;
                        let before = *step.get_or_insert_with(|| self.step(at, index, way.step));
                        let step = self.step(at - 1, other_index, before);
                        reached.add(Way { step, ..both });
                    }
                }
            }
        }
    }

    fn pays(&self, link: &Link) -> bool {
        match self.chain.pays {
            Pays::Nobody => false,
            Pays::Week(week) => week == link.week,
            Pays::Anybody(_) => true,
        }
    }

    fn follows(&self, last: (i32, UtcMinute), start: &Start) -> bool {
        between_pairs::may_follow(last, (start.day, start.from), self.min_hours)
    }

    /// What a way costs with one more start, and whether it still owes: not paying, and paying.
    fn payments(&self, way: &Way, start: &Start, pays: bool) -> impl Iterator<Item = (Packed, bool)> + use<> {
        let cost = way.cost + start.cost;
        let paying = (way.owes && pays).then_some((cost + start.delay, false));
        [(cost, way.owes)].into_iter().chain(paying)
    }

    fn placed(&self, way: &Way, placed: (usize, &Start, bool), cost: Packed, owes: bool) -> Way {
        let (rhythm, start, opens) = placed;
        let mut last = [LONG_AGO; 2];
        last[rhythm] = (start.day, start.to);
        Way {
            cost,
            owes,
            last,
            until: if rhythm == 0 && opens {
                start.to + self.greatest_gap
            } else {
                UtcMinute::MAX
            },
            put_off: false,
            crossed: way.crossed,
            step: way.step,
        }
    }

    fn is_worth(&self, next: usize, way: &Way) -> bool {
        let may_cross = way.crossed || self.last_crossing.is_some_and(|last| next <= last + 1);
        may_cross && way.cost.saturating_add(self.bounds.rest[next]) <= self.limit
    }

    fn step(&mut self, link: usize, start: usize, before: u32) -> u32 {
        self.steps.push(Step { link, start, before });
        self.steps.len() as u32 - 1
    }
}

/// The cheapest way to a start, and what it costs with it: by whether it still owes, and whether it has crossed.
type Cheapest = [[Option<(Packed, Way)>; 2]; 2];

/// The ways to go on with.
#[derive(Default)]
struct Reached(Vec<Way>);

impl Reached {
    /// Adds a way, unless a cheaper one leaves as much freedom.
    fn add(&mut self, way: Way) {
        let frees = |one: &Way, other: &Way| {
            one.owes == other.owes
                && one.put_off == other.put_off
                && one.crossed == other.crossed
                && one.cost <= other.cost
                && one.last[0].1 <= other.last[0].1
                && one.last[1].1 <= other.last[1].1
                && one.until >= other.until
        };
        if self.0.iter().any(|other| frees(other, &way)) {
            return;
        }
        self.0.retain(|other| !frees(&way, other));
        self.0.push(way);
    }
}
