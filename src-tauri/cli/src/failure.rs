//! What ends a command, and with which exit code.

use ordo_desk::file::FileFaults;
use ordo_desk::{Code, Error, named};
use serde_json::{Value, json};

/// Why a command ended before its time.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What happened and what to do.
    pub message: String,
    /// Every fault of a file.
    pub faults: Option<FileFaults>,
    /// What the desk calls it, where the desk refused.
    pub code: Option<Code>,
}

/// The exit codes, as `--help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The answer is no.
    No = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// A file is not what it should be, or cannot be read or written.
    File = 3,
    /// The database cannot be used.
    Database = 4,
    /// What was asked for cannot be done.
    Refused = 5,
}

impl Failure {
    /// A failure with a message.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            faults: None,
            code: None,
        }
    }

    /// What is wrong with a command line, without how one looks.
    pub fn usage(told: &str) -> Self {
        let told = told.strip_prefix("error: ").unwrap_or(told);
        let what = told.split("\n\n").next().unwrap_or_default();
        Self::new(Exit::Usage, what.trim())
    }

    /// A failure of a file.
    pub fn file(message: impl Into<String>) -> Self {
        Self::new(Exit::File, message)
    }

    /// A file with faults.
    pub fn faults(path: &std::path::Path, faults: FileFaults) -> Self {
        Self {
            exit: Exit::File,
            message: format!("{}: {faults}", named(path)),
            faults: Some(faults),
            code: None,
        }
    }

    /// The failure for programs.
    pub fn json(&self) -> Value {
        let list = |faults: &FileFaults| {
            faults
                .faults
                .iter()
                .map(|fault| json!({"path": fault.path, "problem": fault.text.english}))
                .collect::<Vec<_>>()
        };
        let mut value = json!({"error": self.message, "exit": self.exit as i32});
        if let Some(faults) = &self.faults {
            // They are told one by one, not in the words of the whole as well.
            value["error"] = self.message.split("\n  ").next().unwrap_or_default().into();
            value["faults"] = list(faults).into();
        }
        value
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error.code {
            Code::BadFile => Exit::File,
            Code::NoClinic
            | Code::NoKey
            | Code::KeyNeeded
            | Code::Database
            | Code::Damaged
            | Code::Newer
            | Code::Backup
            | Code::Busy
            | Code::NotEmpty => Exit::Database,
            Code::RuleBroken => Exit::No,
            Code::NotFound
            | Code::BadRequest
            | Code::OrderNeeded
            | Code::NoLongerFits
            | Code::ChangedMeanwhile
            | Code::HasHistory
            | Code::CannotUndo
            | Code::SignedOut
            | Code::NotAllowed
            | Code::Update
            | Code::Unsaved => Exit::Refused,
        };
        Self {
            code: Some(error.code),
            ..Self::new(exit, error.message)
        }
    }
}
