//! People, lock-boxes and how the program is locked. What somebody signs in with has no image.

use chrono::{DateTime, Utc};
use ordo_core::model::{LockBox, PatientId, PractitionerId, Role, SecretKind, User, UserId};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Result};
use crate::journal::AccessSettings;

#[derive(Serialize, Deserialize)]
pub(super) struct UserImage {
    id: String,
    name: String,
    role: String,
    practitioner: Option<String>,
    active: bool,
    locked_out: bool,
    secret: String,
    secret_set: Option<DateTime<Utc>>,
}

impl From<&User> for UserImage {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            name: user.name.clone(),
            role: user.role.as_str().to_owned(),
            practitioner: user.practitioner.as_ref().map(ToString::to_string),
            active: user.active,
            locked_out: user.locked_out,
            secret: user.secret.as_str().to_owned(),
            secret_set: user.secret_set,
        }
    }
}

impl TryFrom<UserImage> for User {
    type Error = Fault;

    fn try_from(image: UserImage) -> Result<Self> {
        let unknown = |kind: &str, word: &str| Fault::Damaged(format!("\"{word}\" is no {kind}"));
        Ok(Self {
            id: UserId::new(image.id),
            name: image.name,
            role: Role::parse(&image.role).ok_or_else(|| unknown("role", &image.role))?,
            practitioner: image.practitioner.map(PractitionerId::new),
            active: image.active,
            locked_out: image.locked_out,
            secret: SecretKind::parse(&image.secret)
                .ok_or_else(|| unknown("kind of secret", &image.secret))?,
            secret_set: image.secret_set,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct LockBoxImage {
    patient: String,
    users: Vec<String>,
}

impl From<&LockBox> for LockBoxImage {
    fn from(lock_box: &LockBox) -> Self {
        Self {
            patient: lock_box.patient.to_string(),
            users: lock_box.users.iter().map(ToString::to_string).collect(),
        }
    }
}

impl From<LockBoxImage> for LockBox {
    fn from(image: LockBoxImage) -> Self {
        Self {
            patient: PatientId::new(image.patient),
            users: image.users.into_iter().map(UserId::new).collect(),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct AccessImage {
    idle_minutes: u32,
}

impl From<&AccessSettings> for AccessImage {
    fn from(access: &AccessSettings) -> Self {
        Self {
            idle_minutes: access.idle_minutes,
        }
    }
}

impl From<AccessImage> for AccessSettings {
    fn from(image: AccessImage) -> Self {
        Self {
            idle_minutes: image.idle_minutes,
        }
    }
}
