//! Lock-boxes: a patient's wish that only some people see their record.

use ordo_core::model::{LockBox, PatientId, Role, UserId};
use ordo_store::{Action, StoreError};

use super::words::Words;
use super::{UseCase, Who};
use crate::view::access::{LockBoxLine, LockBoxView};
use crate::view::patients::Named;
use crate::{Desk, Error, Host};

impl<H: Host> Desk<H> {
    /// Who may see a patient's record, and who could be named.
    pub fn lock_box(&self, patient: &PatientId) -> Result<LockBoxView, Error> {
        self.allow(UseCase::LockBox)?;
        self.allow_lock_box(patient)?;
        let (kept, users) = self
            .store
            .read(|view| Ok::<_, StoreError>((view.lock_box(patient)?, view.users()?)))?;
        Ok(LockBoxView {
            is_closed: kept.is_some(),
            users: kept.map_or_else(Vec::new, |kept| {
                kept.users.iter().map(ToString::to_string).collect()
            }),
            people: users
                .into_iter()
                .filter(|user| user.active)
                .map(|user| Named {
                    id: user.id.to_string(),
                    name: user.name,
                })
                .collect(),
        })
    }

    /// Narrows a patient's record to some people, or opens it to everybody again. Whoever narrows it is named too,
    /// unless they are an owner, who can open it later without seeing it.
    pub fn put_lock_box(&mut self, patient: &PatientId, users: Option<&[UserId]>) -> Result<(), Error> {
        self.allow(UseCase::PutLockBox)?;
        self.allow_lock_box(patient)?;
        let words = Words(self.language);
        let Who::User(user) = self.who()? else {
            return Err(words.no_users());
        };
        if users.is_some_and(<[UserId]>::is_empty) {
            return Err(words.nobody_is_named());
        }
        if user.role != Role::Owner && users.is_some_and(|users| !users.contains(&user.id)) {
            return Err(words.name_yourself());
        }
        let stamp = self.stamp("");
        self.store.change(&stamp, Action::EditAccess, |transaction| {
            if transaction.patient(patient)?.is_none() {
                return Err(Error::not_found("patient", patient));
            }
            match users {
                Some(users) => transaction.put_lock_box(&LockBox {
                    patient: patient.clone(),
                    users: users.to_vec(),
                })?,
                None if transaction.lock_box(patient)?.is_some() => transaction.delete_lock_box(patient)?,
                None => {}
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Every lock-box with the patient's name, so that an owner can change one that does not name them.
    pub fn lock_boxes(&self) -> Result<Vec<LockBoxLine>, Error> {
        self.allow(UseCase::LockBoxes)?;
        self.store.read(|view| {
            let mut lines = Vec::new();
            for lock_box in view.lock_boxes()? {
                let patient = view.patient(&lock_box.patient)?;
                lines.push(LockBoxLine {
                    patient: lock_box.patient.to_string(),
                    patient_name: patient.map_or_else(String::new, |patient| patient.name),
                    users: lock_box.users.iter().map(ToString::to_string).collect(),
                });
            }
            Ok(lines)
        })
    }

    /// An owner may change every lock-box, others only those of records that they see.
    fn allow_lock_box(&self, patient: &PatientId) -> Result<(), Error> {
        match self.who()? {
            Who::User(user) if user.role != Role::Owner => self.allow_patient(patient),
            _ => Ok(()),
        }
    }
}
