//! What the day board does: where a visit may lie, booking one, moving it, its status, taking back.

mod booking;
mod card;
mod free;
mod proposed;
mod starts;
#[cfg(test)]
mod tests;
mod words;

use ordo_core::Language;
use ordo_core::model::{AppointmentId, PatientId};
use ordo_store::{Action, Entry, EntryKind, Record, Which};

pub(crate) use self::booking::{request_id, start_at};
pub(crate) use self::free::calendar_of;
pub(crate) use self::words::deed;
use self::words::{Words, done_words};
use crate::view::board::Change;
use crate::{Desk, Error, Host, UseCase};

/// The longest note, in characters.
const LONGEST_NOTE: usize = 2000;

impl<H: Host> Desk<H> {
    /// Takes one change back, or the last one; says which.
    ///
    /// What brought the clinic in, or a backup back, stays: a slip of a key must not empty it.
    pub fn take_back(&mut self, entry: Option<u32>) -> Result<Change, Error> {
        self.allow(UseCase::Undo)?;
        let named = match entry {
            Some(entry) => self.store.entry_head(entry)?,
            None => self.store.undoable()?,
        };
        let stays = [Action::Import, Action::Restore].map(EntryKind::Change);
        if named.is_some_and(|entry| stays.contains(&entry.kind)) {
            return Err(Words(self.language).nothing_to_undo());
        }
        let entry = self.undo(entry.map_or(Which::Last, Which::Entry), "")?;
        self.changed(Some(&entry))
    }

    /// Makes one change that was taken back again, or the one taken back last; says which.
    pub fn make_again(&mut self, entry: Option<u32>) -> Result<Change, Error> {
        self.allow(UseCase::Redo)?;
        let entry = self.redo(entry.map_or(Which::Last, Which::Entry), "")?;
        self.changed(Some(&entry))
    }

    /// The number of the newest change, by whatever program; a look at a record is none.
    pub fn last_change(&self) -> Result<u32, Error> {
        self.allow(UseCase::LastChange)?;
        Ok(self.store.newest_change()?)
    }

    /// What the newest entry did, if there is one after a number.
    pub(crate) fn changed_since(&self, before: u32) -> Result<Change, Error> {
        let entries = self.store.changes_after(before, 1)?;
        self.changed(entries.first())
    }

    pub(crate) fn changed(&self, entry: Option<&Entry>) -> Result<Change, Error> {
        let Some(entry) = entry else {
            return Ok(Change {
                entry: None,
                words: Words(self.language).nothing(),
                patient: None,
            });
        };
        let patient = match patient_of(entry) {
            Some(id) => self.store.patient(&id)?,
            None => None,
        };
        let sight = self.sight()?;
        let undone = match entry.kind {
            EntryKind::Undo { of } | EntryKind::Redo { of } => self.store.entry(of)?,
            _ => None,
        };
        Ok(Change {
            entry: Some(entry.seq),
            words: done_words(self.language, entry, undone.as_ref()),
            patient: patient.map(|patient| sight.name_of(&patient.id, patient.name)),
        })
    }
}

/// The one patient whose visits, series or record an entry touches.
fn patient_of(entry: &Entry) -> Option<PatientId> {
    let mut patients =
        entry
            .changes
            .iter()
            .filter_map(|change| match change.after.as_ref().or(change.before.as_ref())? {
                Record::Appointment(visit) => Some(visit.patient.clone()),
                Record::Series(series) => Some(series.patient.clone()),
                Record::Patient(patient) => Some(patient.id.clone()),
                _ => None,
            });
    let first = patients.next()?;
    patients.all(|other| other == first).then_some(first)
}

/// Refuses a note that is longer than what is kept.
pub(crate) fn check_note(note: &str, language: Language) -> Result<(), Error> {
    if note.chars().count() > LONGEST_NOTE {
        Err(Words(language).note_too_long(LONGEST_NOTE))
    } else {
        Ok(())
    }
}

/// Whether an entry wrote a visit that was not there before.
fn wrote(entry: &Entry, id: &AppointmentId) -> bool {
    entry
        .changes
        .iter()
        .any(|change| change.before.is_none() && change.after.is_some() && change.id == id.as_str())
}
