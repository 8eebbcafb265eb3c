//! How orders, spacings and frequencies are said.

use crate::model::{Discipline, DisciplineId, Frequency, Spacing};

pub(super) fn order_words(order: &[DisciplineId; 2]) -> String {
    format!(
        "{} first, then {}",
        discipline_words(&order[0]),
        discipline_words(&order[1])
    )
}

pub(super) fn discipline_words(discipline: &DisciplineId) -> &str {
    match discipline.as_str() {
        Discipline::PHYSIOTHERAPY => "physiotherapy",
        other => other,
    }
}

pub(super) fn spacing_words(spacing: Spacing) -> String {
    match spacing {
        Spacing::SameDay { max_wait_minutes } => {
            format!("both on the same day, in order, at most {max_wait_minutes} min apart")
        }
        Spacing::SeparateDays { min_hours, max_hours } => {
            format!("on separate days, {min_hours} to {max_hours} h apart")
        }
    }
}

pub(super) fn frequency_words(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Combined => "physiotherapy every week, massage every second week",
        Frequency::Alternating => "one treatment one week, the other the next",
        Frequency::BothWeekly => "both treatments every week",
    }
}
