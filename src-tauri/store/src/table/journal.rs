//! The journal: entries and the records they changed. Rows are added at the end and never touched again.

use chrono::{DateTime, Utc};
use ordo_core::model::PatientId;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::chain::{self, number, text};
use super::reading::{moment, moment_text, unreadable};
use crate::chain::Content;
use crate::fault::{Fault, Result};
use crate::image;
use crate::journal::{Action, Change, Entity, Entry, EntryKind, Record, Stamp};

pub(crate) const SHAPE: &str = "
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('change', 'view', 'undo', 'redo', 'recompute')),
    action TEXT,
    of_entry INTEGER REFERENCES journal (seq),
    reason TEXT NOT NULL,
    CHECK ((kind = 'change') = (action IS NOT NULL)),
    CHECK ((kind IN ('undo', 'redo')) = (of_entry IS NOT NULL))
) STRICT;
CREATE INDEX journal_by_kind ON journal (kind, seq);
CREATE INDEX journal_by_entry ON journal (of_entry, seq) WHERE of_entry IS NOT NULL;
CREATE TABLE journal_change (
    -- Rows lie in the order they were written, a whole entry on a few pages.
    number INTEGER PRIMARY KEY CHECK (number = (seq << 32) + position),
    seq INTEGER NOT NULL REFERENCES journal (seq),
    position INTEGER NOT NULL,
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    -- Where a record that was there before stood among those of its kind.
    place INTEGER,
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after))
) STRICT;
CREATE INDEX journal_change_by_record ON journal_change (entity, id, seq);

CREATE TRIGGER journal_is_not_updated BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal grows at its end'); END;
CREATE TRIGGER journal_change_is_not_updated BEFORE UPDATE ON journal_change
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_change_is_not_deleted BEFORE DELETE ON journal_change
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_change_grows_at_its_end BEFORE INSERT ON journal_change
WHEN NEW.seq IS NOT (SELECT max(seq) FROM journal)
    OR NEW.number IS NOT coalesce(
        (SELECT iif(seq = NEW.seq, number + 1, NEW.seq << 32) FROM journal_change ORDER BY number DESC LIMIT 1),
        NEW.seq << 32)
BEGIN SELECT RAISE(ABORT, 'the journal grows at its end'); END;
";

const SELECT: &str = "SELECT seq, at, actor, kind, action, of_entry, reason FROM journal";

/// A change with where its record stood, if it was there before.
#[derive(Debug)]
pub(crate) struct PlacedChange {
    pub(crate) place: Option<i64>,
    pub(crate) change: Change,
}

/// The number of the newest entry; 0 before the first.
pub(crate) fn current_seq(connection: &Connection) -> Result<u32> {
    Ok(connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM journal")?
        .query_row([], |row| row.get(0))?)
}

/// The number of the newest entry that is no view; 0 before the first.
pub(crate) fn newest_but_views(connection: &Connection) -> Result<u32> {
    Ok(connection
        .prepare_cached(
            "SELECT max(
                (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'change'),
                (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'undo'),
                (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'redo'),
                (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'recompute'))",
        )?
        .query_row([], |row| row.get(0))?)
}

/// Adds an entry.
pub(crate) fn append(
    connection: &Connection,
    stamp: &Stamp,
    kind: EntryKind,
    changes: &[PlacedChange],
) -> Result<u32> {
    let seq = current_seq(connection)? + 1;
    let (word, action, of) = match kind {
        EntryKind::Change(action) => ("change", Some(action.as_str()), None),
        EntryKind::View => ("view", None, None),
        EntryKind::Undo { of } => ("undo", None, Some(of)),
        EntryKind::Redo { of } => ("redo", None, Some(of)),
        EntryKind::Recompute => ("recompute", None, None),
    };
    let at = moment_text(stamp.at);
    let of_entry = of.map(i64::from);
    let mut content = Content::after(&chain::end(connection)?.hash);
    for value in [
        number(Some(i64::from(seq))),
        text(Some(&at)),
        text(Some(&stamp.actor)),
        text(Some(word)),
        text(action),
        number(of_entry),
        text(Some(&stamp.reason)),
    ] {
        content.take(value);
    }
    let mut rows = Vec::with_capacity(changes.len());
    for (position, PlacedChange { place, change }) in changes.iter().enumerate() {
        let json = |record: &Option<Record>| record.as_ref().map(image::write).transpose();
        let (before, after) = (json(&change.before)?, json(&change.after)?);
        for value in [
            number(Some(i64::from(seq))),
            number(Some(position as i64)),
            text(Some(change.entity.as_str())),
            text(Some(&change.id)),
            number(*place),
            text(before.as_deref()),
            text(after.as_deref()),
        ] {
            content.take(value);
        }
        rows.push((
            position as i64,
            change.entity.as_str(),
            &change.id,
            place,
            before,
            after,
        ));
    }
    let hash = content.finish();
    connection
        .prepare_cached(
            "INSERT INTO journal (seq, at, actor, kind, action, of_entry, reason, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            seq,
            at,
            stamp.actor,
            word,
            action,
            of,
            stamp.reason,
            &hash.as_bytes()[..]
        ])?;
    let mut add = connection.prepare_cached(
        "INSERT INTO journal_change (number, seq, position, entity, id, place, before, after)
         VALUES ((?1 << 32) + ?2, ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, entity, id, place, before, after) in rows {
        add.execute(params![seq, position, entity, id, place, before, after])?;
    }
    Ok(seq)
}

/// One entry, without its changes.
pub(crate) fn head(connection: &Connection, seq: u32) -> Result<Option<Entry>> {
    let text = format!("{SELECT} WHERE seq = ?1");
    let mut statement = connection.prepare_cached(&text)?;
    let mut found = statement.query_and_then([seq], read_head)?;
    found.next().transpose()
}

/// One entry.
pub(crate) fn entry(connection: &Connection, seq: u32) -> Result<Option<Entry>> {
    let mut entry = head(connection, seq)?;
    if let Some(entry) = &mut entry {
        fill_changes(connection, entry)?;
    }
    Ok(entry)
}

/// Entries after a number, oldest first.
pub(crate) fn after(connection: &Connection, seq: u32, limit: u32) -> Result<Vec<Entry>> {
    list(
        connection,
        &format!("{SELECT} WHERE seq > ?1 ORDER BY seq LIMIT ?2"),
        params![seq, limit],
    )
}

/// The newest entries, newest first.
pub(crate) fn latest(connection: &Connection, limit: u32) -> Result<Vec<Entry>> {
    list(
        connection,
        &format!("{SELECT} ORDER BY seq DESC LIMIT ?1"),
        params![limit],
    )
}

/// Every entry that touched or viewed a record, oldest first.
pub(crate) fn of_record(connection: &Connection, entity: Entity, id: &str) -> Result<Vec<Entry>> {
    let text = format!(
        "{SELECT} WHERE seq IN (SELECT seq FROM journal_change WHERE entity = ?1 AND id = ?2) ORDER BY seq"
    );
    list(connection, &text, params![entity.as_str(), id])
}

/// When and by whom a record was first written.
pub(crate) fn first_written(
    connection: &Connection,
    entity: Entity,
    id: &str,
) -> Result<Option<(DateTime<Utc>, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT at, actor FROM journal_change JOIN journal USING (seq)
         WHERE entity = ?1 AND id = ?2 AND after IS NOT NULL ORDER BY seq LIMIT 1",
    )?;
    let mut found = statement.query_and_then(params![entity.as_str(), id], |row| {
        Ok((moment(&row.get::<_, String>(0)?)?, row.get(1)?))
    })?;
    found.next().transpose()
}

/// The patients that an entry after a number added, changed or removed.
pub(crate) fn patients_changed_after(connection: &Connection, seq: u32) -> Result<Vec<PatientId>> {
    // By number, so that only the rows of the last entries are read, whatever the journal holds.
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT id FROM journal_change
         WHERE number >= (?1 + 1) << 32 AND +entity = 'patient' AND (before IS NOT NULL OR after IS NOT NULL)",
    )?;
    let found = statement.query_and_then([seq], |row| Ok(PatientId::new(row.get::<_, String>(0)?)))?;
    found.collect()
}

/// The patients that the last entries named, newest first, imports aside.
pub(crate) fn recent_patients(connection: &Connection, limit: u32) -> Result<Vec<PatientId>> {
    let mut statement = connection.prepare_cached(
        "SELECT patient FROM (
            SELECT change.seq, CASE entity WHEN 'patient' THEN change.id
                ELSE json_extract(coalesce(after, before), '$.patient') END AS patient
            FROM (SELECT seq FROM journal WHERE ifnull(action, '') NOT IN ('import', 'import-list')
                ORDER BY seq DESC LIMIT 500) AS entry
            CROSS JOIN journal_change AS change
            WHERE change.number >= entry.seq << 32 AND change.number < (entry.seq + 1) << 32
                AND +entity IN ('patient', 'appointment', 'series'))
         WHERE patient IN (SELECT id FROM patient)
         GROUP BY patient ORDER BY max(seq) DESC, patient LIMIT ?1",
    )?;
    let found = statement.query_and_then([limit], |row| Ok(PatientId::new(row.get::<_, String>(0)?)))?;
    found.collect()
}

fn list(connection: &Connection, text: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached(text)?;
    let heads: Result<Vec<Entry>> = statement.query_and_then(params, read_head)?.collect();
    let mut entries = heads?;
    for entry in &mut entries {
        fill_changes(connection, entry)?;
    }
    Ok(entries)
}

fn fill_changes(connection: &Connection, entry: &mut Entry) -> Result<()> {
    entry.changes = changes(connection, entry.seq)?
        .into_iter()
        .map(|placed| placed.change)
        .collect();
    Ok(())
}

/// The changes of an entry in the order they were made.
pub(crate) fn changes(connection: &Connection, seq: u32) -> Result<Vec<PlacedChange>> {
    changes_upto(connection, seq, u32::MAX)
}

/// The first changes of an entry in the order they were made.
pub(crate) fn changes_upto(connection: &Connection, seq: u32, limit: u32) -> Result<Vec<PlacedChange>> {
    let mut statement = connection.prepare_cached(
        "SELECT place, entity, id, before, after FROM journal_change
         WHERE number >= ?1 << 32 AND number < (?1 + 1) << 32 ORDER BY number LIMIT ?2",
    )?;
    let found = statement.query_and_then([seq, limit], |row| {
        let entity: String = row.get(1)?;
        let entity = Entity::parse(&entity).ok_or_else(|| unreadable("kind of record", &entity))?;
        let record = |column| -> Result<Option<Record>> {
            let json: Option<String> = row.get(column)?;
            json.map(|json| image::read(entity, &json)).transpose()
        };
        Ok(PlacedChange {
            place: row.get(0)?,
            change: Change {
                entity,
                id: row.get(2)?,
                before: record(3)?,
                after: record(4)?,
            },
        })
    })?;
    found.collect()
}

pub(super) fn read_head(row: &Row<'_>) -> Result<Entry> {
    let kind: String = row.get(3)?;
    let action: Option<String> = row.get(4)?;
    let of: Option<u32> = row.get(5)?;
    let kind = match (kind.as_str(), action.as_deref().and_then(Action::parse), of) {
        ("change", Some(action), _) => EntryKind::Change(action),
        ("view", ..) => EntryKind::View,
        ("undo", _, Some(of)) => EntryKind::Undo { of },
        ("redo", _, Some(of)) => EntryKind::Redo { of },
        ("recompute", ..) => EntryKind::Recompute,
        _ => {
            return Err(Fault::Damaged(format!(
                "entry {} of the journal has no known kind",
                row.get::<_, i64>(0)?
            )));
        }
    };
    Ok(Entry {
        seq: row.get(0)?,
        at: moment(&row.get::<_, String>(1)?)?,
        actor: row.get(2)?,
        kind,
        reason: row.get(6)?,
        changes: Vec::new(),
    })
}

/// The newest undo or redo of an entry: its number, and whether it is an undo.
pub(crate) fn newest_turn(connection: &Connection, of: u32) -> Result<Option<(u32, bool)>> {
    Ok(connection
        .prepare_cached(
            "SELECT seq, kind = 'undo' FROM journal WHERE of_entry = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([of], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

/// The newest change that is in force; none when all are undone.
pub(crate) fn newest_in_force(connection: &Connection) -> Result<Option<u32>> {
    Ok(connection
        .prepare_cached(
            "SELECT seq FROM journal AS entry WHERE kind = 'change' AND action NOT IN ('edit-access', 'edit-sharing', 'update') AND NOT coalesce(
                (SELECT turn.kind = 'undo' FROM journal AS turn WHERE turn.of_entry = entry.seq ORDER BY turn.seq DESC LIMIT 1),
                0)
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// The newest change, in force or not.
pub(crate) fn newest_change(connection: &Connection) -> Result<Option<u32>> {
    Ok(connection
        .prepare_cached("SELECT seq FROM journal WHERE kind = 'change' ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// The entry that was undone last, after every change, and is not redone.
pub(crate) fn newest_undone(connection: &Connection) -> Result<Option<u32>> {
    Ok(connection
        .prepare_cached(
            "SELECT of_entry FROM journal AS turn
             WHERE kind = 'undo' AND seq > (SELECT coalesce(max(seq), 0) FROM journal WHERE kind = 'change')
                AND NOT EXISTS (SELECT 1 FROM journal AS later WHERE later.of_entry = turn.of_entry AND later.seq > turn.seq)
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// The highest revision that a visit ever had, as far as the journal knows.
pub(crate) fn highest_revision(connection: &Connection, id: &str) -> Result<u32> {
    Ok(connection
        .prepare_cached(
            "SELECT max(coalesce(max(coalesce(json_extract(before, '$.revision'), 0)), 0),
                        coalesce(max(coalesce(json_extract(after, '$.revision'), 0)), 0))
             FROM journal_change WHERE entity = 'appointment' AND id = ?1",
        )?
        .query_row([id], |row| row.get(0))?)
}
