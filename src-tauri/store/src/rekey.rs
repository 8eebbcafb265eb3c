//! Giving a database another key, in place: all of it or nothing.
//!
//! While it happens nobody else has the database, and a copy under the key before lies beside it until the whole was
//! looked through under the new one.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::error::{FileError, StoreError};
use crate::fault::file_error;
use crate::file::{self, beside};
use crate::key::Key;
use crate::store::Store;

/// What the copy is called that is kept until the change is over.
pub(crate) const ASIDE: &str = ".before-new-key";

impl Store {
    /// Encrypts the database anew, from `before` to `after`. Cut short, it opens with one of the two.
    ///
    /// `ready` runs once nobody else can open the database and before anything is changed: both keys must be on record
    /// when it returns, and its error leaves everything as it was. `settled` runs while that still holds, after the
    /// database was looked through under the new key.
    ///
    /// # Errors
    /// [`FileError::Locked`] when another program has it open.
    pub fn rekey<E: From<StoreError>>(
        &mut self,
        before: &Key,
        after: &Key,
        ready: impl FnOnce() -> Result<(), E>,
        settled: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let path = self.reader.place().to_owned();
        let aside = beside(&path, ASIDE);
        let connection = &self.reader.connection;
        let prepared = alone(connection, &path).map_err(into).and_then(|()| {
            file::remove(&aside);
            keep(connection, &path, before, &aside).map_err(into)?;
            ready()
        });
        if let Err(error) = prepared {
            file::remove(&aside);
            // What cannot be shared again is told by whatever is asked next.
            let _ = share(connection, &path);
            return Err(error);
        }
        let changed = change(connection, &path, after)
            .and_then(|()| look_through(connection, &path))
            .map_err(into)
            .and_then(|()| settled());
        if let Err(error) = changed {
            self.open_again(&path, [before, after]);
            return Err(error);
        }
        let shared = share(connection, &path).map_err(into);
        // Only now: it is the way back should the new pages not be what was written.
        file::remove(&aside);
        shared
    }

    /// Lets a connection go whose change of the key has failed, as it would go on writing under the new key, and opens the
    /// database with the key that it has. Where that fails every later question fails too.
    fn open_again(&mut self, path: &Path, keys: [&Key; 2]) {
        if let Ok(nothing) = Connection::open_in_memory() {
            drop(std::mem::replace(&mut self.reader.connection, nothing));
            let store = keys.into_iter().find_map(|key| Self::open(path, key).ok());
            if let Some(store) = store {
                *self = store;
            }
        }
    }

    /// Whether a key opens a database; nothing is changed.
    pub fn opens(path: &Path, key: &Key) -> bool {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        file::connect_with(path, key, flags).is_ok_and(|connection| reads(&connection))
    }

    /// Removes what a change of the key has left that was cut short; for a database that opens.
    pub fn forget_change_of_key(&self) {
        let aside = beside(self.reader.place(), ASIDE);
        if aside.exists() {
            file::remove(&aside);
        }
    }
}

fn into<E: From<StoreError>>(error: FileError) -> E {
    StoreError::from(error).into()
}

pub(crate) fn reads(connection: &Connection) -> bool {
    let first = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    });
    first.is_ok()
}

/// Encrypts a file that nobody else knows anew.
pub(crate) fn rekey_copy(path: &Path, before: &Key, after: &Key) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    let connection = file::connect(path, before).map_err(sql)?;
    // Pages in a log would keep the key before.
    mode(&connection, "DELETE").map_err(sql)?;
    change(&connection, path, after)
}

/// Takes the database for this connection alone, without a log of changes, whose pages would keep the key before. What
/// changes is kept in a journal under that key until all has changed, so that a crash goes back.
fn alone(connection: &Connection, path: &Path) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    let locked = || FileError::Locked {
        path: path.to_owned(),
    };
    // Leaving the log needs the database alone for a moment; then it is kept so.
    if mode(connection, "DELETE").map_err(sql)? != "delete" {
        return Err(locked());
    }
    file::set(connection, "locking_mode", "EXCLUSIVE").map_err(sql)?;
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT").map_err(sql)?;
    // Somebody may have come in between and brought the log back.
    let now: String = connection
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .map_err(sql)?;
    if now == "delete" { Ok(()) } else { Err(locked()) }
}

/// Lets others in again.
fn share(connection: &Connection, path: &Path) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    file::set(connection, "locking_mode", "NORMAL").map_err(sql)?;
    // The lock is given up at the next read.
    reads(connection);
    mode(connection, "WAL").map_err(sql)?;
    Ok(())
}

fn mode(connection: &Connection, wanted: &str) -> rusqlite::Result<String> {
    connection.pragma_update_and_check(None, "journal_mode", wanted, |row| row.get(0))
}

fn change(connection: &Connection, path: &Path, after: &Key) -> Result<(), FileError> {
    after
        .with_text(|text| file::set(connection, "rekey", text))
        .map_err(|error| file_error(path, &error))
}

/// Keeps a copy as it is. It is read through the connection: to open and close the file beside it would give up its locks.
fn keep(connection: &Connection, path: &Path, key: &Key, aside: &Path) -> Result<(), FileError> {
    file::reserve(aside)?;
    let failed = |error: rusqlite::Error| file_error(aside, &error);
    let mut copy = file::connect(aside, key).map_err(failed)?;
    let step = Backup::new(connection, &mut copy).and_then(|all| all.step(-1));
    if step.map_err(failed)? != StepResult::Done {
        return Err(FileError::Locked {
            path: path.to_owned(),
        });
    }
    look_through(&copy, aside)
}

/// Reads every page and index under the new key.
fn look_through(connection: &Connection, path: &Path) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    let damaged = |detail: String| FileError::Damaged {
        path: path.to_owned(),
        detail,
    };
    let first = |pragma: &str| -> rusqlite::Result<Option<String>> {
        let mut statement = connection.prepare(&format!("PRAGMA {pragma}"))?;
        let mut rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.next().transpose()
    };
    if let Some(problem) = first("cipher_integrity_check").map_err(sql)? {
        return Err(damaged(problem));
    }
    match first("quick_check(1)").map_err(sql)? {
        Some(problem) if problem != "ok" => Err(damaged(problem)),
        _ => Ok(()),
    }
}
