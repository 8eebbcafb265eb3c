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

#[cfg(test)]
mod tests {
    use chrono::Weekday::{self, Mon, Sun, Tue};

    use super::*;
    use crate::calendar::Calendar;
    use crate::model::AvailabilityWindow;
    use crate::test_support::{calendar, clinic, patients, place, time};

    const UNAVAILABLE: Option<Violation> = Some(Violation::PatientUnavailable);

    fn expect(windows: &[(Weekday, &str, &str)], cases: &[(&str, Option<Violation>)]) {
        let mut patients = patients();
        patients[0].availability = windows
            .iter()
            .map(|&(weekday, from, to)| AvailabilityWindow {
                weekday,
                from: time(from),
                to: time(to),
            })
            .collect();
        let calendar = Calendar::new(clinic(), patients, Vec::new()).expect("a calendar");
        for &(start, expected) in cases {
            let place = place(&calendar, &format!("pia p gym {start}"));
            let windows = calendar.availability_on(0, place.day);
            assert_eq!(check_available(&place, windows.as_deref()), expected, "{start}");
        }
    }

    #[test]
    fn the_treatment_fills_a_window_to_its_ends_and_the_buffer_may_run_over() {
        expect(
            &[(Mon, "09:00", "12:00")],
            &[
                ("2026-03-02T09:00", None),
                ("2026-03-02T08:59", UNAVAILABLE),
                ("2026-03-02T11:00", None),
                ("2026-03-02T11:01", UNAVAILABLE),
                ("2026-03-03T10:00", UNAVAILABLE),
            ],
        );
        expect(&[], &[("2026-03-02T10:00", None), ("2026-03-08T23:00", None)]);
    }

    #[test]
    fn touching_windows_are_one_also_over_midnight() {
        expect(
            &[(Mon, "10:30", "12:00"), (Mon, "09:00", "10:30")],
            &[("2026-03-02T10:00", None)],
        );
        expect(
            &[(Mon, "10:31", "12:00"), (Mon, "09:00", "10:30")],
            &[("2026-03-02T10:00", UNAVAILABLE)],
        );
        expect(
            &[
                (Mon, "22:00", "24:00"),
                (Tue, "00:00", "01:00"),
                (Sun, "22:00", "24:00"),
            ],
            &[
                ("2026-03-02T23:30", None),
                ("2026-03-03T00:00", None),
                ("2026-03-03T00:01", UNAVAILABLE),
                ("2026-03-01T23:30", UNAVAILABLE),
            ],
        );
    }

    #[test]
    fn windows_are_the_wall_clocks() {
        expect(
            &[(Sun, "01:00", "04:00")],
            &[
                ("2026-03-08T01:30", None),
                ("2026-03-08T03:00", None),
                ("2026-03-08T03:15", UNAVAILABLE),
            ],
        );
        expect(
            &[(Sun, "01:00", "02:00")],
            &[("2026-11-01T01:45", None), ("2026-11-01T02:00", UNAVAILABLE)],
        );
    }

    #[test]
    fn only_treatments_keep_the_patient() {
        // The patient is treated from 10:00 to 11:00; the buffer is not the patient's.
        let calendar = calendar(&["bo any m quiet 2026-03-02T10:00"]);
        let busy = Some(Violation::PatientBusy { visit: 0 });
        for (start, expected) in [
            ("2026-03-02T09:00", None),
            ("2026-03-02T09:01", busy),
            ("2026-03-02T10:59", busy),
            ("2026-03-02T11:00", None),
        ] {
            let place = place(&calendar, &format!("pia p gym {start}"));
            let taken = calendar.patient_occupancy(0).meeting(place.treatment);
            assert_eq!(check_free(&place, taken), expected, "{start}");
        }
    }
}
