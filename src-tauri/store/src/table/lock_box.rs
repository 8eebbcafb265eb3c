//! Lock-boxes: which patients only some people may see.

use ordo_core::model::{LockBox, PatientId, UserId};
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, Parts, placed};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE lock_box (
    patient TEXT PRIMARY KEY NOT NULL REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TABLE lock_box_user (
    patient TEXT NOT NULL REFERENCES lock_box (patient) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    user TEXT NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (patient, position)
) STRICT;
CREATE INDEX lock_box_user_by_user ON lock_box_user (user);
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<LockBox>>> {
    let select = "SELECT patient, user FROM lock_box_user";
    let mut users = Parts::read(connection, select, "patient", chosen, |row| {
        Ok(UserId::new(row.get::<_, String>(1)?))
    })?;
    let select = "SELECT 0, patient FROM lock_box";
    placed(connection, select, "patient", "patient", chosen, |row| {
        let patient: String = row.get(1)?;
        Ok(LockBox {
            users: users.take(&patient),
            patient: PatientId::new(patient),
        })
    })
}

pub(crate) fn write(connection: &Connection, lock_box: &LockBox) -> Result<()> {
    let patient = lock_box.patient.as_str();
    connection
        .prepare_cached("INSERT INTO lock_box (patient) VALUES (?1) ON CONFLICT (patient) DO NOTHING")?
        .execute([patient])?;
    connection
        .prepare_cached("DELETE FROM lock_box_user WHERE patient = ?1")?
        .execute([patient])?;
    let mut add = connection
        .prepare_cached("INSERT INTO lock_box_user (patient, position, user) VALUES (?1, ?2, ?3)")?;
    for (position, user) in lock_box.users.iter().enumerate() {
        add.execute(params![patient, position as i64, user.as_str()])?;
    }
    Ok(())
}
