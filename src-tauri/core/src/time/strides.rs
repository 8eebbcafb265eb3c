//! A shortcut into a sorted list of minutes, because a search per candidate start is too slow.

use std::ops::Range;

use super::UtcMinute;

/// For each stride of time, how many minutes of a sorted list lie before it.
///
/// The strides are as wide as leaves at most two for each minute of the list.
#[derive(Clone, Debug, Default)]
pub struct Strides {
    origin: UtcMinute,
    shift: u32,
    before: Vec<u32>,
}

impl Strides {
    /// Divides a sorted list.
    pub fn new(minutes: impl ExactSizeIterator<Item = UtcMinute> + DoubleEndedIterator + Clone) -> Self {
        let (Some(origin), Some(last)) = (minutes.clone().next(), minutes.clone().next_back()) else {
            return Self::default();
        };
        let reach = last.saturating_sub(origin);
        let most = 2 * minutes.len();
        let shift = (0..31)
            .find(|shift| ((reach >> shift) as usize) < most)
            .unwrap_or(31);
        let mut before = vec![0; (reach >> shift) as usize + 2];
        for minute in minutes {
            before[((minute - origin) >> shift) as usize + 1] += 1;
        }
        let mut sum = 0;
        for count in &mut before {
            sum += *count;
            *count = sum;
        }
        Self {
            origin,
            shift,
            before,
        }
    }

    /// The part of the list in which the first minute at or after one lies, or at whose end it lies.
    pub fn near(&self, minute: UtcMinute) -> Range<usize> {
        let stride = minute.saturating_sub(self.origin) >> self.shift;
        if stride < 0 || self.before.is_empty() {
            return 0..0;
        }
        let last = self.before.len() - 1;
        let stride = (stride as usize).min(last);
        self.before[stride] as usize..self.before[(stride + 1).min(last)] as usize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_minute_at_or_after_one_lies_near(
            mut minutes in prop::collection::vec(-5_000..90_000_000i32, 0..40),
            wanted in prop_oneof![-9_000..95_000_000i32, Just(i32::MIN), Just(i32::MAX)],
        ) {
            minutes.sort_unstable();
            let strides = Strides::new(minutes.iter().copied());
            let expected = minutes.partition_point(|&minute| minute < wanted);
            let near = strides.near(wanted);
            let found = near.start + minutes[near].partition_point(|&minute| minute < wanted);
            prop_assert_eq!(found, expected);
            prop_assert!(strides.before.len() <= 2 * minutes.len() + 1);
        }
    }
}
