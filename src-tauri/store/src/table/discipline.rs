//! Disciplines.

use ordo_core::model::{Discipline, DisciplineId};
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, placed};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE discipline (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Discipline>>> {
    let select = "SELECT position, id, name FROM discipline";
    placed(connection, select, "id", "position, id", chosen, |row| {
        Ok(Discipline {
            id: DisciplineId::new(row.get::<_, String>(1)?),
            name: row.get(2)?,
        })
    })
}

pub(crate) fn write(connection: &Connection, discipline: &Discipline, place: Option<i64>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO discipline (id, position, name)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM discipline)), ?3)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        )?
        .execute(params![discipline.id.as_str(), place, discipline.name])?;
    Ok(())
}
