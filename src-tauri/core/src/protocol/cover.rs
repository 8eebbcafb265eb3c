//! What the patient's insurance pays for, against what a series would take.

use chrono::{NaiveDate, TimeDelta};

use super::words::Words;
use crate::Language;
use crate::model::{DisciplineId, InsuranceCover, Rhythm};

/// A series that takes more visits of a discipline than are covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverWarning {
    /// The discipline.
    pub discipline: DisciplineId,
    /// Visits that the covers pay for.
    pub covered: u32,
    /// Visits already taken or booked.
    pub used: u32,
    /// Sessions that the series plans.
    pub planned: u32,
    /// Sessions of the series that are not covered.
    pub uncovered: u32,
    /// The date by which the series meets its first session that is not covered.
    pub first_uncovered: NaiveDate,
    /// The last date of the covers.
    pub until: NaiveDate,
}

impl CoverWarning {
    /// The warning in words.
    pub fn words(&self, language: Language) -> String {
        let discipline = Words(language).discipline(&self.discipline);
        let Self {
            covered,
            used,
            planned,
            uncovered,
            first_uncovered,
            until,
            ..
        } = self;
        let [from, until] = [first_uncovered, until].map(|date| language.short_date_of_year(*date));
        match language {
            Language::English => {
                let are = if *uncovered == 1 { "is" } else { "are" };
                format!(
                    "{uncovered} of {planned} {discipline} visits {are} not covered, from about {from} on: \
                     the insurance pays for {covered} until {until}; taken or booked already: {used}"
                )
            }
            Language::French => {
                let are = if *uncovered == 1 {
                    "n’est pas couvert"
                } else {
                    "ne sont pas couverts"
                };
                format!(
                    "{uncovered} des {planned} rendez-vous de {discipline} {are}, à partir du {from} \
                     environ\u{a0}: l’assurance en paie {covered} jusqu’au {until}; déjà pris ou réservés\u{a0}: {used}"
                )
            }
        }
    }
}

/// The disciplines whose covers a series would exceed, counting week w at `start` plus w weeks.
///
/// Several covers of one discipline add up, each to its own date. `used` says how many visits of a cover's
/// discipline are taken or booked up to its date. A discipline without a cover is not warned of.
pub fn cover_warnings(
    covers: &[InsuranceCover],
    rhythms: &[Rhythm],
    weeks: u32,
    start: NaiveDate,
    used: impl Fn(&InsuranceCover) -> u32,
) -> Vec<CoverWarning> {
    purses(covers, rhythms, used)
        .iter()
        .filter_map(|purse| purse.warning(weeks, start))
        .collect()
}

/// The most weeks, up to `weeks`, that stay within every cover; 0 when not even one does.
pub fn weeks_within_cover(
    covers: &[InsuranceCover],
    rhythms: &[Rhythm],
    weeks: u32,
    start: NaiveDate,
    used: impl Fn(&InsuranceCover) -> u32,
) -> u32 {
    purses(covers, rhythms, used)
        .iter()
        .filter_map(|purse| purse.first_uncovered_week(weeks, start))
        .min()
        .unwrap_or(weeks)
}

/// The covers of one rhythm's discipline.
struct Purse<'a> {
    rhythm: &'a Rhythm,
    /// What each cover has left, by date.
    left: Vec<(NaiveDate, u32)>,
    covered: u32,
    used: u32,
}

fn purses<'a>(
    covers: &[InsuranceCover],
    rhythms: &'a [Rhythm],
    used: impl Fn(&InsuranceCover) -> u32,
) -> Vec<Purse<'a>> {
    rhythms
        .iter()
        .filter_map(|rhythm| {
            let mut of_discipline: Vec<&InsuranceCover> = covers
                .iter()
                .filter(|cover| cover.discipline == rhythm.discipline)
                .collect();
            of_discipline.sort_by_key(|cover| cover.until);
            (!of_discipline.is_empty()).then(|| Purse::new(rhythm, &of_discipline, &used))
        })
        .collect()
}

impl<'a> Purse<'a> {
    fn new(rhythm: &'a Rhythm, covers: &[&InsuranceCover], used: impl Fn(&InsuranceCover) -> u32) -> Self {
        let mut purse = Self {
            rhythm,
            left: covers.iter().map(|cover| (cover.until, cover.visits)).collect(),
            covered: covers
                .iter()
                .fold(0, |sum, cover| sum.saturating_add(cover.visits)),
            used: 0,
        };
        for cover in covers {
            let total = used(cover);
            pay(&mut purse.left, cover.until, total.saturating_sub(purse.used));
            purse.used = purse.used.max(total);
        }
        purse
    }

    fn uncovered_weeks(&self, weeks: u32, start: NaiveDate) -> impl Iterator<Item = u32> + use<> {
        let mut left = self.left.clone();
        self.rhythm
            .session_weeks(weeks)
            .filter(move |&week| pay(&mut left, date_of_week(start, week), 1) > 0)
    }

    fn first_uncovered_week(&self, weeks: u32, start: NaiveDate) -> Option<u32> {
        self.uncovered_weeks(weeks, start).next()
    }

    fn warning(&self, weeks: u32, start: NaiveDate) -> Option<CoverWarning> {
        let first = self.first_uncovered_week(weeks, start)?;
        Some(CoverWarning {
            discipline: self.rhythm.discipline.clone(),
            covered: self.covered,
            used: self.used,
            planned: self.rhythm.session_weeks(weeks).count() as u32,
            uncovered: self.uncovered_weeks(weeks, start).count() as u32,
            first_uncovered: date_of_week(start, first),
            until: self.left.last()?.0,
        })
    }
}

/// Takes visits on a date from the covers that end soonest; returns those that nothing pays for.
fn pay(left: &mut [(NaiveDate, u32)], date: NaiveDate, visits: u32) -> u32 {
    left.iter_mut()
        .filter(|(until, _)| date <= *until)
        .fold(visits, |owed, (_, visits)| {
            let paid = owed.min(*visits);
            *visits -= paid;
            owed - paid
        })
}

fn date_of_week(start: NaiveDate, week: u32) -> NaiveDate {
    start
        .checked_add_signed(TimeDelta::weeks(i64::from(week)))
        .unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn rhythm(discipline: &str, every_weeks: u32) -> Rhythm {
        Rhythm {
            discipline: discipline.into(),
            service: "any".into(),
            every_weeks,
            first_week: 0,
            practitioners: vec!["p0".into()],
        }
    }

    fn cover(discipline: &str, visits: u32, until: &str) -> InsuranceCover {
        InsuranceCover {
            discipline: discipline.into(),
            visits,
            until: date(until),
        }
    }

    #[test]
    fn covers_are_counted_to_their_dates() {
        let physio = |visits, until| cover("physio", visits, until);
        // Sessions on 2, 9, 16 and 23 March.
        for (covers, used, uncovered, weeks) in [
            (vec![], 0, 0, 4),
            (vec![cover("massage", 0, "2026-12-31")], 0, 0, 4),
            (vec![physio(4, "2026-03-23")], 0, 0, 4),
            (vec![physio(4, "2026-03-22")], 0, 1, 3),
            (vec![physio(4, "2026-03-31")], 1, 1, 3),
            (vec![physio(3, "2026-03-31")], 0, 1, 3),
            (vec![physio(9, "2026-03-15")], 0, 2, 2),
            (vec![physio(9, "2026-03-01")], 0, 4, 0),
            (vec![physio(0, "2026-12-31")], 7, 4, 0),
            (vec![physio(2, "2026-12-31"), physio(2, "2026-03-10")], 0, 0, 4),
            (vec![physio(1, "2026-12-31"), physio(3, "2026-03-10")], 0, 1, 3),
            (
                vec![physio(u32::MAX, "2026-12-31"), physio(u32::MAX, "2026-12-31")],
                9,
                0,
                4,
            ),
        ] {
            let rhythms = [rhythm("physio", 1)];
            let warned = cover_warnings(&covers, &rhythms, 4, date("2026-03-02"), |_| used);
            let total: u32 = warned.iter().map(|warning| warning.uncovered).sum();
            assert_eq!(total, uncovered, "{covers:?}");
            let fits = weeks_within_cover(&covers, &rhythms, 4, date("2026-03-02"), |_| used);
            assert_eq!(fits, weeks, "{covers:?}");
        }
    }

    #[test]
    fn a_warning_says_how_many_from_when_and_why() {
        let warned = cover_warnings(
            &[
                cover("massage", 9, "2026-12-31"),
                cover("physio", 3, "2026-03-31"),
            ],
            &[rhythm("massage", 2), rhythm("physio", 1)],
            4,
            date("2026-03-02"),
            |_| 1,
        );
        let words: Vec<String> = warned
            .iter()
            .map(|warning| warning.words(Language::English))
            .collect();
        assert_eq!(
            words,
            [
                "2 of 4 physiotherapy visits are not covered, from about Mon, Mar 16, 2026 on: the insurance pays for 3 \
                 until Tue, Mar 31, 2026; taken or booked already: 1"
            ]
        );
    }
}
