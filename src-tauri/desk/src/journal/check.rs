//! Checking the chain of the journal: the newest part when the desk opens, the whole on demand.

use ordo_store::{ChainFault, Link};

use super::words::Words;
use crate::view::journal::JournalCheck;
use crate::{Desk, Error, Host, UseCase};

/// How many entries one step of the whole check looks at; others may do something in between.
const STEP: u32 = 500;

/// More faults than these are not told one by one.
const TOLD: usize = 20;

/// A check of the whole journal, step by step.
#[derive(Debug)]
pub struct ChainCheck {
    last: Link,
    checked: u32,
    faults: Vec<ChainFault>,
}

impl Default for ChainCheck {
    fn default() -> Self {
        Self {
            last: Link::START,
            checked: 0,
            faults: Vec::new(),
        }
    }
}

impl ChainCheck {
    /// Takes the next step; gives the result when it was the last.
    pub fn go_on<H: Host>(&mut self, desk: &Desk<H>) -> Result<Option<JournalCheck>, Error> {
        desk.allow(UseCase::CheckJournal)?;
        let stretch = desk.store.check_chain(self.last, STEP)?;
        self.last = stretch.last;
        self.checked += stretch.checked;
        self.faults.extend(stretch.faults);
        if !stretch.is_end {
            return Ok(None);
        }
        self.faults.extend(desk.store.check_checkpoint()?);
        let words = Words(desk.language);
        let mut faults: Vec<String> = self
            .faults
            .iter()
            .take(TOLD)
            .map(|fault| words.fault(*fault))
            .collect();
        if self.faults.len() > TOLD {
            faults.push(words.more_faults(self.faults.len() - TOLD));
        }
        Ok(Some(JournalCheck {
            checked: self.checked,
            faults,
            end: self.last.hash.to_string(),
        }))
    }
}

impl<H: Host> Desk<H> {
    /// Checks the whole journal at once.
    pub fn check_journal(&self) -> Result<JournalCheck, Error> {
        self.allow(UseCase::CheckJournal)?;
        let mut check = ChainCheck::default();
        loop {
            if let Some(result) = check.go_on(self)? {
                return Ok(result);
            }
        }
    }

    /// Checks what was written since the last time and keeps how far that was; what is wrong becomes a notice.
    pub fn check_newest(&mut self) -> Result<(), Error> {
        self.chain_faults = self.store.check_newest()?.faults;
        Ok(())
    }

    /// Takes the journal for the right one as it is, such as after an older copy was put back by hand.
    pub fn accept_journal(&mut self) -> Result<(), Error> {
        self.allow(UseCase::AcceptJournal)?;
        self.store.accept_journal()?;
        self.chain_faults.clear();
        Ok(())
    }
}
