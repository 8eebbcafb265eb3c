//! Resolves and indexes a clinic's records.

use std::collections::HashMap;

use super::working_time::Pattern;
use super::{Calendar, Occupancy, Taken, Visit};
use crate::model::{Appointment, AppointmentId, Clinic, Patient};
use crate::time::{Span, Strides, ZoneClock, day_number, merge};

/// Why records do not make a calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A service names a discipline that the clinic does not have.
    #[error("service {service} names discipline {discipline}, which the clinic does not have")]
    UnknownDiscipline {
        /// The service.
        service: String,
        /// The name it gives.
        discipline: String,
    },
    /// A practitioner offers a service that the clinic does not have.
    #[error("practitioner {practitioner} offers service {service}, which the clinic does not have")]
    UnknownService {
        /// The practitioner.
        practitioner: String,
        /// The name given.
        service: String,
    },
    /// An appointment names something that the clinic does not have.
    #[error("appointment {appointment} names {kind} {name}, which the clinic does not have")]
    UnknownInAppointment {
        /// The appointment.
        appointment: AppointmentId,
        /// `practitioner`, `service` or `room`.
        kind: &'static str,
        /// The name given.
        name: String,
    },
}

impl Calendar {
    /// Indexes a clinic with the given patients and appointments.
    ///
    /// Appointments may belong to patients that are not given: only their identity is needed to keep their
    /// time free.
    pub fn new(
        clinic: Clinic,
        patients: Vec<Patient>,
        appointments: Vec<Appointment>,
    ) -> Result<Self, CalendarError> {
        let clock = ZoneClock::new(clinic.time_zone);
        let discipline_index = index_of(clinic.disciplines.iter().map(|discipline| &discipline.id));
        let service_index = index_of(clinic.services.iter().map(|service| &service.id));
        let room_index = index_of(clinic.rooms.iter().map(|room| &room.id));
        let practitioner_index = index_of(clinic.practitioners.iter().map(|practitioner| &practitioner.id));
        let mut patient_index = index_of(patients.iter().map(|patient| &patient.id));

        let service_discipline = clinic
            .services
            .iter()
            .map(|service| {
                discipline_index.get(&service.discipline).copied().ok_or_else(|| {
                    CalendarError::UnknownDiscipline {
                        service: service.id.to_string(),
                        discipline: service.discipline.to_string(),
                    }
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let offered = clinic
            .practitioners
            .iter()
            .map(|practitioner| {
                let resolve = |service| {
                    service_index
                        .get(service)
                        .copied()
                        .ok_or_else(|| CalendarError::UnknownService {
                            practitioner: practitioner.id.to_string(),
                            service: service.to_string(),
                        })
                };
                practitioner
                    .services
                    .iter()
                    .map(resolve)
                    .collect::<Result<Vec<_>, _>>()
            })
            .collect::<Result<Vec<_>, _>>()?;
        let service_rooms = clinic
            .services
            .iter()
            .map(|service| {
                let fits = |room: &usize| {
                    clinic.rooms[*room]
                        .kinds
                        .iter()
                        .any(|kind| service.room_kinds.contains(kind))
                };
                (0..clinic.rooms.len()).filter(fits).collect()
            })
            .collect();
        let mut closures: Vec<_> = clinic
            .closures
            .iter()
            .enumerate()
            .map(|(index, closure)| (day_number(closure.date), index))
            .collect();
        closures.sort_unstable();
        closures.dedup_by_key(|&mut (day, _)| day);
        let working = clinic
            .practitioners
            .iter()
            .map(|practitioner| Pattern::new(practitioner, &clock))
            .collect();
        let availability = patients.iter().map(weekly_availability).collect();

        let mut calendar = Self {
            clock,
            patient_index: HashMap::new(),
            appointment_index: index_of(appointments.iter().map(|appointment| &appointment.id)),
            practitioner_index,
            visits: Vec::new(),
            visit_of_appointment: vec![None; appointments.len()],
            by_practitioner: Vec::new(),
            by_room: Vec::new(),
            by_patient: Vec::new(),
            service_discipline,
            service_rooms,
            offered,
            closures,
            working,
            availability,
            clinic,
            patients,
            appointments: Vec::new(),
        };
        for (index, appointment) in appointments.iter().enumerate() {
            let unknown = |kind, name: &str| CalendarError::UnknownInAppointment {
                appointment: appointment.id.clone(),
                kind,
                name: name.to_owned(),
            };
            let practitioner = calendar
                .practitioner_index
                .get(&appointment.practitioner)
                .copied()
                .ok_or_else(|| unknown("practitioner", appointment.practitioner.as_str()))?;
            let service = service_index
                .get(&appointment.service)
                .copied()
                .ok_or_else(|| unknown("service", appointment.service.as_str()))?;
            let room = match &appointment.room {
                Some(room) => Some(
                    room_index
                        .get(room)
                        .copied()
                        .ok_or_else(|| unknown("room", room.as_str()))?,
                ),
                None => None,
            };
            if !appointment.status.occupies_time() {
                continue;
            }
            let next = patient_index.len();
            let patient = *patient_index.entry(appointment.patient.clone()).or_insert(next);
            let place = calendar.place_lasting(
                service,
                practitioner,
                room,
                appointment.start,
                appointment.minutes as i32,
                appointment.buffer_minutes as i32,
            );
            calendar.visits.push(Visit {
                appointment: index,
                patient,
                place,
            });
        }
        calendar
            .visits
            .sort_unstable_by_key(|visit| (visit.place.treatment.from, visit.appointment));
        let mut by_practitioner = vec![Vec::new(); calendar.clinic.practitioners.len()];
        let mut by_room = vec![Vec::new(); calendar.clinic.rooms.len()];
        let mut by_patient = vec![Vec::new(); patient_index.len()];
        for (index, visit) in calendar.visits.iter().enumerate() {
            calendar.visit_of_appointment[visit.appointment] = Some(index);
            let occupied = Taken {
                span: visit.place.occupied(),
                visit: index,
            };
            by_practitioner[visit.place.practitioner].push(occupied);
            if let Some(room) = visit.place.room {
                by_room[room].push(occupied);
            }
            by_patient[visit.patient].push(Taken {
                span: visit.place.treatment,
                visit: index,
            });
        }
        calendar.by_practitioner = by_practitioner.into_iter().map(Occupancy::new).collect();
        calendar.by_room = by_room.into_iter().map(Occupancy::new).collect();
        calendar.by_patient = by_patient.into_iter().map(Occupancy::new).collect();
        calendar.patient_index = patient_index;
        calendar.appointments = appointments;
        Ok(calendar)
    }
}

impl Occupancy {
    /// Takes stretches sorted by start.
    fn new(taken: Vec<Taken>) -> Self {
        Self {
            strides: Strides::new(taken.iter().map(|taken| taken.span.from)),
            longest: taken.iter().map(|taken| taken.span.minutes()).max().unwrap_or(0),
            taken,
        }
    }
}

fn index_of<'a, Id: Clone + Eq + std::hash::Hash + 'a>(
    ids: impl Iterator<Item = &'a Id>,
) -> HashMap<Id, usize> {
    ids.enumerate().map(|(index, id)| (id.clone(), index)).collect()
}

/// A patient's windows by weekday from Monday, in minutes of the day, merged.
fn weekly_availability(patient: &Patient) -> [Vec<Span>; 7] {
    let mut week: [Vec<Span>; 7] = Default::default();
    for window in &patient.availability {
        week[window.weekday.num_days_from_monday() as usize]
            .push(Span::new(window.from.minutes(), window.to.minutes()));
    }
    for day in &mut week {
        merge(day);
    }
    week
}
