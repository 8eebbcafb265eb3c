//! The demo clinic's services, rooms and practitioners.

use chrono::{NaiveDate, TimeDelta, Weekday};
use chrono_tz::Tz;
use ordo_core::model::{Absence, Clinic, Closure, Discipline, ExtraHours, Practitioner, Room, WorkingHours};
use ordo_core::time::TimeOfDay;
use ordo_core::{Language, holidays};

use crate::setup::shipped_services;
use Weekday::{Fri, Mon, Sat, Thu, Tue, Wed};

/// Where the clinic lies.
pub(super) const TIME_ZONE: Tz = Tz::America__Toronto;

/// The clinic as it stands around a date.
pub(super) fn clinic(today: NaiveDate, from: NaiveDate, to: NaiveDate, language: Language) -> Clinic {
    use chrono::Datelike;
    let closures = (from.year()..=to.year())
        .flat_map(holidays::ontario)
        .filter(|holiday| holiday.statutory)
        .map(|holiday| Closure {
            date: holiday.date,
            name: language.pick(holiday.name, holiday.name_fr).to_owned(),
        })
        .collect();
    Clinic {
        name: language
            .pick(
                "Riverside Physiotherapy & Massage",
                "Physiothérapie et massothérapie Riverside",
            )
            .to_owned(),
        time_zone: TIME_ZONE,
        slot_minutes: 15,
        disciplines: Discipline::shipped_in(language),
        services: shipped_services(language),
        rooms: rooms(language),
        practitioners: practitioners(today, language),
        closures,
    }
}

fn rooms(language: Language) -> Vec<Room> {
    let room = |id: &str, (english, french): (&str, &str), kinds: &[&str]| Room {
        id: id.into(),
        name: language.pick(english, french).to_owned(),
        kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
    };
    vec![
        room("room-1", ("Room 1", "Salle 1"), &["treatment"]),
        room("room-2", ("Room 2", "Salle 2"), &["treatment"]),
        room("room-3", ("Room 3", "Salle 3"), &["treatment", "massage"]),
        room("room-4", ("Room 4 (quiet)", "Salle 4 (calme)"), &["massage"]),
        room("room-5", ("Room 5 (quiet)", "Salle 5 (calme)"), &["massage"]),
        room("room-6", ("Room 6", "Salle 6"), &["massage"]),
        room("gym", ("Gym", "Gymnase"), &["gym", "treatment"]),
    ]
}

fn practitioners(today: NaiveDate, language: Language) -> Vec<Practitioner> {
    const PHYSIO: [&str; 3] = ["physio-first", "physio-45", "physio-30"];
    const MASSAGE: [&str; 3] = ["rmt-30", "rmt-45", "rmt-60"];
    let both: Vec<&str> = PHYSIO.into_iter().chain(MASSAGE).collect();
    let person = |id: &str, name: &str, services: &[&str], hours: Vec<WorkingHours>| Practitioner {
        id: id.into(),
        name: name.to_owned(),
        services: services.iter().map(|&service| service.into()).collect(),
        hours,
        extra_hours: Vec::new(),
        absences: Vec::new(),
    };
    let monday = today
        - TimeDelta::days(i64::from(
            chrono::Datelike::weekday(&today).num_days_from_monday(),
        ));
    // Saturdays take turns, counted from a Monday well before the first visit.
    let turn = |weeks: i64| Some(monday - TimeDelta::days(7 * (26 + weeks)));

    let mut anna = person(
        "anna",
        "Anna Kowalczyk",
        &PHYSIO,
        [
            weekly(&[Mon, Tue, Wed, Thu, Fri], "08:00", "12:00"),
            weekly(&[Mon, Tue, Wed, Thu, Fri], "12:30", "16:00"),
        ]
        .concat(),
    );
    anna.extra_hours
        .extend(stretch("16:30", "19:00").map(|(from, to)| ExtraHours {
            date: monday + TimeDelta::days(7 + 2),
            from,
            to,
        }));
    let marc = person(
        "marc-andre",
        "Marc-André Bélanger",
        &PHYSIO,
        [
            weekly(&[Mon, Tue, Thu], "11:00", "15:00"),
            weekly(&[Mon, Tue, Thu], "15:30", "19:00"),
            every_second(Sat, "09:00", "14:00", turn(0)),
        ]
        .concat(),
    );
    let priya = person(
        "priya",
        "Priya Raghunathan",
        &PHYSIO,
        weekly(&[Tue, Thu, Fri], "08:00", "13:00"),
    );
    let mut thomas = person(
        "thomas",
        "Thomas Nguyen",
        &PHYSIO,
        [
            weekly(&[Mon, Wed, Fri], "08:30", "12:30"),
            weekly(&[Mon, Wed, Fri], "13:00", "17:00"),
        ]
        .concat(),
    );
    thomas.absences.push(away(
        monday - TimeDelta::days(14),
        monday + TimeDelta::days(35),
        language.pick("Parental leave", "Congé parental"),
    ));
    let daniel = person(
        "daniel",
        "Daniel Okafor",
        &MASSAGE,
        [
            weekly(&[Mon, Tue, Wed, Thu, Fri], "09:00", "13:00"),
            weekly(&[Mon, Tue, Wed, Thu, Fri], "13:30", "17:00"),
        ]
        .concat(),
    );
    let lea = person(
        "lea",
        "Léa Tremblay-Desrosiers",
        &MASSAGE,
        [
            weekly(&[Tue, Wed, Thu, Fri], "10:00", "14:00"),
            weekly(&[Tue, Wed, Thu, Fri], "14:30", "18:00"),
            every_second(Sat, "09:00", "14:00", turn(1)),
        ]
        .concat(),
    );
    let mut wei = person(
        "wei",
        "Wei Zhang",
        &MASSAGE,
        weekly(&[Mon, Wed, Fri], "12:00", "19:00"),
    );
    wei.absences.push(away(
        monday + TimeDelta::days(21),
        monday + TimeDelta::days(28),
        language.pick("Holiday", "Vacances"),
    ));
    let sofia = person(
        "sofia",
        "Sofia Marchetti",
        &both,
        [
            weekly(&[Mon, Tue, Wed, Thu], "08:00", "12:00"),
            weekly(&[Mon, Tue, Wed, Thu], "12:45", "16:00"),
        ]
        .concat(),
    );
    vec![anna, marc, priya, thomas, daniel, lea, wei, sofia]
}

fn stretch(from: &str, to: &str) -> Option<(TimeOfDay, TimeOfDay)> {
    Some((TimeOfDay::parse(from)?, TimeOfDay::parse(to)?))
}

fn weekly(days: &[Weekday], from: &str, to: &str) -> Vec<WorkingHours> {
    let hours = |(from, to), &weekday: &Weekday| WorkingHours {
        weekday,
        from,
        to,
        valid_from: None,
        valid_to: None,
        every_weeks: 1,
    };
    stretch(from, to)
        .map(|both| days.iter().map(|day| hours(both, day)).collect())
        .unwrap_or_default()
}

fn every_second(day: Weekday, from: &str, to: &str, valid_from: Option<NaiveDate>) -> Vec<WorkingHours> {
    weekly(&[day], from, to)
        .into_iter()
        .map(|hours| WorkingHours {
            valid_from,
            every_weeks: 2,
            ..hours
        })
        .collect()
}

fn away(from: NaiveDate, to: NaiveDate, reason: &str) -> Absence {
    Absence {
        from: TimeOfDay::MIDNIGHT.on(from),
        to: TimeOfDay::MIDNIGHT.on(to),
        reason: reason.to_owned(),
        imported: None,
    }
}
