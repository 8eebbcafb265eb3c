//! Free time: the next start for a service, and how much of each date is left.

#[cfg(test)]
mod tests;

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use ordo_core::calendar::Calendar;
use ordo_core::model::{Clinic, PatientId, PractitionerId, ServiceId};
use ordo_core::time::{Span, TimeOfDay, date_of, day_number};
use ordo_core::why::legal_starts;
use ordo_store::{Filter, Reader};

use super::starts::who_offers;
use super::words::Words;
use crate::view::board::{DateKind, DateMark, FreeStart};
use crate::why::Situation;
use crate::{Desk, Error, Host, StartQuestion, UseCase};

/// How far the next free start is looked for, in days, and how many are read at once.
const SEARCH_DAYS: u64 = 56;
const AT_ONCE: u64 = 14;
/// The most dates that are marked at once: three months.
const MOST_DATES: i64 = 93;

impl<H: Host> Desk<H> {
    /// The first start after a minute of a date that is free for a service, with one practitioner or anybody who offers it;
    /// none within eight weeks.
    pub fn next_free(
        &self,
        service: &ServiceId,
        practitioner: Option<&PractitionerId>,
        date: NaiveDate,
        minute: u32,
    ) -> Result<Option<FreeStart>, Error> {
        self.allow(UseCase::NextFree)?;
        let now = self.now()?;
        let after = (TimeOfDay::MIDNIGHT.on(date) + TimeDelta::minutes(i64::from(minute.min(1440)))).max(now);
        self.store.read(|view| {
            let clinic = view.clinic()?;
            if clinic.services.iter().all(|known| &known.id != service) {
                return Err(Error::not_found("service", service));
            }
            let mut givers = who_offers(&clinic, service);
            givers.retain(|giver| practitioner.is_none_or(|wanted| wanted == giver));
            let mut ahead = 0;
            while ahead < SEARCH_DAYS && !givers.is_empty() {
                let first = later(after.date(), ahead);
                let situation =
                    Situation::without_patient(view, clinic.clone(), first, later(first, AT_ONCE - 1))?;
                for day in 0..AT_ONCE {
                    let date = later(first, day);
                    if let Some(found) = first_on(&situation, service, &givers, date, after, now)? {
                        return Ok(Some(found));
                    }
                }
                ahead += AT_ONCE;
            }
            Ok(None)
        })
    }

    /// How much of each date there is to give, both ends included.
    pub fn date_marks(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<DateMark>, Error> {
        self.allow(UseCase::DateMarks)?;
        if (to - from).num_days() >= MOST_DATES {
            return Err(Words(self.language).too_many_dates(MOST_DATES));
        }
        let calendar = self
            .store
            .read(|view| calendar_of(view, view.clinic()?, from, to))?;
        let shortest: Vec<Option<i32>> = (0..calendar.clinic().practitioners.len())
            .map(|index| {
                let offered = calendar.services_offered(index).iter();
                let lengths = offered.map(|&service| calendar.service(service).minutes as i32);
                lengths.min()
            })
            .collect();
        let marks = from.iter_days().take_while(|date| *date <= to);
        Ok(marks
            .map(|date| mark(&calendar, &shortest, day_number(date)))
            .collect())
    }
}

/// The first free start of a date after a local time; at the same time that of the first practitioner.
fn first_on(
    situation: &Situation,
    service: &ServiceId,
    givers: &[PractitionerId],
    date: NaiveDate,
    after: NaiveDateTime,
    now: NaiveDateTime,
) -> Result<Option<FreeStart>, Error> {
    let mut best: Option<FreeStart> = None;
    for giver in givers {
        let question = StartQuestion {
            patient: PatientId::from(""),
            service: service.clone(),
            practitioner: giver.clone(),
            room: None,
            start: TimeOfDay::MIDNIGHT.on(date),
            moved: None,
            minutes: None,
        };
        let found = situation.with_chosen(&question, now, |chosen, calendar| {
            let starts = legal_starts(chosen, day_number(date)).into_iter();
            let free = starts.filter(|(_, broken)| broken.is_none());
            let mut starts = free.map(|(place, _)| calendar.local_start(&place));
            starts.find(|start| *start > after).map(|start| FreeStart {
                date,
                minute: TimeOfDay::of(start).minutes().unsigned_abs(),
                minutes: chosen.minutes.unsigned_abs(),
                practitioner: giver.to_string(),
                practitioner_name: calendar.clinic().practitioners[chosen.practitioner].name.clone(),
            })
        })?;
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.minute < best.minute)
        {
            best = Some(found);
        }
    }
    Ok(best)
}

fn mark(calendar: &Calendar, shortest: &[Option<i32>], day: i32) -> DateMark {
    let date = date_of(day);
    let closure = calendar.closure_on(day);
    let mut working = Vec::new();
    let mut works = false;
    let mut has_time = false;
    for (practitioner, shortest) in shortest.iter().enumerate() {
        calendar.working_time(practitioner, day, &mut working);
        works |= !working.is_empty();
        let fits = |free: &Span| shortest.is_some_and(|minutes| free.minutes() >= minutes);
        has_time = has_time || calendar.free_time(practitioner, day).iter().any(fits);
    }
    let kind = match (closure, works, has_time) {
        (Some(_), ..) => DateKind::Closed,
        (None, false, _) => DateKind::Off,
        (None, true, false) => DateKind::Full,
        (None, true, true) => DateKind::Open,
    };
    DateMark {
        date,
        kind,
        closed: closure.map_or_else(String::new, |index| {
            calendar.clinic().closures[index].name.clone()
        }),
    }
}

/// Everybody's visits on some dates, and those that reach into them.
pub(crate) fn calendar_of(
    view: &Reader,
    clinic: Clinic,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Calendar, Error> {
    let before = from.checked_sub_days(Days::new(1)).unwrap_or(from);
    let appointments = view.appointments(before, later(to, 1), &Filter::default())?;
    Ok(Calendar::new(clinic, Vec::new(), appointments)?)
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}
