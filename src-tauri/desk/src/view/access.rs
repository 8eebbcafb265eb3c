//! Who is at the desk, and the people who sign in.

use ordo_core::model::{Role, SecretKind};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::patients::Named;
use crate::UseCase;

/// What somebody does in the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum RoleName {
    /// Answers for the clinic.
    Owner,
    /// Books and receives.
    FrontDesk,
    /// Treats.
    Practitioner,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::FrontDesk => Self::FrontDesk,
            Role::Practitioner => Self::Practitioner,
        }
    }
}

impl From<RoleName> for Role {
    fn from(role: RoleName) -> Self {
        match role {
            RoleName::Owner => Self::Owner,
            RoleName::FrontDesk => Self::FrontDesk,
            RoleName::Practitioner => Self::Practitioner,
        }
    }
}

/// What somebody signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SecretName {
    /// A password.
    Password,
    /// Digits.
    Pin,
}

impl From<SecretKind> for SecretName {
    fn from(kind: SecretKind) -> Self {
        match kind {
            SecretKind::Password => Self::Password,
            SecretKind::Pin => Self::Pin,
        }
    }
}

impl From<SecretName> for SecretKind {
    fn from(name: SecretName) -> Self {
        match name {
            SecretName::Password => Self::Password,
            SecretName::Pin => Self::Pin,
        }
    }
}

/// Who is at the desk and what they may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SessionView {
    /// Whether somebody must sign in before anything is shown.
    pub must_sign_in: bool,
    /// Who is signed in; nobody in a clinic that knows no people.
    pub user: Option<SignedIn>,
    /// What they may do.
    pub may: Vec<UseCase>,
    /// After how many minutes without a key or a click the window locks itself; 0 for never.
    pub idle_minutes: u32,
    /// Whether the clinic knows no people yet, so that adding them is proposed.
    pub proposes_people: bool,
}

/// Somebody signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SignedIn {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: RoleName,
    /// The identifier of the practitioner they are.
    pub practitioner: Option<String>,
    /// What they sign in with.
    pub secret: SecretName,
}

/// Somebody who can sign in, as the screen for it shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UserTile {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: RoleName,
    /// What they sign in with.
    pub secret: SecretName,
    /// Whether an owner must let them in again.
    pub locked_out: bool,
}

/// The people of the clinic, as an owner keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PeopleView {
    /// Everybody, those who left too, in the order they were added.
    pub people: Vec<PersonLine>,
    /// Who treats, to be chosen from.
    pub practitioners: Vec<Named>,
    /// After how many minutes without a key or a click the window locks itself.
    pub idle_minutes: u32,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PersonLine {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: RoleName,
    /// The identifier of the practitioner they are.
    pub practitioner: Option<String>,
    /// That practitioner's name.
    pub practitioner_name: Option<String>,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether wrong attempts have locked them out.
    pub locked_out: bool,
    /// What they sign in with.
    pub secret: SecretName,
}

/// Somebody as the form has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub struct UserForm {
    /// Their name.
    pub name: String,
    /// What they do.
    pub role: RoleName,
    /// The identifier of the practitioner they are.
    pub practitioner: Option<String>,
    /// Whether they may sign in.
    pub active: bool,
    /// What they sign in with.
    pub secret: SecretName,
    /// A new password or PIN; the present one stays when left out.
    pub new_secret: Option<String>,
}

/// Who may see a patient's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct LockBoxView {
    /// Whether the record is narrowed to some people.
    pub is_closed: bool,
    /// The identifiers of those.
    pub users: Vec<String>,
    /// Who can be named.
    pub people: Vec<Named>,
}

/// A lock-box in an owner's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct LockBoxLine {
    /// The patient's identifier.
    pub patient: String,
    /// The patient's name.
    pub patient_name: String,
    /// The identifiers of those who may see the record.
    pub users: Vec<String>,
}
