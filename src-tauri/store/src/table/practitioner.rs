//! Practitioners, their services, working hours, extra hours and absences.

use ordo_core::model::{
    Absence, ExtraHours, ImportedFrom, Practitioner, PractitionerId, ServiceId, WorkingHours,
};
use ordo_core::time::format_local;
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, Parts, date, local, optional_date, placed, time_of_day, weekday};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE practitioner (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL
) STRICT;
CREATE TABLE practitioner_service (
    practitioner TEXT NOT NULL REFERENCES practitioner (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    service TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (practitioner, position)
) STRICT;
CREATE TABLE working_hours (
    practitioner TEXT NOT NULL REFERENCES practitioner (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    from_minute INTEGER NOT NULL CHECK (from_minute >= 0),
    to_minute INTEGER NOT NULL CHECK (to_minute > from_minute AND to_minute <= 1440),
    valid_from TEXT,
    valid_to TEXT,
    every_weeks INTEGER NOT NULL CHECK (every_weeks >= 1),
    PRIMARY KEY (practitioner, position),
    CHECK (every_weeks = 1 OR valid_from IS NOT NULL)
) STRICT;
CREATE TABLE extra_hours (
    practitioner TEXT NOT NULL REFERENCES practitioner (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    date TEXT NOT NULL,
    from_minute INTEGER NOT NULL CHECK (from_minute >= 0),
    to_minute INTEGER NOT NULL CHECK (to_minute > from_minute AND to_minute <= 1440),
    PRIMARY KEY (practitioner, position)
) STRICT;
CREATE TABLE absence (
    practitioner TEXT NOT NULL REFERENCES practitioner (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    from_local TEXT NOT NULL,
    to_local TEXT NOT NULL CHECK (to_local > from_local),
    reason TEXT NOT NULL,
    PRIMARY KEY (practitioner, position)
) STRICT;
";

/// What an absence is in the calendar that it was read from.
pub(crate) const IMPORTED_ABSENCES: &str = "
ALTER TABLE absence ADD COLUMN imported_uid TEXT;
ALTER TABLE absence ADD COLUMN imported_occurrence TEXT CHECK (imported_occurrence IS NULL OR imported_uid IS NOT NULL);
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Practitioner>>> {
    const OWNER: &str = "practitioner";
    let select = "SELECT practitioner, service FROM practitioner_service";
    let mut services = Parts::read(connection, select, OWNER, chosen, |row| {
        Ok(ServiceId::new(row.get::<_, String>(1)?))
    })?;
    let select = "SELECT practitioner, weekday, from_minute, to_minute, valid_from, valid_to, every_weeks
                  FROM working_hours";
    let mut hours = Parts::read(connection, select, OWNER, chosen, |row| {
        Ok(WorkingHours {
            weekday: weekday(row.get(1)?)?,
            from: time_of_day(row.get(2)?)?,
            to: time_of_day(row.get(3)?)?,
            valid_from: optional_date(row.get::<_, Option<String>>(4)?.as_deref())?,
            valid_to: optional_date(row.get::<_, Option<String>>(5)?.as_deref())?,
            every_weeks: row.get(6)?,
        })
    })?;
    let select = "SELECT practitioner, date, from_minute, to_minute FROM extra_hours";
    let mut extra_hours = Parts::read(connection, select, OWNER, chosen, |row| {
        Ok(ExtraHours {
            date: date(&row.get::<_, String>(1)?)?,
            from: time_of_day(row.get(2)?)?,
            to: time_of_day(row.get(3)?)?,
        })
    })?;
    let select =
        "SELECT practitioner, from_local, to_local, reason, imported_uid, imported_occurrence FROM absence";
    let mut absences = Parts::read(connection, select, OWNER, chosen, |row| {
        Ok(Absence {
            from: local(&row.get::<_, String>(1)?)?,
            to: local(&row.get::<_, String>(2)?)?,
            reason: row.get(3)?,
            imported: match row.get::<_, Option<String>>(4)? {
                None => None,
                Some(uid) => {
                    let occurrence: Option<String> = row.get(5)?;
                    let occurrence = occurrence.map(|text| local(&text)).transpose()?;
                    Some(ImportedFrom { uid, occurrence })
                }
            },
        })
    })?;
    let select = "SELECT position, id, name FROM practitioner";
    placed(connection, select, "id", "position, id", chosen, |row| {
        let id: String = row.get(1)?;
        Ok(Practitioner {
            services: services.take(&id),
            hours: hours.take(&id),
            extra_hours: extra_hours.take(&id),
            absences: absences.take(&id),
            id: PractitionerId::new(id),
            name: row.get(2)?,
        })
    })
}

pub(crate) fn write(connection: &Connection, practitioner: &Practitioner, place: Option<i64>) -> Result<()> {
    let id = practitioner.id.as_str();
    connection
        .prepare_cached(
            "INSERT INTO practitioner (id, position, name)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM practitioner)), ?3)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name",
        )?
        .execute(params![id, place, practitioner.name])?;
    for clear in [
        "DELETE FROM practitioner_service WHERE practitioner = ?1",
        "DELETE FROM working_hours WHERE practitioner = ?1",
        "DELETE FROM extra_hours WHERE practitioner = ?1",
        "DELETE FROM absence WHERE practitioner = ?1",
    ] {
        connection.prepare_cached(clear)?.execute([id])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO practitioner_service (practitioner, position, service) VALUES (?1, ?2, ?3)",
    )?;
    for (position, service) in practitioner.services.iter().enumerate() {
        add.execute(params![id, position as i64, service.as_str()])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO working_hours
            (practitioner, position, weekday, from_minute, to_minute, valid_from, valid_to, every_weeks)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (position, hours) in practitioner.hours.iter().enumerate() {
        add.execute(params![
            id,
            position as i64,
            hours.weekday.num_days_from_monday(),
            hours.from.minutes(),
            hours.to.minutes(),
            hours.valid_from.map(|date| date.to_string()),
            hours.valid_to.map(|date| date.to_string()),
            hours.every_weeks
        ])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO extra_hours (practitioner, position, date, from_minute, to_minute) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, extra) in practitioner.extra_hours.iter().enumerate() {
        let date = extra.date.to_string();
        add.execute(params![
            id,
            position as i64,
            date,
            extra.from.minutes(),
            extra.to.minutes()
        ])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO absence
            (practitioner, position, from_local, to_local, reason, imported_uid, imported_occurrence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, absence) in practitioner.absences.iter().enumerate() {
        let (from, to) = (format_local(absence.from), format_local(absence.to));
        let imported = absence.imported.as_ref();
        let occurrence = imported
            .and_then(|imported| imported.occurrence)
            .map(format_local);
        let uid = imported.map(|imported| imported.uid.as_str());
        add.execute(params![
            id,
            position as i64,
            from,
            to,
            absence.reason,
            uid,
            occurrence
        ])?;
    }
    Ok(())
}
