//! Putting a backup back, where the database opens and where it does not.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ordo_core::Language;
use ordo_store::{CutRestore, Key, Staged, Stamp, Store, StoreError};

use super::place::{self, Place, aside, moment_in};
use super::{Words, local};
use crate::key::Keys;
use crate::view::backup::Restored;
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Puts back a backup of the list: looked through in a copy first, then in one change. What was there is kept.
    pub fn restore(&mut self, name: &str) -> Result<Restored, Error> {
        self.allow(UseCase::RestoreBackup)?;
        let backup = listed(self.store.place(), name).ok_or_else(|| no_such_backup(name, self.language))?;
        self.restore_from(&backup)
    }

    /// Puts back any backup file.
    pub fn restore_file(&mut self, backup: &Path) -> Result<Restored, Error> {
        self.allow(UseCase::RestoreBackup)?;
        self.restore_from(backup)
    }

    fn restore_from(&mut self, backup: &Path) -> Result<Restored, Error> {
        let keys: Vec<Key> = std::iter::once(&self.key).chain(&self.former).cloned().collect();
        let (staged, words) = stage(backup, &keys, self.store.place(), self.language, self.stamp(""))?;
        let aside = aside(self.store.place(), self.host.now());
        let kept = self.store.put_in_place(&staged, &aside)?;
        // What the desk knew of the content before.
        self.patients = crate::patients::PatientMemory::default();
        self.looks = crate::journal::Looks::default();
        self.chain_faults.clear();
        Ok(restored(&kept, words))
    }

    /// That putting a backup back was cut short before the clinic was opened, what came of it and what to do.
    pub fn cut_restore(&self) -> Option<String> {
        let CutRestore { is_done, kept } = self.store.cut_restore()?;
        Some(Words(self.language).cut_short(*is_done, kept.as_deref()))
    }
}

/// A backup that somebody chose.
#[derive(Clone, Copy, Debug)]
pub enum ChosenBackup<'a> {
    /// One of the list, by its name.
    Listed(&'a str),
    /// Any file.
    File(&'a Path),
}

/// Puts back a backup in the place of a database that is not there or cannot be opened, whose file is kept. It gets the
/// first of the keys; the backup may have any of them. A key file that is lost too comes from beside the backups, where the
/// copies of several may lie: the one whose keys open the backup is taken.
pub fn restore_over<H: Host>(
    database: &Path,
    keys: &Keys,
    chosen: ChosenBackup<'_>,
    host: H,
    language: Language,
) -> Result<(Desk<H>, Restored), Error> {
    let backup = match chosen {
        ChosenBackup::Listed(name) => listed(database, name).ok_or_else(|| no_such_backup(name, language))?,
        ChosenBackup::File(file) => file.to_owned(),
    };
    let keys = keys.of_backup(&backup);
    let stamp = Stamp {
        at: host.now(),
        actor: host.actor(),
        reason: String::new(),
    };
    let (staged, words) = stage(&backup, &keys.all(), database, language, stamp)?;
    crate::key::take_from_backups(database, keys)?;
    let (store, kept) = Store::replace(&staged, database, &aside(database, host.now()))?;
    let mut desk = Desk::over(store, staged.key().clone(), host);
    desk.former = keys.all();
    desk.former.retain(|key| *key != desk.key);
    desk.speak(language);
    Ok((desk, restored(&kept, words)))
}

/// Puts a database back where it was, if a program ended while it put a backup in its place and the backup is not there
/// yet. To be asked before a database is looked for.
pub fn find_back(database: &Path) -> Result<(), Error> {
    Ok(Store::find_back(database)?)
}

/// A copy of a backup that is ready to be put in place, and the words that say so. They are written in it, so that the entry
/// comes with the content or not at all.
///
/// # Errors
/// [`Code::Backup`] where the backup cannot be put back; that says nothing of the database, which is as it was.
fn stage(
    backup: &Path,
    keys: &[Key],
    database: &Path,
    language: Language,
    stamp: Stamp,
) -> Result<(Staged, String), Error> {
    let staged = Store::stage(backup, keys, database).map_err(of_backup)?;
    let name = backup.file_name().unwrap_or_default().to_string_lossy();
    let words = note_in(&staged, language, stamp, moment_in(&name)).map_err(of_backup)?;
    Ok((staged, words))
}

fn of_backup(error: StoreError) -> Error {
    let error = Error::from(error);
    match error.code {
        Code::Busy => error,
        _ => error.coded(Code::Backup),
    }
}

fn note_in(
    staged: &Staged,
    language: Language,
    stamp: Stamp,
    taken: Option<DateTime<Utc>>,
) -> Result<String, StoreError> {
    let mut copy = staged.open()?;
    let zone = copy.time_zone().ok();
    let words = Words(language).restored(taken.map(|taken| local(taken, zone)));
    if !copy.is_empty()? {
        copy.log_restore(&Stamp {
            reason: words.clone(),
            ..stamp
        })?;
    }
    Ok(words)
}

fn restored(kept: &Path, words: String) -> Restored {
    Restored {
        // Of a database that was lost nothing could be kept.
        kept: kept.exists().then(|| kept.display().to_string()),
        words,
    }
}

fn no_such_backup(name: &str, language: Language) -> Error {
    Error::new(Code::NotFound, Words(language).no_such_backup(name))
}

/// The file of a backup in the list; one that is kept beside the database has a name of its own.
fn listed(database: &Path, name: &str) -> Option<PathBuf> {
    if let Some(kept) = place::kept(database).into_iter().find(|kept| kept.name == name) {
        return Some(database.with_file_name(kept.name));
    }
    let place = Place::of(database);
    let found = place.list(database, None).ok()?;
    let found = found.into_iter().find(|backup| backup.name == name)?;
    Some(place.folder.join(found.name))
}
