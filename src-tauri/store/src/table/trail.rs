//! Searching the journal by actor, patient, kind and time. Each has an index, so that the cost is that of what fits.

use chrono::{DateTime, Utc};
use ordo_core::model::PatientId;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::chain;
use super::journal::{changes_upto, read_head};
use super::reading::moment_text;
use crate::chain::Hash;
use crate::fault::Result;
use crate::trail::{Search, Sought, Trace};

/// The newest entries that fit.
pub(crate) fn search(
    connection: &Connection,
    search: &Search,
    before: Option<u32>,
    limit: u32,
) -> Result<Vec<Trace>> {
    let (conditions, mut values) = conditions(search, before);
    values.push(Value::from(limit));
    let text = format!(
        "SELECT seq, at, actor, kind, action, of_entry, reason FROM journal
         WHERE {conditions} ORDER BY seq DESC LIMIT ?"
    );
    let mut statement = connection.prepare_cached(&text)?;
    let heads: Result<Vec<_>> = statement
        .query_and_then(params_from_iter(values), read_head)?
        .collect();
    heads?
        .into_iter()
        .map(|mut entry| {
            entry.changes = changes_upto(connection, entry.seq, Trace::SHOWN)?
                .into_iter()
                .map(|placed| placed.change)
                .collect();
            Ok(Trace {
                records: count(connection, entry.seq)?,
                hash: chain::at(connection, entry.seq)?.unwrap_or(Hash::NONE),
                entry,
            })
        })
        .collect()
}

fn conditions(search: &Search, before: Option<u32>) -> (String, Vec<Value>) {
    let mut conditions = vec!["TRUE".to_owned()];
    let mut values = Vec::new();
    let mut add = |condition: &str, value: Option<Value>| {
        conditions.push(condition.to_owned());
        values.extend(value);
    };
    if let Some(before) = before {
        add("seq < ?", Some(before.into()));
    }
    if let Some(actor) = &search.actor {
        add("actor = ?", Some(actor.clone().into()));
    }
    if let Some(patient) = &search.patient {
        add(
            // As the index says it, word for word.
            "seq IN (SELECT seq FROM journal_change WHERE entity IN ('patient', 'appointment', 'series')
                 AND iif(entity = 'patient', id, json_extract(coalesce(after, before), '$.patient')) = ?)",
            Some(patient.as_str().to_owned().into()),
        );
    }
    match search.kind {
        None => {}
        Some(Sought::View) => add("kind = 'view'", None),
        Some(Sought::Turn) => add("kind IN ('undo', 'redo')", None),
        Some(Sought::Recompute) => add("kind = 'recompute'", None),
        Some(Sought::Action(action)) => {
            add(
                "kind = 'change' AND action = ?",
                Some(action.as_str().to_owned().into()),
            );
        }
    }
    if let Some(from) = search.from {
        add("at >= ?", Some(whole_second(from).into()));
    }
    if let Some(until) = search.until {
        add("at < ?", Some(whole_second(until).into()));
    }
    (conditions.join(" AND "), values)
}

/// The text that every moment of the same second, with or without a fraction, is not before.
fn whole_second(moment: DateTime<Utc>) -> String {
    let mut text = moment_text(moment);
    if let Some(end) = text.find(['.', 'Z']) {
        text.truncate(end);
    }
    text
}

fn count(connection: &Connection, seq: u32) -> Result<u32> {
    Ok(connection
        .prepare_cached(
            "SELECT count(*) FROM journal_change WHERE number >= ?1 << 32 AND number < (?1 + 1) << 32",
        )?
        .query_row([seq], |row| row.get(0))?)
}

/// Everybody in the journal, found step by step along the index.
pub(crate) fn actors(connection: &Connection) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE each (actor) AS (
            SELECT min(actor) FROM journal
            UNION ALL
            SELECT (SELECT min(journal.actor) FROM journal WHERE journal.actor > each.actor) FROM each
            WHERE each.actor IS NOT NULL)
         SELECT actor FROM each WHERE actor IS NOT NULL",
    )?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// What the journal calls a patient last.
pub(crate) fn last_name(connection: &Connection, patient: &PatientId) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached(
            "SELECT json_extract(coalesce(after, before), '$.name') FROM journal_change
             WHERE entity = 'patient' AND id = ?1 AND coalesce(after, before) IS NOT NULL
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([patient.as_str()], |row| row.get(0))
        .optional()?)
}
