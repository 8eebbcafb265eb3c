//! What the patient's insurance pays for, against what a series would take.

use chrono::{NaiveDate, TimeDelta};

use crate::model::{DisciplineId, InsuranceCover, Rhythm};

/// A series that takes more visits than are covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverWarning {
    /// The discipline.
    pub discipline: DisciplineId,
    /// Visits that the cover pays for.
    pub covered: u32,
    /// Of these, visits already taken or booked.
    pub used: u32,
    /// Sessions that the series plans.
    pub planned: u32,
    /// Sessions of the series that are not covered.
    pub uncovered: u32,
    /// The last date of the cover.
    pub until: NaiveDate,
}

impl CoverWarning {
    /// The warning in words.
    pub fn words(&self) -> String {
        format!(
            "{} of {} {} visits are not covered: the insurance pays for {} until {}, {} of them taken or booked already",
            self.uncovered, self.planned, self.discipline, self.covered, self.until, self.used
        )
    }
}

/// The covers that a series would exceed, counting week w at `start` plus w weeks.
///
/// `used` says how many visits of a cover are taken or booked already.
pub fn cover_warnings(
    covers: &[InsuranceCover],
    rhythms: &[Rhythm],
    weeks: u32,
    start: NaiveDate,
    used: impl Fn(&InsuranceCover) -> u32,
) -> Vec<CoverWarning> {
    let warning = |cover: &InsuranceCover| {
        let rhythm = rhythms
            .iter()
            .find(|rhythm| rhythm.discipline == cover.discipline)?;
        let planned = rhythm.session_weeks(weeks).count() as u32;
        let in_time = rhythm
            .session_weeks(weeks)
            .filter(|&week| date_of_week(start, week) <= cover.until)
            .count() as u32;
        let used = used(cover);
        let uncovered = planned - in_time.min(cover.visits.saturating_sub(used));
        (uncovered > 0).then(|| CoverWarning {
            discipline: cover.discipline.clone(),
            covered: cover.visits,
            used,
            planned,
            uncovered,
            until: cover.until,
        })
    };
    covers.iter().filter_map(warning).collect()
}

/// The most weeks, up to `weeks`, that stay within every cover; 0 when not even one does.
pub fn weeks_within_cover(
    covers: &[InsuranceCover],
    rhythms: &[Rhythm],
    weeks: u32,
    start: NaiveDate,
    used: impl Fn(&InsuranceCover) -> u32,
) -> u32 {
    (1..=weeks)
        .rev()
        .find(|&fewer| cover_warnings(covers, rhythms, fewer, start, &used).is_empty())
        .unwrap_or(0)
}

fn date_of_week(start: NaiveDate, week: u32) -> NaiveDate {
    start
        .checked_add_signed(TimeDelta::weeks(i64::from(week)))
        .unwrap_or(NaiveDate::MAX)
}
