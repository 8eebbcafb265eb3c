//! Rule 6: the patient has no other session of the same discipline on the date.

use super::Violation;
use crate::calendar::Placement;

/// The rule against one other visit of the patient.
pub fn check(place: &Placement, other: &Placement, visit: usize) -> Option<Violation> {
    (place.discipline == other.discipline && place.day == other.day)
        .then_some(Violation::SameDisciplineSameDate { visit })
}

/// Whether another visit takes a whole date from a discipline.
pub fn blocks_day(discipline: usize, day: i32, other: &Placement) -> bool {
    discipline == other.discipline && day == other.day
}
