//! Records as JSON: the before and after of the journal, and the columns whose content no statement asks about.
//!
//! These shapes are the store's own. What was written once must stay readable: a new field gets a default, and
//! no field changes its meaning.

mod appointment;
mod clinic;
mod patient;
mod practitioner;
mod protocols;
mod series;
mod sharing;
mod user;
mod words;

pub(crate) use protocols::ProtocolsImage;
pub(crate) use series::BasisImage;
pub(crate) use words::FrequencyImage;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fault::{Fault, Result};
use crate::journal::{Entity, Record};

/// The JSON of a record.
pub(crate) fn write(record: &Record) -> Result<String> {
    match record {
        Record::Settings(settings) => to_json(&clinic::SettingsImage::from(settings)),
        Record::Discipline(discipline) => to_json(&clinic::DisciplineImage::from(discipline)),
        Record::Service(service) => to_json(&clinic::ServiceImage::from(service)),
        Record::Room(room) => to_json(&clinic::RoomImage::from(room)),
        Record::Practitioner(practitioner) => to_json(&practitioner::PractitionerImage::from(practitioner)),
        Record::Closure(closure) => to_json(&clinic::ClosureImage::from(closure)),
        Record::Patient(patient) => to_json(&patient::PatientImage::from(patient)),
        Record::Protocols(protocols) => to_json(&ProtocolsImage::from(protocols)),
        Record::Series(series) => to_json(&series::SeriesImage::from(series)),
        Record::Sharing(sharing) => to_json(&sharing::SharingImage::from(sharing)),
        Record::Appointment(appointment) => to_json(&appointment::AppointmentImage::from(appointment)),
        Record::Retention(retention) => to_json(&clinic::RetentionImage::from(retention)),
        Record::User(user) => to_json(&user::UserImage::from(user)),
        Record::LockBox(lock_box) => to_json(&user::LockBoxImage::from(lock_box)),
        Record::Access(access) => to_json(&user::AccessImage::from(access)),
    }
}

/// The record of a JSON.
pub(crate) fn read(entity: Entity, json: &str) -> Result<Record> {
    Ok(match entity {
        Entity::Settings => Record::Settings(from_json::<clinic::SettingsImage>(json)?.try_into()?),
        Entity::Discipline => Record::Discipline(from_json::<clinic::DisciplineImage>(json)?.into()),
        Entity::Service => Record::Service(from_json::<clinic::ServiceImage>(json)?.into()),
        Entity::Room => Record::Room(from_json::<clinic::RoomImage>(json)?.into()),
        Entity::Practitioner => {
            Record::Practitioner(from_json::<practitioner::PractitionerImage>(json)?.into())
        }
        Entity::Closure => Record::Closure(from_json::<clinic::ClosureImage>(json)?.into()),
        Entity::Patient => Record::Patient(from_json::<patient::PatientImage>(json)?.into()),
        Entity::Protocols => Record::Protocols(from_json::<ProtocolsImage>(json)?.into()),
        Entity::Series => Record::Series(from_json::<series::SeriesImage>(json)?.try_into()?),
        Entity::Retention => Record::Retention(from_json::<clinic::RetentionImage>(json)?.into()),
        Entity::Sharing => Record::Sharing(from_json::<sharing::SharingImage>(json)?.try_into()?),
        Entity::Appointment => {
            Record::Appointment(from_json::<appointment::AppointmentImage>(json)?.try_into()?)
        }
        Entity::User => Record::User(from_json::<user::UserImage>(json)?.try_into()?),
        Entity::LockBox => Record::LockBox(from_json::<user::LockBoxImage>(json)?.into()),
        Entity::Access => Record::Access(from_json::<user::AccessImage>(json)?.into()),
    })
}

pub(crate) fn to_json<T: Serialize>(image: &T) -> Result<String> {
    serde_json::to_string(image).map_err(|error| Fault::Damaged(error.to_string()))
}

pub(crate) fn from_json<T: DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| Fault::Damaged(format!("a record cannot be read: {error}")))
}
