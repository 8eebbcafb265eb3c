//! Series.

use chrono::NaiveDate;
use ordo_core::model::{
    DisciplineId, PatientId, PractitionerId, Rhythm, Series, SeriesBasis, SeriesId, ServiceId, Strategy,
    UsualSlot,
};
use ordo_core::time::TimeOfDay;
use serde::{Deserialize, Serialize};

use super::words::{OrderImage, SpacingImage, order, order_image, texts, time_of_day};
use crate::fault::{Fault, Result};

#[derive(Serialize, Deserialize)]
pub(super) struct SeriesImage {
    id: String,
    patient: String,
    order: OrderImage,
    spacing: SpacingImage,
    weeks: u32,
    tolerance_days: u32,
    rhythms: Vec<RhythmImage>,
    usual: Vec<UsualSlotImage>,
    strategy: String,
    protocol_version: u32,
    basis: BasisImage,
}

#[derive(Serialize, Deserialize)]
struct RhythmImage {
    discipline: String,
    service: String,
    every_weeks: u32,
    first_week: u32,
    practitioners: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct UsualSlotImage {
    discipline: String,
    practitioner: String,
    date: NaiveDate,
    #[serde(with = "time_of_day")]
    time: TimeOfDay,
}

/// What a series was decided from, without the protocols' version, which is a column.
#[derive(Serialize, Deserialize)]
pub(crate) struct BasisImage {
    conditions: Vec<String>,
    needs: Vec<String>,
    sensitivities: Vec<String>,
    reasons: Vec<String>,
}

impl From<&SeriesBasis> for BasisImage {
    fn from(basis: &SeriesBasis) -> Self {
        Self {
            conditions: basis.conditions.clone(),
            needs: basis.needs.clone(),
            sensitivities: basis.sensitivities.clone(),
            reasons: basis.reasons.clone(),
        }
    }
}

impl BasisImage {
    /// The basis, decided by a version of the protocols.
    pub(crate) fn under(self, protocol_version: u32) -> SeriesBasis {
        SeriesBasis {
            protocol_version,
            conditions: self.conditions,
            needs: self.needs,
            sensitivities: self.sensitivities,
            reasons: self.reasons,
        }
    }
}

impl From<&Series> for SeriesImage {
    fn from(series: &Series) -> Self {
        let rhythms = series.rhythms.iter().map(|rhythm| RhythmImage {
            discipline: rhythm.discipline.to_string(),
            service: rhythm.service.to_string(),
            every_weeks: rhythm.every_weeks,
            first_week: rhythm.first_week,
            practitioners: texts(&rhythm.practitioners),
        });
        let usual = series.usual.iter().map(|slot| UsualSlotImage {
            discipline: slot.discipline.to_string(),
            practitioner: slot.practitioner.to_string(),
            date: slot.date,
            time: slot.time,
        });
        Self {
            id: series.id.to_string(),
            patient: series.patient.to_string(),
            order: order_image(&series.order),
            spacing: series.spacing.into(),
            weeks: series.weeks,
            tolerance_days: series.tolerance_days,
            rhythms: rhythms.collect(),
            usual: usual.collect(),
            strategy: series.strategy.as_str().to_owned(),
            protocol_version: series.basis.protocol_version,
            basis: (&series.basis).into(),
        }
    }
}

impl TryFrom<SeriesImage> for Series {
    type Error = Fault;

    fn try_from(image: SeriesImage) -> Result<Self> {
        let strategy = Strategy::parse(&image.strategy)
            .ok_or_else(|| Fault::Damaged(format!("\"{}\" is no strategy", image.strategy)))?;
        let rhythms = image.rhythms.into_iter().map(|rhythm| Rhythm {
            discipline: DisciplineId::new(rhythm.discipline),
            service: ServiceId::new(rhythm.service),
            every_weeks: rhythm.every_weeks,
            first_week: rhythm.first_week,
            practitioners: rhythm
                .practitioners
                .into_iter()
                .map(PractitionerId::new)
                .collect(),
        });
        let usual = image.usual.into_iter().map(|slot| UsualSlot {
            discipline: DisciplineId::new(slot.discipline),
            practitioner: PractitionerId::new(slot.practitioner),
            date: slot.date,
            time: slot.time,
        });
        Ok(Self {
            id: SeriesId::new(image.id),
            patient: PatientId::new(image.patient),
            order: order(image.order),
            spacing: image.spacing.into(),
            weeks: image.weeks,
            tolerance_days: image.tolerance_days,
            rhythms: rhythms.collect(),
            usual: usual.collect(),
            strategy,
            basis: image.basis.under(image.protocol_version),
        })
    }
}
