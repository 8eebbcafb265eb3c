//! Every version of the protocols, each as one document: a version is written once and read as a whole.

use ordo_core::protocol::Protocols;
use rusqlite::{Connection, OptionalExtension, params};

use super::Placed;
use super::reading::{Chosen, placed};
use crate::fault::Result;
use crate::image::{self, ProtocolsImage};

pub(crate) const SHAPE: &str = "
CREATE TABLE protocols (
    version INTEGER PRIMARY KEY CHECK (version >= 1),
    document TEXT NOT NULL CHECK (json_valid(document))
) STRICT;
";

/// Versions, oldest first.
pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Protocols>>> {
    let select = "SELECT version, document FROM protocols";
    placed(
        connection,
        select,
        "CAST(version AS TEXT)",
        "version",
        chosen,
        |row| read(&row.get::<_, String>(1)?),
    )
}

/// The newest version, if there is any.
pub(crate) fn newest(connection: &Connection) -> Result<Option<Protocols>> {
    let document: Option<String> = connection
        .prepare_cached("SELECT document FROM protocols ORDER BY version DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    document.map(|document| read(&document)).transpose()
}

fn read(document: &str) -> Result<Protocols> {
    Ok(image::from_json::<ProtocolsImage>(document)?.into())
}

pub(crate) fn write(connection: &Connection, protocols: &Protocols) -> Result<()> {
    let document = image::to_json(&ProtocolsImage::from(protocols))?;
    connection
        .prepare_cached("INSERT INTO protocols (version, document) VALUES (?1, ?2)")?
        .execute(params![protocols.version, document])?;
    Ok(())
}
