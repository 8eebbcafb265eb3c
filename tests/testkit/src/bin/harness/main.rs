//! Shows that nothing is lost: kills, races, full disks and flipped pages against the real program, with figures.
//!
//! `harness [kill|race|disk|page]… [--count N]`. Every part works on databases of its own in a temporary folder. The
//! same binary is the victim: `harness worker MODE DATABASE …`.

mod disk;
mod keys;
mod kill;
mod page;
mod race;
mod replace;
mod victim;
mod witness;
mod worker;

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

/// What went wrong, in words.
type Failure = String;

/// Its name, how many it does where nothing is said, and how it runs.
type Part = (&'static str, u32, fn(u32) -> Result<String, Failure>);

const PARTS: [Part; 4] = [
    ("kill", 15, kill::run),
    ("race", 80, race::run),
    ("disk", 2, disk::run),
    ("page", 4, page::run),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((first, rest)) if first == "worker" => worker::run(rest),
        _ => parts(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn parts(arguments: &[String]) -> Result<(), Failure> {
    let mut named: Vec<&str> = Vec::new();
    let mut count = None;
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--count" {
            let number = words.next().and_then(|number| number.parse().ok());
            count = Some(number.ok_or("--count needs a number")?);
        } else if PARTS.iter().any(|(name, ..)| name == word) {
            named.push(word);
        } else {
            return Err(format!(
                "there is no part {word:?}; there are kill, race, disk and page"
            ));
        }
    }
    for (name, few, run) in PARTS {
        if named.is_empty() || named.contains(&name) {
            let began = Instant::now();
            let told = run(count.unwrap_or(few)).map_err(|message| format!("{name}: {message}"))?;
            let seconds = began.elapsed().as_secs_f64();
            writeln!(std::io::stdout(), "{name}: {told} ({seconds:.0} s)").map_err(words_of)?;
        }
    }
    Ok(())
}

/// Any error in words.
fn words_of(error: impl std::fmt::Display) -> Failure {
    error.to_string()
}
