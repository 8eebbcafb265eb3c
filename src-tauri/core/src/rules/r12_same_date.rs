//! Rule 12: two sessions on one date do not overlap, with one practitioner the gap covers the buffer, and where
//! the buffer reaches into the later session they need two rooms.

use super::Violation;
use crate::calendar::Placement;

/// The rule for two sessions of a series, in any order.
pub fn check(one: &Placement, two: &Placement) -> Option<Violation> {
    if one.day != two.day {
        return None;
    }
    let (earlier, later) = in_order(one, two);
    if later.treatment.from < earlier.treatment.to {
        return Some(Violation::SessionsOverlap);
    }
    if !buffer_reaches(earlier, later) {
        return None;
    }
    if earlier.practitioner == later.practitioner {
        return Some(Violation::BufferNotCovered);
    }
    check_rooms(earlier.room, later.room)
}

/// Whether the earlier session's buffer reaches into the later one.
pub fn buffer_reaches(earlier: &Placement, later: &Placement) -> bool {
    earlier.busy_until > later.treatment.from
}

/// The rooms of two sessions of which the earlier one's buffer reaches into the later.
pub fn check_rooms(earlier: Option<usize>, later: Option<usize>) -> Option<Violation> {
    (earlier.is_some() && earlier == later).then_some(Violation::OneRoomForTwo)
}

fn in_order<'a>(one: &'a Placement, two: &'a Placement) -> (&'a Placement, &'a Placement) {
    if one.treatment.from <= two.treatment.from {
        (one, two)
    } else {
        (two, one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{calendar, place};

    #[test]
    fn overlap_buffer_and_rooms() {
        let calendar = calendar(&[]);
        let overlap = Some(Violation::SessionsOverlap);
        let buffer = Some(Violation::BufferNotCovered);
        let room = Some(Violation::OneRoomForTwo);
        // The first is treated until 11:00, its buffer ends at 11:15.
        for (one, two, expected) in [
            (
                "bo m quiet 2026-03-02T10:00",
                "pia p gym 2026-03-02T10:00",
                overlap,
            ),
            (
                "bo m quiet 2026-03-02T10:00",
                "pia p gym 2026-03-02T10:59",
                overlap,
            ),
            ("bo m quiet 2026-03-02T10:00", "pia p gym 2026-03-02T11:00", None),
            ("bo m quiet 2026-03-02T10:00", "bo p gym 2026-03-02T11:00", buffer),
            ("bo m quiet 2026-03-02T10:00", "bo p gym 2026-03-02T11:14", buffer),
            ("bo m quiet 2026-03-02T10:00", "bo p gym 2026-03-02T11:15", None),
            ("bo m gym 2026-03-02T10:00", "pia p gym 2026-03-02T11:14", room),
            ("bo m gym 2026-03-02T10:00", "pia p gym 2026-03-02T11:15", None),
            ("bo m - 2026-03-02T10:00", "pia p - 2026-03-02T11:00", None),
            ("bo m gym 2026-03-02T10:00", "pia p - 2026-03-02T11:00", None),
            ("bo m gym 2026-03-02T10:00", "bo p gym 2026-03-03T10:00", None),
        ] {
            let (one, two) = (place(&calendar, one), place(&calendar, two));
            assert_eq!(check(&one, &two), expected, "{one:?} {two:?}");
            assert_eq!(check(&two, &one), expected, "{two:?} {one:?}");
        }
    }
}
