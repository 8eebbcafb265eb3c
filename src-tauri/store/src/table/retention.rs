//! How long records are kept: one row, or none where nobody has chosen.

use rusqlite::{Connection, OptionalExtension};

use crate::fault::Result;
use crate::journal::Retention;

pub(crate) const SHAPE: &str = "
CREATE TABLE retention (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    years INTEGER NOT NULL CHECK (years BETWEEN 1 AND 100)
) STRICT;
";

/// What was chosen, where something was.
pub(crate) fn load(connection: &Connection) -> Result<Option<Retention>> {
    Ok(connection
        .prepare_cached("SELECT years FROM retention")?
        .query_row([], |row| Ok(Retention { years: row.get(0)? }))
        .optional()?)
}

/// Writes what was chosen.
pub(crate) fn write(connection: &Connection, retention: Retention) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO retention (only_row, years) VALUES (1, ?1)
             ON CONFLICT (only_row) DO UPDATE SET years = excluded.years",
        )?
        .execute([retention.years])?;
    Ok(())
}
