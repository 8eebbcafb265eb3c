//! Busy times: events with their recurrences and exceptions, and published free and busy times.

mod free_busy;
mod recurring;
mod span;

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::fault::{Faults, Skip, beginning};
use super::recurrence::Budget;
use super::tree::{Component, Property};
use super::value::{self, When};
use super::zone::{Zone, Zones};
use super::{BusyTime, MOST_EVENTS, ReadOptions, Reading};
use crate::model::ImportedFrom;
use crate::time::{UtcMinute, YEARS, ZoneClock};
use span::{Place, Span, midnight, to_utc};

/// What every UID of this program ends with.
const OWN: &str = "@ordo";

/// Reads every calendar of a file.
pub(super) fn read(root: &Component, options: &ReadOptions, faults: &mut Faults) -> Reading {
    let mut reader = Reader {
        clock: ZoneClock::new(options.time_zone),
        from: midnight(options.from),
        to: midnight(options.to + Days::new(1)),
        reading: Reading::default(),
        budget: Budget::default(),
        faults,
    };
    // Some programs write events without a calendar around them.
    let loose = std::iter::once(root).filter(|root| root.inner.iter().any(|inner| inner.name == "VEVENT"));
    let calendars = root.inner.iter().filter(|inner| inner.name == "VCALENDAR");
    for calendar in calendars.chain(loose) {
        let name = ["X-WR-CALNAME", "NAME"].map(|name| calendar.text(name));
        reader.reading.name = reader.reading.name.take().or_else(|| {
            name.into_iter()
                .map(|name| name.trim().to_owned())
                .find(|name| !name.is_empty())
        });
        reader.calendar(calendar, options);
    }
    let mut reading = reader.reading;
    reading
        .events
        .sort_by(|one, other| (one.from, one.to, &one.source).cmp(&(other.from, other.to, &other.source)));
    reading
}

struct Reader<'a> {
    clock: ZoneClock,
    from: NaiveDateTime,
    to: NaiveDateTime,
    reading: Reading,
    budget: Budget,
    faults: &'a mut Faults,
}

/// One VEVENT.
struct Event<'a> {
    component: &'a Component,
    uid: String,
    span: Span,
    /// The time of the recurring event that it stands for.
    instead_of: Option<(Place, NaiveDateTime)>,
}

impl Reader<'_> {
    fn calendar(&mut self, calendar: &Component, options: &ReadOptions) {
        let mut zones = Zones::of(calendar, options.time_zone);
        let mut events: BTreeMap<(String, Option<Place>), Event<'_>> = BTreeMap::new();
        for component in &calendar.inner {
            match component.name.as_str() {
                "VEVENT" => {
                    let Some(event) = self.event(component, &mut zones) else {
                        continue;
                    };
                    let key = (event.uid.clone(), event.instead_of.map(|(place, _)| place));
                    // Of two with one identity the one changed more often holds; of equal ones the later.
                    let is_older = events
                        .get(&key)
                        .is_some_and(|known| sequence(known.component) > sequence(component));
                    if !is_older {
                        events.insert(key, event);
                    }
                }
                "VFREEBUSY" => self.free_busy(component),
                _ => {}
            }
        }
        let mut replaced: BTreeMap<&str, HashSet<Place>> = BTreeMap::new();
        for (uid, place) in events.keys() {
            replaced.entry(uid).or_default().extend(place);
        }
        for event in events.values() {
            if self.is_full(event.component.line) {
                return;
            }
            let replaced = replaced.get(event.uid.as_str());
            let is_replaced = |place: Place| replaced.is_some_and(|places| places.contains(&place));
            self.take(event, &mut zones, is_replaced);
        }
        self.reading.uids.extend(events.into_keys().map(|(uid, _)| uid));
    }

    fn is_full(&mut self, line: usize) -> bool {
        let is_full = self.reading.events.len() >= MOST_EVENTS;
        if is_full {
            self.faults.add_once(line, Skip::TooMany { most: MOST_EVENTS });
        }
        is_full
    }

    /// Reads what makes an event one; `None` when it is passed over.
    fn event<'c>(&mut self, component: &'c Component, zones: &mut Zones<'_>) -> Option<Event<'c>> {
        let mut uid = component.text("UID").trim().to_owned();
        if uid.ends_with(OWN) {
            self.faults.add(component.line, Skip::Own);
            return None;
        }
        let Some(property) = component.property("DTSTART") else {
            self.faults.add(component.line, Skip::NoStart);
            return None;
        };
        let start = self.time(property, &property.value)?;
        let zone = zones.of_time(property, start, self.faults);
        let minutes = self.minutes(component, start, &zone, zones)?;
        let span = Span { start, zone, minutes };
        let instead_of = match component.property("RECURRENCE-ID") {
            None => None,
            Some(property) => {
                let when = self.time(property, &property.value)?;
                let zone = zones.of_time(property, when, self.faults);
                Some((Place::of(&zone, when), self.on_clinic_clock(&zone, when)))
            }
        };
        if uid.is_empty() {
            let title = component.text("SUMMARY");
            uid = format!("{} {}", self.on_clinic_clock(&span.zone, start), title.trim());
        }
        Some(Event {
            component,
            uid,
            span,
            instead_of,
        })
    }

    fn time(&mut self, property: &Property, text: &str) -> Option<When> {
        let when = value::when(text);
        if when.is_none() {
            let why = Skip::BadTime {
                property: property.name.to_owned(),
                value: beginning(text),
            };
            self.faults.add(property.line, why);
        }
        when
    }

    fn on_clinic_clock(&self, zone: &Zone, when: When) -> NaiveDateTime {
        match when {
            When::Date(date) => midnight(date),
            time => self.clock.to_local(to_utc(zone, time)),
        }
    }

    /// How long an event takes; `None`, and a fault, when it takes no time.
    fn minutes(
        &mut self,
        component: &Component,
        start: When,
        zone: &Zone,
        zones: &mut Zones<'_>,
    ) -> Option<i32> {
        let end = match (component.property("DTEND"), component.property("DURATION")) {
            (Some(end), _) => {
                let when = self.time(end, &end.value)?;
                match (start, when) {
                    (When::Date(from), When::Date(to)) => (to - from).num_minutes(),
                    _ => {
                        let zone_of_end = zones.of_time(end, when, self.faults);
                        i64::from(to_utc(&zone_of_end, when)) - i64::from(to_utc(zone, start))
                    }
                }
            }
            (None, Some(duration)) => {
                let Some(length) = value::duration(&duration.value) else {
                    let why = Skip::BadTime {
                        property: duration.name.to_owned(),
                        value: beginning(&duration.value),
                    };
                    self.faults.add(duration.line, why);
                    return None;
                };
                length.num_minutes()
            }
            (None, None) if matches!(start, When::Date(_)) => 1440,
            (None, None) => 0,
        };
        let why = match end {
            0 => Skip::NoLength,
            ..0 => Skip::EndsBefore,
            _ => return Some(i32::try_from(end).unwrap_or(i32::MAX)),
        };
        self.faults.add(component.line, why);
        None
    }

    fn take(&mut self, event: &Event<'_>, zones: &mut Zones<'_>, is_replaced: impl Fn(Place) -> bool) {
        let component = event.component;
        let is_free = component.is("STATUS", "CANCELLED")
            || component.is("TRANSP", "TRANSPARENT")
            || component.is("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
        let recurs = event.instead_of.is_none()
            && component
                .properties
                .iter()
                .any(|property| matches!(property.name, "RRULE" | "RDATE"));
        if is_free {
            self.reading.free += 1;
        } else if recurs {
            for start in self.recurrences(event, zones, is_replaced) {
                if self.is_full(component.line) {
                    return;
                }
                let span = event.span.moved(start);
                let occurrence = self.on_clinic_clock(&span.zone, span.start);
                self.add(event, &span, Some(occurrence));
            }
        } else {
            let occurrence = event.instead_of.map(|(_, occurrence)| occurrence);
            self.add(event, &event.span, occurrence);
        }
    }

    fn add(&mut self, event: &Event<'_>, span: &Span, occurrence: Option<NaiveDateTime>) {
        let uid = event.uid.clone();
        match span.start {
            When::Date(date) => {
                let from = midnight(date);
                let to = from.checked_add_signed(TimeDelta::minutes(span.minutes.into()));
                self.keep_local(
                    event.component,
                    uid,
                    occurrence,
                    (from, to.unwrap_or(NaiveDateTime::MAX)),
                );
            }
            time => {
                let from = to_utc(&span.zone, time);
                self.keep(
                    event.component,
                    uid,
                    occurrence,
                    (from, from.saturating_add(span.minutes)),
                );
            }
        }
    }

    fn keep(
        &mut self,
        component: &Component,
        uid: String,
        occurrence: Option<NaiveDateTime>,
        (from, to): (UtcMinute, UtcMinute),
    ) {
        let (start, mut end) = (self.clock.to_local(from), self.clock.to_local(to));
        // An end in an hour that comes twice reads as the first; where the second is meant, more time is taken.
        let lost = to.saturating_sub(self.clock.to_utc(end));
        end += TimeDelta::minutes(lost.max(0).into());
        self.keep_local(component, uid, occurrence, (start, end));
    }

    fn keep_local(
        &mut self,
        component: &Component,
        uid: String,
        occurrence: Option<NaiveDateTime>,
        (from, to): (NaiveDateTime, NaiveDateTime),
    ) {
        if to <= self.from || from >= self.to {
            self.reading.outside += 1;
            return;
        }
        let is_private = component
            .property("CLASS")
            .is_some_and(|class| !class.value.trim().eq_ignore_ascii_case("PUBLIC"));
        self.reading.events.push(BusyTime {
            source: ImportedFrom { uid, occurrence },
            from: from.max(first_time()),
            to: to.min(last_time()),
            title: component.text("SUMMARY").trim().to_owned(),
            location: component.text("LOCATION").trim().to_owned(),
            is_private,
            line: component.line,
        });
    }
}

fn sequence(component: &Component) -> i64 {
    component
        .property("SEQUENCE")
        .and_then(|sequence| sequence.value.trim().parse().ok())
        .unwrap_or(0)
}

fn first_time() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(*YEARS.start(), 1, 1).map_or(NaiveDateTime::MIN, midnight)
}

fn last_time() -> NaiveDateTime {
    let last = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).filter(|date| date.year() == *YEARS.end());
    last.map_or(NaiveDateTime::MAX, midnight)
}
