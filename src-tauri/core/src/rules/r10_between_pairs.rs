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

/// Whether a treatment may follow one of the other discipline, of which the date and the end are given, with separate
/// days. What follows the later of the two in turn is then far enough from the earlier one too.
pub fn may_follow((day, end): (i32, UtcMinute), later: (i32, UtcMinute), min_hours: u32) -> bool {
    let (later_day, start) = later;
    day < later_day && start - end >= min_hours as i32 * 60
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
    use crate::test_support::{APART, TOGETHER, calendar, expect_of_two, place};

    fn expect(spacing: Spacing, cases: &[(&str, &str, Option<Violation>)]) {
        expect_of_two(|first, second| check(first, second, spacing), cases);
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
    fn what_may_follow_breaks_nothing() {
        let calendar = calendar(&[]);
        let one = place(&calendar, "bo m quiet 2026-03-07T10:00");
        for text in [
            "2026-03-07T22:00",
            "2026-03-08T00:00",
            "2026-03-08T11:00",
            "2026-03-08T12:00",
            "2026-03-08T11:59",
            "2026-03-09T11:00",
        ] {
            let other = place(&calendar, &format!("pia p gym {text}"));
            for min_hours in [12, 13, 23, 24, 25, 48] {
                let spacing = Spacing::SeparateDays {
                    min_hours,
                    max_hours: 120,
                };
                let follows = may_follow(
                    (one.day, one.treatment.to),
                    (other.day, other.treatment.from),
                    min_hours,
                );
                assert_eq!(
                    follows,
                    check(&one, &other, spacing).is_none(),
                    "{text} {min_hours}"
                );
            }
        }
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
