//! Sessions that somebody put where they are: held against the rules again at every planning, then fixed.

use chrono::NaiveDateTime;
use ordo_core::Speech;
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{DisciplineId, PractitionerId, Request, Session};
use ordo_core::planner::{ResolvedRequest, resolve};
use ordo_core::rules::{Scope, Violation, check_session_pair, first_violation};

use crate::Error;

/// A session that stays where somebody put it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Its discipline.
    pub discipline: DisciplineId,
    /// Its week, from 0.
    pub week: u32,
    /// Its local start.
    pub start: NaiveDateTime,
    /// Who treats.
    pub practitioner: PractitionerId,
}

/// A pin that breaks a rule by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostPin {
    /// The pin.
    pub pin: Pin,
    /// The rule that it breaks, in words.
    pub words: String,
}

/// Writes pins into a request as they are, so that everything near them is read; gives those it wrote.
///
/// A pin of a session that the request does not hold, or has settled for another reason, says nothing.
pub(crate) fn ask_for<'a>(request: &mut Request, pins: &'a [Pin]) -> Vec<&'a Pin> {
    let mut written = Vec::new();
    for pin in pins {
        let is_asked = pin.week < request.weeks
            && !request.left_out.contains(&(pin.discipline.clone(), pin.week))
            && request
                .rhythms
                .iter()
                .any(|rhythm| rhythm.discipline == pin.discipline && rhythm.has_session_in(pin.week));
        if is_asked && fixed_at(request, pin).is_none() {
            request.fixed.push(Session {
                discipline: pin.discipline.clone(),
                week: pin.week,
                start: pin.start,
                practitioner: pin.practitioner.clone(),
                room: None,
            });
            written.push(pin);
        }
    }
    written
}

/// Gives every pin a room, and takes those out of the request that break a rule, also against each other.
pub(crate) fn settle(
    calendar: &Calendar,
    request: &mut Request,
    pins: &[&Pin],
    speech: Speech,
) -> Result<Vec<LostPin>, Error> {
    if pins.is_empty() {
        return Ok(Vec::new());
    }
    let resolved = resolve(calendar, request)?;
    let is_pinned = |place: &Placement, week: u32| {
        let discipline = &calendar.clinic().disciplines[place.discipline].id;
        pins.iter()
            .any(|pin| &pin.discipline == discipline && pin.week == week)
    };
    let mut settled: Vec<(Placement, u32)> = Vec::new();
    for session in &resolved.sessions {
        settled.extend(
            session
                .fixed
                .filter(|place| !is_pinned(place, session.week))
                .map(|place| (place, session.week)),
        );
    }
    let mut lost = Vec::new();
    for &pin in pins {
        let discipline = calendar.discipline_index(&pin.discipline);
        let session = resolved.sessions.iter().find(|session| {
            session.week == pin.week && Some(resolved.rhythms[session.rhythm].discipline) == discipline
        });
        let (Some(at), Some((session, place))) = (
            fixed_at(request, pin),
            session.and_then(|session| Some((session, session.fixed?))),
        ) else {
            continue;
        };
        match in_a_room(calendar, &resolved, session.rhythm, (&place, pin.week), &settled) {
            Ok(place) => {
                request.fixed[at].room = place.room.map(|room| calendar.room(room).id.clone());
                settled.push((place, pin.week));
            }
            Err(violation) => {
                request.fixed.remove(at);
                lost.push(LostPin {
                    pin: pin.clone(),
                    words: violation.words(calendar, speech),
                });
            }
        }
    }
    Ok(lost)
}

fn fixed_at(request: &Request, pin: &Pin) -> Option<usize> {
    let is_it = |fixed: &Session| fixed.discipline == pin.discipline && fixed.week == pin.week;
    request.fixed.iter().position(is_it)
}

/// What one pin is held against by rules 1 to 7: anybody who offers the service may treat.
pub(crate) fn scope_of<'a>(
    calendar: &'a Calendar,
    resolved: &'a ResolvedRequest,
    rhythm: usize,
) -> Scope<'a> {
    Scope {
        practitioners: None,
        ..resolved.scope(calendar, rhythm)
    }
}

/// The place in the first room that will do, or the first rule that stands against every one.
fn in_a_room(
    calendar: &Calendar,
    resolved: &ResolvedRequest,
    rhythm: usize,
    (place, week): (&Placement, u32),
    settled: &[(Placement, u32)],
) -> Result<Placement, Violation> {
    let scope = scope_of(calendar, resolved, rhythm);
    let broken = |place: &Placement| {
        first_violation(&scope, place).or_else(|| {
            settled
                .iter()
                .flat_map(|(other, other_week)| {
                    check_session_pair(
                        (place, week),
                        (other, *other_week),
                        resolved.order,
                        resolved.spacing,
                    )
                })
                .min_by_key(Violation::rule)
        })
    };
    let rooms = calendar.rooms_for(place.service);
    if rooms.is_empty() {
        return broken(place).map_or(Ok(*place), Err);
    }
    if let Some(violation) = broken(place) {
        return Err(violation);
    }
    let in_rooms = rooms.iter().map(|&room| Placement {
        room: Some(room),
        ..*place
    });
    let mut first = None;
    for place in in_rooms {
        match broken(&place) {
            None => return Ok(place),
            Some(violation) => first = first.or(Some(violation)),
        }
    }
    Err(first.unwrap_or(Violation::NoRoomFree))
}
