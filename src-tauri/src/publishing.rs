//! Keeping practitioners' calendars on their own accounts up to date.
//!
//! The clinic knows the accounts and the keychain their passwords; a calendar is kept up to date from every computer that
//! knows the password. Nothing else is remembered: what lies on a server says what is to be done.

mod entry;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::spawn;
use std::time::{Duration, Instant};

use ordo_desk::view::calendars::{PublishedRun, SharingLine};
use ordo_desk::{CalendarAccount, Code, Error, Language, PractitionerId, Publication};
use ordo_net::account::{Access, AccountError, Course, check};
use ordo_net::publish::{Report, publish, remove};

use crate::clinic::OpenClinic;

use entry::{Entries, Entry, Step, count};

/// How often the accounts are compared with the clinic.
const WATCH: Duration = Duration::from_millis(500);

/// How long the end waits for runs that are cut off.
const LAST_RUN: Duration = Duration::from_secs(3);

/// When a run left something to the next one.
const SOON: Duration = Duration::from_secs(60);

/// How long a try is put off, the more often it failed; the last holds from then on.
const WAITS: [Duration; 4] = [
    Duration::from_secs(30),
    Duration::from_secs(60),
    Duration::from_secs(300),
    Duration::from_secs(900),
];

/// What is published from this machine, for as long as any clone of this is there.
#[derive(Clone)]
pub(crate) struct Publishing {
    accounts: Accounts,
    keeper: Arc<Mutex<Option<Keeper>>>,
    keychain: Arc<OnceLock<bool>>,
}

/// The accounts and how they go.
#[derive(Clone)]
struct Accounts {
    clinic: OpenClinic,
    entries: Arc<Entries>,
}

/// Looks after the accounts until this is dropped.
struct Keeper {
    /// Dropped, it ends the looking.
    going: Option<Sender<()>>,
    /// Closed once the clinic is let go of.
    gone: Receiver<()>,
    entries: Arc<Entries>,
}

impl Keeper {
    fn over(accounts: Accounts) -> Self {
        let (going, ended) = channel();
        let (here, gone) = channel();
        let entries = Arc::clone(&accounts.entries);
        spawn(move || {
            accounts.look_after(&ended);
            drop(accounts);
            drop(here);
        });
        Self {
            going: Some(going),
            gone,
            entries,
        }
    }
}

impl Drop for Keeper {
    /// Waits until the clinic is let go of: a program that ends below a thread that reads the database may crash.
    fn drop(&mut self) {
        self.going = None;
        // From then on no run begins.
        let _ = self.gone.recv_timeout(LAST_RUN);
        let mut all = self.entries.lock();
        all.values_mut().for_each(Entry::cut);
        let still = |all: &mut BTreeMap<PractitionerId, Entry>| all.values().any(|entry| entry.run.is_some());
        let waited = self.entries.ended.wait_timeout_while(all, LAST_RUN, still);
        drop(waited);
    }
}

impl Publishing {
    pub(crate) fn of(clinic: OpenClinic) -> Self {
        Self {
            accounts: Accounts {
                clinic,
                entries: Arc::default(),
            },
            keeper: Arc::default(),
            keychain: Arc::default(),
        }
    }

    /// Begins to look after the accounts that the clinic knows.
    pub(crate) fn begin(&self) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        if keeper.is_none() {
            *keeper = Some(Keeper::over(self.accounts.clone()));
        }
    }

    /// Ends what runs, as the program ends.
    pub(crate) fn end(&self) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        *keeper = None;
    }

    /// Whether a keychain keeps passwords.
    pub(crate) fn has_keychain(&self) -> bool {
        let keychain = self.accounts.clinic.vault().keychain;
        *self.keychain.get_or_init(|| keychain.is_there())
    }

    /// Puts what is known here of each account into the lines of the window.
    pub(crate) fn tell(&self, lines: &mut [SharingLine], language: Language) {
        let all = self.accounts.entries.lock();
        for line in lines {
            if let Some(published) = &mut line.published
                && let Some(entry) = all.get(&PractitionerId::new(line.practitioner.as_str()))
                && entry.account.address == published.address
                && entry.account.user == published.user
            {
                *published = entry.view(language);
            }
        }
    }

    /// Names the account of a practitioner once the server lets its user write there, and begins to publish. Without a
    /// password the one that is known is taken.
    pub(crate) fn start(
        &self,
        practitioner: &PractitionerId,
        account: CalendarAccount,
        typed: Option<&str>,
        language: Language,
    ) -> Result<(), Error> {
        let refused = |error: AccountError| refusal(&error, language);
        let password = match typed {
            Some(typed) => typed.to_owned(),
            None => self
                .accounts
                .password(practitioner, &account)
                .ok_or_else(|| refused(AccountError::NoPassword(account.user.clone())))?,
        };
        check(&Access {
            address: &account.address,
            user: &account.user,
            password: &password,
        })
        .map_err(refused)?;
        let before = self
            .accounts
            .clinic
            .ask(|desk| desk.sharing(practitioner))?
            .account;
        self.accounts
            .clinic
            .ask(|desk| desk.share_account(practitioner, account.clone()))?;
        let keychain = self.accounts.clinic.vault().keychain;
        if let Some(before) = before.filter(|before| *before != account) {
            keychain.forget_password(&before.title());
        }
        let is_kept = typed.is_none() || keychain.keep_password(&account.title(), &password);
        let mut all = self.accounts.entries.lock();
        let mut entry = Entry::of(account);
        if let Some(mut known) = all.remove(practitioner) {
            known.cut();
            entry.last = known.last.filter(|_| known.account == entry.account);
            entry.password = known.password.filter(|_| known.account == entry.account);
        }
        if !is_kept {
            entry.password = Some(password);
        }
        all.insert(practitioner.clone(), entry);
        drop(all);
        self.begin();
        Ok(())
    }

    /// Ends the publishing of a practitioner's calendar and forgets the password; before, everything that Ordo wrote there is
    /// taken away where that is wanted. Where it cannot be, the account stays named and nothing more is published to it while
    /// the program runs, until somebody says how to go on.
    pub(crate) fn stop(
        &self,
        practitioner: &PractitionerId,
        removes: bool,
        language: Language,
    ) -> Result<(), Error> {
        let Some(account) = self
            .accounts
            .clinic
            .ask(|desk| desk.sharing(practitioner))?
            .account
        else {
            return Ok(());
        };
        self.accounts.pause(practitioner, &account);
        if removes {
            self.accounts
                .take_away(practitioner, &account)
                .map_err(|error| refusal(&error, language))?;
        }
        self.accounts.clinic.ask(|desk| desk.end_account(practitioner))?;
        self.accounts
            .clinic
            .vault()
            .keychain
            .forget_password(&account.title());
        self.accounts.entries.lock().remove(practitioner);
        Ok(())
    }
}

impl Accounts {
    /// Cuts off the run of an account and lets none begin.
    fn pause(&self, practitioner: &PractitionerId, account: &CalendarAccount) {
        let mut all = self.entries.lock();
        let entry = all
            .entry(practitioner.clone())
            .or_insert_with(|| Entry::of(account.clone()));
        entry.removing = true;
        entry.cut();
        let runs = |all: &mut BTreeMap<PractitionerId, Entry>| {
            all.get(practitioner).is_some_and(|entry| entry.run.is_some())
        };
        let waited = self.entries.ended.wait_timeout_while(all, LAST_RUN, runs);
        drop(waited);
    }

    fn take_away(
        &self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
    ) -> Result<(), AccountError> {
        let run = Arc::new(AtomicBool::new(true));
        self.note(practitioner, |entry| {
            entry.run = Some(Arc::clone(&run));
            entry.step = Step::Working(0, 0);
        });
        let mut report = Report::default();
        let done = self
            .password(practitioner, account)
            .ok_or_else(|| AccountError::NoPassword(account.user.clone()))
            .and_then(|password| {
                self.watched(practitioner, &run, |course| {
                    remove(&access(account, &password), &mut report, course)
                })
            })
            .and_then(|()| match report.left + report.refused.len() {
                0 => Ok(()),
                _ => Err(AccountError::Refused(409)),
            });
        self.note(practitioner, |entry| {
            entry.run = None;
            if let Err(error) = &done {
                entry.step = Step::Stopped(error.clone());
            }
        });
        self.entries.ended.notify_all();
        done
    }

    /// Looks after the accounts until it is to end.
    fn look_after(&self, ended: &Receiver<()>) {
        let mut known: Option<String> = None;
        loop {
            // What stands against reading the clinic is told where its screens are.
            let _ = self.look(&mut known);
            if ended.recv_timeout(WATCH) != Err(RecvTimeoutError::Timeout) {
                return;
            }
        }
    }

    fn look(&self, known: &mut Option<String>) -> Result<(), Error> {
        let version = self.clinic.ask_existing(|desk| desk.feed_version())?;
        if known.as_ref() != Some(&version) {
            let accounts = self.clinic.ask_existing(|desk| desk.accounts())?;
            self.reconcile(accounts);
            *known = Some(version.clone());
        }
        let now = Instant::now();
        let due: Vec<PractitionerId> = {
            let all = self.entries.lock();
            let due = all.iter().filter(|(_, entry)| entry.is_due(&version, now));
            due.map(|(practitioner, _)| practitioner.clone()).collect()
        };
        for practitioner in due {
            self.run(&practitioner, &version)?;
        }
        Ok(())
    }

    /// Makes the entries those of the accounts that the clinic names.
    fn reconcile(&self, accounts: Vec<(PractitionerId, CalendarAccount)>) {
        let named: BTreeMap<_, _> = accounts.into_iter().collect();
        let mut all = self.entries.lock();
        all.retain(|practitioner, entry| {
            let stays = named.get(practitioner) == Some(&entry.account);
            if !stays {
                entry.cut();
            }
            stays
        });
        for (practitioner, account) in named {
            all.entry(practitioner).or_insert_with(|| Entry::of(account));
        }
    }

    /// Begins a run, unless what lies there is what would be written.
    fn run(&self, practitioner: &PractitionerId, version: &str) -> Result<(), Error> {
        let publication = self.clinic.ask_existing(|desk| desk.publication(practitioner))?;
        let mut all = self.entries.lock();
        let Some(entry) = all.get_mut(practitioner) else {
            return Ok(());
        };
        // Somebody may have begun another while the clinic was read.
        if !entry.is_due(version, Instant::now()) {
            return Ok(());
        }
        entry.seen = Some(version.to_owned());
        let is_there = entry
            .there
            .as_ref()
            .is_some_and(|(there, _)| *there == publication);
        if matches!(entry.step, Step::Kept) && is_there && !entry.is_stale(Instant::now()) {
            return Ok(());
        }
        let run = Arc::new(AtomicBool::new(true));
        entry.run = Some(Arc::clone(&run));
        entry.step = Step::Working(0, 0);
        let account = entry.account.clone();
        drop(all);
        let (accounts, practitioner) = (self.clone(), practitioner.clone());
        spawn(move || accounts.publish(&practitioner, &account, &run, publication));
        Ok(())
    }

    /// One run, on a thread of its own.
    fn publish(
        &self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
        run: &Arc<AtomicBool>,
        publication: Publication,
    ) {
        let mut report = Report::default();
        let password = self.password(practitioner, account);
        let done = password.map(|password| {
            self.watched(practitioner, run, |course| {
                publish(
                    &access(account, &password),
                    &publication.events(),
                    publication.from(),
                    &mut report,
                    course,
                )
            })
        });
        let at = self.clinic.ask_existing(|desk| desk.now()).ok();
        let mut all = self.entries.lock();
        let mine = all.values_mut().find(|entry| {
            let its = entry.run.as_ref();
            its.is_some_and(|its| Arc::ptr_eq(its, run))
        });
        if let Some(entry) = mine {
            entry.run = None;
            let now = Instant::now();
            match done {
                None => entry.step = Step::Elsewhere,
                Some(Ok(())) => {
                    let left = report.left + report.refused.len();
                    entry.failed = 0;
                    entry.there = Some((publication, now));
                    entry.step = if left == 0 {
                        Step::Kept
                    } else {
                        Step::Again(now + SOON)
                    };
                    entry.last = at.map(|at| PublishedRun {
                        at,
                        created: count(report.created),
                        updated: count(report.updated),
                        deleted: count(report.deleted),
                        unchanged: count(report.unchanged),
                        left: count(left),
                    });
                }
                Some(Err(error)) if error.passes() => {
                    let wait = WAITS.get(entry.failed).or(WAITS.last());
                    entry.failed += 1;
                    entry.step = Step::Delayed(error, now + wait.copied().unwrap_or(SOON));
                }
                Some(Err(error)) => entry.step = Step::Stopped(error),
            }
        }
        drop(all);
        self.entries.ended.notify_all();
    }

    /// Does something whose course the window shows, until its run is cut off.
    fn watched(
        &self,
        practitioner: &PractitionerId,
        run: &Arc<AtomicBool>,
        what: impl FnOnce(Course<'_>) -> Result<(), AccountError>,
    ) -> Result<(), AccountError> {
        let progress = |done, of| {
            self.note(practitioner, |entry| {
                if entry.run.as_ref().is_some_and(|its| Arc::ptr_eq(its, run)) {
                    entry.step = Step::Working(done, of);
                }
            });
        };
        what(Course {
            progress: &progress,
            goes_on: &|| run.load(Ordering::Relaxed),
        })
    }

    /// The password of an account, as typed or as the keychain has it.
    fn password(&self, practitioner: &PractitionerId, account: &CalendarAccount) -> Option<String> {
        let typed = {
            let all = self.entries.lock();
            let entry = all.get(practitioner);
            let same = entry.filter(|entry| entry.account == *account);
            same.and_then(|entry| entry.password.clone())
        };
        typed.or_else(|| self.clinic.vault().keychain.password(&account.title()))
    }

    fn note(&self, practitioner: &PractitionerId, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.entries.lock().get_mut(practitioner) {
            change(entry);
        }
    }
}

fn access<'a>(account: &'a CalendarAccount, password: &'a str) -> Access<'a> {
    Access {
        address: &account.address,
        user: &account.user,
        password,
    }
}

/// An error of an account as the window's commands answer it.
pub(crate) fn refusal(error: &AccountError, language: Language) -> Error {
    Error::new(Code::BadRequest, error.words(language))
}

#[cfg(test)]
mod tests;
