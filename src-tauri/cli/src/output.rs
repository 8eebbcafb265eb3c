//! What goes out: text or JSON to standard output, files all or nothing.

use std::io::{self, Read, Write};
use std::path::Path;

use ordo_desk::{Cause, Language, unread, unwritten, write_whole};
use serde_json::Value;

use crate::failure::Failure;

/// Standard output, as text or as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Whether JSON was asked for.
    pub json: bool,
}

impl Output {
    /// Prints an answer in the form that was asked for.
    pub fn answer(self, text: impl FnOnce() -> String, json: impl FnOnce() -> Value) -> Result<(), Failure> {
        if self.json {
            self.line(&json().to_string())
        } else {
            self.line(text().trim_end())
        }
    }

    /// Prints a line.
    pub fn line(self, text: &str) -> Result<(), Failure> {
        match writeln!(io::stdout().lock(), "{text}") {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
            Err(error) => {
                let cause = Cause::from(error).words(Language::English);
                Err(Failure::file(format!(
                    "standard output cannot be written: {cause}"
                )))
            }
            Ok(()) => Ok(()),
        }
    }
}

/// Writes a file whole or not at all: into a neighbour first, which then takes its name.
pub fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        let words = unwritten(path, &error, Language::English);
        Failure::file(format!("{words}. Nothing was written"))
    };
    write_whole(path, text).map_err(failed)
}

/// Reads at most so many octets of a file, or of standard input where its name is `-`.
pub fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::file(unread(path, &error, Language::English))),
    }
}

/// Reads a file as text.
pub fn read_file(path: &Path) -> Result<String, Failure> {
    const MOST: u64 = 1 << 30;
    let failed = |why: String| Failure::file(format!("{} cannot be read: {why}", path.display()));
    if path.metadata().is_ok_and(|found| found.len() > MOST) {
        return Err(failed(
            "it is larger than 1 GiB, which no clinic file is".to_owned(),
        ));
    }
    let bytes =
        std::fs::read(path).map_err(|error| Failure::file(unread(path, &error, Language::English)))?;
    String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8 text; save it as UTF-8".to_owned()))
}
