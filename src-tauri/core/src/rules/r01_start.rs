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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{calendar, local, place};
    use crate::time::day_number;

    #[test]
    fn boundaries() {
        let calendar = calendar(&[]);
        let off_grid = |slot_minutes| Some(Violation::OffGrid { slot_minutes });
        for (start, now, earliest, slot_minutes, expected) in [
            ("2026-03-02T10:00", "2026-03-02T10:00", "2026-03-02", 15, None),
            (
                "2026-03-02T10:00",
                "2026-03-02T10:01",
                "2026-03-02",
                15,
                Some(Violation::InThePast),
            ),
            ("2026-03-03T00:00", "2026-03-02T10:00", "2026-03-03", 15, None),
            (
                "2026-03-02T23:45",
                "2026-03-02T10:00",
                "2026-03-03",
                15,
                Some(Violation::BeforeEarliest),
            ),
            (
                "2026-03-02T23:45",
                "2026-03-03T10:00",
                "2026-03-03",
                15,
                Some(Violation::InThePast),
            ),
            (
                "2026-03-02T10:14",
                "2026-03-02T08:00",
                "2026-03-02",
                15,
                off_grid(15),
            ),
            (
                "2026-03-02T10:16",
                "2026-03-02T08:00",
                "2026-03-02",
                15,
                off_grid(15),
            ),
            ("2026-03-02T10:05", "2026-03-02T08:00", "2026-03-02", 5, None),
            (
                "2026-03-02T10:30",
                "2026-03-02T08:00",
                "2026-03-02",
                60,
                off_grid(60),
            ),
            ("2026-03-02T10:07", "2026-03-02T08:00", "2026-03-02", 0, None),
            // The grid is the wall clock's, also behind a skipped or a repeated hour.
            ("2026-03-08T03:00", "2026-03-02T08:00", "2026-03-02", 60, None),
            ("2026-11-01T01:30", "2026-03-02T08:00", "2026-03-02", 30, None),
        ] {
            let limits = Limits {
                now: Some(calendar.clock().to_utc(local(now))),
                earliest: Some(day_number(earliest.parse().expect("a date"))),
                slot_minutes,
            };
            let place = place(&calendar, &format!("pia p gym {start}"));
            assert_eq!(check(&place, &limits), expected, "{start} at {now}");
        }
    }

    #[test]
    fn the_grid_is_counted_from_local_midnight_in_every_zone() {
        let mut clinic = crate::test_support::clinic();
        clinic.time_zone = chrono_tz::Asia::Kathmandu;
        let calendar = crate::test_support::calendar_of(clinic, &[]);
        let limits = Limits {
            slot_minutes: 60,
            ..Limits::default()
        };
        assert_eq!(
            check(&place(&calendar, "pia p gym 2026-03-02T10:00"), &limits),
            None
        );
        assert!(check(&place(&calendar, "pia p gym 2026-03-02T10:45"), &limits).is_some());
    }
}
