//! Files as databases: creating, opening and what may be wrong with them.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::FileError;
use crate::fault::file_error;
use crate::key::Key;
use crate::migration::{APPLICATION_ID, Migrations, migrate, migrate_copy, refuse_newer};
use crate::{checkpoint, rekey, restore};

/// How long to wait for another program that holds the file.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// What the names of the files end in that the store has beside a database, or will have; it removes each of them.
pub const BESIDE: [&str; 7] = [
    "-journal",
    "-shm",
    "-wal",
    checkpoint::ENDING,
    rekey::ASIDE,
    restore::NOTE,
    restore::STAGED,
];

/// The size of an encrypted page, as SQLCipher 4 writes it.
const PAGE: u64 = 4096;

/// Makes a new encrypted database; what could not be finished is removed.
pub(crate) fn create(path: &Path, key: &Key, migrations: Migrations<'_>) -> Result<Connection, FileError> {
    if has_log(path) {
        // It holds the newest changes of a database that was moved away without it.
        return Err(FileError::Exists { path: log_of(path) });
    }
    if is_unmade(path) {
        let _ = fs::remove_file(path);
    }
    reserve(path)?;
    let made = connect(path, key)
        .map_err(|error| file_error(path, &error))
        .and_then(|mut connection| {
            configure(&connection, path)?;
            migrate(&mut connection, path, key, migrations)?;
            Ok(connection)
        });
    if made.is_err() {
        remove(path);
    }
    made
}

/// Opens an encrypted database and brings it to the newest version.
pub(crate) fn open(
    path: &Path,
    key: &Key,
    migrations: Migrations<'_>,
    patience: Duration,
) -> Result<Connection, FileError> {
    look(path)?;
    let sql = |error: rusqlite::Error| file_error(path, &error);
    let mut connection = connect(path, key).map_err(sql)?;
    connection.busy_timeout(patience).map_err(sql)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => FileError::WrongKey {
                path: path.to_owned(),
            },
            _ => sql(error),
        })?;
    let application: i32 = connection
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .map_err(sql)?;
    // One without a table is one whose making was cut short: the key fits, so it is nobody else's, and it is made whole.
    if tables > 0 && application != APPLICATION_ID {
        return Err(FileError::Foreign {
            path: path.to_owned(),
        });
    }
    if connection.is_readonly("main").map_err(sql)? {
        return Err(FileError::ReadOnly {
            path: path.to_owned(),
        });
    }
    // Before anything is set that would be written into it.
    refuse_newer(&connection, path, migrations)?;
    configure(&connection, path)?;
    migrate(&mut connection, path, key, migrations)?;
    Ok(connection)
}

/// Opens a copy that may be changed at will: it is brought to the newest version without keeping another copy.
pub(crate) fn open_copy(path: &Path, key: &Key, migrations: Migrations<'_>) -> Result<Connection, FileError> {
    let mut connection = connect(path, key).map_err(|error| file_error(path, &error))?;
    migrate_copy(&mut connection, path, migrations)?;
    Ok(connection)
}

/// Opens a file that is there and sets the key; nothing is read yet.
pub(crate) fn connect(path: &Path, key: &Key) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    connect_with(path, key, flags)
}

/// The first connection of the program. SQLite counts as begun before the encryption is: two first ones at once, and one of
/// them is refused its key.
static BEGUN: Once = Once::new();

/// Opens a file that is there, in a certain way, and sets the key; nothing is read yet.
pub(crate) fn connect_with(path: &Path, key: &Key, flags: OpenFlags) -> rusqlite::Result<Connection> {
    BEGUN.call_once(|| drop(Connection::open_in_memory()));
    let connection = Connection::open_with_flags(path, flags)?;
    // Otherwise a wrong key is written to standard error, where nobody asked for it.
    set(&connection, "cipher_log_level", "NONE")?;
    key.with_text(|text| connection.pragma_update(None, "key", text))?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Sets what holds for every statement of a connection; the decision is docs/decisions/0003-the-store.md.
fn configure(connection: &Connection, path: &Path) -> Result<(), FileError> {
    let sql = |error: rusqlite::Error| file_error(path, &error);
    // Before anything could be spilled to disk unencrypted.
    connection
        .pragma_update(None, "temp_store", "MEMORY")
        .map_err(sql)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))
        .map_err(sql)?;
    if mode != "wal" {
        return Err(FileError::ReadOnly {
            path: path.to_owned(),
        });
    }
    for (name, value) in [
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        ("secure_delete", "FAST"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
    ] {
        set(connection, name, value).map_err(sql)?;
    }
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// Sets a pragma, which may or may not answer with a row.
pub(crate) fn set(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    match connection.pragma_update_and_check(None, name, value, |_| Ok(())) {
        Err(rusqlite::Error::QueryReturnedNoRows) => Ok(()),
        other => other,
    }
}

/// Whether a file is what the making of a database leaves that was cut short at once: empty, with nothing in a log.
pub(crate) fn is_unmade(path: &Path) -> bool {
    let is_empty = fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0);
    is_empty && !has_log(path)
}

/// Makes an empty file that only its owner may read; never over another one.
pub(crate) fn reserve(path: &Path) -> Result<(), FileError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(FileError::Exists {
            path: path.to_owned(),
        }),
        Err(error) => Err(io_error(path, &error)),
    }
}

/// Removes a database that was not finished; there is nothing more to do where that fails.
pub(crate) fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(beside(path, suffix));
    }
}

/// Where a file lies whose name is that of another with something more at its end.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// What stands against reading a file.
pub(crate) fn unread(path: &Path, error: &std::io::Error) -> FileError {
    match error.kind() {
        ErrorKind::PermissionDenied => FileError::NoAccess {
            path: path.to_owned(),
        },
        _ => io_error(path, error),
    }
}

/// Looks at a file without opening it: is it there, and is there something in it?
///
/// Closing a file gives up the locks that this program has on it, whichever connection took them; so this is the only
/// look at a database that may be open here.
pub(crate) fn glance(path: &Path) -> Result<fs::Metadata, FileError> {
    let metadata = fs::metadata(path).map_err(|error| unread(path, &error))?;
    let path_buf = || path.to_owned();
    if !metadata.is_file() {
        return Err(FileError::NotAFile { path: path_buf() });
    }
    if metadata.len() == 0 {
        return Err(FileError::Empty { path: path_buf() });
    }
    Ok(metadata)
}

/// Looks at a file from outside, which is not open here: is it there, and could it be an encrypted database?
pub(crate) fn look(path: &Path) -> Result<(), FileError> {
    let metadata = glance(path)?;
    let path_buf = || path.to_owned();
    const PLAIN: &[u8; 16] = b"SQLite format 3\0";
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(PLAIN.len() as u64).read_to_end(&mut start))
        .map_err(|error| unread(path, &error))?;
    if start == PLAIN {
        return Err(FileError::NotEncrypted { path: path_buf() });
    }
    // After a power failure the last page may be half written; the log beside the file then completes it.
    if !metadata.len().is_multiple_of(PAGE) && !has_log(path) {
        return Err(FileError::NotADatabase { path: path_buf() });
    }
    Ok(())
}

fn has_log(path: &Path) -> bool {
    fs::metadata(log_of(path)).is_ok_and(|metadata| metadata.len() > 0)
}

fn log_of(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// How long a name may be on the systems that Ordo runs on.
const MOST_IN_A_NAME: usize = 255;

/// Whether a file can have no such name, or none beside it the longest of those that a database has.
fn is_too_long(path: &Path) -> bool {
    let longest = BESIDE.iter().map(|ending| ending.len()).max().unwrap_or(0);
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.is_some_and(|name| name.encode_utf16().count() + longest > MOST_IN_A_NAME)
}

pub(crate) fn io_error(path: &Path, error: &std::io::Error) -> FileError {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => match folder {
            Some(folder) if folder.is_file() => FileError::NotAFolder {
                file: folder.to_owned(),
            },
            Some(folder) if !folder.is_dir() => FileError::NoFolder {
                folder: folder.to_owned(),
            },
            // Windows says of a name that is too long that it is not there.
            _ if is_too_long(path) => FileError::BadName {
                path: path.to_owned(),
            },
            _ => FileError::NotFound {
                path: path.to_owned(),
            },
        },
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => FileError::ReadOnly {
            path: path.to_owned(),
        },
        ErrorKind::InvalidFilename => FileError::BadName {
            path: path.to_owned(),
        },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => FileError::Full {
            path: path.to_owned(),
        },
        _ => FileError::Failed {
            path: path.to_owned(),
            detail: error.to_string(),
        },
    }
}
