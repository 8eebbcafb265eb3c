//! What must hold for edited protocols.

use std::collections::HashSet;

use super::Protocols;
use crate::model::{DisciplineId, Spacing};
use crate::{Said, said};

/// Something wrong with protocols, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolFault {
    /// Where, such as `conditions[2].id`.
    pub path: String,
    /// What is wrong and what would be right.
    pub text: Said,
}

impl Protocols {
    /// Everything that is wrong, given the clinic's disciplines.
    pub fn faults(&self, disciplines: &[DisciplineId]) -> Vec<ProtocolFault> {
        let mut faults = Vec::new();
        let mut fault = |path: String, text: Said| faults.push(ProtocolFault { path, text });
        if self.version == 0 {
            fault(
                "version".to_owned(),
                said!("versions begin with 1", "les versions commencent à 1"),
            );
        }
        let tolerance = self.tolerance_days;
        if tolerance > 3 {
            fault(
                "tolerance_days".to_owned(),
                said!(
                    "{tolerance} days; 0 to 3 are possible",
                    "{tolerance} jours; de 0 à 3 sont possibles"
                ),
            );
        }
        if !is_separate_days(self.separate_days) {
            fault(
                "separate_days".to_owned(),
                said!(
                    "the gap must be 12 to 120 hours, the shorter one first",
                    "l’écart doit être de 12 à 120 heures, le plus court d’abord"
                ),
            );
        }
        if !is_same_day(self.same_day) {
            fault(
                "same_day".to_owned(),
                said!(
                    "the longest wait must be 0 to 240 minutes",
                    "la plus longue attente doit être de 0 à 240 minutes"
                ),
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
                    said!("an identifier is needed", "il faut un identifiant"),
                );
            } else if !seen.insert((kind, id)) {
                fault(
                    format!("{kind}[{index}].id"),
                    said!("\"{id}\" is used twice", "«\u{a0}{id}\u{a0}» sert deux fois"),
                );
            }
            if name.trim().is_empty() {
                fault(
                    format!("{kind}[{index}].name"),
                    said!("a name is needed", "il faut un nom"),
                );
            }
            let Some(order) = order else { continue };
            for discipline in order
                .iter()
                .filter(|discipline| !disciplines.contains(discipline))
            {
                fault(format!("{kind}[{index}].order"), no_discipline(discipline));
            }
            if order[0] == order[1] {
                fault(
                    format!("{kind}[{index}].order"),
                    said!(
                        "two different disciplines are needed",
                        "il faut deux disciplines différentes"
                    ),
                );
            }
        }
        for (index, condition) in self.conditions.iter().enumerate() {
            let path = format!("conditions[{index}]");
            if condition.reason.trim().is_empty() {
                fault(
                    format!("{path}.reason"),
                    said!(
                        "a reason for the patient is needed",
                        "il faut une raison à dire au patient"
                    ),
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
                fault(path, no_discipline(discipline));
            }
            for (note, _) in condition
                .notes
                .iter()
                .enumerate()
                .filter(|(_, note)| note.text.trim().is_empty())
            {
                fault(
                    format!("{path}.notes[{note}].text"),
                    said!("a note needs words", "une note a besoin de mots"),
                );
            }
            if condition
                .order
                .iter()
                .all(|discipline| condition.optional.contains(discipline))
            {
                fault(
                    format!("{path}.optional"),
                    said!(
                        "one of the two disciplines must stay",
                        "une des deux disciplines doit rester"
                    ),
                );
            }
        }
        faults
    }
}

fn no_discipline(id: &DisciplineId) -> Said {
    said!(
        "the clinic has no discipline \"{id}\"",
        "la clinique n’a pas de discipline «\u{a0}{id}\u{a0}»"
    )
}

fn is_separate_days(spacing: Spacing) -> bool {
    matches!(spacing, Spacing::SeparateDays { min_hours, max_hours }
        if 12 <= min_hours && min_hours <= max_hours && max_hours <= 120)
}

fn is_same_day(spacing: Spacing) -> bool {
    matches!(spacing, Spacing::SameDay { max_wait_minutes } if max_wait_minutes <= Spacing::MOST_WAIT_MINUTES)
}
