//! Rule 3: the practitioner is one of the request's and free for treatment and buffer.

use super::Violation;
use crate::calendar::{Calendar, Placement, Taken};
use crate::time::Span;

/// Whether the practitioner may be asked at all: offers the service and is among those asked for, if any are named.
pub fn check_choice(
    calendar: &Calendar,
    place: &Placement,
    asked_for: Option<&[usize]>,
) -> Option<Violation> {
    if !calendar
        .services_offered(place.practitioner)
        .contains(&place.service)
    {
        return Some(Violation::ServiceNotOffered);
    }
    asked_for
        .is_some_and(|practitioners| !practitioners.contains(&place.practitioner))
        .then_some(Violation::PractitionerNotAskedFor)
}

/// Whether treatment and buffer meet no occupied time; `taken` is what occupies the practitioner.
pub fn check_free(place: &Placement, taken: impl IntoIterator<Item = Taken>) -> Option<Violation> {
    taken
        .into_iter()
        .find(|taken| taken.span.meets(place.occupied()))
        .map(|taken| Violation::PractitionerBusy { visit: taken.visit })
}

/// The starts at which treatment and buffer, `minutes` together, meet occupied time.
pub fn blocked_starts(taken: Span, minutes: i32) -> Span {
    Span::new(taken.from - minutes + 1, taken.to)
}
