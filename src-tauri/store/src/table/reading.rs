//! What reading rows has in common.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc, Weekday};
use ordo_core::time::TimeOfDay;
use rusqlite::{Connection, Row};

use super::Placed;
use crate::fault::{Fault, Result};

/// Which records are read: all, or those of some identifiers.
pub(crate) struct Chosen(Option<String>);

impl Chosen {
    /// Every record.
    pub(crate) fn all() -> Self {
        Self(None)
    }

    /// The record of one identifier.
    pub(crate) fn one(id: &str) -> Self {
        Self::some([id])
    }

    /// The records of some identifiers.
    pub(crate) fn some<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let list: Vec<&str> = ids.into_iter().collect();
        Self(Some(serde_json::Value::from(list).to_string()))
    }

    /// The condition on a column, to stand behind the table's name.
    fn condition(&self, column: &str) -> String {
        match &self.0 {
            Some(_) => format!(" WHERE {column} IN (SELECT value FROM json_each(?1))"),
            None => String::new(),
        }
    }
}

/// Reads the chosen records of a table in their order.
///
/// `select` is the statement up to the table's name; `key` the column of identifiers; `read` maps a row.
pub(super) fn rows<T>(
    connection: &Connection,
    select: &str,
    key: &str,
    order: &str,
    chosen: &Chosen,
    read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let text = format!("{select}{} ORDER BY {order}", chosen.condition(key));
    let mut statement = connection.prepare_cached(&text)?;
    let found = match &chosen.0 {
        Some(ids) => statement.query_and_then([ids], read)?,
        None => statement.query_and_then([], read)?,
    };
    found.collect()
}

/// Reads the chosen records of a table whose first column is their place.
pub(super) fn placed<T>(
    connection: &Connection,
    select: &str,
    key: &str,
    order: &str,
    chosen: &Chosen,
    mut read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<Placed<T>>> {
    rows(connection, select, key, order, chosen, |row| {
        Ok(Placed {
            place: row.get(0)?,
            value: read(row)?,
        })
    })
}

/// The rows of a table that belongs to another, by the record they belong to, which is the first column.
pub(super) struct Parts<T>(HashMap<String, Vec<T>>);

impl<T> Parts<T> {
    /// Reads the parts of the chosen records; `owner` is the first column.
    pub(super) fn read(
        connection: &Connection,
        select: &str,
        owner: &str,
        chosen: &Chosen,
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Self> {
        let mut parts: HashMap<String, Vec<T>> = HashMap::new();
        let order = format!("{owner}, position");
        let each = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, read(row)?));
        for (owner, part) in rows(connection, select, owner, &order, chosen, each)? {
            parts.entry(owner).or_default().push(part);
        }
        Ok(Self(parts))
    }

    /// The parts of one record, to be completed.
    pub(super) fn of(&mut self, owner: &str) -> Option<&mut Vec<T>> {
        self.0.get_mut(owner)
    }

    /// Takes the parts of one record.
    pub(super) fn take(&mut self, owner: &str) -> Vec<T> {
        self.0.remove(owner).unwrap_or_default()
    }
}

/// A local time as it is kept.
pub(crate) fn local(text: &str) -> Result<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| unreadable("local time", text))
}

/// A date as it is kept.
pub(super) fn date(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| unreadable("date", text))
}

/// A date as it is kept, where there may be none.
pub(super) fn optional_date(text: Option<&str>) -> Result<Option<NaiveDate>> {
    text.map(date).transpose()
}

/// A moment as it is kept.
pub(super) fn moment(text: &str) -> Result<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .map(|moment| moment.to_utc())
        .map_err(|_| unreadable("moment", text))
}

/// The text of a moment, exact.
pub(super) fn moment_text(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A weekday counted from Monday, 0 to 6.
pub(super) fn weekday(number: u8) -> Result<Weekday> {
    Weekday::try_from(number).map_err(|_| unreadable("weekday", &number.to_string()))
}

/// A time of day in minutes.
pub(super) fn time_of_day(minutes: u32) -> Result<TimeOfDay> {
    TimeOfDay::from_minutes(minutes).ok_or_else(|| unreadable("time of day", &minutes.to_string()))
}

pub(super) fn unreadable(kind: &str, text: &str) -> Fault {
    Fault::Damaged(format!("\"{text}\" is no {kind}"))
}
