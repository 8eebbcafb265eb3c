//! Putting a backup back, where the database opens and where it does not.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ordo_core::Language;
use ordo_store::{CutRestore, Key, Stamp, Store};

use super::place::{self, Place, aside};
use super::{Words, local};
use crate::view::backup::Restored;
use crate::{Code, Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// Puts back a backup of the list: looked through in a copy first, then in one change. What was there is kept.
    pub fn restore(&mut self, name: &str) -> Result<Restored, Error> {
        self.allow(UseCase::RestoreBackup)?;
        let (backup, taken) =
            listed(self.store.place(), name).ok_or_else(|| no_such_backup(name, self.language))?;
        self.restore_from(&backup, Some(taken))
    }

    /// Puts back any backup file.
    pub fn restore_file(&mut self, backup: &Path) -> Result<Restored, Error> {
        self.allow(UseCase::RestoreBackup)?;
        let name = backup
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let place = Place {
            folder: backup.parent().unwrap_or(Path::new("")).to_owned(),
            is_beside: false,
        };
        let found = place.list(self.store.place()).unwrap_or_default();
        let taken = found
            .iter()
            .find(|found| found.name == name)
            .map(|found| found.taken.at);
        self.restore_from(backup, taken)
    }

    fn restore_from(&mut self, backup: &Path, taken: Option<DateTime<Utc>>) -> Result<Restored, Error> {
        let keys: Vec<Key> = std::iter::once(&self.key).chain(&self.former).cloned().collect();
        let staged = Store::stage(backup, &keys, self.store.place())?;
        let words = note_in(&mut staged.open()?, self.language, self.stamp(""), taken)?;
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
/// first of the keys; the backup may have any of them. A key file that is lost too comes from beside the backups.
pub fn restore_over<H: Host>(
    database: &Path,
    keys: &[Key],
    chosen: ChosenBackup<'_>,
    host: H,
    language: Language,
) -> Result<(Desk<H>, Restored), Error> {
    let (backup, taken) = match chosen {
        ChosenBackup::Listed(name) => listed(database, name).ok_or_else(|| no_such_backup(name, language))?,
        ChosenBackup::File(file) => (file.to_owned(), host.now()),
    };
    let staged = Store::stage(&backup, keys, database)?;
    let stamp = Stamp {
        at: host.now(),
        actor: host.actor(),
        reason: String::new(),
    };
    let words = note_in(&mut staged.open()?, language, stamp, Some(taken))?;
    crate::key::take_from_backups(database)?;
    let (store, kept) = Store::replace(&staged, database, &aside(database, host.now()))?;
    let mut desk = Desk::over(store, staged.key().clone(), host);
    desk.former = keys.iter().filter(|key| **key != desk.key).cloned().collect();
    desk.speak(language);
    Ok((desk, restored(&kept, words)))
}

/// Puts a database back where it was, if a program ended while it put a backup in its place and the backup is not there
/// yet. To be asked before a database is looked for.
pub fn find_back(database: &Path) -> Result<(), Error> {
    Ok(Store::find_back(database)?)
}

/// Writes in the copy of a backup that it is put back, so that the entry comes with the content or not at all. Gives the
/// words.
fn note_in(
    copy: &mut Store,
    language: Language,
    stamp: Stamp,
    taken: Option<DateTime<Utc>>,
) -> Result<String, Error> {
    let zone = copy.time_zone().ok();
    let words = Words(language).restored(local(taken.unwrap_or(stamp.at), zone));
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

/// The file of a backup in the list, and when it was taken; one that is kept beside the database has a name of its own.
fn listed(database: &Path, name: &str) -> Option<(PathBuf, DateTime<Utc>)> {
    if let Some(kept) = place::kept(database).into_iter().find(|kept| kept.name == name) {
        return Some((database.with_file_name(kept.name), kept.at));
    }
    let place = Place::of(database);
    let found = place
        .list(database)
        .ok()?
        .into_iter()
        .find(|backup| backup.name == name)?;
    Some((place.folder.join(found.name), found.taken.at))
}
