//! Series, their rhythms and usual slots.
//!
//! The basis is a document: it is kept as it was, and no statement asks about its parts.

use ordo_core::model::{
    DisciplineId, PatientId, PractitionerId, Rhythm, Series, SeriesId, ServiceId, Spacing, Strategy,
    UsualSlot,
};
use rusqlite::{Connection, Row, params};

use super::Placed;
use super::reading::{Chosen, Parts, date, placed, rows, time_of_day, unreadable};
use crate::fault::Result;
use crate::image::{self, BasisImage};

pub(crate) const SHAPE: &str = "
CREATE TABLE series (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    patient TEXT NOT NULL REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
    first_discipline TEXT NOT NULL REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    second_discipline TEXT NOT NULL REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    spacing TEXT NOT NULL CHECK (spacing IN ('same-day', 'separate-days')),
    -- The longest wait in minutes, or the least and the greatest gap in hours.
    max_wait_minutes INTEGER,
    min_hours INTEGER,
    max_hours INTEGER,
    weeks INTEGER NOT NULL CHECK (weeks >= 0),
    tolerance_days INTEGER NOT NULL CHECK (tolerance_days BETWEEN 0 AND 3),
    strategy TEXT NOT NULL CHECK (strategy IN ('same-practitioner', 'soonest', 'same-time')),
    -- Absent for series from files that do not say.
    protocol_version INTEGER REFERENCES protocols (version) DEFERRABLE INITIALLY DEFERRED,
    basis TEXT NOT NULL CHECK (json_valid(basis)),
    CHECK ((spacing = 'same-day') = (max_wait_minutes IS NOT NULL)),
    CHECK ((spacing = 'separate-days') = (min_hours IS NOT NULL AND max_hours IS NOT NULL))
) STRICT;
CREATE INDEX series_by_patient ON series (patient);
CREATE TABLE rhythm (
    series TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    discipline TEXT NOT NULL REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    service TEXT NOT NULL REFERENCES service (id) DEFERRABLE INITIALLY DEFERRED,
    every_weeks INTEGER NOT NULL CHECK (every_weeks >= 1),
    first_week INTEGER NOT NULL CHECK (first_week >= 0),
    PRIMARY KEY (series, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE rhythm_practitioner (
    series TEXT NOT NULL,
    rhythm INTEGER NOT NULL,
    position INTEGER NOT NULL,
    practitioner TEXT NOT NULL REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (series, rhythm, position),
    FOREIGN KEY (series, rhythm) REFERENCES rhythm (series, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE usual_slot (
    series TEXT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    discipline TEXT NOT NULL REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    practitioner TEXT NOT NULL REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
    date TEXT NOT NULL,
    minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1440),
    PRIMARY KEY (series, position)
) STRICT, WITHOUT ROWID;
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Series>>> {
    let select = "SELECT series, rhythm, practitioner FROM rhythm_practitioner";
    let order = "series, rhythm, position";
    let practitioners: Vec<(String, usize, PractitionerId)> =
        rows(connection, select, "series", order, chosen, |row| {
            Ok((
                row.get(0)?,
                row.get::<_, u32>(1)? as usize,
                PractitionerId::new(row.get::<_, String>(2)?),
            ))
        })?;
    let select = "SELECT series, discipline, service, every_weeks, first_week FROM rhythm";
    let mut rhythms = Parts::read(connection, select, "series", chosen, |row| {
        Ok(Rhythm {
            discipline: DisciplineId::new(row.get::<_, String>(1)?),
            service: ServiceId::new(row.get::<_, String>(2)?),
            every_weeks: row.get(3)?,
            first_week: row.get(4)?,
            practitioners: Vec::new(),
        })
    })?;
    for (series, rhythm, practitioner) in practitioners {
        if let Some(rhythm) = rhythms.of(&series).and_then(|rhythms| rhythms.get_mut(rhythm)) {
            rhythm.practitioners.push(practitioner);
        }
    }
    let select = "SELECT series, discipline, practitioner, date, minute FROM usual_slot";
    let mut usual = Parts::read(connection, select, "series", chosen, |row| {
        Ok(UsualSlot {
            discipline: DisciplineId::new(row.get::<_, String>(1)?),
            practitioner: PractitionerId::new(row.get::<_, String>(2)?),
            date: date(&row.get::<_, String>(3)?)?,
            time: time_of_day(row.get(4)?)?,
        })
    })?;
    let select = "SELECT number, id, patient, first_discipline, second_discipline, spacing, max_wait_minutes,
                         min_hours, max_hours, weeks, tolerance_days, strategy, protocol_version, basis
                  FROM series";
    placed(connection, select, "id", "number", chosen, |row| {
        let id: String = row.get(1)?;
        let strategy: String = row.get(11)?;
        let basis: BasisImage = image::from_json(&row.get::<_, String>(13)?)?;
        Ok(Series {
            rhythms: rhythms.take(&id),
            usual: usual.take(&id),
            id: SeriesId::new(id),
            patient: PatientId::new(row.get::<_, String>(2)?),
            order: [
                DisciplineId::new(row.get::<_, String>(3)?),
                DisciplineId::new(row.get::<_, String>(4)?),
            ],
            spacing: read_spacing(&row.get::<_, String>(5)?, row, 6)?,
            weeks: row.get(9)?,
            tolerance_days: row.get(10)?,
            strategy: Strategy::parse(&strategy).ok_or_else(|| unreadable("strategy", &strategy))?,
            basis: basis.under(row.get::<_, Option<u32>>(12)?.unwrap_or(0)),
        })
    })
}

/// The identifiers of a patient's series, in their order.
pub(crate) fn of_patient(connection: &Connection, patient: &PatientId) -> Result<Vec<String>> {
    connection
        .prepare_cached("SELECT id FROM series WHERE patient = ?1 ORDER BY number")?
        .query_and_then([patient.as_str()], |row| Ok(row.get(0)?))?
        .collect()
}

pub(crate) fn write(connection: &Connection, series: &Series, place: Option<i64>) -> Result<()> {
    let id = series.id.as_str();
    let (spacing, wait, least, greatest) = spacing_columns(series.spacing);
    let version = Some(series.basis.protocol_version).filter(|&version| version > 0);
    connection
        .prepare_cached(
            "INSERT INTO series (number, id, patient, first_discipline, second_discipline, spacing,
                max_wait_minutes, min_hours, max_hours, weeks, tolerance_days, strategy, protocol_version, basis)
             VALUES ((SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM series WHERE number = ?1)),
                ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
             ON CONFLICT (id) DO UPDATE SET patient = excluded.patient,
                first_discipline = excluded.first_discipline, second_discipline = excluded.second_discipline,
                spacing = excluded.spacing, max_wait_minutes = excluded.max_wait_minutes,
                min_hours = excluded.min_hours, max_hours = excluded.max_hours, weeks = excluded.weeks,
                tolerance_days = excluded.tolerance_days, strategy = excluded.strategy,
                protocol_version = excluded.protocol_version, basis = excluded.basis",
        )?
        .execute(params![
            place,
            id,
            series.patient.as_str(),
            series.order[0].as_str(),
            series.order[1].as_str(),
            spacing,
            wait,
            least,
            greatest,
            series.weeks,
            series.tolerance_days,
            series.strategy.as_str(),
            version,
            image::to_json(&BasisImage::from(&series.basis))?
        ])?;
    for clear in [
        "DELETE FROM rhythm WHERE series = ?1",
        "DELETE FROM usual_slot WHERE series = ?1",
    ] {
        connection.prepare_cached(clear)?.execute([id])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO rhythm (series, position, discipline, service, every_weeks, first_week)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut add_practitioner = connection.prepare_cached(
        "INSERT INTO rhythm_practitioner (series, rhythm, position, practitioner) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (number, rhythm) in series.rhythms.iter().enumerate() {
        add.execute(params![
            id,
            number as i64,
            rhythm.discipline.as_str(),
            rhythm.service.as_str(),
            rhythm.every_weeks,
            rhythm.first_week
        ])?;
        for (position, practitioner) in rhythm.practitioners.iter().enumerate() {
            add_practitioner.execute(params![id, number as i64, position as i64, practitioner.as_str()])?;
        }
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO usual_slot (series, position, discipline, practitioner, date, minute)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (position, slot) in series.usual.iter().enumerate() {
        add.execute(params![
            id,
            position as i64,
            slot.discipline.as_str(),
            slot.practitioner.as_str(),
            slot.date.to_string(),
            slot.time.minutes()
        ])?;
    }
    Ok(())
}

/// The columns of a spacing: kind, longest wait, least gap, greatest gap.
pub(super) fn spacing_columns(spacing: Spacing) -> (&'static str, Option<u32>, Option<u32>, Option<u32>) {
    match spacing {
        Spacing::SameDay { max_wait_minutes } => ("same-day", Some(max_wait_minutes), None, None),
        Spacing::SeparateDays { min_hours, max_hours } => {
            ("separate-days", None, Some(min_hours), Some(max_hours))
        }
    }
}

/// Reads a spacing of a kind whose numbers begin at a column.
pub(super) fn read_spacing(kind: &str, row: &Row<'_>, column: usize) -> Result<Spacing> {
    match kind {
        "same-day" => Ok(Spacing::SameDay {
            max_wait_minutes: row.get(column)?,
        }),
        "separate-days" => Ok(Spacing::SeparateDays {
            min_hours: row.get(column + 1)?,
            max_hours: row.get(column + 2)?,
        }),
        _ => Err(unreadable("spacing", kind)),
    }
}
