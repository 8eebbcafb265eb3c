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
        Spacing::SameDay { .. } if gap_minutes < 0 => Some(Violation::PairInWrongOrder),
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
