//! The tables, one file each with its shape and every statement that touches it.
//!
//! Shapes are the text of migrations: once released they never change; a later migration alters them.

pub(crate) mod access;
pub(crate) mod appointment;
pub(crate) mod chain;
pub(crate) mod clinic;
pub(crate) mod closure;
pub(crate) mod discipline;
pub(crate) mod journal;
pub(crate) mod lock_box;
pub(crate) mod patient;
pub(crate) mod practitioner;
pub(crate) mod protocols;
mod reading;
pub(crate) mod references;
pub(crate) mod retention;
pub(crate) mod room;
pub(crate) mod series;
pub(crate) mod service;
pub(crate) mod sharing;
pub(crate) mod trail;
pub(crate) mod user;

use ordo_core::time::ZoneClock;
use rusqlite::Connection;

pub(crate) use reading::Chosen;

use crate::fault::Result;
use crate::journal::{Entity, Record};

/// A record and its place among those of its kind, which is the order they are shown and exported in.
pub(crate) struct Placed<T> {
    pub(crate) place: i64,
    pub(crate) value: T,
}

impl<T> Placed<T> {
    fn map<U>(self, into: impl FnOnce(T) -> U) -> Placed<U> {
        Placed {
            place: self.place,
            value: into(self.value),
        }
    }
}

/// One record.
pub(crate) fn load(connection: &Connection, entity: Entity, id: &str) -> Result<Option<Placed<Record>>> {
    let chosen = Chosen::one(id);
    Ok(match entity {
        Entity::Settings => clinic::load(connection)?.map(|settings| Placed {
            place: 0,
            value: Record::Settings(settings),
        }),
        Entity::Discipline => first(discipline::load(connection, &chosen)?, Record::Discipline),
        Entity::Service => first(service::load(connection, &chosen)?, Record::Service),
        Entity::Room => first(room::load(connection, &chosen)?, Record::Room),
        Entity::Practitioner => first(practitioner::load(connection, &chosen)?, Record::Practitioner),
        Entity::Closure => first(closure::load(connection, &chosen)?, Record::Closure),
        Entity::Patient => first(patient::load(connection, &chosen)?, Record::Patient),
        Entity::Protocols => first(protocols::load(connection, &chosen)?, Record::Protocols),
        Entity::Series => first(series::load(connection, &chosen)?, Record::Series),
        Entity::Sharing => first(sharing::load(connection, &chosen)?, Record::Sharing),
        Entity::Appointment => first(appointment::load(connection, &chosen)?, Record::Appointment),
        Entity::Retention => retention::load(connection)?.map(|retention| Placed {
            place: 0,
            value: Record::Retention(retention),
        }),
        Entity::User => first(user::load(connection, &chosen)?, Record::User),
        Entity::LockBox => first(lock_box::load(connection, &chosen)?, Record::LockBox),
        Entity::Access => access::load(connection)?.map(|access| Placed {
            place: 0,
            value: Record::Access(access),
        }),
    })
}

fn first<T>(found: Vec<Placed<T>>, record: impl FnOnce(T) -> Record) -> Option<Placed<Record>> {
    found.into_iter().next().map(|placed| placed.map(record))
}

/// Adds a record; at its place, if one is given and free, else at the end.
pub(crate) fn insert(
    connection: &Connection,
    clock: &ZoneClock,
    record: &Record,
    place: Option<i64>,
) -> Result<()> {
    match record {
        Record::Settings(settings) => clinic::write(connection, settings),
        Record::Discipline(discipline) => discipline::write(connection, discipline, place),
        Record::Service(service) => service::write(connection, service, place),
        Record::Room(room) => room::write(connection, room, place),
        Record::Practitioner(practitioner) => practitioner::write(connection, practitioner, place),
        Record::Closure(closure) => closure::write(connection, closure, place),
        Record::Patient(patient) => patient::write(connection, patient, place),
        Record::Protocols(protocols) => protocols::write(connection, protocols),
        Record::Series(series) => series::write(connection, series, place),
        Record::Sharing(sharing) => sharing::write(connection, sharing, place),
        Record::Appointment(appointment) => appointment::insert(connection, clock, appointment, place),
        Record::Retention(retention) => retention::write(connection, *retention),
        Record::User(user) => user::write(connection, user, place),
        Record::LockBox(lock_box) => lock_box::write(connection, lock_box),
        Record::Access(access) => access::write(connection, *access),
    }
}

/// Writes a record over the one of the same identifier.
pub(crate) fn update(connection: &Connection, clock: &ZoneClock, record: &Record) -> Result<()> {
    match record {
        Record::Appointment(appointment) => appointment::update(connection, clock, appointment),
        record => insert(connection, clock, record, None),
    }
}

/// Removes a record.
pub(crate) fn delete(connection: &Connection, entity: Entity, id: &str) -> Result<()> {
    let statement = match entity {
        Entity::Settings => "DELETE FROM clinic",
        Entity::Discipline => "DELETE FROM discipline WHERE id = ?1",
        Entity::Service => "DELETE FROM service WHERE id = ?1",
        Entity::Room => "DELETE FROM room WHERE id = ?1",
        Entity::Practitioner => "DELETE FROM practitioner WHERE id = ?1",
        Entity::Closure => "DELETE FROM closure WHERE date = ?1",
        Entity::Patient => "DELETE FROM patient WHERE id = ?1",
        Entity::Protocols => "DELETE FROM protocols WHERE version = CAST(?1 AS INTEGER)",
        Entity::Series => "DELETE FROM series WHERE id = ?1",
        Entity::Sharing => "DELETE FROM sharing WHERE practitioner = ?1",
        Entity::Appointment => "DELETE FROM appointment WHERE id = ?1",
        Entity::Retention => "DELETE FROM retention",
        Entity::User => "DELETE FROM user WHERE id = ?1",
        Entity::LockBox => "DELETE FROM lock_box WHERE patient = ?1",
        Entity::Access => "DELETE FROM access",
    };
    let mut statement = connection.prepare_cached(statement)?;
    if matches!(entity, Entity::Settings | Entity::Retention | Entity::Access) {
        statement.execute([])?;
    } else {
        statement.execute([id])?;
    }
    Ok(())
}
