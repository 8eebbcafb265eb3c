//! Errors inside the crate, before they know their file.

use std::path::Path;

use rusqlite::{Error, ErrorCode, ffi};

use crate::error::{Conflict, FileError, StoreError, UndoRefusal};

pub(crate) type Result<T> = std::result::Result<T, Fault>;

/// A database's error or a finished one.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(Error),
    /// The rows contradict what the program wrote.
    Damaged(String),
    Store(StoreError),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Sql(error)
    }
}

macro_rules! from_finished {
    ($($error:ty)+) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self::Store(error.into())
            }
        }
    )+};
}

from_finished! { StoreError FileError Conflict UndoRefusal }

impl Fault {
    /// The public error, naming the file.
    pub(crate) fn at(self, path: &Path) -> StoreError {
        match self {
            Self::Store(error) => error,
            Self::Sql(error) => file_error(path, &error).into(),
            Self::Damaged(detail) => FileError::Damaged {
                path: path.to_owned(),
                detail,
            }
            .into(),
        }
    }

    /// Whether a trigger or check of the database refused, with the extended code.
    pub(crate) fn is_constraint(&self, extended: i32) -> bool {
        matches!(self, Self::Sql(error) if error.sqlite_error().is_some_and(|code| code.extended_code == extended))
    }
}

/// What a database's error means for its file.
pub(crate) fn file_error(path: &Path, error: &Error) -> FileError {
    let path = path.to_owned();
    let detail = error.to_string();
    let Some(code) = error.sqlite_error() else {
        // A value of the wrong type or out of range: no statement of this crate asks for such.
        return FileError::Damaged { path, detail };
    };
    match code.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            FileError::Locked { path }
        }
        ErrorCode::ReadOnly => FileError::ReadOnly { path },
        ErrorCode::DiskFull => FileError::Full { path },
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => FileError::NoAccess { path },
        // The key fitted when the file was opened, so pages that do not decrypt now are damaged.
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation => {
            FileError::Damaged { path, detail }
        }
        // A file size limit or quota is reported as a failed write.
        ErrorCode::SystemIoFailure
            if matches!(
                code.extended_code,
                ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE
            ) =>
        {
            FileError::Full { path }
        }
        _ => FileError::Failed { path, detail },
    }
}
