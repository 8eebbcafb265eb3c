//! The text of a whole calendar.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use ical::property::Property;

use super::line::{push, text, verbatim, with_parameter};
use super::observance::{Observance, YearlyRule, observances, utc_offset};
use super::{Event, EventTime};
use crate::model::SeriesId;
use crate::time::{UtcMinute, ZoneClock};

/// A calendar to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// What calendar programs call it.
    pub name: String,
    /// The zone of its wall-clock times.
    pub time_zone: Tz,
    /// Its colour as a CSS name such as `teal`; anything that is not one word of letters is left out.
    pub color: Option<String>,
    /// The first date that it covers.
    pub from: NaiveDate,
    /// The last date that it covers.
    pub to: NaiveDate,
    /// Its events, in any order.
    pub events: Vec<Event>,
}

/// Writes a calendar: lines of at most 75 octets that end in CRLF, events by time and UID.
///
/// Times carry the zone's IANA name, and a VTIMEZONE says what it means from the first event's or date's year to
/// the last one's. Where the zone changes its clock by no yearly rule of one weekday, as a few do, and for UTC,
/// times are in UTC and there is no VTIMEZONE. Visits of one series are tied each to the one before it.
pub fn calendar_text(export: &Export) -> String {
    let clock = ZoneClock::new(export.time_zone);
    let mut events: Vec<(Moment, &Event)> = export
        .events
        .iter()
        .map(|event| (Moment::of(event.time, &clock), event))
        .collect();
    events.sort_by(|(moment, event), (other_moment, other)| {
        (moment.order(), &event.uid).cmp(&(other_moment.order(), &other.uid))
    });
    let rules = zone_rules(export, &clock, &events);
    let zone = Zone {
        clock: &clock,
        is_said: rules.is_some(),
    };
    let mut written = String::with_capacity(512 * (events.len() + 4));
    push_component(&mut written, "VCALENDAR", |written| {
        push_all(written, &heading(export));
        if let Some(observances) = &rules {
            push_time_zone(written, export.time_zone, observances);
        }
        let mut last_of_series: HashMap<&SeriesId, &str> = HashMap::new();
        for (moment, event) in events {
            let before = event
                .series
                .as_ref()
                .and_then(|series| last_of_series.insert(series, &event.uid));
            let properties = event_properties(event, moment, before, &zone);
            push_component(written, "VEVENT", |written| push_all(written, &properties));
        }
    });
    written
}

fn push_component(written: &mut String, name: &str, content: impl FnOnce(&mut String)) {
    push(written, &verbatim("BEGIN", name));
    content(written);
    push(written, &verbatim("END", name));
}

fn push_all(written: &mut String, properties: &[Property]) {
    properties.iter().for_each(|property| push(written, property));
}

fn heading(export: &Export) -> Vec<Property> {
    let mut properties = vec![
        verbatim("VERSION", "2.0"),
        verbatim("PRODID", "-//Ordo//Ordo//EN"),
        verbatim("CALSCALE", "GREGORIAN"),
        text("NAME", &export.name),
        text("X-WR-CALNAME", &export.name),
        with_parameter("REFRESH-INTERVAL", "VALUE", "DURATION", "PT1H"),
        verbatim("X-PUBLISHED-TTL", "PT1H"),
    ];
    let is_word = |color: &&String| !color.is_empty() && color.bytes().all(|byte| byte.is_ascii_alphabetic());
    if let Some(color) = export.color.as_ref().filter(is_word) {
        properties.push(verbatim("COLOR", color.as_str()));
    }
    properties
}

/// When an event is, in elapsed time or in whole days.
#[derive(Clone, Copy)]
enum Moment {
    Minutes { from: UtcMinute, to: UtcMinute },
    Days { from: NaiveDate, to: NaiveDate },
}

impl Moment {
    fn of(time: EventTime, clock: &ZoneClock) -> Self {
        match time {
            EventTime::For { start, minutes } => {
                let from = clock.to_utc(start);
                Self::Minutes {
                    from,
                    to: from.saturating_add_unsigned(minutes),
                }
            }
            EventTime::Between { from, to } if from < to && is_midnight(from) && is_midnight(to) => {
                Self::Days {
                    from: from.date(),
                    to: to.date(),
                }
            }
            EventTime::Between { from, to } => Self::Minutes {
                from: clock.to_utc(from),
                to: clock.to_utc(to),
            },
        }
    }

    fn order(self) -> (i64, i64) {
        let days = |date: NaiveDate| i64::from(crate::time::day_number(date)) * 1440;
        match self {
            Self::Minutes { from, to } => (from.into(), to.into()),
            Self::Days { from, to } => (days(from), days(to)),
        }
    }

    fn years(self, clock: &ZoneClock) -> [i32; 2] {
        match self {
            Self::Minutes { from, to } => [from, to.max(from)].map(|minute| clock.to_local(minute).year()),
            Self::Days { from, to } => [from, to].map(|date| date.year()),
        }
    }
}

fn is_midnight(local: NaiveDateTime) -> bool {
    local.num_seconds_from_midnight() == 0
}

/// How times are written.
struct Zone<'a> {
    clock: &'a ZoneClock,
    /// Whether a VTIMEZONE says what the zone's name means.
    is_said: bool,
}

impl Zone<'_> {
    /// The properties of a start and an end, or of a start alone where no time lies between.
    ///
    /// Readers disagree about an hour that comes twice, so an event that touches one is written in UTC.
    fn times(&self, from: UtcMinute, to: UtcMinute) -> Vec<Property> {
        let in_zone = self.is_said && !self.clock.comes_twice(from) && !self.clock.comes_twice(to);
        let time = |name, minute| {
            if in_zone {
                let local = compact(self.clock.to_local(minute));
                with_parameter(name, "TZID", self.clock.zone().name(), local)
            } else {
                verbatim(name, utc(instant(minute)))
            }
        };
        let end = (to > from).then(|| time("DTEND", to));
        std::iter::once(time("DTSTART", from)).chain(end).collect()
    }
}

fn zone_rules(export: &Export, clock: &ZoneClock, events: &[(Moment, &Event)]) -> Option<Vec<Observance>> {
    let is_utc = clock.changes().len() == 1 && matches!(export.time_zone.name(), "UTC" | "Etc/UTC");
    if is_utc {
        return None;
    }
    let years = events
        .iter()
        .flat_map(|(moment, _)| moment.years(clock))
        .chain([export.from.year(), export.to.year()]);
    let (first, last) = years.fold((i32::MAX, i32::MIN), |(first, last), year| {
        (first.min(year), last.max(year))
    });
    observances(clock, first, last)
}

fn push_time_zone(written: &mut String, zone: Tz, observances: &[Observance]) {
    push_component(written, "VTIMEZONE", |written| {
        push(written, &text("TZID", zone.name()));
        for observance in observances {
            let kind = if observance.daylight {
                "DAYLIGHT"
            } else {
                "STANDARD"
            };
            let properties = [
                verbatim("DTSTART", compact(observance.onset)),
                verbatim("TZOFFSETFROM", utc_offset(observance.offset_from)),
                verbatim("TZOFFSETTO", utc_offset(observance.offset_to)),
                text("TZNAME", &observance.name),
            ];
            push_component(written, kind, |written| {
                push_all(written, &properties);
                if let Some(rule) = &observance.rule {
                    push(written, &recurrence(rule));
                }
            });
        }
    });
}

fn recurrence(rule: &YearlyRule) -> Property {
    let weekday = match rule.weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    };
    let until = rule
        .until
        .map_or_else(String::new, |until| format!(";UNTIL={}", utc(until)));
    verbatim(
        "RRULE",
        format!(
            "FREQ=YEARLY;BYMONTH={};BYDAY={}{weekday}{until}",
            rule.month, rule.nth
        ),
    )
}

fn event_properties(event: &Event, moment: Moment, before: Option<&str>, zone: &Zone<'_>) -> Vec<Property> {
    let changed = utc(event.changed_at.unwrap_or_else(before_every_change));
    let mut properties = vec![
        text("UID", &event.uid),
        verbatim("DTSTAMP", changed.as_str()),
        verbatim("LAST-MODIFIED", changed),
        verbatim("SEQUENCE", event.revision.min(i32::MAX as u32).to_string()),
    ];
    match moment {
        Moment::Days { from, to } => {
            let date = |date: NaiveDate| date.format("%Y%m%d").to_string();
            properties.push(with_parameter("DTSTART", "VALUE", "DATE", date(from)));
            properties.push(with_parameter("DTEND", "VALUE", "DATE", date(to)));
        }
        Moment::Minutes { from, to } => properties.extend(zone.times(from, to)),
    }
    properties.push(text("SUMMARY", &event.summary));
    if !event.location.is_empty() {
        properties.push(text("LOCATION", &event.location));
    }
    if !event.description.is_empty() {
        properties.push(text("DESCRIPTION", &event.description));
    }
    let status = if event.cancelled { "CANCELLED" } else { "CONFIRMED" };
    let transparency = if event.occupies_time {
        "OPAQUE"
    } else {
        "TRANSPARENT"
    };
    properties.push(verbatim("STATUS", status));
    properties.push(verbatim("TRANSP", transparency));
    properties.push(verbatim("CLASS", "PRIVATE"));
    if let Some(before) = before {
        properties.push(with_parameter(
            "RELATED-TO",
            "RELTYPE",
            "SIBLING",
            super::line::escape(before),
        ));
    }
    if event.out_of_office {
        properties.push(verbatim("X-MICROSOFT-CDO-BUSYSTATUS", "OOF"));
    }
    properties
}

/// The stamp of what never said when it changed: the first instant that a calendar reaches, so that every later
/// change is newer.
fn before_every_change() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(*crate::time::YEARS.start(), 1, 1).map_or(DateTime::UNIX_EPOCH, |date| {
        date.and_time(chrono::NaiveTime::MIN).and_utc()
    })
}

fn instant(minute: UtcMinute) -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::minutes(minute.into())
}

fn utc(instant: DateTime<Utc>) -> String {
    format!("{}Z", compact(instant.naive_utc()))
}

fn compact(local: NaiveDateTime) -> String {
    // Thousands are written at once, and a format string is read anew each time.
    let (date, time) = (local.date(), local.time());
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

#[cfg(test)]
mod tests;
