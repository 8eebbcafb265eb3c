//! A small clinic in which everything that a screen can show occurs.

use chrono::{Days, NaiveDate, TimeDelta};
use ordo_core::model::{
    Appointment, AppointmentStatus, AvailabilityWindow, ClinicRecords, Closure, DisciplineId, Frequency,
    InsuranceCover, Patient,
};
use ordo_core::protocol::Protocols;
use ordo_core::time::TimeOfDay;
use ordo_desk::Ask;

use super::Made;
use super::parts::{
    MASSAGE, MASSAGE_SHORT, PHYSIO, PHYSIO_SHORT, clinic, name, patient, practitioner, visit,
};

/// Whoever has a series; the rest of the patients have single visits.
const IN_SERIES: usize = 0;
/// Two records of one person.
const TWICE: [usize; 2] = [1, 2];
/// Names as nobody wants to type them, from this patient on.
const ODD: usize = 3;
const ORDINARY: usize = 24;

/// Names with markup, pictures, other directions, and 300 letters.
pub(super) fn odd_names() -> [String; 6] {
    [
        "<b onmouseover=alert(1)>Bold</b> & \"Quoted\" <script>alert(2)</script>".to_owned(),
        "Zoé 👩🏽‍⚕️🇨🇦 Gagnon".to_owned(),
        "فاطمة الزهراء".to_owned(),
        "דניאל כהן (Daniel)".to_owned(),
        format!("{}-Smith", "Wolfeschlegelstein".repeat(17))
            .chars()
            .take(300)
            .collect(),
        "\u{202e}Reversed Name".to_owned(),
    ]
}

/// Three practitioners, some thirty patients, a week past and three weeks ahead, one running series.
pub fn small(today: NaiveDate) -> Made {
    let practitioners = vec![
        practitioner("pia", "Pia Côté", &[PHYSIO, PHYSIO_SHORT]),
        practitioner("max", "Max Okafor", &[MASSAGE, MASSAGE_SHORT]),
        practitioner(
            "ines",
            "Inès Haddad",
            &[PHYSIO, PHYSIO_SHORT, MASSAGE, MASSAGE_SHORT],
        ),
    ];
    let patients = patients(today);
    let odd = odd_names().len();
    let mut appointments = Vec::new();
    // From nine on, each in the first half of their time, the second half free.
    let mut turn = ODD;
    for date in (today - Days::new(7)).iter_days().take(29) {
        for (number, person) in practitioners.iter().enumerate() {
            for (at, minute) in [9 * 60, 10 * 60, 14 * 60].into_iter().enumerate() {
                let service = if number == 1 { (MASSAGE, 60) } else { (PHYSIO, 45) };
                let start = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute);
                let id = format!("visit-{date}-{}-{at}", person.id);
                let mut made = visit(&id, (number, person), turn, service, start);
                turn = if turn + 1 < ODD + odd + ORDINARY {
                    turn + 1
                } else {
                    ODD
                };
                made.status = match (date < today, date == today, number, at) {
                    (true, _, 0, 2) => AppointmentStatus::NoShow,
                    (true, _, 1, 0) | (_, true, 1, 1) => AppointmentStatus::Cancelled,
                    (true, ..) | (_, true, 0, 0) => AppointmentStatus::Fulfilled,
                    (_, true, 0, 1) => AppointmentStatus::Arrived,
                    _ => AppointmentStatus::Booked,
                };
                if made.status == AppointmentStatus::Cancelled {
                    made.cancel_reason = "Ill".to_owned();
                }
                if number == 2 && at == 0 {
                    made.note = "Ask how the exercises went.".to_owned();
                }
                appointments.push(made);
            }
        }
    }
    Made {
        records: ClinicRecords {
            clinic: ordo_core::model::Clinic {
                closures: vec![Closure {
                    date: today + Days::new(22),
                    name: "Spring cleaning".to_owned(),
                }],
                ..clinic("Small & tidy", 15, practitioners)
            },
            protocols: vec![Protocols::shipped()],
            series: Vec::new(),
            appointments,
            patients,
        },
        series: vec![(
            super::parts::patient_id(IN_SERIES).as_str().into(),
            Ask {
                weeks: Some(3),
                first: Some(DisciplineId::new("massage")),
                frequency: Some(Frequency::BothWeekly),
                availability: Some(Vec::new()),
                earliest: Some(today + Days::new(1)),
                ..Ask::default()
            },
        )],
    }
}

/// Weeks of a past that the small clinic does not have.
const WEEKS_BEFORE: u64 = 100;

/// The small clinic some two years later: what it shows around today is the same, and its past week came before again
/// and again.
pub fn old(today: NaiveDate) -> Made {
    let mut made = small(today);
    let week: Vec<Appointment> = made
        .records
        .appointments
        .iter()
        .filter(|visit| visit.start.date() < today)
        .cloned()
        .collect();
    for weeks in 1..=WEEKS_BEFORE {
        made.records.appointments.extend(week.iter().map(|visit| {
            let days = Days::new(7 * weeks);
            Appointment {
                id: format!("{}-{weeks}", visit.id).as_str().into(),
                start: visit.start - days,
                ..visit.clone()
            }
        }));
    }
    made
}

fn patients(today: NaiveDate) -> Vec<Patient> {
    let mut all: Vec<Patient> = (0..ODD).map(|number| patient(number, &name(number))).collect();
    for twice in TWICE {
        all[twice].name = "Aurélie Beauchemin".to_owned();
        all[twice].date_of_birth = NaiveDate::from_ymd_opt(1984, 3, 12);
    }
    all[IN_SERIES].name = "Sam Serrano".to_owned();
    all[IN_SERIES].notes = "Prefers the quiet room.".to_owned();
    all[IN_SERIES].covers.push(InsuranceCover {
        discipline: DisciplineId::new("massage"),
        visits: 10,
        until: today + Days::new(200),
    });
    all[IN_SERIES].availability.push(AvailabilityWindow {
        weekday: chrono::Weekday::Tue,
        from: TimeOfDay::MIDNIGHT,
        to: TimeOfDay::END_OF_DAY,
    });
    let others = odd_names().into_iter().chain((40..).map(name));
    all.extend(
        others
            .take(odd_names().len() + ORDINARY)
            .enumerate()
            .map(|(at, name)| patient(ODD + at, &name)),
    );
    all
}
