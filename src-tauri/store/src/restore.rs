//! Putting a backup back, and what is done about one that was cut short.
//!
//! A copy of the backup is looked through first. Then it takes the place of what is there: in a single change of the
//! present database, so that neither a crash nor another open window can leave half of one and half of the other; or, where
//! that can no longer be opened, as a file. What was there is kept beside it in either case.
//!
//! As long as that takes, a note lies beside the database, locked by whoever does it. One that nobody locks was left by a
//! program that ended in the middle, and leads back.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::backup::{end_as_one_file, unsound};
use crate::checkpoint;
use crate::error::{FileError, StoreError};
use crate::fault::file_error;
use crate::file::{self, beside};
use crate::key::Key;
use crate::migration::MIGRATIONS;
use crate::reader::Reader;
use crate::rekey::{reads, rekey_copy};
use crate::store::Store;
use crate::table::chain;

mod kept;
mod note;

pub use kept::ASIDE;
use kept::{PARTIAL, keep, move_aside, move_back};
pub(crate) use note::{Alone, NOTE};
use note::{Left, Note, Noted};

/// What the copy of a backup is called until it is in its place.
pub(crate) const STAGED: &str = ".restoring";

/// A putting back that was cut short, as it was found when the database was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutRestore {
    /// Whether the backup is in place; else the database is what it was before.
    pub is_done: bool,
    /// What is kept of the database as it was before, where anything is.
    pub kept: Option<PathBuf>,
}

impl Store {
    /// Makes a copy of a backup that can be put in place: beside the database, under its key, of this program's
    /// version, looked through. The first of `keys` is the database's; an older backup may have one of the others.
    ///
    /// # Errors
    /// [`FileError::Locked`] while another program puts a backup back; else what is wrong with the backup, under its name.
    pub fn stage(backup: &Path, keys: &[Key], database: &Path) -> Result<Staged, StoreError> {
        let wrong_key = || FileError::WrongKey {
            path: backup.to_owned(),
        };
        let present = keys.first().ok_or_else(wrong_key)?;
        if database.is_dir() {
            // It would be set aside like a database that no longer opens.
            return Err(FileError::NotAFile {
                path: database.to_owned(),
            }
            .into());
        }
        file::look(backup)?;
        let note = Note::begin(database)?;
        let path = beside(database, STAGED);
        file::remove(&path);
        file::reserve(&path)?;
        let staged = Staged {
            path,
            key: present.clone(),
            note,
        };
        copy_file(backup, &staged.path)?;
        // What was kept of a database that could not be opened has its newest changes beside it, or what a change that was
        // cut short has overwritten.
        for suffix in ["-wal", "-journal"] {
            let from = beside(backup, suffix);
            if from.exists() {
                let copied = beside(&staged.path, suffix);
                file::reserve(&copied)?;
                copy_file(&from, &copied)?;
            }
        }
        if beside(&staged.path, "-journal").exists() {
            // It is taken back by whoever may write and reads first, and needs no key.
            reads(&staged.connect()?);
        }
        let made_with = keys.iter().find(|key| Self::opens(&staged.path, key));
        let key = made_with.ok_or_else(wrong_key)?;
        staged.prepare(key).map_err(|error| of_backup(error, backup))?;
        Ok(staged)
    }

    /// Puts a staged copy in the place of what is in this database, in one change; others who have it open go on with
    /// what is in it then. The database as it was is kept under its name with `aside` behind it, looked through like a
    /// backup.
    pub fn put_in_place(&mut self, staged: &Staged, aside: &str) -> Result<PathBuf, StoreError> {
        self.put_in_place_while(staged, aside, || ())
    }

    /// As [`Store::put_in_place`]; `meanwhile` runs when what is there was kept and others may still write.
    fn put_in_place_while(
        &mut self,
        staged: &Staged,
        aside: &str,
        meanwhile: impl FnOnce(),
    ) -> Result<PathBuf, StoreError> {
        let path = self.reader.path.clone();
        let at = |error: rusqlite::Error| file_error(&path, &error);
        let step = |copy: &Backup<'_, '_>, pages| match copy.step(pages).map_err(at)? {
            StepResult::Done | StepResult::More => Ok(()),
            _ => Err(FileError::Locked { path: path.clone() }),
        };
        let source = staged.connect()?;
        let end = chain::end(&source).map_err(|fault| fault.at(&staged.path))?;
        staged.note.write(aside, end)?;
        let witness = file::connect(&path, &staged.key).map_err(at)?;
        let before = version(&witness).map_err(at)?;
        let kept = keep(&path, &staged.key, aside)?;
        meanwhile();
        let copy = Backup::new(&source, &mut self.reader.connection).map_err(at)?;
        // Without a page it takes the lock, and holds it to the end: nobody else writes from here on.
        step(&copy, 0)?;
        if version(&witness).map_err(at)? != before {
            // What others have written meanwhile is kept too.
            keep(&path, &staged.key, aside)?;
        }
        let checkpoint = checkpoint::take(&path);
        // All at once: a step in between would let others see half.
        if let Err(failed) = step(&copy, -1) {
            checkpoint::give_back(&path, checkpoint);
            return Err(failed.into());
        }
        drop(copy);
        self.cut_restore = None;
        self.accept_what_was_put_back();
        Ok(kept)
    }

    /// Takes the journal that came with a backup for the right one. The backup is in place whatever comes of it: what is not
    /// accepted now is checked from further back at the next start.
    fn accept_what_was_put_back(&self) {
        let _ = self.reader.accept_journal();
    }

    /// Puts a staged copy in the place of a database that can no longer be opened, whose files are kept under their names
    /// with `aside` behind that of the database.
    pub fn replace(staged: &Staged, database: &Path, aside: &str) -> Result<(Self, PathBuf), StoreError> {
        let copy = staged.connect()?;
        let end = chain::end(&copy).map_err(|fault| fault.at(&staged.path))?;
        end_as_one_file(copy, &staged.path).map_err(|fault| fault.at(&staged.path))?;
        staged.note.write(aside, end)?;
        let kept = beside(database, aside);
        let checkpoint = checkpoint::take(database);
        let put = move_aside(database, &kept)
            .and_then(|()| fs::rename(&staged.path, database))
            .map_err(|error| file::io_error(database, &error));
        if let Err(error) = put {
            move_back(database, &kept)?;
            checkpoint::give_back(database, checkpoint);
            return Err(error.into());
        }
        let store = Self::open(database, &staged.key)?;
        store.accept_what_was_put_back();
        Ok((store, kept))
    }

    /// Puts a database back where it was, if a program ended while it put a backup in its place and the backup is not
    /// there yet. To be asked before a database is looked for.
    ///
    /// # Errors
    /// [`FileError::Locked`] while another program puts a backup back and the database is not there.
    pub fn find_back(database: &Path) -> Result<(), StoreError> {
        if database.exists() {
            return Ok(());
        }
        match Note::left(database) {
            Left::Nothing => Ok(()),
            Left::Held => Err(FileError::Locked {
                path: database.to_owned(),
            }
            .into()),
            Left::Behind(mut note) => {
                if let Some(noted) = note.read() {
                    move_back(database, &noted.kept)?;
                }
                if !database.exists() {
                    // There was none before either, so nothing is to be told when one is opened.
                    file::remove(&beside(database, STAGED));
                    note.remove();
                }
                Ok(())
            }
        }
    }

    /// The putting back that was cut short before this database was opened.
    pub fn cut_restore(&self) -> Option<&CutRestore> {
        self.cut_restore.as_ref()
    }
}

/// Tidies up after a putting back that was cut short, now that the database is open, and says what came of it.
pub(crate) fn settle(reader: &Reader) -> Option<CutRestore> {
    let database = reader.place();
    let Left::Behind(mut note) = Note::left(database) else {
        return None;
    };
    let noted = note.read();
    file::remove(&beside(database, STAGED));
    let cut = noted.map(|Noted { kept, end }| {
        file::remove(&beside(&kept, PARTIAL));
        // A copy with an empty journal is in place where the journal is empty now.
        let there = match end.seq {
            0 => reader.chain_end().ok().map(|newest| newest.hash),
            seq => reader.chain_at(seq).ok().flatten(),
        };
        let is_done = there == Some(end.hash);
        if is_done {
            // What was not checked is checked from further back at the next start.
            let _ = reader.accept_journal();
        }
        CutRestore {
            is_done,
            kept: Some(kept).filter(|kept| kept.exists()),
        }
    });
    note.remove();
    cut
}

/// Copies the content of a file. Not `fs::copy`, which would take over who may read it.
fn copy_file(from: &Path, to: &Path) -> Result<(), FileError> {
    let read = File::open(from).map_err(|error| file::unread(from, &error))?;
    let written = OpenOptions::new().write(true).open(to);
    let copied = written.and_then(|mut written| io::copy(&mut &read, &mut written));
    copied.map(drop).map_err(|error| file::io_error(to, &error))
}

/// What is wrong with a copy, said of the backup that it was made of: nobody finds the copy any more.
fn of_backup(error: StoreError, backup: &Path) -> StoreError {
    match error {
        StoreError::File(
            error @ (FileError::Full { .. } | FileError::NoFolder { .. } | FileError::NotAFolder { .. }),
        ) => error.into(),
        StoreError::File(FileError::Damaged { detail, .. }) => FileError::DamagedBackup {
            path: backup.to_owned(),
            detail,
        }
        .into(),
        StoreError::File(mut error) => {
            backup.clone_into(error.path_mut());
            error.into()
        }
        other => other,
    }
}

/// A number that is another one after others have written to the database.
fn version(witness: &Connection) -> rusqlite::Result<i64> {
    witness.pragma_query_value(None, "data_version", |row| row.get(0))
}

/// A copy beside the database that is ready to be put in its place; removed when it is no longer needed.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// What the copy is encrypted with, and so the database.
    key: Key,
    note: Note,
}

impl Staged {
    /// Looks through the copy, and brings it under the key of the database and to this program's version.
    fn prepare(&self, made_with: &Key) -> Result<(), StoreError> {
        let found = Store::inspect(&self.path, made_with)?;
        if let Some(problem) = found.problems.first() {
            return Err(unsound(&self.path, problem));
        }
        if *made_with != self.key {
            rekey_copy(&self.path, made_with, &self.key)?;
        }
        let copy = file::open_copy(&self.path, &self.key, MIGRATIONS)?;
        end_as_one_file(copy, &self.path).map_err(|fault| fault.at(&self.path))
    }

    fn connect(&self) -> Result<Connection, FileError> {
        file::connect(&self.path, &self.key).map_err(|error| file_error(&self.path, &error))
    }

    /// Opens the copy, so that it can be written in it that it is put back.
    pub fn open(&self) -> Result<Store, StoreError> {
        Store::open(&self.path, &self.key)
    }

    /// What the copy is encrypted with.
    pub fn key(&self) -> &Key {
        &self.key
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        file::remove(&self.path);
        // Where even the way back has failed the note still leads there.
        if self.note.database.exists() || self.note.read().is_none_or(|noted| !noted.kept.exists()) {
            self.note.remove();
        }
    }
}

#[cfg(test)]
mod tests;
