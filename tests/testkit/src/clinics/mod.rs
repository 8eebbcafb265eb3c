//! Whole clinics for the tests and figures of the window: the same for the same date, ready to be opened.

mod decade;
mod full;
mod parts;
mod small;

use std::cell::Cell;
use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::America::Toronto;
use ordo_core::model::{ClinicRecords, PatientId};
use ordo_desk::{Ask, Desk, Host, key};

pub use decade::decade;
pub use full::full;
pub use small::{old, small};

/// A clinic, and the series that are planned and booked in it like anybody's.
#[derive(Debug)]
pub struct Made {
    /// What the clinic keeps before the series.
    pub records: ClinicRecords,
    /// For whom, and what is asked.
    pub series: Vec<(PatientId, Ask)>,
}

/// Writes a clinic to `folder`, as the window keeps one, and gives the number of visits in it.
///
/// # Errors
/// In words, when there is a clinic already or the folder cannot be written.
pub fn write(made: &Made, folder: &Path, today: NaiveDate) -> Result<usize, String> {
    let words = |error: ordo_desk::Error| error.to_string();
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let database = folder.join("clinic.ordo");
    let key = key::keep(&database, [7; 32]).map_err(words)?;
    let mut desk = Desk::create(&database, &key, Maker::on(today)).map_err(words)?;
    desk.import_records(&made.records, "").map_err(words)?;
    let mut visits = made.records.appointments.len();
    for (patient, ask) in &made.series {
        let proposed = desk.propose(patient, ask).map_err(words)?;
        visits += proposed.plan.proposals[0].sessions.len();
        desk.book(&proposed, 0, "").map_err(words)?;
    }
    Ok(visits)
}

/// At the desk of a clinic that is made: it is early on one day, and identifiers count up.
struct Maker {
    now: DateTime<Utc>,
    made: Cell<u64>,
}

impl Maker {
    fn on(today: NaiveDate) -> Self {
        // As the day begins in its own zone, so that whoever looks at it later that day does so later.
        let midnight = Toronto.from_local_datetime(&today.and_time(NaiveTime::MIN));
        let now = midnight
            .earliest()
            .map(|moment| moment.to_utc())
            .unwrap_or_default();
        Self {
            now,
            made: Cell::new(0),
        }
    }
}

impl Host for Maker {
    fn now(&self) -> DateTime<Utc> {
        self.now
    }

    fn new_id(&self) -> String {
        self.made.set(self.made.get() + 1);
        format!("made-{:06}", self.made.get())
    }

    fn actor(&self) -> String {
        "testkit".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clinic_is_whole_and_the_same_each_time() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        for make in [small, old, full] {
            assert_eq!(make(today).records, make(today).records);
            let folder = tempfile::tempdir().unwrap();
            let visits = write(&make(today), folder.path(), today).unwrap();
            let database = folder.path().join("clinic.ordo");
            let key = key::kept(&database).unwrap().unwrap();
            let desk = Desk::open(&database, &key, Maker::on(today)).unwrap();
            assert_eq!(desk.records().unwrap().appointments.len(), visits);
            assert!(
                write(&make(today), folder.path(), today).is_err(),
                "nothing is replaced"
            );
        }
    }

    #[test]
    fn an_old_clinic_shows_the_same_week_as_the_small_one_after_a_hundred_like_it() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let (small, old) = (small(today).records, old(today).records);
        let past = small.appointments.iter();
        let past = past.filter(|visit| visit.start.date() < today).count();
        assert_eq!(old.appointments.len(), small.appointments.len() + 100 * past);
        assert_eq!(
            old.appointments[..small.appointments.len()],
            small.appointments[..]
        );
    }

    #[test]
    fn a_full_day_has_five_hundred_visits_and_so_has_the_next() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let made = full(today);
        for date in [today, today.succ_opt().unwrap()] {
            let visits = made.records.appointments.iter();
            assert_eq!(visits.filter(|visit| visit.start.date() == date).count(), 500);
        }
    }
}
