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
