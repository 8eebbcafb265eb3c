//! Prints the median microseconds of a bare commit of 24 rows, as durable and encrypted as the store's: the
//! yardstick of the benchmark for booking a series.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

const ROWS: usize = 24;
const RUNS: usize = 101;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let mut connection = Connection::open(folder.path().join("bare"))?;
    let key = "07".repeat(32);
    connection.execute_batch(&format!(
        "PRAGMA key = \"x'{key}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE visit (id TEXT PRIMARY KEY, practitioner TEXT, patient TEXT, service TEXT, room TEXT,
           start TEXT, minutes INTEGER, buffer_minutes INTEGER, status TEXT) STRICT;"
    ))?;
    let mut times = Vec::new();
    for run in 0..RUNS {
        times.push(commit(&mut connection, run)?);
    }
    times.sort_unstable();
    #[expect(clippy::print_stdout, reason = "a program for the benchmark")]
    {
        println!("{}", times[RUNS / 2].as_micros());
    }
    Ok(())
}

fn commit(connection: &mut Connection, run: usize) -> rusqlite::Result<Duration> {
    let began = Instant::now();
    let transaction = connection.transaction()?;
    for row in 0..ROWS {
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
    transaction.commit()?;
    Ok(began.elapsed())
}
