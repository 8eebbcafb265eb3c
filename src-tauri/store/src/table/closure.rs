//! Closures, one per date.

use ordo_core::model::Closure;
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, date, placed};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE closure (
    date TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Closure>>> {
    let select = "SELECT position, date, name FROM closure";
    placed(connection, select, "date", "position, date", chosen, |row| {
        Ok(Closure {
            date: date(&row.get::<_, String>(1)?)?,
            name: row.get(2)?,
        })
    })
}

pub(crate) fn write(connection: &Connection, closure: &Closure, place: Option<i64>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO closure (date, position, name)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM closure)), ?3)
             ON CONFLICT (date) DO UPDATE SET name = excluded.name",
        )?
        .execute(params![closure.date.to_string(), place, closure.name])?;
    Ok(())
}
