//! What a TZID means: the VTIMEZONE of the file, else an IANA name, else a Windows name, else the calendar's own zone,
//! else the clinic's.

use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::{TZ_VARIANTS, Tz};
use windows_timezones::WindowsTimezone;

use super::fault::{Faults, Skip, beginning};
use super::recurrence::{Budget, expand};
use super::tree::{Component, Property};
use super::value::{self, When};
use crate::time::{UtcMinute, ZoneClock, day_number};

/// The first minute of the year 6000; what lies later is far outside every calendar.
const FURTHEST: UtcMinute = 2_119_613_760;

/// A calendar that names more zones than this is no calendar of people; further names are not looked up.
const MOST_NAMES: usize = 500;

/// A zone as a calendar means it.
#[derive(Clone)]
pub(super) enum Zone {
    Known(ZoneClock),
    /// Each minute from which an offset holds, with that offset; the first holds from ever.
    Told(Rc<[(UtcMinute, i32)]>),
}

impl Zone {
    /// The minute of a wall-clock time: the first where it occurs twice, by the offset before where it is skipped.
    pub(super) fn to_utc(&self, local: NaiveDateTime) -> UtcMinute {
        let minute = minutes(local);
        match self {
            Self::Known(clock) => clock.to_utc(instant(minute)),
            Self::Told(changes) => minute_by(changes, minute),
        }
    }

    /// The wall-clock time of a minute.
    pub(super) fn to_local(&self, minute: UtcMinute) -> NaiveDateTime {
        match self {
            Self::Known(clock) => clock.to_local(minute),
            Self::Told(changes) => {
                let holding = changes.partition_point(|&(from, _)| from <= minute).max(1) - 1;
                instant(minute.saturating_add(changes[holding].1))
            }
        }
    }
}

fn minute_by(changes: &[(UtcMinute, i32)], local: i32) -> UtcMinute {
    let begins = |index: usize| changes.get(index).map_or(UtcMinute::MAX, |&(from, _)| from);
    // No offset is larger than 18 hours, so what ended two days before cannot hold.
    let near = changes
        .partition_point(|&(from, _)| from <= local.saturating_sub(2880))
        .max(1)
        - 1;
    for index in near..changes.len() {
        let minute = local.saturating_sub(changes[index].1);
        let holds = minute < begins(index + 1);
        let is_skipped =
            !holds && local.saturating_sub(changes[(index + 1).min(changes.len() - 1)].1) < begins(index + 1);
        if holds || is_skipped {
            return minute;
        }
    }
    local
}

/// Minutes on the wall clock since 1970-01-01T00:00, to the year 6000.
pub(super) fn minutes(local: NaiveDateTime) -> i32 {
    let of_day = chrono::Timelike::num_seconds_from_midnight(&local) / 60;
    let minutes = i64::from(day_number(local.date())) * 1440 + i64::from(of_day);
    i32::try_from(minutes).map_or(FURTHEST, |minutes| minutes.min(FURTHEST))
}

/// The time at which a clock that counts minutes since 1970-01-01T00:00 stands.
pub(super) fn instant(minutes: i32) -> NaiveDateTime {
    chrono::DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::minutes(minutes.into())
}

/// The zones of one VCALENDAR.
pub(super) struct Zones<'a> {
    told: HashMap<String, &'a Component>,
    known: HashMap<String, Zone>,
    /// For times that name no zone, or none that is known: the calendar's own, else the clinic's.
    fallback: Zone,
    fallback_name: String,
}

impl<'a> Zones<'a> {
    pub(super) fn of(calendar: &'a Component, clinic: Tz) -> Self {
        let told = calendar.inner.iter().filter(|inner| inner.name == "VTIMEZONE");
        let own = calendar
            .property("X-WR-TIMEZONE")
            .and_then(|property| named(property.value.trim()));
        let fallback = own.unwrap_or(clinic);
        Self {
            told: told
                .map(|zone| (zone.text("TZID").trim().to_owned(), zone))
                .collect(),
            known: HashMap::new(),
            fallback: Zone::Known(ZoneClock::new(fallback)),
            fallback_name: fallback.name().to_owned(),
        }
    }

    /// The zone of a time of a property.
    pub(super) fn of_time(&mut self, property: &Property, when: When, faults: &mut Faults) -> Zone {
        match (when, property.parameter("TZID")) {
            (When::Utc(_), _) => Zone::Known(ZoneClock::new(Tz::UTC)),
            (_, Some(name)) => self.named(name.trim(), property.line, faults),
            (_, None) => self.fallback.clone(),
        }
    }

    fn named(&mut self, name: &str, line: usize, faults: &mut Faults) -> Zone {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        if self.known.len() >= MOST_NAMES {
            return self.fallback.clone();
        }
        let told = self.told.get(name).and_then(|zone| told(zone));
        let zone = told
            .or_else(|| named(name).map(|zone| Zone::Known(ZoneClock::new(zone))))
            .unwrap_or_else(|| {
                let why = Skip::UnknownZone {
                    name: beginning(name),
                    used: self.fallback_name.clone(),
                };
                faults.add(line, why);
                self.fallback.clone()
            });
        self.known.insert(name.to_owned(), zone.clone());
        zone
    }
}

/// The zone of an IANA name, bare or behind a prefix as in `/example.org/20050126_1/America/Toronto`, or of a Windows one.
fn named(name: &str) -> Option<Tz> {
    let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
    let iana = starts.take(8).find_map(|start| Tz::from_str(&name[start..]).ok());
    iana.or_else(|| windows(name))
}

fn windows(name: &str) -> Option<Tz> {
    let zone = WindowsTimezone::from_str(name).ok().or_else(|| {
        // Some programs write the name that people see, such as "(UTC-05:00) Eastern Time (US & Canada)".
        let places = name.split_once(") ").map_or(name, |(_, places)| places);
        let mut zones = TZ_VARIANTS
            .into_iter()
            .filter_map(|zone| WindowsTimezone::try_from(zone).ok());
        zones.find(|zone| {
            let description = zone.description();
            let known = description
                .split_once(") ")
                .map_or(description, |(_, places)| places);
            known.eq_ignore_ascii_case(places) || zone.name().eq_ignore_ascii_case(name)
        })
    })?;
    Some(zone.into())
}

/// The offsets that a VTIMEZONE tells; `None` when it tells none that can be read.
fn told(zone: &Component) -> Option<Zone> {
    let reach = (
        chrono::NaiveDate::from_ymd_opt(1900, 1, 1)?.and_time(chrono::NaiveTime::MIN),
        chrono::NaiveDate::from_ymd_opt(crate::time::YEARS.end() + 2, 1, 1)?.and_time(chrono::NaiveTime::MIN),
    );
    let mut changes: Vec<(UtcMinute, i32, i32)> = Vec::new();
    let mut budget = Budget::default();
    for observance in &zone.inner {
        if !matches!(observance.name.as_str(), "STANDARD" | "DAYLIGHT") {
            continue;
        }
        let offset = |name| value::offset(&observance.property(name)?.value);
        let (Some(before), Some(after)) = (offset("TZOFFSETFROM"), offset("TZOFFSETTO")) else {
            continue;
        };
        let as_local = |when| match when {
            When::Utc(time) => time + TimeDelta::minutes(before.into()),
            When::Local(time) => time,
            When::Date(date) => date.and_time(chrono::NaiveTime::MIN),
        };
        let Some(start) = observance
            .property("DTSTART")
            .and_then(|start| value::when(&start.value))
        else {
            continue;
        };
        let start = as_local(start);
        let rules = observance
            .all("RRULE")
            .filter_map(|rule| expand(&rule.value, start, reach, as_local, &mut budget))
            .flat_map(|found| found.times);
        let dates = observance
            .all("RDATE")
            .flat_map(|dates| dates.value.split(','))
            .filter_map(value::when)
            .map(as_local);
        let onsets = std::iter::once(start).chain(rules).chain(dates);
        changes.extend(onsets.map(|onset| (minutes(onset).saturating_sub(before), before, after)));
    }
    changes.sort_unstable();
    changes.dedup();
    let &(_, first, _) = changes.first()?;
    let mut offsets = vec![(UtcMinute::MIN, first)];
    offsets.extend(changes.into_iter().map(|(minute, _, after)| (minute, after)));
    Some(Zone::Told(offsets.into()))
}
