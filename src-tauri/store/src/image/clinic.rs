//! Settings, disciplines, services, rooms and closures.

use chrono::NaiveDate;
use ordo_core::model::{Closure, Discipline, DisciplineId, Room, RoomId, Service, ServiceId};
use serde::{Deserialize, Serialize};

use crate::fault::{Fault, Result};
use crate::journal::{Retention, Settings};

#[derive(Serialize, Deserialize)]
pub(super) struct SettingsImage {
    name: String,
    time_zone: String,
    slot_minutes: u32,
}

impl From<&Settings> for SettingsImage {
    fn from(settings: &Settings) -> Self {
        Self {
            name: settings.name.clone(),
            time_zone: settings.time_zone.name().to_owned(),
            slot_minutes: settings.slot_minutes,
        }
    }
}

impl TryFrom<SettingsImage> for Settings {
    type Error = Fault;

    fn try_from(image: SettingsImage) -> Result<Self> {
        let time_zone = image
            .time_zone
            .parse()
            .map_err(|_| Fault::Damaged(format!("\"{}\" is no time zone", image.time_zone)))?;
        Ok(Self {
            name: image.name,
            time_zone,
            slot_minutes: image.slot_minutes,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct DisciplineImage {
    id: String,
    name: String,
}

impl From<&Discipline> for DisciplineImage {
    fn from(discipline: &Discipline) -> Self {
        Self {
            id: discipline.id.to_string(),
            name: discipline.name.clone(),
        }
    }
}

impl From<DisciplineImage> for Discipline {
    fn from(image: DisciplineImage) -> Self {
        Self {
            id: DisciplineId::new(image.id),
            name: image.name,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ServiceImage {
    id: String,
    discipline: String,
    name: String,
    minutes: u32,
    buffer_minutes: u32,
    room_kinds: Vec<String>,
    /// Absent in entries from before it was known.
    #[serde(default)]
    first_visit: bool,
}

impl From<&Service> for ServiceImage {
    fn from(service: &Service) -> Self {
        Self {
            id: service.id.to_string(),
            discipline: service.discipline.to_string(),
            name: service.name.clone(),
            minutes: service.minutes,
            buffer_minutes: service.buffer_minutes,
            room_kinds: service.room_kinds.clone(),
            first_visit: service.first_visit,
        }
    }
}

impl From<ServiceImage> for Service {
    fn from(image: ServiceImage) -> Self {
        Self {
            id: ServiceId::new(image.id),
            discipline: DisciplineId::new(image.discipline),
            name: image.name,
            minutes: image.minutes,
            buffer_minutes: image.buffer_minutes,
            room_kinds: image.room_kinds,
            first_visit: image.first_visit,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct RoomImage {
    id: String,
    name: String,
    kinds: Vec<String>,
}

impl From<&Room> for RoomImage {
    fn from(room: &Room) -> Self {
        Self {
            id: room.id.to_string(),
            name: room.name.clone(),
            kinds: room.kinds.clone(),
        }
    }
}

impl From<RoomImage> for Room {
    fn from(image: RoomImage) -> Self {
        Self {
            id: RoomId::new(image.id),
            name: image.name,
            kinds: image.kinds,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct ClosureImage {
    date: NaiveDate,
    name: String,
}

impl From<&Closure> for ClosureImage {
    fn from(closure: &Closure) -> Self {
        Self {
            date: closure.date,
            name: closure.name.clone(),
        }
    }
}

impl From<ClosureImage> for Closure {
    fn from(image: ClosureImage) -> Self {
        Self {
            date: image.date,
            name: image.name,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct RetentionImage {
    years: u32,
}

impl From<&Retention> for RetentionImage {
    fn from(retention: &Retention) -> Self {
        Self {
            years: retention.years,
        }
    }
}

impl From<RetentionImage> for Retention {
    fn from(image: RetentionImage) -> Self {
        Self { years: image.years }
    }
}
