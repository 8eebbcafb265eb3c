//! One visit.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::{AppointmentId, PatientId, PractitionerId, RoomId, SeriesId, ServiceId};

/// One visit of one patient to one practitioner, as agreed with the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Its identifier.
    pub id: AppointmentId,
    /// Who treats.
    pub practitioner: PractitionerId,
    /// Who is treated.
    pub patient: PatientId,
    /// What is given.
    pub service: ServiceId,
    /// Where; absent when the service needs no room or none was noted.
    pub room: Option<RoomId>,
    /// The agreed start, wall-clock time in the clinic's zone; one that occurs twice means the first.
    pub start: NaiveDateTime,
    /// Length of the treatment in minutes, as agreed; the service's unless changed.
    pub minutes: u32,
    /// Time occupied after it, in minutes, as when booked.
    pub buffer_minutes: u32,
    /// Where the visit stands.
    pub status: AppointmentStatus,
    /// The series it belongs to.
    pub session: Option<SessionLink>,
    /// Why it may break a rule, such as a deliberate double booking; empty when it breaks none on purpose.
    pub override_reason: String,
    /// Why it was cancelled; empty unless cancelled.
    pub cancel_reason: String,
    /// Free text for the practitioner.
    pub note: String,
    /// Goes up each time that time, place or status changes (iCalendar SEQUENCE).
    pub revision: u32,
    /// When it last changed; absent for visits from files that do not say.
    pub changed_at: Option<DateTime<Utc>>,
}

/// Where a visit stands, in FHIR's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AppointmentStatus {
    /// Agreed.
    Booked,
    /// The patient is here.
    Arrived,
    /// The treatment took place.
    Fulfilled,
    /// Called off.
    Cancelled,
    /// The patient did not come.
    NoShow,
}

impl AppointmentStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Booked,
        Self::Arrived,
        Self::Fulfilled,
        Self::Cancelled,
        Self::NoShow,
    ];

    /// FHIR's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Arrived => "arrived",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled => "cancelled",
            Self::NoShow => "noshow",
        }
    }

    /// Reads FHIR's word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether the visit takes the time of its practitioner, room and patient.
    pub fn occupies_time(self) -> bool {
        matches!(self, Self::Booked | Self::Arrived | Self::Fulfilled)
    }
}

/// The place of a visit in its series; the discipline is the service's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLink {
    /// The series.
    pub series: SeriesId,
    /// The week of the series, from 0.
    pub week: u32,
}
