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
