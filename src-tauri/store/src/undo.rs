//! Which entries can be taken back or made again, and what that means for each record.
//!
//! As in any editor: the last change is undone first, undone changes can be redone last undone first, and a new
//! change ends the chance to redo. A single older entry can be undone as long as its records are as it left them.

use ordo_core::model::Appointment;
use rusqlite::Connection;

use crate::error::UndoRefusal;
use crate::fault::Result;
use crate::journal::{Action, Change, EntryKind, Record};
use crate::table;
use crate::table::journal::{self, PlacedChange};

/// Which entry of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The next one in turn.
    Last,
    /// The one of a number.
    Entry(u32),
}

/// Taking back or making again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Undo,
    Redo,
}

/// The entry that would be undone next.
pub(crate) fn next_undo(connection: &Connection) -> Result<Option<u32>> {
    journal::newest_in_force(connection)
}

/// The entry that would be redone next.
pub(crate) fn next_redo(connection: &Connection) -> Result<Option<u32>> {
    journal::newest_undone(connection)
}

/// The number of the entry to take back or make again, if it may be.
pub(crate) fn choose(connection: &Connection, turn: Turn, which: Which) -> Result<u32> {
    let seq = match (which, turn) {
        (Which::Entry(seq), _) => seq,
        (Which::Last, Turn::Undo) => return next_undo(connection)?.ok_or(UndoRefusal::NothingToUndo.into()),
        (Which::Last, Turn::Redo) => return next_redo(connection)?.ok_or(UndoRefusal::NothingToRedo.into()),
    };
    let entry = journal::head(connection, seq)?.ok_or(UndoRefusal::NoEntry { seq })?;
    if matches!(
        entry.kind,
        EntryKind::Change(Action::EditAccess | Action::EditSharing)
    ) {
        return Err(UndoRefusal::Access { seq }.into());
    }
    if !matches!(entry.kind, EntryKind::Change(action) if action != Action::Update) {
        return Err(UndoRefusal::NotAChange { seq }.into());
    }
    let undone = journal::newest_turn(connection, seq)?.filter(|&(_, undone)| undone);
    match (turn, undone) {
        (Turn::Undo, Some(_)) => Err(UndoRefusal::AlreadyUndone { seq }.into()),
        (Turn::Undo, None) => Ok(seq),
        (Turn::Redo, None) => Err(UndoRefusal::NotUndone { seq }.into()),
        (Turn::Redo, Some((undone_at, _))) => match journal::newest_change(connection)? {
            Some(later) if later > undone_at => Err(UndoRefusal::Superseded { seq, later }.into()),
            _ => Ok(seq),
        },
    }
}

/// What each record of an entry is now and is to become, last change first.
pub(crate) fn targets(connection: &Connection, turn: Turn, seq: u32) -> Result<Vec<PlacedChange>> {
    let mut changes = journal::changes(connection, seq)?;
    if turn == Turn::Undo {
        changes.reverse();
    }
    let mut targets = Vec::with_capacity(changes.len());
    let mut differing = Vec::new();
    for PlacedChange { place, change } in changes {
        let (expected, wanted) = match turn {
            Turn::Undo => (change.after, change.before),
            Turn::Redo => (change.before, change.after),
        };
        let now = table::load(connection, change.entity, &change.id)?;
        if !is_same(now.as_ref().map(|now| &now.value), expected.as_ref()) {
            differing.push((change.entity, change.id));
            continue;
        }
        targets.push(PlacedChange {
            place: now.as_ref().map(|now| now.place).or(place),
            change: Change {
                entity: change.entity,
                id: change.id,
                before: now.map(|now| now.value),
                after: wanted,
            },
        });
    }
    if differing.is_empty() {
        Ok(targets)
    } else {
        let records = differing;
        Err(UndoRefusal::ChangedSince { seq, records }.into())
    }
}

/// Whether two states of a record say the same, apart from what the store counts by itself.
fn is_same(one: Option<&Record>, two: Option<&Record>) -> bool {
    match (one, two) {
        (Some(Record::Appointment(one)), Some(Record::Appointment(two))) => {
            one == &Appointment {
                revision: one.revision,
                changed_at: one.changed_at,
                ..two.clone()
            }
        }
        _ => one == two,
    }
}
