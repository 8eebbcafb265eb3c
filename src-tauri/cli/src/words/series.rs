//! Series and how they go.

use chrono::NaiveDateTime;
use ordo_core::Language;
use ordo_core::audit::SeriesHealth;
use ordo_core::model::{AppointmentStatus, Series};

use super::{counted, decision};

/// A line a series.
pub fn list(all: &[(Series, SeriesHealth)], now: NaiveDateTime) -> String {
    if all.is_empty() {
        return "No series. Book one with: ordo book".to_owned();
    }
    all.iter()
        .map(|(series, health)| line(series, health, now))
        .collect::<Vec<_>>()
        .join("\n")
}

fn line(series: &Series, health: &SeriesHealth, now: NaiveDateTime) -> String {
    let next = health.next(now).and_then(|session| session.start);
    let next = next.map_or_else(
        || "nothing ahead".to_owned(),
        |start| format!("next {}", Language::English.moment(start)),
    );
    format!(
        "{:<12} {:<10} {:<2} weeks  {:>2}/{:<2} done  {:<30} {}",
        series.id,
        series.patient,
        series.weeks,
        health.count(AppointmentStatus::Fulfilled),
        health.sessions.len(),
        next,
        state(health),
    )
}

fn state(health: &SeriesHealth) -> String {
    let off = health.pairs.iter().filter(|pair| !pair.as_asked).count();
    let mut parts = Vec::new();
    if health.to_place() > 0 {
        parts.push(format!("{} to place", health.to_place()));
    }
    if off > 0 {
        parts.push(format!("{} not spaced as asked", counted(off, "pair")));
    }
    if parts.is_empty() {
        "in order".to_owned()
    } else {
        parts.join(", ")
    }
}

/// One series, session by session.
pub fn one(series: &Series, health: &SeriesHealth, now: NaiveDateTime) -> String {
    let mut text = format!(
        "{}\n{}, {}\n",
        line(series, health, now),
        series.order[0],
        decision::spacing(series.spacing)
    );
    for reason in &series.basis.reasons {
        text.push_str(&format!("  {reason}\n"));
    }
    for session in &health.sessions {
        let start = session
            .start
            .map_or_else(|| "no place".to_owned(), |start| Language::English.moment(start));
        let status = session.status.map_or("to place", AppointmentStatus::as_str);
        let mut off = Vec::new();
        if session.days_off != 0 {
            off.push(format!("{:+} d", session.days_off));
        }
        if session.minutes_off != 0 {
            off.push(format!("{} min off", session.minutes_off));
        }
        if session.practitioner_changed {
            off.push("somebody else".to_owned());
        }
        let gap = health
            .pairs
            .iter()
            .find(|pair| pair.week == session.week && session.discipline == series.order[1]);
        if let Some(pair) = gap {
            let asked = if pair.as_asked { "" } else { ", not as asked" };
            off.push(format!(
                "gap {} h {:02}{asked}",
                pair.gap_minutes / 60,
                pair.gap_minutes.rem_euclid(60)
            ));
        }
        let line = format!(
            "  week {:>2}  {:<8}  {start:<22}  {status:<10}  {}",
            session.week + 1,
            session.discipline,
            off.join(", ")
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
