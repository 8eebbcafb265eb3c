//! What must hold for edited protocols.

use std::collections::HashSet;

use super::Protocols;
use crate::model::{DisciplineId, Spacing};

/// Something wrong with protocols, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolFault {
    /// Where, such as `conditions[2].id`.
    pub path: String,
    /// What is wrong and what would be right.
    pub text: String,
}

impl Protocols {
    /// Everything that is wrong, given the clinic's disciplines.
    pub fn faults(&self, disciplines: &[DisciplineId]) -> Vec<ProtocolFault> {
        let mut faults = Vec::new();
        let mut fault = |path: String, text: String| faults.push(ProtocolFault { path, text });
        if self.version == 0 {
            fault("version".to_owned(), "versions begin with 1".to_owned());
        }
        if self.tolerance_days > 3 {
            fault(
                "tolerance_days".to_owned(),
                format!("{} days; 0 to 3 are possible", self.tolerance_days),
            );
        }
        if !is_separate_days(self.separate_days) {
            fault(
                "separate_days".to_owned(),
                "the gap must be 12 to 120 hours, the shorter one first".to_owned(),
            );
        }
        if !is_same_day(self.same_day) {
            fault(
                "same_day".to_owned(),
                "the longest wait must be 0 to 240 minutes".to_owned(),
            );
        }
        let items = (self
            .conditions
            .iter()
            .map(|item| ("conditions", &item.id, &item.name, Some(&item.order))))
        .chain(
            self.needs
                .iter()
                .map(|item| ("needs", &item.id, &item.name, Some(&item.order))),
        )
        .chain(
            self.sensitivities
                .iter()
                .map(|item| ("sensitivities", &item.id, &item.name, None)),
        );
        let mut seen = HashSet::new();
        let (mut list, mut index) = ("", 0);
        for (kind, id, name, order) in items {
            index = if kind == list { index + 1 } else { 0 };
            list = kind;
            if id.trim().is_empty() {
                fault(
                    format!("{kind}[{index}].id"),
                    "an identifier is needed".to_owned(),
                );
            } else if !seen.insert((kind, id)) {
                fault(format!("{kind}[{index}].id"), format!("\"{id}\" is used twice"));
            }
            if name.trim().is_empty() {
                fault(format!("{kind}[{index}].name"), "a name is needed".to_owned());
            }
            let Some(order) = order else { continue };
            for discipline in order
                .iter()
                .filter(|discipline| !disciplines.contains(discipline))
            {
                fault(
                    format!("{kind}[{index}].order"),
                    format!("the clinic has no discipline \"{discipline}\""),
                );
            }
            if order[0] == order[1] {
                fault(
                    format!("{kind}[{index}].order"),
                    "two different disciplines are needed".to_owned(),
                );
            }
        }
        for (index, condition) in self.conditions.iter().enumerate() {
            let path = format!("conditions[{index}]");
            if condition.reason.trim().is_empty() {
                fault(
                    format!("{path}.reason"),
                    "a reason for the patient is needed".to_owned(),
                );
            }
            let noted = condition.notes.iter().map(|note| &note.discipline).enumerate();
            let named = noted
                .map(|(note, discipline)| (format!("{path}.notes[{note}].discipline"), discipline))
                .chain(
                    condition
                        .optional
                        .iter()
                        .enumerate()
                        .map(|(optional, discipline)| (format!("{path}.optional[{optional}]"), discipline)),
                );
            for (path, discipline) in named.filter(|(_, discipline)| !disciplines.contains(discipline)) {
                fault(path, format!("the clinic has no discipline \"{discipline}\""));
            }
            for (note, _) in condition
                .notes
                .iter()
                .enumerate()
                .filter(|(_, note)| note.text.trim().is_empty())
            {
                fault(
                    format!("{path}.notes[{note}].text"),
                    "a note needs words".to_owned(),
                );
            }
            if condition
                .order
                .iter()
                .all(|discipline| condition.optional.contains(discipline))
            {
                fault(
                    format!("{path}.optional"),
                    "one of the two disciplines must stay".to_owned(),
                );
            }
        }
        faults
    }
}

fn is_separate_days(spacing: Spacing) -> bool {
    matches!(spacing, Spacing::SeparateDays { min_hours, max_hours }
        if 12 <= min_hours && min_hours <= max_hours && max_hours <= 120)
}

fn is_same_day(spacing: Spacing) -> bool {
    matches!(spacing, Spacing::SameDay { max_wait_minutes } if max_wait_minutes <= 240)
}
