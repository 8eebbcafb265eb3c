//! A clinic's calendar, resolved and indexed: the immutable snapshot that is planned on and checked.
//!
//! Identifiers have become indices into the clinic's lists, local times have become minutes since 1970 in UTC.
//! Only appointments that occupy time are visits; lists of visits are sorted by start, so that a question about
//! a few weeks costs the same with one and with ten years of history.

mod build;
mod working_time;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

pub use build::CalendarError;

use crate::model::{Appointment, AppointmentId, Clinic, Patient, PatientId, PractitionerId, Room, Service};
use crate::time::{Span, Strides, TimeOfDay, UtcMinute, ZoneClock, date_of, day_number};

/// An immutable snapshot of a clinic and appointments, indexed for planning and checking.
#[derive(Clone, Debug)]
pub struct Calendar {
    clinic: Clinic,
    clock: ZoneClock,
    patients: Vec<Patient>,
    patient_index: HashMap<PatientId, usize>,
    practitioner_index: HashMap<PractitionerId, usize>,
    appointments: Vec<Appointment>,
    appointment_index: HashMap<AppointmentId, usize>,
    visits: Vec<Visit>,
    visit_of_appointment: Vec<Option<usize>>,
    by_practitioner: Vec<Occupancy>,
    by_room: Vec<Occupancy>,
    by_patient: Vec<Occupancy>,
    service_discipline: Vec<usize>,
    service_rooms: Vec<Vec<usize>>,
    offered: Vec<Vec<usize>>,
    closures: Vec<(i32, usize)>,
    working: Vec<working_time::Pattern>,
    availability: Vec<[Vec<Span>; 7]>,
}

/// One treatment at a place in the calendar: who, what, where and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Index of the service.
    pub service: usize,
    /// Index of the service's discipline.
    pub discipline: usize,
    /// Index of the practitioner.
    pub practitioner: usize,
    /// Index of the room, if any.
    pub room: Option<usize>,
    /// The local date of the start, days since 1970-01-01.
    pub day: i32,
    /// The start on the wall clock, minutes from local midnight.
    pub time: i32,
    /// The treatment itself.
    pub treatment: Span,
    /// The end of the buffer behind the treatment.
    pub busy_until: UtcMinute,
}

impl Placement {
    /// What it occupies for its practitioner and its room: treatment and buffer.
    pub fn occupied(&self) -> Span {
        Span::new(self.treatment.from, self.busy_until)
    }
}

/// An appointment that occupies time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Index of the appointment.
    pub appointment: usize,
    /// Index of the patient.
    pub patient: usize,
    /// Where it lies.
    pub place: Placement,
}

/// Occupied time of one practitioner, room or patient, sorted by start.
#[derive(Clone, Debug, Default)]
pub struct Occupancy {
    taken: Vec<Taken>,
    /// Into the starts of the stretches.
    strides: Strides,
    longest: i32,
}

/// A stretch of occupied time and the visit that occupies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The stretch.
    pub span: Span,
    /// Index of the visit.
    pub visit: usize,
}

impl Occupancy {
    /// Everything that meets a stretch of time, by start.
    pub fn meeting(&self, span: Span) -> impl Iterator<Item = Taken> + '_ {
        let start = span.from.saturating_sub(self.longest);
        let near = self.strides.near(start);
        let first = near.start + self.taken[near].partition_point(|taken| taken.span.from < start);
        self.taken[first..]
            .iter()
            .take_while(move |taken| taken.span.from < span.to)
            .filter(move |taken| taken.span.meets(span))
            .copied()
    }
}

impl Calendar {
    /// The clinic.
    pub fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// The zone's clock.
    pub fn clock(&self) -> &ZoneClock {
        &self.clock
    }

    /// The patients that were loaded; visits may belong to others too.
    pub fn patients(&self) -> &[Patient] {
        &self.patients
    }

    /// Every appointment, also those that occupy no time.
    pub fn appointments(&self) -> &[Appointment] {
        &self.appointments
    }

    /// Every visit.
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// The appointment of a visit.
    pub fn appointment(&self, visit: usize) -> &Appointment {
        &self.appointments[self.visits[visit].appointment]
    }

    /// The visit of an appointment, if it occupies time.
    pub fn visit_of(&self, appointment: usize) -> Option<usize> {
        self.visit_of_appointment[appointment]
    }

    /// The index of an appointment.
    pub fn appointment_index(&self, id: &AppointmentId) -> Option<usize> {
        self.appointment_index.get(id).copied()
    }

    /// The index of a patient: a loaded one or one that has a visit.
    pub fn patient_index(&self, id: &PatientId) -> Option<usize> {
        self.patient_index.get(id).copied()
    }

    /// The index of a practitioner.
    pub fn practitioner_index(&self, id: &PractitionerId) -> Option<usize> {
        self.practitioner_index.get(id).copied()
    }

    /// The index of a discipline.
    pub fn discipline_index(&self, id: &crate::model::DisciplineId) -> Option<usize> {
        self.clinic
            .disciplines
            .iter()
            .position(|discipline| &discipline.id == id)
    }

    /// The index of a service.
    pub fn service_index(&self, id: &crate::model::ServiceId) -> Option<usize> {
        self.clinic.services.iter().position(|service| &service.id == id)
    }

    /// The index of a room.
    pub fn room_index(&self, id: &crate::model::RoomId) -> Option<usize> {
        self.clinic.rooms.iter().position(|room| &room.id == id)
    }

    /// A service by index.
    pub fn service(&self, service: usize) -> &Service {
        &self.clinic.services[service]
    }

    /// A room by index.
    pub fn room(&self, room: usize) -> &Room {
        &self.clinic.rooms[room]
    }

    /// The discipline of a service, by indices.
    pub fn discipline_of(&self, service: usize) -> usize {
        self.service_discipline[service]
    }

    /// The rooms of a service's kinds, in the clinic's order; empty also when it needs none.
    pub fn rooms_for(&self, service: usize) -> &[usize] {
        &self.service_rooms[service]
    }

    /// The services that a practitioner offers, by index.
    pub fn services_offered(&self, practitioner: usize) -> &[usize] {
        &self.offered[practitioner]
    }

    /// Occupied time of a practitioner: treatments with their buffers.
    pub fn practitioner_occupancy(&self, practitioner: usize) -> &Occupancy {
        &self.by_practitioner[practitioner]
    }

    /// Occupied time of a room: treatments with their buffers.
    pub fn room_occupancy(&self, room: usize) -> &Occupancy {
        &self.by_room[room]
    }

    /// Occupied time of a patient: treatments without buffers.
    pub fn patient_occupancy(&self, patient: usize) -> &Occupancy {
        &self.by_patient[patient]
    }

    /// The same calendar with a patient who can always come.
    pub fn with_patient_always_available(&self, patient: usize) -> Self {
        let mut changed = self.clone();
        if let Some(week) = changed.availability.get_mut(patient) {
            *week = Default::default();
        }
        changed
    }

    /// The closure on a day, as an index into the clinic's closures.
    pub fn closure_on(&self, day: i32) -> Option<usize> {
        self.closures
            .binary_search_by_key(&day, |&(day, _)| day)
            .ok()
            .map(|at| self.closures[at].1)
    }

    /// Resolves a treatment at a local start; its length and buffer are the service's.
    pub fn place(
        &self,
        service: usize,
        practitioner: usize,
        room: Option<usize>,
        start: NaiveDateTime,
    ) -> Placement {
        let (minutes, buffer) = (
            self.service(service).minutes as i32,
            self.service(service).buffer_minutes as i32,
        );
        self.place_lasting(service, practitioner, room, start, minutes, buffer)
    }

    /// Resolves a treatment of a given length and buffer, in minutes, at a local start.
    pub fn place_lasting(
        &self,
        service: usize,
        practitioner: usize,
        room: Option<usize>,
        start: NaiveDateTime,
        minutes: i32,
        buffer: i32,
    ) -> Placement {
        let from = self.clock.to_utc(start);
        Placement {
            service,
            discipline: self.service_discipline[service],
            practitioner,
            room,
            day: day_number(start.date()),
            time: TimeOfDay::of(start).minutes(),
            treatment: Span::new(from, from + minutes),
            busy_until: from + minutes + buffer,
        }
    }

    /// The local start of a placement.
    pub fn local_start(&self, place: &Placement) -> NaiveDateTime {
        self.clock.to_local(place.treatment.from)
    }

    /// The date of a day number; for symmetry with [`Placement::day`].
    pub fn date(&self, day: i32) -> NaiveDate {
        date_of(day)
    }
}
