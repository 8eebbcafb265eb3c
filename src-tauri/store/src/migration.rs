//! Migrations: the shape of a database, version by version.
//!
//! The list only grows: a released migration is never edited. A database of an older version is brought to the
//! newest one in one transaction, after an encrypted copy has been kept beside it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::error::FileError;
use crate::fault::{Fault, file_error};
use crate::file;
use crate::key::Key;
use crate::table::{
    access, appointment, chain, clinic, closure, discipline, journal, lock_box, patient, practitioner,
    protocols, retention, room, series, service, sharing, user,
};

/// One step from a version to the next.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// Statements.
    Sql(&'static str),
    /// What statements alone cannot do.
    Run(fn(&Connection) -> crate::fault::Result<()>),
}

/// The steps of each version, from version 1.
pub(crate) type Migrations<'a> = &'a [&'a [Step]];

/// Every version of this program's databases.
pub(crate) const MIGRATIONS: Migrations<'static> = &[
    &[
        Step::Sql(clinic::SHAPE),
        Step::Sql(discipline::SHAPE),
        Step::Sql(service::SHAPE),
        Step::Sql(room::SHAPE),
        Step::Sql(practitioner::SHAPE),
        Step::Sql(closure::SHAPE),
        Step::Sql(patient::SHAPE),
        Step::Sql(protocols::SHAPE),
        Step::Sql(series::SHAPE),
        Step::Sql(appointment::SHAPE),
        Step::Sql(journal::SHAPE),
    ],
    // The journal becomes a chain; how long records are kept.
    &[
        Step::Sql(chain::OPENED),
        Step::Run(chain::fill),
        Step::Sql(chain::CLOSED),
        Step::Sql(retention::SHAPE),
    ],
    // Who signs in, lock-boxes, and how the program is locked.
    &[
        Step::Sql(user::SHAPE),
        Step::Sql(lock_box::SHAPE),
        Step::Sql(access::SHAPE),
    ],
    // What an absence was imported from; how calendars are shared.
    &[
        Step::Sql(practitioner::IMPORTED_ABSENCES),
        Step::Sql(sharing::SHAPE),
    ],
    // Accounts that are published to no longer, but hold what was published still.
    &[Step::Sql(sharing::ENDING_ACCOUNTS)],
    // Which services are for a first visit.
    &[Step::Sql(service::FIRST_VISITS)],
];

/// Marks a database as one of Ordo's: "Ordo" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4f72_646f;

/// Brings a database to the newest version after a copy was kept; one that is newer is refused.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
    key: &Key,
    migrations: Migrations<'_>,
) -> Result<(), FileError> {
    bring_up(connection, path, migrations, |found| keep_copy(path, key, found))
}

/// Brings a copy to the newest version; what it is a copy of is there if that fails.
pub(crate) fn migrate_copy(
    connection: &mut Connection,
    path: &Path,
    migrations: Migrations<'_>,
) -> Result<(), FileError> {
    bring_up(connection, path, migrations, |_| Ok(()))
}

/// Refuses a database that is newer than this program.
pub(crate) fn refuse_newer(
    connection: &Connection,
    path: &Path,
    migrations: Migrations<'_>,
) -> Result<(), FileError> {
    is_older(connection, path, migrations.len() as u32).map(drop)
}

fn bring_up(
    connection: &mut Connection,
    path: &Path,
    migrations: Migrations<'_>,
    keep: impl FnOnce(u32) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    let known = migrations.len() as u32;
    if !is_older(connection, path, known)? {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(sql)?;
    // Another program may have done it while this one waited.
    if !is_older(&transaction, path, known)? {
        return Ok(());
    }
    let found = version(&transaction).map_err(sql)?;
    if found > 0 {
        keep(found)?;
    }
    let failed = |detail: String| FileError::Migration {
        path: path.to_owned(),
        found,
        known,
        detail,
    };
    let failed = |fault: Fault| match fault {
        Fault::Sql(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::DatabaseBusy) => {
                file_error(path, &error)
            }
            _ if found == 0 => file_error(path, &error),
            _ => failed(error.to_string()),
        },
        other => failed(other.at(path).to_string()),
    };
    for step in migrations[found as usize..].iter().copied().flatten() {
        match step {
            Step::Sql(statements) => transaction.execute_batch(statements).map_err(Fault::from),
            Step::Run(run) => run(&transaction),
        }
        .map_err(failed)?;
    }
    let failed = |error: rusqlite::Error| failed(error.into());
    transaction
        .pragma_update(None, "application_id", APPLICATION_ID)
        .map_err(failed)?;
    transaction
        .pragma_update(None, "user_version", known)
        .map_err(failed)?;
    transaction.commit().map_err(failed)
}

fn is_older(connection: &Connection, path: &Path, known: u32) -> Result<bool, FileError> {
    let found = version(connection).map_err(|error| file_error(path, &error))?;
    if found > known {
        return Err(FileError::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    Ok(found < known)
}

fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Keeps an encrypted copy beside the database, under the name of its version; never over another file.
///
/// The copy is read through a connection of its own, which sees the database as it was before the transaction.
fn keep_copy(path: &Path, key: &Key, found: u32) -> Result<(), FileError> {
    let copy = reserve_copy(path, found)?;
    let written = write_copy(path, &copy, key);
    if let Err(fault) = written {
        file::remove(&copy);
        return Err(FileError::Copy {
            detail: fault.at(&copy).to_string(),
            path: copy,
        });
    }
    Ok(())
}

fn reserve_copy(path: &Path, found: u32) -> Result<PathBuf, FileError> {
    let name = |number: u32| match number {
        1 => file::beside(path, &format!(".version-{found}")),
        _ => file::beside(path, &format!(".version-{found}-{number}")),
    };
    let mut number = 1;
    loop {
        let copy = name(number);
        match file::reserve(&copy) {
            Ok(()) => return Ok(copy),
            Err(FileError::Exists { .. }) => number += 1,
            Err(error) => {
                return Err(FileError::Copy {
                    path: copy,
                    detail: error.to_string(),
                });
            }
        }
    }
}

fn write_copy(path: &Path, copy: &Path, key: &Key) -> Result<(), Fault> {
    const PAGES_AT_ONCE: i32 = 1000;
    let source = file::connect(path, key)?;
    let mut target = file::connect(copy, key)?;
    Backup::new(&source, &mut target)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?;
    // Read back through the key, so that a copy that cannot be opened is known now.
    let problem: String = target.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if problem == "ok" {
        Ok(())
    } else {
        Err(Fault::Damaged(problem))
    }
}
