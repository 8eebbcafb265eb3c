//! When an event is, on the clock that it comes back on.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::super::value::When;
use super::super::zone::{self, Zone};
use crate::time::UtcMinute;

/// The place of one time of a recurring event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    On(NaiveDate),
    At(UtcMinute),
}

impl Place {
    /// That of a time in a zone.
    pub(super) fn of(zone: &Zone, when: When) -> Self {
        match when {
            When::Date(date) => Self::On(date),
            time => Self::At(to_utc(zone, time)),
        }
    }
}

/// When an event is.
#[derive(Clone)]
pub(super) struct Span {
    pub(super) start: When,
    pub(super) zone: Zone,
    /// Elapsed minutes, or days of 1440 minutes where it begins on a date.
    pub(super) minutes: i32,
}

impl Span {
    pub(super) fn place(&self) -> Place {
        Place::of(&self.zone, self.start)
    }

    /// The start on the clock that it comes back on.
    pub(super) fn local(&self) -> NaiveDateTime {
        local(&self.zone, self.start)
    }

    /// The same length from another start on that clock.
    pub(super) fn moved(&self, start: NaiveDateTime) -> Self {
        let start = match self.start {
            When::Date(_) => When::Date(start.date()),
            When::Local(_) => When::Local(start),
            When::Utc(_) => When::Utc(start),
        };
        Self {
            start,
            ..self.clone()
        }
    }
}

pub(super) fn to_utc(zone: &Zone, when: When) -> UtcMinute {
    zone.to_utc(match when {
        When::Date(date) => midnight(date),
        When::Local(time) | When::Utc(time) => time,
    })
}

/// A time on the clock of a zone.
pub(super) fn local(zone: &Zone, when: When) -> NaiveDateTime {
    match when {
        When::Date(date) => midnight(date),
        When::Local(time) => time,
        When::Utc(time) => zone.to_local(zone::minutes(time)),
    }
}

pub(super) fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}
