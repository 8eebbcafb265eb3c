//! One account and how it goes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ordo_desk::view::calendars::{PublishState, PublishedRun, PublishedView};
use ordo_desk::{CalendarAccount, Language, PractitionerId, Publication};
use ordo_net::account::AccountError;

/// So often a server is looked at though nothing changed here: somebody may have changed it there.
const LOOK_AGAIN: Duration = Duration::from_secs(3600);

#[derive(Default)]
pub(super) struct Entries {
    pub(super) all: Mutex<BTreeMap<PractitionerId, Entry>>,
    /// Told whenever a run has ended.
    pub(super) ended: Condvar,
}

/// One account and how it goes.
pub(super) struct Entry {
    pub(super) account: CalendarAccount,
    /// What was typed, where no keychain keeps it.
    pub(super) password: Option<String>,
    pub(super) step: Step,
    pub(super) last: Option<PublishedRun>,
    /// The run that is under way.
    pub(super) run: Option<Arc<AtomicBool>>,
    /// What lies on the server, and since when.
    pub(super) there: Option<(Publication, Instant)>,
    /// The version of the clinic that was looked at last.
    pub(super) seen: Option<String>,
    /// How often it failed in a row.
    pub(super) failed: usize,
    pub(super) removing: bool,
}

pub(super) enum Step {
    Elsewhere,
    Waiting,
    Working(usize, usize),
    Kept,
    /// Kept, but a run left something to the next one.
    Again(Instant),
    Delayed(AccountError, Instant),
    Stopped(AccountError),
}

impl Entry {
    pub(super) fn of(account: CalendarAccount) -> Self {
        Self {
            account,
            password: None,
            step: Step::Waiting,
            last: None,
            run: None,
            there: None,
            seen: None,
            failed: 0,
            removing: false,
        }
    }

    /// Whether a run may begin, as far as time and what somebody wants say.
    pub(super) fn is_due(&self, version: &str, now: Instant) -> bool {
        if self.run.is_some() || self.removing {
            return false;
        }
        match &self.step {
            Step::Elsewhere | Step::Working(..) | Step::Stopped(_) => false,
            Step::Waiting => true,
            Step::Kept => self.seen.as_deref() != Some(version) || self.is_stale(now),
            Step::Again(at) | Step::Delayed(_, at) => now >= *at,
        }
    }

    pub(super) fn is_stale(&self, now: Instant) -> bool {
        self.there
            .as_ref()
            .is_none_or(|(_, at)| now.saturating_duration_since(*at) > LOOK_AGAIN)
    }

    /// Cuts off what runs; what it did until then stays.
    pub(super) fn cut(&mut self) {
        if let Some(run) = &self.run {
            run.store(false, Ordering::Relaxed);
        }
    }

    pub(super) fn view(&self, language: Language) -> PublishedView {
        let state = match &self.step {
            Step::Elsewhere => PublishState::Elsewhere,
            Step::Waiting => PublishState::Waiting,
            Step::Working(done, of) => PublishState::Working {
                done: count(*done),
                of: count(*of),
            },
            Step::Kept | Step::Again(_) => PublishState::Kept,
            Step::Delayed(error, _) => PublishState::Delayed {
                why: error.words(language),
            },
            Step::Stopped(error) => PublishState::Stopped {
                why: error.words(language),
            },
        };
        PublishedView {
            address: self.account.address.clone(),
            user: self.account.user.clone(),
            state,
            removing: self.removing,
            last: self.last.clone(),
        }
    }
}

impl Entries {
    pub(super) fn lock(&self) -> MutexGuard<'_, BTreeMap<PractitionerId, Entry>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A count as it crosses to the window.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
