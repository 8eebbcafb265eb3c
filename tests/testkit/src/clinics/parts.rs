//! What the clinics are put together from.

use chrono::{NaiveDate, NaiveDateTime, Weekday};
use chrono_tz::Tz;
use ordo_core::model::{
    Appointment, AppointmentStatus, Clinic, Contact, Discipline, Patient, Practitioner, Room, Service,
    WorkingHours,
};
use ordo_core::time::TimeOfDay;

pub(super) const PHYSIO: &str = "physio-45";
pub(super) const PHYSIO_SHORT: &str = "physio-20";
pub(super) const MASSAGE: &str = "massage-60";
pub(super) const MASSAGE_SHORT: &str = "massage-20";

const SERVICES: [(&str, &str, &str, u32); 4] = [
    (PHYSIO, Discipline::PHYSIOTHERAPY, "Physiotherapy 45 min", 45),
    (
        PHYSIO_SHORT,
        Discipline::PHYSIOTHERAPY,
        "Physiotherapy 20 min",
        20,
    ),
    (MASSAGE, Discipline::MASSAGE, "Massage therapy 60 min", 60),
    (MASSAGE_SHORT, Discipline::MASSAGE, "Massage therapy 20 min", 20),
];

/// A clinic with as many rooms as practitioners, open on every day of the week.
pub(super) fn clinic(name: &str, slot_minutes: u32, practitioners: Vec<Practitioner>) -> Clinic {
    let service = |(id, discipline, name, minutes): (&str, &str, &str, u32)| Service {
        id: id.into(),
        discipline: discipline.into(),
        name: name.to_owned(),
        minutes,
        buffer_minutes: 0,
        room_kinds: vec!["treatment".to_owned()],
        first_visit: false,
    };
    let room = |number: usize| Room {
        id: room_id(number).as_str().into(),
        name: format!("Room {}", number + 1),
        kinds: vec!["treatment".to_owned()],
    };
    Clinic {
        name: name.to_owned(),
        time_zone: Tz::America__Toronto,
        slot_minutes,
        disciplines: Discipline::shipped(),
        services: SERVICES.map(service).into(),
        rooms: (0..practitioners.len()).map(room).collect(),
        practitioners,
        closures: Vec::new(),
    }
}

pub(super) fn room_id(number: usize) -> String {
    format!("room-{}", number + 1)
}

/// Somebody who works every day from eight to six, with half an hour off at noon.
pub(super) fn practitioner(id: &str, name: &str, services: &[&str]) -> Practitioner {
    const WEEK: [Weekday; 7] = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    let stretches = [("08:00", "12:00"), ("12:30", "18:00")];
    let hours = WEEK
        .into_iter()
        .flat_map(|weekday| stretches.map(|(from, to)| (weekday, from, to)))
        .filter_map(|(weekday, from, to)| {
            Some(WorkingHours {
                weekday,
                from: TimeOfDay::parse(from)?,
                to: TimeOfDay::parse(to)?,
                valid_from: None,
                valid_to: None,
                every_weeks: 1,
            })
        });
    Practitioner {
        id: id.into(),
        name: name.to_owned(),
        services: services.iter().map(|&service| service.into()).collect(),
        hours: hours.collect(),
        extra_hours: Vec::new(),
        absences: Vec::new(),
    }
}

pub(super) fn patient(number: usize, name: &str) -> Patient {
    Patient {
        contact: Contact {
            phone: format!("416-{:03}-{:04}", 200 + number / 10_000, number % 10_000),
            email: format!("patient{number}@example.org"),
        },
        date_of_birth: NaiveDate::from_num_days_from_ce_opt(711_000 + (number * 7919 % 24_000) as i32),
        ..Patient::named(patient_id(number).as_str().into(), name)
    }
}

pub(super) fn patient_id(number: usize) -> String {
    format!("patient-{number:05}")
}

/// Names of as many people as are asked for, common and rare ones mixed; they repeat after some thousand.
pub(super) fn name(number: usize) -> String {
    const GIVEN: [&str; 24] = [
        "Amélie", "Benoît", "Chloé", "David", "Élise", "Fatima", "Gabriel", "Hannah", "Imran", "Jade",
        "Kenji", "Léa", "Mateo", "Noor", "Olivia", "Priya", "Quentin", "Rosa", "Samuel", "Thomas", "Usha",
        "Victor", "Wei", "Zoé",
    ];
    const FAMILY: [&str; 25] = [
        "Tremblay",
        "Gagnon",
        "Roy",
        "Côté",
        "Bouchard",
        "Singh",
        "Nguyen",
        "Smith",
        "Brown",
        "Martin",
        "Wilson",
        "Campbell",
        "O'Brien",
        "Kowalski",
        "Müller",
        "García",
        "Rossi",
        "Haddad",
        "Okafor",
        "Chen",
        "Kim",
        "Yamamoto",
        "Ivanova",
        "Silva",
        "Lévesque",
    ];
    const SECOND: [&str; 8] = [
        "", "-Dubois", "-Fortin", "-Park", "-Ali", "-Novak", "-Lund", "-Mensah",
    ];
    format!(
        "{} {}{}",
        GIVEN[number % GIVEN.len()],
        FAMILY[number % FAMILY.len()],
        SECOND[number / (GIVEN.len() * FAMILY.len()) % SECOND.len()],
    )
}

/// One booked visit in the practitioner's own room.
pub(super) fn visit(
    id: &str,
    (number, practitioner): (usize, &Practitioner),
    patient: usize,
    (service, minutes): (&str, u32),
    start: NaiveDateTime,
) -> Appointment {
    Appointment {
        id: id.into(),
        practitioner: practitioner.id.clone(),
        patient: patient_id(patient).as_str().into(),
        service: service.into(),
        room: Some(room_id(number).as_str().into()),
        start,
        minutes,
        buffer_minutes: 0,
        status: AppointmentStatus::Booked,
        session: None,
        override_reason: String::new(),
        cancel_reason: String::new(),
        note: String::new(),
        revision: 0,
        changed_at: None,
    }
}
