//! The desk: a store, a host, and what is done with them.

use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset as _, Utc};
use chrono_tz::Tz;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Clinic, Patient, PatientId, User};
use ordo_core::protocol::Protocols;
use ordo_core::time::{TimeOfDay, day_number};
use ordo_core::{Clock, Language, Speech};
use ordo_store::{ChainFault, Entry, Key, Reader, Stamp, Store, Which};

use crate::access::Sight;
use crate::backup::LastTry;
use crate::file::{read_clinic_for_import, write_clinic};
use crate::journal::{Looks, Words};
use crate::key::{self, Drafted};
use crate::patients::PatientMemory;
use crate::view::day::{Around, DayView, day_view};
use crate::{Error, Host, UseCase};

/// One open clinic.
pub struct Desk<H> {
    pub(crate) store: Store,
    pub(crate) host: H,
    pub(crate) language: Language,
    pub(crate) clock: Clock,
    pub(crate) patients: PatientMemory,
    pub(crate) looks: Looks,
    /// What the database and its backups are encrypted with.
    pub(crate) key: Key,
    /// The keys that it had before, which older backups still have.
    pub(crate) former: Vec<Key>,
    /// A recovery key that somebody is just writing down.
    pub(crate) drafted: Option<Drafted>,
    pub(crate) last_try: LastTry,
    /// What the newest check of the journal's chain found.
    pub(crate) chain_faults: Vec<ChainFault>,
    /// Who is signed in, as they were when they signed in.
    pub(crate) session: Option<User>,
}

/// Removes a database that was created and could not be filled, with what lies beside it but its key.
pub fn remove_unfinished(database: &Path) {
    Store::remove_unfinished(database);
}

/// Whether a database lies in a place. An empty file is none, as the making of one leaves it that was cut short at once,
/// unless keys, a checkpoint or backups tell of a clinic that it may have been.
pub fn is_there(database: &Path) -> bool {
    let tells_of_one = || key::place(database).exists() || crate::backup::were_taken(database);
    database.exists() && (!Store::is_unmade(database) || tells_of_one())
}

/// Looks at a database that is not open here, before anybody is asked for its key.
///
/// # Errors
/// [`crate::Code::NoClinic`] when nothing is there; [`crate::Code::Database`] when what is there is no database.
pub fn look_at(database: &Path) -> Result<(), Error> {
    Ok(Store::look(database)?)
}

impl<H: Host> Desk<H> {
    /// Makes a new, empty database.
    ///
    /// # Errors
    /// When something lies there already, or the keys of another database that was moved away without them.
    pub fn create(path: &Path, key: &Key, host: H) -> Result<Self, Error> {
        key::refuse_those_of_another(path, key)?;
        Ok(Self::over(Store::create(path, key)?, key.clone(), host))
    }

    /// Opens a database.
    pub fn open(path: &Path, key: &Key, host: H) -> Result<Self, Error> {
        Ok(Self::over(Store::open(path, key)?, key.clone(), host))
    }

    pub(crate) fn over(store: Store, key: Key, host: H) -> Self {
        Self {
            store,
            host,
            language: Language::default(),
            clock: Clock::default(),
            patients: PatientMemory::default(),
            looks: Looks::default(),
            key,
            former: Vec::new(),
            drafted: None,
            last_try: LastTry::default(),
            chain_faults: Vec::new(),
            session: None,
        }
    }

    /// Chooses the language of its words, and the clock of their times.
    pub fn speak(&mut self, speech: impl Into<Speech>) {
        let Speech { language, clock } = speech.into();
        (self.language, self.clock) = (language, clock);
    }

    /// The language of its words with the clock of their times.
    pub(crate) fn speech(&self) -> Speech {
        Speech {
            language: self.language,
            clock: self.clock,
        }
    }

    /// The language of its words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The zone of the clinic's wall clock.
    pub fn time_zone(&self) -> Result<Tz, Error> {
        Ok(self.store.time_zone()?)
    }

    /// Whether there is no clinic in it yet.
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.store.is_empty()?)
    }

    /// Brings a clinic file into an empty database: all of it or nothing.
    pub fn import(&mut self, text: &str, reason: &str) -> Result<(), Error> {
        self.allow(UseCase::StartFile)?;
        let records = read_clinic_for_import(text)
            .map_err(|faults| Error::new(crate::Code::BadFile, faults.words(self.language)))?;
        let stamp = self.stamp(reason);
        self.store.fill(&records, &stamp)?;
        Ok(())
    }

    /// Brings in a clinic's records as they are.
    pub fn import_records(
        &mut self,
        records: &ordo_core::model::ClinicRecords,
        reason: &str,
    ) -> Result<(), Error> {
        self.allow(UseCase::StartFile)?;
        let stamp = self.stamp(reason);
        self.store.fill(records, &stamp)?;
        Ok(())
    }

    /// The whole clinic as a clinic file; everything but the journal. That it left is noted in the journal.
    pub fn export(&mut self) -> Result<String, Error> {
        self.allow(UseCase::Export)?;
        let text = write_clinic(&self.store.records()?);
        let stamp = self.stamp(Words(self.language).clinic_exported());
        self.store.log_whole(&stamp)?;
        Ok(text)
    }

    /// Everything but the journal.
    pub fn records(&self) -> Result<ordo_core::model::ClinicRecords, Error> {
        self.allow(UseCase::Export)?;
        Ok(self.store.records()?)
    }

    /// The clinic without patients and appointments.
    pub fn clinic(&self) -> Result<Clinic, Error> {
        self.allow(UseCase::Clinic)?;
        Ok(self.store.clinic()?)
    }

    /// The protocols in force.
    pub fn protocols(&self) -> Result<Protocols, Error> {
        self.allow(UseCase::Clinic)?;
        Ok(self.store.protocols()?)
    }

    /// A patient by identifier or by the only name that fits.
    pub fn find_patient(&self, text: &str) -> Result<Patient, Error> {
        self.allow(UseCase::SearchPatients)?;
        let seen = self.patients_seen()?;
        if let Some(patient) = self
            .store
            .patient(&PatientId::new(text))?
            .filter(|found| seen.sees(&found.id))
        {
            return Ok(patient);
        }
        let mut matching = self.store.patients_matching(text, u32::MAX)?;
        matching.retain(|patient| seen.sees(&patient.id));
        matching.truncate(6);
        if let Some(exact) = matching.iter().position(|patient| patient.name == text) {
            return Ok(matching.swap_remove(exact));
        }
        match matching.len() {
            1 => Ok(matching.remove(0)),
            0 => Err(Error::not_found("patient", text)),
            _ => {
                let names: Vec<_> = matching
                    .iter()
                    .take(5)
                    .map(|patient| format!("{} ({})", patient.name, patient.id))
                    .collect();
                let text = format!(
                    "several patients fit \"{text}\": {}; give the identifier",
                    names.join(", ")
                );
                Err(Error::new(crate::Code::NotFound, text))
            }
        }
    }

    /// The present on the clinic's wall clock.
    pub fn now(&self) -> Result<NaiveDateTime, Error> {
        let zone = self.store.time_zone()?;
        let now = self.host.now().with_timezone(&zone).naive_local();
        Ok(TimeOfDay::of(now).on(now.date()))
    }

    /// The present, in UTC.
    pub fn present(&self) -> DateTime<Utc> {
        self.host.now()
    }

    /// How many minutes the clinic's wall clock is ahead of UTC at present.
    pub fn ahead_of_utc(&self) -> Result<i32, Error> {
        self.allow(UseCase::AheadOfUtc)?;
        let zone = self.store.time_zone()?;
        let now = self.host.now().with_timezone(&zone);
        Ok(now.offset().fix().local_minus_utc() / 60)
    }

    /// One day of the clinic.
    pub fn day(&self, date: NaiveDate) -> Result<DayView, Error> {
        self.allow(UseCase::Day)?;
        let sight = self.sight()?;
        self.store.read(|view| day_of(view, date, &sight))
    }

    /// Takes back the last change, or the one of a journal entry.
    pub fn undo(&mut self, which: Which, reason: &str) -> Result<Entry, Error> {
        self.allow(UseCase::Undo)?;
        let which = self.allow_turn(which, self.store.undoable()?)?;
        let stamp = self.stamp(reason);
        Ok(self.store.undo(&stamp, which)?)
    }

    /// Makes an undone change again.
    pub fn redo(&mut self, which: Which, reason: &str) -> Result<Entry, Error> {
        self.allow(UseCase::Redo)?;
        let which = self.allow_turn(which, self.store.redoable()?)?;
        let stamp = self.stamp(reason);
        Ok(self.store.redo(&stamp, which)?)
    }

    /// Who acts, as the journal names them.
    pub(crate) fn actor(&self) -> String {
        match &self.session {
            Some(user) => user.name.clone(),
            None => self.host.actor(),
        }
    }

    pub(crate) fn stamp(&self, reason: &str) -> Stamp {
        Stamp {
            at: self.host.now(),
            actor: self.actor(),
            reason: reason.to_owned(),
        }
    }
}

/// One day of the clinic, as a reader sees it now, narrowed to what somebody may see.
pub(crate) fn day_of(view: &Reader, date: NaiveDate, sight: &Sight) -> Result<DayView, Error> {
    let day = view.day(date)?;
    let mut series: Vec<_> = day
        .appointments
        .iter()
        .filter_map(|visit| Some(visit.session.as_ref()?.series.clone()))
        .collect();
    series.sort();
    series.dedup();
    let series: Vec<_> = series
        .into_iter()
        .map(|id| Ok((id.clone(), view.appointments_of_series(&id)?)))
        .collect::<Result<_, ordo_store::StoreError>>()?;
    let patients: Vec<_> = day.patients.iter().map(|patient| patient.id.clone()).collect();
    let nearest = view.nearest_visits(&patients, TimeOfDay::MIDNIGHT.on(date))?;
    let whose = sight.whose(&day.appointments);
    let calendar = Calendar::new(view.clinic()?, day.patients, day.appointments)?;
    let around = Around {
        series: &series,
        nearest: &nearest,
    };
    let mut drawn = day_view(&calendar, day_number(date), around);
    sight.narrow_day(&mut drawn, &whose);
    Ok(drawn)
}
