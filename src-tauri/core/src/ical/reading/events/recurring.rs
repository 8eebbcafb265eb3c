//! The times of recurring events, with their exceptions.

use std::collections::{BTreeSet, HashSet};

use chrono::{NaiveDateTime, TimeDelta};

use super::super::MOST_EVENTS;
use super::super::fault::{Skip, beginning};
use super::super::recurrence::{expand, widened};
use super::super::tree::Component;
use super::super::value::When;
use super::super::zone::{Zones, instant};
use super::span::{Place, Span, local, to_utc};
use super::{Event, Reader};

/// The longest event whose recurrences are followed; longer ones lie over each other.
const LONGEST_RECURRING: TimeDelta = TimeDelta::days(62);

impl Reader<'_> {
    /// The starts of a recurring event in the wanted dates, on its own clock.
    pub(super) fn recurrences(
        &mut self,
        event: &Event<'_>,
        zones: &mut Zones<'_>,
        is_replaced: impl Fn(Place) -> bool,
    ) -> BTreeSet<NaiveDateTime> {
        let component = event.component;
        let length = TimeDelta::minutes(event.span.minutes.into()).min(LONGEST_RECURRING);
        // A zone lies at most a day from the clinic's clock.
        let wanted = widened(self.from - length, self.to, TimeDelta::days(2));
        let start = event.span.local();
        let mut starts = BTreeSet::from([start]);
        for rule in component.all("RRULE") {
            let on_clock = |when| local(&event.span.zone, when);
            match expand(&rule.value, start, wanted, on_clock, &mut self.budget) {
                Some(found) => {
                    starts.extend(found.times);
                    if found.is_cut {
                        self.faults.add(rule.line, Skip::TooOften);
                    }
                }
                None => self.faults.add(
                    rule.line,
                    Skip::BadRule {
                        rule: beginning(&rule.value),
                    },
                ),
            }
        }
        if let Some(rule) = component.property("EXRULE") {
            self.faults.add(rule.line, Skip::ExceptionRule);
        }
        starts.extend(
            self.dates(component, "RDATE", &event.span, zones)
                .map(|(_, start)| start),
        );
        let except: HashSet<Place> = self
            .dates(component, "EXDATE", &event.span, zones)
            .map(|(place, _)| place)
            .collect();
        starts.retain(|&start| {
            let place = event.span.moved(start).place();
            let on_date = Place::On(start.date());
            let is_gone = |place| except.contains(&place) || is_replaced(place);
            !is_gone(place) && !is_gone(on_date)
        });
        starts
    }

    /// The dates and times of a list property, each with its place and on the clock of a span.
    fn dates(
        &mut self,
        component: &Component,
        name: &str,
        span: &Span,
        zones: &mut Zones<'_>,
    ) -> impl Iterator<Item = (Place, NaiveDateTime)> + use<> {
        let mut found = Vec::new();
        for property in component.all(name) {
            for text in property.value.split(',').take(MOST_EVENTS) {
                // A period counts by its start.
                let Some(when) = self.time(property, text.split('/').next().unwrap_or_default()) else {
                    continue;
                };
                let zone = zones.of_time(property, when, self.faults);
                let on_clock = match (when, span.start) {
                    (When::Date(date), _) => date.and_time(span.local().time()),
                    (_, When::Utc(_)) => instant(to_utc(&zone, when)),
                    _ => span.zone.to_local(to_utc(&zone, when)),
                };
                found.push((Place::of(&zone, when), on_clock));
            }
        }
        found.into_iter()
    }
}
