//! The desk: a store, a host, and what is done with them.

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Clinic, Patient, PatientId};
use ordo_core::protocol::Protocols;
use ordo_core::time::{TimeOfDay, day_number};
use ordo_store::{ChainFault, Entry, Key, Reader, Stamp, Store, Which};

use crate::backup::LastTry;
use crate::file::{read_clinic_for_import, write_clinic};
use crate::journal::{Looks, Words};
use crate::patients::PatientMemory;
use crate::view::day::{Around, DayView, day_view};
use crate::{Error, Host};

/// One open clinic.
pub struct Desk<H> {
    pub(crate) store: Store,
    pub(crate) host: H,
    pub(crate) language: Language,
    pub(crate) patients: PatientMemory,
    pub(crate) looks: Looks,
    /// What the database and its backups are encrypted with.
    pub(crate) key: Key,
    pub(crate) last_try: LastTry,
    /// What the newest check of the journal's chain found.
    pub(crate) chain_faults: Vec<ChainFault>,
}

impl<H: Host> Desk<H> {
    /// Makes a new, empty database.
    pub fn create(path: &Path, key: &Key, host: H) -> Result<Self, Error> {
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
            patients: PatientMemory::default(),
            looks: Looks::default(),
            key,
            last_try: LastTry::default(),
            chain_faults: Vec::new(),
        }
    }

    /// Chooses the language of its words.
    pub fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// The language of its words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Whether there is no clinic in it yet.
    pub fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.store.is_empty()?)
    }

    /// Brings a clinic file into an empty database: all of it or nothing.
    pub fn import(&mut self, text: &str, reason: &str) -> Result<(), Error> {
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
        let stamp = self.stamp(reason);
        self.store.fill(records, &stamp)?;
        Ok(())
    }

    /// The whole clinic as a clinic file; everything but the journal. That it left is noted in the journal.
    pub fn export(&mut self) -> Result<String, Error> {
        let text = write_clinic(&self.store.records()?);
        let stamp = self.stamp(Words(self.language).clinic_exported());
        self.store.log_export(&stamp)?;
        Ok(text)
    }

    /// Everything but the journal.
    pub fn records(&self) -> Result<ordo_core::model::ClinicRecords, Error> {
        Ok(self.store.records()?)
    }

    /// The clinic without patients and appointments.
    pub fn clinic(&self) -> Result<Clinic, Error> {
        Ok(self.store.clinic()?)
    }

    /// The protocols in force.
    pub fn protocols(&self) -> Result<Protocols, Error> {
        Ok(self.store.protocols()?)
    }

    /// A patient by identifier or by the only name that fits.
    pub fn find_patient(&self, text: &str) -> Result<Patient, Error> {
        if let Some(patient) = self.store.patient(&PatientId::new(text))? {
            return Ok(patient);
        }
        let mut matching = self.store.patients_matching(text, 6)?;
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

    /// One day of the clinic.
    pub fn day(&self, date: NaiveDate) -> Result<DayView, Error> {
        self.store.read(|view| day_of(view, date))
    }

    /// Takes back the last change, or the one of a journal entry.
    pub fn undo(&mut self, which: Which, reason: &str) -> Result<Entry, Error> {
        let stamp = self.stamp(reason);
        Ok(self.store.undo(&stamp, which)?)
    }

    /// Makes an undone change again.
    pub fn redo(&mut self, which: Which, reason: &str) -> Result<Entry, Error> {
        let stamp = self.stamp(reason);
        Ok(self.store.redo(&stamp, which)?)
    }

    pub(crate) fn stamp(&self, reason: &str) -> Stamp {
        Stamp {
            at: self.host.now(),
            actor: self.host.actor(),
            reason: reason.to_owned(),
        }
    }
}

/// One day of the clinic, as a reader sees it now.
pub(crate) fn day_of(view: &Reader, date: NaiveDate) -> Result<DayView, Error> {
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
    let calendar = Calendar::new(view.clinic()?, day.patients, day.appointments)?;
    let around = Around {
        series: &series,
        nearest: &nearest,
    };
    Ok(day_view(&calendar, day_number(date), around))
}
