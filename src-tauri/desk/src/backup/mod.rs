//! Backups: when one is due, taking it while the desk works, keeping as many as are needed, putting one back.

mod place;
mod plan;
mod restore;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Local, NaiveDateTime, Utc};
use chrono_tz::Tz;
use ordo_core::Language;
use ordo_store::{FileError, Inspection, Key, Store, StoreError};

use self::place::Found;
pub(crate) use self::place::{Mark, Place, copies_of_keys, keys_name};
use self::plan::{Taken, is_due, kept};
pub use self::restore::{ChosenBackup, find_back, restore_over};
pub(crate) use self::words::Words;
use crate::view::backup::{BackupLine, BackupsView};
use crate::{Cause, Code, Desk, Error, Host, UseCase};

/// Why a backup could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The folder is not there.
    NoFolder,
    /// No room is left.
    Full,
    /// The folder cannot be written.
    NoAccess,
    /// What was written is not what should be in it.
    Unsound(String),
    /// Anything else.
    Other(Cause),
}

/// What the desk remembers of its last try.
#[derive(Debug, Default)]
pub(crate) struct LastTry {
    failed: Option<(DateTime<Utc>, PathBuf, Trouble)>,
}

/// A backup to be taken; it needs no desk, so that nobody waits for it.
#[derive(Debug)]
pub struct BackupJob {
    database: PathBuf,
    key: Key,
    place: Place,
    /// What its name is told from those of other clinics by; a clinic without a journal has none.
    mark: Option<Mark>,
    at: DateTime<Utc>,
    zone: Option<Tz>,
    /// The newest entry of the journal.
    entry: u32,
    /// When the last try into the same folder failed, if it did.
    failed: Option<DateTime<Utc>>,
}

/// What came of a backup.
#[derive(Debug)]
pub struct BackupOutcome {
    at: DateTime<Utc>,
    place: Place,
    result: Result<BackupLine, Trouble>,
}

impl BackupJob {
    /// Whether something was written since the last backup, and that is long enough ago.
    pub fn is_due(&self) -> bool {
        // A folder that cannot be read holds no backup; taking one then says what is the matter.
        let found = self
            .place
            .list(&self.database, self.mark.as_ref())
            .unwrap_or_default();
        let newest = found.first().map(|backup| backup.taken);
        is_due(self.at, newest, self.entry, self.failed)
    }

    /// Takes the backup, looks through it, and removes those that are no longer needed.
    pub fn run(self) -> BackupOutcome {
        let result = self.take().and_then(|name| {
            self.thin();
            self.line(&name)
        });
        BackupOutcome {
            at: self.at,
            place: self.place,
            result,
        }
    }

    /// Takes the backup; gives its name.
    fn take(&self) -> Result<String, Trouble> {
        self.place.make().map_err(|error| trouble_of(&error))?;
        let folder = &self.place.folder;
        if !folder.is_dir() {
            return Err(Trouble::NoFolder);
        }
        // Under a name of its own until it is looked through: what is cut short by a crash is no backup.
        let partial = folder.join(place::partial_name(self.mark.as_ref()));
        remove(&partial);
        let held = Store::back_up(&self.database, &self.key, &partial)
            .map_err(|error| trouble(error, &self.database))?;
        let taken = Taken {
            at: self.at,
            entry: held.newest.seq,
        };
        let name = place::name(&self.database, taken, self.mark.as_ref());
        std::fs::rename(&partial, folder.join(&name)).map_err(|error| {
            remove(&partial);
            trouble_of(&error)
        })?;
        crate::key::copy_beside_backups(&self.database, folder, self.mark.as_ref())
            .map_err(|error| trouble_of(&error))?;
        Ok(name)
    }

    fn line(&self, name: &str) -> Result<BackupLine, Trouble> {
        let found = self
            .place
            .list(&self.database, self.mark.as_ref())
            .map_err(|error| trouble_of(&error))?;
        let mut lines = lines(&found, self.zone, self.at).into_iter();
        // Whoever removed it meanwhile has taken it away with its disk or by hand.
        lines.find(|line| line.name == name).ok_or(Trouble::NoFolder)
    }

    /// Removes backups of which a newer one of the same span is there. Never the last sound one: this follows on a new
    /// one that was looked through.
    fn thin(&self) {
        self.place.remove_leftovers(self.at);
        let Ok(found) = self.place.list(&self.database, self.mark.as_ref()) else {
            return;
        };
        let local = |at: DateTime<Utc>| local(at, self.zone);
        let times: Vec<NaiveDateTime> = found.iter().map(|backup| local(backup.taken.at)).collect();
        for (backup, reason) in found.iter().zip(kept(&times, local(self.at))) {
            if reason.is_none() {
                // One that cannot be removed is tried again next time.
                let _ = std::fs::remove_file(self.place.folder.join(&backup.name));
            }
        }
    }
}

/// A moment on the wall clock of the clinic's zone; of this computer's while no clinic can be opened that would say its own.
fn local(at: DateTime<Utc>, zone: Option<Tz>) -> NaiveDateTime {
    zone.map_or_else(
        || at.with_timezone(&Local).naive_local(),
        |zone| at.with_timezone(&zone).naive_local(),
    )
}

fn remove(path: &Path) {
    let _ = std::fs::remove_file(path);
}

fn trouble_of(error: &std::io::Error) -> Trouble {
    match Cause::from(error) {
        Cause::NotFound | Cause::NotAFolder => Trouble::NoFolder,
        Cause::NotAllowed | Cause::ReadOnly => Trouble::NoAccess,
        Cause::Full => Trouble::Full,
        cause => Trouble::Other(cause),
    }
}

fn trouble(error: StoreError, database: &Path) -> Trouble {
    match error {
        StoreError::File(FileError::NotFound { path }) if path != database => Trouble::NoFolder,
        StoreError::File(FileError::NoFolder { folder }) if Some(folder.as_path()) != database.parent() => {
            Trouble::NoFolder
        }
        StoreError::File(FileError::NotAFolder { file }) if Some(file.as_path()) != database.parent() => {
            Trouble::NoFolder
        }
        StoreError::File(FileError::Full { path }) if path != database => Trouble::Full,
        StoreError::File(FileError::NoAccess { path } | FileError::ReadOnly { path }) if path != database => {
            Trouble::NoAccess
        }
        StoreError::File(FileError::Damaged { detail, .. }) => Trouble::Unsound(detail),
        other => Trouble::Other(Cause::Other(other.to_string())),
    }
}

impl<H: Host> Desk<H> {
    /// A backup to be taken, whoever is at the desk, to be run elsewhere and handed back to [`Desk::backup_done`]. Nothing here waits for the
    /// folder, whose disk may answer late or never.
    pub fn backup_job(&self) -> Result<BackupJob, Error> {
        let database = self.store.place().to_owned();
        let place = Place::of(&database);
        let failed = self.last_try.failed.as_ref();
        Ok(BackupJob {
            // A failure counts for its own folder alone.
            failed: failed
                .filter(|(_, folder, _)| *folder == place.folder)
                .map(|(at, ..)| *at),
            entry: self.store.current_seq()?,
            mark: self.mark(),
            key: self.key.clone(),
            at: self.host.now(),
            zone: self.store.time_zone().ok(),
            place,
            database,
        })
    }

    /// What tells the backups of this clinic from those of others.
    fn mark(&self) -> Option<Mark> {
        self.store.chain_at(1).ok().flatten().map(Mark::of)
    }

    /// A backup that somebody asks for, due or not; otherwise as [`Desk::backup_job`].
    pub fn backup_now(&self) -> Result<BackupJob, Error> {
        self.allow(UseCase::BackUp)?;
        self.backup_job()
    }

    /// Takes in what came of a backup: where it failed, a notice stays until one succeeds.
    pub fn backup_done(&mut self, outcome: BackupOutcome) -> Result<BackupLine, Error> {
        let BackupOutcome { at, place, result } = outcome;
        match result {
            Ok(line) => {
                self.last_try.failed = None;
                Ok(line)
            }
            Err(trouble) => {
                let words = Words(self.language).trouble(&trouble, &place.folder);
                self.last_try.failed = Some((at, place.folder, trouble));
                Err(Error::new(Code::Backup, words))
            }
        }
    }

    /// Takes a backup and waits for it.
    pub fn back_up(&mut self) -> Result<BackupLine, Error> {
        self.allow(UseCase::BackUp)?;
        let job = self.backup_job()?;
        self.backup_done(job.run())
    }

    /// Where backups lie, and which there are.
    pub fn backups(&self) -> Result<BackupsView, Error> {
        self.allow(UseCase::Backups)?;
        Ok(self.backup_shelf()?.look())
    }

    /// The place of the backups, to be looked at elsewhere: its disk may answer late.
    pub fn backup_shelf(&self) -> Result<BackupShelf, Error> {
        self.allow(UseCase::Backups)?;
        Ok(BackupShelf {
            place: Place::of(self.store.place()),
            mark: self.mark(),
            database: self.store.place().to_owned(),
            zone: self.store.time_zone().ok(),
            now: self.host.now(),
            trouble: self.backup_trouble(),
            language: self.language,
        })
    }

    /// What went wrong at the last try, in words, as long as that folder is the one in use.
    pub(crate) fn backup_trouble(&self) -> Option<String> {
        let (_, folder, trouble) = self.last_try.failed.as_ref()?;
        let place = Place::of(self.store.place());
        (*folder == place.folder).then(|| Words(self.language).trouble(trouble, folder))
    }

    /// Chooses the folder of the backups; nothing means the one beside the database. What lies in the folder before
    /// stays there.
    pub fn choose_backup_folder(&mut self, folder: &str) -> Result<BackupsView, Error> {
        self.allow(UseCase::ChooseBackupFolder)?;
        let text = folder.trim();
        let chosen = (!text.is_empty()).then(|| PathBuf::from(text));
        if let Some(chosen) = &chosen
            && !(chosen.is_absolute() && chosen.is_dir())
        {
            return Err(Error::new(
                Code::BadRequest,
                Words(self.language).not_a_folder(text),
            ));
        }
        let database = self.store.place();
        let noted = Place::choose(database, chosen);
        noted.map_err(|error| {
            let folder = database.parent().unwrap_or(database);
            Error::new(
                Code::Backup,
                Words(self.language).trouble(&trouble_of(&error), folder),
            )
        })?;
        self.backups()
    }

    /// Looks through the whole database file: every page, index and reference, and the journal.
    pub fn inspect(&self) -> Result<Inspection, Error> {
        self.allow(UseCase::Inspect)?;
        Ok(Store::inspect(self.store.place(), &self.key)?)
    }
}

/// The place of a clinic's backups.
#[derive(Debug)]
pub struct BackupShelf {
    place: Place,
    mark: Option<Mark>,
    database: PathBuf,
    zone: Option<Tz>,
    now: DateTime<Utc>,
    /// What went wrong at the last try.
    trouble: Option<String>,
    language: Language,
}

impl BackupShelf {
    /// Where backups lie, and which there are.
    pub fn look(&self) -> BackupsView {
        let (found, unread) = match self.place.list(&self.database, self.mark.as_ref()) {
            Ok(found) => (found, None),
            Err(error) => {
                let words = Words(self.language).trouble(&trouble_of(&error), &self.place.folder);
                (Vec::new(), Some(words))
            }
        };
        BackupsView {
            trouble: unread.or_else(|| self.trouble.clone()),
            backups: lines(&found, self.zone, self.now),
            kept: kept_lines(&self.database, self.zone),
            folder: self.place.folder.display().to_string(),
            is_beside: self.place.is_beside,
        }
    }
}

/// Whether there are backups of a database, or a folder was chosen for them.
pub(crate) fn were_taken(database: &Path) -> bool {
    let place = Place::of(database);
    !place.is_beside
        || place.list(database, None).is_ok_and(|found| !found.is_empty())
        || !place::kept(database).is_empty()
}

/// Whether a key opens a backup of a database; of those with one mark the newest is tried.
pub(crate) fn opens_a_backup(database: &Path, key: &Key) -> bool {
    let place = Place::of(database);
    let mut tried = Vec::new();
    let found = place.list(database, None).unwrap_or_default();
    found.into_iter().any(|backup| {
        let is_newest = !tried.contains(&backup.mark);
        tried.push(backup.mark);
        is_newest && Store::opens(&place.folder.join(backup.name), key)
    })
}

/// The backups of a database that cannot be opened, newest first, on this computer's clock.
pub fn backups_of(database: &Path, now: DateTime<Utc>, language: Language) -> BackupsView {
    let shelf = BackupShelf {
        place: Place::of(database),
        mark: None,
        database: database.to_owned(),
        zone: None,
        now,
        trouble: None,
        language,
    };
    shelf.look()
}

fn lines(found: &[Found], zone: Option<Tz>, now: DateTime<Utc>) -> Vec<BackupLine> {
    let times: Vec<NaiveDateTime> = found.iter().map(|backup| local(backup.taken.at, zone)).collect();
    let kinds = kept(&times, local(now, zone));
    found
        .iter()
        .zip(times)
        .zip(kinds)
        .map(|((backup, at), kind)| BackupLine {
            name: backup.name.clone(),
            at,
            // One that is no longer needed is removed after the next backup.
            kind: Some(kind.unwrap_or(crate::view::backup::BackupKind::Hourly)),
            entry: Some(backup.taken.entry),
            kilobytes: kilobytes(backup.bytes),
        })
        .collect()
}

fn kept_lines(database: &Path, zone: Option<Tz>) -> Vec<BackupLine> {
    let lines = place::kept(database).into_iter().map(|kept| BackupLine {
        at: local(kept.at, zone),
        kind: None,
        entry: None,
        kilobytes: kilobytes(kept.bytes),
        name: kept.name,
    });
    lines.collect()
}

fn kilobytes(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1000)).unwrap_or(u32::MAX)
}
