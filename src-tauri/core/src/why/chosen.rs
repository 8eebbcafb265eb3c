//! One chosen start: every rule it breaks, the legal starts of its day, the nearest legal ones.

use crate::calendar::{Calendar, Placement};
use crate::model::Spacing;
use crate::rules::{
    Scope, Violation, check_session_pair, check_visit, first_violation, rhythm, room, same_date,
};
use crate::time::date_of;

/// One visit that somebody wants to place.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// What rules 1 to 7 hold it against.
    pub scope: Scope<'a>,
    /// What rules 8 to 12 hold it against, when it is a session of a series.
    pub session: Option<SessionRules<'a>>,
    /// Index of the service.
    pub service: usize,
    /// Index of the practitioner.
    pub practitioner: usize,
    /// Index of the room; `None` for any that fits.
    pub room: Option<usize>,
    /// Length of the treatment, in minutes.
    pub minutes: i32,
    /// Length of the buffer behind it, in minutes.
    pub buffer_minutes: i32,
}

/// A session's place in its series.
#[derive(Clone, Copy, Debug)]
pub struct SessionRules<'a> {
    /// Its week, from 0.
    pub week: u32,
    /// The disciplines in order, by index.
    pub order: [usize; 2],
    /// The spacing of the series.
    pub spacing: Spacing,
    /// The usual date of week 0, and how many days a session may lie from it.
    pub rhythm: Option<(i32, u32)>,
    /// The other sessions with their weeks.
    pub others: &'a [(Placement, u32)],
}

impl SessionRules<'_> {
    /// The first of rules 9 to 12 that a place breaks against the other sessions.
    pub(super) fn first_broken(&self, scope: &Scope<'_>, place: &Placement) -> Option<Violation> {
        let first = self.broken_pairs(place).min_by_key(Violation::rule);
        first.or_else(|| self.no_room_left(scope, place))
    }

    fn broken_pairs(&self, place: &Placement) -> impl Iterator<Item = Violation> {
        self.others.iter().flat_map(|(other, week)| {
            check_session_pair((place, self.week), (other, *week), self.order, self.spacing)
        })
    }

    /// Rule 12 for a place whose room is still to be chosen: every free one is another session's meanwhile.
    fn no_room_left(&self, scope: &Scope<'_>, place: &Placement) -> Option<Violation> {
        let calendar = scope.calendar;
        let fitting = calendar.rooms_for(place.service);
        let conflict = |room: usize| {
            let place = Placement {
                room: Some(room),
                ..*place
            };
            let broken = self
                .others
                .iter()
                .find_map(|(other, _)| same_date::check(&place, other));
            broken.filter(|violation| *violation == Violation::OneRoomForTwo)
        };
        if place.room.is_some() || !fitting.iter().any(|&room| conflict(room).is_some()) {
            return None;
        }
        let is_left = fitting.iter().any(|&room| {
            conflict(room).is_none() && room::is_free(calendar, room, place.occupied(), &scope.others)
        });
        (!is_left).then_some(Violation::OneRoomForTwo)
    }
}

impl Chosen<'_> {
    /// The visit at a minute of a day on the wall clock; `None` when that time does not exist.
    pub fn at(&self, day: i32, minute: i32) -> Option<Placement> {
        let start = crate::time::TimeOfDay::from_minutes(u32::try_from(minute).ok()?)?.on(date_of(day));
        let calendar = self.scope.calendar;
        calendar.clock().exists(start).then(|| {
            calendar.place_lasting(
                self.service,
                self.practitioner,
                self.room,
                start,
                self.minutes,
                self.buffer_minutes,
            )
        })
    }
}

/// Every rule that a place breaks, in the order of the rules.
pub fn check_start(chosen: &Chosen<'_>, place: &Placement) -> Vec<Violation> {
    let mut found = check_visit(&chosen.scope, place);
    let Some(session) = &chosen.session else {
        return found;
    };
    found.extend(off_rhythm(session, place));
    found.extend(session.broken_pairs(place));
    found.extend(session.no_room_left(&chosen.scope, place));
    found.sort_by_key(Violation::rule);
    found
}

/// Every start of a day's grid with the first rule that it breaks; `None` where it is legal.
pub fn legal_starts(chosen: &Chosen<'_>, day: i32) -> Vec<(Placement, Option<Violation>)> {
    grid(chosen.scope.calendar)
        .filter_map(|minute| chosen.at(day, minute))
        .map(|place| (place, first_broken(chosen, &place)))
        .collect()
}

/// The nearest legal start before and after a place, at most `days` days away, with the same practitioner.
pub fn nearest_legal(chosen: &Chosen<'_>, place: &Placement, days: i32) -> [Option<Placement>; 2] {
    let legal = |day: i32, minute: i32| {
        chosen
            .at(day, minute)
            .filter(|candidate| first_broken(chosen, candidate).is_none())
    };
    let minutes: Vec<i32> = grid(chosen.scope.calendar).collect();
    let before = (0..=days).find_map(|back| {
        let earlier = |minute: &&i32| back > 0 || **minute < place.time;
        minutes
            .iter()
            .rev()
            .filter(earlier)
            .find_map(|&minute| legal(place.day - back, minute))
    });
    let after = (0..=days).find_map(|ahead| {
        let later = |minute: &&i32| ahead > 0 || **minute > place.time;
        minutes
            .iter()
            .filter(later)
            .find_map(|&minute| legal(place.day + ahead, minute))
    });
    [before, after]
}

fn grid(calendar: &Calendar) -> impl Iterator<Item = i32> + use<> {
    (0..1440).step_by(calendar.clinic().slot_minutes.clamp(1, 60) as usize)
}

fn off_rhythm(session: &SessionRules<'_>, place: &Placement) -> Option<Violation> {
    let (usual_day, tolerance_days) = session.rhythm?;
    rhythm::check(place, session.week, usual_day, tolerance_days)
}

fn first_broken(chosen: &Chosen<'_>, place: &Placement) -> Option<Violation> {
    first_violation(&chosen.scope, place).or_else(|| {
        let session = chosen.session.as_ref()?;
        off_rhythm(session, place).or_else(|| session.first_broken(&chosen.scope, place))
    })
}
