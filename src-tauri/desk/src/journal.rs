//! What was done, by whom and why.

use ordo_store::Entry;

use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// The newest entries of the journal, newest first.
    pub fn journal(&self, limit: u32) -> Result<Vec<Entry>, Error> {
        self.allow(UseCase::Journal)?;
        Ok(self.store.latest_entries(limit)?)
    }

    /// The entries after a number, oldest first: what another window or desk has to catch up on.
    pub fn changes_after(&self, seq: u32, limit: u32) -> Result<Vec<Entry>, Error> {
        self.allow(UseCase::Journal)?;
        Ok(self.store.changes_after(seq, limit)?)
    }
}
