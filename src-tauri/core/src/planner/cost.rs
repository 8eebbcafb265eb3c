//! What a plan costs, and cost lists packed into one number.

use crate::model::Strategy;

/// What a plan costs; every part is better when smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cost {
    /// Sessions without a place.
    pub unplaced: u32,
    /// Placed sessions that leave the place where they are booked today.
    pub moved: u32,
    /// Sessions with another practitioner than the usual one.
    pub changes: u32,
    /// Days between sessions and their usual dates.
    pub days_off: u32,
    /// Minutes between sessions and their usual times of day.
    pub minutes_off: u32,
    /// Days from the earliest date to the first session; negative when a fixed one lies before.
    pub start_delay: i32,
    /// Minutes of waiting between the two sessions of each pair on one day.
    pub wait: u32,
    /// Minutes of working time made useless.
    pub orphan: u32,
}

impl Cost {
    /// The parts in the order in which a strategy minimises them.
    pub fn list(&self, strategy: Strategy) -> [i64; 8] {
        Field::in_order(strategy).map(|field| match field {
            Field::Unplaced => self.unplaced.into(),
            Field::Moved => self.moved.into(),
            Field::Changes => self.changes.into(),
            Field::DaysOff => self.days_off.into(),
            Field::MinutesOff => self.minutes_off.into(),
            Field::StartDelay => self.start_delay.into(),
            Field::Wait => self.wait.into(),
            Field::Orphan => self.orphan.into(),
        })
    }
}

/// A part of a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Unplaced,
    Moved,
    Changes,
    DaysOff,
    MinutesOff,
    StartDelay,
    Wait,
    Orphan,
}

impl Field {
    fn in_order(strategy: Strategy) -> [Self; 8] {
        use Field::{Changes, DaysOff, MinutesOff, Moved, Orphan, StartDelay, Unplaced, Wait};
        match strategy {
            Strategy::SamePractitioner => [
                Unplaced, Moved, Changes, DaysOff, MinutesOff, StartDelay, Wait, Orphan,
            ],
            Strategy::Soonest => [
                Unplaced, Moved, StartDelay, Changes, DaysOff, MinutesOff, Wait, Orphan,
            ],
            Strategy::SameTime => [
                Unplaced, Moved, DaysOff, MinutesOff, Changes, StartDelay, Wait, Orphan,
            ],
        }
    }

    /// Enough for 208 sessions (104 weeks) anywhere in 120 years: together 122 bits.
    const fn bits(self) -> u32 {
        match self {
            Self::Unplaced | Self::Moved | Self::Changes => 8,
            Self::DaysOff => 24,
            Self::MinutesOff => 19,
            Self::StartDelay => 17,
            Self::Wait => 18,
            Self::Orphan => 20,
        }
    }
}

/// A cost list as one number: lists add up and compare as numbers do, because no part outgrows its bits.
pub(super) type Packed = u128;

/// What one of each part is worth to a strategy, packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prices {
    pub strategy: Strategy,
    pub unplaced: Packed,
    pub moved: Packed,
    pub change: Packed,
    pub day: Packed,
    pub minute: Packed,
    pub delay: Packed,
    pub wait: Packed,
    pub orphan: Packed,
}

impl Prices {
    pub fn of(strategy: Strategy) -> Self {
        let mut prices = [0; 8];
        let mut price = 1;
        for field in Field::in_order(strategy).into_iter().rev() {
            prices[field as usize] = price;
            price <<= field.bits();
        }
        let [unplaced, moved, change, day, minute, delay, wait, orphan] = prices;
        Self {
            strategy,
            unplaced,
            moved,
            change,
            day,
            minute,
            delay,
            wait,
            orphan,
        }
    }

    /// A cost of nothing but unplaced and moved sessions and days, from the prices of another strategy.
    pub fn repriced_days(&self, cost: Packed, other: &Self) -> Packed {
        let (unplaced, rest) = (cost / other.unplaced, cost % other.unplaced);
        let (moved, rest) = (rest / other.moved, rest % other.moved);
        unplaced * self.unplaced + moved * self.moved + rest / other.day * self.day
    }

    /// A cost as one number; `delay_offset` is added to the start delay.
    pub fn pack(&self, cost: &Cost, delay_offset: i32) -> Packed {
        Packed::from(cost.unplaced) * self.unplaced
            + Packed::from(cost.moved) * self.moved
            + Packed::from(cost.changes) * self.change
            + Packed::from(cost.days_off) * self.day
            + Packed::from(cost.minutes_off) * self.minute
            + (cost.start_delay + delay_offset) as Packed * self.delay
            + Packed::from(cost.wait) * self.wait
            + Packed::from(cost.orphan) * self.orphan
    }
}
