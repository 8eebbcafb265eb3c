use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};

use super::clinic::{Practitioner, Staff, wall, weekday};
use super::shape::{Kind, Shape};
use crate::random::Random;

/// One appointment; `patient` 0 is the patient of the request.
#[derive(Debug, Clone)]
pub(super) struct Appointment {
    pub id: String,
    pub practitioner: usize,
    pub patient: usize,
    pub service: usize,
    pub room: Option<usize>,
    pub date: NaiveDate,
    pub start: i64,
    pub status: &'static str,
}

/// Whose time a span of a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    Practitioner(usize),
    Room(usize),
    Patient(usize),
}

/// The appointments of a clinic and the time that they occupy.
#[derive(Debug)]
pub(super) struct Calendar {
    first: NaiveDate,
    last: NaiveDate,
    appointments: Vec<Appointment>,
    occupied: HashMap<(Owner, NaiveDate), Vec<(i64, i64)>>,
}

impl Calendar {
    /// An empty calendar over every date that the request can reach.
    pub fn new(shape: &Shape) -> Self {
        Self {
            first: shape.earliest - Duration::days(5),
            last: shape.earliest + Duration::days(shape.window + 7 * shape.weeks + 5),
            appointments: Vec::new(),
            occupied: HashMap::new(),
        }
    }

    /// Adds an appointment, also over occupied time.
    pub fn add(&mut self, staff: &Staff, appointment: Appointment) {
        if !matches!(appointment.status, "cancelled" | "noshow") {
            let service = &staff.services[appointment.service];
            let (start, end) = (appointment.start, appointment.start + service.minutes);
            let with_buffer = end + service.buffer;
            self.occupy(
                Owner::Practitioner(appointment.practitioner),
                appointment.date,
                start,
                with_buffer,
            );
            self.occupy(Owner::Patient(appointment.patient), appointment.date, start, end);
            if let Some(room) = appointment.room {
                self.occupy(Owner::Room(room), appointment.date, start, with_buffer);
            }
        }
        self.appointments.push(appointment);
    }

    fn occupy(&mut self, owner: Owner, date: NaiveDate, from: i64, to: i64) {
        self.occupied.entry((owner, date)).or_default().push((from, to));
    }

    fn is_free(&self, owner: Owner, date: NaiveDate, from: i64, to: i64) -> bool {
        self.occupied
            .get(&(owner, date))
            .is_none_or(|spans| spans.iter().all(|&(start, end)| end <= from || to <= start))
    }

    /// Books other patients up to the load of the shape.
    pub fn fill(&mut self, shape: &Shape, staff: &Staff, random: &mut Random) {
        if shape.load == 0 {
            return;
        }
        for (index, practitioner) in staff.practitioners.iter().enumerate() {
            let mut date = self.first;
            while date <= self.last {
                for (from, to) in stretches(practitioner, date) {
                    self.fill_stretch(shape, staff, index, date, (from, to), random);
                }
                date += Duration::days(1);
            }
        }
    }

    fn fill_stretch(
        &mut self,
        shape: &Shape,
        staff: &Staff,
        practitioner: usize,
        date: NaiveDate,
        (from, to): (i64, i64),
        random: &mut Random,
    ) {
        let mut at = from;
        while at < to {
            if !random.chance(shape.load) {
                at += random.pick(&[15, 30, 30, 45, 60, 90]);
                continue;
            }
            let service = random.pick(&staff.practitioners[practitioner].services);
            let (minutes, buffer) = (staff.services[service].minutes, staff.services[service].buffer);
            let mut start = at;
            if random.chance(shape.off_grid) {
                start += random.pick(&[5, 7, 10, 20]);
            }
            if start + minutes > to {
                break;
            }
            if !self.is_free(
                Owner::Practitioner(practitioner),
                date,
                start,
                start + minutes + buffer,
            ) {
                at += 15;
                continue;
            }
            self.book(shape, staff, (practitioner, service), date, start, random);
            at = start + minutes + buffer;
        }
    }

    fn book(
        &mut self,
        shape: &Shape,
        staff: &Staff,
        (practitioner, service): (usize, usize),
        date: NaiveDate,
        start: i64,
        random: &mut Random,
    ) {
        let end = start + staff.services[service].minutes;
        let patient = if random.chance(if shape.kind == Kind::Ordinary { 3 } else { 1 }) {
            0
        } else {
            usize::try_from(random.between(1, i64::try_from(staff.patients).unwrap_or(2) - 1)).unwrap_or(1)
        };
        if !self.is_free(Owner::Patient(patient), date, start, end) {
            return;
        }
        let status = match random.between(0, 99) {
            0..=5 => "cancelled",
            6 => "noshow",
            7 => "fulfilled",
            8 => "arrived",
            _ => "booked",
        };
        let room = if random.chance(shape.without_room) {
            None
        } else {
            self.free_room(staff, service, date, start)
        };
        let id = format!("a{}", self.appointments.len());
        self.add(
            staff,
            Appointment {
                id,
                practitioner,
                patient,
                service,
                room,
                date,
                start,
                status,
            },
        );
    }

    /// The first room of a service's kinds that is free; none when all are taken.
    pub fn free_room(&self, staff: &Staff, service: usize, date: NaiveDate, start: i64) -> Option<usize> {
        let wanted = &staff.services[service];
        let end = start + wanted.minutes + wanted.buffer;
        (0..staff.rooms.len()).find(|&room| {
            staff.rooms[room]
                .kinds
                .iter()
                .any(|kind| wanted.room_kinds.contains(kind))
                && self.is_free(Owner::Room(room), date, start, end)
        })
    }

    /// Whether the patient of the request is free.
    pub fn patient_is_free(&self, date: NaiveDate, from: i64, to: i64) -> bool {
        self.is_free(Owner::Patient(0), date, from, to)
    }

    /// The appointments as the clinic file writes them.
    pub fn appointments(&self, staff: &Staff) -> Vec<Value> {
        self.appointments
            .iter()
            .map(|appointment| {
                let mut value = json!({
                    "id": appointment.id,
                    "practitioner": staff.practitioners[appointment.practitioner].id,
                    "patient": format!("pt{}", appointment.patient),
                    "service": staff.services[appointment.service].id,
                    "start": wall(appointment.date, appointment.start),
                    "status": appointment.status,
                });
                if let Some(room) = appointment.room {
                    value["room"] = json!(staff.rooms[room].id);
                }
                value
            })
            .collect()
    }
}

/// Hours and extra hours of a date; absences are left in, since those who fall ill have visits booked.
pub(super) fn stretches(practitioner: &Practitioner, date: NaiveDate) -> Vec<(i64, i64)> {
    let weekly = practitioner.hours.iter().filter(|hours| {
        let in_week = hours.every_weeks == 1
            || hours.valid_from.is_some_and(|first| {
                let monday = first - Duration::days(weekday(first));
                ((date - monday).num_days().div_euclid(7)) % hours.every_weeks == 0
            });
        hours.weekday == weekday(date)
            && hours.valid_from.is_none_or(|first| first <= date)
            && hours.valid_to.is_none_or(|last| date <= last)
            && in_week
    });
    let extra = practitioner.extra_hours.iter().filter(|extra| extra.0 == date);
    weekly
        .map(|hours| (hours.from, hours.to))
        .chain(extra.map(|&(_, from, to)| (from, to)))
        .collect()
}
