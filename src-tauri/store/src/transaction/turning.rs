//! Taking back entries of the journal, and making them again.

use super::Transaction;
use crate::error::{StoreError, UndoRefusal};
use crate::fault::{Fault, Result as Written};
use crate::journal::{EntryKind, Record};
use crate::table::appointment::{WritingMode, begin_writing_mode, end_writing_mode};
use crate::table::journal::PlacedChange;
use crate::table::{self, journal};
use crate::undo::{self, Turn, Which};

impl Transaction<'_> {
    /// Takes back the changes of an entry, as a change of its own; gives the entry's number.
    pub fn undo(&mut self, which: Which) -> Result<u32, StoreError> {
        self.turn(Turn::Undo, which)
    }

    /// Makes the changes of an undone entry again, as a change of its own; gives the entry's number.
    pub fn redo(&mut self, which: Which) -> Result<u32, StoreError> {
        self.turn(Turn::Redo, which)
    }

    fn turn(&mut self, turn: Turn, which: Which) -> Result<u32, StoreError> {
        self.attempt(|this| {
            let ordinary = matches!(this.kind, EntryKind::Change(_));
            if !this.changes.is_empty() || !ordinary {
                return Err(UndoRefusal::NotAlone.into());
            }
            let seq = undo::choose(&this.reader.connection, turn, which)?;
            let changes = undo::targets(&this.reader.connection, turn, seq)?;
            this.restore(changes).map_err(|fault| match fault {
                Fault::Store(StoreError::Conflict(conflict)) => {
                    UndoRefusal::Conflict { seq, conflict }.into()
                }
                fault => fault,
            })?;
            this.kind = match turn {
                Turn::Undo => EntryKind::Undo { of: seq },
                Turn::Redo => EntryKind::Redo { of: seq },
            };
            Ok(seq)
        })
    }

    /// Brings records to where they are meant to be, whatever the order they depend on each other.
    fn restore(&mut self, targets: Vec<PlacedChange>) -> Written<()> {
        let connection = &self.reader.connection;
        begin_writing_mode(connection, WritingMode::Restoring)?;
        for PlacedChange { change, .. } in &targets {
            match (&change.before, &change.after) {
                (Some(_), None) => table::delete(connection, change.entity, &change.id)?,
                (Some(Record::Appointment(before)), Some(Record::Appointment(_))) => {
                    table::appointment::release(connection, &before.id)?;
                }
                _ => {}
            }
        }
        // The zone comes first: it decides where visits lie.
        let settings = targets.iter().find_map(|target| match &target.change.after {
            Some(Record::Settings(settings)) => Some(settings),
            _ => None,
        });
        if let Some(settings) = settings {
            table::clinic::write(connection, settings)?;
        }
        for PlacedChange { place, change } in targets {
            match (change.before, change.after) {
                (before @ Some(_), None) => self.note(change.entity, &change.id, place, before, None),
                (Some(before), Some(after)) => self.replace(before, place, after)?,
                (None, Some(mut after)) => {
                    if let Record::Appointment(appointment) = &mut after {
                        let known = journal::highest_revision(connection, &change.id)?;
                        appointment.revision = known.saturating_add(1);
                        appointment.changed_at = Some(self.stamp.at);
                    }
                    self.add(after, place)?;
                }
                (None, None) => {}
            }
        }
        end_writing_mode(connection, WritingMode::Restoring)
    }
}
