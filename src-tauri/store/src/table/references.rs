//! Naming what refers to something that is not there.

use rusqlite::{Connection, OptionalExtension};

use crate::error::StoreError;
use crate::fault::Result;

/// Tables whose rows belong to another record: the column that names it, and what it is called.
const OWNED: [(&str, &str, &str); 16] = [
    ("practitioner_service", "practitioner", "practitioner"),
    ("working_hours", "practitioner", "practitioner"),
    ("extra_hours", "practitioner", "practitioner"),
    ("absence", "practitioner", "practitioner"),
    ("sharing", "practitioner", "sharing of practitioner"),
    ("service_room_kind", "service", "service"),
    ("room_kind", "room", "room"),
    ("patient_availability", "patient", "patient"),
    ("insurance_cover", "patient", "patient"),
    ("provider_decision", "patient", "patient"),
    ("rhythm", "series", "series"),
    ("rhythm_practitioner", "series", "series"),
    ("usual_slot", "series", "series"),
    ("user_secret", "user", "user"),
    ("lock_box", "patient", "lock-box"),
    ("lock_box_user", "patient", "lock-box"),
];

/// The first reference, in the transaction at hand, to something that is not there.
pub(crate) fn first_dangling(connection: &Connection) -> Result<Option<StoreError>> {
    let found: Option<(String, String, i64)> = connection
        .prepare("SELECT \"table\", parent, fkid FROM pragma_foreign_key_check")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((table, kind, key)) = found else {
        return Ok(None);
    };
    let (column, named): (String, String) = connection
        .prepare("SELECT \"from\", \"to\" FROM pragma_foreign_key_list(?1) WHERE id = ?2 ORDER BY seq")?
        .query_row((&table, key), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (owner_column, owner) = OWNED
        .iter()
        .find(|(owned, ..)| *owned == table)
        .map_or(("id", table.as_str()), |&(_, column, owner)| (column, owner));
    let statement = format!(
        "SELECT {owner_column}, CAST({column} AS TEXT) FROM {table}
         WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT {named} FROM {kind}) LIMIT 1"
    );
    let (of, id): (String, String) = connection
        .prepare(&statement)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Some(StoreError::Dangling {
        of: format!("{owner} \"{of}\""),
        kind,
        id,
    }))
}
