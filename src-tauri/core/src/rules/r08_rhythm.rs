//! Rule 8: each session lies near the usual date of its week.

use super::Violation;
use crate::calendar::Placement;
use crate::model::Spacing;

/// The rule for one session: `usual_day` is the usual date of week 0.
pub fn check(place: &Placement, week: u32, usual_day: i32, tolerance_days: u32) -> Option<Violation> {
    let days_off = place.day - (usual_day + 7 * week as i32);
    (days_off.unsigned_abs() > tolerance_days).then_some(Violation::OffRhythm {
        days_off,
        tolerance_days,
    })
}

/// The rule for the usual dates: the first discipline's lies from `earliest` to `latest`, the second's on the
/// same date, or, with separate days and a pair among the sessions, 1 to [`greatest_shift`] days later.
pub fn check_usual_dates(
    first: i32,
    second: Option<i32>,
    (earliest, latest): (i32, i32),
    spacing: Spacing,
    has_pair: bool,
) -> Option<Violation> {
    if !(earliest..=latest).contains(&first) {
        return Some(Violation::UsualDateOutOfRange);
    }
    let shift = second? - first;
    let allowed = if has_pair { greatest_shift(spacing) } else { 0 };
    let fits = if allowed == 0 {
        shift == 0
    } else {
        (1..=allowed).contains(&shift)
    };
    (!fits).then_some(Violation::UsualDatesApart { days: shift })
}

/// The most days that the second discipline's usual date may lie after the first's: 0 on the same day.
pub fn greatest_shift(spacing: Spacing) -> i32 {
    match spacing {
        Spacing::SameDay { .. } => 0,
        Spacing::SeparateDays { max_hours, .. } => max_hours.div_ceil(24) as i32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{APART, TOGETHER, calendar, place};
    use crate::time::day_number;

    fn day(date: &str) -> i32 {
        day_number(date.parse().expect("a date"))
    }

    #[test]
    fn a_session_lies_within_the_tolerance() {
        let calendar = calendar(&[]);
        for (date, week, tolerance_days, days_off) in [
            ("2026-03-03", 0, 0, None),
            ("2026-03-04", 0, 0, Some(1)),
            ("2026-03-02", 0, 0, Some(-1)),
            ("2026-03-05", 0, 2, None),
            ("2026-03-06", 0, 2, Some(3)),
            ("2026-03-01", 0, 2, None),
            ("2026-02-28", 0, 2, Some(-3)),
            // Across the change of the clocks.
            ("2026-03-10", 1, 0, None),
            ("2026-03-14", 2, 3, None),
            ("2026-03-13", 2, 3, Some(-4)),
            ("2026-03-10", 0, 3, Some(7)),
        ] {
            for time in ["00:00", "23:59"] {
                let place = place(&calendar, &format!("bo m quiet {date}T{time}"));
                let expected = days_off.map(|days_off| Violation::OffRhythm {
                    days_off,
                    tolerance_days,
                });
                let found = check(&place, week, day("2026-03-03"), tolerance_days);
                assert_eq!(found, expected, "{date} week {week} ± {tolerance_days}");
            }
        }
    }

    #[test]
    fn the_first_usual_date_lies_in_the_range_and_the_second_follows() {
        let out_of_range = Some(Violation::UsualDateOutOfRange);
        let apart = |days| Some(Violation::UsualDatesApart { days });
        let long = Spacing::SeparateDays {
            min_hours: 12,
            max_hours: 49,
        };
        for (first, second, spacing, has_pair, expected) in [
            ("2026-03-03", None, APART, false, None),
            ("2026-03-16", None, APART, false, None),
            ("2026-03-02", None, APART, false, out_of_range),
            ("2026-03-17", None, APART, false, out_of_range),
            ("2026-03-16", Some("2026-03-18"), APART, true, None),
            ("2026-03-03", Some("2026-03-03"), TOGETHER, true, None),
            ("2026-03-03", Some("2026-03-04"), TOGETHER, true, apart(1)),
            ("2026-03-03", Some("2026-03-03"), APART, true, apart(0)),
            ("2026-03-03", Some("2026-03-04"), APART, true, None),
            ("2026-03-03", Some("2026-03-05"), APART, true, None),
            ("2026-03-03", Some("2026-03-06"), APART, true, apart(3)),
            ("2026-03-04", Some("2026-03-03"), APART, true, apart(-1)),
            ("2026-03-03", Some("2026-03-06"), long, true, None),
            ("2026-03-03", Some("2026-03-07"), long, true, apart(4)),
            // Without a pair among the sessions both lie on one date.
            ("2026-03-03", Some("2026-03-03"), APART, false, None),
            ("2026-03-03", Some("2026-03-04"), APART, false, apart(1)),
        ] {
            let range = (day("2026-03-03"), day("2026-03-16"));
            let found = check_usual_dates(day(first), second.map(day), range, spacing, has_pair);
            assert_eq!(found, expected, "{first} {second:?} {spacing:?}");
        }
    }

    #[test]
    fn the_greatest_shift_is_the_greatest_gap_in_days_rounded_up() {
        for (max_hours, days) in [(12, 1), (24, 1), (25, 2), (48, 2), (49, 3), (72, 3), (120, 5)] {
            let spacing = Spacing::SeparateDays {
                min_hours: 12,
                max_hours,
            };
            assert_eq!(greatest_shift(spacing), days, "{max_hours}");
        }
        assert_eq!(greatest_shift(TOGETHER), 0);
    }
}
