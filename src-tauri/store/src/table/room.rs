//! Rooms and what they are fit for; their order is the order of preference.

use ordo_core::model::{Room, RoomId};
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, Parts, placed};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE room (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;
CREATE TABLE room_kind (
    room TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (room, position)
) STRICT;
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Room>>> {
    let select = "SELECT room, kind FROM room_kind";
    let mut kinds = Parts::read(connection, select, "room", chosen, |row| Ok(row.get(1)?))?;
    let select = "SELECT position, id, name FROM room";
    placed(connection, select, "id", "position, id", chosen, |row| {
        let id: String = row.get(1)?;
        Ok(Room {
            kinds: kinds.take(&id),
            id: RoomId::new(id),
            name: row.get(2)?,
        })
    })
}

pub(crate) fn write(connection: &Connection, room: &Room, place: Option<i64>) -> Result<()> {
    let id = room.id.as_str();
    connection
        .prepare_cached(
            "INSERT INTO room (id, position, name)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM room)), ?3)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        )?
        .execute(params![id, place, room.name])?;
    connection
        .prepare_cached("DELETE FROM room_kind WHERE room = ?1")?
        .execute([id])?;
    let mut add =
        connection.prepare_cached("INSERT INTO room_kind (room, position, kind) VALUES (?1, ?2, ?3)")?;
    for (position, kind) in room.kinds.iter().enumerate() {
        add.execute(params![id, position as i64, kind])?;
    }
    Ok(())
}
