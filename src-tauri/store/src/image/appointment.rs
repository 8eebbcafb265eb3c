//! Appointments.

use chrono::{DateTime, NaiveDateTime, Utc};
use ordo_core::model::{
    Appointment, AppointmentId, AppointmentStatus, PatientId, PractitionerId, RoomId, SeriesId, ServiceId,
    SessionLink,
};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Result};

#[derive(Serialize, Deserialize)]
pub(super) struct AppointmentImage {
    id: String,
    practitioner: String,
    patient: String,
    service: String,
    room: Option<String>,
    start: NaiveDateTime,
    minutes: u32,
    buffer_minutes: u32,
    status: String,
    session: Option<SessionImage>,
    override_reason: String,
    cancel_reason: String,
    note: String,
    revision: u32,
    changed_at: Option<DateTime<Utc>>,
}

#[derive(Serialize, Deserialize)]
struct SessionImage {
    series: String,
    week: u32,
}

impl From<&Appointment> for AppointmentImage {
    fn from(appointment: &Appointment) -> Self {
        Self {
            id: appointment.id.to_string(),
            practitioner: appointment.practitioner.to_string(),
            patient: appointment.patient.to_string(),
            service: appointment.service.to_string(),
            room: appointment.room.as_ref().map(ToString::to_string),
            start: appointment.start,
            minutes: appointment.minutes,
            buffer_minutes: appointment.buffer_minutes,
            status: appointment.status.as_str().to_owned(),
            session: appointment.session.as_ref().map(|session| SessionImage {
                series: session.series.to_string(),
                week: session.week,
            }),
            override_reason: appointment.override_reason.clone(),
            cancel_reason: appointment.cancel_reason.clone(),
            note: appointment.note.clone(),
            revision: appointment.revision,
            changed_at: appointment.changed_at,
        }
    }
}

impl TryFrom<AppointmentImage> for Appointment {
    type Error = Fault;

    fn try_from(image: AppointmentImage) -> Result<Self> {
        let status = AppointmentStatus::parse(&image.status)
            .ok_or_else(|| Fault::Damaged(format!("\"{}\" is no status", image.status)))?;
        Ok(Self {
            id: AppointmentId::new(image.id),
            practitioner: PractitionerId::new(image.practitioner),
            patient: PatientId::new(image.patient),
            service: ServiceId::new(image.service),
            room: image.room.map(RoomId::new),
            start: image.start,
            minutes: image.minutes,
            buffer_minutes: image.buffer_minutes,
            status,
            session: image.session.map(|session| SessionLink {
                series: SeriesId::new(session.series),
                week: session.week,
            }),
            override_reason: image.override_reason,
            cancel_reason: image.cancel_reason,
            note: image.note,
            revision: image.revision,
            changed_at: image.changed_at,
        })
    }
}
