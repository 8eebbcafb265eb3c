//! Series and how they go.

use ordo_core::audit::{SeriesHealth, series_health};
use ordo_core::model::{PatientId, Series, SeriesId};
use ordo_core::time::ZoneClock;

use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// One series with its health.
    pub fn series(&self, id: &SeriesId) -> Result<(Series, SeriesHealth), Error> {
        self.allow(UseCase::Series)?;
        let series = self
            .store
            .series(id)?
            .ok_or_else(|| Error::not_found("series", id))?;
        self.allow_patient(&series.patient)?;
        self.with_health(series)
    }

    /// The series of a patient, or of everybody, each with its health.
    pub fn all_series(&self, patient: Option<&PatientId>) -> Result<Vec<(Series, SeriesHealth)>, Error> {
        self.allow(UseCase::Series)?;
        let series = match patient {
            Some(patient) => self.store.series_of(patient)?,
            None => self.store.all_series()?,
        };
        let seen = self.patients_seen()?;
        series
            .into_iter()
            .filter(|series| seen.sees(&series.patient))
            .map(|series| self.with_health(series))
            .collect()
    }

    fn with_health(&self, series: Series) -> Result<(Series, SeriesHealth), Error> {
        let clinic = self.store.clinic()?;
        let appointments = self.store.appointments_of_series(&series.id)?;
        let health = series_health(&clinic, &ZoneClock::new(clinic.time_zone), &series, &appointments);
        Ok((series, health))
    }
}
