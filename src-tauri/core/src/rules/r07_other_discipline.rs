//! Rule 7: order and spacing against the patient's visits of the other discipline outside the series.

use super::Violation;
use crate::calendar::Placement;
use crate::model::Spacing;

/// The rule against one visit outside the series; `order` holds the indices of the two disciplines.
pub fn check(
    place: &Placement,
    other: &Placement,
    visit: usize,
    order: [usize; 2],
    spacing: Spacing,
) -> Option<Violation> {
    let (first, second) = match (place.discipline, other.discipline) {
        (one, two) if [one, two] == order => (place, other),
        (one, two) if [two, one] == order => (other, place),
        _ => return None,
    };
    match spacing {
        Spacing::SeparateDays { min_hours, .. } => {
            let gap_minutes = gap_between(place, other);
            (gap_minutes < min_hours as i32 * 60).then_some(Violation::TooCloseToVisit {
                visit,
                gap_minutes,
                min_hours,
            })
        }
        Spacing::SameDay { .. } => (first.day == second.day && second.treatment.from < first.treatment.to)
            .then_some(Violation::WrongOrderWithVisit { visit }),
    }
}

/// Elapsed minutes from the end of the earlier to the start of the later; negative when they overlap.
pub(super) fn gap_between(one: &Placement, two: &Placement) -> i32 {
    if one.treatment.from <= two.treatment.from {
        two.treatment.from - one.treatment.to
    } else {
        one.treatment.from - two.treatment.to
    }
}
