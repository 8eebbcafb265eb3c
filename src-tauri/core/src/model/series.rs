//! A planned run of visits in one or two disciplines.

use chrono::NaiveDate;

use super::{DisciplineId, PatientId, PractitionerId, SeriesId, ServiceId};
use crate::time::TimeOfDay;

/// A booked series: what was asked for, and the usual slots it was planned around.
///
/// Its visits are the appointments that link to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its identifier.
    pub id: SeriesId,
    /// Whose it is.
    pub patient: PatientId,
    /// The order of the two disciplines in each pair.
    pub order: [DisciplineId; 2],
    /// How far apart the two sessions of a pair lie.
    pub spacing: Spacing,
    /// How many weeks it runs.
    pub weeks: u32,
    /// How far a session may lie from its usual day, in days, 0 to 3.
    pub tolerance_days: u32,
    /// One or both disciplines, in `order`.
    pub rhythms: Vec<Rhythm>,
    /// The usual slot of each rhythm, in the same order.
    pub usual: Vec<UsualSlot>,
    /// The strategy of the proposal that was booked.
    pub strategy: Strategy,
    /// Why it was set up like this.
    pub basis: SeriesBasis,
}

/// What a series was decided from, kept as it was then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesBasis {
    /// The version of the protocols that decided.
    pub protocol_version: u32,
    /// The patient's conditions, main one first.
    pub conditions: Vec<String>,
    /// The patient's needs.
    pub needs: Vec<String>,
    /// The sensitivities that were counted.
    pub sensitivities: Vec<String>,
    /// The reasons in words, as shown when it was booked.
    pub reasons: Vec<String>,
}

/// How far apart the two sessions of a pair lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// On one day, in order.
    SameDay {
        /// The longest wait between them, in minutes, 0 to 240.
        max_wait_minutes: u32,
    },
    /// On two days, end to start in elapsed hours.
    SeparateDays {
        /// The least gap, 12 to 120 hours.
        min_hours: u32,
        /// The greatest gap, `min_hours` to 120 hours.
        max_hours: u32,
    },
}

impl Spacing {
    /// The longest wait between two sessions on one day that can be asked for, in minutes; what is longer is a gap.
    pub const MOST_WAIT_MINUTES: u32 = 240;
}

/// How often each discipline of a pair comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// Physiotherapy every week, massage every second week.
    Combined,
    /// One week physiotherapy, the next week massage.
    Alternating,
    /// Both every week.
    BothWeekly,
}

/// What comes how often, and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The discipline.
    pub discipline: DisciplineId,
    /// The service, one of the discipline's.
    pub service: ServiceId,
    /// A session every n weeks; at least 1.
    pub every_weeks: u32,
    /// The week of the first session, from 0.
    pub first_week: u32,
    /// Who may treat; at least one.
    pub practitioners: Vec<PractitionerId>,
}

impl Rhythm {
    /// Whether the discipline has a session in a week.
    pub fn has_session_in(&self, week: u32) -> bool {
        week >= self.first_week && (week - self.first_week).is_multiple_of(self.every_weeks.max(1))
    }

    /// The weeks below `weeks` that have a session.
    pub fn session_weeks(&self, weeks: u32) -> impl Iterator<Item = u32> + use<> {
        (self.first_week..weeks).step_by(self.every_weeks.max(1) as usize)
    }
}

/// The practitioner, weekday and time that the sessions of a discipline are measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsualSlot {
    /// The discipline.
    pub discipline: DisciplineId,
    /// The usual practitioner.
    pub practitioner: PractitionerId,
    /// The usual date of week 0; week w is w times 7 days later.
    pub date: NaiveDate,
    /// The usual time of day.
    pub time: TimeOfDay,
}

/// What a proposal minimises after unplaced and moved sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// Keep the practitioner, then the day, then the time.
    SamePractitioner,
    /// Begin as early as possible.
    Soonest,
    /// Keep the day and the time, then the practitioner.
    SameTime,
}

impl Strategy {
    /// Every strategy, in the order in which proposals are made.
    pub const ALL: [Self; 3] = [Self::SamePractitioner, Self::Soonest, Self::SameTime];

    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SamePractitioner => "same-practitioner",
            Self::Soonest => "soonest",
            Self::SameTime => "same-time",
        }
    }

    /// Reads its name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.as_str() == word)
    }
}
