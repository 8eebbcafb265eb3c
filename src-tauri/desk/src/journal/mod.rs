//! The journal: what was done and seen, by whom and why; searching it, taking it out, checking its chain.

mod check;
mod csv;
mod lines;
#[cfg(test)]
mod tests;
mod views;
mod words;

use std::collections::HashMap;

use chrono::{Days, NaiveDate, NaiveTime};
use ordo_core::model::{Clinic, PatientId};
use ordo_core::time::ZoneClock;
use ordo_store::{Entry, EntryKind, Search, Trace};

use self::lines::{Told, is_about, patients_of};
pub(crate) use self::views::Looks;
pub(crate) use self::words::Words;
use crate::view::journal::{JournalAsk, JournalChoices, JournalFile, JournalKind, JournalPage};
use crate::view::patients::Named;
use crate::{Desk, Error, Host, UseCase};

pub use self::check::ChainCheck;

/// How many lines a page has at most.
const PAGE: u32 = 500;

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

    /// What the search of the journal offers.
    pub fn journal_choices(&self) -> Result<JournalChoices, Error> {
        self.allow(UseCase::JournalChoices)?;
        let words = Words(self.language);
        Ok(JournalChoices {
            people: self
                .store
                .actors()?
                .into_iter()
                .map(|actor| Named {
                    name: words.person(&actor),
                    id: actor,
                })
                .collect(),
            kinds: JournalKind::ALL
                .into_iter()
                .map(|kind| Named {
                    id: kind.as_str().to_owned(),
                    name: words.kind(kind).to_owned(),
                })
                .collect(),
            years: self.store.retention()?.years,
        })
    }

    /// Entries of the journal in words, newest first; those before the entry `before`, where one is named.
    pub fn journal_page(
        &self,
        ask: &JournalAsk,
        before: Option<u32>,
        limit: u32,
    ) -> Result<JournalPage, Error> {
        self.allow(UseCase::JournalPage)?;
        let limit = limit.clamp(1, PAGE);
        let (clinic, search) = self.search_of(ask)?;
        let mut traces = self.store.search_journal(&search, before, limit + 1)?;
        let more = traces.len() > limit as usize;
        traces.truncate(limit as usize);
        let lines = self.lines(&clinic, &traces)?;
        Ok(JournalPage { lines, more })
    }

    /// Every entry that fits, as a table for other programs (RFC 4180, UTF-8). That it was taken out is noted.
    pub fn journal_file(&mut self, ask: &JournalAsk) -> Result<JournalFile, Error> {
        self.allow(UseCase::SaveJournal)?;
        let (clinic, search) = self.search_of(ask)?;
        let mut table = csv::Table::new(Words(self.language));
        let mut before = None;
        loop {
            let traces = self.store.search_journal(&search, before, PAGE)?;
            let Some(last) = traces.last() else { break };
            before = Some(last.entry.seq);
            for (line, trace) in self.lines(&clinic, &traces)?.iter().zip(&traces) {
                table.add(line, trace)?;
            }
        }
        let today = self.now()?.date();
        let text = table.finish()?;
        let stamp = self.stamp(Words(self.language).journal_exported());
        self.store.log_whole(&stamp)?;
        Ok(JournalFile {
            name: format!("journal-{today}.csv"),
            text,
        })
    }

    fn search_of(&self, ask: &JournalAsk) -> Result<(Clinic, Search), Error> {
        let clinic = self.store.clinic()?;
        let clock = ZoneClock::new(clinic.time_zone);
        let midnight = |date: NaiveDate| clock.moment_of(date.and_time(NaiveTime::MIN));
        let after = |date: NaiveDate| date.checked_add_days(Days::new(1)).unwrap_or(date);
        let search = Search {
            actor: ask.person.clone(),
            patient: ask.patient.as_deref().map(PatientId::new),
            kind: ask.kind.map(JournalKind::sought),
            from: ask.from.map(midnight),
            until: ask.to.map(|date| midnight(after(date))),
        };
        Ok((clinic, search))
    }

    fn lines(
        &self,
        clinic: &Clinic,
        traces: &[Trace],
    ) -> Result<Vec<crate::view::journal::JournalLine>, Error> {
        let mut names: HashMap<PatientId, String> = HashMap::new();
        let mut turned: HashMap<u32, Entry> = HashMap::new();
        for trace in traces {
            for id in patients_of(&trace.entry) {
                if !names.contains_key(&id) {
                    let name = self.store.last_name_of(&id)?;
                    names.insert(id.clone(), name.unwrap_or_else(|| id.to_string()));
                }
            }
            if let EntryKind::Undo { of } | EntryKind::Redo { of } = trace.entry.kind
                && let Some(entry) = self.store.entry(of)?
            {
                turned.insert(of, entry);
            }
        }
        let users = self.store.users()?.into_iter().map(|user| (user.id, user.name));
        let users = users.collect();
        let told = Told {
            clinic,
            users: &users,
            names: &names,
            turned: &turned,
            words: Words(self.language),
            speech: self.speech(),
        };
        let sight = self.sight()?;
        let line = |trace: &Trace| {
            let mut line = told.line(trace);
            // Who did something about whom is the owner's to know; what stands in a record in a lock-box is not.
            if is_about(&trace.entry, |id| sight.hides(id)) {
                line.details.clear();
                line.reason.clear();
            }
            line
        };
        Ok(traces.iter().map(line).collect())
    }
}
