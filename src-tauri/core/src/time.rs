//! Local and universal time.
//!
//! What is agreed with people is local wall-clock time; what lies between two visits is elapsed time, measured
//! through UTC. Elapsed time is counted in whole minutes since 1970-01-01T00:00Z as `i32`, which reaches the
//! year 6053.

mod clock;
mod span;
mod strides;

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

pub use clock::{YEARS, ZoneClock, date_of, day_number};
pub use span::{Span, merge, subtract};
pub use strides::Strides;

/// Minutes since 1970-01-01T00:00Z.
pub type UtcMinute = i32;

/// A time of day on the wall clock, in whole minutes from 00:00 to 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);
    /// 24:00, the end of a day.
    pub const END_OF_DAY: Self = Self(1440);

    /// Minutes after 00:00; `None` above 1440.
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        u16::try_from(minutes)
            .ok()
            .filter(|&minutes| minutes <= 1440)
            .map(Self)
    }

    /// Minutes after 00:00, 0 to 1440.
    pub fn minutes(self) -> i32 {
        i32::from(self.0)
    }

    /// Reads `HH:MM`, 00:00 to 24:00.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (minute < 60 && hour * 60 + minute <= 1440).then_some(Self(hour * 60 + minute))
    }

    /// The time of day of a local time, seconds dropped.
    pub fn of(local: NaiveDateTime) -> Self {
        Self((local.hour() * 60 + local.minute()) as u16)
    }

    /// This time on a date; 24:00 is 00:00 of the next day.
    pub fn on(self, date: NaiveDate) -> NaiveDateTime {
        let midnight = date.and_time(NaiveTime::MIN);
        midnight
            .checked_add_signed(chrono::TimeDelta::minutes(i64::from(self.0)))
            .unwrap_or(midnight)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// A local time as `YYYY-MM-DDTHH:MM`.
pub fn format_local(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M").to_string()
}
