//! Reading calendars of other programs, as they are and not as the standards wish them to be.
//!
//! The `ical` crate drops spaces at folds, refuses a byte order mark, lower case and unknown components, and lets one
//! bad line end a calendar. So lines are unfolded here as bytes, decoded, and given to its property parser one at a
//! time; a line that it refuses is reported with its number, and the rest is read.

mod events;
mod fault;
mod lines;
mod recurrence;
mod tree;
mod value;
mod zone;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

pub use fault::{ReadError, Skip, Skipped};

use crate::model::ImportedFrom;

/// The largest calendar that is read, in octets.
pub const MOST_BYTES: usize = 64 << 20;

/// The most busy times that one calendar gives.
pub const MOST_EVENTS: usize = 10_000;

/// How a calendar is read.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// The zone of the wall clock that times are told on, and of times that name no zone.
    pub time_zone: Tz,
    /// The first date that is wanted.
    pub from: NaiveDate,
    /// The last date that is wanted.
    pub to: NaiveDate,
}

/// What a calendar holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What the calendar calls itself.
    pub name: Option<String>,
    /// The times that are taken and reach into the wanted dates, by their start.
    pub events: Vec<BusyTime>,
    /// The UIDs of everything that was understood, taken or not, wanted or not.
    pub uids: BTreeSet<String>,
    /// How many times were understood and lie outside the wanted dates.
    pub outside: usize,
    /// How many were understood and take no time: free, or called off.
    pub free: usize,
    /// What was passed over, by line.
    pub skipped: Vec<Skipped>,
    /// How many more were passed over than are listed.
    pub more_skipped: usize,
}

/// A time that is taken, on the clinic's wall clock in whole minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusyTime {
    /// What it is in its calendar.
    pub source: ImportedFrom,
    /// Its first minute.
    pub from: NaiveDateTime,
    /// The minute after the last.
    pub to: NaiveDateTime,
    /// Its title; empty where there is none.
    pub title: String,
    /// Where it is; empty when not told.
    pub location: String,
    /// Whether its calendar calls it private or confidential.
    pub is_private: bool,
    /// The line at which it begins in its file.
    pub line: usize,
}

/// Reads a calendar: busy times with every recurrence in the wanted dates, and what was passed over.
///
/// # Errors
/// When it is too large, not UTF-8 text, or no calendar at all.
pub fn read_calendar(bytes: &[u8], options: &ReadOptions) -> Result<Reading, ReadError> {
    let mut faults = fault::Faults::default();
    let root = tree::read(bytes, &mut faults)?;
    let mut reading = events::read(&root, options, &mut faults);
    (reading.skipped, reading.more_skipped) = faults.listed();
    Ok(reading)
}

#[cfg(test)]
mod tests;
