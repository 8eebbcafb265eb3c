//! Services and the kinds of room that will do for them.

use ordo_core::model::{DisciplineId, Service, ServiceId};
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, Parts, placed};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE service (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    discipline TEXT NOT NULL REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    buffer_minutes INTEGER NOT NULL CHECK (buffer_minutes BETWEEN 0 AND 1440)
) STRICT;
CREATE TABLE service_room_kind (
    service TEXT NOT NULL REFERENCES service (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (service, position)
) STRICT;
";

/// Services for somebody who comes for the first time.
pub(crate) const FIRST_VISITS: &str = "
ALTER TABLE service ADD COLUMN first_visit INTEGER NOT NULL DEFAULT 0 CHECK (first_visit IN (0, 1));
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Service>>> {
    let select = "SELECT service, kind FROM service_room_kind";
    let mut kinds = Parts::read(connection, select, "service", chosen, |row| Ok(row.get(1)?))?;
    let select = "SELECT position, id, discipline, name, minutes, buffer_minutes, first_visit FROM service";
    placed(connection, select, "id", "position, id", chosen, |row| {
        let id: String = row.get(1)?;
        Ok(Service {
            room_kinds: kinds.take(&id),
            id: ServiceId::new(id),
            discipline: DisciplineId::new(row.get::<_, String>(2)?),
            name: row.get(3)?,
            minutes: row.get(4)?,
            buffer_minutes: row.get(5)?,
            first_visit: row.get(6)?,
        })
    })
}

pub(crate) fn write(connection: &Connection, service: &Service, place: Option<i64>) -> Result<()> {
    let id = service.id.as_str();
    connection
        .prepare_cached(
            "INSERT INTO service (id, position, discipline, name, minutes, buffer_minutes, first_visit)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM service)), ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET discipline = excluded.discipline, name = excluded.name,
                minutes = excluded.minutes, buffer_minutes = excluded.buffer_minutes,
                first_visit = excluded.first_visit",
        )?
        .execute(params![
            id,
            place,
            service.discipline.as_str(),
            service.name,
            service.minutes,
            service.buffer_minutes,
            service.first_visit
        ])?;
    connection
        .prepare_cached("DELETE FROM service_room_kind WHERE service = ?1")?
        .execute([id])?;
    let mut add = connection
        .prepare_cached("INSERT INTO service_room_kind (service, position, kind) VALUES (?1, ?2, ?3)")?;
    for (position, kind) in service.room_kinds.iter().enumerate() {
        add.execute(params![id, position as i64, kind])?;
    }
    Ok(())
}
