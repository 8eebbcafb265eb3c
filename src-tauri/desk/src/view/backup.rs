//! Backups, as they are listed.

use chrono::NaiveDateTime;
use serde::Serialize;
use specta::Type;

/// Why a backup is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum BackupKind {
    /// The newest of its hour, for two days.
    Hourly,
    /// The newest of its day, for a month.
    Daily,
    /// The newest of its week, for three months.
    Weekly,
    /// The newest of its month, for two years.
    Monthly,
    /// The newest of its year, for good.
    Yearly,
}

impl BackupKind {
    /// Every kind, the one that lasts shortest first.
    pub const ALL: [Self; 5] = [
        Self::Hourly,
        Self::Daily,
        Self::Weekly,
        Self::Monthly,
        Self::Yearly,
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
        }
    }
}

/// Where backups lie, and which there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct BackupsView {
    /// The folder.
    pub folder: String,
    /// Whether it lies beside the database, as long as nobody has chosen another one.
    pub is_beside: bool,
    /// What is the matter with the folder or the last try.
    pub trouble: Option<String>,
    /// The backups, newest first.
    pub backups: Vec<BackupLine>,
}

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct BackupLine {
    /// The name of its file.
    pub name: String,
    /// When it was taken, on the clinic's clock.
    pub at: NaiveDateTime,
    /// Why it is kept.
    pub kind: BackupKind,
    /// The newest entry of the journal in it.
    pub entry: u32,
    /// Its size in kilobytes of 1000 bytes.
    pub kilobytes: u32,
}

/// What came of putting a backup back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Restored {
    /// Where the database lies as it was before.
    pub kept: String,
    /// What was done, in words.
    pub words: String,
}
