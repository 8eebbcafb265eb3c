//! Rule 7: order and spacing against the patient's visits of the other discipline outside the series.

use super::Violation;
use crate::calendar::Placement;
use crate::model::Spacing;
use crate::time::{Span, UtcMinute};

/// The rule against one visit outside the series; `order` holds the indices of the two disciplines, of which a
/// visit of any other one keeps no distance. Two that overlap break rule 5.
pub fn check(
    place: &Placement,
    other: &Placement,
    visit: usize,
    order: [usize; 2],
    spacing: Spacing,
) -> Option<Violation> {
    let (first, second) = match (place.discipline, other.discipline) {
        (one, two) if one == two => return None,
        (one, two) if [one, two] == order => (place, other),
        (one, two) if [two, one] == order => (other, place),
        _ => return None,
    };
    match spacing {
        Spacing::SeparateDays { min_hours, .. } => {
            let gap_minutes = gap_between(place, other);
            (gap_minutes < min_hours as i32 * 60).then_some(Violation::TooCloseToVisit {
                visit,
                gap_minutes,
                min_hours,
            })
        }
        Spacing::SameDay { .. } => (first.day == second.day && second.treatment.from < first.treatment.from)
            .then_some(Violation::WrongOrderWithVisit { visit }),
    }
}

/// Elapsed minutes from the end of the earlier to the start of the later; negative when they overlap.
pub(super) fn gap_between(one: &Placement, two: &Placement) -> i32 {
    if one.treatment.from <= two.treatment.from {
        two.treatment.from - one.treatment.to
    } else {
        one.treatment.from - two.treatment.to
    }
}

/// The starts of a date at which a treatment of some minutes breaks the rule against one visit, also those on one
/// date at which the two overlap.
pub fn blocked_starts(
    (discipline, day, minutes): (usize, i32, i32),
    other: &Placement,
    order: [usize; 2],
    spacing: Spacing,
) -> Span {
    match [discipline, other.discipline] {
        [own, others] if own == others => Span::new(0, 0),
        two if two == order => blocked_beside((true, day, minutes), other, spacing),
        [own, others] if [others, own] == order => blocked_beside((false, day, minutes), other, spacing),
        _ => Span::new(0, 0),
    }
}

/// The starts of a date at which a treatment breaks order and spacing against one of the other discipline;
/// `(true, ..)` when its own discipline is the first.
pub(super) fn blocked_beside(
    (is_first, day, minutes): (bool, i32, i32),
    other: &Placement,
    spacing: Spacing,
) -> Span {
    match spacing {
        Spacing::SeparateDays { min_hours, .. } => {
            let gap = min_hours as i32 * 60;
            Span::new(other.treatment.from - minutes - gap + 1, other.treatment.to + gap)
        }
        Spacing::SameDay { .. } if day != other.day => Span::new(0, 0),
        Spacing::SameDay { .. } if is_first => Span::new(other.treatment.from - minutes + 1, UtcMinute::MAX),
        Spacing::SameDay { .. } => Span::new(UtcMinute::MIN, other.treatment.to),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{APART, TOGETHER, calendar, place};

    const MASSAGE_FIRST: [usize; 2] = [1, 0];
    const PHYSIOTHERAPY_FIRST: [usize; 2] = [0, 1];

    fn too_close(gap_minutes: i32) -> Option<Violation> {
        Some(Violation::TooCloseToVisit {
            visit: 7,
            gap_minutes,
            min_hours: 24,
        })
    }

    #[test]
    fn separate_days_keep_the_least_gap_in_either_order() {
        let calendar = calendar(&[]);
        let other = place(&calendar, "pia p gym 2026-03-04T10:00");
        for (text, expected) in [
            ("bo m quiet 2026-03-03T09:00", None),
            ("bo m quiet 2026-03-03T09:01", too_close(1439)),
            ("bo m quiet 2026-03-04T10:30", too_close(-30)),
            ("bo m quiet 2026-03-05T10:59", too_close(1439)),
            ("bo m quiet 2026-03-05T11:00", None),
            ("bo m quiet 2026-03-09T11:00", None),
            ("bo p gym 2026-03-04T12:00", None),
        ] {
            for order in [MASSAGE_FIRST, PHYSIOTHERAPY_FIRST] {
                assert_eq!(
                    check(&place(&calendar, text), &other, 7, order, APART),
                    expected,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn the_gap_is_elapsed_time() {
        let calendar = calendar(&[]);
        for (earlier, later, expected) in [
            ("2026-03-07T10:00", "2026-03-08T11:00", too_close(1380)),
            ("2026-03-07T10:00", "2026-03-08T12:00", None),
            ("2026-10-31T10:00", "2026-11-01T10:00", None),
            ("2026-10-31T10:00", "2026-11-01T09:59", too_close(1439)),
        ] {
            let earlier = place(&calendar, &format!("bo m quiet {earlier}"));
            let later = place(&calendar, &format!("pia p gym {later}"));
            assert_eq!(check(&later, &earlier, 7, MASSAGE_FIRST, APART), expected);
            assert_eq!(check(&earlier, &later, 7, MASSAGE_FIRST, APART), expected);
        }
    }

    #[test]
    fn one_day_keeps_the_order() {
        let calendar = calendar(&[]);
        let other = place(&calendar, "pia p gym 2026-03-04T10:00");
        let wrong = Some(Violation::WrongOrderWithVisit { visit: 7 });
        for (text, massage_first, physiotherapy_first) in [
            ("bo m quiet 2026-03-04T09:00", None, wrong),
            ("bo m quiet 2026-03-04T11:00", wrong, None),
            ("bo m quiet 2026-03-04T23:00", wrong, None),
            ("bo m quiet 2026-03-05T00:00", None, None),
            ("bo m quiet 2026-03-03T23:59", None, None),
        ] {
            let place = place(&calendar, text);
            assert_eq!(
                check(&place, &other, 7, MASSAGE_FIRST, TOGETHER),
                massage_first,
                "{text}"
            );
            assert_eq!(
                check(&place, &other, 7, PHYSIOTHERAPY_FIRST, TOGETHER),
                physiotherapy_first,
                "{text}"
            );
        }
    }

    #[test]
    fn disciplines_outside_the_order_keep_no_distance() {
        let calendar = calendar(&[]);
        let one = place(&calendar, "bo m quiet 2026-03-04T10:00");
        let two = place(&calendar, "pia p gym 2026-03-04T11:00");
        assert_eq!(check(&one, &two, 7, [1, 2], APART), None);
        // A series of one discipline alone names it twice.
        let again = place(&calendar, "mo m quiet2 2026-03-05T09:00");
        assert_eq!(check(&one, &again, 7, [1, 1], APART), None);
    }
}
