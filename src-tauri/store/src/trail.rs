//! Searching the journal: who saw or changed what, and when.

use chrono::{DateTime, Utc};
use ordo_core::model::PatientId;

use crate::chain::Hash;
use crate::error::StoreError;
use crate::journal::{Action, Entry};
use crate::reader::Reader;
use crate::table::trail;

/// Which entries of the journal are asked for; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Those of one actor, as the journal names them.
    pub actor: Option<String>,
    /// Those about one patient: the record itself, visits, series.
    pub patient: Option<PatientId>,
    /// Those of one kind.
    pub kind: Option<Sought>,
    /// Those at or after a moment.
    pub from: Option<DateTime<Utc>>,
    /// Those before a moment.
    pub until: Option<DateTime<Utc>>,
}

/// A kind of entry that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sought {
    /// Records were looked at.
    View,
    /// Somebody did something.
    Action(Action),
    /// A change was taken back or made again.
    Turn,
    /// Times were derived again.
    Recompute,
}

/// An entry of the journal with the first of its changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The entry; of its changes the first alone, [`Trace::SHOWN`] at most.
    pub entry: Entry,
    /// How many changes it has.
    pub records: u32,
    /// Its hash.
    pub hash: Hash,
}

impl Trace {
    /// How many changes are given.
    pub const SHOWN: u32 = 40;
}

impl Reader {
    /// At most `limit` entries that fit, newest first, those before the entry `before` where one is named.
    pub fn search_journal(
        &self,
        search: &Search,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<Trace>, StoreError> {
        self.ask(|connection| trail::search(connection, search, before, limit))
    }

    /// Everybody who has an entry in the journal, by name.
    pub fn actors(&self) -> Result<Vec<String>, StoreError> {
        self.ask(trail::actors)
    }

    /// What a patient was called last, also where the record is gone.
    pub fn last_name_of(&self, patient: &PatientId) -> Result<Option<String>, StoreError> {
        self.ask(|connection| trail::last_name(connection, patient))
    }
}
