//! One function a command.

mod audit;
mod backup;
mod calendar;
mod clinic;
mod ics;
mod import_ics;
mod import_patients;
mod journal;
mod key;
mod plan;
mod propose;
mod publish;
mod sharing;
mod tour;
mod visit;

use std::process::ExitCode;

use clap::CommandFactory;

use crate::args::{Arguments, Command};
use crate::failure::Failure;
use crate::output::Output;

/// Runs the command.
pub fn run(arguments: &Arguments, output: Output) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Command::Demo(demo) => clinic::demo(arguments, demo, output)?,
        Command::Import { file } => clinic::import(arguments, file, output)?,
        Command::ImportIcs(import) => import_ics::import_ics(arguments, import, output)?,
        Command::ImportPatients(import) => import_patients::import_patients(arguments, import, output)?,
        Command::Export { file } => clinic::export(arguments, file, output)?,
        Command::Decide(case) => propose::decide(arguments, case, output)?,
        Command::Plan(files) => return plan::plan(files, output),
        Command::Propose(ask) => propose::propose(arguments, ask, output)?,
        Command::Book {
            ask,
            proposal,
            reason,
        } => propose::book(arguments, ask, *proposal as usize, reason, output)?,
        Command::Why(question) => return visit::why(arguments, question, output),
        Command::Day { date } => calendar::day(arguments, *date, output)?,
        Command::Week {
            date,
            practitioner,
            room,
        } => {
            calendar::week(arguments, *date, practitioner.as_deref(), room.as_deref(), output)?;
        }
        Command::Series { id, patient } => {
            calendar::series(arguments, id.as_deref(), patient.as_deref(), output)?
        }
        Command::Status {
            appointment,
            status,
            reason,
        } => {
            visit::status(arguments, appointment, *status, reason, output)?;
        }
        Command::Move {
            appointment,
            to,
            practitioner,
            room,
            override_reason,
        } => {
            let to = ordo_desk::Move {
                start: *to,
                practitioner: practitioner.as_deref().map(Into::into),
                room: room.as_deref().map(Into::into),
                minutes: None,
                override_reason: override_reason.clone(),
            };
            visit::move_visit(arguments, appointment, &to, output)?;
        }
        Command::Undo { entry } => journal::undo(arguments, *entry, output)?,
        Command::Redo { entry } => journal::redo(arguments, *entry, output)?,
        Command::Journal(ask) => return journal::journal(arguments, ask, output),
        Command::Backup { folder } => backup::backup(arguments, folder.as_deref(), output)?,
        Command::Backups => backup::backups(arguments, output)?,
        Command::Restore { backup } => backup::restore(arguments, backup, output)?,
        Command::Inspect => return backup::inspect(arguments, output),
        Command::Audit { clinic } => return audit::audit(arguments, clinic.as_deref(), output),
        Command::Ics(ics) => ics::ics(arguments, ics, output)?,
        Command::Key(command) => key::key(arguments, command, output)?,
        Command::Sharing(share) => sharing::share(arguments, share, output)?,
        Command::Folder { folder, watch } => sharing::folder(arguments, folder, *watch, output)?,
        Command::Serve(serve) => sharing::serve(arguments, serve, output)?,
        Command::Publish(publish) => publish::publish(arguments, publish, output)?,
        Command::Tour => return tour::tour(arguments, output),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "ordo", &mut script);
            output.line(&String::from_utf8_lossy(&script))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
