//! How a series went: planned against actual.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::model::{
    Appointment, AppointmentId, AppointmentStatus, Clinic, DisciplineId, Series, SeriesId, Spacing, UsualSlot,
};
use crate::rules::pair;
use crate::time::{TimeOfDay, ZoneClock, day_number};

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
    /// Its usual date.
    pub usual_date: Option<NaiveDate>,
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
    let of_series: Vec<&Appointment> = appointments
        .iter()
        .filter(|appointment| {
            let link = appointment.session.as_ref();
            link.is_some_and(|link| link.series == series.id)
        })
        .collect();
    let mut sessions = Vec::new();
    let mut pairs = Vec::new();
    for week in 0..series.weeks {
        let mut of_week = Vec::new();
        for rhythm in series.rhythms.iter().filter(|rhythm| rhythm.has_session_in(week)) {
            let appointment = stands_for(clinic, &of_series, &rhythm.discipline, week);
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
    of_series: &[&'a Appointment],
    discipline: &DisciplineId,
    week: u32,
) -> Option<&'a Appointment> {
    let is_of_discipline = |appointment: &&Appointment| {
        clinic
            .services
            .iter()
            .any(|service| service.id == appointment.service && &service.discipline == discipline)
    };
    of_series
        .iter()
        .copied()
        .filter(|appointment| appointment.session.as_ref().is_some_and(|link| link.week == week))
        .filter(is_of_discipline)
        .max_by_key(|appointment| (appointment.status.occupies_time(), appointment.start))
}

fn session_health(
    discipline: &DisciplineId,
    week: u32,
    appointment: Option<&Appointment>,
    usual: Option<&UsualSlot>,
) -> SessionHealth {
    let usual_date = usual.map(|usual| {
        let after = TimeDelta::weeks(i64::from(week));
        usual.date.checked_add_signed(after).unwrap_or(usual.date)
    });
    let measured = appointment.zip(usual);
    SessionHealth {
        discipline: discipline.clone(),
        week,
        appointment: appointment.map(|appointment| appointment.id.clone()),
        status: appointment.map(|appointment| appointment.status),
        start: appointment.map(|appointment| appointment.start),
        usual_date,
        days_off: appointment
            .zip(usual_date)
            .map_or(0, |(appointment, usual_date)| {
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
    let days = [first, second].map(|appointment| day_number(appointment.start.date()));
    let as_asked = pair::allowed_gaps(days[0], days[1], spacing)
        .is_some_and(|(least, greatest)| (least..=greatest).contains(&gap_minutes));
    PairHealth {
        week,
        gap_minutes,
        as_asked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{APART, TOGETHER, clinic, local, series, visit};

    fn health(spacing: Spacing, visits: &[(&str, AppointmentStatus)]) -> SeriesHealth {
        let clinic = clinic();
        let appointments: Vec<_> = visits
            .iter()
            .map(|&(text, status)| Appointment {
                status,
                ..visit(text)
            })
            .collect();
        let clock = ZoneClock::new(clinic.time_zone);
        series_health(&clinic, &clock, &series(spacing), &appointments)
    }

    #[test]
    fn sessions_are_measured_against_what_was_planned() {
        use AppointmentStatus::{Booked, Cancelled, Fulfilled, NoShow};
        let health = health(
            APART,
            &[
                ("bo any m quiet 2026-03-02T09:00 0", Fulfilled),
                ("bo any p gym 2026-03-03T10:00 0", NoShow),
                ("mo any m quiet 2026-03-10T08:30 1", Cancelled),
                ("mo any m quiet 2026-03-11T09:30 1", Booked),
            ],
        );
        let counts = AppointmentStatus::ALL.map(|status| health.count(status));
        assert_eq!(counts, [1, 0, 1, 0, 1]);
        assert_eq!((health.sessions.len(), health.to_place()), (6, 4));
        let moved = &health.sessions[2];
        assert_eq!(moved.start, Some(local("2026-03-11T09:30")));
        assert_eq!(
            (moved.days_off, moved.minutes_off, moved.practitioner_changed),
            (2, 30, true)
        );
        assert_eq!(health.next(local("2026-03-04T00:00")), Some(moved));
        assert_eq!(health.next(local("2026-03-11T09:31")), None);
    }

    #[test]
    fn the_spacing_of_a_pair_is_elapsed_time() {
        use AppointmentStatus::{Booked, Cancelled};
        for (spacing, first, second, gap_minutes, as_asked) in [
            (APART, "2026-03-02T09:00", "2026-03-03T10:00", 1440, true),
            (APART, "2026-03-02T09:00", "2026-03-03T09:59", 1439, false),
            (APART, "2026-03-02T09:00", "2026-03-04T10:01", 2881, false),
            (APART, "2026-03-07T09:00", "2026-03-08T10:00", 1380, false),
            (APART, "2026-03-03T09:00", "2026-03-02T09:00", -1500, false),
            (TOGETHER, "2026-03-02T09:00", "2026-03-02T11:00", 60, true),
            (TOGETHER, "2026-03-02T09:00", "2026-03-02T11:01", 61, false),
            (TOGETHER, "2026-03-02T09:00", "2026-03-03T10:00", 1440, false),
        ] {
            let first = format!("bo any m quiet {first} 0");
            let second = format!("bo any p gym {second} 0");
            let measured = health(spacing, &[(first.as_str(), Booked), (second.as_str(), Booked)]).pairs;
            let expected = PairHealth {
                week: 0,
                gap_minutes,
                as_asked,
            };
            assert_eq!(measured, [expected], "{first} {second}");
            let without = health(spacing, &[(first.as_str(), Booked), (second.as_str(), Cancelled)]).pairs;
            assert_eq!(without, []);
        }
    }
}
