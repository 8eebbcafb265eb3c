//! A series in a patient's record: how far it is and what is not as it should be.

use chrono::NaiveDateTime;
use ordo_core::Language;
use ordo_core::audit::{SeriesHealth, SessionHealth, series_health};
use ordo_core::calendar::{Calendar, Placement};
use ordo_core::model::{AppointmentId, AppointmentStatus, Series};
use ordo_core::protocol::{discipline_words, order_words, spacing_words};
use ordo_core::rules::{Violation, pair};

use super::words;
use crate::series_screen::gap_in_short;
use crate::view::patients::{Concern, ConcernKind, SeriesGap, SeriesLine, SeriesSession};

/// Draws a series; the calendar holds all its visits.
pub(super) fn series_line(
    calendar: &Calendar,
    series: &Series,
    now: NaiveDateTime,
    language: Language,
) -> SeriesLine {
    let health = series_health(
        calendar.clinic(),
        calendar.clock(),
        series,
        calendar.appointments(),
    );
    let count = |status| health.count(status) as u32;
    let usual: Vec<_> = health
        .sessions
        .iter()
        .filter_map(|session| session.usual_date)
        .collect();
    let starts = health.sessions.iter().filter_map(|session| session.start);
    let first = starts
        .clone()
        .map(|start| start.date())
        .chain(usual.iter().copied())
        .min();
    let last = starts.map(|start| start.date()).chain(usual).max();
    let running = last.is_some_and(|last| last >= now.date());
    SeriesLine {
        id: series.id.to_string(),
        from: first.unwrap_or_else(|| now.date()),
        to: last.unwrap_or_else(|| now.date()),
        rule: rule(series, language),
        weeks: series.weeks,
        running,
        done: count(AppointmentStatus::Fulfilled),
        booked: count(AppointmentStatus::Booked) + count(AppointmentStatus::Arrived),
        to_place: health.to_place() as u32,
        sessions: health
            .sessions
            .iter()
            .map(|session| line(series, session))
            .collect(),
        gaps: health
            .pairs
            .iter()
            .map(|pair| SeriesGap {
                week: pair.week,
                words: gap_in_short(pair.gap_minutes, language),
                as_asked: pair.as_asked,
            })
            .collect(),
        concerns: concerns(calendar, series, &health, running, now, language),
    }
}

fn rule(series: &Series, language: Language) -> String {
    match &series.rhythms[..] {
        [_, _] => format!(
            "{}, {}",
            order_words(&series.order, language),
            spacing_words(series.spacing, language)
        ),
        [one] => discipline_words(&one.discipline, language).to_owned(),
        _ => String::new(),
    }
}

fn line(series: &Series, session: &SessionHealth) -> SeriesSession {
    SeriesSession {
        week: session.week,
        discipline: session.discipline.to_string(),
        appointment: session.appointment.as_ref().map(ToString::to_string),
        start: session.start,
        status: session.status.map(Into::into),
        on_rhythm: is_on_rhythm(series, session),
    }
}

fn is_on_rhythm(series: &Series, session: &SessionHealth) -> bool {
    session.is_to_place() || session.days_off.unsigned_abs() <= u64::from(series.tolerance_days)
}

fn concerns(
    calendar: &Calendar,
    series: &Series,
    health: &SeriesHealth,
    running: bool,
    now: NaiveDateTime,
    language: Language,
) -> Vec<Concern> {
    let mut concerns = Vec::new();
    let mut add = |kind, text, appointment| {
        concerns.push(Concern {
            kind,
            text,
            appointment,
        });
    };
    let movable = |week| {
        let ahead = |session: &&SessionHealth| {
            session.week == week
                && session.status == Some(AppointmentStatus::Booked)
                && session.start.is_some_and(|start| start >= now)
        };
        let last = health
            .sessions
            .iter()
            .filter(ahead)
            .max_by_key(|session| session.start)?;
        last.appointment.as_ref().map(ToString::to_string)
    };
    let due = |session: &&SessionHealth| {
        session.is_to_place() && session.usual_date.is_some_and(|date| date >= now.date())
    };
    let due = health.sessions.iter().filter(due).count();
    if running && due > 0 && health.next(now).is_none() {
        add(
            ConcernKind::NothingAhead,
            words::nothing_ahead(due, language),
            None,
        );
    } else if health.to_place() > 0 {
        add(
            ConcernKind::ToPlace,
            words::to_place(health.to_place(), language),
            None,
        );
    }
    for gap in health.pairs.iter().filter(|gap| !gap.as_asked) {
        if let Some(violation) = pair_of(calendar, health, gap.week)
            .and_then(|(first, second)| pair::check(&first, &second, series.spacing))
        {
            let text = words::of_week(gap.week, &violation.words(calendar, language), language);
            add(kind_of(&violation), text, movable(gap.week));
        }
    }
    let off = health
        .sessions
        .iter()
        .filter(|session| !is_on_rhythm(series, session))
        .count();
    if off > 0 {
        add(
            ConcernKind::OffRhythm,
            words::off_rhythm(off, series.tolerance_days, language),
            None,
        );
    }
    concerns.sort_by_key(|concern| concern.kind);
    concerns
}

fn kind_of(violation: &Violation) -> ConcernKind {
    match violation {
        Violation::PairTooClose { .. } => ConcernKind::GapTooShort,
        Violation::PairTooFar { .. } | Violation::WaitTooLong { .. } => ConcernKind::GapTooLong,
        _ => ConcernKind::Order,
    }
}

/// Where the two sessions of a week lie, in the order of the series.
pub(crate) fn pair_of(
    calendar: &Calendar,
    health: &SeriesHealth,
    week: u32,
) -> Option<(Placement, Placement)> {
    let of_week: Vec<Placement> = health
        .sessions
        .iter()
        .filter(|session| session.week == week)
        .filter_map(|session| place(calendar, session.appointment.as_ref()?))
        .collect();
    match of_week[..] {
        [first, second] => Some((first, second)),
        _ => None,
    }
}

fn place(calendar: &Calendar, id: &AppointmentId) -> Option<Placement> {
    let index = calendar.appointments().iter().position(|visit| &visit.id == id)?;
    Some(calendar.visits()[calendar.visit_of(index)?].place)
}
