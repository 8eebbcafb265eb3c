//! Putting a backup back, and what is done about one that was cut short.
//!
//! A copy of the backup is looked through first. Then it takes the place of what is there: in a single change of the
//! present database, so that neither a crash nor another open window can leave half of one and half of the other; or, where
//! that can no longer be opened, as a file. What was there is kept beside it in either case.
//!
//! As long as that takes, a note lies beside the database, locked by whoever does it. One that nobody locks was left by a
//! program that ended in the middle, and leads back.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::backup::{end_as_one_file, unsound};
use crate::chain::{Hash, Link};
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

/// What the copy of a backup is called until it is in its place.
pub(crate) const STAGED: &str = ".restoring";

/// What the note is called.
pub(crate) const NOTE: &str = ".restore";

/// The first word of a note.
const FORMAT: &str = "ordo-restore/1";

/// How the names go on, after that of the database, under which is kept what was there before.
pub const ASIDE: &str = ".before-restore-";

/// What such a name ends in until what is kept was looked through.
const PARTIAL: &str = ".partial";

/// Everything that may belong to a database; the file itself goes first and comes last, so that it is never there without
/// the rest.
const FILES: [&str; 4] = ["", "-wal", "-journal", "-shm"];

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

/// Keeps a copy of a database under its name with `aside` behind it; it has that name once it was looked through.
fn keep(database: &Path, key: &Key, aside: &str) -> Result<PathBuf, StoreError> {
    let kept = beside(database, aside);
    let partial = beside(&kept, PARTIAL);
    file::remove(&partial);
    Store::back_up(database, key, &partial)?;
    fs::rename(&partial, &kept).map_err(|error| {
        file::remove(&partial);
        file::io_error(&kept, &error)
    })?;
    Ok(kept)
}

fn move_aside(database: &Path, kept: &Path) -> io::Result<()> {
    for suffix in FILES {
        let from = beside(database, suffix);
        if from.exists() {
            fs::rename(&from, beside(kept, suffix))?;
        }
    }
    Ok(())
}

/// Moves back what was moved aside, unless there is a database in its place.
fn move_back(database: &Path, kept: &Path) -> Result<(), FileError> {
    if database.exists() {
        return Ok(());
    }
    for suffix in FILES.iter().rev() {
        let (from, to) = (beside(kept, suffix), beside(database, suffix));
        if from.exists() && !to.exists() {
            fs::rename(&from, &to).map_err(|error| file::io_error(&to, &error))?;
        }
    }
    Ok(())
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

/// That nobody else makes a database in a place or puts one back, for as long as it is held.
pub(crate) struct Alone(Note);

impl Alone {
    /// Takes the place; a database that was being put back there is found back first.
    ///
    /// # Errors
    /// [`FileError::Locked`] while another program has it.
    pub(crate) fn at(database: &Path) -> Result<Self, FileError> {
        Note::begin(database).map(Self)
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// The note beside a database that says what is being done, locked for as long as it is.
#[derive(Debug)]
struct Note {
    database: PathBuf,
    file: File,
}

/// What a note says.
struct Noted {
    /// Where what was there is kept.
    kept: PathBuf,
    /// The newest entry of the journal of the copy that was to be put in place.
    end: Link,
}

/// What is there of a note.
enum Left {
    /// None.
    Nothing,
    /// One that somebody is at work with.
    Held,
    /// One whose program has ended.
    Behind(Note),
}

impl Note {
    /// A note of one's own, with nothing in it yet. What was left by another is led back to first.
    fn begin(database: &Path) -> Result<Self, FileError> {
        let place = beside(database, NOTE);
        let failed = |error: &io::Error| file::io_error(database, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&place).map_err(|error| failed(&error))?;
        let note = Self::lock(database, file).map_err(|error| failed(&error))?;
        let mut note = note.ok_or_else(|| FileError::Locked {
            path: database.to_owned(),
        })?;
        if let Some(noted) = note.read() {
            move_back(database, &noted.kept)?;
            file::remove(&beside(&noted.kept, PARTIAL));
        }
        note.file.set_len(0).map_err(|error| failed(&error))?;
        Ok(note)
    }

    /// The note that somebody has left beside a database.
    fn left(database: &Path) -> Left {
        let place = beside(database, NOTE);
        match OpenOptions::new().read(true).write(true).open(&place) {
            // Where it cannot be locked nobody knows whether somebody is at work.
            Ok(file) => match Self::lock(database, file) {
                Ok(Some(note)) => Left::Behind(note),
                _ => Left::Held,
            },
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename
                ) =>
            {
                Left::Nothing
            }
            Err(_) => Left::Held,
        }
    }

    /// Takes a note for this program; none where another one has it.
    fn lock(database: &Path, file: File) -> io::Result<Option<Self>> {
        match file.try_lock() {
            // Whoever had it before may have removed it as it was let go.
            Ok(()) if is_at(&file, &beside(database, NOTE)) => Ok(Some(Self {
                database: database.to_owned(),
                file,
            })),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn read(&mut self) -> Option<Noted> {
        let mut text = String::new();
        self.file.rewind().ok()?;
        self.file.read_to_string(&mut text).ok()?;
        let mut words = text.split_ascii_whitespace();
        let (format, aside, seq, hash) = (words.next()?, words.next()?, words.next()?, words.next()?);
        // A note that somebody changed leads to no other file.
        if format != FORMAT || !aside.starts_with(ASIDE) || aside.contains(['/', '\\']) {
            return None;
        }
        Some(Noted {
            kept: beside(&self.database, aside),
            end: Link {
                seq: seq.parse().ok()?,
                hash: Hash::parse(hash)?,
            },
        })
    }

    fn write(&self, aside: &str, end: Link) -> Result<(), FileError> {
        let text = format!("{FORMAT} {aside} {} {}\n", end.seq, end.hash);
        let mut file = &self.file;
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all());
        written.map_err(|error| file::io_error(&beside(&self.database, NOTE), &error))
    }

    fn remove(&self) {
        let _ = fs::remove_file(beside(&self.database, NOTE));
    }
}

#[cfg(unix)]
fn is_at(file: &File, place: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |data: fs::Metadata| (data.dev(), data.ino());
    file.metadata().ok().map(number) == fs::metadata(place).ok().map(number)
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_at(_: &File, place: &Path) -> bool {
    place.exists()
}

#[cfg(test)]
mod tests;
