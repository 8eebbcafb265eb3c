//! Half-open stretches of time and what can be done with lists of them.

use super::UtcMinute;

/// A half-open stretch `[from, to)` in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Its first minute.
    pub from: UtcMinute,
    /// The minute after its last.
    pub to: UtcMinute,
}

impl Span {
    /// The stretch from one minute up to another.
    pub const fn new(from: UtcMinute, to: UtcMinute) -> Self {
        Self { from, to }
    }

    /// Whether it has no minute at all.
    pub const fn is_empty(self) -> bool {
        self.to <= self.from
    }

    /// Its length in minutes.
    pub const fn minutes(self) -> i32 {
        self.to - self.from
    }

    /// Whether the two share a minute.
    pub const fn meets(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Whether the other lies inside it.
    pub const fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

/// Sorts the spans and joins those that meet or touch; empty ones vanish.
pub fn merge(spans: &mut Vec<Span>) {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let joined = next.from <= kept.to;
        if joined {
            kept.to = kept.to.max(next.to);
        }
        joined
    });
}

/// What is left of sorted, disjoint spans when others, sorted by start, are taken away.
pub fn subtract(spans: &[Span], taken: impl IntoIterator<Item = Span>, left: &mut Vec<Span>) {
    let mut rest = spans.iter().copied();
    let Some(mut open) = rest.next() else { return };
    for hole in taken {
        if hole.is_empty() {
            continue;
        }
        while open.to <= hole.from {
            left.push(open);
            match rest.next() {
                Some(next) => open = next,
                None => return,
            }
        }
        while open.from < hole.to {
            if open.from < hole.from {
                left.push(Span::new(open.from, hole.from));
            }
            if hole.to < open.to {
                open.from = hole.to;
                break;
            }
            match rest.next() {
                Some(next) => open = next,
                None => return,
            }
        }
    }
    left.push(open);
    left.extend(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec(
            (0..60i32, 0..12i32).prop_map(|(from, length)| Span::new(from, from + length)),
            0..8,
        )
    }

    fn minutes(spans: &[Span]) -> Vec<bool> {
        (0..80)
            .map(|minute| spans.iter().any(|span| span.meets(Span::new(minute, minute + 1))))
            .collect()
    }

    proptest! {
        #[test]
        fn merging_keeps_every_minute_and_leaves_gaps(mut given in spans()) {
            let before = minutes(&given);
            merge(&mut given);
            prop_assert_eq!(before, minutes(&given));
            prop_assert!(given.windows(2).all(|pair| pair[0].to < pair[1].from));
        }

        #[test]
        fn subtracting_leaves_the_minutes_that_were_not_taken(mut given in spans(), mut taken in spans()) {
            merge(&mut given);
            taken.sort_unstable();
            let mut left = Vec::new();
            subtract(&given, taken.iter().copied(), &mut left);
            let expected: Vec<bool> =
                minutes(&given).iter().zip(minutes(&taken)).map(|(&kept, gone)| kept && !gone).collect();
            prop_assert_eq!(expected, minutes(&left));
            prop_assert!(left.iter().all(|span| !span.is_empty()));
        }
    }
}
