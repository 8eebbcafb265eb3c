//! Protocols: one document per version, because a version is written and read as a whole.

use ordo_core::model::DisciplineId;
use ordo_core::protocol::{Condition, Need, Note, Protocols, Sensitivity};
use serde::{Deserialize, Serialize};

use super::words::{FrequencyImage, OrderImage, SpacingImage, order, order_image, texts};

#[derive(Serialize, Deserialize)]
pub(crate) struct ProtocolsImage {
    version: u32,
    conditions: Vec<ConditionImage>,
    needs: Vec<NeedImage>,
    sensitivities: Vec<SensitivityImage>,
    separate_days: SpacingImage,
    same_day: SpacingImage,
    tolerance_days: u32,
    frequency: FrequencyImage,
}

#[derive(Serialize, Deserialize)]
struct ConditionImage {
    id: String,
    name: String,
    order: OrderImage,
    reason: String,
    notes: Vec<NoteImage>,
    optional: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct NoteImage {
    discipline: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct NeedImage {
    id: String,
    name: String,
    order: OrderImage,
}

#[derive(Serialize, Deserialize)]
struct SensitivityImage {
    id: String,
    name: String,
}

impl From<&Protocols> for ProtocolsImage {
    fn from(protocols: &Protocols) -> Self {
        let conditions = protocols.conditions.iter().map(|condition| ConditionImage {
            id: condition.id.clone(),
            name: condition.name.clone(),
            order: order_image(&condition.order),
            reason: condition.reason.clone(),
            notes: condition
                .notes
                .iter()
                .map(|note| NoteImage {
                    discipline: note.discipline.to_string(),
                    text: note.text.clone(),
                })
                .collect(),
            optional: texts(&condition.optional),
        });
        let needs = protocols.needs.iter().map(|need| NeedImage {
            id: need.id.clone(),
            name: need.name.clone(),
            order: order_image(&need.order),
        });
        let sensitivities = protocols
            .sensitivities
            .iter()
            .map(|sensitivity| SensitivityImage {
                id: sensitivity.id.clone(),
                name: sensitivity.name.clone(),
            });
        Self {
            version: protocols.version,
            conditions: conditions.collect(),
            needs: needs.collect(),
            sensitivities: sensitivities.collect(),
            separate_days: protocols.separate_days.into(),
            same_day: protocols.same_day.into(),
            tolerance_days: protocols.tolerance_days,
            frequency: protocols.frequency.into(),
        }
    }
}

impl From<ProtocolsImage> for Protocols {
    fn from(image: ProtocolsImage) -> Self {
        let conditions = image.conditions.into_iter().map(|condition| Condition {
            id: condition.id,
            name: condition.name,
            order: order(condition.order),
            reason: condition.reason,
            notes: condition
                .notes
                .into_iter()
                .map(|note| Note {
                    discipline: DisciplineId::new(note.discipline),
                    text: note.text,
                })
                .collect(),
            optional: condition.optional.into_iter().map(DisciplineId::new).collect(),
        });
        let needs = image.needs.into_iter().map(|need| Need {
            id: need.id,
            name: need.name,
            order: order(need.order),
        });
        let sensitivities = image.sensitivities.into_iter().map(|sensitivity| Sensitivity {
            id: sensitivity.id,
            name: sensitivity.name,
        });
        Self {
            version: image.version,
            conditions: conditions.collect(),
            needs: needs.collect(),
            sensitivities: sensitivities.collect(),
            separate_days: image.separate_days.into(),
            same_day: image.same_day.into(),
            tolerance_days: image.tolerance_days,
            frequency: image.frequency.into(),
        }
    }
}
