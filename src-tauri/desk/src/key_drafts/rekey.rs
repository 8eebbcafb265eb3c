//! Giving a database another key.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::{FileError, StoreError};
use crate::fault::{Fault, file_error};
use crate::file;
use crate::key::Key;
use crate::store::Store;

impl Store {
    /// Encrypts the database anew with another key, all of it or nothing: cut short, it opens with the key before.
    ///
    /// # Errors
    /// [`FileError::Locked`] when another program has it open.
    pub fn rekey(&mut self, key: &Key) -> Result<(), StoreError> {
        let path = self.reader.place().to_owned();
        rekey(&self.reader.connection, &path, key)?;
        Ok(())
    }
}

/// Gives every copy that was kept beside a database before a migration its new key.
///
/// A copy that neither key opens stays as it is: it was never this clinic's.
pub fn rekey_copies(database: &Path, before: &Key, after: &Key) -> Result<(), StoreError> {
    for copy in copies(database)? {
        let connection = file::connect(&copy, before).map_err(|error| file_error(&copy, &error))?;
        let reads = |connection: &Connection| {
            connection
                .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
                .is_ok()
        };
        // It has the new key already when an attempt before was cut short.
        if reads(&connection) {
            rekey(&connection, &copy, after)?;
        }
    }
    Ok(())
}

/// The copies beside a database, which a migration names after the version they are of.
fn copies(database: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let folder = match database.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let name = database.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let start = format!("{name}.version-");
    let listed = fs::read_dir(folder).map_err(|error| file::io_error(folder, &error))?;
    let mut copies: Vec<PathBuf> = listed
        .filter_map(Result::ok)
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with(&start) && !name.ends_with("-wal") && !name.ends_with("-shm") && !name.ends_with("-journal")
        })
        .map(|entry| entry.path())
        .collect();
    copies.sort();
    Ok(copies)
}

fn rekey(connection: &Connection, path: &Path, key: &Key) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    // Pages in the log would keep the key before; without it the pages that change are kept in a journal under that
    // key until all have changed, so that a crash goes back. It needs the database alone.
    let mode = |wanted: &str| {
        connection.pragma_update_and_check(None, "journal_mode", wanted, |row| row.get::<_, String>(0))
    };
    let now = mode("DELETE").map_err(sql)?;
    if now != "delete" {
        return Err(FileError::Locked {
            path: path.to_owned(),
        });
    }
    let changed = key.with_text(|text| file::set(connection, "rekey", text));
    let back = mode("WAL");
    changed.map_err(sql)?;
    let now = back.map_err(sql)?;
    if now != "wal" {
        return Err(FileError::ReadOnly {
            path: path.to_owned(),
        });
    }
    Ok(())
}
