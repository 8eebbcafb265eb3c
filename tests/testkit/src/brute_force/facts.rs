//! What the two files say, read as literally as the definition is written.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::Value;

use super::Malformed;
use super::form::{date, date_time, entry, instant, list, number, text};
use super::spans::Span;

/// One session of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Session {
    /// Position of its discipline in `order`.
    pub position: usize,
    pub week: i64,
    pub minutes: i64,
    pub buffer: i64,
}

/// The files, read as literally as the definition is written.
pub(super) struct Facts<'a> {
    pub clinic: &'a Value,
    pub request: &'a Value,
    pub zone: Tz,
    pub now: i64,
    pub earliest: NaiveDate,
    pub latest_start: NaiveDate,
    pub tolerance: i64,
    pub order: [&'a str; 2],
    pub same_day: bool,
    pub max_wait: i64,
    pub gap: Span,
    pub sessions: Vec<Session>,
    pub appointments: Vec<Appointment<'a>>,
}

/// An appointment that occupies time and stays where it is.
pub(super) struct Appointment<'a> {
    pub practitioner: &'a str,
    pub room: Option<&'a str>,
    pub of_patient: bool,
    pub discipline: &'a str,
    pub date: NaiveDate,
    pub start: i64,
    pub end: i64,
    pub busy_until: i64,
}

impl<'a> Facts<'a> {
    pub fn read(clinic: &'a Value, request: &'a Value) -> Result<Self, Malformed> {
        let zone: Tz = text(&clinic["clinic"], "time_zone")?
            .parse()
            .map_err(|_| Malformed("time_zone".to_owned()))?;
        let spacing = &request["spacing"];
        let order = [0, 1].map(|position| request["order"][position].as_str().unwrap_or_default());
        let mut facts = Self {
            clinic,
            request,
            zone,
            now: instant(zone, date_time(text(request, "now")?)?)?,
            earliest: date(text(request, "earliest")?)?,
            latest_start: date(text(request, "latest_start")?)?,
            tolerance: number(request, "tolerance_days")?,
            order,
            same_day: text(spacing, "kind")? == "same-day",
            max_wait: spacing["max_wait_minutes"].as_i64().unwrap_or(0),
            gap: (
                60 * spacing["min_hours"].as_i64().unwrap_or(0),
                60 * spacing["max_hours"].as_i64().unwrap_or(0),
            ),
            sessions: Vec::new(),
            appointments: Vec::new(),
        };
        for (position, discipline) in order.into_iter().enumerate() {
            let wanted = &request["disciplines"][discipline];
            if wanted.is_null() {
                continue;
            }
            let service = facts.service(text(wanted, "service")?)?;
            let (every, first) = (number(wanted, "every_weeks")?, number(wanted, "first_week")?);
            for week in 0..number(request, "weeks")? {
                if week >= first && (week - first) % every == 0 {
                    facts.sessions.push(Session {
                        position,
                        week,
                        minutes: number(service, "minutes")?,
                        buffer: service["buffer_minutes"].as_i64().unwrap_or(0),
                    });
                }
            }
        }
        for appointment in list(clinic, "appointments") {
            let replaced = list(request, "replaces").contains(&appointment["id"]);
            let occupies = matches!(text(appointment, "status")?, "booked" | "arrived" | "fulfilled");
            if replaced || !occupies {
                continue;
            }
            let service = facts.service(text(appointment, "service")?)?;
            let local = date_time(text(appointment, "start")?)?;
            let start = instant(zone, local)?;
            let end = start + number(service, "minutes")?;
            facts.appointments.push(Appointment {
                practitioner: text(appointment, "practitioner")?,
                room: appointment["room"].as_str(),
                of_patient: appointment["patient"] == request["patient"],
                discipline: text(service, "discipline")?,
                date: local.date(),
                start,
                end,
                busy_until: end + service["buffer_minutes"].as_i64().unwrap_or(0),
            });
        }
        Ok(facts)
    }

    pub fn service(&self, id: &str) -> Result<&'a Value, Malformed> {
        entry(self.clinic, "services", id)
    }

    pub fn wanted(&self, session: &Session) -> &'a Value {
        &self.request["disciplines"][self.order[session.position]]
    }

    /// The entry of a list of the request that names a session.
    pub fn listed(&self, key: &str, session: &Session) -> Option<&'a Value> {
        list(self.request, key).iter().find(|entry| {
            entry["discipline"] == self.order[session.position]
                && entry["week"].as_i64() == Some(session.week)
        })
    }

    /// Rule 8: how many days the second discipline's usual date may lie behind the first's.
    pub fn steps(&self) -> Vec<i64> {
        let paired = self.sessions.iter().any(|one| {
            self.sessions
                .iter()
                .any(|two| one.position != two.position && one.week == two.week)
        });
        if self.same_day || !paired {
            return vec![0];
        }
        (1..=(self.gap.1 + 24 * 60 - 1) / (24 * 60)).collect()
    }

    pub fn usual_dates(&self) -> Vec<NaiveDate> {
        self.earliest
            .iter_days()
            .take_while(|date| *date <= self.latest_start)
            .collect()
    }

    /// The first discipline in `order` that the request holds; its usual date is the one that is bounded.
    pub fn first_held(&self) -> usize {
        usize::from(self.request["disciplines"][self.order[0]].is_null())
    }

    /// Whether the request fixes a session.
    pub fn is_fixed(&self, session: &Session) -> bool {
        self.listed("fixed", session).is_some()
    }

    /// Where a session lies today: its start and practitioner.
    pub fn current(&self, session: &Session) -> Result<Option<(i64, &'a str)>, Malformed> {
        let Some(entry) = self.listed("current", session) else {
            return Ok(None);
        };
        let start = instant(self.zone, date_time(text(entry, "start")?)?)?;
        Ok(Some((start, text(entry, "practitioner")?)))
    }
}
