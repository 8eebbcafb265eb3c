//! What a decision is asked for, and what it says.

use chrono::NaiveDate;

use crate::Language;
use crate::model::{DisciplineId, Frequency, ProviderDecision, Spacing};

/// What a decision is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Identifiers of conditions, the main one first.
    pub conditions: Vec<String>,
    /// Identifiers of needs.
    pub needs: Vec<String>,
    /// Identifiers of sensitivities.
    pub sensitivities: Vec<String>,
    /// What providers set for the patient; of several the newest part wins.
    pub provider_decisions: Vec<ProviderDecision>,
    /// The order that the front desk chose, which counts only where nothing else decides.
    pub chosen_order: Option<[DisciplineId; 2]>,
    /// The frequency that the front desk chose; a provider's wins.
    pub chosen_frequency: Option<Frequency>,
    /// The language of the reasons and conflicts.
    pub language: Language,
}

/// Order, spacing and frequency, with the reason of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The order; `None` when nothing decides and the front desk must choose.
    pub order: Option<[DisciplineId; 2]>,
    /// The spacing.
    pub spacing: Spacing,
    /// The frequency.
    pub frequency: Frequency,
    /// What decided order, spacing and frequency.
    pub decided_by: [(Part, Source); 3],
    /// The reason of each part in words.
    pub reasons: Vec<Reason>,
    /// Sources that disagree; none is hidden.
    pub conflicts: Vec<Conflict>,
    /// What the practitioners should read on their appointments.
    pub notes: Vec<Note>,
    /// Disciplines that the series may do without.
    pub optional: Vec<DisciplineId>,
    /// The version of the protocols.
    pub protocol_version: u32,
}

/// A part of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Which discipline comes first.
    Order,
    /// How far apart a pair lies.
    Spacing,
    /// How often each discipline comes.
    Frequency,
}

/// What decided a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A provider's decision for this patient.
    Provider {
        /// Who.
        provider: String,
        /// When.
        date: NaiveDate,
    },
    /// A condition, by identifier.
    Condition(String),
    /// A need, by identifier.
    Need(String),
    /// A sensitivity, by identifier.
    Sensitivity(String),
    /// The front desk's choice.
    Chosen,
    /// The clinic's default.
    Default,
    /// Nothing.
    Nothing,
}

/// Why a part is as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The part.
    pub about: Part,
    /// The reason in words.
    pub text: String,
}

/// A note for the practitioners of one discipline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The discipline.
    pub discipline: DisciplineId,
    /// The note.
    pub text: String,
}

/// Two sources that disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The part they disagree about.
    pub about: Part,
    /// The source that was followed, unless a provider's decision settled the conflict.
    pub one: Source,
    /// The source that says otherwise.
    pub other: Source,
    /// Whether a provider's decision has settled it.
    pub settled: bool,
    /// The conflict in words.
    pub text: String,
}
