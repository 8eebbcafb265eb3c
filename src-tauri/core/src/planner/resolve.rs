//! Turns a request's identifiers and local times into indices and minutes, and refuses what makes no sense.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::RequestError;
use crate::calendar::{Calendar, Placement};
use crate::model::{DisciplineId, Request, Session, Spacing};
use crate::rules::{Others, PatientRules, Scope, rhythm, start};
use crate::time::{UtcMinute, YEARS, day_number};

/// The most weeks that a series may run.
const MAX_WEEKS: u32 = 104;
/// The most days between `earliest` and `latest_start`.
const MAX_START_DAYS: i32 = 366;
/// The longest treatment and the longest buffer, in minutes.
const MAX_MINUTES: u32 = 1440;

/// A request against one calendar: indices for identifiers, minutes for times, sessions by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedRequest {
    /// Index of the patient.
    pub patient: usize,
    /// The present.
    pub now: UtcMinute,
    /// The first day that may be used, and the first that may be the first discipline's usual one.
    pub earliest: i32,
    /// The last day that may be the first discipline's usual one.
    pub latest_start: i32,
    /// The two disciplines in order; the same one twice where the order names only one.
    pub order: [usize; 2],
    /// How far apart the two sessions of a pair lie.
    pub spacing: Spacing,
    /// How far a session may lie from its usual day, in days.
    pub tolerance_days: u32,
    /// One or both disciplines, in order.
    pub rhythms: Vec<ResolvedRhythm>,
    /// Every session, by week and then in the order of the disciplines.
    pub sessions: Vec<RequestedSession>,
    /// Visits that occupy nothing and count in no rule, sorted by index.
    pub replaced: Vec<usize>,
    /// Whether some week holds a session of both disciplines.
    pub has_pair: bool,
    slot_minutes: i32,
}

/// What comes how often and with whom, by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedRhythm {
    /// The discipline.
    pub discipline: usize,
    /// The service.
    pub service: usize,
    /// Who may treat; each once, at least one.
    pub practitioners: Vec<usize>,
}

/// One session of the series that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestedSession {
    /// Its rhythm, as an index into [`ResolvedRequest::rhythms`].
    pub rhythm: usize,
    /// The week, from 0.
    pub week: u32,
    /// Where it lies, if that is settled.
    pub fixed: Option<Placement>,
    /// The start and practitioner of the booked visit, if there is one.
    pub current: Option<(UtcMinute, usize)>,
}

impl RequestedSession {
    /// Whether a place differs from where the session is booked today.
    pub fn is_moved_to(&self, start: UtcMinute, practitioner: usize) -> bool {
        self.current
            .is_some_and(|current| current != (start, practitioner))
    }
}

impl ResolvedRequest {
    /// What one session of a rhythm is checked against by rules 1 to 7.
    pub fn scope<'a>(&'a self, calendar: &'a Calendar, rhythm: usize) -> Scope<'a> {
        Scope {
            calendar,
            patient: self.patient_rules(),
            start: self.limits(),
            practitioners: Some(&self.rhythms[rhythm].practitioners),
            others: self.others(),
        }
    }

    /// What rule 1 holds a start against.
    pub fn limits(&self) -> start::Limits {
        start::Limits {
            now: Some(self.now),
            earliest: Some(self.earliest),
            slot_minutes: self.slot_minutes,
        }
    }

    /// Which visits of the calendar count.
    pub fn others(&self) -> Others<'_> {
        Others {
            replaced: &self.replaced,
            same_series: &[],
        }
    }

    /// The patient, and the order and spacing that hold against visits outside the series.
    pub fn patient_rules(&self) -> PatientRules {
        PatientRules {
            patient: Some(self.patient),
            protocol: (self.order[0] != self.order[1]).then_some((self.order, self.spacing)),
        }
    }

    /// How many days the second discipline's usual date may lie after the first's.
    pub fn usual_shifts(&self) -> RangeInclusive<i32> {
        match rhythm::greatest_shift(self.spacing) {
            greatest if greatest > 0 && self.has_pair => 1..=greatest,
            _ => 0..=0,
        }
    }

    /// Minutes from one start of the clinic's grid to the next.
    pub fn slot_minutes(&self) -> i32 {
        self.slot_minutes
    }
}

/// Resolves a request against a calendar.
pub fn resolve(calendar: &Calendar, request: &Request) -> Result<ResolvedRequest, RequestError> {
    let patient = calendar
        .patient_index(&request.patient)
        .filter(|&patient| patient < calendar.patients().len())
        .ok_or_else(|| RequestError::UnknownPatient(request.patient.clone()))?;
    check_ranges(calendar, request)?;
    let discipline = |id: &DisciplineId| {
        calendar
            .discipline_index(id)
            .ok_or_else(|| RequestError::UnknownDiscipline(id.clone()))
    };
    let order = [discipline(&request.order[0])?, discipline(&request.order[1])?];
    let rhythms = resolve_rhythms(calendar, request, order)?;

    let mut sessions = Vec::new();
    for week in 0..request.weeks {
        for (rhythm, (_, asked)) in rhythms.iter().enumerate() {
            if asked.has_session_in(week) {
                sessions.push(RequestedSession {
                    rhythm,
                    week,
                    fixed: None,
                    current: None,
                });
            }
        }
    }
    // A pair that is left out still says how the usual days of the two disciplines lie.
    let has_pair = sessions.windows(2).any(|two| two[0].week == two[1].week);
    for (id, week) in &request.left_out {
        let discipline = discipline(id)?;
        sessions
            .retain(|session| session.week != *week || rhythms[session.rhythm].0.discipline != discipline);
    }
    let rhythms: Vec<_> = rhythms.into_iter().map(|(rhythm, _)| rhythm).collect();
    for fixed in &request.fixed {
        let (session, place) = find_session(calendar, &rhythms, &sessions, "fixed", fixed)?;
        if sessions[session].fixed.replace(place).is_some() {
            return Err(twice("fixed", fixed));
        }
    }
    for current in &request.current {
        let (session, place) = find_session(calendar, &rhythms, &sessions, "current", current)?;
        let booked = (place.treatment.from, place.practitioner);
        if sessions[session].current.replace(booked).is_some() {
            return Err(twice("current", current));
        }
    }
    let mut replaced = Vec::with_capacity(request.replaces.len());
    for id in &request.replaces {
        let appointment = calendar
            .appointment_index(id)
            .ok_or_else(|| RequestError::UnknownAppointment(id.clone()))?;
        replaced.extend(calendar.visit_of(appointment));
    }
    replaced.sort_unstable();
    replaced.dedup();

    Ok(ResolvedRequest {
        patient,
        now: calendar.clock().to_utc(request.now),
        earliest: day_number(request.earliest),
        latest_start: day_number(request.latest_start),
        order,
        spacing: request.spacing,
        tolerance_days: request.tolerance_days,
        rhythms,
        sessions,
        replaced,
        has_pair,
        slot_minutes: calendar.clinic().slot_minutes as i32,
    })
}

fn check_ranges(calendar: &Calendar, request: &Request) -> Result<(), RequestError> {
    let within = |name, value: u32, range: RangeInclusive<u32>| {
        if range.contains(&value) {
            Ok(())
        } else {
            Err(RequestError::OutOfRange {
                name,
                value: i64::from(value),
                least: i64::from(*range.start()),
                greatest: i64::from(*range.end()),
            })
        }
    };
    within("slot_minutes", calendar.clinic().slot_minutes, 1..=60)?;
    within("weeks", request.weeks, 1..=MAX_WEEKS)?;
    within("tolerance_days", request.tolerance_days, 0..=3)?;
    match request.spacing {
        Spacing::SameDay { max_wait_minutes } => within(
            "max_wait_minutes",
            max_wait_minutes,
            0..=Spacing::MOST_WAIT_MINUTES,
        )?,
        Spacing::SeparateDays { min_hours, max_hours } => {
            within("min_hours", min_hours, 12..=120)?;
            within("max_hours", max_hours, min_hours..=120)?;
        }
    }
    let years = |name, date: NaiveDate| {
        if YEARS.contains(&date.year()) {
            Ok(())
        } else {
            Err(RequestError::OutsideYears(name))
        }
    };
    years("now", request.now.date())?;
    years("earliest", request.earliest)?;
    years("latest_start", request.latest_start)?;
    if request.latest_start < request.earliest {
        return Err(RequestError::LatestBeforeEarliest);
    }
    let start_days = day_number(request.latest_start) - day_number(request.earliest);
    within(
        "the number of days from earliest to latest_start",
        start_days.unsigned_abs(),
        0..=MAX_START_DAYS as u32,
    )
}

/// The rhythms in the order of the disciplines, each beside what was asked for.
fn resolve_rhythms<'a>(
    calendar: &Calendar,
    request: &'a Request,
    order: [usize; 2],
) -> Result<Vec<(ResolvedRhythm, &'a crate::model::Rhythm)>, RequestError> {
    if request.rhythms.is_empty() {
        return Err(RequestError::NoDiscipline);
    }
    let mut rhythms: Vec<(ResolvedRhythm, &crate::model::Rhythm)> = Vec::with_capacity(2);
    for asked in &request.rhythms {
        let discipline = calendar
            .discipline_index(&asked.discipline)
            .ok_or_else(|| RequestError::UnknownDiscipline(asked.discipline.clone()))?;
        if !order.contains(&discipline) {
            return Err(RequestError::DisciplineNotInOrder(asked.discipline.clone()));
        }
        if rhythms.iter().any(|(other, _)| other.discipline == discipline) {
            return Err(RequestError::DisciplineTwice(asked.discipline.clone()));
        }
        if asked.every_weeks == 0 {
            return Err(RequestError::OutOfRange {
                name: "every_weeks",
                value: 0,
                least: 1,
                greatest: i64::from(MAX_WEEKS),
            });
        }
        let service = calendar
            .service_index(&asked.service)
            .ok_or_else(|| RequestError::UnknownService(asked.service.clone()))?;
        if calendar.discipline_of(service) != discipline {
            return Err(RequestError::ServiceOfAnotherDiscipline {
                service: asked.service.clone(),
                discipline: asked.discipline.clone(),
            });
        }
        let length = calendar.service(service);
        for (name, value, least) in [
            ("the length of the service in minutes", length.minutes, 1),
            ("the buffer of the service in minutes", length.buffer_minutes, 0),
        ] {
            if value < least || value > MAX_MINUTES {
                return Err(RequestError::OutOfRange {
                    name,
                    value: i64::from(value),
                    least: i64::from(least),
                    greatest: i64::from(MAX_MINUTES),
                });
            }
        }
        let practitioners = resolve_practitioners(calendar, asked, service)?;
        rhythms.push((
            ResolvedRhythm {
                discipline,
                service,
                practitioners,
            },
            asked,
        ));
    }
    rhythms.sort_by_key(|(rhythm, _)| rhythm.discipline != order[0]);
    Ok(rhythms)
}

fn resolve_practitioners(
    calendar: &Calendar,
    asked: &crate::model::Rhythm,
    service: usize,
) -> Result<Vec<usize>, RequestError> {
    let mut practitioners = Vec::with_capacity(asked.practitioners.len());
    for id in &asked.practitioners {
        let practitioner = calendar
            .practitioner_index(id)
            .ok_or_else(|| RequestError::UnknownPractitioner(id.clone()))?;
        if !calendar.services_offered(practitioner).contains(&service) {
            return Err(RequestError::ServiceNotOffered {
                practitioner: id.clone(),
                service: asked.service.clone(),
            });
        }
        if !practitioners.contains(&practitioner) {
            practitioners.push(practitioner);
        }
    }
    if practitioners.is_empty() {
        return Err(RequestError::NoPractitioner(asked.discipline.clone()));
    }
    Ok(practitioners)
}

/// The session that an entry of `fixed` or `current` names, and the place it gives.
fn find_session(
    calendar: &Calendar,
    rhythms: &[ResolvedRhythm],
    sessions: &[RequestedSession],
    list: &'static str,
    given: &Session,
) -> Result<(usize, Placement), RequestError> {
    let discipline = calendar
        .discipline_index(&given.discipline)
        .ok_or_else(|| RequestError::UnknownDiscipline(given.discipline.clone()))?;
    let session = sessions
        .iter()
        .position(|session| session.week == given.week && rhythms[session.rhythm].discipline == discipline)
        .ok_or_else(|| RequestError::NoSuchSession {
            list,
            discipline: given.discipline.clone(),
            week: given.week,
        })?;
    let practitioner = calendar
        .practitioner_index(&given.practitioner)
        .ok_or_else(|| RequestError::UnknownPractitioner(given.practitioner.clone()))?;
    let room = match &given.room {
        Some(id) => Some(
            calendar
                .room_index(id)
                .ok_or_else(|| RequestError::UnknownRoom(id.clone()))?,
        ),
        None => None,
    };
    if !YEARS.contains(&given.start.year()) {
        return Err(RequestError::OutsideYears(list));
    }
    if !calendar.clock().exists(given.start) {
        return Err(RequestError::TimeSkipped {
            list,
            discipline: given.discipline.clone(),
            week: given.week,
        });
    }
    let service = rhythms[sessions[session].rhythm].service;
    Ok((session, calendar.place(service, practitioner, room, given.start)))
}

fn twice(list: &'static str, given: &Session) -> RequestError {
    RequestError::SessionTwice {
        list,
        discipline: given.discipline.clone(),
        week: given.week,
    }
}
