//! The store: opening, reading, changing.

use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use ordo_core::model::{ClinicRecords, PatientId};
use rusqlite::{TransactionBehavior, ffi};

use crate::checkpoint;
use crate::error::StoreError;
use crate::fault::Fault;
use crate::file;
use crate::journal::{Action, Entity, Entry, EntryKind, Record, Settings, Stamp};
use crate::key::Key;
use crate::migration::MIGRATIONS;
use crate::reader::{Reader, missing};
use crate::restore::{self, CutRestore};
use crate::table;
use crate::transaction::Transaction;
use crate::undo::Which;

/// A clinic's database.
///
/// It reads as a [`Reader`]. It writes only in [`Store::change`] and what builds on it: one transaction with one
/// entry of the journal. Several programs may use one database at once; changes wait for each other.
#[derive(Debug)]
pub struct Store {
    pub(crate) reader: Reader,
    /// What was cut short before it was opened.
    pub(crate) cut_restore: Option<CutRestore>,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Done<T> {
    /// What the change gave back.
    pub value: T,
    /// The entry of the journal; none when nothing was changed after all.
    pub entry: Option<Entry>,
}

impl Deref for Store {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Store {
    /// Makes a new, empty database, encrypted from its first byte.
    pub fn create(path: &Path, key: &Key) -> Result<Self, StoreError> {
        // Two that make one at once would each take what the other begins for what is left of one.
        let _alone = restore::Alone::at(path)?;
        let connection = file::create(path, key, MIGRATIONS)?;
        // What one that lay here before has left tells nothing of this journal.
        checkpoint::take(path);
        Ok(Self {
            reader: Reader::new(connection, path.to_owned()),
            cut_restore: None,
        })
    }

    /// Whether what lies in a place is no more than what the making of a database leaves that was cut short at once: an
    /// empty file with nothing beside it that tells of one that was whole.
    pub fn is_unmade(path: &Path) -> bool {
        file::is_unmade(path) && !checkpoint::is_there(path)
    }

    /// Removes a database that was created and could not be filled, with what lies beside it.
    pub fn remove_unfinished(path: &Path) {
        file::remove(path);
        checkpoint::take(path);
    }

    /// Looks at a database from outside before anybody has its key: is it there, and could it be one? Not for one that is
    /// open in this program, which would lose its locks.
    pub fn look(path: &Path) -> Result<(), StoreError> {
        Ok(file::look(path)?)
    }

    /// Opens a database; an older one is brought to this version, after a copy has been kept beside it.
    pub fn open(path: &Path, key: &Key) -> Result<Self, StoreError> {
        Self::open_with_patience(path, key, file::PATIENCE)
    }

    /// Opens a database, waiting at most so long, then and later, for another program that holds it.
    pub fn open_with_patience(path: &Path, key: &Key, patience: Duration) -> Result<Self, StoreError> {
        Self::find_back(path)?;
        let connection = file::open(path, key, MIGRATIONS, patience)?;
        let reader = Reader::new(connection, path.to_owned());
        let cut_restore = restore::settle(&reader);
        Ok(Self { reader, cut_restore })
    }

    /// Answers several questions from one state of the database.
    pub fn read<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Reader) -> Result<T, E>,
    ) -> Result<T, E> {
        let snapshot = self.reader.connection.unchecked_transaction();
        let _open = snapshot.map_err(|error| Fault::from(error).at(&self.reader.path))?;
        questions(&self.reader)
    }

    /// Changes records: all that is written in `write` or nothing, with one entry of the journal.
    ///
    /// Nobody else can change anything between the first read in `write` and its end. An error rolls everything
    /// back. Fails with [`crate::FileError::Locked`] when another program holds the database too long.
    pub fn change<T, E: From<StoreError>>(
        &mut self,
        stamp: &Stamp,
        action: Action,
        write: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<Done<T>, E> {
        self.transact(stamp, EntryKind::Change(action), write)
    }

    /// Takes back the changes of an entry.
    pub fn undo(&mut self, stamp: &Stamp, which: Which) -> Result<Entry, StoreError> {
        let done = self.change(stamp, Action::EditClinic, |transaction| transaction.undo(which))?;
        self.written(done.entry)
    }

    /// Makes the changes of an undone entry again.
    pub fn redo(&mut self, stamp: &Stamp, which: Which) -> Result<Entry, StoreError> {
        let done = self.change(stamp, Action::EditClinic, |transaction| transaction.redo(which))?;
        self.written(done.entry)
    }

    /// Brings a whole clinic into an empty database: all of it or nothing.
    ///
    /// Two visits may overlap where either has an `override_reason`. Revisions and times of change are kept.
    pub fn fill(&mut self, records: &ClinicRecords, stamp: &Stamp) -> Result<Entry, StoreError> {
        let done = self.change(stamp, Action::Import, |transaction| {
            if !transaction.is_empty()? {
                return Err(StoreError::NotEmpty);
            }
            transaction.fill(list(records))
        })?;
        self.written(done.entry)
    }

    /// Notes that somebody looked at patients' records; the stamp's reason says in what way, where it is not the record.
    pub fn log_view(&mut self, stamp: &Stamp, patients: &[PatientId]) -> Result<Entry, StoreError> {
        let done = self.transact(stamp, EntryKind::View, |transaction| {
            for patient in patients {
                if transaction.patient(patient)?.is_none() {
                    return Err(missing(Entity::Patient, patient.as_str()));
                }
                transaction.note_view(Entity::Patient, patient.as_str());
            }
            Ok(())
        })?;
        self.written(done.entry)
    }

    /// Notes what happened to the database as a whole, as the stamp's reason says: it left as a file, or its key changed.
    pub fn log_whole(&mut self, stamp: &Stamp) -> Result<Entry, StoreError> {
        let done = self.transact(stamp, EntryKind::View, |transaction| {
            transaction.note_view(Entity::Settings, "clinic");
            Ok::<_, StoreError>(())
        })?;
        self.written(done.entry)
    }

    /// Notes that records left the clinic, such as a calendar; the stamp's reason says how.
    pub fn log_calendar(&mut self, stamp: &Stamp, records: &[(Entity, String)]) -> Result<Entry, StoreError> {
        let done = self.transact(stamp, EntryKind::View, |transaction| {
            for (entity, id) in records {
                transaction.note_view(*entity, id);
            }
            Ok::<_, StoreError>(())
        })?;
        self.written(done.entry)
    }

    /// Notes that a backup was put back.
    pub fn log_restore(&mut self, stamp: &Stamp) -> Result<Entry, StoreError> {
        self.log_of_clinic(stamp, Action::Restore)
    }

    /// Notes that Ordo became another version; the stamp's reason says which, and from which.
    pub fn log_update(&mut self, stamp: &Stamp) -> Result<Entry, StoreError> {
        self.log_of_clinic(stamp, Action::Update)
    }

    fn log_of_clinic(&mut self, stamp: &Stamp, action: Action) -> Result<Entry, StoreError> {
        let done = self.change(stamp, action, |transaction| {
            transaction.note_view(Entity::Settings, "clinic");
            Ok::<_, StoreError>(())
        })?;
        self.written(done.entry)
    }

    fn written(&self, entry: Option<Entry>) -> Result<Entry, StoreError> {
        entry.ok_or_else(|| self.reader.damaged("an entry of the journal is missing"))
    }

    fn transact<T, E: From<StoreError>>(
        &mut self,
        stamp: &Stamp,
        kind: EntryKind,
        write: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<Done<T>, E> {
        let reader = &self.reader;
        let at = |fault: Fault| fault.at(&reader.path);
        let open = rusqlite::Transaction::new_unchecked(&reader.connection, TransactionBehavior::Immediate)
            .map_err(|error| at(error.into()))?;
        derive_stale_times(reader, stamp)?;
        let mut transaction = Transaction::new(reader, stamp, kind);
        let value = write(&mut transaction)?;
        let entry = transaction.finish()?;
        if let Err(error) = open.execute_batch("COMMIT") {
            let fault = Fault::from(error);
            let dangling = if fault.is_constraint(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) {
                table::references::first_dangling(&open).map_err(at)?
            } else {
                None
            };
            return Err(dangling.unwrap_or_else(|| at(fault)).into());
        }
        Ok(Done { value, entry })
    }
}

/// Derives UTC times anew when they come from another release of the zone rules, with an entry of its own.
fn derive_stale_times(reader: &Reader, stamp: &Stamp) -> Result<(), StoreError> {
    let derived_by = reader.ask(table::clinic::zone_rules)?;
    let Some(derived_by) = derived_by.filter(|rules| rules != table::clinic::ZONE_RULES) else {
        return Ok(());
    };
    let stamp = Stamp {
        reason: format!(
            "time zone rules {derived_by} became {}",
            table::clinic::ZONE_RULES
        ),
        ..stamp.clone()
    };
    let mut transaction = Transaction::new(reader, &stamp, EntryKind::Recompute);
    let moved = reader.ask(|connection| {
        let moved = transaction.derive_utc(&*reader.clock()?)?;
        table::clinic::set_zone_rules(connection)?;
        Ok(moved)
    })?;
    for id in &moved {
        transaction.note_view(Entity::Appointment, id.as_str());
    }
    transaction.finish()?;
    Ok(())
}

/// Every record, in an order in which none refers to a later one.
fn list(records: &ClinicRecords) -> Vec<Record> {
    let clinic = &records.clinic;
    let mut list = vec![Record::Settings(Settings::of(clinic))];
    list.extend(clinic.disciplines.iter().cloned().map(Record::Discipline));
    list.extend(clinic.services.iter().cloned().map(Record::Service));
    list.extend(clinic.rooms.iter().cloned().map(Record::Room));
    list.extend(clinic.practitioners.iter().cloned().map(Record::Practitioner));
    list.extend(clinic.closures.iter().cloned().map(Record::Closure));
    list.extend(records.patients.iter().cloned().map(Record::Patient));
    list.extend(records.protocols.iter().cloned().map(Record::Protocols));
    list.extend(records.series.iter().cloned().map(Record::Series));
    list.extend(records.appointments.iter().cloned().map(Record::Appointment));
    list
}
