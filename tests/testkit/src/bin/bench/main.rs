//! Measures planning, growth with history, booking, calendars and feeds, and prints a table.

mod booking;
mod calendars;
mod feeds;
mod growth;
mod planning;
mod table;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use table::Table;

/// What went wrong, in words.
type Failure = String;

fn main() -> ExitCode {
    let mut table = Table::default();
    // All of them, or those that are named.
    let named: Vec<String> = std::env::args().skip(1).collect();
    type Measure = fn(&mut Table) -> Result<(), Failure>;
    let parts: [(&str, Measure); 5] = [
        ("planning", planning::measure),
        ("growth", growth::measure),
        ("booking", booking::measure),
        ("calendars", calendars::measure),
        ("feeds", feeds::measure),
    ];
    let measured = parts
        .into_iter()
        .filter(|(name, _)| named.is_empty() || named.iter().any(|wanted| wanted == name))
        .try_for_each(|(_, measure)| measure(&mut table));
    let mut output = std::io::stdout().lock();
    let written = write!(output, "{table}");
    match measured {
        Ok(()) if written.is_ok() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

/// The median time of repeated runs: at least five, at most `most`, and no more once half a second is spent.
fn median_time<T>(most: usize, mut run: impl FnMut() -> Result<T, Failure>) -> Result<Duration, Failure> {
    let began = Instant::now();
    let mut times = Vec::new();
    while times.len() < 5 || (times.len() < most && began.elapsed() < Duration::from_millis(500)) {
        let start = Instant::now();
        std::hint::black_box(run()?);
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}
