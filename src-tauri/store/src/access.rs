//! People, what they sign in with, and lock-boxes, as they are read; and counting attempts to sign in.

use std::fmt;

use chrono::{DateTime, Utc};
use ordo_core::model::{LockBox, PatientId, PractitionerId, User, UserId};
use rusqlite::TransactionBehavior;

use crate::error::StoreError;
use crate::fault::Fault;
use crate::journal::AccessSettings;
use crate::reader::{Reader, values};
use crate::store::Store;
use crate::table::{self, Chosen};

/// What somebody signs in with, and how it went lately; never journaled.
#[derive(Clone, PartialEq, Eq)]
pub struct UserSecret {
    /// The hash, with how it was made.
    pub hash: String,
    /// How many attempts in a row have failed.
    pub failures: u32,
    /// When the last of them was.
    pub last_attempt: Option<DateTime<Utc>>,
}

impl fmt::Debug for UserSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UserSecret")
            .field("failures", &self.failures)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// Everybody who signs in or did, in the order they were added.
    pub fn users(&self) -> Result<Vec<User>, StoreError> {
        self.ask(|connection| Ok(values(table::user::load(connection, &Chosen::all())?)))
    }

    /// Somebody who signs in.
    pub fn user(&self, id: &UserId) -> Result<Option<User>, StoreError> {
        let chosen = Chosen::one(id.as_str());
        self.ask(|connection| Ok(values(table::user::load(connection, &chosen)?).pop()))
    }

    /// Whether anybody was added, so that people have to sign in.
    pub fn has_users(&self) -> Result<bool, StoreError> {
        self.ask(table::user::any)
    }

    /// What somebody signs in with.
    pub fn user_secret(&self, id: &UserId) -> Result<Option<UserSecret>, StoreError> {
        self.ask(|connection| table::user::secret(connection, id))
    }

    /// The lock-box of a patient.
    pub fn lock_box(&self, patient: &PatientId) -> Result<Option<LockBox>, StoreError> {
        let chosen = Chosen::one(patient.as_str());
        self.ask(|connection| Ok(values(table::lock_box::load(connection, &chosen)?).pop()))
    }

    /// Every lock-box.
    pub fn lock_boxes(&self) -> Result<Vec<LockBox>, StoreError> {
        self.ask(|connection| Ok(values(table::lock_box::load(connection, &Chosen::all())?)))
    }

    /// How the program is locked.
    pub fn access_settings(&self) -> Result<AccessSettings, StoreError> {
        self.ask(|connection| Ok(table::access::load(connection)?.unwrap_or_default()))
    }

    /// Everybody who has or had a visit with a practitioner, by identifier.
    pub fn patients_of(&self, practitioner: &PractitionerId) -> Result<Vec<PatientId>, StoreError> {
        self.ask(|connection| table::appointment::patients_of(connection, practitioner))
    }
}

impl Store {
    /// Counts an attempt to sign in as failed, unless `refuse` finds a reason against trying at all; gives what is
    /// to be compared. [`Store::forgive_attempts`] takes the count back.
    ///
    /// Counted before it is compared, so that many programs together try no faster than one.
    pub fn count_attempt<E: From<StoreError>>(
        &mut self,
        user: &UserId,
        at: DateTime<Utc>,
        refuse: impl FnOnce(&UserSecret) -> Result<(), E>,
    ) -> Result<Option<UserSecret>, E> {
        let reader = &self.reader;
        let at_place = |fault: Fault| fault.at(&reader.path);
        let open = rusqlite::Transaction::new_unchecked(&reader.connection, TransactionBehavior::Immediate)
            .map_err(|error| at_place(error.into()))?;
        let Some(secret) = reader.user_secret(user)? else {
            return Ok(None);
        };
        refuse(&secret)?;
        table::user::count_attempt(&open, user, at).map_err(at_place)?;
        open.commit().map_err(|error| at_place(error.into()))?;
        Ok(Some(secret))
    }

    /// Forgets failed attempts to sign in.
    pub fn forgive_attempts(&mut self, user: &UserId) -> Result<(), StoreError> {
        let written = table::user::forgive(&self.reader.connection, user);
        written.map_err(|fault| fault.at(&self.reader.path))
    }
}
