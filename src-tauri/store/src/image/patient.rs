//! Patients.

use chrono::NaiveDate;
use ordo_core::model::{
    AvailabilityWindow, Contact, DisciplineId, InsuranceCover, Patient, PatientId, ProviderDecision,
};
use serde::{Deserialize, Serialize};

use super::words::{FrequencyImage, OrderImage, SpacingImage, WeekdayHours, order, order_image};

#[derive(Serialize, Deserialize)]
pub(super) struct PatientImage {
    id: String,
    name: String,
    phone: String,
    email: String,
    date_of_birth: Option<NaiveDate>,
    availability: Vec<WeekdayHours>,
    sensitivities: Vec<String>,
    covers: Vec<CoverImage>,
    provider_decisions: Vec<ProviderDecisionImage>,
    notes: String,
}

#[derive(Serialize, Deserialize)]
struct CoverImage {
    discipline: String,
    visits: u32,
    until: NaiveDate,
}

#[derive(Serialize, Deserialize)]
struct ProviderDecisionImage {
    provider: String,
    date: NaiveDate,
    order: Option<OrderImage>,
    spacing: Option<SpacingImage>,
    frequency: Option<FrequencyImage>,
    note: String,
}

impl From<&Patient> for PatientImage {
    fn from(patient: &Patient) -> Self {
        let availability = patient.availability.iter().map(|window| WeekdayHours {
            weekday: window.weekday,
            from: window.from,
            to: window.to,
        });
        let covers = patient.covers.iter().map(|cover| CoverImage {
            discipline: cover.discipline.to_string(),
            visits: cover.visits,
            until: cover.until,
        });
        let decisions = patient
            .provider_decisions
            .iter()
            .map(|decision| ProviderDecisionImage {
                provider: decision.provider.clone(),
                date: decision.date,
                order: decision.order.as_ref().map(order_image),
                spacing: decision.spacing.map(Into::into),
                frequency: decision.frequency.map(Into::into),
                note: decision.note.clone(),
            });
        Self {
            id: patient.id.to_string(),
            name: patient.name.clone(),
            phone: patient.contact.phone.clone(),
            email: patient.contact.email.clone(),
            date_of_birth: patient.date_of_birth,
            availability: availability.collect(),
            sensitivities: patient.sensitivities.clone(),
            covers: covers.collect(),
            provider_decisions: decisions.collect(),
            notes: patient.notes.clone(),
        }
    }
}

impl From<PatientImage> for Patient {
    fn from(image: PatientImage) -> Self {
        let availability = image.availability.into_iter().map(|window| AvailabilityWindow {
            weekday: window.weekday,
            from: window.from,
            to: window.to,
        });
        let covers = image.covers.into_iter().map(|cover| InsuranceCover {
            discipline: DisciplineId::new(cover.discipline),
            visits: cover.visits,
            until: cover.until,
        });
        let decisions = image
            .provider_decisions
            .into_iter()
            .map(|decision| ProviderDecision {
                provider: decision.provider,
                date: decision.date,
                order: decision.order.map(order),
                spacing: decision.spacing.map(Into::into),
                frequency: decision.frequency.map(Into::into),
                note: decision.note,
            });
        Self {
            id: PatientId::new(image.id),
            name: image.name,
            contact: Contact {
                phone: image.phone,
                email: image.email,
            },
            date_of_birth: image.date_of_birth,
            availability: availability.collect(),
            sensitivities: image.sensitivities,
            covers: covers.collect(),
            provider_decisions: decisions.collect(),
            notes: image.notes,
        }
    }
}
