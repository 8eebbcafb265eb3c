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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{calendar, place};

    #[test]
    fn only_those_who_are_asked_for_and_offer_the_service() {
        let calendar = calendar(&[]);
        for (text, asked_for, expected) in [
            ("pia p gym", None, None),
            ("bo m quiet", None, None),
            ("pia m quiet", None, Some(Violation::ServiceNotOffered)),
            ("pia m quiet", Some(&[0][..]), Some(Violation::ServiceNotOffered)),
            ("pia p gym", Some(&[2, 0]), None),
            ("pia p gym", Some(&[2]), Some(Violation::PractitionerNotAskedFor)),
            ("pia p gym", Some(&[]), Some(Violation::PractitionerNotAskedFor)),
        ] {
            let place = place(&calendar, &format!("{text} 2026-03-02T10:00"));
            assert_eq!(check_choice(&calendar, &place, asked_for), expected, "{text}");
        }
    }

    #[test]
    fn both_buffers_keep_time_free() {
        // Taken from 10:00 to 11:15.
        let calendar = calendar(&["bo else m quiet 2026-03-02T10:00"]);
        let busy = Some(Violation::PractitionerBusy { visit: 0 });
        for (text, expected) in [
            ("bo m quiet2 2026-03-02T08:45", None),
            ("bo m quiet2 2026-03-02T08:46", busy),
            ("bo m quiet2 2026-03-02T10:00", busy),
            ("bo p gym 2026-03-02T11:14", busy),
            ("bo p gym 2026-03-02T11:15", None),
            ("mo m quiet2 2026-03-02T10:00", None),
            ("bo m quiet2 2026-03-03T10:00", None),
        ] {
            let place = place(&calendar, text);
            let taken = calendar
                .practitioner_occupancy(place.practitioner)
                .meeting(place.occupied());
            assert_eq!(check_free(&place, taken), expected, "{text}");
        }
    }
}
