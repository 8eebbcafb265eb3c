//! How a series went: planned against actual.

use chrono::{NaiveDateTime, TimeDelta};

use crate::model::{
    Appointment, AppointmentId, AppointmentStatus, Clinic, DisciplineId, Series, SeriesId, Spacing, UsualSlot,
};
use crate::time::{TimeOfDay, ZoneClock};

/// A series, planned against actual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesHealth {
    /// The series.
    pub series: SeriesId,
    /// Every session that was planned, by week and then in order.
    pub sessions: Vec<SessionHealth>,
    /// Every pair of which both sessions occupy time.
    pub pairs: Vec<PairHealth>,
}

/// One session of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionHealth {
    /// The discipline.
    pub discipline: DisciplineId,
    /// The week, from 0.
    pub week: u32,
    /// The appointment that stands for it: one that occupies time, else the last that did not take place.
    pub appointment: Option<AppointmentId>,
    /// Where that appointment stands.
    pub status: Option<AppointmentStatus>,
    /// Its local start.
    pub start: Option<NaiveDateTime>,
    /// Days after its usual date; negative before it.
    pub days_off: i64,
    /// Minutes between its time of day and the usual one.
    pub minutes_off: u32,
    /// Whether another practitioner than the usual one treats.
    pub practitioner_changed: bool,
}

/// The spacing of one pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairHealth {
    /// The week.
    pub week: u32,
    /// Elapsed minutes from the end of the first to the start of the second; negative when they overlap or are in
    /// the wrong order.
    pub gap_minutes: i32,
    /// Whether the gap is what was asked for.
    pub as_asked: bool,
}

impl SessionHealth {
    /// Whether the session still needs a place: nothing is booked for it, or what was did not take place.
    pub fn is_to_place(&self) -> bool {
        !self.status.is_some_and(AppointmentStatus::occupies_time)
    }
}

impl SeriesHealth {
    /// How many sessions stand at a status.
    pub fn count(&self, status: AppointmentStatus) -> usize {
        self.sessions
            .iter()
            .filter(|session| session.status == Some(status))
            .count()
    }

    /// How many sessions still need a place.
    pub fn to_place(&self) -> usize {
        self.sessions
            .iter()
            .filter(|session| session.is_to_place())
            .count()
    }

    /// The next session from a moment on.
    pub fn next(&self, now: NaiveDateTime) -> Option<&SessionHealth> {
        let ahead = |session: &&SessionHealth| {
            session.status == Some(AppointmentStatus::Booked)
                && session.start.is_some_and(|start| start >= now)
        };
        self.sessions
            .iter()
            .filter(ahead)
            .min_by_key(|session| session.start)
    }
}

/// Measures one series by its appointments.
pub fn series_health(
    clinic: &Clinic,
    clock: &ZoneClock,
    series: &Series,
    appointments: &[Appointment],
) -> SeriesHealth {
    let mut sessions = Vec::new();
    let mut pairs = Vec::new();
    for week in 0..series.weeks {
        let mut of_week = Vec::new();
        for rhythm in series.rhythms.iter().filter(|rhythm| rhythm.has_session_in(week)) {
            let appointment = stands_for(clinic, series, appointments, &rhythm.discipline, week);
            let usual = series
                .usual
                .iter()
                .find(|usual| usual.discipline == rhythm.discipline);
            sessions.push(session_health(&rhythm.discipline, week, appointment, usual));
            of_week.extend(appointment.filter(|appointment| appointment.status.occupies_time()));
        }
        if let [first, second] = of_week[..] {
            pairs.push(pair_health(clock, series.spacing, week, first, second));
        }
    }
    SeriesHealth {
        series: series.id.clone(),
        sessions,
        pairs,
    }
}

fn stands_for<'a>(
    clinic: &Clinic,
    series: &Series,
    appointments: &'a [Appointment],
    discipline: &DisciplineId,
    week: u32,
) -> Option<&'a Appointment> {
    let is_of_discipline = |appointment: &&Appointment| {
        clinic
            .services
            .iter()
            .any(|service| service.id == appointment.service && &service.discipline == discipline)
    };
    appointments
        .iter()
        .filter(|appointment| {
            appointment
                .session
                .as_ref()
                .is_some_and(|link| link.series == series.id && link.week == week)
        })
        .filter(is_of_discipline)
        .max_by_key(|appointment| (appointment.status.occupies_time(), appointment.start))
}

fn session_health(
    discipline: &DisciplineId,
    week: u32,
    appointment: Option<&Appointment>,
    usual: Option<&UsualSlot>,
) -> SessionHealth {
    let measured = appointment.zip(usual);
    SessionHealth {
        discipline: discipline.clone(),
        week,
        appointment: appointment.map(|appointment| appointment.id.clone()),
        status: appointment.map(|appointment| appointment.status),
        start: appointment.map(|appointment| appointment.start),
        days_off: measured.map_or(0, |(appointment, usual)| {
            let usual_date = usual
                .date
                .checked_add_signed(TimeDelta::weeks(i64::from(week)))
                .unwrap_or(usual.date);
            (appointment.start.date() - usual_date).num_days()
        }),
        minutes_off: measured.map_or(0, |(appointment, usual)| {
            TimeOfDay::of(appointment.start)
                .minutes()
                .abs_diff(usual.time.minutes())
        }),
        practitioner_changed: measured
            .is_some_and(|(appointment, usual)| appointment.practitioner != usual.practitioner),
    }
}

fn pair_health(
    clock: &ZoneClock,
    spacing: Spacing,
    week: u32,
    first: &Appointment,
    second: &Appointment,
) -> PairHealth {
    let gap_minutes = clock.to_utc(second.start) - clock.to_utc(first.start) - first.minutes as i32;
    let same_date = first.start.date() == second.start.date();
    let as_asked = match spacing {
        Spacing::SameDay { max_wait_minutes } => {
            same_date && (0..=max_wait_minutes as i32).contains(&gap_minutes)
        }
        Spacing::SeparateDays { min_hours, max_hours } => {
            !same_date && (min_hours as i32 * 60..=max_hours as i32 * 60).contains(&gap_minutes)
        }
    };
    PairHealth {
        week,
        gap_minutes,
        as_asked,
    }
}
