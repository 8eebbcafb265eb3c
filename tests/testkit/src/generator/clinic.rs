use chrono::{Datelike, Duration, NaiveDate};
use serde_json::{Map, Value, json};

use super::calendar::Calendar;
use super::shape::{Class, DISCIPLINES, Kind, Shape};
use crate::random::Random;

/// A service of the clinic.
#[derive(Debug, Clone)]
pub(super) struct Service {
    pub id: &'static str,
    pub discipline: usize,
    pub minutes: i64,
    pub buffer: i64,
    pub room_kinds: Vec<&'static str>,
}

/// A room of the clinic.
#[derive(Debug, Clone)]
pub(super) struct Room {
    pub id: String,
    pub kinds: Vec<&'static str>,
}

/// Hours of one weekday; minutes are counted from midnight.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    pub weekday: i64,
    pub from: i64,
    pub to: i64,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub every_weeks: i64,
}

/// A practitioner of the clinic.
#[derive(Debug, Clone)]
pub(super) struct Practitioner {
    pub id: String,
    /// Indices into the services.
    pub services: Vec<usize>,
    pub hours: Vec<Hours>,
    pub extra_hours: Vec<(NaiveDate, i64, i64)>,
    pub absences: Vec<(NaiveDate, NaiveDate)>,
}

/// Everything of a clinic but its appointments.
#[derive(Debug, Clone)]
pub(super) struct Staff {
    pub services: Vec<Service>,
    pub rooms: Vec<Room>,
    pub practitioners: Vec<Practitioner>,
    pub closures: Vec<NaiveDate>,
    /// Weekday and window of the patient of the request.
    pub availability: Vec<(i64, i64, i64)>,
    pub patients: usize,
}

impl Staff {
    /// The practitioners, by index, who offer a service.
    pub fn offering(&self, service: usize) -> Vec<usize> {
        (0..self.practitioners.len())
            .filter(|&index| self.practitioners[index].services.contains(&service))
            .collect()
    }
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Draws services, rooms, practitioners, closures and the patient's availability.
pub(super) fn staff(shape: &Shape, random: &mut Random) -> Staff {
    let services = services(shape, random);
    let mut practitioners = Vec::new();
    for discipline in 0..2 {
        for _ in 0..shape.practitioners[discipline] {
            let index = practitioners.len();
            practitioners.push(practitioner(shape, &services, discipline, index, random));
        }
    }
    let mut closures: Vec<NaiveDate> = if random.chance(35) {
        (0..random.between(1, 2))
            .map(|_| shape.earliest + Duration::days(random.between(0, 7 * shape.weeks)))
            .collect()
    } else {
        Vec::new()
    };
    closures.sort_unstable();
    closures.dedup();
    Staff {
        rooms: rooms(shape, random),
        availability: availability(shape, random),
        patients: if shape.class == Class::Tiny { 6 } else { 60 },
        services,
        practitioners,
        closures,
    }
}

fn services(shape: &Shape, random: &mut Random) -> Vec<Service> {
    let mut drawn = Vec::new();
    for (id, discipline, minutes, buffers, kinds) in [
        ("physio-45", 0, 45, [0, 5, 15, 15], vec!["treatment"]),
        ("physio-30", 0, 30, [0, 0, 10, 15], vec!["treatment", "gym"]),
        ("rmt-60", 1, 60, [15, 15, 15, 0], vec!["massage"]),
        ("rmt-45", 1, 45, [0, 15, 5, 15], vec!["massage", "treatment"]),
    ] {
        let buffer = match shape.kind {
            Kind::ScarceRooms => random.pick(&[15, 30]),
            Kind::DuallyQualified | Kind::OddRepair if shape.class == Class::Tight => {
                random.pick(&[10, 15, 30])
            }
            _ => random.pick(&buffers),
        };
        let scarce = shape.kind == Kind::ScarceRooms || two_rooms_only(shape);
        let free = !scarce && random.chance(10);
        drawn.push(Service {
            id,
            discipline,
            minutes: if shape.any_length {
                random.pick(&[5, 20, 90, 120, 240, 480])
            } else {
                minutes
            },
            buffer,
            room_kinds: if free { Vec::new() } else { kinds },
        });
    }
    drawn
}

/// Whether the clinic has two rooms that are fit for everything and no other.
fn two_rooms_only(shape: &Shape) -> bool {
    shape.class == Class::Tight && shape.kind == Kind::OddRepair
}

fn rooms(shape: &Shape, random: &mut Random) -> Vec<Room> {
    if two_rooms_only(shape) {
        return ["room-a", "room-b"]
            .map(|id| Room {
                id: id.to_owned(),
                kinds: vec!["treatment", "massage"],
            })
            .into();
    }
    let mut drawn: Vec<Room> = (0..shape.rooms)
        .map(|index| Room {
            id: format!("room{index}"),
            kinds: match random.between(0, 3) {
                0 => vec!["treatment", "massage"],
                1 => vec!["treatment"],
                2 => vec!["massage"],
                _ => vec!["gym"],
            },
        })
        .collect();
    if shape.kind == Kind::ScarceRooms {
        drawn.push(Room {
            id: "room-b".to_owned(),
            kinds: vec!["treatment", "massage"],
        });
        if random.chance(30) {
            drawn.push(Room {
                id: "room-t".to_owned(),
                kinds: vec!["treatment"],
            });
        }
    } else {
        for (id, kind) in [("room-t", "treatment"), ("room-m", "massage")] {
            drawn.push(Room {
                id: id.to_owned(),
                kinds: vec![kind],
            });
        }
    }
    drawn
}

fn practitioner(
    shape: &Shape,
    services: &[Service],
    discipline: usize,
    index: usize,
    random: &mut Random,
) -> Practitioner {
    let dual = random.chance(shape.dual);
    let mut practitioner = Practitioner {
        id: format!("{}{index}", ["p", "m"][discipline]),
        services: (0..services.len())
            .filter(|&service| dual || services[service].discipline == discipline)
            .collect(),
        hours: Vec::new(),
        extra_hours: Vec::new(),
        absences: Vec::new(),
    };
    for weekday in 0..7 {
        for (from, to) in day_hours(shape, weekday, random) {
            practitioner
                .hours
                .push(restricted(shape, weekday, from, to, random));
        }
    }
    let span = 7 * shape.weeks + shape.window;
    if shape.kind != Kind::EqualOptions {
        if random.chance(30) {
            for _ in 0..random.between(1, 2) {
                let date = shape.earliest + Duration::days(random.between(0, span));
                let from = random.pick(&[600, 540, 840, 1020]);
                practitioner
                    .extra_hours
                    .push((date, from, from + random.pick(&[120, 300])));
            }
        }
        if shape.class == Class::Tight && shape.kind == Kind::WideSpacing {
            for _ in 0..random.between(2, 5) {
                let from = shape.earliest + Duration::days(random.between(-3, span + 5));
                let days = random.pick(&[2, 3, 4, 5, 6]);
                practitioner.absences.push((from, from + Duration::days(days)));
            }
        } else if random.chance(30) {
            let from = shape.earliest + Duration::days(random.between(0, span));
            let days = random.pick(&[1, 1, 3, 7, 14]);
            practitioner.absences.push((from, from + Duration::days(days)));
        }
    }
    practitioner
}

/// The stretches of one weekday.
fn day_hours(shape: &Shape, weekday: i64, random: &mut Random) -> Vec<(i64, i64)> {
    if shape.kind == Kind::EqualOptions {
        let to = if shape.class == Class::Tiny { 690 } else { 1020 };
        return if weekday < 6 { vec![(540, to)] } else { Vec::new() };
    }
    let works = match weekday {
        _ if shape.class == Class::Tight && shape.kind == Kind::WideSpacing => 55,
        _ if shape.class == Class::Tight => 95,
        _ if shape.all_week => 90,
        0..=4 => 80,
        5 => 40,
        _ => 12,
    };
    if !random.chance(works) {
        return Vec::new();
    }
    if shape.class == Class::Tiny {
        let from = random.pick(&[540, 570, 600, 780]);
        return vec![(from, from + random.pick(&[90, 120, 150, 180]))];
    }
    if shape.class == Class::Tight {
        return vec![(random.pick(&[480, 540, 600]), random.pick(&[780, 900, 1020]))];
    }
    let start = random.pick(&[480, 480, 510, 540, 540, 570, 600, 630, 720, 750]);
    match random.between(0, 2) {
        0 => vec![(start, start + random.pick(&[240, 300, 420, 480]))],
        1 => vec![
            (start, start + 240),
            (start + 300, start + random.pick(&[420, 480, 540])),
        ],
        // Two stretches that touch are one.
        _ => vec![
            (start, start + 210),
            (start + 210, start + random.pick(&[300, 450])),
        ],
    }
}

fn restricted(shape: &Shape, weekday: i64, from: i64, to: i64, random: &mut Random) -> Hours {
    let mut hours = Hours {
        weekday,
        from,
        to,
        valid_from: None,
        valid_to: None,
        every_weeks: 1,
    };
    if shape.kind == Kind::EqualOptions {
        return hours;
    }
    let near = |random: &mut Random| shape.earliest + Duration::days(random.between(-30, 7 * shape.weeks));
    if random.chance(10) {
        hours.every_weeks = random.pick(&[2, 2, 3]);
        hours.valid_from = Some(near(random));
    } else if random.chance(5) {
        hours.valid_from = Some(near(random));
    }
    if random.chance(6) {
        hours.valid_to = Some(near(random).max(hours.valid_from.unwrap_or(NaiveDate::MIN)));
    }
    hours
}

fn availability(shape: &Shape, random: &mut Random) -> Vec<(i64, i64, i64)> {
    if two_rooms_only(shape) {
        return Vec::new();
    }
    if shape.class == Class::Tight {
        return snug_availability(shape, random);
    }
    if shape.kind == Kind::NarrowAvailability {
        let mut windows = Vec::new();
        let (days, starts) = match shape.class {
            Class::Tiny => (5, [540, 540, 570, 600, 600, 780]),
            _ => (3, [480, 540, 600, 660, 780, 900]),
        };
        for weekday in random.sample(&[0, 1, 2, 3, 4, 5], days) {
            let from = random.pick(&starts);
            let middle = from + random.pick(&[60, 105, 120]);
            windows.push((weekday, from, middle));
            if random.chance(60) {
                windows.push((weekday, middle, middle + random.pick(&[60, 120])));
            }
        }
        return windows;
    }
    if random.chance(30) {
        return random
            .sample(&[0, 1, 2, 3, 4, 5], 5)
            .into_iter()
            .map(|weekday| (weekday, 420, 1260))
            .collect();
    }
    Vec::new()
}

/// Windows that hardly hold a pair, often in two halves that touch.
fn snug_availability(shape: &Shape, random: &mut Random) -> Vec<(i64, i64, i64)> {
    let (days, count): (&[i64], usize) = match shape.kind {
        Kind::ClockChange => (&[0, 4, 5, 6], 3),
        Kind::WideSpacing => (&[0, 1, 2, 3, 4, 5, 6], 7),
        _ => (&[0, 1, 2, 3, 4, 5], 3),
    };
    let mut windows = Vec::new();
    for weekday in random.sample(days, count) {
        let from = random.pick(&[570, 600, 600, 615, 780]);
        let to = from + random.pick(&[75, 90, 105, 120, 150]);
        if random.chance(50) {
            let middle = from + random.pick(&[30, 45, 60]);
            windows.push((weekday, from, middle));
            windows.push((weekday, middle, to));
        } else {
            windows.push((weekday, from, to));
        }
    }
    windows
}

/// The clinic file.
pub(super) fn file(shape: &Shape, staff: &Staff, calendar: &Calendar, random: &mut Random) -> Value {
    let patients: Vec<Value> = (0..staff.patients)
        .map(|index| {
            let mut patient = json!({"id": format!("pt{index}"), "name": format!("Patient {index}")});
            if index == 0 && !staff.availability.is_empty() {
                patient["availability"] = staff
                    .availability
                    .iter()
                    .map(|&(weekday, from, to)| {
                        json!({"weekday": weekday_name(weekday), "from": clock(from), "to": clock(to)})
                    })
                    .collect();
            }
            patient
        })
        .collect();
    let closures: Vec<Value> = staff
        .closures
        .iter()
        .map(|date| json!({"date": date.to_string(), "name": "Closed"}))
        .collect();
    let mut file = json!({
        "format": "ordo-clinic/1",
        "clinic": {"name": "Generated", "time_zone": shape.zone, "slot_minutes": shape.slot},
        "services": staff.services.iter().map(service_value).collect::<Vec<_>>(),
        "rooms": staff.rooms.iter()
            .map(|room| json!({"id": room.id, "name": room.id, "kinds": room.kinds})).collect::<Vec<_>>(),
        "practitioners": staff.practitioners.iter().map(practitioner_value).collect::<Vec<_>>(),
        "patients": patients,
        "appointments": calendar.appointments(staff),
    });
    if !closures.is_empty() || random.chance(50) {
        file["closures"] = Value::Array(closures);
    }
    file
}

fn service_value(service: &Service) -> Value {
    let mut value = json!({"id": service.id, "discipline": DISCIPLINES[service.discipline], "name": service.id,
        "minutes": service.minutes});
    if service.buffer > 0 {
        value["buffer_minutes"] = json!(service.buffer);
    }
    if !service.room_kinds.is_empty() {
        value["room_kinds"] = json!(service.room_kinds);
    }
    value
}

fn practitioner_value(practitioner: &Practitioner) -> Value {
    let services: Vec<&str> = practitioner
        .services
        .iter()
        .map(|&index| ["physio-45", "physio-30", "rmt-60", "rmt-45"][index])
        .collect();
    let hours: Vec<Value> = practitioner
        .hours
        .iter()
        .map(|hours| {
            let mut value = Map::new();
            value.insert("weekday".into(), json!(weekday_name(hours.weekday)));
            value.insert("from".into(), json!(clock(hours.from)));
            value.insert("to".into(), json!(clock(hours.to)));
            if let Some(date) = hours.valid_from {
                value.insert("valid_from".into(), json!(date.to_string()));
            }
            if let Some(date) = hours.valid_to {
                value.insert("valid_to".into(), json!(date.to_string()));
            }
            if hours.every_weeks > 1 {
                value.insert("every_weeks".into(), json!(hours.every_weeks));
            }
            Value::Object(value)
        })
        .collect();
    let mut value =
        json!({"id": practitioner.id, "name": practitioner.id, "services": services, "hours": hours});
    if !practitioner.extra_hours.is_empty() {
        value["extra_hours"] = practitioner
            .extra_hours
            .iter()
            .map(|&(date, from, to)| json!({"date": date.to_string(), "from": clock(from), "to": clock(to)}))
            .collect();
    }
    if !practitioner.absences.is_empty() {
        value["absences"] = practitioner
            .absences
            .iter()
            .map(|&(from, to)| json!({"from": wall(from, 0), "to": wall(to, 0)}))
            .collect();
    }
    value
}

/// The word for a weekday counted from Monday.
fn weekday_name(weekday: i64) -> &'static str {
    WEEKDAYS[usize::try_from(weekday).unwrap_or(0) % 7]
}

/// A time of day as the files write it.
fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A wall time as the files write it.
pub(super) fn wall(date: NaiveDate, minutes: i64) -> String {
    format!("{date}T{}", clock(minutes))
}

/// The weekday of a date counted from Monday.
pub(super) fn weekday(date: NaiveDate) -> i64 {
    i64::from(date.weekday().num_days_from_monday())
}
