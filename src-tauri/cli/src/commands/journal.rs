//! The journal, undo and redo.

use ordo_desk::{Entry, EntryKind, Which};
use serde_json::{Value, json};

use crate::args::Arguments;
use crate::failure::Failure;
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

/// Shows entries.
pub fn journal(arguments: &Arguments, limit: u32, after: Option<u32>, output: Output) -> Result<(), Failure> {
    let desk = open::open(arguments)?;
    let entries = match after {
        Some(after) => desk.changes_after(after, limit)?,
        None => desk.journal(limit)?,
    };
    output.answer(
        || {
            let lines: Vec<_> = entries.iter().map(line).collect();
            if lines.is_empty() {
                "No entries.".to_owned()
            } else {
                lines.join("\n")
            }
        },
        || entries.iter().map(entry_json).collect(),
    )
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
