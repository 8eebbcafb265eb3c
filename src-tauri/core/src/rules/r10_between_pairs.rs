//! Rule 10: two sessions of different disciplines that are no pair keep apart.

use super::Violation;
use super::r07_other_discipline::gap_between;
use crate::calendar::Placement;
use crate::model::Spacing;

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
