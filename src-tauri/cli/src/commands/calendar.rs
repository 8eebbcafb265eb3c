//! Days, weeks and series.

use chrono::NaiveDate;
use ordo_core::audit::SeriesHealth;
use ordo_core::model::{AppointmentStatus, Series};
use ordo_core::time::format_local;
use serde_json::{Value, json};

use crate::args::Arguments;
use crate::failure::Failure;
use crate::open;
use crate::output::Output;
use crate::words::{day as day_words, series as series_words};

/// One day.
pub fn day(arguments: &Arguments, date: Option<NaiveDate>, output: Output) -> Result<(), Failure> {
    let desk = open::open(arguments)?;
    let date = match date {
        Some(date) => date,
        None => desk.now()?.date(),
    };
    let day = desk.day(date)?;
    output.answer(|| day_words::day_text(&day), || json!(day))
}

/// Seven days from Monday.
pub fn week(
    arguments: &Arguments,
    date: Option<NaiveDate>,
    practitioner: Option<&str>,
    room: Option<&str>,
    output: Output,
) -> Result<(), Failure> {
    let desk = open::open(arguments)?;
    let date = match date {
        Some(date) => date,
        None => desk.now()?.date(),
    };
    let days = desk.week(date, practitioner, room)?;
    output.answer(
        || {
            days.iter()
                .map(day_words::day_text)
                .collect::<Vec<_>>()
                .join("\n")
        },
        || json!(days),
    )
}

/// Series with their health.
pub fn series(
    arguments: &Arguments,
    id: Option<&str>,
    patient: Option<&str>,
    output: Output,
) -> Result<(), Failure> {
    let desk = open::open(arguments)?;
    let now = desk.now()?;
    if let Some(id) = id {
        let (series, health) = desk.series(&id.into())?;
        return output.answer(
            || series_words::one(&series, &health, now),
            || series_json(&series, &health),
        );
    }
    let patient = match patient {
        Some(text) => Some(desk.find_patient(text)?.id),
        None => None,
    };
    let all = desk.all_series(patient.as_ref())?;
    output.answer(
        || series_words::list(&all, now),
        || {
            all.iter()
                .map(|(series, health)| series_json(series, health))
                .collect()
        },
    )
}

/// A series and its health for programs.
pub fn series_json(series: &Series, health: &SeriesHealth) -> Value {
    let sessions: Vec<_> = health
        .sessions
        .iter()
        .map(|session| {
            json!({"discipline": session.discipline.as_str(), "week": session.week,
                   "appointment": session.appointment.as_ref().map(ToString::to_string),
                   "status": session.status.map(AppointmentStatus::as_str),
                   "start": session.start.map(format_local),
                   "days_off": session.days_off, "minutes_off": session.minutes_off,
                   "practitioner_changed": session.practitioner_changed})
        })
        .collect();
    let pairs: Vec<_> = health
        .pairs
        .iter()
        .map(|pair| json!({"week": pair.week, "gap_minutes": pair.gap_minutes, "as_asked": pair.as_asked}))
        .collect();
    json!({"id": series.id.as_str(), "patient": series.patient.as_str(), "weeks": series.weeks,
           "strategy": series.strategy.as_str(), "to_place": health.to_place(), "sessions": sessions, "pairs": pairs})
}
