//! Ontario's holidays of any year.
//!
//! The nine public holidays are those of the Employment Standards Act, 2000; the others are days that many clinics
//! close on by choice. Each lies on its own date, also when that is a weekend: which day is taken off instead is
//! the clinic's to say.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

/// A holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The date.
    pub date: NaiveDate,
    /// Its name in English.
    pub name: &'static str,
    /// Its name in French.
    pub name_fr: &'static str,
    /// Whether it is a public holiday by law.
    pub statutory: bool,
}

/// The holidays of a year by date; none for a year that the calendar does not reach.
pub fn ontario(year: i32) -> Vec<Holiday> {
    let easter = easter_sunday(year);
    let after_easter = |days| easter.and_then(|easter| easter.checked_add_signed(TimeDelta::days(days)));
    let on = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let nth = |month, weekday, n| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
    let mut holidays: Vec<Holiday> = [
        (on(1, 1), "New Year’s Day", "Jour de l’An", true),
        (nth(2, Weekday::Mon, 3), "Family Day", "Jour de la Famille", true),
        (after_easter(-2), "Good Friday", "Vendredi saint", true),
        (after_easter(1), "Easter Monday", "Lundi de Pâques", false),
        (
            last_monday_before(on(5, 25)),
            "Victoria Day",
            "Fête de la Reine",
            true,
        ),
        (on(7, 1), "Canada Day", "Fête du Canada", true),
        (nth(8, Weekday::Mon, 1), "Civic Holiday", "Congé civique", false),
        (nth(9, Weekday::Mon, 1), "Labour Day", "Fête du Travail", true),
        (
            on(9, 30),
            "National Day for Truth and Reconciliation",
            "Journée nationale de la vérité et de la réconciliation",
            false,
        ),
        (nth(10, Weekday::Mon, 2), "Thanksgiving", "Action de grâces", true),
        (on(11, 11), "Remembrance Day", "Jour du Souvenir", false),
        (on(12, 25), "Christmas Day", "Noël", true),
        (on(12, 26), "Boxing Day", "Lendemain de Noël", true),
    ]
    .into_iter()
    .filter_map(|(date, name, name_fr, statutory)| {
        Some(Holiday {
            date: date?,
            name,
            name_fr,
            statutory,
        })
    })
    .collect();
    holidays.sort_by_key(|holiday| holiday.date);
    holidays
}

fn last_monday_before(date: Option<NaiveDate>) -> Option<NaiveDate> {
    let before = date?.pred_opt()?;
    before.checked_sub_signed(TimeDelta::days(i64::from(
        before.weekday().num_days_from_monday(),
    )))
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(sum / 31).ok()?,
        u32::try_from(sum % 31 + 1).ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date_of(year: i32, name: &str) -> String {
        let holidays = ontario(year);
        holidays
            .iter()
            .find(|holiday| holiday.name == name)
            .map_or_else(String::new, |holiday| holiday.date.to_string())
    }

    #[test]
    fn movable_holidays_fall_on_the_published_dates() {
        for (year, name, date) in [
            (2024, "Family Day", "2024-02-19"),
            (2025, "Family Day", "2025-02-17"),
            (2026, "Family Day", "2026-02-16"),
            (2000, "Good Friday", "2000-04-21"),
            (2008, "Good Friday", "2008-03-21"),
            (2024, "Good Friday", "2024-03-29"),
            (2025, "Good Friday", "2025-04-18"),
            (2026, "Good Friday", "2026-04-03"),
            (2027, "Good Friday", "2027-03-26"),
            (2038, "Good Friday", "2038-04-23"),
            (2026, "Easter Monday", "2026-04-06"),
            (2024, "Victoria Day", "2024-05-20"),
            (2025, "Victoria Day", "2025-05-19"),
            (2026, "Victoria Day", "2026-05-18"),
            (2020, "Victoria Day", "2020-05-18"),
            (2015, "Victoria Day", "2015-05-18"),
            (2022, "Victoria Day", "2022-05-23"),
            (2029, "Canada Day", "2029-07-01"),
            (2026, "Civic Holiday", "2026-08-03"),
            (2025, "Labour Day", "2025-09-01"),
            (2026, "Labour Day", "2026-09-07"),
            (2025, "Thanksgiving", "2025-10-13"),
            (2026, "Thanksgiving", "2026-10-12"),
        ] {
            assert_eq!(date_of(year, name), date, "{name} {year}");
        }
    }

    #[test]
    fn every_year_has_nine_public_holidays_in_order() {
        for year in 1900..2200 {
            let holidays = ontario(year);
            assert_eq!(
                holidays.iter().filter(|holiday| holiday.statutory).count(),
                9,
                "{year}"
            );
            assert!(holidays.is_sorted_by_key(|holiday| holiday.date), "{year}");
            let easter = easter_sunday(year).expect("a date");
            assert_eq!(easter.weekday(), Weekday::Sun, "{year}");
            let month_day = (easter.month(), easter.day());
            assert!(((3, 22)..=(4, 25)).contains(&month_day), "{easter}");
        }
        for year in [i32::MIN, i32::MAX] {
            assert!(ontario(year).len() < 9);
        }
    }
}
