//! A day, practitioner by practitioner.

use ordo_desk::view::day::{DayAppointment, DayStatus, DayView};

use super::fitted;

/// The day as the front desk reads it.
pub fn day_text(day: &DayView) -> String {
    let mut text = format!("{} {}", day.weekday, day.date);
    if let Some(closed) = &day.closed {
        text.push_str(&format!(", closed: {closed}"));
    }
    text.push('\n');
    for practitioner in &day.practitioners {
        let hours: Vec<String> = practitioner
            .working
            .iter()
            .map(|stretch| format!("{}–{}", clock(stretch.from_minute), clock(stretch.to_minute)))
            .collect();
        let hours = if hours.is_empty() {
            "not in".to_owned()
        } else {
            hours.join(", ")
        };
        text.push_str(&format!("\n  {}  {hours}\n", practitioner.name));
        for appointment in &practitioner.appointments {
            text.push_str(&line(appointment));
        }
    }
    let totals = &day.totals;
    text.push_str(&format!(
        "\n  {} booked, {} arrived, {} done, {} cancelled, {} did not come\n",
        totals.booked, totals.arrived, totals.fulfilled, totals.cancelled, totals.noshow
    ));
    text
}

fn line(appointment: &DayAppointment) -> String {
    let status = match appointment.status {
        DayStatus::Booked => "",
        DayStatus::Arrived => "arrived",
        DayStatus::Fulfilled => "done",
        DayStatus::Cancelled => "cancelled",
        DayStatus::NoShow => "did not come",
    };
    let position = appointment
        .series_position
        .map_or_else(String::new, |at| format!("{}/{}", at.number, at.of));
    let flags = [(appointment.overbooked, "double"), (appointment.note, "note")];
    let flags: Vec<_> = flags
        .into_iter()
        .filter(|(set, _)| *set)
        .map(|(_, word)| word)
        .collect();
    let text = format!(
        "    {}–{}  {}  {}  {}  {:<12}  {:>5}  {}",
        clock(appointment.from_minute),
        clock(appointment.to_minute),
        fitted(&appointment.patient_name, 26),
        fitted(&appointment.service, 26),
        fitted(appointment.room.as_deref().unwrap_or(""), 14),
        status,
        position,
        flags.join(", "),
    );
    format!("{}\n", text.trim_end())
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
