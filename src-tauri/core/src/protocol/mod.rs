//! From what a patient comes with to order, spacing and frequency.
//!
//! Protocols are a clinic's own data with a version. They are customs, not evidence, so every part can be edited,
//! every series remembers the version it was booked under, and a provider's decision always wins.

mod cover;
mod decide;
mod decision;
mod faults;
mod lookup;
mod rhythm;
mod shipped;
mod words;

pub use cover::{CoverWarning, cover_warnings, weeks_within_cover};
pub use decide::decide;
pub use decision::{Case, Conflict, Decision, Note, Part, Reason, Source};
pub use faults::ProtocolFault;
pub use lookup::DecideError;
pub use rhythm::rhythm_pattern;
pub use words::{discipline_words, frequency_words, order_words, spacing_words};

use crate::model::{DisciplineId, Frequency, Spacing};

/// A clinic's protocols, one version of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocols {
    /// Goes up with each edit; at least 1.
    pub version: u32,
    /// What a patient is treated for.
    pub conditions: Vec<Condition>,
    /// What a patient needs; decides the order where no condition does.
    pub needs: Vec<Need>,
    /// Each one switches separate days on.
    pub sensitivities: Vec<Sensitivity>,
    /// The spacing when treatments lie on separate days.
    pub separate_days: Spacing,
    /// The spacing when both may lie on one day.
    pub same_day: Spacing,
    /// How far a session may lie from its usual day, in days, 0 to 3.
    pub tolerance_days: u32,
    /// The frequency when nobody chose another.
    pub frequency: Frequency,
}

/// Something a patient is treated for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which discipline comes first.
    pub order: [DisciplineId; 2],
    /// Why, as the front desk tells the patient.
    pub reason: String,
    /// What the practitioners should read on their appointments.
    pub notes: Vec<Note>,
    /// Disciplines that a series may do without.
    pub optional: Vec<DisciplineId>,
}

/// Something a patient needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which discipline comes first.
    pub order: [DisciplineId; 2],
}

/// Something that calls for separate days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
}
