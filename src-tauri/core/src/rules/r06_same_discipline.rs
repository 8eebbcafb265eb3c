//! Rule 6: the patient has no other session of the same discipline on the date.

use super::Violation;
use crate::calendar::Placement;

/// The rule against one other visit of the patient.
pub fn check(place: &Placement, other: &Placement, visit: usize) -> Option<Violation> {
    blocks_day(place.discipline, place.day, other).then_some(Violation::SameDisciplineSameDate { visit })
}

/// Whether another visit takes a whole date from a discipline.
pub fn blocks_day(discipline: usize, day: i32, other: &Placement) -> bool {
    discipline == other.discipline && day == other.day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{calendar, place};

    #[test]
    fn one_visit_of_a_discipline_a_date() {
        let calendar = calendar(&[]);
        let other = place(&calendar, "mo m quiet 2026-03-02T10:00");
        for (text, legal) in [
            ("bo m quiet2 2026-03-02T00:00", false),
            ("bo m quiet2 2026-03-02T23:59", false),
            ("bo m quiet2 2026-03-03T00:00", true),
            ("bo m quiet2 2026-03-01T23:59", true),
            ("bo p gym 2026-03-02T14:00", true),
        ] {
            let expected = (!legal).then_some(Violation::SameDisciplineSameDate { visit: 7 });
            assert_eq!(check(&place(&calendar, text), &other, 7), expected, "{text}");
        }
    }

    #[test]
    fn the_date_is_that_of_the_start_on_the_wall_clock() {
        let calendar = calendar(&[]);
        let evening = place(&calendar, "mo m quiet 2026-03-02T23:30");
        let morning = place(&calendar, "bo m quiet2 2026-03-03T09:00");
        assert_eq!(check(&morning, &evening, 0), None);
    }
}
