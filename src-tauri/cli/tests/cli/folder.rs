//! A folder of its own for each test, and the command in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The passphrase of what is made in a new folder.
pub const KEY: &str = "a passphrase for tests";

/// A folder, and the variables that the command is given in it.
pub struct Folder {
    place: TempDir,
    variables: &'static [(&'static str, &'static str)],
}

/// Every variable that the command looks at.
const KNOWN: [&str; 9] = [
    "ORDO_CALENDAR_PASSWORD",
    "ORDO_DATABASE",
    "ORDO_KEY",
    "ORDO_KEYCHAIN",
    "ORDO_NEW_PASSPHRASE",
    "ORDO_NOW",
    "ORDO_PASSWORD",
    "ORDO_USER",
    "XDG_DATA_HOME",
];

impl Folder {
    /// An empty one, whose databases have the passphrase and are named by each command.
    pub fn new() -> Self {
        Self::with(&[("ORDO_KEY", KEY)])
    }

    /// An empty one for a demo clinic, whose key lies beside it.
    pub fn for_demo() -> Self {
        Self::with(&[("ORDO_DATABASE", "demo.ordo")])
    }

    /// One with the demo clinic.
    pub fn demo() -> Self {
        let folder = Self::for_demo();
        folder.succeeds(&["demo", "--date", "2026-03-02"]);
        folder
    }

    fn with(variables: &'static [(&'static str, &'static str)]) -> Self {
        let place = tempfile::tempdir().unwrap();
        Self { place, variables }
    }

    pub fn path(&self) -> &Path {
        self.place.path()
    }

    pub fn at(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path().join(name)
    }

    pub fn write(&self, name: &str, value: &Value) {
        fs::write(self.at(name), value.to_string()).unwrap();
    }

    /// Holds what lies in it against names in order.
    pub fn is_clean(&self, expected: &[&str]) {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut found: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        assert_eq!(found, expected);
    }

    /// The command, on a computer without a keychain.
    pub fn ordo(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ordo"));
        command.current_dir(self.path()).stdin(Stdio::null());
        KNOWN.iter().for_each(|name| {
            command.env_remove(name);
        });
        command
            .env("ORDO_KEYCHAIN", "none")
            .env("ORDO_NOW", "2026-03-02T08:00")
            .envs(self.variables.iter().copied());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(&[], arguments)
    }

    /// The same with more variables.
    pub fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = self.ordo();
        command.envs(variables.iter().copied()).args(arguments);
        command.output().unwrap()
    }

    /// The message of a command that must fail with an exit code.
    pub fn fails(&self, arguments: &[&str], exit: i32) -> String {
        let output = self.run(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {message}");
        assert!(!message.contains("panicked"), "{message}");
        message
    }

    /// The message of a command that must fail, with whichever exit code.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// What a command that must succeed answers.
    pub fn succeeds(&self, arguments: &[&str]) -> String {
        self.succeeds_with(&[], arguments)
    }

    fn succeeds_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> String {
        let output = self.run_with(variables, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        self.json_with(&[], arguments)
    }

    /// The same with more variables.
    pub fn json_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Value {
        let arguments = [arguments, &["--json"]].concat();
        serde_json::from_str(&self.succeeds_with(variables, &arguments)).unwrap()
    }
}

/// Everything that a command said.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
