//! One step of a task: a command that is shown, run, and explained when it fails.

use std::fmt;
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::output;

/// Why a step ended badly, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    step: String,
    cause: String,
    advice: String,
    last_lines: Vec<String>,
}

impl Failure {
    /// Names the step, the cause in a phrase, and what to do in a sentence.
    pub fn new(step: impl Into<String>, cause: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            step: step.into(),
            cause: cause.into(),
            advice: advice.into(),
            last_lines: Vec::new(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "xtask: {} failed: {}.\n       {}",
            self.step, self.cause, self.advice
        )
    }
}

/// Runs `command` with its output shown; `advice` says what to do when it fails.
pub fn execute(step: &str, command: &mut Command, advice: &str) -> Result<(), Failure> {
    println!("\n── {step}: {}", words(command));
    let mut last_lines = Vec::new();
    let cause = match output::run(command) {
        Ok((status, _)) if status.success() => return Ok(()),
        Ok((status, lines)) => {
            last_lines = lines;
            match status.code() {
                Some(code) => format!("`{}` ended with exit code {code}", words(command)),
                None => format!("`{}` was stopped by a signal", words(command)),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            format!(
                "there is no program `{}`",
                command.get_program().to_string_lossy()
            )
        }
        Err(error) => format!("`{}` could not start: {error}", words(command)),
    };
    Err(Failure {
        last_lines,
        ..Failure::new(step, cause, advice)
    })
}

fn words(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How one step of a longer task went.
#[derive(Debug)]
pub enum Outcome {
    /// It did what it should.
    Passed,
    /// It found a fault or could not run.
    Failed(Failure),
    /// It does not exist on this system, for the reason given.
    NotHere(String),
}

/// The steps of a longer task with the time that each took.
#[derive(Debug, Default)]
pub struct Summary {
    rows: Vec<(String, Duration, Outcome)>,
}

impl Summary {
    /// Runs one step and keeps its outcome; a later step runs even when this one fails.
    pub fn record(&mut self, name: &str, step: impl FnOnce() -> Result<Outcome, Failure>) {
        let start = Instant::now();
        let outcome = step().unwrap_or_else(Outcome::Failed);
        if let Outcome::Failed(failure) = &outcome {
            eprintln!("\n{failure}");
        }
        self.rows.push((name.to_owned(), start.elapsed(), outcome));
    }

    /// Prints what the failed steps said last and the table, and returns the failure of the whole, which names every
    /// failed step.
    pub fn finish(self) -> Result<(), Failure> {
        let failures: Vec<&Failure> = self
            .rows
            .iter()
            .filter_map(|(_, _, outcome)| match outcome {
                Outcome::Failed(failure) => Some(failure),
                Outcome::Passed | Outcome::NotHere(_) => None,
            })
            .collect();
        for failure in failures.iter().filter(|failure| !failure.last_lines.is_empty()) {
            println!("\n── what {} said last", failure.step);
            println!("{}", failure.last_lines.join("\n"));
        }
        println!("\n{}", self.table());
        match failures.as_slice() {
            [] => Ok(()),
            [only] => Err((*only).clone()),
            several => Err(Failure::new(
                several
                    .iter()
                    .map(|failure| failure.step.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
                format!("{} steps found faults", several.len()),
                several
                    .iter()
                    .map(|failure| format!("{}: {}", failure.step, failure.advice))
                    .collect::<Vec<_>>()
                    .join("\n       "),
            )),
        }
    }

    fn table(&self) -> String {
        let width = self
            .rows
            .iter()
            .map(|(name, _, _)| name.len())
            .max()
            .unwrap_or(0)
            .max("total".len());
        let mut lines: Vec<String> = self
            .rows
            .iter()
            .map(|(name, time, outcome)| {
                let word = match outcome {
                    Outcome::Passed => "ok".to_owned(),
                    Outcome::Failed(_) => "FAILED".to_owned(),
                    Outcome::NotHere(reason) => format!("not run here: {reason}"),
                };
                format!("{name:width$}  {:>8.1} s  {word}", time.as_secs_f64())
            })
            .collect();
        let total: Duration = self.rows.iter().map(|(_, time, _)| *time).sum();
        lines.push(format!("{:width$}  {:>8.1} s", "total", total.as_secs_f64()));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(step: &str) -> Failure {
        Failure::new(step, "it broke", "Mend it.")
    }

    #[test]
    fn a_missing_program_is_named() {
        let failed = execute(
            "lint",
            &mut Command::new("no-such-program-of-ordo"),
            "Install it.",
        );
        assert_eq!(
            failed.unwrap_err().to_string(),
            "xtask: lint failed: there is no program `no-such-program-of-ordo`.\n       Install it."
        );
    }

    #[test]
    fn a_step_after_a_failed_one_still_runs_and_the_whole_fails() {
        let mut summary = Summary::default();
        let mut later = false;
        summary.record("first", || Err(failure("first")));
        summary.record("second", || {
            later = true;
            Ok(Outcome::Passed)
        });
        assert!(later);
        assert_eq!(summary.finish(), Err(failure("first")));
    }

    #[test]
    fn every_failed_step_is_named_at_the_end() {
        let mut summary = Summary::default();
        summary.record("first", || Err(failure("first")));
        summary.record("second", || Err(failure("second")));
        let message = summary.finish().unwrap_err().to_string();
        assert!(
            message.starts_with("xtask: first, second failed: 2 steps found faults."),
            "{message}"
        );
    }

    #[test]
    fn a_step_that_is_not_here_is_no_failure_and_says_why() {
        let mut summary = Summary::default();
        summary.record("window", || Ok(Outcome::NotHere("no driver".to_owned())));
        assert!(summary.table().contains("not run here: no driver"));
        assert_eq!(summary.finish(), Ok(()));
    }
}
