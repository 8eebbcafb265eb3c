//! Rule 10: two sessions of different disciplines that are no pair keep apart.

use super::Violation;
use super::r07_other_discipline::{blocked_beside, gap_between};
use crate::calendar::Placement;
use crate::model::Spacing;
use crate::time::{Span, UtcMinute};

/// The rule for two sessions of different weeks, the first discipline's session first; rule 12 comes on top on
/// one date.
pub fn check(first: &Placement, second: &Placement, spacing: Spacing) -> Option<Violation> {
    match spacing {
        Spacing::SeparateDays { min_hours, .. } => {
            let gap_minutes = gap_between(first, second);
            (first.day == second.day || gap_minutes < min_hours as i32 * 60).then_some(
                Violation::SessionsTooClose {
                    gap_minutes,
                    min_hours,
                },
            )
        }
        Spacing::SameDay { .. } => (first.day == second.day && second.treatment.from < first.treatment.to)
            .then_some(Violation::SessionsInWrongOrder),
    }
}

/// The starts of a date at which a session breaks the rule against one of the other discipline;
/// `(true, ..)` when its own discipline is the first.
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
