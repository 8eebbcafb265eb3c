//! Protocols as a form, and what a change of them would affect.

use chrono::{DateTime, NaiveDate, Utc};
use ordo_core::model::Frequency;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::patients::Named;

/// The protocols and their versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ProtocolsView {
    /// The version that is shown.
    pub version: u32,
    /// What it says.
    pub form: ProtocolsForm,
    /// Every version, the one in force first.
    pub versions: Vec<VersionLine>,
    /// The clinic's disciplines.
    pub disciplines: Vec<Named>,
}

/// A version of the protocols.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VersionLine {
    /// Its number.
    pub version: u32,
    /// When it was written.
    pub at: Option<DateTime<Utc>>,
    /// Who wrote it.
    pub by: String,
    /// How many series were booked under it.
    pub series: u32,
}

/// What the protocols say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProtocolsForm {
    /// What a patient is treated for.
    pub conditions: Vec<ConditionForm>,
    /// What a patient needs.
    pub needs: Vec<NeedForm>,
    /// Each one switches separate days on.
    pub sensitivities: Vec<SensitivityForm>,
    /// The least gap on separate days, in hours.
    pub min_hours: u32,
    /// The greatest gap on separate days, in hours.
    pub max_hours: u32,
    /// The longest wait on one day, in minutes.
    pub max_wait_minutes: u32,
    /// How far a session may lie from its usual day.
    pub tolerance_days: u32,
    /// The frequency when nobody chose another.
    pub frequency: FrequencyForm,
}

/// Something a patient is treated for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConditionForm {
    /// Its identifier; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The discipline that comes first.
    pub first: String,
    /// Why, as the front desk tells the patient.
    pub reason: String,
    /// What the practitioners should read on their appointments.
    pub notes: Vec<NoteForm>,
    /// Disciplines that a series may do without.
    pub optional: Vec<String>,
}

/// A note for the practitioners of a discipline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NoteForm {
    /// The discipline's identifier.
    pub discipline: String,
    /// The note.
    pub text: String,
}

/// Something a patient needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NeedForm {
    /// Its identifier; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The discipline that comes first.
    pub first: String,
}

/// Something that calls for separate days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SensitivityForm {
    /// Its identifier; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// How often each discipline of a pair comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum FrequencyForm {
    /// Physiotherapy every week, massage every second week.
    Combined,
    /// One week physiotherapy, the next week massage.
    Alternating,
    /// Both every week.
    BothWeekly,
}

impl From<FrequencyForm> for Frequency {
    fn from(form: FrequencyForm) -> Self {
        match form {
            FrequencyForm::Combined => Self::Combined,
            FrequencyForm::Alternating => Self::Alternating,
            FrequencyForm::BothWeekly => Self::BothWeekly,
        }
    }
}

impl From<Frequency> for FrequencyForm {
    fn from(frequency: Frequency) -> Self {
        match frequency {
            Frequency::Combined => Self::Combined,
            Frequency::Alternating => Self::Alternating,
            Frequency::BothWeekly => Self::BothWeekly,
        }
    }
}

/// A running series that would be decided otherwise under changed protocols; it stays as it was booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ProtocolEffect {
    /// The series.
    pub series: String,
    /// The patient's identifier.
    pub patient: String,
    /// The patient's name.
    pub patient_name: String,
    /// The last usual date of the series.
    pub to: NaiveDate,
    /// What would be decided otherwise, in words.
    pub changes: Vec<String>,
}
