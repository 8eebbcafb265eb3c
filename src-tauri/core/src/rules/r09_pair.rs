//! Rule 9: the two sessions of one week keep order and spacing.

use super::Violation;
use crate::calendar::Placement;
use crate::model::Spacing;

/// The rule for a pair, the first discipline's session first; rule 12 comes on top on one date.
pub fn check(first: &Placement, second: &Placement, spacing: Spacing) -> Option<Violation> {
    let gap_minutes = second.treatment.from - first.treatment.to;
    match spacing {
        Spacing::SeparateDays { .. } if first.day == second.day => Some(Violation::PairOnOneDate),
        Spacing::SeparateDays { .. } if second.day < first.day => Some(Violation::PairInWrongOrder),
        Spacing::SeparateDays { min_hours, .. } if gap_minutes < min_hours as i32 * 60 => {
            Some(Violation::PairTooClose {
                gap_minutes,
                min_hours,
            })
        }
        Spacing::SeparateDays { max_hours, .. } if gap_minutes > max_hours as i32 * 60 => {
            Some(Violation::PairTooFar {
                gap_minutes,
                max_hours,
            })
        }
        Spacing::SameDay { .. } if first.day != second.day => Some(Violation::PairOnTwoDates),
        Spacing::SameDay { .. } if second.treatment.from < first.treatment.from => {
            Some(Violation::PairInWrongOrder)
        }
        Spacing::SameDay { .. } if gap_minutes < 0 => Some(Violation::PairOverlaps),
        Spacing::SameDay { max_wait_minutes } if gap_minutes > max_wait_minutes as i32 => {
            Some(Violation::WaitTooLong {
                wait_minutes: gap_minutes,
                max_wait_minutes,
            })
        }
        _ => None,
    }
}

/// The gaps in minutes, least and greatest, that the rule allows between two dates; none when it forbids the dates.
pub fn allowed_gaps(first_day: i32, second_day: i32, spacing: Spacing) -> Option<(i32, i32)> {
    match spacing {
        Spacing::SeparateDays { min_hours, max_hours } => {
            (first_day < second_day).then_some((min_hours as i32 * 60, max_hours as i32 * 60))
        }
        Spacing::SameDay { max_wait_minutes } => {
            (first_day == second_day).then_some((0, max_wait_minutes as i32))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{APART, TOGETHER, expect_of_two};

    fn expect(spacing: Spacing, cases: &[(&str, &str, Option<Violation>)]) {
        expect_of_two(|first, second| check(first, second, spacing), cases);
    }

    fn too_close(gap_minutes: i32, min_hours: u32) -> Option<Violation> {
        Some(Violation::PairTooClose {
            gap_minutes,
            min_hours,
        })
    }

    fn too_far(gap_minutes: i32, max_hours: u32) -> Option<Violation> {
        Some(Violation::PairTooFar {
            gap_minutes,
            max_hours,
        })
    }

    #[test]
    fn separate_days_keep_both_ends_of_the_gap() {
        expect(
            APART,
            &[
                ("2026-03-02T10:00", "2026-03-03T11:00", None),
                ("2026-03-02T10:00", "2026-03-03T10:59", too_close(1439, 24)),
                ("2026-03-02T10:00", "2026-03-04T11:00", None),
                ("2026-03-02T10:00", "2026-03-04T11:01", too_far(2881, 48)),
                (
                    "2026-03-02T10:00",
                    "2026-03-02T20:00",
                    Some(Violation::PairOnOneDate),
                ),
                (
                    "2026-03-03T10:00",
                    "2026-03-02T10:00",
                    Some(Violation::PairInWrongOrder),
                ),
                ("2026-03-02T23:30", "2026-03-03T00:30", too_close(0, 24)),
            ],
        );
    }

    #[test]
    fn half_a_day_apart_still_needs_two_dates() {
        let short = Spacing::SeparateDays {
            min_hours: 12,
            max_hours: 24,
        };
        expect(
            short,
            &[
                (
                    "2026-03-02T08:00",
                    "2026-03-02T21:00",
                    Some(Violation::PairOnOneDate),
                ),
                ("2026-03-02T19:00", "2026-03-03T08:00", None),
                ("2026-03-02T19:00", "2026-03-03T07:59", too_close(719, 12)),
            ],
        );
    }

    #[test]
    fn gaps_are_elapsed_over_a_change_of_the_clocks() {
        expect(
            APART,
            &[
                // 23 hours by elapsed time, 24 on the wall.
                ("2026-03-07T10:00", "2026-03-08T11:00", too_close(1380, 24)),
                ("2026-03-07T10:00", "2026-03-08T12:00", None),
                ("2026-03-07T10:00", "2026-03-09T12:00", None),
                ("2026-03-07T10:00", "2026-03-09T12:01", too_far(2881, 48)),
                // 25 hours by elapsed time, 24 on the wall.
                ("2026-10-31T10:00", "2026-11-01T10:00", None),
                ("2026-10-31T10:00", "2026-11-02T10:00", None),
                ("2026-10-31T10:00", "2026-11-02T10:01", too_far(2881, 48)),
            ],
        );
    }

    #[test]
    fn one_day_keeps_order_and_wait() {
        let long = |wait_minutes| {
            Some(Violation::WaitTooLong {
                wait_minutes,
                max_wait_minutes: 60,
            })
        };
        expect(
            TOGETHER,
            &[
                ("2026-03-02T10:00", "2026-03-02T11:00", None),
                ("2026-03-02T10:00", "2026-03-02T12:00", None),
                ("2026-03-02T10:00", "2026-03-02T12:01", long(61)),
                (
                    "2026-03-02T10:00",
                    "2026-03-02T10:59",
                    Some(Violation::PairOverlaps),
                ),
                (
                    "2026-03-02T10:00",
                    "2026-03-02T10:00",
                    Some(Violation::PairOverlaps),
                ),
                (
                    "2026-03-02T10:00",
                    "2026-03-02T09:59",
                    Some(Violation::PairInWrongOrder),
                ),
                (
                    "2026-03-02T10:00",
                    "2026-03-02T09:00",
                    Some(Violation::PairInWrongOrder),
                ),
                (
                    "2026-03-02T10:00",
                    "2026-03-03T10:00",
                    Some(Violation::PairOnTwoDates),
                ),
                (
                    "2026-03-03T10:00",
                    "2026-03-02T10:00",
                    Some(Violation::PairOnTwoDates),
                ),
                (
                    "2026-03-02T22:45",
                    "2026-03-03T00:00",
                    Some(Violation::PairOnTwoDates),
                ),
                // The first ends at 03:30, one hour after it began at 01:30.
                ("2026-03-08T01:30", "2026-03-08T04:30", None),
                ("2026-03-08T01:30", "2026-03-08T04:31", long(61)),
            ],
        );
        let at_once = Spacing::SameDay { max_wait_minutes: 0 };
        expect(at_once, &[("2026-03-02T10:00", "2026-03-02T11:00", None)]);
    }
}
