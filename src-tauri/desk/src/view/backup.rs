//! Backups, as they are listed.

use chrono::NaiveDateTime;
use ordo_core::on_one_line;
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
    /// What was kept beside the database as it was before backups were put back, newest first; it can be put back too.
    pub kept: Vec<BackupLine>,
}

impl BackupsView {
    /// Whether there is anything that could be put back.
    pub fn are_there(&self) -> bool {
        !self.backups.is_empty() || !self.kept.is_empty()
    }

    /// The same with a folder that can stand in a sentence, whatever its name holds.
    #[must_use]
    pub fn in_words(mut self) -> Self {
        self.folder = on_one_line(&self.folder).into_owned();
        self
    }

    /// Whether something of that name could be put back.
    pub fn has(&self, name: &str) -> bool {
        self.backups
            .iter()
            .chain(&self.kept)
            .any(|line| line.name == name)
    }
}

/// One backup, or what was kept before one was put back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct BackupLine {
    /// The name of its file.
    pub name: String,
    /// When it was taken, on the clinic's clock; on this computer's while the clinic cannot be opened.
    pub at: NaiveDateTime,
    /// Why a backup is kept.
    pub kind: Option<BackupKind>,
    /// The newest entry of the journal in a backup.
    pub entry: Option<u32>,
    /// Its size in kilobytes of 1000 bytes.
    pub kilobytes: u32,
}

/// What came of putting a backup back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Restored {
    /// Where the database lies as it was before; none where there was none any more.
    pub kept: Option<String>,
    /// What was done, in words.
    pub words: String,
}

impl Restored {
    /// The same with a place that can stand in a sentence, whatever its name holds.
    #[must_use]
    pub fn in_words(mut self) -> Self {
        self.kept = self.kept.map(|kept| on_one_line(&kept).into_owned());
        self
    }
}
