//! Deciding, proposing and booking a series.

use ordo_core::Language;
use ordo_core::model::PatientId;
use ordo_core::protocol::{Case, Decision, Part, Protocols, Source, decide as decide_by};
use ordo_desk::file::{frequency_name, proposals_json};
use ordo_desk::{Ask, Desk, Proposed};
use serde_json::{Value, json};

use crate::args::{self, Arguments};
use crate::failure::Failure;
use crate::host::SystemHost;
use crate::open;
use crate::output::Output;
use crate::words::{decision, proposal};

/// Decides by the shipped protocols, or by the clinic's for a patient of the database.
pub fn decide(arguments: &Arguments, asked: &args::Decide, output: Output) -> Result<(), Failure> {
    let case = case_of(asked);
    let made = if asked.patient.is_some() || arguments.database.is_some() {
        let desk = open::open(arguments)?;
        let patient = patient_of(&desk, asked)?;
        desk.decide(patient.as_ref(), case)?
    } else {
        decide_by(&Protocols::shipped(), &case).map_err(ordo_desk::Error::from)?
    };
    output.answer(|| decision::text(&made), || decision_json(&made))
}

/// Proposes a series.
pub fn propose(arguments: &Arguments, asked: &args::Propose, output: Output) -> Result<(), Failure> {
    let desk = open::open(arguments)?;
    let proposed = make(&desk, asked)?;
    output.answer(
        || {
            let warnings: String = proposed
                .cover_warnings
                .iter()
                .map(|warning| format!("! {}\n", warning.words(Language::English)))
                .collect();
            let plan = proposal::plan_text(&proposed.calendar, &proposed.plan, &proposed.unplaced);
            format!("{}\n{warnings}\n{plan}", decision::text(&proposed.decision))
        },
        || proposed_json(&proposed),
    )
}

/// Proposes a series again and books one of the proposals; equal questions give equal proposals.
pub fn book(
    arguments: &Arguments,
    asked: &args::Propose,
    choice: usize,
    reason: &str,
    output: Output,
) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    let proposed = make(&desk, asked)?;
    let booked = desk.book(&proposed, choice - 1, reason)?;
    let chosen = &proposed.plan.proposals[choice - 1];
    output.answer(
        || {
            let unplaced = &proposed.unplaced[choice - 1];
            format!(
                "Booked {} of {} visits as series {}.\n{}Take it back with: ordo undo {}",
                chosen.sessions.len(),
                chosen.sessions.len() + chosen.unplaced.len(),
                booked.series,
                proposal::proposal_text(&proposed.calendar, chosen, unplaced),
                booked.entry
            )
        },
        || {
            let ids: Vec<_> = booked.appointments.iter().map(ToString::to_string).collect();
            json!({"series": booked.series.as_str(), "appointments": ids, "entry": booked.entry})
        },
    )
}

fn make(desk: &Desk<SystemHost>, asked: &args::Propose) -> Result<Proposed, Failure> {
    let patient = patient_of(desk, &asked.case)?
        .ok_or_else(|| Failure::new(crate::failure::Exit::Usage, "say for whom with --patient"))?;
    let ask = Ask {
        case: case_of(&asked.case),
        weeks: Some(asked.weeks),
        first: asked.first.as_deref().map(Into::into),
        frequency: asked.frequency,
        only: asked.only.as_deref().map(Into::into),
        services: asked.services.iter().map(|id| id.as_str().into()).collect(),
        practitioners: asked.practitioners.iter().map(|id| id.as_str().into()).collect(),
        availability: (!asked.available.is_empty()).then(|| asked.available.clone()),
        earliest: asked.earliest,
        latest_start: asked.latest_start,
        tolerance_days: asked.tolerance,
        max_wait_minutes: asked.max_wait,
        within_cover: asked.within_cover,
        ..Ask::default()
    };
    Ok(desk.propose(&patient, &ask)?)
}

fn case_of(asked: &args::Decide) -> Case {
    Case {
        conditions: asked.conditions.clone(),
        needs: asked.needs.clone(),
        sensitivities: asked.sensitivities.clone(),
        ..Case::default()
    }
}

fn patient_of(desk: &Desk<SystemHost>, asked: &args::Decide) -> Result<Option<PatientId>, Failure> {
    match &asked.patient {
        Some(text) => Ok(Some(desk.find_patient(text)?.id)),
        None => Ok(None),
    }
}

/// The proposals with the decision that led to them.
pub fn proposed_json(proposed: &Proposed) -> Value {
    let mut value = proposals_json(&proposed.calendar, &proposed.plan, &proposed.unplaced);
    value["decision"] = decision_json(&proposed.decision);
    value["cover_warnings"] = proposed
        .cover_warnings
        .iter()
        .map(|warning| warning.words(Language::English))
        .collect();
    value["planned_at"] = proposed.planned_at.into();
    value
}

/// A decision for programs.
pub fn decision_json(made: &Decision) -> Value {
    let names = |order: &[ordo_core::model::DisciplineId]| -> Vec<String> {
        order.iter().map(ToString::to_string).collect()
    };
    let decided_by: serde_json::Map<String, Value> = made
        .decided_by
        .iter()
        .map(|(part, source)| (part_name(*part).to_owned(), source_json(source)))
        .collect();
    let reasons: Vec<_> = made
        .reasons
        .iter()
        .map(|reason| json!({"about": part_name(reason.about), "text": reason.text}))
        .collect();
    let conflicts: Vec<_> = made
        .conflicts
        .iter()
        .map(|conflict| {
            json!({"about": part_name(conflict.about), "one": source_json(&conflict.one),
                   "other": source_json(&conflict.other), "settled": conflict.settled, "text": conflict.text})
        })
        .collect();
    let notes: Vec<_> = made
        .notes
        .iter()
        .map(|note| json!({"discipline": note.discipline.as_str(), "text": note.text}))
        .collect();
    json!({
        "order": made.order.as_ref().map(|order| names(order)),
        "spacing": ordo_desk::file::spacing_json(made.spacing),
        "frequency": frequency_name(made.frequency),
        "decided_by": decided_by,
        "reasons": reasons,
        "conflicts": conflicts,
        "notes": notes,
        "optional": names(&made.optional),
        "protocol_version": made.protocol_version,
    })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Order => "order",
        Part::Spacing => "spacing",
        Part::Frequency => "frequency",
    }
}

fn source_json(source: &Source) -> Value {
    match source {
        Source::Provider { provider, date } => {
            json!({"by": "provider", "provider": provider, "date": date.to_string()})
        }
        Source::Condition(id) => json!({"by": "condition", "id": id}),
        Source::Need(id) => json!({"by": "need", "id": id}),
        Source::Sensitivity(id) => json!({"by": "sensitivity", "id": id}),
        Source::Chosen => json!({"by": "chosen"}),
        Source::Default => json!({"by": "default"}),
        Source::Nothing => json!({"by": "nothing"}),
    }
}
