//! Published free and busy times.

use super::super::fault::{Skip, beginning};
use super::super::tree::{Component, Property};
use super::super::value::{self, When};
use super::super::zone;
use super::Reader;
use crate::time::UtcMinute;

impl Reader<'_> {
    pub(super) fn free_busy(&mut self, component: &Component) {
        let uid = component.text("UID").trim().to_owned();
        for property in component.all("FREEBUSY") {
            let is_free = property
                .parameter("FBTYPE")
                .is_some_and(|kind| kind.eq_ignore_ascii_case("FREE"));
            for period in property.value.split(',') {
                if self.is_full(property.line) {
                    return;
                }
                if is_free {
                    self.reading.free += 1;
                } else if let Some((from, to)) = self.period(property, period) {
                    let occurrence = Some(self.clock.to_local(from));
                    self.keep(component, uid.clone(), occurrence, (from, to));
                }
            }
        }
        self.reading.uids.insert(uid);
    }

    fn period(&mut self, property: &Property, period: &str) -> Option<(UtcMinute, UtcMinute)> {
        let read = || {
            let (from, to) = period.split_once('/')?;
            let utc = |when| match when {
                When::Utc(time) => Some(zone::minutes(time)),
                _ => None,
            };
            let from = value::when(from).and_then(utc)?;
            let to = match value::when(to) {
                Some(when) => utc(when)?,
                None => from.saturating_add(i32::try_from(value::duration(to)?.num_minutes()).ok()?),
            };
            (from < to).then_some((from, to))
        };
        let found = read();
        if found.is_none() {
            let why = Skip::BadTime {
                property: property.name.to_owned(),
                value: beginning(period),
            };
            self.faults.add(property.line, why);
        }
        found
    }
}
