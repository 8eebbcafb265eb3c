//! Rule 2: the treatment lies inside one stretch of the practitioner's working time.
//!
//! The buffer may run past the end of the stretch.

use super::Violation;
use crate::calendar::{Calendar, Placement};
use crate::time::Span;

/// The rule for one placement; `stretches` are [`Calendar::working_time`] of its day.
pub fn check(calendar: &Calendar, place: &Placement, stretches: &[Span]) -> Option<Violation> {
    if stretches.iter().any(|stretch| stretch.contains(place.treatment)) {
        return None;
    }
    if let Some(closure) = calendar.closure_on(place.day) {
        return Some(Violation::Closed { closure });
    }
    let works = calendar
        .hours_on(place.practitioner, place.day)
        .iter()
        .any(|hours| hours.contains(place.treatment));
    Some(if works {
        Violation::Away
    } else {
        Violation::OutsideWorkingHours
    })
}

/// The starts at which a treatment of some minutes lies inside one stretch.
pub fn starts(stretch: Span, minutes: i32) -> Span {
    Span::new(stretch.from, stretch.to - minutes + 1)
}
