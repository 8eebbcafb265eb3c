//! The journal in words: searching it, its lines, its check.

use chrono::{NaiveDate, NaiveDateTime};
use ordo_store::{Action, EntryKind, Sought};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::patients::Named;

/// What is looked for in the journal; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct JournalAsk {
    /// Who did or saw something, as the journal names them.
    pub person: Option<String>,
    /// The patient it is about, by identifier.
    pub patient: Option<String>,
    /// What kind of entry.
    pub kind: Option<JournalKind>,
    /// The first date.
    pub from: Option<NaiveDate>,
    /// The last date.
    pub to: Option<NaiveDate>,
}

/// What kind of entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum JournalKind {
    /// Records were looked at or taken out.
    View,
    /// Visits were booked.
    Book,
    /// Visits were moved.
    Reschedule,
    /// Visits were called off.
    Cancel,
    /// It was noted where a visit stands.
    SetStatus,
    /// Something else about a visit was changed.
    EditAppointment,
    /// A series was changed.
    EditSeries,
    /// A patient was added, changed or removed.
    EditPatient,
    /// The clinic's set-up was changed.
    EditClinic,
    /// The protocols were changed.
    EditProtocols,
    /// People, lock-boxes or the time until the lock were changed.
    EditAccess,
    /// How a practitioner's calendar is shared was changed.
    EditSharing,
    /// Absences or patients were brought in from a file.
    ImportList,
    /// A clinic was brought in.
    Import,
    /// A backup was put back.
    Restore,
    /// Ordo became another version.
    Update,
    /// A change was taken back or made again.
    Turn,
    /// Times were derived again.
    Recompute,
}

impl JournalKind {
    /// Every kind, in the order of the list to choose from.
    pub const ALL: [Self; 18] = [
        Self::View,
        Self::Book,
        Self::Reschedule,
        Self::Cancel,
        Self::SetStatus,
        Self::EditAppointment,
        Self::EditSeries,
        Self::EditPatient,
        Self::EditClinic,
        Self::EditProtocols,
        Self::EditAccess,
        Self::EditSharing,
        Self::ImportList,
        Self::Import,
        Self::Restore,
        Self::Update,
        Self::Turn,
        Self::Recompute,
    ];

    /// Its word, as it crosses.
    pub fn as_str(self) -> &'static str {
        match self.sought() {
            Sought::View => "view",
            Sought::Turn => "turn",
            Sought::Recompute => "recompute",
            Sought::Action(action) => action.as_str(),
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    pub(crate) fn sought(self) -> Sought {
        Sought::Action(match self {
            Self::View => return Sought::View,
            Self::Turn => return Sought::Turn,
            Self::Recompute => return Sought::Recompute,
            Self::Book => Action::Book,
            Self::Reschedule => Action::Reschedule,
            Self::Cancel => Action::Cancel,
            Self::SetStatus => Action::SetStatus,
            Self::EditAppointment => Action::EditAppointment,
            Self::EditSeries => Action::EditSeries,
            Self::EditPatient => Action::EditPatient,
            Self::EditClinic => Action::EditClinic,
            Self::EditProtocols => Action::EditProtocols,
            Self::EditAccess => Action::EditAccess,
            Self::EditSharing => Action::EditSharing,
            Self::ImportList => Action::ImportList,
            Self::Import => Action::Import,
            Self::Restore => Action::Restore,
            Self::Update => Action::Update,
        })
    }
}

impl From<EntryKind> for JournalKind {
    fn from(kind: EntryKind) -> Self {
        match kind {
            EntryKind::View => Self::View,
            EntryKind::Undo { .. } | EntryKind::Redo { .. } => Self::Turn,
            EntryKind::Recompute => Self::Recompute,
            EntryKind::Change(Action::Book) => Self::Book,
            EntryKind::Change(Action::Reschedule) => Self::Reschedule,
            EntryKind::Change(Action::Cancel) => Self::Cancel,
            EntryKind::Change(Action::SetStatus) => Self::SetStatus,
            EntryKind::Change(Action::EditAppointment) => Self::EditAppointment,
            EntryKind::Change(Action::EditSeries) => Self::EditSeries,
            EntryKind::Change(Action::EditPatient) => Self::EditPatient,
            EntryKind::Change(Action::EditClinic) => Self::EditClinic,
            EntryKind::Change(Action::EditProtocols) => Self::EditProtocols,
            EntryKind::Change(Action::EditAccess) => Self::EditAccess,
            EntryKind::Change(Action::EditSharing) => Self::EditSharing,
            EntryKind::Change(Action::ImportList) => Self::ImportList,
            EntryKind::Change(Action::Import) => Self::Import,
            EntryKind::Change(Action::Restore) => Self::Restore,
            EntryKind::Change(Action::Update) => Self::Update,
        }
    }
}

/// What the search of the journal offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct JournalChoices {
    /// Everybody who has an entry, by the name that the journal has for them.
    pub people: Vec<Named>,
    /// The kinds of entries.
    pub kinds: Vec<Named>,
    /// How many years records are kept.
    pub years: u32,
}

/// Some entries of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct JournalPage {
    /// The entries, newest first.
    pub lines: Vec<JournalLine>,
    /// Whether older ones fit too.
    pub more: bool,
}

/// One entry of the journal in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct JournalLine {
    /// Its number.
    pub entry: u32,
    /// When, on the clinic's clock.
    pub at: NaiveDateTime,
    /// Who.
    pub person: String,
    /// What was done.
    pub what: String,
    /// What kind of entry it is.
    pub kind: JournalKind,
    /// The patients it is about, the first few.
    pub about: Vec<JournalPatient>,
    /// Whether it is about others too.
    pub more_patients: bool,
    /// How many records it names.
    pub records: u32,
    /// What was changed in the first records.
    pub details: Vec<String>,
    /// Why.
    pub reason: String,
}

/// A patient whom an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct JournalPatient {
    /// The identifier.
    pub id: String,
    /// The name, as it was last.
    pub name: String,
}

/// The journal as a file for other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalFile {
    /// What it is called.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// What a check of the whole journal has found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct JournalCheck {
    /// How many entries were checked.
    pub checked: u32,
    /// What is wrong, oldest first; nothing where the chain is whole.
    pub faults: Vec<String>,
    /// The hash of the newest entry, to be noted elsewhere.
    pub end: String,
}
