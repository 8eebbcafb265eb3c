//! Another process that works on a database, to be raced against, limited or killed.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use ordo_desk::{Desk, Host, Key, Language, beside, demo};

use crate::{Failure, words_of};

/// The day that everything lies around.
pub const TODAY: (i32, u32, u32) = (2026, 6, 1);

/// How many visits every series of the harness has.
pub const VISITS: usize = 8;

/// The day as a date.
pub fn today() -> NaiveDate {
    let (year, month, day) = TODAY;
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// The key of every database of the harness, and of the fixture.
pub fn key() -> Key {
    Key::from_bytes([7; 32])
}

/// A host whose identifiers never repeat, also across processes.
#[derive(Debug)]
pub struct Victim(std::cell::Cell<u64>, u32);

impl Victim {
    /// The host of one process.
    pub fn new() -> Self {
        Self(std::cell::Cell::new(0), std::process::id())
    }
}

impl Host for Victim {
    fn now(&self) -> DateTime<Utc> {
        let (year, month, day) = TODAY;
        let noon = NaiveDate::from_ymd_opt(year, month, day).and_then(|date| date.and_hms_opt(12, 0, 0));
        noon.unwrap_or_default().and_utc()
    }

    fn new_id(&self) -> String {
        self.0.set(self.0.get() + 1);
        let nanos = std::time::UNIX_EPOCH.elapsed().map_or(0, |time| time.as_nanos());
        format!("h-{}-{}-{nanos}", self.1, self.0.get())
    }

    fn actor(&self) -> String {
        "harness".to_owned()
    }
}

/// Opens a desk.
pub fn open(database: &Path) -> Result<Desk<Victim>, Failure> {
    Desk::open(database, &key(), Victim::new()).map_err(words_of)
}

/// A database with the demo clinic, made once and copied for each use.
pub fn template(folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join("template.ordo");
    let mut desk = Desk::create(&path, &key(), Victim::new()).map_err(words_of)?;
    let records = demo::records(today(), Language::English).map_err(words_of)?;
    desk.import_records(&records, "").map_err(words_of)?;
    Ok(path)
}

/// A fresh copy of a closed database, with nothing left of the one before.
pub fn fresh(template: &Path, database: &Path) -> Result<(), Failure> {
    for suffix in [
        "-wal",
        "-shm",
        "-journal",
        ".restoring",
        ".restore",
        ".version-1",
        ".chain",
    ] {
        let _ = std::fs::remove_file(beside(database, suffix));
    }
    std::fs::copy(template, database).map_err(words_of)?;
    Ok(())
}

/// What is done to a worker's disk.
#[derive(Clone, Copy, Debug)]
pub enum Harm {
    /// No file may grow beyond so many blocks of 512 bytes.
    Limit { blocks: u32 },
    /// One write, sync or truncation fails, counted from 1, with an error of the system; and those after it where it
    /// `stays`.
    Write {
        number: u32,
        error: &'static str,
        stays: bool,
    },
}

impl Harm {
    /// Whether failing writes can be had here.
    pub fn can_fail_writes() -> bool {
        cfg!(target_os = "linux")
            && Command::new("strace")
                .args(["-qq", "-o", "/dev/null", "true"])
                .status()
                .is_ok_and(|status| status.success())
    }

    fn command(self, program: &Path) -> Command {
        match self {
            Self::Limit { blocks } => {
                let mut shell = Command::new("sh");
                // Ignored, the signal becomes the error of a full disk.
                let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
                shell.args(["-c", &script]).arg(program);
                shell
            }
            Self::Write { number, error, stays } => {
                let calls = "pwrite64,ftruncate,fsync,fdatasync";
                let when = if stays { "+" } else { "" };
                let mut tracer = Command::new("strace");
                tracer
                    .args(["-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", "-e"])
                    .arg(format!("trace={calls}"))
                    .arg("-e")
                    .arg(format!("inject={calls}:error={error}:when={number}{when}"))
                    .arg(program);
                tracer
            }
        }
    }
}

/// A process of this very binary.
pub struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a worker, whose disk may come to harm.
    pub fn start(arguments: &[&str], harm: Option<Harm>) -> Result<Self, Failure> {
        let this = std::env::current_exe().map_err(words_of)?;
        let mut command = match harm {
            None => Command::new(this),
            Some(harm) => harm.command(&this),
        };
        let mut child = command
            .arg("worker")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(words_of)?;
        let output = child.stdout.take().ok_or("the worker has no output")?;
        Ok(Self {
            child,
            output: BufReader::new(output),
        })
    }

    /// Waits until the worker says that it has begun.
    pub fn await_ready(&mut self) -> Result<(), Failure> {
        let mut line = String::new();
        self.output.read_line(&mut line).map_err(words_of)?;
        if line.trim() == "ready" {
            Ok(())
        } else {
            Err(format!("the worker did not begin: {line:?}"))
        }
    }

    /// Kills the worker after a while, with no chance to put anything in order; gives what it had said until then and
    /// whether it was still at work.
    pub fn kill_after(mut self, wait: Duration) -> Result<(Vec<String>, bool), Failure> {
        std::thread::sleep(wait);
        let was_at_work = self.child.try_wait().map_err(words_of)?.is_none();
        // An error means that it ended by itself meanwhile.
        let _ = self.child.kill();
        self.child.wait().map_err(words_of)?;
        Ok((self.rest()?, was_at_work))
    }

    /// Kills the worker likewise a while after something can be seen of it from outside.
    pub fn kill_after_sight(
        mut self,
        seen: impl Fn() -> bool,
        wait: Duration,
    ) -> Result<(Vec<String>, bool), Failure> {
        while !seen() && self.child.try_wait().map_err(words_of)?.is_none() {
            std::thread::yield_now();
        }
        self.kill_after(wait)
    }

    /// Waits for the end of the worker; gives what it said.
    pub fn finish(mut self) -> Result<Vec<String>, Failure> {
        let said = self.rest()?;
        let status = self.child.wait().map_err(words_of)?;
        if status.success() {
            Ok(said)
        } else {
            Err(format!("a worker failed ({status}): {:?}", said.last()))
        }
    }

    fn rest(&mut self) -> Result<Vec<String>, Failure> {
        let mut text = String::new();
        self.output.read_to_string(&mut text).map_err(words_of)?;
        // A line without its end was not said.
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        Ok(whole.lines().map(str::to_owned).collect())
    }
}
