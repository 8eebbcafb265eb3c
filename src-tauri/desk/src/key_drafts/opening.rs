//! Opening a clinic with the key that its ways lead to.

use std::fs;
use std::path::Path;

use ordo_core::Language;
use ordo_store::{FileError, Key, Store, StoreError};

use super::keychain::Keychain;
use super::recovery::RecoveryKey;
use super::wraps::{KeyFile, Secret, Ways};
use super::words::Words;
use super::{BYTES, file_of, kept};
use crate::{Code, Desk, Error, Host};

/// Opens a clinic by what this computer holds: its keychain, or a plain key file beside the database.
///
/// # Errors
/// [`Code::KeyNeeded`] when somebody has to type the passphrase or the recovery key.
pub fn open<H: Host>(database: &Path, keychain: &dyn Keychain, host: H, language: Language) -> Result<Desk<H>, Error> {
    let file = KeyFile::read(database)?;
    let by_keychain = |ways: &Ways| ways.keychain.then(|| keychain.get(&ways.id)).flatten();
    let mut found = Found::of(file.as_ref(), by_keychain);
    if file.as_ref().is_none_or(|file| file.now.is_none())
        && let Some(kept) = kept(database)?
    {
        found.now = Some(kept);
    }
    if found.is_none() {
        return Err(match file {
            Some(_) => Words(language).key_needed(),
            None => Words(language).no_key(database),
        });
    }
    found.open(database, keychain, file, host)
}

/// Opens a clinic with what somebody typed: its passphrase, or its recovery key from the paper.
///
/// # Errors
/// [`Code::KeyNeeded`] when it is neither, with where a typing error is likely.
pub fn unlock<H: Host>(
    database: &Path,
    keychain: &dyn Keychain,
    typed: &str,
    host: H,
    language: Language,
) -> Result<Desk<H>, Error> {
    let words = Words(language);
    let Some(file) = KeyFile::read(database)? else {
        return Err(words.no_key(database));
    };
    let recovery = RecoveryKey::parse(typed, language);
    let typed_key = |ways: &Ways| {
        let by_paper = recovery.as_ref().ok().zip(ways.recovery.as_ref());
        let by_paper = by_paper.and_then(|(key, sealed)| sealed.open(&Secret::Recovery(key)));
        by_paper.or_else(|| ways.passphrase.as_ref()?.open(&Secret::Passphrase(typed)))
    };
    let found = Found::of(Some(&file), typed_key);
    if found.is_none() {
        return Err(match recovery {
            Ok(_) => words.another_clinics_paper(),
            Err(slip) if looks_like_paper(typed) => Error::new(Code::KeyNeeded, slip.message),
            Err(_) => words.wrong_passphrase(),
        });
    }
    found.open(database, keychain, Some(file), host)
}

/// Whether somebody meant the recovery key: so many signs in groups are no passphrase.
fn looks_like_paper(typed: &str) -> bool {
    let signs = typed.chars().filter(|sign| sign.is_ascii_alphanumeric()).count();
    let groups = typed.split([' ', '-']).filter(|group| !group.is_empty());
    (30..=50).contains(&signs) && (groups.clone().count() == 1 || groups.clone().all(|group| group.len() <= 6))
}

/// What the ways of a key file led to.
struct Found {
    now: Option<Key>,
    next: Option<[u8; BYTES]>,
    now_bytes: Option<[u8; BYTES]>,
}

impl Found {
    fn of(file: Option<&KeyFile>, key: impl Fn(&Ways) -> Option<[u8; BYTES]>) -> Self {
        let now_bytes = file.and_then(|file| file.now.as_ref()).and_then(&key);
        Self {
            now: now_bytes.map(Key::from_bytes),
            next: file.and_then(|file| file.next.as_ref()).and_then(&key),
            now_bytes,
        }
    }

    fn is_none(&self) -> bool {
        self.now.is_none() && self.next.is_none()
    }

    /// Opens with whichever key the database has, and ends a change of the key that was cut short.
    fn open<H: Host>(
        self,
        database: &Path,
        keychain: &dyn Keychain,
        file: Option<KeyFile>,
        host: H,
    ) -> Result<Desk<H>, Error> {
        let mut refused = None;
        if let Some(key) = &self.now {
            match Store::open(database, key) {
                Ok(store) => {
                    if let Some(KeyFile {
                        now,
                        next: Some(next),
                    ..}) = file
                    {
                        // The change never reached the database.
                        keychain.remove(&next.id);
                        forget_next(database, now)?;
                    } else if let Some((ways, bytes)) = file.and_then(|file| file.now).zip(self.now_bytes) {
                        remember(&ways, keychain, &bytes);
                    }
                    return Ok(Desk::over(store, key.clone(), host));
                }
                Err(error) if is_wrong_key(&error) => refused = Some(error),
                Err(error) => return Err(error.into()),
            }
        }
        match (self.next, file.and_then(|file| Some((file.now, file.next?)))) {
            (Some(bytes), Some((now, next))) => {
                let key = Key::from_bytes(bytes);
                let store = Store::open(database, &key)?;
                if let Some(old) = &self.now {
                    ordo_store::rekey_copies(database, old, &key)?;
                }
                settle(database, keychain, now.as_ref(), next.clone())?;
                remember(&next, keychain, &bytes);
                Ok(Desk::over(store, key, host))
            }
            _ => Err(refused.map_or_else(
                || Error::new(Code::KeyNeeded, "no key was found"),
                Error::from,
            )),
        }
    }
}

fn is_wrong_key(error: &StoreError) -> bool {
    matches!(error, StoreError::File(FileError::WrongKey { .. }))
}

/// Gives the keychain a key that somebody had to type, as on a new computer.
fn remember(ways: &Ways, keychain: &dyn Keychain, key: &[u8; BYTES]) {
    if ways.keychain && keychain.get(&ways.id).is_none() {
        keychain.put(&ways.id, key);
    }
}

fn forget_next(database: &Path, now: Option<Ways>) -> Result<(), Error> {
    match now {
        Some(now) => KeyFile::new(Some(now), None).write(database),
        None => {
            let _ = fs::remove_file(KeyFile::place(database));
            Ok(())
        }
    }
}

/// Makes the next ways those that hold, and removes every trace of the ones before.
pub(super) fn settle(
    database: &Path,
    keychain: &dyn Keychain,
    before: Option<&Ways>,
    next: Ways,
) -> Result<(), Error> {
    KeyFile::new(Some(next), None).write(database)?;
    if let Some(before) = before {
        keychain.remove(&before.id);
    }
    match fs::remove_file(file_of(database)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(super::unusable(&file_of(database), &error))
        }
        _ => Ok(()),
    }
}
