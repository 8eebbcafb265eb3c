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

use crate::args::Arguments;
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output { json: arguments.json };
    match commands::run(&arguments, output) {
        Ok(code) => code,
        Err(failure) => {
            let text = if output.json {
                failure.json().to_string()
            } else {
                format!("ordo: {}", failure.message)
            };
            // Where even this cannot be written the exit code still tells.
            let _ = writeln!(std::io::stderr().lock(), "{text}");
            ExitCode::from(failure.exit as u8)
        }
    }
}
