//! Rule 11: two sessions of one discipline never lie on one date.

use super::Violation;
use crate::calendar::Placement;

/// The rule for two sessions of a series.
pub fn check(one: &Placement, two: &Placement) -> Option<Violation> {
    (one.discipline == two.discipline && one.day == two.day).then_some(Violation::TwoOfOneDiscipline)
}
