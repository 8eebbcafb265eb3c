//! Rule 7: order and spacing against the patient's visits of the other discipline outside the series.

use super::Violation;
use crate::calendar::Placement;
use crate::model::Spacing;
use crate::time::{Span, UtcMinute};

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

/// The starts of a date at which a treatment of some minutes breaks the rule against one visit.
pub fn blocked_starts(
    (discipline, day, minutes): (usize, i32, i32),
    other: &Placement,
    order: [usize; 2],
    spacing: Spacing,
) -> Span {
    match [discipline, other.discipline] {
        two if two == order => blocked_beside((true, day, minutes), other, spacing),
        [own, others] if [others, own] == order => blocked_beside((false, day, minutes), other, spacing),
        _ => Span::new(0, 0),
    }
}

/// The starts of a date at which a treatment breaks order and spacing against one of the other discipline;
/// `(true, ..)` when its own discipline is the first.
pub(super) fn blocked_beside(
    (is_first, day, minutes): (bool, i32, i32),
    other: &Placement,
    spacing: Spacing,
) -> Span {
    match spacing {
        Spacing::SeparateDays { min_hours, .. } => {
            let gap = min_hours as i32 * 60;
            Span::new(other.treatment.from - minutes - gap + 1, other.treatment.to + gap)
        }
        Spacing::SameDay { .. } if day != other.day => Span::new(0, 0),
        Spacing::SameDay { .. } if is_first => Span::new(other.treatment.from - minutes + 1, UtcMinute::MAX),
        Spacing::SameDay { .. } => Span::new(UtcMinute::MIN, other.treatment.to),
    }
}
