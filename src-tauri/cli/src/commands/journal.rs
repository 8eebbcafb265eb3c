//! The journal, undo and redo.

use std::process::ExitCode;

use ordo_desk::view::journal::{JournalAsk, JournalLine};
use ordo_desk::{Code, Desk, Entry, EntryKind, Host, Which};
use serde_json::{Value, json};

use super::clinic::write_text;
use crate::args::{Arguments, Journal};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::Output;

/// Takes a change back.
pub fn undo(arguments: &Arguments, entry: Option<u32>, output: Output) -> Result<(), Failure> {
    let done = open::open(arguments)?.undo(which(entry), "")?;
    output.answer(|| format!("Took back: {}", line(&done)), || entry_json(&done))
}

/// Makes an undone change again.
pub fn redo(arguments: &Arguments, entry: Option<u32>, output: Output) -> Result<(), Failure> {
    let done = open::open(arguments)?.redo(which(entry), "")?;
    output.answer(|| format!("Made again: {}", line(&done)), || entry_json(&done))
}

/// Shows, writes or checks the journal.
pub fn journal(arguments: &Arguments, ask: &Journal, output: Output) -> Result<ExitCode, Failure> {
    let mut desk = open::open(arguments)?;
    if ask.accept {
        desk.accept_journal()?;
        let text = "The journal is taken for the right one as it is.";
        output.answer(|| text.to_owned(), || json!({"accepted": true}))?;
    } else if ask.verify {
        return verify(&desk, output);
    } else if let Some(file) = &ask.csv {
        let text = desk.journal_file(&search(&desk, ask)?)?.text;
        write_text(file, &text, output)?;
    } else if let Some(after) = ask.after {
        let entries = desk.changes_after(after, ask.limit)?;
        output.answer(
            || told(&entries.iter().map(line).collect::<Vec<_>>()),
            || entries.iter().map(entry_json).collect(),
        )?;
    } else {
        let lines = desk.journal_page(&search(&desk, ask)?, None, ask.limit)?.lines;
        output.answer(
            || told(&lines.iter().map(found).collect::<Vec<_>>()),
            || lines.iter().map(found_json).collect(),
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn verify<H: Host>(desk: &Desk<H>, output: Output) -> Result<ExitCode, Failure> {
    let check = desk.check_journal()?;
    output.answer(
        || {
            let mut lines = vec![format!(
                "{} entries checked; the newest hash is {}.",
                check.checked, check.end
            )];
            match check.faults.as_slice() {
                [] => lines.push("Nothing was altered, removed or put in between.".to_owned()),
                faults => lines.extend(faults.iter().map(|fault| format!("FAULT: {fault}"))),
            }
            lines.join("\n")
        },
        || json!({"checked": check.checked, "faults": check.faults, "end": check.end}),
    )?;
    Ok(if check.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(Exit::No as u8)
    })
}

fn search<H: Host>(desk: &Desk<H>, ask: &Journal) -> Result<JournalAsk, Failure> {
    let patient = match &ask.patient {
        // Also a patient who is gone: the journal knows the identifier.
        Some(text) => Some(match desk.find_patient(text) {
            Ok(patient) => patient.id.to_string(),
            Err(error) if error.code == Code::NotFound && !text.contains(' ') => text.clone(),
            Err(error) => return Err(error.into()),
        }),
        None => None,
    };
    Ok(JournalAsk {
        person: ask.person.clone(),
        patient,
        kind: ask.kind,
        from: ask.from,
        to: ask.to,
    })
}

fn told(lines: &[String]) -> String {
    if lines.is_empty() {
        "No entries.".to_owned()
    } else {
        lines.join("\n")
    }
}

fn found(line: &JournalLine) -> String {
    let names: Vec<&str> = line.about.iter().map(|patient| patient.name.as_str()).collect();
    let more = if line.more_patients { ", …" } else { "" };
    let mut text = format!(
        "{:>6}  {}  {:<16} {:<24} {}{more}",
        line.entry,
        line.at.format("%Y-%m-%d %H:%M:%S"),
        line.person,
        line.what,
        names.join(", "),
    );
    text.truncate(text.trim_end().len());
    for detail in line
        .details
        .iter()
        .chain(Some(&line.reason).filter(|reason| !reason.is_empty()))
    {
        text.push_str(&format!("\n        {detail}"));
    }
    text
}

fn found_json(line: &JournalLine) -> Value {
    let about: Vec<Value> = line
        .about
        .iter()
        .map(|patient| json!({"id": patient.id, "name": patient.name}))
        .collect();
    json!({"seq": line.entry, "at": line.at.format("%Y-%m-%dT%H:%M:%S").to_string(), "actor": line.person,
           "kind": line.kind.as_str(), "what": line.what, "patients": about, "records": line.records,
           "details": line.details, "reason": line.reason})
}

fn which(entry: Option<u32>) -> Which {
    entry.map_or(Which::Last, Which::Entry)
}

fn what(entry: &Entry) -> String {
    match entry.kind {
        EntryKind::Change(action) => action.as_str().to_owned(),
        EntryKind::View => "view".to_owned(),
        EntryKind::Undo { of } => format!("undo of {of}"),
        EntryKind::Redo { of } => format!("redo of {of}"),
        EntryKind::Recompute => "recompute".to_owned(),
    }
}

fn line(entry: &Entry) -> String {
    let reason = if entry.reason.is_empty() {
        String::new()
    } else {
        format!(", {}", entry.reason)
    };
    format!(
        "{:>6}  {}  {:<16} {:<18} {} records{reason}",
        entry.seq,
        entry.at.format("%Y-%m-%d %H:%M:%SZ"),
        entry.actor,
        what(entry),
        entry.changes.len(),
    )
}

fn entry_json(entry: &Entry) -> Value {
    let changes: Vec<_> = entry
        .changes
        .iter()
        .map(|change| {
            json!({"record": change.entity.to_string(), "id": change.id,
                   "added": change.before.is_none() && change.after.is_some(),
                   "removed": change.before.is_some() && change.after.is_none()})
        })
        .collect();
    json!({"seq": entry.seq, "at": entry.at.to_rfc3339(), "actor": entry.actor, "what": what(entry),
           "reason": entry.reason, "changes": changes})
}
