use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

use super::facts::{Facts, Session};
use super::places::Place;
use super::{CostList, LEVELS, Malformed};

/// One placed session of a plan, as `ordo-proposals/1` writes it.
#[derive(Debug, Clone)]
pub struct PlacedSession {
    /// Its discipline.
    pub discipline: String,
    /// Its week.
    pub week: i64,
    /// The local start.
    pub start: NaiveDateTime,
    /// Who treats.
    pub practitioner: String,
    /// Where, if it needs a room.
    pub room: Option<String>,
}

/// The usual slot of one discipline of a plan.
#[derive(Debug, Clone)]
pub struct Usual {
    /// The discipline.
    pub discipline: String,
    /// The usual practitioner.
    pub practitioner: String,
    /// The usual date of week 0.
    pub date: NaiveDate,
    /// The usual time, in minutes from midnight.
    pub minute: i64,
}

/// Checks a plan against every rule and counts its costs anew, in the order of the strategy at an index of [`LEVELS`].
///
/// # Errors
///
/// The first thing that makes the plan illegal, or a file that is not of the planner's form.
pub fn price(
    clinic: &Value,
    request: &Value,
    sessions: &[PlacedSession],
    usual: &[Usual],
    strategy: usize,
) -> Result<CostList, Malformed> {
    let facts = Facts::read(clinic, request)?;
    let mut chosen: Vec<(Session, Place)> = Vec::new();
    for placed in sessions {
        let (session, place) = facts.place_of(placed)?;
        if chosen.iter().any(|(other, _)| *other == session) {
            return Err(illegal(placed, "is placed twice"));
        }
        for (other, at) in &chosen {
            if !facts.stand_together(&session, &place, other, at) {
                return Err(illegal(placed, "does not stand beside another session"));
            }
            let one_room = place.rooms.is_some() && place.rooms == at.rooms;
            let both_fixed = place.fixed && at.fixed;
            if one_room && !both_fixed && facts.buffers_meet(&session, &place, other, at) {
                return Err(illegal(placed, "shares its room with another session"));
            }
        }
        chosen.push((session, place));
    }
    let chosen: Vec<(Session, &Place)> = chosen.iter().map(|(session, place)| (*session, place)).collect();
    if facts
        .sessions
        .iter()
        .any(|session| facts.is_fixed(session) && chosen.iter().all(|(other, _)| other != session))
    {
        return Err(Malformed("a fixed session is not placed".to_owned()));
    }
    let by_usual = facts.measure(&chosen, usual)?;
    let costs = LEVELS[strategy].1.map(|name| match name {
        "unplaced" => i64::try_from(facts.sessions.len() - chosen.len()).unwrap_or(i64::MAX),
        "moved" => facts.moved(&chosen),
        "changes" => by_usual.changes,
        "days_off" => by_usual.days_off,
        "minutes_off" => by_usual.minutes_off,
        "start_delay" => facts.start_delay(&chosen),
        "wait" => facts.wait(&chosen),
        _ => chosen.iter().map(|(_, place)| place.orphan).sum(),
    });
    Ok(costs)
}

pub(super) fn illegal(placed: &PlacedSession, what: &str) -> Malformed {
    Malformed(format!(
        "{} of week {} at {} {what}",
        placed.discipline, placed.week, placed.start
    ))
}
