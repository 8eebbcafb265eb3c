//! What was there before a backup was put back, kept beside the database.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::error::{FileError, StoreError};
use crate::file::{self, beside};
use crate::key::Key;
use crate::store::Store;

/// How the names go on, after that of the database, under which is kept what was there before.
pub const ASIDE: &str = ".before-restore-";

/// What such a name ends in until what is kept was looked through.
pub(super) const PARTIAL: &str = ".partial";

/// Everything that may belong to a database; the file itself goes first and comes last, so that it is never there without
/// the rest.
const FILES: [&str; 4] = ["", "-wal", "-journal", "-shm"];

/// Keeps a copy of a database under its name with `aside` behind it; it has that name once it was looked through.
pub(super) fn keep(database: &Path, key: &Key, aside: &str) -> Result<PathBuf, StoreError> {
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

/// Moves a database that can no longer be opened under the names where it is kept.
pub(super) fn move_aside(database: &Path, kept: &Path) -> io::Result<()> {
    for suffix in FILES {
        let from = beside(database, suffix);
        if from.exists() {
            fs::rename(&from, beside(kept, suffix))?;
        }
    }
    Ok(())
}

/// Moves back what was moved aside, unless there is a database in its place.
pub(super) fn move_back(database: &Path, kept: &Path) -> Result<(), FileError> {
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
