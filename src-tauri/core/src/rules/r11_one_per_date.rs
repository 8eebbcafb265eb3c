//! Rule 11: two sessions of one discipline never lie on one date.

use super::Violation;
use crate::calendar::Placement;

/// The rule for two sessions of a series.
pub fn check(one: &Placement, two: &Placement) -> Option<Violation> {
    (one.discipline == two.discipline && one.day == two.day).then_some(Violation::TwoOfOneDiscipline)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{calendar, place};

    #[test]
    fn two_of_one_discipline_lie_on_two_dates() {
        let calendar = calendar(&[]);
        let one = place(&calendar, "bo m quiet 2026-03-02T10:00");
        for (text, legal) in [
            ("mo m quiet2 2026-03-02T10:00", false),
            ("mo m quiet2 2026-03-02T00:00", false),
            ("mo m quiet2 2026-03-02T23:59", false),
            ("mo m quiet2 2026-03-03T00:00", true),
            ("mo m quiet2 2026-03-01T23:59", true),
            ("pia p gym 2026-03-02T12:00", true),
        ] {
            let two = place(&calendar, text);
            let expected = (!legal).then_some(Violation::TwoOfOneDiscipline);
            assert_eq!(check(&one, &two), expected, "{text}");
            assert_eq!(check(&two, &one), expected, "{text}");
        }
    }
}
