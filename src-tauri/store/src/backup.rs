//! Backups: encrypted copies under the same key, taken while others work, and looked through before they count.
//!
//! A backup holds one state of the database: what others write meanwhile is not in it and does not wait for it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use crate::chain::{ChainFault, Link};
use crate::error::{FileError, StoreError};
use crate::fault::Fault;
use crate::file;
use crate::key::Key;
use crate::store::Store;
use crate::table::chain;

/// How many pages of 4096 bytes are copied in one step, and how long the disk is left to others after it.
const PAGES_AT_ONCE: i32 = 1000;
const PAUSE: Duration = Duration::from_millis(2);

/// How many problems are named.
const NAMED: usize = 10;

/// What a database holds, counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// The newest entry of the journal.
    pub newest: Link,
    /// Patients.
    pub patients: u32,
    /// Visits of every status.
    pub appointments: u32,
    /// Series.
    pub series: u32,
}

/// What looking through a whole database has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// What it holds.
    pub inventory: Inventory,
    /// What is wrong with the file: pages, indexes, references; the first few.
    pub problems: Vec<String>,
    /// What is wrong with the journal.
    pub faults: Vec<ChainFault>,
}

impl Inspection {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() && self.faults.is_empty()
    }
}

impl Store {
    /// Writes a copy of the database at `path` to a new file, looks through it and says what it holds.
    ///
    /// It has connections of its own, so a thread of its own may do it while the desk works. What could not be
    /// finished, or does not hold what the database held, is removed.
    pub fn back_up(path: &Path, key: &Key, target: &Path) -> Result<Inventory, StoreError> {
        file::glance(path)?;
        file::reserve(target)?;
        let copied = copy(path, key, target).map_err(|(fault, at)| fault.at(at));
        let checked = copied.and_then(|held| {
            let found = Self::inspect(target, key)?;
            if let Some(problem) = found.problems.first() {
                return Err(unsound(target, problem));
            }
            if found.inventory != held {
                return Err(unsound(target, "it does not hold what the database holds"));
            }
            Ok(held)
        });
        if checked.is_err() {
            file::remove(target);
        }
        checked
    }

    /// Looks through a whole database without changing it: every page against its seal, every index, every reference,
    /// the journal's chain.
    pub fn inspect(path: &Path, key: &Key) -> Result<Inspection, StoreError> {
        file::glance(path)?;
        let at = |fault: Fault| fault.at(path);
        let connection = open_to_read(path, key).map_err(|error| at(error.into()))?;
        // The first page opens nothing but to the right key; without it every other page would be called damaged.
        let has_chain = has_chain(&connection).map_err(at)?;
        let mut problems = pages_that_do_not_open(&connection).map_err(at)?;
        if !problems.is_empty() {
            // A page that somebody was just writing is whole when it is looked at again.
            let again = pages_that_do_not_open(&connection).map_err(at)?;
            problems.retain(|problem| again.contains(problem));
        }
        // Without its pages the rest cannot be read.
        if problems.is_empty() {
            problems = contradictions(&connection).map_err(at)?;
        }
        if !problems.is_empty() {
            let nothing = Inventory {
                newest: Link::START,
                patients: 0,
                appointments: 0,
                series: 0,
            };
            return Ok(Inspection {
                inventory: inventory(&connection).unwrap_or(nothing),
                problems,
                faults: Vec::new(),
            });
        }
        let faults = if has_chain {
            chain::check(&connection, Link::START, u32::MAX)
                .map_err(at)?
                .faults
        } else {
            Vec::new()
        };
        Ok(Inspection {
            inventory: inventory(&connection).map_err(at)?,
            problems,
            faults,
        })
    }
}

pub(crate) fn unsound(path: &Path, detail: &str) -> StoreError {
    FileError::Damaged {
        path: path.to_owned(),
        detail: detail.to_owned(),
    }
    .into()
}

/// Copies one state of a database; says what it holds, or which of the two files failed.
fn copy<'a>(path: &'a Path, key: &Key, target: &'a Path) -> Result<Inventory, (Fault, &'a Path)> {
    let source = file::connect(path, key).map_err(|error| (error.into(), path))?;
    let mut copy = file::connect(target, key).map_err(|error| (error.into(), target))?;
    // Inside one read the state stays the same, however long the copy takes.
    let state = source
        .unchecked_transaction()
        .map_err(|error| (error.into(), path))?;
    let held = inventory(&state).map_err(|fault| (fault, path))?;
    Backup::new(&state, &mut copy)
        .and_then(|backup| backup.run_to_completion(PAGES_AT_ONCE, PAUSE, None))
        .map_err(|error| (error.into(), target))?;
    end_as_one_file(copy, target).map_err(|fault| (fault, target))?;
    Ok(held)
}

/// Brings a database that nobody else knows to the disk as one file, without a log beside it.
pub(crate) fn end_as_one_file(database: Connection, path: &Path) -> Result<(), Fault> {
    database.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    database.close().map_err(|(_, error)| error)?;
    // Windows brings to the disk only what may be written.
    fs::OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| file::io_error(path, &error))?;
    Ok(())
}

fn open_to_read(path: &Path, key: &Key) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = file::connect_with(path, key, flags)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(connection)
}

fn inventory(connection: &Connection) -> Result<Inventory, Fault> {
    let count = |table: &str| -> rusqlite::Result<u32> {
        connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))
    };
    Ok(Inventory {
        newest: if has_chain(connection)? {
            chain::end(connection)?
        } else {
            Link::START
        },
        patients: count("patient")?,
        appointments: count("appointment")?,
        series: count("series")?,
    })
}

/// Whether entries of the journal carry hashes; those of the first version did not.
fn has_chain(connection: &Connection) -> Result<bool, Fault> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(version > 1)
}

/// The pages whose seal does not fit their content.
fn pages_that_do_not_open(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.take(NAMED).collect::<rusqlite::Result<_>>()?)
}

/// What the database finds wrong with itself.
fn contradictions(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut statement = connection.prepare("PRAGMA integrity_check(10)")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut found: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    found.retain(|line| line != "ok");
    if let Some(dangling) = crate::table::references::first_dangling(connection)? {
        found.push(dangling.to_string());
    }
    Ok(found)
}
