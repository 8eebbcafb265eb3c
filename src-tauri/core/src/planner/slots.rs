//! Sets of starts of one date, a bit for each slot of the clinic's grid.

/// A set of slots of one date; `W` words hold the 1440 / slot length slots of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slots<const W: usize>([u64; W]);

impl<const W: usize> Slots<W> {
    pub(super) const EMPTY: Self = Self([0; W]);
    const END: i32 = 64 * W as i32;

    /// The slots from one up to and including another, cut to the day.
    pub(super) fn range(first: i32, last: i32) -> Self {
        let (first, last) = (first.max(0), last.min(Self::END - 1));
        let mut words = [0; W];
        if first > last {
            return Self(words);
        }
        let (low, high) = (first as usize, last as usize);
        for (at, word) in words.iter_mut().enumerate() {
            if at < low / 64 || at > high / 64 {
                continue;
            }
            let from = if at == low / 64 {
                u64::MAX << (low % 64)
            } else {
                u64::MAX
            };
            let to = if at == high / 64 {
                u64::MAX >> (63 - high % 64)
            } else {
                u64::MAX
            };
            *word = from & to;
        }
        Self(words)
    }

    pub(super) fn insert(&mut self, slot: i32) {
        self.0[slot as usize / 64] |= 1 << (slot % 64);
    }

    /// Whether a slot, possibly outside the day, is in the set.
    pub(super) fn contains(&self, slot: i32) -> bool {
        (0..Self::END).contains(&slot) && self.0[slot as usize / 64] >> (slot % 64) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(super) fn len(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(word, with)| *word &= with);
        self
    }

    pub(super) fn or(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(word, with)| *word |= with);
        self
    }

    pub(super) fn minus(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(word, with)| *word &= !with);
        self
    }

    pub(super) fn first(&self) -> Option<i32> {
        let at = self.0.iter().position(|&word| word != 0)?;
        Some((64 * at) as i32 + self.0[at].trailing_zeros() as i32)
    }

    pub(super) fn last(&self) -> Option<i32> {
        let at = self.0.iter().rposition(|&word| word != 0)?;
        Some((64 * at) as i32 + 63 - self.0[at].leading_zeros() as i32)
    }

    /// The slots in order.
    pub(super) fn iter(self) -> impl Iterator<Item = i32> {
        self.0.into_iter().enumerate().flat_map(|(at, word)| {
            std::iter::successors((word != 0).then_some(word), |&left| {
                let left = left & (left - 1);
                (left != 0).then_some(left)
            })
            .map(move |left| (64 * at) as i32 + left.trailing_zeros() as i32)
        })
    }

    /// The last slot of the set that is not after one.
    pub(super) fn at_or_before(&self, slot: i32) -> Option<i32> {
        if slot < 0 {
            return None;
        }
        let slot = slot.min(Self::END - 1) as usize;
        let mut at = slot / 64;
        let mut word = self.0[at] & (u64::MAX >> (63 - slot % 64));
        loop {
            if word != 0 {
                return Some((64 * at) as i32 + 63 - word.leading_zeros() as i32);
            }
            at = at.checked_sub(1)?;
            word = self.0[at];
        }
    }

    /// The first slot of the set that is not before one.
    pub(super) fn at_or_after(&self, slot: i32) -> Option<i32> {
        if slot >= Self::END {
            return None;
        }
        let slot = slot.max(0) as usize;
        let mut at = slot / 64;
        let mut word = self.0[at] & (u64::MAX << (slot % 64));
        loop {
            if word != 0 {
                return Some((64 * at) as i32 + word.trailing_zeros() as i32);
            }
            at += 1;
            word = *self.0.get(at)?;
        }
    }

    /// The slots that lie `least` to `most` slots after one of the set; both may be negative.
    pub(super) fn reach(self, least: i32, most: i32) -> Self {
        let (Some(first), Some(last)) = (self.first(), self.last()) else {
            return self;
        };
        if least > most || first + least >= Self::END || last + most < 0 {
            return Self::EMPTY;
        }
        // Wide enough that the ranges of neighbouring slots always touch.
        if most - least >= last - first {
            return Self::range(first + least, last + most);
        }
        if least >= 0 {
            self.later(least).widen_later(most - least)
        } else if most <= 0 {
            self.earlier(-most).widen_earlier(most - least)
        } else {
            self.widen_later(most).or(self.widen_earlier(-least))
        }
    }

    fn widen_later(mut self, by: i32) -> Self {
        let mut done = 0;
        while done < by {
            let step = (done + 1).min(by - done);
            self = self.or(self.later(step));
            done += step;
        }
        self
    }

    fn widen_earlier(mut self, by: i32) -> Self {
        let mut done = 0;
        while done < by {
            let step = (done + 1).min(by - done);
            self = self.or(self.earlier(step));
            done += step;
        }
        self
    }

    fn later(self, by: i32) -> Self {
        let (words, bits) = (by as usize / 64, by as u32 % 64);
        let mut moved = [0; W];
        for (at, word) in moved.iter_mut().enumerate().skip(words) {
            *word = self.0[at - words] << bits;
            if bits > 0 && at > words {
                *word |= self.0[at - words - 1] >> (64 - bits);
            }
        }
        Self(moved)
    }

    fn earlier(self, by: i32) -> Self {
        let (words, bits) = (by as usize / 64, by as u32 % 64);
        let mut moved = [0; W];
        for (at, word) in moved.iter_mut().enumerate().take(W.saturating_sub(words)) {
            *word = self.0[at + words] >> bits;
            if bits > 0 && at + words + 1 < W {
                *word |= self.0[at + words + 1] << (64 - bits);
            }
        }
        Self(moved)
    }

    /// Minutes from a time of day to the nearest slot of the set.
    pub(super) fn distance(&self, slot_minutes: i32, time: i32) -> Option<i32> {
        let slot = time / slot_minutes;
        let before = self.at_or_before(slot).map(|slot| time - slot * slot_minutes);
        if before == Some(0) {
            return before;
        }
        let after = self.at_or_after(slot + 1).map(|slot| slot * slot_minutes - time);
        match (before, after) {
            (Some(before), Some(after)) => Some(before.min(after)),
            (one, other) => one.or(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reaches_what_counting_slot_by_slot_reaches(
            slots in prop::collection::btree_set(0..128i32, 0..9),
            least in -140..140i32,
            width in 0..150i32,
        ) {
            let mut set = Slots::<2>::EMPTY;
            slots.iter().for_each(|&slot| set.insert(slot));
            let reached: Vec<i32> = set.reach(least, least + width).iter().collect();
            let expected: Vec<i32> = (0..128)
                .filter(|to| slots.iter().any(|from| (least..=least + width).contains(&(to - from))))
                .collect();
            prop_assert_eq!(reached, expected);
        }

        #[test]
        fn finds_the_nearest_slot(slots in prop::collection::btree_set(0..96i32, 0..9), time in 0..1440i32) {
            let mut set = Slots::<2>::EMPTY;
            slots.iter().for_each(|&slot| set.insert(slot));
            let expected = slots.iter().map(|slot| (slot * 15 - time).abs()).min();
            prop_assert_eq!(set.distance(15, time), expected);
        }
    }
}
