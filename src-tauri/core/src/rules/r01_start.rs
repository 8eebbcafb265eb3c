//! Rule 1: the start is not before now, the date not before the earliest, the start on the slot grid.

use super::Violation;
use crate::calendar::Placement;
use crate::time::{Span, UtcMinute};

/// What a start is held against; a part that is absent holds nothing back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// The present.
    pub now: Option<UtcMinute>,
    /// The first day that may be used.
    pub earliest: Option<i32>,
    /// The slot length in minutes; 0 for no grid.
    pub slot_minutes: i32,
}

/// The first part of the rule that a start breaks.
pub fn check(place: &Placement, limits: &Limits) -> Option<Violation> {
    if limits.now.is_some_and(|now| place.treatment.from < now) {
        return Some(Violation::InThePast);
    }
    if limits.earliest.is_some_and(|earliest| place.day < earliest) {
        return Some(Violation::BeforeEarliest);
    }
    if limits.slot_minutes > 0 && place.time % limits.slot_minutes != 0 {
        return Some(Violation::OffGrid {
            slot_minutes: limits.slot_minutes,
        });
    }
    None
}

/// The starts of a date that the first two parts of the rule leave; the grid is the caller's to keep.
pub fn starts(day: i32, limits: &Limits) -> Span {
    if limits.earliest.is_some_and(|earliest| day < earliest) {
        return Span::new(0, 0);
    }
    Span::new(limits.now.unwrap_or(UtcMinute::MIN), UtcMinute::MAX)
}
