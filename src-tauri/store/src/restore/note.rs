//! The note that lies beside a database while a backup is put back, or a database made.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::kept::{ASIDE, PARTIAL, move_back};
use crate::chain::{Hash, Link};
use crate::error::FileError;
use crate::file::{self, beside};

/// What the note is called.
pub(crate) const NOTE: &str = ".restore";

/// The first word of a note.
const FORMAT: &str = "ordo-restore/1";

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
pub(super) struct Note {
    pub(super) database: PathBuf,
    file: File,
}

/// What a note says.
pub(super) struct Noted {
    /// Where what was there is kept.
    pub(super) kept: PathBuf,
    /// The newest entry of the journal of the copy that was to be put in place.
    pub(super) end: Link,
}

/// What is there of a note.
pub(super) enum Left {
    /// None.
    Nothing,
    /// One that somebody is at work with.
    Held,
    /// One whose program has ended.
    Behind(Note),
}

impl Note {
    /// A note of one's own, with nothing in it yet. What was left by another is led back to first.
    pub(super) fn begin(database: &Path) -> Result<Self, FileError> {
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
    pub(super) fn left(database: &Path) -> Left {
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

    pub(super) fn read(&mut self) -> Option<Noted> {
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

    pub(super) fn write(&self, aside: &str, end: Link) -> Result<(), FileError> {
        let text = format!("{FORMAT} {aside} {} {}\n", end.seq, end.hash);
        let mut file = &self.file;
        let written = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(text.as_bytes()))
            .and_then(|()| file.sync_all());
        written.map_err(|error| file::io_error(&beside(&self.database, NOTE), &error))
    }

    pub(super) fn remove(&self) {
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
