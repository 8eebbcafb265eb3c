use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};

use super::calendar::{Appointment, Calendar, stretches};
use super::clinic::{Staff, wall};
use super::request::Wanted;
use super::shape::{Class, DISCIPLINES, Kind, Shape, Spacing};
use crate::random::Random;

/// The part of a request that repairs a running series.
pub(super) struct Repair {
    /// Nine in the morning of this date.
    pub now: NaiveDate,
    pub fixed: Vec<Value>,
    pub current: Vec<Value>,
    pub replaces: Vec<Value>,
    /// Who is away from now on, and for how many days.
    pub sick: Option<(usize, i64)>,
}

/// A series as it might have been booked: a weekly slot for each discipline, from a date in the first window.
struct Habit {
    practitioner: usize,
    date: NaiveDate,
    start: i64,
}

/// Books a running series into the calendar and asks for its repair: sessions before now are fixed, later ones current.
pub(super) fn repair(
    shape: &Shape,
    staff: &Staff,
    wanted: &[Option<Wanted>; 2],
    calendar: &mut Calendar,
    random: &mut Random,
) -> Repair {
    let habits = habits(shape, staff, wanted, random);
    let tight = shape.class == Class::Tight;
    let odd = shape.kind == Kind::OddRepair;
    let held = if tight && odd {
        0
    } else {
        random.between(0, shape.weeks)
    };
    let now = shape.earliest + Duration::days(7 * held + random.between(-3, 6));
    let mut repair = Repair {
        now,
        fixed: Vec::new(),
        current: Vec::new(),
        replaces: Vec::new(),
        sick: None,
    };
    let usual: Vec<usize> = habits.iter().flatten().map(|habit| habit.practitioner).collect();
    if random.chance(70) && !usual.is_empty() {
        repair.sick = Some((random.pick(&usual), random.pick(&[3, 7, 14])));
    }
    for discipline in 0..2 {
        let (Some(wanted), Some(habit)) = (&wanted[discipline], &habits[discipline]) else {
            continue;
        };
        let mut beside = None;
        for &week in &wanted.weeks {
            let mut date = habit.date + Duration::days(7 * week);
            let mut start = habit.start + random.pick(&[0, 0, 0, 15, -15, 30]);
            let mut practitioner = habit.practitioner;
            if random.chance(if odd { 40 } else { 10 }) {
                practitioner = random.pick(&staff.offering(wanted.service));
            }
            if random.chance(if odd { 40 } else { 10 }) {
                date +=
                    Duration::days(random.between(-shape.tolerance - i64::from(odd) * 3, shape.tolerance));
            }
            if odd && !tight && random.chance(20) {
                start += random.pick(&[5, 7, 65, -40]);
            }
            start = start.clamp(420, 1200);
            let past = date < now;
            let mut fixed = past || (odd && random.chance(30));
            if odd && tight {
                // Fixed sessions in the way: on another week's date, or side by side with the last one.
                fixed = random.chance(60);
                if random.chance(40) {
                    date += Duration::days(random.pick(&[-7, 7, 14]));
                }
                if let Some((last_date, last_start)) = beside.filter(|_| random.chance(40)) {
                    (date, start) = (last_date, last_start + random.pick(&[0, 5, 15, 15]));
                }
                beside = fixed.then_some((date, start));
            }
            let past = date < now;
            if !fixed && random.chance(12) {
                continue;
            }
            if !fixed && date == now {
                continue;
            }
            let id = format!("own{}", repair.replaces.len());
            let room = (random.chance(if odd { 50 + 40 * i64::from(tight) } else { 15 }))
                .then(|| calendar.free_room(staff, wanted.service, date, start))
                .flatten();
            calendar.add(
                staff,
                Appointment {
                    id: id.clone(),
                    practitioner,
                    patient: 0,
                    service: wanted.service,
                    room,
                    date,
                    start,
                    status: if past { "fulfilled" } else { "booked" },
                },
            );
            repair.replaces.push(json!(id));
            let mut session = json!({"discipline": DISCIPLINES[discipline], "week": week, "start": wall(date, start),
                "practitioner": staff.practitioners[practitioner].id});
            if fixed {
                if let Some(room) = room {
                    session["room"] = json!(staff.rooms[room].id);
                }
                repair.fixed.push(session);
            } else {
                repair.current.push(session);
            }
        }
    }
    repair
}

fn habits(
    shape: &Shape,
    staff: &Staff,
    wanted: &[Option<Wanted>; 2],
    random: &mut Random,
) -> [Option<Habit>; 2] {
    let date = shape.earliest + Duration::days(random.between(0, shape.window));
    let mut habits = [None, None];
    let mut free_from = 0;
    for (position, &discipline) in shape.order.iter().enumerate() {
        let Some(wanted) = &wanted[discipline] else {
            continue;
        };
        let practitioner = random.pick(&wanted.practitioners);
        let day = match shape.spacing {
            Spacing::SeparateDays { min_hours, .. } if position == 1 => {
                date + Duration::days((min_hours + 23) / 24)
            }
            _ => date,
        };
        let (from, to) = stretches(&staff.practitioners[practitioner], day)
            .first()
            .copied()
            .unwrap_or((600, 1020));
        let service = &staff.services[wanted.service];
        let steps = ((to - from - service.minutes) / shape.slot).max(0);
        let mut start = from + shape.slot * random.between(0, steps);
        if matches!(shape.spacing, Spacing::SameDay { .. }) && position == 1 && free_from > 0 {
            start = free_from + random.pick(&[0, 15, 15, 30]);
        }
        free_from = start + service.minutes;
        habits[discipline] = Some(Habit {
            practitioner,
            date: day,
            start,
        });
    }
    habits
}
