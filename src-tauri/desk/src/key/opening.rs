//! Opening a clinic with the key that its ways lead to.

use std::path::{Path, PathBuf};

use ordo_core::Language;
use ordo_store::{FileError, Key, Store, StoreError};

use super::keychain::Keychain;
use super::protect::copies_of_lost;
use super::recovery::RecoveryKey;
use super::words::Words;
use super::wraps::{KeyFile, Secret, Ways, remove};
use super::{BYTES, file_of, kept, parse};
use crate::backup::opens_a_backup;
use crate::{Code, Desk, Error, Host};

/// The keys that a database may have, as far as what is at hand leads to them.
#[derive(Debug, Default)]
pub struct Keys {
    /// The key that holds.
    now: Option<Key>,
    /// The key that the database was being given when the program ended.
    next: Option<[u8; BYTES]>,
    /// The keys before.
    former: Vec<Key>,
    /// Whether a way is on record to which nothing at hand leads.
    is_partial: bool,
    /// The copy of a key file beside the backups that they were found in, where the database and its own are lost.
    pub(super) copy: Option<PathBuf>,
    /// Those found in other copies: the folder may hold backups of several clinics of one name.
    others: Vec<Keys>,
}

/// Finds the keys of a database: by what somebody gives, else by what this computer holds, its keychain or a plain key
/// file.
///
/// What is given is the passphrase, the recovery key from the paper, or the key itself, as 64 hexadecimal digits or as
/// the passphrase of a database that has no key file.
///
/// # Errors
/// [`Code::KeyNeeded`] when somebody has to type the passphrase or the recovery key, or what was typed is neither, with
/// where a slip is likely.
pub fn find(
    database: &Path,
    given: Option<&str>,
    keychain: &dyn Keychain,
    language: Language,
) -> Result<Keys, Error> {
    let copies = copies_of_lost(database);
    if copies.is_empty() {
        return find_in(
            KeyFile::read(database)?.as_ref(),
            database,
            given,
            keychain,
            language,
        );
    }
    let mut found = Vec::new();
    let mut refused = None;
    for copy in copies {
        let keys = KeyFile::read_at(&copy)
            .and_then(|file| find_in(file.as_ref(), database, given, keychain, language));
        match keys {
            Ok(keys) => found.push(Keys {
                copy: Some(copy),
                ..keys
            }),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    // A clinic whose key somebody knows by heart has no key file: those here are of others that share its folder.
    if found.is_empty()
        && let Some(key) = given.and_then(|text| parse(text).ok())
        && opens_a_backup(database, &key)
    {
        return Ok(Keys::of_one(key));
    }
    if found.is_empty() {
        return Err(refused.unwrap_or_else(|| Words(language).key_needed()));
    }
    let first = found.remove(0);
    Ok(Keys {
        others: found,
        ..first
    })
}

/// Finds the keys of a database that has a certain key file, or none.
fn find_in(
    file: Option<&KeyFile>,
    database: &Path,
    given: Option<&str>,
    keychain: &dyn Keychain,
    language: Language,
) -> Result<Keys, Error> {
    let words = Words(language);
    let keys = match (file, given) {
        (None, Some(text)) => return Ok(Keys::of_one(parse(text)?)),
        (None, None) => {
            let kept = kept(database)?.ok_or_else(|| asked(database, words.no_key(database)))?;
            return Ok(Keys::of_one(kept));
        }
        (Some(file), Some(text)) => {
            let paper = RecoveryKey::parse(text, language);
            let typed = |ways: &Ways| typed(ways, text, paper.as_ref().ok());
            let mut keys = Keys::of(file, typed);
            if !keys.is_empty() {
                // A change that was cut short may have left one way that is typed and one that is kept.
                if keys.is_partial {
                    keys = Keys::of(file, |ways| typed(ways).or_else(|| held(ways, keychain)));
                }
                return Ok(keys);
            }
            if let Ok(key) = parse(text)
                && Store::opens(database, &key)
            {
                return Ok(Keys::of_one(key));
            }
            return Err(match paper {
                Ok(_) => words.another_paper(),
                Err(slip) if looks_like_paper(text) => Error::new(Code::KeyNeeded, slip.message),
                Err(_) => words.opens_nothing(),
            });
        }
        (Some(file), None) => {
            let mut keys = Keys::of(file, |ways| held(ways, keychain));
            if file.now.is_none() {
                keys.now = kept(database)?;
            }
            keys
        }
    };
    if keys.is_empty() {
        return Err(asked(database, words.key_needed()));
    }
    Ok(keys)
}

/// That a key is wanted, unless what lies there is no database, so that no key would help.
fn asked(database: &Path, wanted: Error) -> Error {
    let refused = Store::look(database).err().filter(|_| database.exists());
    refused.map_or(wanted, Error::from)
}

/// The key of some ways, by what the keychain holds.
fn held(ways: &Ways, keychain: &dyn Keychain) -> Option<[u8; BYTES]> {
    keychain.get(&ways.id).filter(|_| ways.keychain)
}

/// The key of some ways, by what somebody typed.
fn typed(ways: &Ways, text: &str, paper: Option<&RecoveryKey>) -> Option<[u8; BYTES]> {
    let by_paper = paper
        .zip(ways.recovery.as_ref())
        .and_then(|(paper, sealed)| sealed.open(&Secret::Recovery(paper)));
    by_paper.or_else(|| ways.passphrase.as_ref()?.open(&Secret::Passphrase(text)))
}

/// Whether somebody meant the recovery key: so many signs in groups are no passphrase.
fn looks_like_paper(typed: &str) -> bool {
    let signs = typed.chars().filter(char::is_ascii_alphanumeric).count();
    let mut groups = typed.split([' ', '-']).filter(|group| !group.is_empty());
    (30..=50).contains(&signs) && groups.all(|group| group.len() <= 6 || group.len() == signs)
}

impl Keys {
    /// One key and no other.
    pub fn of_one(key: Key) -> Self {
        Self {
            now: Some(key),
            ..Self::default()
        }
    }

    fn of(file: &KeyFile, key: impl Fn(&Ways) -> Option<[u8; BYTES]>) -> Self {
        let (mut now, mut next, mut former) = (None, None, Vec::new());
        if let Some(ways) = &file.now
            && let Some(key) = key(ways)
        {
            former = ways.former_keys(&key);
            now = Some(Key::from_bytes(key));
        }
        if let Some(ways) = &file.next
            && let Some(key) = key(ways)
        {
            if now.is_none() {
                former = ways.former_keys(&key);
                now = former.first().cloned();
            }
            next = Some(key);
        }
        let is_partial = (file.now.is_some() && now.is_none()) || (file.next.is_some() && next.is_none());
        Self {
            now,
            next,
            former,
            is_partial,
            ..Self::default()
        }
    }

    /// The present key and those before it.
    pub(crate) fn of_desk(now: Key, former: Vec<Key>) -> Self {
        Self {
            now: Some(now),
            former,
            ..Self::default()
        }
    }

    /// Those that open a backup, of what was found in several copies.
    pub(crate) fn of_backup(&self, backup: &Path) -> &Self {
        let opens = |keys: &&Self| keys.all().iter().any(|key| Store::opens(backup, key));
        let mut all = std::iter::once(self).chain(&self.others);
        // Where there is but one the reason is told of why it does not open it.
        if self.others.is_empty() {
            self
        } else {
            all.find(opens).unwrap_or(self)
        }
    }

    fn is_empty(&self) -> bool {
        self.now.is_none() && self.next.is_none()
    }

    /// Every key, the one that the database is most likely to have first.
    pub fn all(&self) -> Vec<Key> {
        let mut all: Vec<Key> = self.now.iter().cloned().collect();
        all.extend(self.next.map(Key::from_bytes));
        for former in &self.former {
            if !all.contains(former) {
                all.push(former.clone());
            }
        }
        all
    }

    /// Opens the database with whichever of its keys it has, and brings a change of the key that was cut short to its
    /// end: forwards where the database has the new key already, else back.
    ///
    /// # Errors
    /// [`Code::KeyNeeded`] when another way than those at hand may open it, [`Code::Database`] when none does.
    pub fn open<H: Host>(
        &self,
        database: &Path,
        keychain: &dyn Keychain,
        host: H,
        language: Language,
    ) -> Result<Desk<H>, Error> {
        for key in self.all() {
            let store = match Store::open(database, &key) {
                Ok(store) => store,
                Err(StoreError::File(FileError::WrongKey { .. })) => continue,
                Err(error) => return Err(error.into()),
            };
            // Only now, as nobody can change the key while the database is open here.
            self.end_change(database, &key, keychain)?;
            store.forget_change_of_key();
            let mut desk = Desk::over(store, key.clone(), host);
            desk.former = self.all();
            desk.former.retain(|former| *former != key);
            desk.speak(language);
            return Ok(desk);
        }
        if self.is_partial {
            return Err(Words(language).key_needed());
        }
        // Every way led to its key, so it is the file that is another one or damaged.
        Err(StoreError::from(FileError::WrongKey {
            path: database.to_owned(),
        })
        .into())
    }

    fn end_change(&self, database: &Path, key: &Key, keychain: &dyn Keychain) -> Result<(), Error> {
        let Some(file) = KeyFile::read(database)? else {
            return Ok(());
        };
        let bytes = key.as_bytes();
        match (&file.now, &file.next) {
            (now, Some(next)) if bytes.is_some() && bytes == self.next.as_ref() => {
                // The copy under the key before goes only when nothing is wrong with the new pages.
                let found = Store::inspect(database, key)?;
                if let Some(problem) = found.problems.first() {
                    return Err(Error::new(Code::Damaged, problem.clone()));
                }
                settle(database, keychain, now.as_ref(), next.clone())?;
                remember(next, keychain, bytes);
            }
            (now, Some(next)) if self.now.as_ref() == Some(key) => {
                // The change never reached the database.
                KeyFile::keep(now.clone(), database)?;
                keychain.remove(&next.id);
            }
            (Some(now), None) if self.now.as_ref() == Some(key) => {
                remove(&file_of(database))?;
                remember(now, keychain, bytes);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Gives the keychain a key that somebody had to type, as on a new computer.
fn remember(ways: &Ways, keychain: &dyn Keychain, key: Option<&[u8; BYTES]>) {
    if let Some(key) = key.filter(|_| ways.keychain && keychain.get(&ways.id).is_none()) {
        // Where it cannot be kept, it is asked for again.
        keychain.put(&ways.id, key);
    }
}

/// Makes the next ways those that hold, and removes every trace of the ones before.
pub(super) fn settle(
    database: &Path,
    keychain: &dyn Keychain,
    before: Option<&Ways>,
    next: Ways,
) -> Result<(), Error> {
    KeyFile::keep(Some(next), database)?;
    if let Some(before) = before.filter(|before| before.keychain) {
        keychain.remove(&before.id);
    }
    remove(&file_of(database))
}
