//! The times of day that are tried for one rhythm, least minutes first.
//!
//! Where rule 10 binds the weeks together, a time may cost more than each week by itself tells. How much more takes a
//! walk through the chain of starts, so it is asked only for times whose turn has come.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Minutes that the sessions of a rhythm lie from a time of day at least, and that time.
pub(super) type Timed = (i32, i32);

#[derive(Clone, Debug, Default)]
pub(super) struct Times {
    /// Those whose minutes are settled, least first.
    settled: Vec<Timed>,
    /// The others, with whether their minutes are settled.
    waiting: BinaryHeap<Reverse<(Timed, bool)>>,
}

impl Times {
    /// Takes times in any order; with `are_rough` their minutes are bounds that are yet to be raised.
    pub fn new(mut timed: Vec<Timed>, are_rough: bool) -> Self {
        timed.sort_unstable();
        timed.dedup();
        if timed.is_empty() {
            timed.push((0, 0));
        }
        if !are_rough {
            return Self {
                settled: timed,
                waiting: BinaryHeap::new(),
            };
        }
        Self {
            settled: Vec::new(),
            waiting: timed.into_iter().map(|timed| Reverse((timed, false))).collect(),
        }
    }

    /// The time that comes at a place; `raise` tells the minutes of a time for good.
    pub fn get(&mut self, at: usize, mut raise: impl FnMut(i32) -> i32) -> Option<Timed> {
        while self.settled.len() <= at {
            let Reverse(((minutes, time), is_settled)) = self.waiting.pop()?;
            let raised = if is_settled {
                minutes
            } else {
                raise(time).max(minutes)
            };
            // Settled already, or as good as it was.
            if raised == minutes {
                self.settled.push((minutes, time));
            } else {
                self.waiting.push(Reverse(((raised, time), true)));
            }
        }
        self.settled.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn come_in_the_order_of_their_raised_minutes(
            times in prop::collection::btree_map(0..50i32, (0..20i32, 0..20i32), 1..20),
            asked in 1..20usize,
        ) {
            let rough = times.iter().map(|(&time, &(minutes, _))| (minutes, time)).collect();
            let mut lazy = Times::new(rough, true);
            let mut raised: Vec<Timed> = times.iter().map(|(&time, &(minutes, more))| (minutes + more, time)).collect();
            raised.sort_unstable();
            let mut count = 0;
            for at in 0..asked {
                let got = lazy.get(at, |time| {
                    count += 1;
                    times[&time].0 + times[&time].1
                });
                prop_assert_eq!(got, raised.get(at).copied());
            }
            let within = raised[asked.min(raised.len()) - 1].0;
            let cheap = times.values().filter(|(minutes, _)| *minutes <= within).count();
            prop_assert!(count <= cheap, "asked for {count} of {cheap} that may come");
        }
    }
}
