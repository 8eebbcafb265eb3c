//! Who works with the program, and who may see a patient in a lock-box.

use chrono::{DateTime, Utc};

use super::{PatientId, PractitionerId, UserId};

/// Somebody who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Stays the same for good.
    pub id: UserId,
    /// What colleagues call them; the journal names them so.
    pub name: String,
    /// What they do in the clinic.
    pub role: Role,
    /// The practitioner they are, where they treat.
    pub practitioner: Option<PractitionerId>,
    /// Whether they may sign in; people who left stay on record.
    pub active: bool,
    /// Whether too many wrong secrets have locked them out, until an owner lifts it.
    pub locked_out: bool,
    /// What they sign in with.
    pub secret: SecretKind,
    /// When that was last set; none before the first time.
    pub secret_set: Option<DateTime<Utc>>,
}

/// What somebody does in the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers for the clinic.
    Owner,
    /// Books and receives.
    FrontDesk,
    /// Treats.
    Practitioner,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Owner, Self::FrontDesk, Self::Practitioner];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::FrontDesk => "front-desk",
            Self::Practitioner => "practitioner",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// What somebody signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecretKind {
    /// A password.
    Password,
    /// Digits.
    Pin,
}

impl SecretKind {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Pin => "pin",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Password, Self::Pin]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// A patient's wish that only some people see their record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockBox {
    /// Whose record.
    pub patient: PatientId,
    /// Who may see it; everybody else sees a visit as busy time.
    pub users: Vec<UserId>,
}
