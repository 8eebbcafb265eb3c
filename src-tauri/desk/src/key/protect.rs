//! Giving the database a new key that only the keychain, a passphrase and a piece of paper lead to, and making new ways
//! to the key that it has.

use std::path::{Path, PathBuf};

use ordo_store::Key;

use super::keychain::Vault;
use super::opening::{Keys, settle};
use super::recovery::RecoveryKey;
use super::words::Words;
use super::wraps::{KeyFile, Sealed, Secret, Ways};
use super::{BYTES, file_of, to_hexadecimal};
use crate::backup::{Mark, copies_of_keys, keys_name};
use crate::view::keys::{KeyPlace, KeyState, RecoveryPaper};
use crate::{Desk, Error, Host, UseCase};

/// The least that a passphrase has.
const SHORTEST: usize = 12;

/// A recovery key that was shown and is not in force yet.
pub(crate) struct Drafted {
    paper: RecoveryKey,
    /// The group that is asked for, to be sure that it was written down.
    asked: usize,
}

impl<H: Host> Desk<H> {
    /// Where the key of the database is kept.
    pub fn key_state(&self, vault: Vault<'_>) -> Result<KeyState, Error> {
        self.allow(UseCase::KeyState)?;
        let now = KeyFile::read(&self.database())?.and_then(|file| file.now);
        Ok(KeyState {
            place: self.key_place(now.as_ref()),
            has_recovery_key: now.is_some_and(|ways| ways.recovery.is_some()),
            keychain_is_there: vault.keychain.is_there(),
        })
    }

    /// What opens the database again.
    pub fn keys(&self) -> Keys {
        Keys::of_desk(self.key.clone(), self.former.clone())
    }

    fn key_place(&self, now: Option<&Ways>) -> KeyPlace {
        match now {
            Some(ways) if ways.keychain => KeyPlace::Keychain,
            Some(_) => KeyPlace::Passphrase,
            None if file_of(&self.database()).exists() => KeyPlace::File,
            None => KeyPlace::Given,
        }
    }

    /// Whether the key lies in a plain file, although the clinic is not the demo.
    pub(crate) fn key_lies_open(&self) -> Result<bool, Error> {
        let database = self.database();
        Ok(file_of(&database).exists() && !super::place(&database).exists() && !self.is_demo()?)
    }

    /// Makes a new recovery key, to be printed or written down. It opens nothing until it is taken into use.
    pub fn draft_recovery_key(&mut self, vault: Vault<'_>) -> Result<RecoveryPaper, Error> {
        self.allow(UseCase::DraftRecoveryKey)?;
        let (mut bytes, mut which) = ([0; 20], [0; 1]);
        (vault.random)(&mut bytes)?;
        (vault.random)(&mut which)?;
        let paper = RecoveryKey::from_bytes(bytes);
        let groups = paper.groups();
        let asked = usize::from(which[0]) % groups.len();
        self.drafted = Some(Drafted { paper, asked });
        Ok(RecoveryPaper {
            groups,
            asked: asked as u32 + 1,
        })
    }

    /// Gives the database a new random key: sealed with a passphrase where one is given, else kept in the keychain, and
    /// in either case with the recovery key that was drafted, of which `typed` is the group that was asked for. What
    /// opened the database before opens it no longer.
    ///
    /// # Errors
    /// [`Code::Busy`] when another program has the database open; [`Code::BadRequest`] when there is no keychain and no
    /// passphrase, or the group is another one.
    pub fn protect_key(
        &mut self,
        typed: &str,
        passphrase: Option<&str>,
        vault: Vault<'_>,
    ) -> Result<(), Error> {
        self.allow(UseCase::ProtectKey)?;
        let words = Words(self.language);
        let (mut key, mut id) = ([0; BYTES], [0; 16]);
        (vault.random)(&mut key)?;
        (vault.random)(&mut id)?;
        let recovery = self.seal_drafted(typed, &key, vault)?;
        let passphrase = self.seal_passphrase(passphrase, &key, vault)?;
        let database = self.database();
        let next = Ways {
            id: to_hexadecimal(&id),
            keychain: passphrase.is_none(),
            passphrase,
            recovery: Some(recovery),
            former: self.seal_former(&key, vault)?,
        };
        let (after, keychain) = (Key::from_bytes(key), vault.keychain);
        // What holds, as it is on record once nobody else can change it.
        let before = std::cell::RefCell::new(None);
        let outcome = self.store.rekey(
            &self.key,
            &after,
            || {
                let now = KeyFile::read(&database)?.and_then(|file| file.now);
                before.replace(now.clone());
                // Both ways are on disk while the database changes its key, so that either opens it after a crash.
                KeyFile::new(now, Some(next.clone())).write(&database)?;
                if next.keychain && !keychain.put(&next.id, &key) {
                    return Err(words.no_keychain());
                }
                Ok(())
            },
            || settle(&database, keychain, before.borrow().as_ref(), next.clone()),
        );
        if let Err(error) = outcome {
            return Err(self.after_failed_change(error, &after, &next, before.into_inner(), vault));
        }
        self.former.insert(0, std::mem::replace(&mut self.key, after));
        self.drafted = None;
        let reason = words.key_changed();
        self.store.log_whole(&self.stamp(reason))?;
        Ok(())
    }

    /// Takes the next ways back where the database still has its key, and leaves both where it may have the new one.
    fn after_failed_change(
        &mut self,
        error: Error,
        after: &Key,
        next: &Ways,
        before: Option<Ways>,
        vault: Vault<'_>,
    ) -> Error {
        let database = self.database();
        let on_record = KeyFile::read(&database).ok().flatten();
        let is_ours = on_record
            .and_then(|file| file.next)
            .is_some_and(|ways| ways.id == next.id);
        if self.store.current_seq().is_ok() && !ordo_store::Store::opens(&database, after) {
            if is_ours && KeyFile::keep(before, &database).is_ok() {
                vault.keychain.remove(&next.id);
            }
        } else {
            self.former
                .insert(0, std::mem::replace(&mut self.key, after.clone()));
        }
        error
    }

    /// Takes the recovery key that was drafted into use in the place of the one before; the key stays.
    pub fn renew_recovery_key(&mut self, typed: &str, vault: Vault<'_>) -> Result<(), Error> {
        self.allow(UseCase::RenewRecoveryKey)?;
        let (mut ways, key) = self.ways()?;
        ways.recovery = Some(self.seal_drafted(typed, &key, vault)?);
        KeyFile::keep(Some(ways), &self.database())?;
        self.drafted = None;
        let reason = Words(self.language).recovery_key_renewed();
        self.store.log_whole(&self.stamp(reason))?;
        Ok(())
    }

    /// Keeps the key under a passphrase, which is asked for at each start, or in the keychain where none is given.
    pub fn move_key(&mut self, passphrase: Option<&str>, vault: Vault<'_>) -> Result<(), Error> {
        self.allow(UseCase::MoveKey)?;
        let words = Words(self.language);
        let (mut ways, key) = self.ways()?;
        ways.passphrase = self.seal_passphrase(passphrase, &key, vault)?;
        ways.keychain = ways.passphrase.is_none();
        if ways.keychain && !vault.keychain.put(&ways.id, &key) {
            return Err(words.no_keychain());
        }
        let (id, keychain) = (ways.id.clone(), ways.keychain);
        KeyFile::keep(Some(ways), &self.database())?;
        if !keychain {
            vault.keychain.remove(&id);
        }
        let reason = if keychain {
            words.key_in_keychain()
        } else {
            words.passphrase_changed()
        };
        self.store.log_whole(&self.stamp(reason))?;
        Ok(())
    }

    /// The ways to the present key, and the key.
    fn ways(&self) -> Result<(Ways, [u8; BYTES]), Error> {
        let now = KeyFile::read(&self.database())?.and_then(|file| file.now);
        now.zip(self.key.as_bytes().copied())
            .ok_or_else(|| Words(self.language).not_protected())
    }

    fn seal_drafted(&self, typed: &str, key: &[u8; BYTES], vault: Vault<'_>) -> Result<Sealed, Error> {
        let words = Words(self.language);
        let drafted = self.drafted.as_ref().ok_or_else(|| words.draft_first())?;
        if !drafted.paper.has_group(drafted.asked, typed) {
            return Err(words.other_group(drafted.asked + 1));
        }
        Sealed::seal(&Secret::Recovery(&drafted.paper), key, vault)
    }

    fn seal_passphrase(
        &self,
        passphrase: Option<&str>,
        key: &[u8; BYTES],
        vault: Vault<'_>,
    ) -> Result<Option<Sealed>, Error> {
        let words = Words(self.language);
        match passphrase {
            None if !vault.keychain.is_there() => Err(words.no_keychain()),
            None => Ok(None),
            Some(text) if text.chars().count() < SHORTEST => Err(words.short_passphrase(SHORTEST)),
            Some(text) => Sealed::seal(&Secret::Passphrase(text), key, vault).map(Some),
        }
    }

    /// The present key and those before it, sealed with the one that comes.
    fn seal_former(&self, after: &[u8; BYTES], vault: Vault<'_>) -> Result<Vec<Sealed>, Error> {
        std::iter::once(&self.key)
            .chain(&self.former)
            .map(|key| Sealed::seal_former(key, after, vault))
            .collect()
    }

    fn database(&self) -> PathBuf {
        self.store.place().to_owned()
    }
}

/// Lays the key file beside backups, so that the paper opens them also where this computer is gone, under a name with the
/// clinic's mark. A clinic whose key lies in a plain file has none.
pub(crate) fn copy_beside_backups(
    database: &Path,
    folder: &Path,
    mark: Option<&Mark>,
) -> std::io::Result<()> {
    let from = super::place(database);
    let Some(name) = keys_name(&from, mark).filter(|_| from.exists()) else {
        return Ok(());
    };
    copy(&from, &folder.join(name))?;
    // An earlier Ordo gave the copies of all clinics one name; that of another one stays.
    let unmarked = keys_name(&from, None).filter(|_| mark.is_some());
    if let Some(unmarked) = unmarked.map(|name| folder.join(name))
        && let (Ok(Some(theirs)), Ok(Some(ours))) = (KeyFile::read_at(&unmarked), KeyFile::read_at(&from))
        && theirs.has_id_of(&ours)
    {
        let _ = std::fs::remove_file(unmarked);
    }
    Ok(())
}

/// Where the copies of a key file lie that is lost with its database, and those of other clinics of its name; none where
/// either is there, or another key.
pub(super) fn copies_of_lost(database: &Path) -> Vec<PathBuf> {
    let is_lost = !database.exists() && !super::place(database).exists() && !file_of(database).exists();
    if is_lost {
        copies_of_keys(database)
    } else {
        Vec::new()
    }
}

/// Lays the key file in its place again that keys were found in, where it is lost with its database and a copy lies beside
/// the backups.
pub(crate) fn take_from_backups(database: &Path, keys: &Keys) -> Result<(), Error> {
    let mut copies = copies_of_lost(database).into_iter();
    let Some(from) = copies.find(|copy| keys.copy.as_ref() == Some(copy)) else {
        return Ok(());
    };
    let place = super::place(database);
    copy(&from, &place).map_err(|error| super::unusable(&place, &error))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let text = std::fs::read(from)?;
    if std::fs::read(to).is_ok_and(|there| there == text) {
        return Ok(());
    }
    super::wraps::put(to, &text)
}
