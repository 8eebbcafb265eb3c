//! A decision, as the front desk tells the patient.

use ordo_core::model::{DisciplineId, Spacing};
use ordo_core::protocol::{Decision, Part};

/// The decision with its reasons, conflicts first.
pub fn text(decision: &Decision) -> String {
    let mut text = String::new();
    for conflict in &decision.conflicts {
        text.push_str(&format!("! {}\n", conflict.text));
    }
    let order = decision.order.as_ref().map_or_else(
        || "please choose".to_owned(),
        |order| {
            order
                .iter()
                .map(DisciplineId::as_str)
                .collect::<Vec<_>>()
                .join(", then ")
        },
    );
    for (part, name, value) in [
        (Part::Order, "Order", order),
        (Part::Spacing, "Spacing", spacing(decision.spacing)),
        (
            Part::Frequency,
            "Frequency",
            ordo_desk::file::frequency_name(decision.frequency).to_owned(),
        ),
    ] {
        text.push_str(&format!("{name:<10} {value}\n"));
        for reason in decision.reasons.iter().filter(|reason| reason.about == part) {
            text.push_str(&format!("{:<10} {}\n", "", reason.text));
        }
    }
    for note in &decision.notes {
        text.push_str(&format!("Note       {}: {}\n", note.discipline, note.text));
    }
    for discipline in &decision.optional {
        text.push_str(&format!(
            "Optional   {discipline}; --only plans the other alone\n"
        ));
    }
    text
}

/// A spacing in a few words.
pub fn spacing(spacing: Spacing) -> String {
    match spacing {
        Spacing::SameDay { max_wait_minutes } => format!("same day, at most {max_wait_minutes} min apart"),
        Spacing::SeparateDays { min_hours, max_hours } => {
            format!("separate days, {min_hours} to {max_hours} h apart")
        }
    }
}
