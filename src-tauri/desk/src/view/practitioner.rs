//! A practitioner's own day, and their calendar as a file.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::day::{DayAppointment, DaySpan, DayStatus, SeriesPosition};

/// Somebody who treats, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PractitionerName {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// The identifiers of the disciplines they give.
    pub disciplines: Vec<String>,
}

/// One practitioner's day; times are wall-clock minutes from local midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PractitionerDay {
    /// The day.
    pub date: NaiveDate,
    /// Whose day.
    pub practitioner: PractitionerName,
    /// Why the clinic is closed, such as a holiday's name; absent when it is open.
    pub closed: Option<String>,
    /// When they work, without absences, in order and apart.
    pub working: Vec<DaySpan>,
    /// When they are away, within the day.
    pub away: Vec<AwaySpan>,
    /// Their visits of every status, by time.
    pub visits: Vec<PractitionerVisit>,
    /// The visit that is under way or comes next; absent on other days than today and after the last one.
    pub next: Option<String>,
    /// The present, if it lies on the day.
    pub now_minute: Option<u32>,
}

/// A time away within a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AwaySpan {
    /// Its first minute.
    pub from_minute: u32,
    /// The minute after its last; at most 1440.
    pub to_minute: u32,
    /// Why, where it is noted.
    pub reason: String,
}

/// A visit as the practitioner reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PractitionerVisit {
    /// Its identifier.
    pub id: String,
    /// The patient's identifier.
    pub patient: String,
    /// Who is treated.
    pub patient_name: String,
    /// The name of the service.
    pub service: String,
    /// The identifier of the service's discipline.
    pub discipline: String,
    /// The name of the room, where there is one.
    pub room: Option<String>,
    /// When it starts.
    pub from_minute: u32,
    /// When the treatment ends, without the buffer after it.
    pub to_minute: u32,
    /// Where it stands.
    pub status: DayStatus,
    /// Which visit of its series it is.
    pub series_position: Option<SeriesPosition>,
    /// Whether the patient has not been here before.
    pub first_visit: bool,
    /// The note on the visit.
    pub note: String,
    /// What the front desk notes of the patient.
    pub patient_notes: String,
    /// The names of the patient's sensitivities.
    pub sensitivities: Vec<String>,
    /// Why it may break a rule; empty when it breaks none on purpose.
    pub override_reason: String,
    /// How it lies to the other treatment of its week, if the series has one.
    pub order: Option<OrderHint>,
}

impl PractitionerVisit {
    /// A visit of somebody whose record is not for whoever looks; `said` stands in the name's place.
    pub(crate) fn busy(drawn: DayAppointment, said: String) -> Self {
        Self {
            id: drawn.id,
            patient: String::new(),
            patient_name: said,
            service: String::new(),
            discipline: drawn.discipline,
            room: drawn.room,
            from_minute: drawn.from_minute,
            to_minute: drawn.to_minute,
            status: drawn.status,
            series_position: None,
            first_visit: false,
            note: String::new(),
            patient_notes: String::new(),
            sensitivities: Vec::new(),
            override_reason: String::new(),
            order: None,
        }
    }
}

/// How a visit lies to the other treatment of its week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct OrderHint {
    /// Order and gap in words, such as `massage before physiotherapy, 24 h gap kept`.
    pub text: String,
    /// Whether they are kept.
    pub kept: bool,
    /// The local start of the other treatment, if it has a place.
    pub other_start: Option<NaiveDateTime>,
    /// Who gives it.
    pub other_practitioner: Option<String>,
}

/// How much a calendar file tells of patients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum NamesShown {
    /// Initials, service and room.
    #[default]
    Initials,
    /// Only that the time is taken.
    Busy,
    /// The full name, service, room and note.
    Full,
}

impl From<NamesShown> for ordo_core::model::NamesShown {
    fn from(names: NamesShown) -> Self {
        match names {
            NamesShown::Initials => Self::Initials,
            NamesShown::Busy => Self::Busy,
            NamesShown::Full => Self::Full,
        }
    }
}

impl From<ordo_core::model::NamesShown> for NamesShown {
    fn from(names: ordo_core::model::NamesShown) -> Self {
        match names {
            ordo_core::model::NamesShown::Initials => Self::Initials,
            ordo_core::model::NamesShown::Busy => Self::Busy,
            ordo_core::model::NamesShown::Full => Self::Full,
        }
    }
}

/// A calendar ready to be kept as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarFile {
    /// A name for it, such as `pia-cote-2026-03-02.ics`.
    pub file_name: String,
    /// iCalendar text.
    pub text: String,
}
