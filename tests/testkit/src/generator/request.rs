use chrono::Duration;
use serde_json::{Map, Value, json};

use super::calendar::{Appointment, Calendar, stretches};
use super::clinic::{Staff, wall};
use super::repair;
use super::shape::{Class, DISCIPLINES, Kind, Shape, Spacing};
use crate::random::Random;

/// What the request asks for in one discipline.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub service: usize,
    /// Indices into the clinic's practitioners.
    pub practitioners: Vec<usize>,
    /// The weeks with a session.
    pub weeks: Vec<i64>,
}

/// The request file; the patient's own appointments are added to the calendar first, so that others keep out of their way.
pub(super) fn request(
    shape: &Shape,
    staff: &mut Staff,
    calendar: &mut Calendar,
    random: &mut Random,
) -> Value {
    let wanted = wanted(shape, staff, random);
    let mut disciplines = Map::new();
    for &discipline in &shape.order {
        let (Some(wanted), Some(frequency)) = (&wanted[discipline], shape.frequencies[discipline]) else {
            continue;
        };
        let ids: Vec<&str> = wanted
            .practitioners
            .iter()
            .map(|&index| staff.practitioners[index].id.as_str())
            .collect();
        disciplines.insert(
            DISCIPLINES[discipline].to_owned(),
            json!({"service": staff.services[wanted.service].id, "every_weeks": frequency.every_weeks,
                "first_week": frequency.first_week, "practitioners": ids}),
        );
    }
    let spacing = match shape.spacing {
        Spacing::SameDay { max_wait_minutes } => {
            json!({"kind": "same-day", "max_wait_minutes": max_wait_minutes})
        }
        Spacing::SeparateDays { min_hours, max_hours } => {
            json!({"kind": "separate-days", "min_hours": min_hours, "max_hours": max_hours})
        }
    };
    let now = wall(
        shape.earliest - Duration::days(random.between(0, 4)),
        random.pick(&[480, 540, 620, 780, 723]),
    );
    let mut request = json!({
        "format": "ordo-request/1",
        "patient": "pt0",
        "now": now,
        "earliest": shape.earliest.to_string(),
        "latest_start": (shape.earliest + Duration::days(shape.window)).to_string(),
        "weeks": shape.weeks,
        "order": shape.order.map(|discipline| DISCIPLINES[discipline]),
        "spacing": spacing,
        "tolerance_days": shape.tolerance,
        "disciplines": disciplines,
    });
    if shape.kind.is_repair() {
        let repair = repair::repair(shape, staff, &wanted, calendar, random);
        request["now"] = json!(wall(repair.now, 540));
        if let Some((practitioner, days)) = repair.sick {
            let back = repair.now + Duration::days(days);
            staff.practitioners[practitioner]
                .absences
                .push((repair.now, back));
        }
        for (key, values) in [
            ("fixed", repair.fixed),
            ("current", repair.current),
            ("replaces", repair.replaces),
        ] {
            if !values.is_empty() || random.chance(50) {
                request[key] = Value::Array(values);
            }
        }
    }
    if shape.kind == Kind::OneOfTwo || random.chance(15) {
        add_others(shape, staff, calendar, random);
    }
    request
}

fn wanted(shape: &Shape, staff: &Staff, random: &mut Random) -> [Option<Wanted>; 2] {
    [0, 1].map(|discipline| {
        let frequency = shape.frequencies[discipline]?;
        let services: Vec<usize> = (0..staff.services.len())
            .filter(|&index| staff.services[index].discipline == discipline)
            .collect();
        let service = random.pick(&services);
        let count = usize::try_from(shape.requested[discipline]).unwrap_or(1);
        let offering = staff.offering(service);
        let practitioners = if shape.class == Class::Tight && shape.kind == Kind::DuallyQualified {
            vec![offering[0]]
        } else {
            random.sample(&offering, count)
        };
        Some(Wanted {
            service,
            practitioners,
            weeks: (0..shape.weeks)
                .filter(|week| {
                    *week >= frequency.first_week
                        && (week - frequency.first_week) % frequency.every_weeks == 0
                })
                .collect(),
        })
    })
}

/// Other appointments of the patient, of both disciplines, that are not of the series.
fn add_others(shape: &Shape, staff: &Staff, calendar: &mut Calendar, random: &mut Random) {
    let count = match (shape.class, shape.kind) {
        (Class::Tiny, _) => 1,
        (_, Kind::OneOfTwo) => shape.weeks + 1,
        _ => 4,
    };
    for number in 0..count {
        let practitioner =
            usize::try_from(random.between(0, i64::try_from(staff.practitioners.len()).unwrap_or(1) - 1))
                .unwrap_or(0);
        let service = random.pick(&staff.practitioners[practitioner].services);
        let date = shape.earliest + Duration::days(random.between(-2, 7 * shape.weeks + shape.window));
        let Some(&(from, to)) = stretches(&staff.practitioners[practitioner], date).first() else {
            continue;
        };
        let latest = (to - from - staff.services[service].minutes) / 15;
        if latest < 0 {
            continue;
        }
        let start = from + 15 * random.between(0, latest);
        if !calendar.patient_is_free(date, start, start + staff.services[service].minutes) {
            continue;
        }
        let appointment = Appointment {
            id: format!("other{number}"),
            practitioner,
            patient: 0,
            service,
            room: calendar.free_room(staff, service, date, start),
            date,
            start,
            status: random.pick(&["booked", "booked", "booked", "arrived", "cancelled"]),
        };
        calendar.add(staff, appointment);
    }
}
