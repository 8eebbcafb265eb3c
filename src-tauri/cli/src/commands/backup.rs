//! Backups: taking one, listing them, putting one back.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;
use ordo_desk::view::backup::{BackupKind, BackupLine, BackupsView, Restored};
use ordo_desk::{
    ChosenBackup, Code, Language, backups_of, look_at, named, on_one_line, restore_over, unread,
};
use serde_json::{Value, json};

use crate::args::Arguments;
use crate::failure::{Exit, Failure};
use crate::host::SystemHost;
use crate::open;
use crate::output::{Output, aside};

/// Takes a backup; into another folder from now on, where one is named.
pub fn backup(arguments: &Arguments, folder: Option<&Path>, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    if let Some(folder) = folder {
        let whole = std::path::absolute(folder)
            .map_err(|error| Failure::new(Exit::Usage, unread(folder, &error, Language::English)))?;
        let text = whole.to_str().ok_or_else(|| {
            let text = format!(
                "the name of {} is no text in UTF-8 and cannot be kept; rename the folder",
                named(folder)
            );
            Failure::new(Exit::Usage, text)
        })?;
        desk.choose_backup_folder(text)?;
    }
    let taken = desk.back_up()?;
    let view = desk.backups()?;
    output.answer(
        || format!("Backed up to {}:\n{}", on_one_line(&view.folder), line(&taken)),
        || json!({"folder": view.folder, "backup": line_json(&taken)}),
    )
}

/// Lists the backups.
pub fn backups(arguments: &Arguments, output: Output) -> Result<(), Failure> {
    let path = open::database_path(arguments)?;
    let view = match open::open(arguments) {
        Ok(desk) => desk.backups()?,
        Err(failure) if failure.exit == Exit::Refused => return Err(failure),
        Err(failure) => {
            // The list is wanted most where the database cannot be opened.
            let view = backups_of(&path, Utc::now(), Language::English);
            if !view.are_there() {
                return Err(failure);
            }
            if path.exists() {
                aside(&failure.message);
            }
            view
        }
    };
    output.answer(|| list(&view), || list_json(&view))
}

/// Puts a backup back: looked through in a copy first; the database as it was is kept.
pub fn restore(arguments: &Arguments, backup: &Path, output: Output) -> Result<(), Failure> {
    let path = open::database_path(arguments)?;
    open::refuse_folder(&path)?;
    let name = backup.to_string_lossy();
    let chosen = chosen(&path, backup, &name)?;
    let is_there = look_at(&path).is_ok();
    let keys = open::keys(&path, if is_there { "database" } else { "backup" })?;
    let attempt = open::open_at(&path, &keys, arguments.now).and_then(|mut desk| {
        open::sign_in(&mut desk, arguments.user.as_deref())?;
        Ok(match chosen {
            ChosenBackup::File(file) => desk.restore_file(file)?,
            ChosenBackup::Listed(name) => desk.restore(name)?,
        })
    });
    let restored = match attempt {
        // What is lost, or cannot be opened or copied any more, is set aside whole.
        Err(failure) if is_broken(&failure, &path) => {
            let host = SystemHost {
                now: open::as_utc(arguments.now),
            };
            restore_over(&path, &keys, chosen, host, Language::English)?.1
        }
        other => other?,
    };
    let Restored { kept, words } = restored;
    let before = kept.as_ref().map_or(String::new(), |kept| {
        format!("\nThe database as it was is kept as {}.", named(Path::new(kept)))
    });
    output.answer(
        || format!("Done: {words}.{before}"),
        || json!({"done": words, "kept": kept}),
    )
}

/// The backup that is meant, as far as it is there.
fn chosen<'a>(database: &Path, backup: &'a Path, name: &'a str) -> Result<ChosenBackup<'a>, Failure> {
    if backup.is_file() {
        return Ok(ChosenBackup::File(backup));
    }
    let view = backups_of(database, Utc::now(), Language::English);
    if view.has(name) {
        return Ok(ChosenBackup::Listed(name));
    }
    let (place, given, folder) = (named(database), named(backup), named(Path::new(&view.folder)));
    Err(if backup.is_dir() {
        Failure::new(Exit::Refused, format!("{given} is a folder; name a backup in it"))
    } else if let Some(trouble) = view.trouble {
        Failure::new(Exit::Refused, trouble)
    } else if !view.are_there() && !database.exists() {
        let text = format!(
            "nothing is there that could be put back: no database at {place}, no backup of it in {folder}, and no file \
             {given}; check --database, or name a backup file with its whole path"
        );
        Failure::new(Exit::Database, text)
    } else {
        let text = format!(
            "there is no backup {given}: no such file, and none of that name in {folder}; `ordo backups` lists them"
        );
        Failure::new(Exit::Refused, text)
    })
}

fn is_broken(failure: &Failure, database: &Path) -> bool {
    match failure.code {
        Some(Code::Damaged | Code::Database) => true,
        Some(Code::NoClinic) => !database.exists(),
        _ => false,
    }
}

/// Looks through the whole database: every page, every index, the journal.
pub fn inspect(arguments: &Arguments, output: Output) -> Result<ExitCode, Failure> {
    let desk = open::open(arguments)?;
    let found = desk.inspect()?;
    let journal = desk.check_journal()?;
    let inventory = found.inventory;
    let problems: Vec<String> = found.problems.iter().chain(&journal.faults).cloned().collect();
    output.answer(
        || {
            let mut lines = vec![format!(
                "{} patients, {} visits, {} series, {} entries of the journal.",
                inventory.patients, inventory.appointments, inventory.series, inventory.newest.seq
            )];
            if problems.is_empty() {
                lines.push("The file is sound.".to_owned());
            } else {
                lines.extend(problems.iter().map(|problem| format!("FAULT: {problem}")));
                lines.push("Put a backup back with `ordo restore`; `ordo backups` lists them.".to_owned());
            }
            lines.join("\n")
        },
        || {
            json!({"patients": inventory.patients, "appointments": inventory.appointments,
                   "series": inventory.series, "entries": inventory.newest.seq, "problems": problems})
        },
    )?;
    Ok(if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Exit::No as u8)
    })
}

fn list(view: &BackupsView) -> String {
    let mut lines = vec![format!("Backups in {}:", on_one_line(&view.folder))];
    lines.extend(view.backups.iter().map(line));
    if view.backups.is_empty() {
        lines.push("None yet; `ordo backup` takes one.".to_owned());
    }
    if !view.kept.is_empty() {
        lines.push("Kept beside the database as it was before a backup was put back:".to_owned());
        lines.extend(view.kept.iter().map(line));
    }
    lines.extend(view.trouble.clone());
    lines.join("\n")
}

fn line(backup: &BackupLine) -> String {
    let (at, kilobytes) = (backup.at.format("%Y-%m-%d %H:%M"), backup.kilobytes);
    let kind = backup.kind.map_or("", BackupKind::as_str);
    let entry = backup
        .entry
        .map_or(String::new(), |entry| format!("up to entry {entry}"));
    let name = on_one_line(&backup.name);
    format!("  {at}  {kind:<8} {kilobytes:>8} kB  {entry:<20} {name}")
}

fn line_json(backup: &BackupLine) -> Value {
    json!({"name": backup.name, "at": backup.at.format("%Y-%m-%dT%H:%M:%S").to_string(),
           "kind": backup.kind.map(BackupKind::as_str), "entry": backup.entry, "kilobytes": backup.kilobytes})
}

fn list_json(view: &BackupsView) -> Value {
    let backups: Vec<Value> = view.backups.iter().map(line_json).collect();
    let kept: Vec<Value> = view.kept.iter().map(line_json).collect();
    json!({"folder": view.folder, "trouble": view.trouble, "backups": backups, "kept": kept})
}
