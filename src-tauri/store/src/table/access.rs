//! How the program is locked: one row, or none while nobody has chosen.

use rusqlite::{Connection, OptionalExtension};

use crate::fault::Result;
use crate::journal::AccessSettings;

pub(crate) const SHAPE: &str = "
CREATE TABLE access (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    idle_minutes INTEGER NOT NULL CHECK (idle_minutes BETWEEN 1 AND 480)
) STRICT;
";

pub(crate) fn load(connection: &Connection) -> Result<Option<AccessSettings>> {
    Ok(connection
        .prepare_cached("SELECT idle_minutes FROM access")?
        .query_row([], |row| {
            Ok(AccessSettings {
                idle_minutes: row.get(0)?,
            })
        })
        .optional()?)
}

pub(crate) fn write(connection: &Connection, access: AccessSettings) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO access (only_row, idle_minutes) VALUES (1, ?1)
             ON CONFLICT (only_row) DO UPDATE SET idle_minutes = excluded.idle_minutes",
        )?
        .execute([access.idle_minutes])?;
    Ok(())
}
