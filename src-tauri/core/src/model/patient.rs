//! Patients: contact, availability and what their care must respect.

use chrono::{NaiveDate, Weekday};

use super::{DisciplineId, Frequency, PatientId, Spacing};
use crate::time::TimeOfDay;

/// Somebody who is treated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patient {
    /// Their identifier.
    pub id: PatientId,
    /// Their name.
    pub name: String,
    /// How to reach them.
    pub contact: Contact,
    /// Date of birth, where known.
    pub date_of_birth: Option<NaiveDate>,
    /// When they can come; empty means always.
    pub availability: Vec<AvailabilityWindow>,
    /// What their spacing must respect: identifiers of the protocol's sensitivities.
    pub sensitivities: Vec<String>,
    /// What their insurance pays for.
    pub covers: Vec<InsuranceCover>,
    /// What a provider set for them, newest last.
    pub provider_decisions: Vec<ProviderDecision>,
    /// Free text of the front desk.
    pub notes: String,
}

impl Patient {
    /// Somebody of whom nothing but a name is known.
    pub fn named(id: PatientId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            contact: Contact::default(),
            date_of_birth: None,
            availability: Vec::new(),
            sensitivities: Vec::new(),
            covers: Vec::new(),
            provider_decisions: Vec::new(),
            notes: String::new(),
        }
    }
}

/// How to reach a patient; empty texts where unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Telephone number as given.
    pub phone: String,
    /// E-mail address as given.
    pub email: String,
}

/// A weekly stretch of time in which a patient can come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AvailabilityWindow {
    /// The day of the week.
    pub weekday: Weekday,
    /// Its first minute.
    pub from: TimeOfDay,
    /// Its end; after `from`.
    pub to: TimeOfDay,
}

/// A number of visits in one discipline that an insurer pays for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsuranceCover {
    /// The discipline.
    pub discipline: DisciplineId,
    /// How many visits.
    pub visits: u32,
    /// The last date of the cover.
    pub until: NaiveDate,
}

/// What a provider set for a patient; it wins over every protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderDecision {
    /// The provider's name.
    pub provider: String,
    /// The date of the decision.
    pub date: NaiveDate,
    /// The order, when set.
    pub order: Option<[DisciplineId; 2]>,
    /// The spacing, when set.
    pub spacing: Option<Spacing>,
    /// The frequency, when set.
    pub frequency: Option<Frequency>,
    /// The provider's words.
    pub note: String,
}
