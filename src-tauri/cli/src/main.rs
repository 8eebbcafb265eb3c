//! The `ordo` command: everything the desk does, for people at a terminal and for scripts.

mod args;
mod commands;
mod failure;
mod host;
mod open;
mod output;
mod passwords;
mod words;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use ordo_desk::shown;

use crate::args::Arguments;
use crate::failure::Failure;
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() && std::env::args_os().any(|argument| argument == "--json") => {
            return end(&Failure::usage(&error.to_string()), Output { json: true });
        }
        Err(error) => error.exit(),
    };
    let output = Output { json: arguments.json };
    commands::run(&arguments, output).unwrap_or_else(|failure| end(&failure, output))
}

fn end(failure: &Failure, output: Output) -> ExitCode {
    let text = if output.json {
        failure.json().to_string()
    } else {
        format!("ordo: {}", shown(&failure.message))
    };
    // Where even this cannot be written the exit code still tells.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
    ExitCode::from(failure.exit as u8)
}
