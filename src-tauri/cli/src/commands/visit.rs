//! One visit: whether a start is legal, its status, moving it.

use std::process::ExitCode;

use ordo_core::Language;
use ordo_core::model::{Appointment, AppointmentStatus};
use ordo_core::time::format_local;
use ordo_desk::{Move, StartQuestion};
use serde_json::{Value, json};

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;

/// Which rules a start breaks; exit code 1 when it breaks any.
pub fn why(arguments: &Arguments, asked: &args::Why, output: Output) -> Result<ExitCode, Failure> {
    let desk = open::open(arguments)?;
    let question = StartQuestion {
        patient: desk.find_patient(&asked.patient)?.id,
        service: asked.service.as_str().into(),
        practitioner: asked.practitioner.as_str().into(),
        room: asked.room.as_deref().map(Into::into),
        start: asked.start,
        moved: asked.moved.as_deref().map(Into::into),
        minutes: None,
    };
    let answer = desk.why(&question)?;
    let near = |near: Option<chrono::NaiveDateTime>| near.map(format_local);
    let text = || {
        let mut text = match (&answer.room, answer.broken.is_empty()) {
            (Some(room), true) => format!("{} is legal, in {room}.\n", format_local(asked.start)),
            (None, true) => format!("{} is legal.\n", format_local(asked.start)),
            _ => format!("{} is not legal:\n", format_local(asked.start)),
        };
        for (violation, words) in &answer.broken {
            let rule = violation.rule();
            text.push_str(&format!("  rule {:>2}  {words}\n", rule.number()));
        }
        for (side, start) in [("before", answer.before), ("after", answer.after)] {
            let start = start.map_or_else(
                || "none within four weeks".to_owned(),
                |start| Language::English.moment(start),
            );
            text.push_str(&format!("  nearest legal start {side}: {start}\n"));
        }
        text
    };
    let broken = || -> Vec<Value> {
        let one = |(violation, words): &(ordo_core::rules::Violation, String)| json!({"rule": violation.rule().as_str(), "number": violation.rule().number(), "text": words});
        answer.broken.iter().map(one).collect()
    };
    output.answer(text, || {
        json!({"legal": answer.broken.is_empty(), "broken": broken(), "room": answer.room.as_ref().map(ToString::to_string),
               "before": near(answer.before), "after": near(answer.after)})
    })?;
    Ok(if answer.broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Exit::No as u8)
    })
}

/// Notes where a visit stands.
pub fn status(
    arguments: &Arguments,
    id: &str,
    status: AppointmentStatus,
    reason: &str,
    output: Output,
) -> Result<(), Failure> {
    let visit = open::open(arguments)?.set_status(&id.into(), status, reason)?;
    output.answer(
        || format!("{id} is {}.", visit.status.as_str()),
        || visit_json(&visit),
    )
}

/// Moves a visit.
pub fn move_visit(arguments: &Arguments, id: &str, to: &Move, output: Output) -> Result<(), Failure> {
    let visit = open::open(arguments)?.move_visit(&id.into(), to, &to.override_reason)?;
    let text = || {
        let room = visit
            .room
            .as_ref()
            .map_or_else(String::new, |room| format!(" in {room}"));
        format!(
            "{id} lies at {} with {}{room}.",
            format_local(visit.start),
            visit.practitioner
        )
    };
    output.answer(text, || visit_json(&visit))
}

fn visit_json(visit: &Appointment) -> Value {
    json!({
        "id": visit.id.as_str(),
        "status": visit.status.as_str(),
        "start": format_local(visit.start),
        "practitioner": visit.practitioner.as_str(),
        "room": visit.room.as_ref().map(ToString::to_string),
        "override_reason": visit.override_reason,
        "cancel_reason": visit.cancel_reason,
    })
}
