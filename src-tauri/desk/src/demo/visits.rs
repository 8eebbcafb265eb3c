//! Single visits that fill the demo clinic's calendar around its series.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};
use ordo_core::Language;
use ordo_core::calendar::Calendar;
use ordo_core::model::{Appointment, AppointmentStatus, Discipline};
use ordo_core::rules::{self, Others, PatientRules, Scope};
use ordo_core::time::{Span, ZoneClock, day_number, subtract};

use super::random::Random;
use super::roster;

/// Days that a patient stays away between two single visits.
const BETWEEN_VISITS: i32 = 5;

/// Fills every day of a range; the first `reserved` patients are left to their series.
pub(super) fn fill(
    calendar: &Calendar,
    days: std::ops::Range<i32>,
    reserved: usize,
    language: Language,
) -> Vec<Appointment> {
    let mut random = Random::new(0x0c1a_551c);
    let mut filling = Filling {
        calendar,
        reserved,
        language,
        last_visit: HashMap::new(),
        made: Vec::new(),
    };
    for day in days {
        filling.fill_day(day, &mut random);
    }
    filling.made
}

struct Filling<'a> {
    calendar: &'a Calendar,
    reserved: usize,
    language: Language,
    /// The last day on which a patient came.
    last_visit: HashMap<usize, i32>,
    made: Vec<Appointment>,
}

impl Filling<'_> {
    fn fill_day(&mut self, day: i32, random: &mut Random) {
        let calendar = self.calendar;
        let mut rooms: Vec<Vec<Span>> = vec![Vec::new(); calendar.clinic().rooms.len()];
        for practitioner in 0..calendar.clinic().practitioners.len() {
            let mut stretches = Vec::new();
            calendar.working_time(practitioner, day, &mut stretches);
            let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
                continue;
            };
            let taken = calendar
                .practitioner_occupancy(practitioner)
                .meeting(Span::new(first.from, last.to));
            let mut free = Vec::new();
            subtract(&stretches, taken.map(|taken| taken.span), &mut free);
            for stretch in free {
                self.fill_stretch(practitioner, day, stretch, &mut rooms, random);
            }
        }
    }

    fn fill_stretch(
        &mut self,
        practitioner: usize,
        day: i32,
        stretch: Span,
        rooms: &mut [Vec<Span>],
        random: &mut Random,
    ) {
        let mut from = stretch.from;
        while from + 30 <= stretch.to {
            let placed = if random.percent(13) {
                None
            } else {
                self.place(practitioner, day, from, stretch.to, rooms, random)
            };
            from = placed.unwrap_or(from + 15);
        }
    }

    /// Places one visit and returns the end of what it occupies.
    fn place(
        &mut self,
        practitioner: usize,
        day: i32,
        from: i32,
        until: i32,
        rooms: &mut [Vec<Span>],
        random: &mut Random,
    ) -> Option<i32> {
        let calendar = self.calendar;
        let fits = |service: &&usize| {
            let service = calendar.service(**service);
            let end = from + (service.minutes + service.buffer_minutes) as i32;
            end <= until && service.id.as_str() != FIRST_VISIT
        };
        let fitting: Vec<usize> = calendar
            .services_offered(practitioner)
            .iter()
            .filter(fits)
            .copied()
            .collect();
        let mut service = *random.pick(&fitting)?;
        let patient = self.somebody(practitioner, day, random)?;
        let is_new = !self.last_visit.contains_key(&patient);
        if is_new && calendar.clinic().services[service].discipline.as_str() == Discipline::PHYSIOTHERAPY {
            let first = calendar
                .service_index(&FIRST_VISIT.into())
                .filter(|_| from + 60 <= until);
            service = first.unwrap_or(service);
        }
        let start = calendar.clock().to_local(from);
        let mut place = calendar.place(service, practitioner, None, start);
        let is_free = |room: &&usize| !rooms[**room].iter().any(|taken| taken.meets(place.occupied()));
        place.room = Some(*calendar.rooms_for(service).iter().find(|room| {
            is_free(room) && rules::room::is_free(calendar, **room, place.occupied(), &Others::default())
        })?);
        let scope = Scope {
            calendar,
            patient: PatientRules {
                patient: Some(patient),
                protocol: None,
            },
            start: rules::start::Limits::default(),
            practitioners: None,
            others: Others::default(),
        };
        if rules::first_violation(&scope, &place).is_some() {
            return None;
        }
        rooms[place.room?].push(place.occupied());
        self.last_visit.insert(patient, day);
        let clinic = calendar.clinic();
        self.made.push(Appointment {
            id: format!("visit-{:05}", self.made.len() + 1).as_str().into(),
            practitioner: clinic.practitioners[practitioner].id.clone(),
            patient: calendar.patients()[patient].id.clone(),
            service: clinic.services[service].id.clone(),
            room: place.room.map(|room| clinic.rooms[room].id.clone()),
            start,
            minutes: clinic.services[service].minutes,
            buffer_minutes: clinic.services[service].buffer_minutes,
            status: AppointmentStatus::Booked,
            session: None,
            override_reason: String::new(),
            cancel_reason: String::new(),
            note: if random.percent(6) {
                self.language
                    .pick(
                        "Ask how the exercises went.",
                        "Demander comment vont les exercices.",
                    )
                    .to_owned()
            } else {
                String::new()
            },
            revision: 0,
            changed_at: None,
        });
        Some(place.busy_until)
    }

    /// Somebody who has not been here for a while, from the practitioner's own patients if possible.
    fn somebody(&self, practitioner: usize, day: i32, random: &mut Random) -> Option<usize> {
        let calendar = self.calendar;
        let staff = calendar.clinic().practitioners.len();
        let everybody = calendar.patients().len();
        let rested = |patient: &usize| {
            *patient >= self.reserved
                && *patient < everybody
                && self
                    .last_visit
                    .get(patient)
                    .is_none_or(|last| day - last >= BETWEEN_VISITS)
        };
        let own = (0..8)
            .map(|_| practitioner + staff * random.below(everybody / staff))
            .find(|patient| rested(patient));
        own.or_else(|| {
            (0..40)
                .map(|_| random.below(everybody))
                .find(|patient| rested(patient))
        })
    }
}

const FIRST_VISIT: &str = "physio-first";

/// What became of a visit, seen from a day: most took place, some were called off, some were missed.
pub(super) fn settle(
    appointment: &mut Appointment,
    today: NaiveDate,
    language: Language,
    random: &mut Random,
) {
    let reasons = language.pick(
        ["Ill", "Moved by the patient", "Weather", "Work"],
        ["Maladie", "Reporté par le patient", "Météo", "Travail"],
    );
    let date = appointment.start.date();
    let days_ahead = 3 + random.below(25) as i64;
    let booked =
        (appointment.start - TimeDelta::days(days_ahead)).min(today.and_time(chrono::NaiveTime::MIN));
    let clock = ZoneClock::new(roster::TIME_ZONE);
    appointment.changed_at = Some(clock.moment_of(booked));
    let minute = ordo_core::time::TimeOfDay::of(appointment.start).minutes();
    let roll = random.below(100);
    appointment.status = match day_number(today) - day_number(date) {
        1.. if roll < 4 => AppointmentStatus::NoShow,
        1.. if roll < 9 => AppointmentStatus::Cancelled,
        1.. => AppointmentStatus::Fulfilled,
        0 if minute < 9 * 60 + 30 => AppointmentStatus::Fulfilled,
        0 if minute < 10 * 60 + 30 => AppointmentStatus::Arrived,
        ..=-1 if roll < 2 => AppointmentStatus::Cancelled,
        _ => AppointmentStatus::Booked,
    };
    if appointment.status != AppointmentStatus::Booked {
        appointment.revision = 1;
        let settled = appointment.start.min(today.and_time(chrono::NaiveTime::MIN));
        appointment.changed_at = Some(clock.moment_of(settled));
    }
    if appointment.status == AppointmentStatus::Cancelled {
        appointment.cancel_reason = random.pick(&reasons).copied().unwrap_or_default().to_owned();
    }
}
