//! A large clinic after ten years.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use ordo_core::model::{AppointmentStatus, ClinicRecords, DisciplineId, Frequency, PatientId};
use ordo_core::protocol::Protocols;
use ordo_desk::Ask;

use super::Made;
use super::parts::{MASSAGE, PHYSIO, clinic, name, patient, patient_id, practitioner, visit};
use crate::random::Random;

const PRACTITIONERS: usize = 40;
const PATIENTS: usize = 20_000;
const YEARS: u32 = 10;
/// How far the calendar is booked, in days.
const AHEAD: u64 = 91;
/// Series that run on the date.
const SERIES: usize = 60;

/// Forty practitioners, twenty thousand patients, ten years of visits and three months ahead.
pub fn decade(today: NaiveDate) -> Made {
    let practitioners: Vec<_> = (0..PRACTITIONERS)
        .map(|number| {
            let service = if number % 5 < 3 { PHYSIO } else { MASSAGE };
            practitioner(
                &format!("practitioner-{number}"),
                &name(number * 11 + 5),
                &[service],
            )
        })
        .collect();
    let first = today
        .with_year(today.year() - YEARS as i32)
        .unwrap_or(today - Days::new(3652));
    let last = today + Days::new(AHEAD);
    let mut random = Random::new(10);
    let mut appointments = Vec::new();
    // Everybody comes in turn, so that nobody is in two places and each has a history.
    let mut turn = 0;
    for date in first.iter_days().take_while(|date| *date <= last) {
        let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        for (number, person) in practitioners.iter().enumerate() {
            // Three or four days a week each; on weekends two are there.
            let is_there = if is_weekend {
                number / 2 == date.ordinal() as usize % 20
            } else {
                random.chance(70)
            };
            if !is_there {
                continue;
            }
            let (service, minutes) = if number % 5 < 3 {
                (PHYSIO, 45)
            } else {
                (MASSAGE, 60)
            };
            for stretch in [8 * 60..12 * 60, 12 * 60 + 30..18 * 60] {
                let mut minute = stretch.start;
                while minute + minutes <= stretch.end {
                    // Busy in the past, looser ahead, where the series still find places.
                    if random.chance(if date < today { 85 } else { 60 }) {
                        let start =
                            date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
                        let who = turn * 7919 % PATIENTS;
                        let id = format!("visit-{turn:07}");
                        let mut made = visit(&id, (number, person), who, (service, minutes), start);
                        if date < today {
                            made.status = match random.between(0, 99) {
                                0..4 => AppointmentStatus::NoShow,
                                4..10 => AppointmentStatus::Cancelled,
                                _ => AppointmentStatus::Fulfilled,
                            };
                        }
                        if made.status == AppointmentStatus::Cancelled {
                            made.cancel_reason = "Ill".to_owned();
                        }
                        appointments.push(made);
                        turn += 1;
                    }
                    minute += minutes;
                }
            }
        }
    }
    let patients = (0..PATIENTS).map(|number| patient(number, &name(number)));
    Made {
        records: ClinicRecords {
            clinic: clinic("Ten years", 15, practitioners),
            protocols: vec![Protocols::shipped()],
            patients: patients.collect(),
            series: Vec::new(),
            appointments,
        },
        series: (0..SERIES)
            .map(|number| (PatientId::new(patient_id(number * 331)), ask(today)))
            .collect(),
    }
}

fn ask(today: NaiveDate) -> Ask {
    Ask {
        weeks: Some(8),
        first: Some(DisciplineId::new("massage")),
        frequency: Some(Frequency::BothWeekly),
        earliest: Some(today + Days::new(1)),
        ..Ask::default()
    }
}
