//! Rule 4: where the service names room kinds, a room of one of them is free for treatment and buffer.

use super::{Others, Violation};
use crate::calendar::{Calendar, Placement};
use crate::time::Span;

/// Whether a room is free over a stretch of time.
pub fn is_free(calendar: &Calendar, room: usize, occupied: Span, others: &Others<'_>) -> bool {
    !calendar
        .room_occupancy(room)
        .meeting(occupied)
        .any(|taken| others.counts(taken.visit))
}

/// The rule for one placement: its room, when it names one, else any room that fits.
pub fn check(calendar: &Calendar, place: &Placement, others: &Others<'_>) -> Option<Violation> {
    let fitting = calendar.rooms_for(place.service);
    let needs_room = !calendar.service(place.service).room_kinds.is_empty();
    match place.room {
        Some(room) => {
            if needs_room && !fitting.contains(&room) {
                return Some(Violation::RoomUnfit { room });
            }
            let taken = calendar
                .room_occupancy(room)
                .meeting(place.occupied())
                .find(|taken| others.counts(taken.visit));
            taken.map(|taken| Violation::RoomBusy {
                room,
                visit: taken.visit,
            })
        }
        None if needs_room => {
            let free = fitting
                .iter()
                .any(|&room| is_free(calendar, room, place.occupied(), others));
            (!free).then_some(Violation::NoRoomFree)
        }
        None => None,
    }
}

/// The starts at which treatment and buffer, `minutes` together, meet occupied time of a room.
pub fn blocked_starts(taken: Span, minutes: i32) -> Span {
    Span::new(taken.from - minutes + 1, taken.to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{calendar, calendar_of, clinic, place};

    #[test]
    fn some_fitting_room_is_free_for_treatment_and_buffer() {
        // `quiet` is taken from 10:00 to 11:15, `quiet2` from 10:30 to 11:45.
        let calendar = calendar(&[
            "bo else m quiet 2026-03-02T10:00",
            "mo early m quiet2 2026-03-02T10:30",
        ]);
        let busy = |room, visit| Some(Violation::RoomBusy { room, visit });
        for (text, expected) in [
            ("mo m - 2026-03-02T09:15", None),
            ("mo m - 2026-03-02T09:16", Some(Violation::NoRoomFree)),
            ("mo m - 2026-03-02T11:14", Some(Violation::NoRoomFree)),
            ("mo m - 2026-03-02T11:15", None),
            ("mo m quiet 2026-03-02T08:45", None),
            ("mo m quiet 2026-03-02T08:46", busy(1, 0)),
            ("mo m quiet 2026-03-02T11:14", busy(1, 0)),
            ("mo m quiet 2026-03-02T11:15", None),
            ("mo m quiet2 2026-03-02T11:44", busy(2, 1)),
            ("mo m quiet2 2026-03-02T11:45", None),
            (
                "mo m gym 2026-03-02T10:00",
                Some(Violation::RoomUnfit { room: 0 }),
            ),
            ("pia p - 2026-03-02T10:00", None),
        ] {
            let place = place(&calendar, text);
            assert_eq!(check(&calendar, &place, &Others::default()), expected, "{text}");
        }
    }

    #[test]
    fn visits_that_are_replaced_leave_their_room() {
        let calendar = calendar(&[
            "bo else m quiet 2026-03-02T10:00",
            "mo early m quiet2 2026-03-02T10:30",
        ]);
        let others = Others {
            replaced: &[1],
            same_series: &[],
        };
        for (text, free) in [
            ("mo m - 2026-03-02T10:30", true),
            ("mo m quiet 2026-03-02T10:30", false),
        ] {
            let found = check(&calendar, &place(&calendar, text), &others);
            assert_eq!(found.is_none(), free, "{text}");
        }
    }

    #[test]
    fn a_service_without_room_kinds_needs_none_but_keeps_the_one_it_has() {
        let mut clinic = clinic();
        clinic.services[0].room_kinds.clear();
        clinic.rooms[0].kinds.clear();
        let calendar = calendar_of(clinic, &["bo else p gym 2026-03-02T10:00"]);
        for (text, expected) in [
            ("pia p - 2026-03-02T10:00", None),
            ("pia p quiet 2026-03-02T10:00", None),
            (
                "pia p gym 2026-03-02T10:00",
                Some(Violation::RoomBusy { room: 0, visit: 0 }),
            ),
        ] {
            let place = place(&calendar, text);
            assert_eq!(check(&calendar, &place, &Others::default()), expected, "{text}");
        }
    }

    #[test]
    fn where_no_room_fits_none_is_free() {
        let mut clinic = clinic();
        clinic.services[0].room_kinds = vec!["pool".to_owned()];
        let calendar = calendar_of(clinic, &[]);
        let place = place(&calendar, "pia p - 2026-03-02T10:00");
        assert_eq!(
            check(&calendar, &place, &Others::default()),
            Some(Violation::NoRoomFree)
        );
    }
}
