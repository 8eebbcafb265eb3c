//! Writing: every row that is written is noted for the journal by the same step.

mod turning;

use std::collections::HashMap;
use std::ops::Deref;

use ordo_core::model::{
    Appointment, AppointmentId, Closure, LockBox, Patient, PatientId, Practitioner, PractitionerId, Room,
    RoomId, Series, SeriesId, Service, ServiceId, Sharing, User,
};
use ordo_core::protocol::Protocols;
use ordo_core::time::ZoneClock;

use crate::checks::{duplicate, invalid, problem, refused};
use crate::error::StoreError;
use crate::fault::{Fault, Result as Written};
use crate::journal::{
    AccessSettings, Action, Change, Entity, Entry, EntryKind, Record, Retention, Settings, Stamp,
};
use crate::reader::{Reader, missing};
use crate::table::appointment::{WritingMode, begin_writing_mode, end_writing_mode};
use crate::table::journal::PlacedChange;
use crate::table::{self, journal};

/// A change in the making: reads the rows as they are now, and writes them.
///
/// What is written becomes part of the database, and of the journal, when the whole change succeeds.
#[derive(Debug)]
pub struct Transaction<'a> {
    reader: &'a Reader,
    stamp: &'a Stamp,
    kind: EntryKind,
    changes: Vec<PlacedChange>,
    /// Where in `changes` each record stands.
    noted: HashMap<(Entity, String), usize>,
}

/// What is expected of the row that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    None,
    Some,
    Any,
}

impl Deref for Transaction<'_> {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader
    }
}

impl<'a> Transaction<'a> {
    pub(crate) fn new(reader: &'a Reader, stamp: &'a Stamp, kind: EntryKind) -> Self {
        Self {
            reader,
            stamp,
            kind,
            changes: Vec::new(),
            noted: HashMap::new(),
        }
    }

    /// Adds an appointment; its revision is kept as given.
    pub fn insert_appointment(&mut self, appointment: &Appointment) -> Result<(), StoreError> {
        let mut appointment = appointment.clone();
        appointment.changed_at = Some(self.stamp.at);
        // An identifier that is taken is refused by the table itself.
        self.attempt(|this| this.add(Record::Appointment(appointment), None))
    }

    /// Writes an appointment over the one of the same identifier.
    ///
    /// The store sets `changed_at`, and counts `revision` up when time, place or status differ.
    pub fn update_appointment(&mut self, appointment: &Appointment) -> Result<(), StoreError> {
        self.put(Record::Appointment(appointment.clone()), Expect::Some)
    }

    /// Writes several appointments at once; they may change places with each other.
    pub fn update_appointments(&mut self, appointments: &[Appointment]) -> Result<(), StoreError> {
        let before = appointments
            .iter()
            .map(|appointment| {
                let found = self.appointment(&appointment.id)?;
                found.ok_or_else(|| missing(Entity::Appointment, appointment.id.as_str()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        self.attempt(|this| {
            for (before, after) in before.iter().zip(appointments) {
                if before.status.occupies_time() && takes_otherwise(before, after) {
                    table::appointment::release(&this.reader.connection, &before.id)?;
                }
            }
            for (before, after) in before.iter().zip(appointments) {
                let place = table::load(&this.reader.connection, Entity::Appointment, before.id.as_str())?
                    .map(|placed| placed.place);
                this.replace(
                    Record::Appointment(before.clone()),
                    place,
                    Record::Appointment(after.clone()),
                )?;
            }
            Ok(())
        })
    }

    /// Removes an appointment; to call a visit off, update its status.
    pub fn delete_appointment(&mut self, id: &AppointmentId) -> Result<(), StoreError> {
        self.remove(Entity::Appointment, id.as_str())
    }

    /// Adds a series.
    pub fn insert_series(&mut self, series: &Series) -> Result<(), StoreError> {
        self.put(Record::Series(series.clone()), Expect::None)
    }

    /// Writes a series over the one of the same identifier.
    pub fn update_series(&mut self, series: &Series) -> Result<(), StoreError> {
        self.put(Record::Series(series.clone()), Expect::Some)
    }

    /// Removes a series that no appointment belongs to.
    pub fn delete_series(&mut self, id: &SeriesId) -> Result<(), StoreError> {
        self.remove(Entity::Series, id.as_str())
    }

    /// Adds or changes a patient.
    pub fn put_patient(&mut self, patient: &Patient) -> Result<(), StoreError> {
        self.put(Record::Patient(patient.clone()), Expect::Any)
    }

    /// Removes a patient who has no appointments and no series.
    pub fn delete_patient(&mut self, id: &PatientId) -> Result<(), StoreError> {
        self.remove(Entity::Patient, id.as_str())
    }

    /// Adds or changes a practitioner, with hours, extra hours and absences.
    pub fn put_practitioner(&mut self, practitioner: &Practitioner) -> Result<(), StoreError> {
        self.put(Record::Practitioner(practitioner.clone()), Expect::Any)
    }

    /// Removes a practitioner whom nothing names.
    pub fn delete_practitioner(&mut self, id: &PractitionerId) -> Result<(), StoreError> {
        self.remove(Entity::Practitioner, id.as_str())
    }

    /// Adds or changes a room.
    pub fn put_room(&mut self, room: &Room) -> Result<(), StoreError> {
        self.put(Record::Room(room.clone()), Expect::Any)
    }

    /// Removes a room that no appointment names.
    pub fn delete_room(&mut self, id: &RoomId) -> Result<(), StoreError> {
        self.remove(Entity::Room, id.as_str())
    }

    /// Adds or changes a service; visits booked before keep their length.
    pub fn put_service(&mut self, service: &Service) -> Result<(), StoreError> {
        self.put(Record::Service(service.clone()), Expect::Any)
    }

    /// Removes a service that nothing names.
    pub fn delete_service(&mut self, id: &ServiceId) -> Result<(), StoreError> {
        self.remove(Entity::Service, id.as_str())
    }

    /// Closes the clinic on a date, or gives the closure another name.
    pub fn put_closure(&mut self, closure: &Closure) -> Result<(), StoreError> {
        self.put(Record::Closure(closure.clone()), Expect::Any)
    }

    /// Opens the clinic on a date again.
    pub fn delete_closure(&mut self, date: chrono::NaiveDate) -> Result<(), StoreError> {
        self.remove(Entity::Closure, &date.to_string())
    }

    /// Adds or changes somebody who signs in; what they sign in with stays.
    pub fn put_user(&mut self, user: &User) -> Result<(), StoreError> {
        self.put(Record::User(user.clone()), Expect::Any)
    }

    /// Adds or changes somebody together with what they sign in with, as a hash that the journal never holds.
    pub fn put_user_with_secret(&mut self, user: &User, hash: &str) -> Result<(), StoreError> {
        let user = User {
            secret_set: Some(self.stamp.at),
            ..user.clone()
        };
        self.attempt(|this| {
            let id = user.id.clone();
            this.put(Record::User(user), Expect::Any)?;
            table::user::set_secret(&this.reader.connection, &id, hash)
        })
    }

    /// Narrows a patient's record to some people.
    pub fn put_lock_box(&mut self, lock_box: &LockBox) -> Result<(), StoreError> {
        self.put(Record::LockBox(lock_box.clone()), Expect::Any)
    }

    /// Opens a patient's record to everybody again.
    pub fn delete_lock_box(&mut self, patient: &PatientId) -> Result<(), StoreError> {
        self.remove(Entity::LockBox, patient.as_str())
    }

    /// Changes how the program is locked.
    pub fn put_access(&mut self, access: AccessSettings) -> Result<(), StoreError> {
        self.put(Record::Access(access), Expect::Any)
    }

    /// Says how a practitioner's calendar is shared.
    pub fn put_sharing(&mut self, sharing: &Sharing) -> Result<(), StoreError> {
        self.put(Record::Sharing(sharing.clone()), Expect::Any)
    }

    /// Ends the sharing of a practitioner's calendar.
    pub fn delete_sharing(&mut self, practitioner: &PractitionerId) -> Result<(), StoreError> {
        self.remove(Entity::Sharing, practitioner.as_str())
    }

    /// Changes name, zone or slot length; with another zone, visits stay at their wall-clock times.
    pub fn put_settings(&mut self, settings: &Settings) -> Result<(), StoreError> {
        self.put(Record::Settings(settings.clone()), Expect::Any)
    }

    /// Says how long records are kept.
    pub fn put_retention(&mut self, retention: Retention) -> Result<(), StoreError> {
        self.put(Record::Retention(retention), Expect::Any)
    }

    /// Writes the next version of the protocols; versions are never changed.
    pub fn insert_protocols(&mut self, protocols: &Protocols) -> Result<(), StoreError> {
        let newest = self
            .ask(table::protocols::newest)?
            .map_or(0, |newest| newest.version);
        if protocols.version <= newest {
            return Err(StoreError::Invalid {
                entity: Entity::Protocols,
                id: protocols.version.to_string(),
                detail: format!("version {newest} exists already; the next one is {}", newest + 1),
            });
        }
        self.put(Record::Protocols(protocols.clone()), Expect::None)
    }

    /// Brings in a whole clinic.
    pub(crate) fn fill(&mut self, records: Vec<Record>) -> Result<(), StoreError> {
        self.attempt(|this| {
            begin_writing_mode(&this.reader.connection, WritingMode::Restoring)?;
            for record in records {
                if table::load(&this.reader.connection, record.entity(), &record.id())?.is_some() {
                    return Err(duplicate(&record).into());
                }
                this.add(record, None)?;
            }
            end_writing_mode(&this.reader.connection, WritingMode::Restoring)
        })
    }

    /// Notes that a record was looked at.
    pub(crate) fn note_view(&mut self, entity: Entity, id: &str) {
        self.note(entity, id, None, None, None);
    }

    fn put(&mut self, record: Record, expect: Expect) -> Result<(), StoreError> {
        self.attempt(|this| {
            let (entity, id) = (record.entity(), record.id());
            let found = table::load(&this.reader.connection, entity, &id)?;
            match (found, expect) {
                (Some(_), Expect::None) => Err(duplicate(&record).into()),
                (None, Expect::Some) => Err(missing(entity, &id).into()),
                (None, _) => this.add(record, None),
                (Some(before), _) => this.replace(before.value, Some(before.place), record),
            }
        })
    }

    fn remove(&mut self, entity: Entity, id: &str) -> Result<(), StoreError> {
        self.attempt(|this| {
            let connection = &this.reader.connection;
            let before = table::load(connection, entity, id)?.ok_or_else(|| missing(entity, id))?;
            table::delete(connection, entity, id)?;
            this.note(entity, id, Some(before.place), Some(before.value), None);
            Ok(())
        })
    }

    fn add(&mut self, record: Record, place: Option<i64>) -> Written<()> {
        let clock = self.check(&record)?;
        let written = table::insert(&self.reader.connection, &clock, &record, place);
        written.map_err(|fault| refused(fault, &record))?;
        self.note(record.entity(), &record.id(), None, None, Some(record));
        Ok(())
    }

    fn replace(&mut self, before: Record, place: Option<i64>, mut after: Record) -> Written<()> {
        if let (Record::Appointment(before), Record::Appointment(after)) = (&before, &mut after) {
            after.revision = before.revision + u32::from(needs_new_revision(before, after));
            after.changed_at = before.changed_at;
            if after != before {
                after.changed_at = Some(self.stamp.at);
            }
        }
        let clock = self.check(&after)?;
        table::update(&self.reader.connection, &clock, &after).map_err(|fault| refused(fault, &after))?;
        if let (Record::Settings(before), Record::Settings(after)) = (&before, &after)
            && before.time_zone != after.time_zone
        {
            self.derive_utc(&clock)?;
        }
        self.note(after.entity(), &after.id(), place, Some(before), Some(after));
        Ok(())
    }

    /// Derives UTC columns anew; gives the visits that lie at another instant now.
    pub(crate) fn derive_utc(&self, clock: &ZoneClock) -> Written<Vec<AppointmentId>> {
        let connection = &self.reader.connection;
        begin_writing_mode(connection, WritingMode::Deriving)?;
        let moved = table::appointment::derive_utc(connection, clock)?;
        end_writing_mode(connection, WritingMode::Deriving)?;
        Ok(moved)
    }

    /// Notes a change; several of one record become one, from its first before to its last after.
    fn note(
        &mut self,
        entity: Entity,
        id: &str,
        place: Option<i64>,
        before: Option<Record>,
        after: Option<Record>,
    ) {
        if let Some(&noted) = self.noted.get(&(entity, id.to_owned())) {
            self.changes[noted].change.after = after;
            return;
        }
        self.noted.insert((entity, id.to_owned()), self.changes.len());
        let change = Change {
            entity,
            id: id.to_owned(),
            before,
            after,
        };
        self.changes.push(PlacedChange { place, change });
    }

    /// Writes the entry; none when nothing was changed after all.
    pub(crate) fn finish(mut self) -> Result<Option<Entry>, StoreError> {
        // What is only told of has nothing before and after it.
        let is_told = matches!(
            self.kind,
            EntryKind::View | EntryKind::Recompute | EntryKind::Change(Action::Restore | Action::Update)
        );
        if !is_told {
            self.changes
                .retain(|placed| placed.change.before != placed.change.after);
        }
        if self.changes.is_empty() && matches!(self.kind, EntryKind::Change(_)) {
            return Ok(None);
        }
        let seq = self.ask(|connection| journal::append(connection, self.stamp, self.kind, &self.changes))?;
        Ok(Some(Entry {
            seq,
            at: self.stamp.at,
            actor: self.stamp.actor.clone(),
            kind: self.kind,
            reason: self.stamp.reason.clone(),
            changes: self.changes.into_iter().map(|placed| placed.change).collect(),
        }))
    }

    /// Does a step wholly or not at all, so that a caller may go on after a refusal.
    fn attempt<T>(&mut self, step: impl FnOnce(&mut Self) -> Written<T>) -> Result<T, StoreError> {
        let connection = &self.reader.connection;
        let run = |statement: &str| connection.prepare_cached(statement)?.execute([]);
        let result = run("SAVEPOINT step")
            .map_err(Fault::from)
            .and_then(|_| step(self))
            .and_then(|value| {
                run("RELEASE step")?;
                Ok(value)
            });
        result.map_err(|fault| {
            // A full disk may have ended the whole transaction already; then there is nothing to go back to.
            let _ = connection.execute_batch("ROLLBACK TO step; RELEASE step");
            fault.at(&self.reader.path)
        })
    }

    /// Refuses values that no row can keep; gives the clock that the record's times are read on.
    fn check(&self, record: &Record) -> Written<std::sync::Arc<ZoneClock>> {
        let clock = match record {
            Record::Settings(settings) => self.reader.clock_of(settings),
            _ => self.reader.clock()?,
        };
        match problem(record, &clock) {
            Some(detail) => Err(invalid(record, detail).into()),
            None => Ok(clock),
        }
    }
}

/// Whether a visit's SEQUENCE goes up: its time, place or status differs.
fn needs_new_revision(before: &Appointment, after: &Appointment) -> bool {
    before.start != after.start
        || before.minutes != after.minutes
        || before.practitioner != after.practitioner
        || before.room != after.room
        || before.status != after.status
}

/// Whether a visit takes something that it did not take before.
fn takes_otherwise(before: &Appointment, after: &Appointment) -> bool {
    before.start != after.start
        || before.minutes != after.minutes
        || before.buffer_minutes != after.buffer_minutes
        || before.practitioner != after.practitioner
        || before.patient != after.patient
        || before.room != after.room
}
