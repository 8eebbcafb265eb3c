//! What can go wrong, in words that say what to do.

use std::path::PathBuf;

use ordo_core::model::AppointmentId;
use ordo_core::named;

use crate::journal::Entity;

/// Why the store refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database holds no clinic yet.
    #[error("the database holds no clinic yet; import a clinic file first")]
    NoClinic,
    /// A whole clinic can only be brought into an empty database.
    #[error("the database holds a clinic already; import into a new one")]
    NotEmpty,
    /// Two visits would take the same time.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// Something refers to what is not there.
    #[error(
        "the {of} names the {kind} \"{id}\", which does not exist; add it first, or keep it while it is named"
    )]
    Dangling {
        /// What refers, such as `appointment "a1"`.
        of: String,
        /// What kind of thing is missing.
        kind: String,
        /// Its identifier.
        id: String,
    },
    /// There is nothing of that identifier.
    #[error("there is no {entity} \"{id}\"; it may have been removed meanwhile")]
    Missing {
        /// What was looked for.
        entity: Entity,
        /// Its identifier.
        id: String,
    },
    /// The identifier is taken.
    #[error("there is already a {entity} \"{id}\"")]
    Duplicate {
        /// What was to be added.
        entity: Entity,
        /// Its identifier.
        id: String,
    },
    /// A value cannot be kept.
    #[error("the {entity} \"{id}\" cannot be kept: {detail}")]
    Invalid {
        /// What was to be written.
        entity: Entity,
        /// Its identifier.
        id: String,
        /// What is wrong, and what would be right.
        detail: String,
    },
    /// An entry cannot be undone or redone.
    #[error(transparent)]
    Undo(#[from] UndoRefusal),
}

/// Two visits of one practitioner, room or patient at one time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the {taken} of visit {appointment} is taken at that time by visit {other}; choose another time, or give a reason for a double booking"
)]
pub struct Conflict {
    /// What both need.
    pub taken: Taken,
    /// The visit that was to be written.
    pub appointment: AppointmentId,
    /// The visit that is there already.
    pub other: AppointmentId,
}

/// What can be taken by one visit at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taken {
    /// The practitioner, for treatment and buffer.
    Practitioner,
    /// The room, for treatment and buffer.
    Room,
    /// The patient, for the treatment.
    Patient,
}

impl std::fmt::Display for Taken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Practitioner => "practitioner",
            Self::Room => "room",
            Self::Patient => "patient",
        })
    }
}

/// Why an entry of the journal cannot be undone or redone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefusal {
    /// Nothing is left to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing is left to redo.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// The journal has no such entry.
    #[error("the journal has no entry {seq}")]
    NoEntry {
        /// Its number.
        seq: u32,
    },
    /// The entry changed nothing that could be put back.
    #[error("entry {seq} of the journal is no change of records; choose one that is")]
    NotAChange {
        /// Its number.
        seq: u32,
    },
    /// The entry changed who may do or see what.
    #[error("entry {seq} of the journal changed who may do or see what; that is changed where it was set")]
    Access {
        /// Its number.
        seq: u32,
    },
    /// The entry is undone already.
    #[error("entry {seq} of the journal is undone already")]
    AlreadyUndone {
        /// Its number.
        seq: u32,
    },
    /// The entry is in force.
    #[error("entry {seq} of the journal is not undone, so it cannot be redone")]
    NotUndone {
        /// Its number.
        seq: u32,
    },
    /// A later change has ended the chance to redo.
    #[error("entry {seq} of the journal cannot be redone: entry {later} changed something since")]
    Superseded {
        /// Its number.
        seq: u32,
        /// The later entry.
        later: u32,
    },
    /// Records are no longer as the entry left them.
    #[error("{} changed since entry {seq} of the journal; undo the later changes first", list(.records))]
    ChangedSince {
        /// The entry.
        seq: u32,
        /// The records, with their identifiers.
        records: Vec<(Entity, String)>,
    },
    /// Putting records back would make two visits overlap.
    #[error("entry {seq} of the journal cannot be put back: {conflict}")]
    Conflict {
        /// The entry.
        seq: u32,
        /// The overlap.
        conflict: Conflict,
    },
    /// The change at hand holds other writes already.
    #[error("an entry is undone or redone in a change of its own")]
    NotAlone,
}

fn list(records: &[(Entity, String)]) -> String {
    const SHOWN: usize = 5;
    let mut text = records
        .iter()
        .take(SHOWN)
        .map(|(entity, id)| format!("{entity} \"{id}\""))
        .collect::<Vec<_>>()
        .join(", ");
    if records.len() > SHOWN {
        text.push_str(&format!(" and {} more", records.len() - SHOWN));
    }
    text
}

/// Why a file cannot be used as a database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("there is no database at {}; check the path, or make one by importing a clinic file or the demo", named(.path))]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The folder that should hold the file is not there.
    #[error("the folder {} does not exist; create it, or choose another place", named(.folder))]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// What should be the folder that holds the file is a file itself.
    #[error("{} is a file and no folder, so nothing can lie in it; check the path", named(.file))]
    NotAFolder {
        /// What should be a folder.
        file: PathBuf,
    },
    /// The system takes no such name, most often because it is too long with what Ordo adds to it.
    #[error("no file can be called {}, or as what lies beside it; choose a shorter name without special signs", named(.path))]
    BadName {
        /// The file.
        path: PathBuf,
    },
    /// Something lies there already.
    #[error("{} exists already; choose another place for a new database", named(.path))]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder or a device.
    #[error("{} is no file; give the path of a database", named(.path))]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The file has no content.
    #[error("{} is an empty file, not a database; remove it, or restore a copy", named(.path))]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else, or its end is missing.
    #[error("{} is not a database of Ordo, or it is cut short; choose another file, or restore a copy", named(.path))]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a database, but not an encrypted one.
    #[error("{} is a database that is not encrypted, so it is none of Ordo’s; choose another file", named(.path))]
    NotEncrypted {
        /// The file.
        path: PathBuf,
    },
    /// The key opens the file, but another program made it.
    #[error("{} is a database of another program; choose another file", named(.path))]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The key does not fit; encrypted bytes cannot be told from garbage, so it may also be another file.
    #[error("the key does not open {}; check the key, and that the file is a database of Ordo", named(.path))]
    WrongKey {
        /// The file.
        path: PathBuf,
    },
    /// A newer program wrote the file.
    #[error("{} is of version {found}, and this Ordo knows versions up to {known}; update Ordo to open it", named(.path))]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// An older file could not be brought to the present version; it is as it was.
    #[error("{} is of version {found} and could not be brought to version {known}; nothing in it was changed (for support: {detail})", named(.path))]
    Migration {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u32,
        /// The version it should have.
        known: u32,
        /// What went wrong.
        detail: String,
    },
    /// The copy that must be kept before a migration could not be written.
    #[error("no copy could be kept at {} before the update; make room or make the folder writable (for support: {detail})", named(.path))]
    Copy {
        /// Where the copy should be.
        path: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// The file or its folder cannot be written.
    #[error("{} or its folder cannot be written; allow writing there, or move the database", named(.path))]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file or its folder cannot be opened.
    #[error("{} cannot be opened; check that the file and its folder may be read and written", named(.path))]
    NoAccess {
        /// The file.
        path: PathBuf,
    },
    /// No room is left.
    #[error("no room is left for {}; nothing was changed: make room on the disk and do it again", named(.path))]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the file.
    #[error("{} is in use by another program; wait until it has finished, or close it", named(.path))]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The content contradicts itself.
    #[error("{} is damaged; put a backup back (for support: {detail})", named(.path))]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// The content of a backup contradicts itself.
    #[error("the backup {} is damaged, and nothing was changed; choose another one (for support: {detail})", named(.path))]
    DamagedBackup {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// Reading or writing failed.
    #[error("{} could not be read or written; check the disk and try again (for support: {detail})", named(.path))]
    Failed {
        /// The file.
        path: PathBuf,
        /// What was reported.
        detail: String,
    },
}

impl FileError {
    /// The file that it speaks of.
    pub(crate) fn path_mut(&mut self) -> &mut PathBuf {
        let (Self::NotFound { path, .. }
        | Self::NoFolder { folder: path }
        | Self::NotAFolder { file: path }
        | Self::BadName { path }
        | Self::Exists { path, .. }
        | Self::NotAFile { path, .. }
        | Self::Empty { path, .. }
        | Self::NotADatabase { path, .. }
        | Self::NotEncrypted { path, .. }
        | Self::Foreign { path, .. }
        | Self::WrongKey { path, .. }
        | Self::Newer { path, .. }
        | Self::Migration { path, .. }
        | Self::Copy { path, .. }
        | Self::ReadOnly { path, .. }
        | Self::NoAccess { path, .. }
        | Self::Full { path, .. }
        | Self::Locked { path, .. }
        | Self::Damaged { path, .. }
        | Self::DamagedBackup { path, .. }
        | Self::Failed { path, .. }) = self;
        path
    }
}
