//! What needs somebody's attention.

use serde::Serialize;
use specta::Type;

/// Something that needs attention; it stays until it is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Notice {
    /// What it is about.
    pub about: NoticeAbout,
    /// What is the matter and what to do, in words.
    pub words: String,
}

/// What a notice is about, which says where it can be mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeAbout {
    /// The journal's chain does not hold.
    Journal,
    /// The computer's clock.
    Clock,
    /// The backups.
    Backup,
    /// Where the database lies.
    Place,
    /// Where its key lies.
    Key,
}
