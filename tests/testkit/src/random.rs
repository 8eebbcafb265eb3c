//! A small seeded generator of numbers whose sequence never changes, because proven fixtures depend on it.

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// A generator whose sequence depends on the seed alone.
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x5bd1_e995_9d1c_a2b3)
    }

    /// The next 64 random bits.
    pub fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low) + 1;
        low + i64::try_from(self.next_bits() % span).unwrap_or(0)
    }

    /// True in `percent` of 100 draws.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of the given values; the slice must hold at least one.
    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        let last = i64::try_from(values.len()).unwrap_or(1) - 1;
        values[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }

    /// `count` distinct values in their order (all of them when there are fewer).
    pub fn sample<T: Copy>(&mut self, values: &[T], count: usize) -> Vec<T> {
        let mut kept: Vec<usize> = (0..values.len()).collect();
        while kept.len() > count {
            let last = i64::try_from(kept.len()).unwrap_or(1) - 1;
            kept.remove(usize::try_from(self.between(0, last)).unwrap_or(0));
        }
        kept.into_iter().map(|index| values[index]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_of_a_seed_never_changes() {
        let mut random = Random::new(7);
        let drawn: Vec<i64> = (0..6).map(|_| random.between(0, 999)).collect();
        assert_eq!(drawn, [474, 552, 46, 552, 717, 540]);
    }
}
