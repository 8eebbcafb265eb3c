//! The clinic's settings: one row, or none in an empty database.

use rusqlite::{Connection, OptionalExtension, params};

use super::reading::unreadable;
use crate::fault::Result;
use crate::journal::Settings;

pub(crate) const SHAPE: &str = "
CREATE TABLE clinic (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    slot_minutes INTEGER NOT NULL CHECK (slot_minutes BETWEEN 1 AND 60 AND 60 % slot_minutes = 0),
    -- The release of the time zone rules by which the UTC columns were derived.
    zone_rules TEXT NOT NULL
) STRICT;
";

/// The release of the time zone rules that this program carries.
pub(crate) const ZONE_RULES: &str = chrono_tz::IANA_TZDB_VERSION;

/// The settings; none in an empty database.
pub(crate) fn load(connection: &Connection) -> Result<Option<Settings>> {
    let row = connection
        .prepare_cached("SELECT name, time_zone, slot_minutes FROM clinic")?
        .query_row([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))
        .optional()?;
    let Some((name, zone, slot_minutes)) = row else {
        return Ok(None);
    };
    Ok(Some(Settings {
        name,
        time_zone: zone.parse().map_err(|_| unreadable("time zone", &zone))?,
        slot_minutes,
    }))
}

/// Writes the settings; the release of the zone rules stays as it is where there is one.
pub(crate) fn write(connection: &Connection, settings: &Settings) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO clinic (only_row, name, time_zone, slot_minutes, zone_rules) VALUES (1, ?1, ?2, ?3, ?4)
             ON CONFLICT (only_row) DO UPDATE
             SET name = excluded.name, time_zone = excluded.time_zone, slot_minutes = excluded.slot_minutes",
        )?
        .execute(params![
            settings.name,
            settings.time_zone.name(),
            settings.slot_minutes,
            ZONE_RULES
        ])?;
    Ok(())
}

/// The release of the zone rules by which UTC columns were derived; none in an empty database.
pub(crate) fn zone_rules(connection: &Connection) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT zone_rules FROM clinic")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// Notes that UTC columns are derived by this program's zone rules.
pub(crate) fn set_zone_rules(connection: &Connection) -> Result<()> {
    connection.execute("UPDATE clinic SET zone_rules = ?1", [ZONE_RULES])?;
    Ok(())
}
