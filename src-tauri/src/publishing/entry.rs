//! One account and how it goes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ordo_desk::view::calendars::{PublishState, PublishedRun, PublishedView};
use ordo_desk::{CalendarAccount, Language, PractitionerId, Publication};
use ordo_net::account::AccountError;

/// How long a try is put off, the more often it failed; the last holds from then on.
const WAITS: [Duration; 4] = [
    Duration::from_secs(30),
    Duration::from_secs(60),
    Duration::from_secs(300),
    Duration::from_secs(900),
];

/// How long the keychain is not asked again for a password that it does not have, the more often it was asked: on some
/// systems each question is one to whoever sits there.
const ASKS: [Duration; 4] = [
    Duration::from_secs(5),
    Duration::from_secs(15),
    Duration::from_secs(60),
    Duration::from_secs(300),
];

/// So often a server is looked at though nothing changed here: somebody may have changed it there.
const LOOK_AGAIN: Duration = Duration::from_secs(3600);

/// How long cut off runs are waited for.
const LAST_RUN: Duration = Duration::from_secs(3);

/// The accounts, by practitioner.
#[derive(Default)]
pub(super) struct Entries {
    all: Mutex<BTreeMap<PractitionerId, Entry>>,
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
    /// What the server did not accept.
    pub(super) refused: Option<String>,
    /// When the keychain is asked again for a password that is missing or refused, and how often it was.
    pub(super) ask_at: Instant,
    pub(super) asked: usize,
    /// Whether what was published is to be taken away, and nothing published any more.
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
            refused: None,
            ask_at: Instant::now(),
            asked: 0,
            removing: false,
        }
    }

    /// Whether a run may begin, as far as time and what somebody wants say.
    pub(super) fn is_due(&self, version: &str, now: Instant) -> bool {
        if self.runs() {
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

    pub(super) fn runs(&self) -> bool {
        self.run.is_some()
    }

    /// Begins a run, whose end is told through what this gives.
    pub(super) fn begin(&mut self) -> Arc<AtomicBool> {
        let run = Arc::new(AtomicBool::new(true));
        self.run = Some(Arc::clone(&run));
        self.step = Step::Working(0, 0);
        run
    }

    /// Notes that a run came to nothing, with the password it had.
    pub(super) fn fail(&mut self, error: AccountError, password: Option<String>, now: Instant) {
        self.step = match error {
            AccountError::NoPassword(_) => {
                self.put_off_asking(now);
                Step::Elsewhere
            }
            error if error.passes() => {
                let wait = WAITS.get(self.failed).or(WAITS.last()).copied();
                self.failed += 1;
                Step::Delayed(error, now + wait.unwrap_or_default())
            }
            AccountError::SignIn => {
                self.put_off_asking(now);
                self.refused = password;
                Step::Stopped(error)
            }
            error => Step::Stopped(error),
        };
    }

    /// Whether the keychain is to be asked now for a password that is missing or was refused; then not for a while.
    pub(super) fn asks_again(&mut self, now: Instant) -> bool {
        let is_missing = matches!(self.step, Step::Elsewhere | Step::Stopped(AccountError::SignIn));
        let asks = is_missing && !self.runs() && now >= self.ask_at;
        if asks {
            self.put_off_asking(now);
        }
        asks
    }

    /// The keychain was just asked.
    fn put_off_asking(&mut self, now: Instant) {
        let wait = ASKS.get(self.asked).or(ASKS.last()).copied();
        self.asked += 1;
        self.ask_at = now + wait.unwrap_or_default();
    }

    /// Goes on with a password that the keychain has, unless the server refused it before.
    pub(super) fn take_password(&mut self, found: Option<&str>) {
        if found.is_some() && found != self.refused.as_deref() {
            self.password = None;
            self.step = Step::Waiting;
        }
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

    /// Waits while something runs that was cut off, but not for ever.
    pub(super) fn wait_while<'a>(
        &self,
        all: MutexGuard<'a, BTreeMap<PractitionerId, Entry>>,
        runs: impl Fn(&BTreeMap<PractitionerId, Entry>) -> bool,
    ) -> MutexGuard<'a, BTreeMap<PractitionerId, Entry>> {
        let waited = self.ended.wait_timeout_while(all, LAST_RUN, |all| runs(all));
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A count as it crosses to the window.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
