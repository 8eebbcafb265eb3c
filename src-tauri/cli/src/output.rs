//! What goes out: text or JSON to standard output, files all or nothing.

use std::io::{self, Read, Write};
use std::path::Path;

use ordo_desk::{Cause, Language, named, shown, unread, unwritten, write_whole};
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
            self.line(shown(text().trim_end()).as_ref())
        }
    }

    /// Prints what would be in a file, octet for octet but for the end, or an answer as JSON.
    pub fn file(self, text: &str, json: impl FnOnce() -> Value) -> Result<(), Failure> {
        if self.json {
            self.line(&json().to_string())
        } else {
            self.line(text.trim_end())
        }
    }

    /// Prints a line.
    pub fn line(self, text: &str) -> Result<(), Failure> {
        self.seen(text, "").or_else(|(kind, failure)| match kind {
            // Whoever reads has seen enough.
            io::ErrorKind::BrokenPipe => std::process::exit(0),
            _ => Err(failure),
        })
    }

    /// Prints a line that somebody must be able to see before anything is changed.
    pub fn line_before_change(self, text: &str) -> Result<(), Failure> {
        self.seen(text, ". Nothing was changed")
            .map_err(|(_, failure)| failure)
    }

    fn seen(self, text: &str, after: &str) -> Result<(), (io::ErrorKind, Failure)> {
        writeln!(io::stdout().lock(), "{text}").map_err(|error| {
            let kind = error.kind();
            let cause = Cause::from(error).words(Language::English);
            let text = format!("standard output cannot be written: {cause}{after}");
            (kind, Failure::file(text))
        })
    }
}

/// Tells something beside the answer, which stays what programs read.
pub fn aside(words: &str) {
    // Nothing is lost where it cannot be told.
    let _ = writeln!(io::stderr().lock(), "ordo: {}", shown(words));
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

/// Reads a file as text, or standard input where its name is `-`.
pub fn read_file(path: &Path) -> Result<String, Failure> {
    read_text(path, 1 << 30)
}

fn read_text(path: &Path, most: u64) -> Result<String, Failure> {
    let failed = |why: &str| Failure::file(format!("{} cannot be read: {why}", named(path)));
    let bytes = match path.metadata() {
        Ok(found) if found.len() > most => None,
        // A device or a pipe says no length, and may go on for ever.
        _ => Some(read_bytes(path, most + 1)?).filter(|bytes| bytes.len() as u64 <= most),
    };
    let bytes = bytes.ok_or_else(|| failed("it is larger than 1 GiB, which no such file is"))?;
    String::from_utf8(bytes).map_err(|_| failed("it is not UTF-8 text; save it as UTF-8"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_given_up() {
        let failure = read_text(Path::new("/dev/zero"), 100).expect_err("it is endless");
        assert!(failure.message.contains("/dev/zero cannot be read: it is larger"));
        assert_eq!(read_text(Path::new("/dev/null"), 0).expect("nothing"), "");
    }
}
