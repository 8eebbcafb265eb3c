//! The day that the board is measured with.

use chrono::{Days, NaiveDate, TimeDelta};
use ordo_core::model::ClinicRecords;
use ordo_core::protocol::Protocols;

use super::Made;
use super::parts::{MASSAGE_SHORT, PHYSIO_SHORT, clinic, name, patient, practitioner, visit};

const PRACTITIONERS: usize = 20;
const VISITS: usize = 25;
const MINUTES: u32 = 20;

/// Twenty practitioners with twenty-five visits each on the date and on the days around it.
pub fn full(today: NaiveDate) -> Made {
    let practitioners: Vec<_> = (0..PRACTITIONERS)
        .map(|number| {
            let service = if number % 2 == 0 {
                PHYSIO_SHORT
            } else {
                MASSAGE_SHORT
            };
            practitioner(
                &format!("practitioner-{number}"),
                &name(number * 7 + 3),
                &[service],
            )
        })
        .collect();
    let mut appointments = Vec::new();
    for (ahead, date) in (today - Days::new(1)).iter_days().take(4).enumerate() {
        for (number, person) in practitioners.iter().enumerate() {
            let service = person.services[0].as_str();
            for at in 0..VISITS {
                let minutes = 8 * 60 + at as i64 * i64::from(MINUTES);
                let start = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes);
                let who = number * VISITS + at;
                let id = format!("visit-{ahead}-{who:03}");
                appointments.push(visit(&id, (number, person), who, (service, MINUTES), start));
            }
        }
    }
    Made {
        records: ClinicRecords {
            clinic: clinic("Full house", 5, practitioners),
            protocols: vec![Protocols::shipped()],
            patients: (0..PRACTITIONERS * VISITS + 20)
                .map(|number| patient(number, &name(number)))
                .collect(),
            series: Vec::new(),
            appointments,
        },
        series: Vec::new(),
    }
}
