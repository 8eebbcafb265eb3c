//! Appointments, and the triggers that keep two visits from taking the same time.
//!
//! Wall time is the truth; `start_utc`, `end_utc` and `busy_until_utc` are derived from it, in minutes since
//! 1970-01-01T00:00Z, for the triggers and for finding visits by time.

use chrono::NaiveDateTime;
use ordo_core::model::{
    Appointment, AppointmentId, AppointmentStatus, PatientId, PractitionerId, RoomId, SeriesId, ServiceId,
    SessionLink,
};
use ordo_core::time::{UtcMinute, ZoneClock, format_local};
use rusqlite::{Connection, OptionalExtension, Params, Row, ToSql, ffi, params};

use super::Placed;
use super::reading::{Chosen, local, moment, moment_text, placed, unreadable};
use crate::error::{Conflict, Taken};
use crate::fault::{Fault, Result};
use crate::search::NearestVisits;

pub(crate) const SHAPE: &str = "
CREATE TABLE appointment (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    practitioner TEXT NOT NULL REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
    patient TEXT NOT NULL REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
    service TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
    room TEXT REFERENCES room (id) DEFERRABLE INITIALLY DEFERRED,
    start TEXT NOT NULL CHECK (start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'),
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    buffer_minutes INTEGER NOT NULL CHECK (buffer_minutes BETWEEN 0 AND 1440),
    status TEXT NOT NULL CHECK (status IN ('booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')),
    series TEXT REFERENCES series (id) DEFERRABLE INITIALLY DEFERRED,
    week INTEGER CHECK (week >= 0),
    override_reason TEXT NOT NULL,
    cancel_reason TEXT NOT NULL,
    note TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    changed_at TEXT,
    start_utc INTEGER NOT NULL,
    end_utc INTEGER NOT NULL CHECK (end_utc = start_utc + minutes),
    busy_until_utc INTEGER NOT NULL CHECK (busy_until_utc = end_utc + buffer_minutes),
    CHECK ((series IS NULL) = (week IS NULL))
) STRICT;
CREATE INDEX appointment_by_practitioner ON appointment (practitioner, start_utc);
CREATE INDEX appointment_by_patient ON appointment (patient, start_utc);
CREATE INDEX appointment_by_room ON appointment (room, start_utc) WHERE room IS NOT NULL;
CREATE INDEX appointment_by_series ON appointment (series) WHERE series IS NOT NULL;

-- How rows are being written, when not in the ordinary way. Empty outside a transaction.
--   restoring: rows are put back or brought in as they were; two may overlap where either has a reason.
--   deriving: only UTC columns are written; what was agreed is not touched, so nothing is refused.
CREATE TABLE writing_mode (
    mode TEXT PRIMARY KEY NOT NULL CHECK (mode IN ('restoring', 'deriving'))
) STRICT;

-- Treatment and buffer last two days at most, so nothing that starts earlier reaches a visit.
CREATE TRIGGER appointment_no_overlap_on_insert AFTER INSERT ON appointment
WHEN NEW.status IN ('booked', 'arrived', 'fulfilled') AND NEW.override_reason = ''
    AND NOT EXISTS (SELECT 1 FROM writing_mode WHERE mode = 'deriving')
BEGIN
    SELECT RAISE(ABORT, 'the practitioner is taken') FROM appointment AS other
    WHERE other.practitioner = NEW.practitioner AND other.number <> NEW.number
        AND other.start_utc > NEW.start_utc - 2880 AND other.start_utc < NEW.busy_until_utc
        AND other.busy_until_utc > NEW.start_utc AND other.status IN ('booked', 'arrived', 'fulfilled')
        AND (other.override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode));
    SELECT RAISE(ABORT, 'the room is taken') FROM appointment AS other
    WHERE other.room = NEW.room AND other.number <> NEW.number
        AND other.start_utc > NEW.start_utc - 2880 AND other.start_utc < NEW.busy_until_utc
        AND other.busy_until_utc > NEW.start_utc AND other.status IN ('booked', 'arrived', 'fulfilled')
        AND (other.override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode));
    SELECT RAISE(ABORT, 'the patient is taken') FROM appointment AS other
    WHERE other.patient = NEW.patient AND other.number <> NEW.number
        AND other.start_utc > NEW.start_utc - 1440 AND other.start_utc < NEW.end_utc
        AND other.end_utc > NEW.start_utc AND other.status IN ('booked', 'arrived', 'fulfilled')
        AND (other.override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode));
END;
-- A visit that takes no time, place or person that it did not take before can cause no new overlap.
CREATE TRIGGER appointment_no_overlap_on_update
AFTER UPDATE OF practitioner, patient, room, status, override_reason, start_utc, end_utc, busy_until_utc
ON appointment
WHEN NEW.status IN ('booked', 'arrived', 'fulfilled') AND NEW.override_reason = ''
    AND NOT EXISTS (SELECT 1 FROM writing_mode WHERE mode = 'deriving')
    AND NOT (OLD.status IN ('booked', 'arrived', 'fulfilled') AND OLD.override_reason = ''
        AND OLD.practitioner = NEW.practitioner AND OLD.patient = NEW.patient
        AND (NEW.room IS NULL OR OLD.room IS NEW.room)
        AND OLD.start_utc <= NEW.start_utc AND OLD.end_utc >= NEW.end_utc
        AND OLD.busy_until_utc >= NEW.busy_until_utc)
BEGIN
    SELECT RAISE(ABORT, 'the practitioner is taken') FROM appointment AS other
    WHERE other.practitioner = NEW.practitioner AND other.number <> NEW.number
        AND other.start_utc > NEW.start_utc - 2880 AND other.start_utc < NEW.busy_until_utc
        AND other.busy_until_utc > NEW.start_utc AND other.status IN ('booked', 'arrived', 'fulfilled')
        AND (other.override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode));
    SELECT RAISE(ABORT, 'the room is taken') FROM appointment AS other
    WHERE other.room = NEW.room AND other.number <> NEW.number
        AND other.start_utc > NEW.start_utc - 2880 AND other.start_utc < NEW.busy_until_utc
        AND other.busy_until_utc > NEW.start_utc AND other.status IN ('booked', 'arrived', 'fulfilled')
        AND (other.override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode));
    SELECT RAISE(ABORT, 'the patient is taken') FROM appointment AS other
    WHERE other.patient = NEW.patient AND other.number <> NEW.number
        AND other.start_utc > NEW.start_utc - 1440 AND other.start_utc < NEW.end_utc
        AND other.end_utc > NEW.start_utc AND other.status IN ('booked', 'arrived', 'fulfilled')
        AND (other.override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode));
END;
";

/// The longest treatment and buffer together, in minutes: how far before a time a visit may start that reaches it.
const LONGEST: UtcMinute = 2880;

/// A local time lies at most this many minutes from UTC read as local, whatever the zone rules say.
const FARTHEST_OFFSET: UtcMinute = 26 * 60;

const SELECT: &str =
    "SELECT number, id, practitioner, patient, service, room, start, minutes, buffer_minutes,
        status, series, week, override_reason, cancel_reason, note, revision, changed_at FROM appointment";

/// How the rows being written relate to the ones there, when not in the ordinary way.
#[derive(Clone, Copy)]
pub(crate) enum WritingMode {
    /// Rows are put back or brought in as they were.
    Restoring,
    /// Only UTC columns are written.
    Deriving,
}

impl WritingMode {
    fn word(self) -> &'static str {
        match self {
            Self::Restoring => "restoring",
            Self::Deriving => "deriving",
        }
    }
}

/// Sets a mode until [`end_writing_mode`], also within another one; a rollback ends it too.
pub(crate) fn begin_writing_mode(connection: &Connection, mode: WritingMode) -> Result<()> {
    connection.execute("INSERT INTO writing_mode (mode) VALUES (?1)", [mode.word()])?;
    Ok(())
}

/// Ends a mode: back to the one around it, or to the ordinary way.
pub(crate) fn end_writing_mode(connection: &Connection, mode: WritingMode) -> Result<()> {
    connection.execute("DELETE FROM writing_mode WHERE mode = ?1", [mode.word()])?;
    Ok(())
}

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Appointment>>> {
    placed(connection, SELECT, "id", "number", chosen, read)
}

/// Everybody who has or had a visit with a practitioner, by identifier.
pub(crate) fn patients_of(connection: &Connection, practitioner: &PractitionerId) -> Result<Vec<PatientId>> {
    connection
        .prepare_cached("SELECT DISTINCT patient FROM appointment WHERE practitioner = ?1 ORDER BY patient")?
        .query_and_then([practitioner.as_str()], |row| {
            Ok(PatientId::new(row.get::<_, String>(0)?))
        })?
        .collect()
}

/// Which visits are looked for.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    Anybody,
    Practitioner(&'a str),
    Patient(&'a str),
    Room(&'a str),
}

/// The visits that start in a stretch of local time, `[from, to)`, by start, then in the order they were added.
pub(crate) fn starting(
    connection: &Connection,
    of: Of<'_>,
    from: NaiveDateTime,
    to: NaiveDateTime,
) -> Result<Vec<Placed<Appointment>>> {
    // The wide stretch of UTC uses the index, the local one decides: UTC columns may be of older zone rules.
    let utc = |local: NaiveDateTime| local.and_utc().timestamp().div_euclid(60);
    let from_utc = utc(from) - i64::from(FARTHEST_OFFSET);
    let to_utc = utc(to) + i64::from(FARTHEST_OFFSET);
    let (from, to) = (format_local(from), format_local(to));
    let (condition, of) = match of {
        // One probe for each practitioner is cheaper than an index of its own for every visit that is written.
        Of::Anybody => (
            "practitioner IN (SELECT id FROM practitioner WHERE ?5 IS NULL)",
            None,
        ),
        Of::Practitioner(id) => ("practitioner = ?5", Some(id)),
        Of::Patient(id) => ("patient = ?5", Some(id)),
        Of::Room(id) => ("room = ?5", Some(id)),
    };
    let text = format!(
        "{SELECT} WHERE {condition} AND start_utc >= ?1 AND start_utc < ?2 AND start >= ?3 AND start < ?4
         ORDER BY start_utc, number"
    );
    query(connection, &text, params![from_utc, to_utc, from, to, of])
}

/// The visits of a series, by start.
pub(crate) fn of_series(connection: &Connection, series: &SeriesId) -> Result<Vec<Placed<Appointment>>> {
    let text = format!("{SELECT} WHERE series = ?1 ORDER BY start_utc, number");
    query(connection, &text, [series.as_str()])
}

fn query(connection: &Connection, text: &str, params: impl Params) -> Result<Vec<Placed<Appointment>>> {
    let mut statement = connection.prepare_cached(text)?;
    let found = statement.query_and_then(params, |row| {
        Ok(Placed {
            place: row.get(0)?,
            value: read(row)?,
        })
    })?;
    found.collect()
}

fn read(row: &Row<'_>) -> Result<Appointment> {
    let status: String = row.get(9)?;
    let series: Option<String> = row.get(10)?;
    let week: Option<u32> = row.get(11)?;
    let changed_at: Option<String> = row.get(16)?;
    Ok(Appointment {
        id: AppointmentId::new(row.get::<_, String>(1)?),
        practitioner: PractitionerId::new(row.get::<_, String>(2)?),
        patient: PatientId::new(row.get::<_, String>(3)?),
        service: ServiceId::new(row.get::<_, String>(4)?),
        room: row.get::<_, Option<String>>(5)?.map(RoomId::new),
        start: local(&row.get::<_, String>(6)?)?,
        minutes: row.get(7)?,
        buffer_minutes: row.get(8)?,
        status: AppointmentStatus::parse(&status).ok_or_else(|| unreadable("status", &status))?,
        session: series.zip(week).map(|(series, week)| SessionLink {
            series: SeriesId::new(series),
            week,
        }),
        override_reason: row.get(12)?,
        cancel_reason: row.get(13)?,
        note: row.get(14)?,
        revision: row.get(15)?,
        changed_at: changed_at.as_deref().map(moment).transpose()?,
    })
}

pub(crate) fn insert(
    connection: &Connection,
    clock: &ZoneClock,
    appointment: &Appointment,
    place: Option<i64>,
) -> Result<()> {
    let statement =
        "INSERT INTO appointment (number, id, practitioner, patient, service, room, start, minutes,
            buffer_minutes, status, series, week, override_reason, cancel_reason, note, revision, changed_at,
            start_utc, end_utc, busy_until_utc)
        VALUES ((SELECT ?18 WHERE NOT EXISTS (SELECT 1 FROM appointment WHERE number = ?18)),
            ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
            ?11, ?12, ?13, ?14, ?15, ?16, ?17,
            ?17 + ?7, ?17 + ?7 + ?8)";
    write(connection, clock, appointment, statement, &[&place])
}

pub(crate) fn update(connection: &Connection, clock: &ZoneClock, appointment: &Appointment) -> Result<()> {
    let statement = "UPDATE appointment SET practitioner = ?2, patient = ?3, service = ?4,
            room = ?5, start = ?6, minutes = ?7, buffer_minutes = ?8, status = ?9,
            series = ?10, week = ?11, override_reason = ?12, cancel_reason = ?13,
            note = ?14, revision = ?15, changed_at = ?16, start_utc = ?17,
            end_utc = ?17 + ?7, busy_until_utc = ?17 + ?7 + ?8
        WHERE id = ?1";
    write(connection, clock, appointment, statement, &[])
}

fn write(
    connection: &Connection,
    clock: &ZoneClock,
    appointment: &Appointment,
    statement: &str,
    place: &[&dyn ToSql],
) -> Result<()> {
    let start_utc = clock.to_utc(appointment.start);
    let values: &[&dyn ToSql] = params![
        appointment.id.as_str(),
        appointment.practitioner.as_str(),
        appointment.patient.as_str(),
        appointment.service.as_str(),
        appointment.room.as_ref().map(RoomId::as_str),
        format_local(appointment.start),
        appointment.minutes,
        appointment.buffer_minutes,
        appointment.status.as_str(),
        appointment
            .session
            .as_ref()
            .map(|session| session.series.as_str()),
        appointment.session.as_ref().map(|session| session.week),
        appointment.override_reason,
        appointment.cancel_reason,
        appointment.note,
        appointment.revision,
        appointment.changed_at.map(moment_text),
        start_utc,
    ];
    let written = connection
        .prepare_cached(statement)?
        .execute([values, place].concat().as_slice())
        .map_err(Fault::from);
    match written {
        Ok(_) => Ok(()),
        Err(fault) if fault.is_constraint(ffi::SQLITE_CONSTRAINT_TRIGGER) => {
            Err(conflict(connection, clock, appointment)?.map_or(fault, Fault::from))
        }
        Err(fault) => Err(fault),
    }
}

/// The visit that is in the way of another, as the triggers see it.
fn conflict(
    connection: &Connection,
    clock: &ZoneClock,
    appointment: &Appointment,
) -> Result<Option<Conflict>> {
    let start = clock.to_utc(appointment.start);
    let end = start + appointment.minutes as i32;
    let busy_until = end + appointment.buffer_minutes as i32;
    let room = appointment.room.as_ref().map(RoomId::as_str);
    for (taken, column, reach, who, until) in [
        (
            Taken::Practitioner,
            "practitioner",
            "busy_until_utc",
            Some(appointment.practitioner.as_str()),
            busy_until,
        ),
        (Taken::Room, "room", "busy_until_utc", room, busy_until),
        (
            Taken::Patient,
            "patient",
            "end_utc",
            Some(appointment.patient.as_str()),
            end,
        ),
    ] {
        let text = format!(
            "SELECT id FROM appointment AS other
             WHERE {column} = ?1 AND id <> ?2 AND start_utc > ?3 - {LONGEST} AND start_utc < ?4 AND {reach} > ?3
                AND status IN ('booked', 'arrived', 'fulfilled')
                AND (override_reason = '' OR NOT EXISTS (SELECT 1 FROM writing_mode))
             ORDER BY start_utc, number LIMIT 1"
        );
        let other: Option<String> = connection
            .prepare_cached(&text)?
            .query_row(params![who, appointment.id.as_str(), start, until], |row| {
                row.get(0)
            })
            .optional()?;
        if let Some(other) = other {
            return Ok(Some(Conflict {
                taken,
                appointment: appointment.id.clone(),
                other: AppointmentId::new(other),
            }));
        }
    }
    Ok(None)
}

/// Takes visits out of the way until they are written anew, so that they can change places with each other.
pub(crate) fn release(connection: &Connection, id: &AppointmentId) -> Result<()> {
    connection
        .prepare_cached("UPDATE appointment SET status = 'cancelled' WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// Derives the UTC columns of every visit anew; gives the visits whose columns changed, by number.
pub(crate) fn derive_utc(connection: &Connection, clock: &ZoneClock) -> Result<Vec<AppointmentId>> {
    let mut moved = Vec::new();
    {
        let mut all =
            connection.prepare("SELECT number, id, start, start_utc FROM appointment ORDER BY number")?;
        let rows = all.query_and_then([], |row| -> Result<_> {
            let start_utc = clock.to_utc(local(&row.get::<_, String>(2)?)?);
            let changed = start_utc != row.get::<_, UtcMinute>(3)?;
            let number: i64 = row.get(0)?;
            Ok((
                changed,
                number,
                start_utc,
                AppointmentId::new(row.get::<_, String>(1)?),
            ))
        })?;
        for row in rows {
            let (changed, number, start_utc, id) = row?;
            if changed {
                moved.push((number, start_utc, id));
            }
        }
    }
    let mut write = connection.prepare(
        "UPDATE appointment SET start_utc = ?2, end_utc = ?2 + minutes, busy_until_utc = ?2 + minutes + buffer_minutes
         WHERE number = ?1",
    )?;
    for (number, start_utc, _) in &moved {
        write.execute(params![number, start_utc])?;
    }
    Ok(moved.into_iter().map(|(_, _, id)| id).collect())
}

/// The visits of patients nearest to a minute, of those that take time.
pub(crate) fn nearest(
    connection: &Connection,
    patients: &[PatientId],
    now: UtcMinute,
) -> Result<Vec<NearestVisits>> {
    let ids: Vec<&str> = patients.iter().map(PatientId::as_str).collect();
    let mut statement = connection.prepare_cached(
        "SELECT value,
            (SELECT start FROM appointment WHERE patient = value AND start_utc < ?2
                AND status IN ('booked', 'arrived', 'fulfilled') ORDER BY start_utc DESC LIMIT 1),
            (SELECT start FROM appointment WHERE patient = value AND start_utc >= ?2
                AND status IN ('booked', 'arrived', 'fulfilled') ORDER BY start_utc LIMIT 1)
         FROM json_each(?1) ORDER BY key",
    )?;
    let found = statement.query_and_then(params![serde_json::Value::from(ids).to_string(), now], |row| {
        let start = |column| -> Result<Option<NaiveDateTime>> {
            let text: Option<String> = row.get(column)?;
            text.as_deref().map(local).transpose()
        };
        Ok(NearestVisits {
            patient: PatientId::new(row.get::<_, String>(0)?),
            before: start(1)?,
            after: start(2)?,
        })
    })?;
    found.collect()
}
