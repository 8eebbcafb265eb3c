//! The yardsticks of the benchmark for booking a series: what SQLite takes for the same number of rows, as wide, as
//! durable and as encrypted. Prints two medians in microseconds: into plain tables, and into the store's own tables
//! and indexes, its triggers and foreign keys taken off.
//!
//! Its argument is a database of the benchmark, whose newest entries of the journal are booked series; it is spoilt.

use std::time::{Duration, Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

const VISITS: usize = 24;
/// The series, two rhythms, a practitioner for each, two usual slots.
const PARTS: usize = 7;
/// The entry of the journal, and what it says of the series and of each visit.
const ENTRIES: usize = 2 + VISITS;
const RUNS: usize = 101;
/// How many of the newest series are written again.
const SERIES: u32 = 15;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let database = std::env::args().nth(1).ok_or("a database is needed")?;
    let plain = plain_tables()?;
    let same = same_tables(&database)?;
    #[expect(clippy::print_stdout, reason = "a program for the benchmark")]
    {
        println!("{} {}", plain.as_micros(), same.as_micros());
    }
    Ok(())
}

fn open(path: impl AsRef<std::path::Path>) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    let key = "07".repeat(32);
    connection.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;"
    ))?;
    Ok(connection)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn plain_tables() -> Result<Duration, Failure> {
    let folder = tempfile::tempdir()?;
    let mut connection = open(folder.path().join("bare"))?;
    connection.execute_batch(
        "CREATE TABLE visit (id TEXT PRIMARY KEY, practitioner TEXT, patient TEXT, service TEXT, room TEXT,
           start TEXT, minutes INTEGER, buffer_minutes INTEGER, status TEXT) STRICT;
         CREATE TABLE part (owner TEXT, position INTEGER, value TEXT) STRICT;
         CREATE TABLE entry (id TEXT, image TEXT) STRICT;",
    )?;
    let mut times = Vec::new();
    for run in 0..RUNS {
        times.push(commit(&mut connection, run)?);
    }
    Ok(median(times))
}

fn commit(connection: &mut Connection, run: usize) -> rusqlite::Result<Duration> {
    // As long as the image of a visit.
    let image = "x".repeat(330);
    let began = Instant::now();
    let transaction = connection.transaction()?;
    for row in 0..VISITS {
        let mut insert =
            transaction.prepare_cached("INSERT INTO visit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        let id = format!("series-{run}-{row}");
        let start = "2030-01-07T10:00";
        insert.execute(params![
            id,
            "p0",
            "pt0",
            "physio-45",
            "room0",
            start,
            45,
            15,
            "booked"
        ])?;
    }
    for part in 0..PARTS {
        transaction
            .prepare_cached("INSERT INTO part VALUES (?, ?, ?)")?
            .execute(params![format!("series-{run}"), part as i64, "physio-45"])?;
    }
    for row in 0..ENTRIES {
        transaction
            .prepare_cached("INSERT INTO entry VALUES (?, ?)")?
            .execute(params![format!("series-{run}-{row}"), image])?;
    }
    transaction.commit()?;
    Ok(began.elapsed())
}

/// Takes booked series out and puts the very same rows back; only the latter is timed.
fn same_tables(database: &str) -> Result<Duration, Failure> {
    let mut connection = open(database)?;
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}"))?;
    }
    let newest: u32 = connection.query_row("SELECT max(seq) FROM journal", [], |row| row.get(0))?;
    let mut times = Vec::new();
    for seq in newest - SERIES + 1..=newest {
        let series: String = connection.query_row(
            "SELECT id FROM journal_change WHERE seq = ?1 AND entity = 'series'",
            [seq],
            |row| row.get(0),
        )?;
        let mut rows = Vec::new();
        for (table, column, value) in [
            ("series", "id", Value::Text(series.clone())),
            ("rhythm", "series", Value::Text(series.clone())),
            ("rhythm_practitioner", "series", Value::Text(series.clone())),
            ("usual_slot", "series", Value::Text(series.clone())),
            ("appointment", "series", Value::Text(series.clone())),
            ("journal", "seq", Value::Integer(seq.into())),
            ("journal_change", "seq", Value::Integer(seq.into())),
        ] {
            rows.extend(taken_out(&connection, table, column, &value)?);
        }
        let began = Instant::now();
        let transaction = connection.transaction()?;
        for (insert, values) in &rows {
            transaction
                .prepare_cached(insert)?
                .execute(params_from_iter(values))?;
        }
        transaction.commit()?;
        times.push(began.elapsed());
    }
    Ok(median(times))
}

/// Deletes some rows; gives each with the statement that puts it back.
fn taken_out(
    connection: &Connection,
    table: &str,
    column: &str,
    value: &Value,
) -> rusqlite::Result<Vec<(String, Vec<Value>)>> {
    let mut select = connection.prepare(&format!("SELECT * FROM {table} WHERE {column} = ?1"))?;
    let columns = select.column_count();
    let places = vec!["?"; columns].join(", ");
    let insert = format!("INSERT INTO {table} VALUES ({places})");
    let rows = select
        .query_map([value], |row| {
            (0..columns).map(|column| row.get(column)).collect()
        })?
        .map(|values| Ok((insert.clone(), values?)))
        .collect::<rusqlite::Result<Vec<_>>>()?;
    connection.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [value])?;
    Ok(rows)
}
