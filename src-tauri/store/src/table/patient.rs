//! Patients, their availability, sensitivities, covers and provider's decisions.

use ordo_core::model::{
    AvailabilityWindow, Contact, DisciplineId, InsuranceCover, Patient, PatientId, ProviderDecision,
};
use rusqlite::{Connection, Row, params};

use super::Placed;
use super::reading::{Chosen, Parts, date, optional_date, placed, rows, time_of_day, unreadable, weekday};
use super::series::{read_spacing, spacing_columns};
use crate::fault::Result;
use crate::image::FrequencyImage;
use crate::search::{PatientLine, fold};

pub(crate) const SHAPE: &str = "
CREATE TABLE patient (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The name in lower case and without accents, for searching.
    folded_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    date_of_birth TEXT,
    notes TEXT NOT NULL
) STRICT;
CREATE TABLE patient_availability (
    patient TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    weekday INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    from_minute INTEGER NOT NULL CHECK (from_minute >= 0),
    to_minute INTEGER NOT NULL CHECK (to_minute > from_minute AND to_minute <= 1440),
    PRIMARY KEY (patient, position)
) STRICT;
CREATE TABLE patient_sensitivity (
    patient TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    sensitivity TEXT NOT NULL,
    PRIMARY KEY (patient, position)
) STRICT;
CREATE TABLE insurance_cover (
    patient TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    discipline TEXT NOT NULL REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    visits INTEGER NOT NULL CHECK (visits >= 0),
    until TEXT NOT NULL,
    PRIMARY KEY (patient, position)
) STRICT;
CREATE TABLE provider_decision (
    patient TEXT NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    provider TEXT NOT NULL,
    date TEXT NOT NULL,
    first_discipline TEXT REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    second_discipline TEXT REFERENCES discipline (id) DEFERRABLE INITIALLY DEFERRED,
    spacing TEXT CHECK (spacing IN ('same-day', 'separate-days')),
    -- The longest wait in minutes, or the least and the greatest gap in hours.
    max_wait_minutes INTEGER,
    min_hours INTEGER,
    max_hours INTEGER,
    frequency TEXT CHECK (frequency IN ('combined', 'alternating', 'both-weekly')),
    note TEXT NOT NULL,
    PRIMARY KEY (patient, position),
    CHECK ((first_discipline IS NULL) = (second_discipline IS NULL)),
    CHECK ((spacing IS 'same-day') = (max_wait_minutes IS NOT NULL)),
    CHECK ((spacing IS 'separate-days') = (min_hours IS NOT NULL AND max_hours IS NOT NULL))
) STRICT;
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Patient>>> {
    const OWNER: &str = "patient";
    let select = "SELECT patient, weekday, from_minute, to_minute FROM patient_availability";
    let mut availability = Parts::read(connection, select, OWNER, chosen, |row| {
        Ok(AvailabilityWindow {
            weekday: weekday(row.get(1)?)?,
            from: time_of_day(row.get(2)?)?,
            to: time_of_day(row.get(3)?)?,
        })
    })?;
    let select = "SELECT patient, sensitivity FROM patient_sensitivity";
    let mut sensitivities = Parts::read(connection, select, OWNER, chosen, |row| Ok(row.get(1)?))?;
    let select = "SELECT patient, discipline, visits, until FROM insurance_cover";
    let mut covers = Parts::read(connection, select, OWNER, chosen, |row| {
        Ok(InsuranceCover {
            discipline: DisciplineId::new(row.get::<_, String>(1)?),
            visits: row.get(2)?,
            until: date(&row.get::<_, String>(3)?)?,
        })
    })?;
    let select =
        "SELECT patient, provider, date, first_discipline, second_discipline, spacing, max_wait_minutes,
                         min_hours, max_hours, frequency, note
                  FROM provider_decision";
    let mut decisions = Parts::read(connection, select, OWNER, chosen, read_decision)?;
    let select = "SELECT number, id, name, phone, email, date_of_birth, notes FROM patient";
    placed(connection, select, "id", "number", chosen, |row| {
        let id: String = row.get(1)?;
        Ok(Patient {
            availability: availability.take(&id),
            sensitivities: sensitivities.take(&id),
            covers: covers.take(&id),
            provider_decisions: decisions.take(&id),
            id: PatientId::new(id),
            name: row.get(2)?,
            contact: Contact {
                phone: row.get(3)?,
                email: row.get(4)?,
            },
            date_of_birth: optional_date(row.get::<_, Option<String>>(5)?.as_deref())?,
            notes: row.get(6)?,
        })
    })
}

fn read_decision(row: &Row<'_>) -> Result<ProviderDecision> {
    let first: Option<String> = row.get(3)?;
    let second: Option<String> = row.get(4)?;
    let spacing: Option<String> = row.get(5)?;
    let frequency: Option<String> = row.get(9)?;
    let read_frequency =
        |word: String| FrequencyImage::parse(&word).ok_or_else(|| unreadable("frequency", &word));
    Ok(ProviderDecision {
        provider: row.get(1)?,
        date: date(&row.get::<_, String>(2)?)?,
        order: first
            .zip(second)
            .map(|(first, second)| [DisciplineId::new(first), DisciplineId::new(second)]),
        spacing: spacing.map(|kind| read_spacing(&kind, row, 6)).transpose()?,
        frequency: frequency.map(read_frequency).transpose()?.map(Into::into),
        note: row.get(10)?,
    })
}

/// The identifiers of patients in whose names every given word occurs, by name.
pub(crate) fn matching(connection: &Connection, text: &str, limit: u32) -> Result<Vec<String>> {
    let words: Vec<String> = text.split_whitespace().map(fold).collect();
    let words = serde_json::Value::from(words).to_string();
    connection
        .prepare_cached(
            "SELECT id FROM patient
             WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(patient.folded_name, value) = 0)
             ORDER BY folded_name, number LIMIT ?2",
        )?
        .query_and_then(params![words, limit], |row| Ok(row.get(0)?))?
        .collect()
}

/// What is searched of all patients, or of some, in the order they were added.
pub(crate) fn lines(connection: &Connection, of: Option<&[PatientId]>) -> Result<Vec<PatientLine>> {
    let chosen = of.map_or_else(Chosen::all, |ids| Chosen::some(ids.iter().map(PatientId::as_str)));
    let select = "SELECT id, name, phone, email, date_of_birth FROM patient";
    rows(connection, select, "id", "number", &chosen, |row| {
        Ok(PatientLine {
            id: PatientId::new(row.get::<_, String>(0)?),
            name: row.get(1)?,
            phone: row.get(2)?,
            email: row.get(3)?,
            date_of_birth: optional_date(row.get::<_, Option<String>>(4)?.as_deref())?,
        })
    })
}

pub(crate) fn write(connection: &Connection, patient: &Patient, place: Option<i64>) -> Result<()> {
    let id = patient.id.as_str();
    connection
        .prepare_cached(
            "INSERT INTO patient (number, id, name, folded_name, phone, email, date_of_birth, notes)
             VALUES ((SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM patient WHERE number = ?1)), ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded_name = excluded.folded_name,
                phone = excluded.phone, email = excluded.email, date_of_birth = excluded.date_of_birth,
                notes = excluded.notes",
        )?
        .execute(params![
            place,
            id,
            patient.name,
            fold(&patient.name),
            patient.contact.phone,
            patient.contact.email,
            patient.date_of_birth.map(|date| date.to_string()),
            patient.notes
        ])?;
    for clear in [
        "DELETE FROM patient_availability WHERE patient = ?1",
        "DELETE FROM patient_sensitivity WHERE patient = ?1",
        "DELETE FROM insurance_cover WHERE patient = ?1",
        "DELETE FROM provider_decision WHERE patient = ?1",
    ] {
        connection.prepare_cached(clear)?.execute([id])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO patient_availability (patient, position, weekday, from_minute, to_minute)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, window) in patient.availability.iter().enumerate() {
        let weekday = window.weekday.num_days_from_monday();
        add.execute(params![
            id,
            position as i64,
            weekday,
            window.from.minutes(),
            window.to.minutes()
        ])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO patient_sensitivity (patient, position, sensitivity) VALUES (?1, ?2, ?3)",
    )?;
    for (position, sensitivity) in patient.sensitivities.iter().enumerate() {
        add.execute(params![id, position as i64, sensitivity])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO insurance_cover (patient, position, discipline, visits, until) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, cover) in patient.covers.iter().enumerate() {
        let until = cover.until.to_string();
        add.execute(params![
            id,
            position as i64,
            cover.discipline.as_str(),
            cover.visits,
            until
        ])?;
    }
    let mut add = connection.prepare_cached(
        "INSERT INTO provider_decision (patient, position, provider, date, first_discipline, second_discipline,
            spacing, max_wait_minutes, min_hours, max_hours, frequency, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    for (position, decision) in patient.provider_decisions.iter().enumerate() {
        let (kind, wait, least, greatest) = decision
            .spacing
            .map(spacing_columns)
            .map_or((None, None, None, None), |(kind, wait, least, greatest)| {
                (Some(kind), wait, least, greatest)
            });
        add.execute(params![
            id,
            position as i64,
            decision.provider,
            decision.date.to_string(),
            decision.order.as_ref().map(|order| order[0].as_str()),
            decision.order.as_ref().map(|order| order[1].as_str()),
            kind,
            wait,
            least,
            greatest,
            decision
                .frequency
                .map(|frequency| FrequencyImage::from(frequency).as_str()),
            decision.note
        ])?;
    }
    Ok(())
}
