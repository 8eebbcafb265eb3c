//! Reading: each question loads the rows that answer it.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use ordo_core::model::{
    Appointment, AppointmentId, Clinic, ClinicRecords, Patient, PatientId, PractitionerId, RoomId, Series,
    SeriesId, Sharing,
};
use ordo_core::protocol::Protocols;
use ordo_core::time::ZoneClock;
use rusqlite::Connection;

use crate::error::{FileError, StoreError};
use crate::fault::{Fault, Result as Found};
use crate::journal::{Entity, Entry, Retention, Settings};
use crate::share::network_share;
use crate::table::appointment::Of;
use crate::table::{self, Chosen, Placed, journal};
use crate::undo;

/// Answers questions about a clinic, by itself or as part of a change.
///
/// Every method sees one consistent state; [`crate::Store::read`] makes several methods see the same one.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    clock: RefCell<Option<Arc<ZoneClock>>>,
}

/// The visits of one day and the patients they are for.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Every visit that starts on the day, by start.
    pub appointments: Vec<Appointment>,
    /// The patients of these visits.
    pub patients: Vec<Patient>,
}

/// What one request is planned and checked on.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    /// The clinic.
    pub clinic: Clinic,
    /// The patient of the request.
    pub patient: Patient,
    /// The visits of the patient and of the request's practitioners and rooms, by start.
    pub appointments: Vec<Appointment>,
}

/// Which appointments are asked for; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of a practitioner.
    pub practitioner: Option<PractitionerId>,
    /// Those of a patient.
    pub patient: Option<PatientId>,
    /// Those in a room.
    pub room: Option<RoomId>,
}

impl Filter {
    fn admits(&self, appointment: &Appointment) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, given: Option<&T>) -> bool {
            wanted.is_none() || wanted == given
        }
        is(self.practitioner.as_ref(), Some(&appointment.practitioner))
            && is(self.patient.as_ref(), Some(&appointment.patient))
            && is(self.room.as_ref(), appointment.room.as_ref())
    }
}

impl Reader {
    pub(crate) fn new(connection: Connection, path: PathBuf) -> Self {
        Self {
            connection,
            path,
            clock: RefCell::new(None),
        }
    }

    /// Where the database lies, in words for people.
    pub fn place(&self) -> &Path {
        &self.path
    }

    /// The kind of network share that the database lies on, such as `cifs`; none on a disk of this computer.
    pub fn network_share(&self) -> Option<String> {
        network_share(&self.path)
    }

    /// Whether there is no clinic yet.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        self.ask(|connection| Ok(table::clinic::load(connection)?.is_none()))
    }

    /// The zone of every wall-clock time.
    pub fn time_zone(&self) -> Result<Tz, StoreError> {
        self.ask(|_| Ok(self.clock()?.zone()))
    }

    /// The clinic.
    pub fn clinic(&self) -> Result<Clinic, StoreError> {
        self.ask(clinic)
    }

    /// The visits that start on a date, cancelled ones too, and their patients.
    pub fn day(&self, date: NaiveDate) -> Result<Day, StoreError> {
        self.ask(|connection| {
            let (from, to) = dates(date, date);
            let appointments = values(table::appointment::starting(connection, Of::Anybody, from, to)?);
            let mut ids: Vec<&str> = appointments
                .iter()
                .map(|appointment| appointment.patient.as_str())
                .collect();
            ids.sort_unstable();
            ids.dedup();
            let patients = values(table::patient::load(connection, &Chosen::some(ids))?);
            Ok(Day {
                appointments,
                patients,
            })
        })
    }

    /// The visits that start on the dates from `from` to `to`, both included, by start.
    pub fn appointments(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        filter: &Filter,
    ) -> Result<Vec<Appointment>, StoreError> {
        let of = if let Some(patient) = &filter.patient {
            Of::Patient(patient.as_str())
        } else if let Some(practitioner) = &filter.practitioner {
            Of::Practitioner(practitioner.as_str())
        } else if let Some(room) = &filter.room {
            Of::Room(room.as_str())
        } else {
            Of::Anybody
        };
        let (from, to) = dates(from, to);
        let mut found =
            self.ask(|connection| Ok(values(table::appointment::starting(connection, of, from, to)?)))?;
        found.retain(|appointment| filter.admits(appointment));
        Ok(found)
    }

    /// One appointment.
    pub fn appointment(&self, id: &AppointmentId) -> Result<Option<Appointment>, StoreError> {
        self.ask(|connection| {
            Ok(first(table::appointment::load(
                connection,
                &Chosen::one(id.as_str()),
            )?))
        })
    }

    /// What a request of a patient is planned and checked on, for starts on the dates from `from` to `to`.
    ///
    /// Visits of the eight days before and after are given too: rules look up to 145 hours around a visit, and a
    /// visit may last into a date.
    pub fn horizon(
        &self,
        patient: &PatientId,
        practitioners: &[PractitionerId],
        rooms: &[RoomId],
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Horizon, StoreError> {
        const REACH: Days = Days::new(8);
        let (from, to) = dates(
            from.checked_sub_days(REACH).unwrap_or(from),
            to.checked_add_days(REACH).unwrap_or(to),
        );
        self.ask(|connection| {
            let owner = first(table::patient::load(connection, &Chosen::one(patient.as_str()))?);
            let owner = owner.ok_or_else(|| missing(Entity::Patient, patient.as_str()))?;
            let of = practitioners
                .iter()
                .map(|id| Of::Practitioner(id.as_str()))
                .chain(rooms.iter().map(|id| Of::Room(id.as_str())))
                .chain([Of::Patient(patient.as_str())]);
            let mut found = Vec::new();
            for of in of {
                found.append(&mut table::appointment::starting(connection, of, from, to)?);
            }
            found.sort_unstable_by_key(|placed| (placed.value.start, placed.place));
            found.dedup_by_key(|placed| placed.place);
            Ok(Horizon {
                clinic: clinic(connection)?,
                patient: owner,
                appointments: values(found),
            })
        })
    }

    /// One patient.
    pub fn patient(&self, id: &PatientId) -> Result<Option<Patient>, StoreError> {
        self.ask(|connection| {
            Ok(first(table::patient::load(
                connection,
                &Chosen::one(id.as_str()),
            )?))
        })
    }

    /// Every patient, in the order they were added.
    pub fn patients(&self) -> Result<Vec<Patient>, StoreError> {
        self.ask(|connection| Ok(values(table::patient::load(connection, &Chosen::all())?)))
    }

    /// At most `limit` patients in whose names every word of a text occurs, by name; case and accents do not matter.
    pub fn patients_matching(&self, text: &str, limit: u32) -> Result<Vec<Patient>, StoreError> {
        self.ask(|connection| {
            let ids = table::patient::matching(connection, text, limit)?;
            let found = table::patient::load(connection, &Chosen::some(ids.iter().map(String::as_str)))?;
            let mut patients = values(found);
            patients.sort_by_key(|patient| ids.iter().position(|id| id == patient.id.as_str()));
            Ok(patients)
        })
    }

    /// One series.
    pub fn series(&self, id: &SeriesId) -> Result<Option<Series>, StoreError> {
        self.ask(|connection| Ok(first(table::series::load(connection, &Chosen::one(id.as_str()))?)))
    }

    /// A patient's series, in the order they were added.
    pub fn series_of(&self, patient: &PatientId) -> Result<Vec<Series>, StoreError> {
        self.ask(|connection| {
            let ids = table::series::of_patient(connection, patient)?;
            let chosen = Chosen::some(ids.iter().map(String::as_str));
            Ok(values(table::series::load(connection, &chosen)?))
        })
    }

    /// Every series, in the order they were added.
    pub fn all_series(&self) -> Result<Vec<Series>, StoreError> {
        self.ask(|connection| Ok(values(table::series::load(connection, &Chosen::all())?)))
    }

    /// The visits of a series, by start.
    pub fn appointments_of_series(&self, id: &SeriesId) -> Result<Vec<Appointment>, StoreError> {
        self.ask(|connection| Ok(values(table::appointment::of_series(connection, id)?)))
    }

    /// The newest version of the protocols.
    pub fn protocols(&self) -> Result<Protocols, StoreError> {
        self.ask(|connection| {
            table::protocols::newest(connection)?.ok_or_else(|| Fault::from(StoreError::NoClinic))
        })
    }

    /// One version of the protocols.
    pub fn protocols_version(&self, version: u32) -> Result<Option<Protocols>, StoreError> {
        self.ask(|connection| {
            Ok(first(table::protocols::load(
                connection,
                &Chosen::one(&version.to_string()),
            )?))
        })
    }

    /// Everything but the journal.
    pub fn records(&self) -> Result<ClinicRecords, StoreError> {
        self.ask(|connection| {
            Ok(ClinicRecords {
                clinic: clinic(connection)?,
                protocols: values(table::protocols::load(connection, &Chosen::all())?),
                patients: values(table::patient::load(connection, &Chosen::all())?),
                series: values(table::series::load(connection, &Chosen::all())?),
                appointments: values(table::appointment::load(connection, &Chosen::all())?),
            })
        })
    }

    /// How the practitioners' calendars are shared, as far as anything is said.
    pub fn sharings(&self) -> Result<Vec<Sharing>, StoreError> {
        self.ask(|connection| Ok(values(table::sharing::load(connection, &Chosen::all())?)))
    }

    /// How long records are kept.
    pub fn retention(&self) -> Result<Retention, StoreError> {
        self.ask(|connection| Ok(table::retention::load(connection)?.unwrap_or_default()))
    }

    /// The number of the newest journal entry; 0 before the first.
    pub fn current_seq(&self) -> Result<u32, StoreError> {
        self.ask(journal::current_seq)
    }

    /// The number of the newest entry that is more than a look at a record; 0 before the first.
    pub fn newest_change(&self) -> Result<u32, StoreError> {
        self.ask(journal::newest_but_views)
    }

    /// When the newest entry of the journal was written, as the clock said then.
    pub fn newest_moment(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.ask(|connection| {
            let newest = journal::head(connection, journal::current_seq(connection)?)?;
            Ok(newest.map(|entry| entry.at))
        })
    }

    /// One journal entry without its changes, which may be a whole clinic's.
    pub fn entry_head(&self, seq: u32) -> Result<Option<Entry>, StoreError> {
        self.ask(|connection| journal::head(connection, seq))
    }

    /// One journal entry.
    pub fn entry(&self, seq: u32) -> Result<Option<Entry>, StoreError> {
        self.ask(|connection| journal::entry(connection, seq))
    }

    /// At most `limit` entries after a number, oldest first: what happened since.
    pub fn changes_after(&self, seq: u32, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.ask(|connection| journal::after(connection, seq, limit))
    }

    /// At most `limit` entries, newest first.
    pub fn latest_entries(&self, limit: u32) -> Result<Vec<Entry>, StoreError> {
        self.ask(|connection| journal::latest(connection, limit))
    }

    /// Every entry that touched or viewed a record, oldest first.
    pub fn history_of(&self, entity: Entity, id: &str) -> Result<Vec<Entry>, StoreError> {
        self.ask(|connection| journal::of_record(connection, entity, id))
    }

    /// The entry that would be undone next; none when nothing is left.
    pub fn undoable(&self) -> Result<Option<Entry>, StoreError> {
        self.ask(|connection| match undo::next_undo(connection)? {
            Some(seq) => journal::entry(connection, seq),
            None => Ok(None),
        })
    }

    /// The entry that would be redone next; none when nothing is left.
    pub fn redoable(&self) -> Result<Option<Entry>, StoreError> {
        self.ask(|connection| match undo::next_redo(connection)? {
            Some(seq) => journal::entry(connection, seq),
            None => Ok(None),
        })
    }

    /// The clock of the clinic's zone.
    pub(crate) fn clock(&self) -> Found<Arc<ZoneClock>> {
        let settings = table::clinic::load(&self.connection)?.ok_or(StoreError::NoClinic)?;
        Ok(self.clock_of(&settings))
    }

    pub(crate) fn clock_of(&self, settings: &Settings) -> Arc<ZoneClock> {
        let mut kept = self.clock.borrow_mut();
        match kept.as_ref() {
            Some(clock) if clock.zone() == settings.time_zone => Arc::clone(clock),
            _ => Arc::clone(kept.insert(Arc::new(ZoneClock::new(settings.time_zone)))),
        }
    }

    /// Answers from one state of the database.
    pub(crate) fn ask<T>(&self, question: impl FnOnce(&Connection) -> Found<T>) -> Result<T, StoreError> {
        // Inside a transaction that is open already, the state is the same anyway.
        let snapshot = if self.connection.is_autocommit() {
            Some(self.connection.unchecked_transaction())
        } else {
            None
        };
        snapshot
            .transpose()
            .map_err(Fault::from)
            .and_then(|_open| question(&self.connection))
            .map_err(|fault| fault.at(&self.path))
    }

    pub(crate) fn damaged(&self, detail: impl Into<String>) -> StoreError {
        FileError::Damaged {
            path: self.path.clone(),
            detail: detail.into(),
        }
        .into()
    }
}

fn clinic(connection: &Connection) -> Found<Clinic> {
    let settings = table::clinic::load(connection)?.ok_or(StoreError::NoClinic)?;
    let all = Chosen::all();
    Ok(Clinic {
        name: settings.name,
        time_zone: settings.time_zone,
        slot_minutes: settings.slot_minutes,
        disciplines: values(table::discipline::load(connection, &all)?),
        services: values(table::service::load(connection, &all)?),
        rooms: values(table::room::load(connection, &all)?),
        practitioners: values(table::practitioner::load(connection, &all)?),
        closures: values(table::closure::load(connection, &all)?),
    })
}

/// The local times at which the first date begins and the last one ends.
fn dates(from: NaiveDate, to: NaiveDate) -> (NaiveDateTime, NaiveDateTime) {
    let after = to.checked_add_days(Days::new(1)).unwrap_or(to);
    (from.and_time(NaiveTime::MIN), after.and_time(NaiveTime::MIN))
}

pub(crate) fn missing(entity: Entity, id: &str) -> StoreError {
    StoreError::Missing {
        entity,
        id: id.to_owned(),
    }
}

pub(crate) fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|placed| placed.value).collect()
}

fn first<T>(placed: Vec<Placed<T>>) -> Option<T> {
    placed.into_iter().next().map(|placed| placed.value)
}
