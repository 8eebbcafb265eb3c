//! Rule 10: two sessions of different disciplines that are no pair keep apart.

use super::Violation;
use super::r07_other_discipline::{blocked_beside, gap_between};
use crate::calendar::Placement;
use crate::model::Spacing;
use crate::time::{Span, UtcMinute};

/// The rule for two sessions of different weeks, the first discipline's session first; rule 12 comes on top on
/// one date, where two that overlap break it.
pub fn check(first: &Placement, second: &Placement, spacing: Spacing) -> Option<Violation> {
    match spacing {
        Spacing::SeparateDays { .. } if first.day == second.day => Some(Violation::SessionsOnOneDate),
        Spacing::SeparateDays { min_hours, .. } => {
            let gap_minutes = gap_between(first, second);
            (gap_minutes < min_hours as i32 * 60).then_some(Violation::SessionsTooClose {
                gap_minutes,
                min_hours,
            })
        }
        Spacing::SameDay { .. } => (first.day == second.day && second.treatment.from < first.treatment.from)
            .then_some(Violation::SessionsInWrongOrder),
    }
}

/// The starts of a date at which a session breaks the rule against one of the other discipline, also those on one
/// date at which the two overlap; `(true, ..)` when its own discipline is the first.
pub fn blocked_starts(
    (is_first, day, minutes): (bool, i32, i32),
    other: &Placement,
    spacing: Spacing,
) -> Span {
    match spacing {
        Spacing::SeparateDays { .. } if day == other.day => Span::new(UtcMinute::MIN, UtcMinute::MAX),
        _ => blocked_beside((is_first, day, minutes), other, spacing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{APART, TOGETHER, calendar, place};

    fn expect(spacing: Spacing, cases: &[(&str, &str, Option<Violation>)]) {
        let calendar = calendar(&[]);
        for &(first, second, expected) in cases {
            let first = place(&calendar, &format!("bo m quiet {first}"));
            let second = place(&calendar, &format!("pia p gym {second}"));
            assert_eq!(check(&first, &second, spacing), expected, "{first:?} {second:?}");
        }
    }

    #[test]
    fn separate_days_keep_two_dates_and_the_least_gap_in_either_order() {
        let close = |gap_minutes| {
            Some(Violation::SessionsTooClose {
                gap_minutes,
                min_hours: 24,
            })
        };
        expect(
            APART,
            &[
                ("2026-03-02T10:00", "2026-03-03T11:00", None),
                ("2026-03-02T10:00", "2026-03-03T10:59", close(1439)),
                ("2026-03-03T11:00", "2026-03-02T10:00", None),
                ("2026-03-03T10:59", "2026-03-02T10:00", close(1439)),
                ("2026-03-02T10:00", "2026-03-09T10:00", None),
                (
                    "2026-03-02T10:00",
                    "2026-03-02T10:00",
                    Some(Violation::SessionsOnOneDate),
                ),
                ("2026-03-07T10:00", "2026-03-08T11:00", close(1380)),
                ("2026-10-31T10:00", "2026-11-01T10:00", None),
            ],
        );
        // The gap alone would do.
        let short = Spacing::SeparateDays {
            min_hours: 12,
            max_hours: 24,
        };
        expect(
            short,
            &[
                (
                    "2026-03-02T07:00",
                    "2026-03-02T20:00",
                    Some(Violation::SessionsOnOneDate),
                ),
                ("2026-03-02T20:00", "2026-03-03T09:00", None),
            ],
        );
    }

    #[test]
    fn on_one_day_the_order_holds_and_there_is_no_longest_wait() {
        expect(
            TOGETHER,
            &[
                ("2026-03-02T10:00", "2026-03-02T11:00", None),
                ("2026-03-02T08:00", "2026-03-02T20:00", None),
                (
                    "2026-03-02T11:00",
                    "2026-03-02T10:00",
                    Some(Violation::SessionsInWrongOrder),
                ),
                (
                    "2026-03-02T10:01",
                    "2026-03-02T10:00",
                    Some(Violation::SessionsInWrongOrder),
                ),
                ("2026-03-03T10:00", "2026-03-02T10:00", None),
            ],
        );
    }
}
