//! The bulk forms answer as the rules in whose files they stand.

use proptest::prelude::*;

use super::*;
use crate::calendar::{Placement, Taken};
use crate::model::Spacing;
use crate::time::Span;

const MOST_DAYS: i32 = 5;

fn spacing() -> impl Strategy<Value = Spacing> {
    let apart = (12..=96u32, 0..=24u32).prop_map(|(min_hours, more)| Spacing::SeparateDays {
        min_hours,
        max_hours: min_hours + more,
    });
    let together = (0..=240u32).prop_map(|max_wait_minutes| Spacing::SameDay { max_wait_minutes });
    prop_oneof![apart, together]
}

/// A treatment of one of three disciplines on one of few dates, so that many meet.
fn placement() -> impl Strategy<Value = Placement> {
    let length = (1..=8i32, 0..=2i32);
    (0..3usize, 0..MOST_DAYS, 0..96i32, length).prop_map(|(discipline, day, quarter, (quarters, buffer))| {
        let time = quarter * 15;
        let from = day * 1440 + time;
        let to = from + quarters * 15;
        Placement {
            service: discipline,
            discipline,
            practitioner: 0,
            room: None,
            day,
            time,
            treatment: Span::new(from, to),
            busy_until: to + buffer * 15,
        }
    })
}

fn stretch() -> impl Strategy<Value = Span> {
    (0..MOST_DAYS * 96, 1..=32i32).prop_map(|(from, quarters)| Span::new(from * 15, (from + quarters) * 15))
}

fn is_in(starts: Span, place: &Placement) -> bool {
    (starts.from..starts.to).contains(&place.treatment.from)
}

proptest! {
    #[test]
    fn starts_that_others_block_are_those_that_meet_them(place in placement(), span in stretch()) {
        let taken = [Taken { span, visit: 0 }];
        let occupied = place.occupied().minutes();
        prop_assert_eq!(
            is_in(practitioner::blocked_starts(span, occupied), &place),
            practitioner::check_free(&place, taken).is_some()
        );
        prop_assert_eq!(
            is_in(room::blocked_starts(span, occupied), &place),
            span.meets(place.occupied())
        );
        prop_assert_eq!(
            is_in(patient::blocked_starts(span, place.treatment.minutes()), &place),
            patient::check_free(&place, taken).is_some()
        );
    }

    #[test]
    fn starts_within_a_stretch_are_those_of_treatments_that_lie_in_it(place in placement(), span in stretch()) {
        let minutes = place.treatment.minutes();
        prop_assert_eq!(
            is_in(patient::starts(span, minutes), &place),
            patient::check_available(&place, Some(&[span])).is_none()
        );
        prop_assert_eq!(
            is_in(working_hours::starts(span, minutes), &place),
            span.contains(place.treatment)
        );
    }

    #[test]
    fn starts_from_now_on_are_those_that_are_not_past(
        place in placement(),
        now in prop::option::of(0..MOST_DAYS * 1440),
        earliest in prop::option::of(0..MOST_DAYS),
    ) {
        let limits = start::Limits { now, earliest, slot_minutes: 0 };
        prop_assert_eq!(
            is_in(start::starts(place.day, &limits), &place),
            start::check(&place, &limits).is_none()
        );
    }

    #[test]
    fn starts_that_a_visit_of_the_other_discipline_blocks_break_order_or_spacing(
        place in placement(),
        other in placement(),
        spacing in spacing(),
    ) {
        let order = [1, 0];
        let own = (place.discipline, place.day, place.treatment.minutes());
        let pair = [place.discipline, other.discipline];
        let overlaps = (pair == [0, 1] || pair == [1, 0])
            && place.day == other.day
            && place.treatment.meets(other.treatment);
        prop_assert_eq!(
            is_in(other_discipline::blocked_starts(own, &other, order, spacing), &place),
            overlaps || other_discipline::check(&place, &other, 0, order, spacing).is_some()
        );
    }

    #[test]
    fn starts_that_a_session_of_another_week_blocks_break_the_rule_or_overlap(
        place in placement(),
        other in placement(),
        spacing in spacing(),
        is_first in any::<bool>(),
    ) {
        let own = (is_first, place.day, place.treatment.minutes());
        let broken = match is_first {
            true => between_pairs::check(&place, &other, spacing),
            false => between_pairs::check(&other, &place, spacing),
        };
        let overlaps = place.day == other.day && place.treatment.meets(other.treatment);
        prop_assert_eq!(
            is_in(between_pairs::blocked_starts(own, &other, spacing), &place),
            overlaps || broken.is_some()
        );
    }

    #[test]
    fn gaps_that_a_pair_may_have_are_those_of_pairs_that_keep_the_rule(
        first in placement(),
        second in placement(),
        spacing in spacing(),
    ) {
        let gap = second.treatment.from - first.treatment.to;
        let allowed = pair::allowed_gaps(first.day, second.day, spacing);
        prop_assert_eq!(
            allowed.is_some_and(|(least, most)| (least..=most).contains(&gap)),
            pair::check(&first, &second, spacing).is_none()
        );
    }
}
