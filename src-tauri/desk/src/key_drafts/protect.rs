//! Giving the database a new key that only the keychain, a passphrase and a piece of paper lead to.

use std::path::PathBuf;

use ordo_store::Key;

use super::keychain::Keychain;
use super::opening::settle;
use super::recovery::RecoveryKey;
use super::words::Words;
use super::wraps::{KeyFile, Random, Sealed, Secret, Ways};
use super::{BYTES, file_of, to_hex};
use crate::view::access::{KeyPlace, KeyState};
use crate::{Desk, Error, Host, UseCase};

const SHORTEST: usize = 12;

impl<H: Host> Desk<H> {
    /// Where the key of the database is kept.
    pub fn key_state(&self) -> Result<KeyState, Error> {
        self.allow(UseCase::KeyState)?;
        let database = self.database();
        let now = KeyFile::read(&database)?.and_then(|file| file.now);
        Ok(KeyState {
            place: match &now {
                Some(ways) if ways.keychain => KeyPlace::Keychain,
                Some(_) => KeyPlace::Passphrase,
                None if file_of(&database).exists() => KeyPlace::File,
                None => KeyPlace::Given,
            },
            has_recovery_key: now.is_some_and(|ways| ways.recovery.is_some()),
        })
    }

    /// Gives the database a new random key, sealed with a passphrase where one is given, else kept in the keychain,
    /// and in either case with a new recovery key, whose groups are given back this one time. What opened the database
    /// before opens it no longer, and neither do old keys open the copies beside it: all of it or nothing.
    ///
    /// # Errors
    /// [`crate::Code::Busy`] when another program has the database open; [`crate::Code::BadRequest`] when there is no
    /// keychain and no passphrase.
    pub fn protect_key(
        &mut self,
        passphrase: Option<&str>,
        keychain: &dyn Keychain,
        random: Random<'_>,
    ) -> Result<Vec<String>, Error> {
        self.allow(UseCase::ProtectKey)?;
        let words = Words(self.language);
        if passphrase.is_some_and(|text| text.chars().count() < SHORTEST) {
            return Err(words.short_passphrase(SHORTEST));
        }
        let database = self.database();
        let mut key = [0; BYTES];
        random(&mut key)?;
        let mut paper = [0; 20];
        random(&mut paper)?;
        let mut id = [0; 16];
        random(&mut id)?;
        let (paper, id) = (RecoveryKey::from_bytes(paper), to_hex(&id));
        let sealed = match passphrase {
            Some(text) => Some(Sealed::seal(&Secret::Passphrase(text), &key, random)?),
            None => None,
        };
        let next = Ways {
            keychain: sealed.is_none(),
            passphrase: sealed,
            recovery: Some(Sealed::seal(&Secret::Recovery(&paper), &key, random)?),
            id,
        };
        if next.keychain && !keychain.put(&next.id, &key) {
            return Err(words.no_keychain());
        }
        let before = KeyFile::read(&database)?.and_then(|file| file.now);
        // Both ways are on disk while the database changes its key, so that either opens it after a crash.
        KeyFile::new(before.clone(), Some(next.clone())).write(&database)?;
        let new = Key::from_bytes(key);
        if let Err(error) = self.store.rekey(&new) {
            keychain.remove(&next.id);
            super::opening::forget_next(&database, before)?;
            return Err(error.into());
        }
        ordo_store::rekey_copies(&database, &self.key, &new)?;
        settle(&database, keychain, before.as_ref(), next)?;
        self.key = new;
        Ok(paper.groups())
    }

    /// Whether what was typed from the paper is this clinic's recovery key.
    ///
    /// # Errors
    /// [`crate::Code::BadRequest`] or [`crate::Code::KeyNeeded`] with where a typing error is likely.
    pub fn check_recovery_key(&self, typed: &str) -> Result<(), Error> {
        self.allow(UseCase::CheckRecoveryKey)?;
        let paper = RecoveryKey::parse(typed, self.language)?;
        let now = KeyFile::read(&self.database())?.and_then(|file| file.now);
        let opens = now
            .and_then(|ways| ways.recovery)
            .is_some_and(|sealed| sealed.open(&Secret::Recovery(&paper)).is_some());
        match opens {
            true => Ok(()),
            false => Err(Words(self.language).another_clinics_paper()),
        }
    }

    fn database(&self) -> PathBuf {
        self.store.place().to_owned()
    }
}
