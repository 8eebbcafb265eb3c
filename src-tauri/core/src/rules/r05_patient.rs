//! Rule 5: the treatment lies inside the patient's availability and meets none of their other treatments.

use super::Violation;
use crate::calendar::{Placement, Taken};
use crate::time::Span;

/// Whether the patient can come; `windows` are [`crate::calendar::Calendar::availability_on`] of the day.
pub fn check_available(place: &Placement, windows: Option<&[Span]>) -> Option<Violation> {
    windows
        .is_some_and(|windows| !windows.iter().any(|window| window.contains(place.treatment)))
        .then_some(Violation::PatientUnavailable)
}

/// Whether the patient is free; `taken` is what occupies the patient.
pub fn check_free(place: &Placement, taken: impl IntoIterator<Item = Taken>) -> Option<Violation> {
    taken
        .into_iter()
        .find(|taken| taken.span.meets(place.treatment))
        .map(|taken| Violation::PatientBusy { visit: taken.visit })
}

/// The starts at which a treatment of some minutes lies inside one window.
pub fn starts(window: Span, minutes: i32) -> Span {
    Span::new(window.from, window.to - minutes + 1)
}

/// The starts at which a treatment of some minutes meets another treatment of the patient.
pub fn blocked_starts(taken: Span, minutes: i32) -> Span {
    Span::new(taken.from - minutes + 1, taken.to)
}
