//! The rest of a running series, planned again: what took place stays, what is booked ahead may move.
//!
//! The rest is a series of its own: its week 0 is the first week in which anything is still to come. So each part keeps
//! the usual slots, the order and the protocol that it was booked under.

mod booking;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::Language;
use ordo_core::audit::series_health;
use ordo_core::model::{
    Appointment, AppointmentStatus, Clinic, DisciplineId, Frequency, PatientId, Request, Series, SeriesId,
    Session,
};
use ordo_core::protocol::{Case, Decision, Part, Reason, Source, order_words, rhythm_pattern, spacing_words};
use ordo_core::time::ZoneClock;
use ordo_store::Reader;

use crate::{Code, Error};

/// A running series, divided by the present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The series as it is.
    pub series: Series,
    /// Its first week in which anything is still to come: week 0 of the rest.
    pub from_week: u32,
    /// Visits of that week that took place or are taking place.
    pub(crate) held: Vec<Planned>,
    /// Visits that are booked ahead, by start.
    pub(crate) ahead: Vec<Planned>,
    /// The usual date of the first week of the rest, where the series says one.
    usual: Option<NaiveDate>,
}

/// A visit of a series with its discipline and its week of the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub discipline: DisciplineId,
    pub week: u32,
    pub visit: Appointment,
}

impl Planned {
    fn session(&self) -> Session {
        Session {
            discipline: self.discipline.clone(),
            week: self.week,
            start: self.visit.start,
            practitioner: self.visit.practitioner.clone(),
            room: self.visit.room.clone(),
        }
    }
}

impl Rest {
    /// Divides a series of a patient.
    ///
    /// # Errors
    /// [`Code::BadRequest`] when nothing of the series is still to come.
    pub(crate) fn load(
        view: &Reader,
        id: &SeriesId,
        patient: &PatientId,
        now: NaiveDateTime,
        language: Language,
    ) -> Result<Self, Error> {
        let series = view.series(id)?.ok_or_else(|| Error::not_found("series", id))?;
        if &series.patient != patient {
            return Err(Error::not_found("series of this patient", id));
        }
        let visits = view.appointments_of_series(id)?;
        let clinic = view.clinic()?;
        let clock = ZoneClock::new(clinic.time_zone);
        let health = series_health(&clinic, &clock, &series, &visits);
        let is_ahead = |visit: &Appointment| visit.status == AppointmentStatus::Booked && visit.start >= now;
        let week_of = |visit: &Appointment| visit.session.as_ref().map(|link| link.week);
        let booked = visits
            .iter()
            .filter(|visit| is_ahead(visit))
            .filter_map(week_of)
            .min();
        let due = health
            .sessions
            .iter()
            .filter(|session| {
                session.is_to_place() && session.usual_date.is_some_and(|date| date >= now.date())
            })
            .map(|session| session.week)
            .min();
        let from_week = [booked, due].into_iter().flatten().min().ok_or_else(|| {
            let text = language.pick(
                "nothing of this series is still to come; book a new one",
                "il ne reste rien à venir de cette série; réservez-en une nouvelle",
            );
            Error::new(Code::BadRequest, text)
        })?;
        let usual = series.usual.first().and_then(|usual| {
            usual
                .date
                .checked_add_signed(TimeDelta::weeks(i64::from(from_week)))
        });
        let planned = |wanted: &dyn Fn(&Appointment) -> bool| -> Vec<Planned> {
            let chosen = visits
                .iter()
                .filter(|visit| visit.status.occupies_time() && wanted(visit));
            let mut chosen: Vec<_> = chosen
                .filter_map(|visit| {
                    Some(Planned {
                        discipline: discipline_of(&clinic, visit)?,
                        week: week_of(visit)?.checked_sub(from_week)?,
                        visit: visit.clone(),
                    })
                })
                .collect();
            chosen.sort_by_key(|planned| planned.visit.start);
            chosen
        };
        Ok(Self {
            held: planned(&|visit| !is_ahead(visit) && week_of(visit) == Some(from_week)),
            ahead: planned(&is_ahead),
            from_week,
            series,
            usual,
        })
    }

    /// How many weeks of the series are left.
    pub fn weeks_left(&self) -> u32 {
        self.series.weeks.saturating_sub(self.from_week).max(1)
    }

    /// The frequency that the series was booked with, where it is one of the three.
    pub(crate) fn frequency(&self) -> Option<Frequency> {
        let [_, _] = &self.series.rhythms[..] else {
            return None;
        };
        [Frequency::Combined, Frequency::Alternating, Frequency::BothWeekly]
            .into_iter()
            .find(|&frequency| self.follows(frequency))
    }

    fn follows(&self, frequency: Frequency) -> bool {
        self.series.rhythms.iter().all(|rhythm| {
            rhythm_pattern(frequency, &self.series.order, &rhythm.discipline)
                == (rhythm.every_weeks, rhythm.first_week)
        })
    }

    /// Keeps order and spacing as the series was booked, while nothing that decided them is said to be otherwise.
    ///
    /// A provider's decision wins all the same.
    pub(crate) fn keep_decided(&self, decision: &mut Decision, case: &Case) {
        let basis = &self.series.basis;
        let is_same = |one: &[String], two: &[String]| {
            one.len() == two.len() && one.iter().all(|each| two.contains(each))
        };
        if case.conditions != basis.conditions
            || !is_same(&case.needs, &basis.needs)
            || !is_same(&case.sensitivities, &basis.sensitivities)
        {
            return;
        }
        let by_provider = |about: Part| {
            let by = decision.decided_by.iter().find(|(part, _)| *part == about);
            by.is_some_and(|(_, source)| matches!(source, Source::Provider { .. }))
        };
        let (keep_order, keep_spacing) = (!by_provider(Part::Order), !by_provider(Part::Spacing));
        let mut said = |about: Part, what: &str| {
            let text = match case.language {
                Language::English => format!("as the series was booked: {what}"),
                Language::French => format!("comme la série a été réservée\u{a0}: {what}"),
            };
            let at = decision.reasons.iter().position(|reason| reason.about == about);
            decision.reasons.retain(|reason| reason.about != about);
            let at = at.unwrap_or(decision.reasons.len()).min(decision.reasons.len());
            decision.reasons.insert(at, Reason { about, text });
        };
        if keep_order && decision.order.as_ref() != Some(&self.series.order) {
            said(Part::Order, &order_words(&self.series.order, case.language));
            decision.order = Some(self.series.order.clone());
        }
        if keep_spacing && decision.spacing != self.series.spacing {
            said(Part::Spacing, &spacing_words(self.series.spacing, case.language));
            decision.spacing = self.series.spacing;
        }
    }

    /// Turns a request for a new series into one for the rest: the rhythm goes on in step where it is the same, what
    /// took place is fixed, and what is booked lies where it lies today.
    pub(crate) fn ask_for(&self, request: &mut Request, earliest: Option<NaiveDate>) {
        let before = |discipline: &DisciplineId| {
            self.series
                .rhythms
                .iter()
                .find(|rhythm| &rhythm.discipline == discipline)
        };
        let is_same = request.rhythms.len() == self.series.rhythms.len()
            && request.rhythms.iter().all(|rhythm| {
                before(&rhythm.discipline).is_some_and(|old| {
                    (old.every_weeks, old.first_week) == (rhythm.every_weeks, rhythm.first_week)
                })
            });
        if is_same {
            for rhythm in &mut request.rhythms {
                let every = rhythm.every_weeks.max(1);
                rhythm.first_week = (0..=rhythm.first_week.max(every))
                    .find(|week| rhythm.has_session_in(week + self.from_week))
                    .unwrap_or(rhythm.first_week);
            }
        }
        if earliest.is_none() {
            // The usual day of this week may be over while visits around it are still to come.
            request.earliest = self
                .usual
                .map_or(request.earliest, |usual| usual.min(request.earliest));
        }
        request.latest_start = request.earliest + TimeDelta::days(13);
        if let Some(usual) = self.usual {
            request.latest_start = request.latest_start.max(usual + TimeDelta::days(6));
        }
        let asks = |planned: &Planned| {
            planned.week < request.weeks
                && request.rhythms.iter().any(|rhythm| {
                    rhythm.discipline == planned.discipline && rhythm.has_session_in(planned.week)
                })
                && !request
                    .left_out
                    .contains(&(planned.discipline.clone(), planned.week))
        };
        let (mut fixed, mut current, mut replaces) = (Vec::new(), Vec::new(), Vec::new());
        for planned in self.held.iter().filter(|planned| asks(planned)) {
            if !is_among(&fixed, planned) {
                fixed.push(planned.session());
                replaces.push(planned.visit.id.clone());
            }
        }
        for planned in &self.ahead {
            replaces.push(planned.visit.id.clone());
            if asks(planned) && !is_among(&fixed, planned) && !is_among(&current, planned) {
                current.push(planned.session());
            }
        }
        (request.fixed, request.current, request.replaces) = (fixed, current, replaces);
    }

    /// Whether a session of the rest took place already.
    pub(crate) fn is_held(&self, discipline: &DisciplineId, week: u32) -> bool {
        let is_it = |planned: &Planned| &planned.discipline == discipline && planned.week == week;
        self.held.iter().any(is_it)
    }

    /// The visit that is booked ahead for a session.
    pub(crate) fn booked(&self, discipline: &DisciplineId, week: u32) -> Option<&Planned> {
        let is_it = |planned: &&Planned| &planned.discipline == discipline && planned.week == week;
        self.ahead.iter().find(is_it)
    }

    /// Visits of a discipline that the rest plans again, up to a date: they are not taken twice from a cover.
    pub(crate) fn planned_until(&self, discipline: &DisciplineId, until: NaiveDate) -> u32 {
        let counts =
            |planned: &&Planned| &planned.discipline == discipline && planned.visit.start.date() <= until;
        self.held.iter().chain(&self.ahead).filter(counts).count() as u32
    }
}

fn is_among(sessions: &[Session], planned: &Planned) -> bool {
    sessions
        .iter()
        .any(|session| session.discipline == planned.discipline && session.week == planned.week)
}

fn discipline_of(clinic: &Clinic, visit: &Appointment) -> Option<DisciplineId> {
    let service = clinic
        .services
        .iter()
        .find(|service| service.id == visit.service)?;
    Some(service.discipline.clone())
}
