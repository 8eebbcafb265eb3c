//! How long records are kept. Ordo warns and never deletes by itself.

use chrono::{Months, NaiveDate};
use ordo_store::{Action, Retention};

use crate::{Code, Desk, Error, Host, UseCase};

/// The age from which the years of somebody young are counted.
const OF_AGE: u32 = 18;

/// The years that can be chosen.
const YEARS: std::ops::RangeInclusive<u32> = 1..=100;

impl<H: Host> Desk<H> {
    /// Says how many years records are kept.
    pub fn save_retention(&mut self, years: u32) -> Result<(), Error> {
        self.allow(UseCase::SaveRetention)?;
        if !YEARS.contains(&years) {
            let text = match self.language {
                ordo_core::Language::English => format!("records are kept for 1 to 100 years, not {years}"),
                ordo_core::Language::French => {
                    format!("les dossiers se conservent de 1 à 100 ans, pas {years}")
                }
            };
            return Err(Error::new(Code::BadRequest, text));
        }
        let stamp = self.stamp("");
        self.store.change(&stamp, Action::EditClinic, |transaction| {
            transaction.put_retention(Retention { years })?;
            Ok::<_, Error>(())
        })?;
        Ok(())
    }

    /// Until when a record has to be kept.
    pub(crate) fn kept_until(
        &self,
        last: NaiveDate,
        date_of_birth: Option<NaiveDate>,
    ) -> Result<NaiveDate, Error> {
        Ok(kept_until(last, date_of_birth, self.store.retention()?.years))
    }
}

/// The last day on which a record is kept: so many years after the last thing in it, or after the 18th birthday where
/// that comes later.
fn kept_until(last: NaiveDate, date_of_birth: Option<NaiveDate>, years: u32) -> NaiveDate {
    let of_age = date_of_birth.map(|birth| later(birth, OF_AGE));
    later(of_age.map_or(last, |of_age| of_age.max(last)), years)
}

/// The same day some years later; 29 February becomes 28 where there is none.
fn later(date: NaiveDate, years: u32) -> NaiveDate {
    date.checked_add_months(Months::new(12 * years)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::small_desk;

    #[test]
    fn records_are_kept_after_the_last_visit_or_after_coming_of_age() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (last, birth, years, until) in [
            ("2026-03-02", None, 10, "2036-03-02"),
            ("2026-03-02", Some("1984-03-12"), 10, "2036-03-02"),
            ("2026-03-02", Some("2015-06-01"), 10, "2043-06-01"),
            ("2026-03-02", Some("2008-03-02"), 10, "2036-03-02"),
            ("2026-03-02", Some("2008-03-03"), 10, "2036-03-03"),
            ("2024-02-29", None, 1, "2025-02-28"),
            ("2026-03-02", Some("2026-03-01"), 15, "2059-03-01"),
        ] {
            let birth = birth.map(date);
            assert_eq!(
                kept_until(date(last), birth, years),
                date(until),
                "{last} {birth:?} {years}"
            );
        }
    }

    #[test]
    fn years_are_chosen_noted_and_taken_back() {
        let (_folder, mut desk) = small_desk();
        for years in [0, 101] {
            assert_eq!(desk.save_retention(years).unwrap_err().code, Code::BadRequest);
        }
        desk.save_retention(15).unwrap();
        assert_eq!(desk.journal_choices().unwrap().years, 15);
        let line = desk
            .journal_page(&Default::default(), None, 1)
            .unwrap()
            .lines
            .remove(0);
        assert_eq!(line.details, ["added: retention in years: 15"]);
        desk.save_retention(12).unwrap();
        let line = desk
            .journal_page(&Default::default(), None, 1)
            .unwrap()
            .lines
            .remove(0);
        assert_eq!(line.details, ["years that records are kept 15 → 12"]);
        desk.take_back(None).unwrap();
        assert_eq!(desk.journal_choices().unwrap().years, 15);
    }
}
