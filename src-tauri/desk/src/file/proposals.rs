//! Writes `ordo-proposals/1`.

use ordo_core::calendar::Calendar;
use ordo_core::model::UsualSlot;
use ordo_core::planner::{Cost, Plan, PlannedSession, Proposal};
use ordo_core::time::format_local;
use ordo_core::why::{Change, Help, Unplaced};
use serde_json::{Map, Value, json};

use super::PROPOSALS_FORMAT;

/// The proposals of a plan, with the explanations of what is unplaced.
pub fn proposals_json(calendar: &Calendar, plan: &Plan, unplaced: &[Vec<Unplaced>; 3]) -> Value {
    let proposals: Vec<_> = plan
        .proposals
        .iter()
        .zip(unplaced)
        .map(|(made, unplaced)| proposal(calendar, made, unplaced))
        .collect();
    json!({"format": PROPOSALS_FORMAT, "proposals": proposals})
}

fn proposal(calendar: &Calendar, proposal: &Proposal, unplaced: &[Unplaced]) -> Value {
    let usual: Map<String, Value> = proposal.usual.iter().map(usual_slot).collect();
    json!({
        "strategy": proposal.strategy.as_str(),
        "cost": cost(&proposal.cost),
        "usual": usual,
        "sessions": proposal.sessions.iter().map(|made| session(calendar, made)).collect::<Vec<_>>(),
        "unplaced": unplaced.iter().map(unplaced_session).collect::<Vec<_>>(),
    })
}

fn cost(cost: &Cost) -> Value {
    json!({
        "unplaced": cost.unplaced,
        "moved": cost.moved,
        "changes": cost.changes,
        "days_off": cost.days_off,
        "minutes_off": cost.minutes_off,
        "start_delay": cost.start_delay,
        "wait": cost.wait,
        "orphan": cost.orphan,
    })
}

fn usual_slot(usual: &UsualSlot) -> (String, Value) {
    let value = json!({
        "practitioner": usual.practitioner.as_str(),
        "date": usual.date.format("%Y-%m-%d").to_string(),
        "time": usual.time.to_string(),
    });
    (usual.discipline.to_string(), value)
}

fn session(calendar: &Calendar, session: &PlannedSession) -> Value {
    let place = &session.place;
    let clinic = calendar.clinic();
    let mut value = json!({
        "discipline": session.discipline.as_str(),
        "week": session.week,
        "start": format_local(calendar.local_start(place)),
        "end": format_local(calendar.clock().to_local(place.treatment.to)),
        "practitioner": clinic.practitioners[place.practitioner].id.as_str(),
    });
    if let Some(room) = place.room {
        value["room"] = clinic.rooms[room].id.as_str().into();
    }
    value
}

fn unplaced_session(unplaced: &Unplaced) -> Value {
    let removed: Map<String, Value> = unplaced
        .removed_in_order()
        .map(|(rule, count)| (rule.as_str().to_owned(), count.into()))
        .collect();
    json!({
        "discipline": unplaced.discipline.as_str(),
        "week": unplaced.week,
        "removed": removed,
        "would_help": unplaced.would_help.iter().map(help).collect::<Vec<_>>(),
    })
}

fn help(help: &Help) -> Value {
    let places = help.places;
    match &help.change {
        Change::Practitioners { discipline, to } => {
            let to: Vec<_> = to.iter().map(ToString::to_string).collect();
            json!({"change": "practitioners", "discipline": discipline.as_str(), "to": to, "places": places})
        }
        Change::ToleranceDays { to } => json!({"change": "tolerance_days", "to": to, "places": places}),
        Change::Availability => json!({"change": "availability", "to": "always", "places": places}),
        Change::MaxWaitMinutes { to } => json!({"change": "max_wait_minutes", "to": to, "places": places}),
        Change::MaxHours { to } => json!({"change": "max_hours", "to": to, "places": places}),
    }
}
