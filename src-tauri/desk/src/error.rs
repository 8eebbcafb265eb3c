//! What went wrong, in words for people and a code for programs.

use ordo_core::calendar::CalendarError;
use ordo_core::planner::RequestError;
use ordo_core::protocol::DecideError;
use ordo_core::{Language, Said, on_one_line, said};
use ordo_store::{FileError, StoreError};
use serde::Serialize;
use specta::Type;

use crate::file::FileFaults;

/// Why a use case failed: a message that says what to do, and a code where a program acts on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What a program may act on.
    pub code: Code,
    /// What happened and what to do, in words.
    pub message: String,
    /// The same in French, where whoever refused did not know what is spoken.
    #[serde(skip)]
    #[specta(skip)]
    french: Option<String>,
}

/// What a program may act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// There is no database, or it holds no clinic.
    NoClinic,
    /// The database holds a clinic already.
    NotEmpty,
    /// A file is not what it should be.
    BadFile,
    /// The database cannot be opened, read or written.
    Database,
    /// The key is neither given nor kept anywhere.
    NoKey,
    /// Somebody has to type the passphrase or the recovery key first.
    KeyNeeded,
    /// The database is damaged; a backup can be put back.
    Damaged,
    /// A newer Ordo wrote the database; nothing is wrong with it.
    Newer,
    /// A backup cannot be taken, found or put back; the database is as it was.
    Backup,
    /// Another process holds the database; trying again may help.
    Busy,
    /// Something that was named does not exist.
    NotFound,
    /// What was asked makes no sense as it stands.
    BadRequest,
    /// Nothing decides the order; somebody must choose.
    OrderNeeded,
    /// A visit no longer fits, because the calendar has changed.
    NoLongerFits,
    /// A rule stands against it; a reason may override.
    RuleBroken,
    /// Somebody else has changed the same thing meanwhile.
    ChangedMeanwhile,
    /// Something has a history and is therefore kept.
    HasHistory,
    /// It cannot be undone or redone.
    CannotUndo,
    /// Somebody has to sign in first.
    SignedOut,
    /// Whoever is at the desk may not do or see that.
    NotAllowed,
    /// An update was not taken; the version in use goes on.
    Update,
    /// Something in the window is not saved and would be lost.
    Unsaved,
}

impl Error {
    /// An error of a code with a message.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            french: None,
        }
    }

    /// An error of a code with a message in every language, for where it is not known which one is spoken.
    pub fn said(code: Code, said: Said) -> Self {
        Self {
            french: Some(said.french),
            ..Self::new(code, said.english)
        }
    }

    /// The error in a language, as far as whoever refused knew the words.
    #[must_use]
    pub fn spoken(self, language: Language) -> Self {
        match (language, self.french) {
            (Language::French, Some(french)) => Self::new(self.code, french),
            (_, french) => Self { french, ..self },
        }
    }

    /// The same words under another code.
    pub(crate) fn coded(self, code: Code) -> Self {
        Self { code, ..self }
    }

    pub(crate) fn not_found(kind: &str, id: impl std::fmt::Display) -> Self {
        let among = match kind {
            "appointment" => "rendez-vous",
            "patient" => "patients",
            "practitioner" => "praticiens",
            "room" => "salles",
            "series" | "series of this patient" => "séries",
            "service" | "service of discipline" => "services",
            "user" => "personnes",
            "version of the protocols" => "versions des protocoles",
            _ => "disciplines",
        };
        let id = id.to_string();
        let id = on_one_line(&id);
        let said = said!(
            "there is no {kind} \"{id}\"; check the name",
            "il n’y a pas de «\u{a0}{id}\u{a0}» parmi les {among}; vérifiez le nom"
        );
        Self::said(Code::NotFound, said)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::File(FileError::NotFound { .. }) | StoreError::NoClinic => Code::NoClinic,
            StoreError::File(FileError::Locked { .. }) => Code::Busy,
            StoreError::File(FileError::Damaged { .. }) => Code::Damaged,
            StoreError::File(FileError::Newer { .. }) => Code::Newer,
            StoreError::File(FileError::DamagedBackup { .. }) => Code::Backup,
            StoreError::File(_) => Code::Database,
            StoreError::NotEmpty => Code::NotEmpty,
            StoreError::Conflict(_) => Code::NoLongerFits,
            StoreError::Missing { .. } => Code::NotFound,
            StoreError::Dangling { .. } | StoreError::Duplicate { .. } | StoreError::Invalid { .. } => {
                Code::BadRequest
            }
            StoreError::Undo(_) => Code::CannotUndo,
        };
        Self {
            french: error.french(),
            ..Self::new(code, error.to_string())
        }
    }
}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::new(Code::BadRequest, error.to_string())
    }
}

impl From<DecideError> for Error {
    fn from(error: DecideError) -> Self {
        Self::new(Code::BadRequest, error.to_string())
    }
}

impl From<CalendarError> for Error {
    fn from(error: CalendarError) -> Self {
        Self::new(Code::BadRequest, error.to_string())
    }
}

impl From<FileFaults> for Error {
    fn from(faults: FileFaults) -> Self {
        let [english, french] = Language::ALL.map(|language| faults.words(language));
        Self::said(Code::BadFile, Said { english, french })
    }
}
