//! Rule 2: the treatment lies inside one stretch of the practitioner's working time.
//!
//! The buffer may run past the end of the stretch.

use super::Violation;
use crate::calendar::{Calendar, Placement};
use crate::time::{Span, merge};

/// The rule for one placement; `stretches` are [`Calendar::working_time`] of its day.
pub fn check(calendar: &Calendar, place: &Placement, stretches: &[Span]) -> Option<Violation> {
    if stretches.iter().any(|stretch| stretch.contains(place.treatment)) {
        return None;
    }
    let last_day = calendar.clock().local_day(place.treatment.to - 1);
    if let Some(closure) = [place.day, last_day]
        .into_iter()
        .find_map(|day| calendar.closure_on(day))
    {
        return Some(Violation::Closed { closure });
    }
    let mut hours = calendar.hours_on(place.practitioner, place.day);
    if last_day != place.day {
        hours.extend(calendar.hours_on(place.practitioner, last_day));
        merge(&mut hours);
    }
    let works = hours.iter().any(|hours| hours.contains(place.treatment));
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

#[cfg(test)]
mod tests {
    use chrono::Weekday::{self, Mon, Sun, Tue};

    use super::*;
    use crate::model::{Absence, ExtraHours, WorkingHours};
    use crate::test_support::{calendar_of, clinic, local, place, time};

    const OUTSIDE: Option<Violation> = Some(Violation::OutsideWorkingHours);
    const AWAY: Option<Violation> = Some(Violation::Away);
    const CLOSED: Option<Violation> = Some(Violation::Closed { closure: 0 });

    fn hours(weekday: Weekday, from: &str, to: &str) -> WorkingHours {
        WorkingHours {
            weekday,
            from: time(from),
            to: time(to),
            valid_from: None,
            valid_to: None,
            every_weeks: 1,
        }
    }

    fn extra(date: &str, from: &str, to: &str) -> ExtraHours {
        ExtraHours {
            date: date.parse().expect("a date"),
            from: time(from),
            to: time(to),
        }
    }

    /// What the rule says of an hour's treatment, with a buffer of 15 minutes, at each start.
    fn expect(
        (hours, extra_hours, absences): (Vec<WorkingHours>, Vec<ExtraHours>, &[(&str, &str)]),
        cases: &[(&str, Option<Violation>)],
    ) {
        let mut clinic = clinic();
        let pia = &mut clinic.practitioners[0];
        pia.hours = hours;
        pia.extra_hours = extra_hours;
        pia.absences = absences
            .iter()
            .map(|&(from, to)| Absence {
                from: local(from),
                to: local(to),
                reason: String::new(),
                imported: None,
            })
            .collect();
        let calendar = calendar_of(clinic, &[]);
        for &(start, expected) in cases {
            let place = place(&calendar, &format!("pia p gym {start}"));
            let mut stretches = Vec::new();
            calendar.working_time(place.practitioner, place.day, &mut stretches);
            assert_eq!(check(&calendar, &place, &stretches), expected, "{start}");
        }
    }

    #[test]
    fn a_treatment_fills_a_stretch_to_its_ends_and_the_buffer_may_run_over() {
        expect(
            (vec![hours(Mon, "09:00", "17:00")], vec![], &[]),
            &[
                ("2026-03-02T09:00", None),
                ("2026-03-02T08:59", OUTSIDE),
                ("2026-03-02T16:00", None),
                ("2026-03-02T16:01", OUTSIDE),
                ("2026-03-03T10:00", OUTSIDE),
            ],
        );
        let exactly = (vec![hours(Mon, "09:00", "10:00")], vec![], &[][..]);
        expect(exactly, &[("2026-03-02T09:00", None)]);
        let too_short = (vec![hours(Mon, "09:00", "09:59")], vec![], &[][..]);
        expect(too_short, &[("2026-03-02T09:00", OUTSIDE)]);
    }

    #[test]
    fn touching_and_overlapping_stretches_are_one() {
        let touching = vec![hours(Mon, "09:00", "12:00"), hours(Mon, "12:00", "15:00")];
        expect((touching, vec![], &[]), &[("2026-03-02T11:30", None)]);
        let apart = vec![hours(Mon, "09:00", "12:00"), hours(Mon, "12:01", "15:00")];
        expect((apart, vec![], &[]), &[("2026-03-02T11:30", OUTSIDE)]);
        let extra_hours = vec![
            extra("2026-03-02", "17:00", "18:00"),
            extra("2026-03-02", "17:30", "19:00"),
        ];
        expect(
            (vec![hours(Mon, "09:00", "17:00")], extra_hours, &[]),
            &[
                ("2026-03-02T16:30", None),
                ("2026-03-02T18:00", None),
                ("2026-03-02T18:01", OUTSIDE),
                ("2026-03-09T16:30", OUTSIDE),
            ],
        );
    }

    #[test]
    fn nobody_works_on_a_closure() {
        expect(
            (vec![], vec![extra("2026-03-06", "09:00", "17:00")], &[]),
            &[("2026-03-06T10:00", CLOSED), ("2026-03-05T10:00", OUTSIDE)],
        );
    }

    #[test]
    fn alternating_weeks_count_from_the_monday_of_the_first_week() {
        let alternating = |weekday| WorkingHours {
            valid_from: Some("2026-03-04".parse().expect("a date")),
            valid_to: Some("2026-03-30".parse().expect("a date")),
            every_weeks: 2,
            ..hours(weekday, "09:00", "17:00")
        };
        expect(
            (vec![alternating(Mon), alternating(Sun)], vec![], &[]),
            &[
                ("2026-03-02T10:00", OUTSIDE),
                ("2026-03-08T10:00", None),
                ("2026-03-09T10:00", OUTSIDE),
                ("2026-03-15T10:00", OUTSIDE),
                ("2026-03-16T10:00", None),
                ("2026-03-22T10:00", None),
                ("2026-03-30T10:00", None),
                ("2026-04-13T10:00", OUTSIDE),
            ],
        );
    }

    #[test]
    fn absences_begin_and_end_within_a_day() {
        let noon = &[("2026-03-02T11:00", "2026-03-02T13:00")][..];
        expect(
            (vec![hours(Mon, "09:00", "17:00")], vec![], noon),
            &[
                ("2026-03-02T10:00", None),
                ("2026-03-02T10:01", AWAY),
                ("2026-03-02T12:59", AWAY),
                ("2026-03-02T13:00", None),
                ("2026-03-02T16:30", OUTSIDE),
            ],
        );
        let over_days = &[
            ("2026-02-28T00:00", "2026-03-02T10:00"),
            ("2026-03-02T10:00", "2026-03-02T12:00"),
        ][..];
        expect(
            (vec![hours(Mon, "09:00", "17:00")], vec![], over_days),
            &[
                ("2026-03-02T09:00", AWAY),
                ("2026-03-02T11:59", AWAY),
                ("2026-03-02T12:00", None),
                ("2026-03-09T09:00", None),
            ],
        );
    }

    #[test]
    fn a_stretch_goes_on_over_midnight() {
        let night = || vec![hours(Mon, "22:00", "24:00"), hours(Tue, "00:00", "02:00")];
        expect(
            (night(), vec![], &[]),
            &[
                ("2026-03-02T23:30", None),
                ("2026-03-03T00:00", None),
                ("2026-03-03T01:00", None),
                ("2026-03-03T01:01", OUTSIDE),
                ("2026-03-02T21:59", OUTSIDE),
            ],
        );
        let from_midnight = &[("2026-03-03T00:00", "2026-03-03T01:00")][..];
        expect(
            (night(), vec![], from_midnight),
            &[
                ("2026-03-02T23:00", None),
                ("2026-03-02T23:30", AWAY),
                ("2026-03-03T01:00", None),
            ],
        );
        let into_closure = vec![
            extra("2026-03-05", "22:00", "24:00"),
            extra("2026-03-06", "00:00", "02:00"),
        ];
        expect(
            (vec![], into_closure, &[]),
            &[
                ("2026-03-05T23:00", None),
                ("2026-03-05T23:30", CLOSED),
                ("2026-03-06T00:30", CLOSED),
            ],
        );
    }

    #[test]
    fn hours_are_the_wall_clocks_and_treatments_last_elapsed_minutes() {
        // Clocks go from 02:00 to 03:00.
        expect(
            (vec![hours(Sun, "00:00", "04:00")], vec![], &[]),
            &[
                ("2026-03-08T01:30", None),
                ("2026-03-08T03:00", None),
                ("2026-03-08T03:15", OUTSIDE),
            ],
        );
        // The clock shows 01:00 to 02:00 twice; times mean the first.
        expect(
            (vec![hours(Sun, "00:00", "01:30")], vec![], &[]),
            &[("2026-11-01T00:30", None), ("2026-11-01T00:45", OUTSIDE)],
        );
        expect(
            (vec![hours(Sun, "00:00", "02:00")], vec![], &[]),
            &[("2026-11-01T01:45", None), ("2026-11-01T02:00", OUTSIDE)],
        );
    }
}
