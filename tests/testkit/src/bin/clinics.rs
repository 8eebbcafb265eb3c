//! Writes one of the testkit's clinics: `clinics small|old|full|decade FOLDER`, around today in the clinic's own zone.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use chrono_tz::America::Toronto;
use ordo_testkit::clinics::{decade, full, old, small, write};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, folder] = &arguments[..] else {
        return refuse("clinics small|old|full|decade FOLDER");
    };
    let today = DateTime::<Utc>::from(SystemTime::now())
        .with_timezone(&Toronto)
        .date_naive();
    let made = match name.as_str() {
        "small" => small(today),
        "old" => old(today),
        "full" => full(today),
        "decade" => decade(today),
        other => {
            return refuse(&format!(
                "there is no clinic {other}; small, old, full and decade there are"
            ));
        }
    };
    match write(&made, Path::new(folder), today) {
        Ok(visits) => {
            let _ = writeln!(std::io::stdout(), "{visits} visits");
            ExitCode::SUCCESS
        }
        Err(words) => refuse(&words),
    }
}

fn refuse(words: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{words}");
    ExitCode::FAILURE
}
