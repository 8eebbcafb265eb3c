//! Keeping practitioners' calendars on their own accounts up to date.
//!
//! The clinic knows the accounts and the keychain their passwords; a calendar is kept up to date from every computer that
//! knows the password. Nothing else is remembered: what lies on a server says what is to be done.

mod entry;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::spawn;
use std::time::{Duration, Instant};

use ordo_desk::view::calendars::{PublishedRun, SharingLine};
use ordo_desk::{CalendarAccount, Code, Error, Language, NamedAccount, PractitionerId, Publication};
use ordo_net::account::{Access, AccountError, Course, check};
use ordo_net::publish::{Report, publish, remove};

use crate::clinic::OpenClinic;
use crate::watching::{Following, Heard, WATCH, Watcher, newest};

use entry::{Entries, Entry, Step, count};

/// How long the end waits for runs that are cut off.
const LAST_RUN: Duration = Duration::from_secs(3);

/// When a run left something to the next one.
const SOON: Duration = Duration::from_secs(60);

/// What is published from this machine, for as long as any clone of this is there.
#[derive(Clone)]
pub(crate) struct Publishing {
    accounts: Accounts,
    watcher: Watcher,
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
    following: Option<Following>,
    entries: Arc<Entries>,
}

impl Keeper {
    fn over(accounts: Accounts, watcher: &Watcher) -> Self {
        let entries = Arc::clone(&accounts.entries);
        Self {
            following: Some(watcher.follow(move |heard| accounts.look_after(heard))),
            entries,
        }
    }
}

impl Drop for Keeper {
    /// Waits for what runs: a program that ends below a thread that reads the database may crash.
    fn drop(&mut self) {
        // From then on no run begins.
        self.following = None;
        let mut all = self.entries.lock();
        all.values_mut().for_each(Entry::cut);
        let still = |all: &mut BTreeMap<PractitionerId, Entry>| all.values().any(|entry| entry.run.is_some());
        let waited = self.entries.ended.wait_timeout_while(all, LAST_RUN, still);
        drop(waited);
    }
}

impl Publishing {
    pub(crate) fn of(clinic: OpenClinic, watcher: Watcher) -> Self {
        Self {
            watcher,
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
            *keeper = Some(Keeper::over(self.accounts.clone(), &self.watcher));
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

    /// Ends the publishing of a practitioner's calendar and forgets the password; what Ordo wrote there stays.
    pub(crate) fn leave(&self, practitioner: &PractitionerId) -> Result<(), Error> {
        let clinic = &self.accounts.clinic;
        let Some(account) = clinic.ask(|desk| desk.sharing(practitioner))?.account else {
            return Ok(());
        };
        clinic.ask(|desk| desk.end_account(practitioner))?;
        self.accounts.pause(practitioner, &account);
        self.accounts.forget(practitioner, &account);
        Ok(())
    }

    /// Takes away everything that Ordo wrote to a practitioner's account, with the password that is known where none is typed,
    /// and then ends the publishing. Where that fails, the wish stays on record: nothing is published any more, and taking away
    /// is tried again by itself where that may help.
    pub(crate) fn take_away(
        &self,
        practitioner: &PractitionerId,
        typed: Option<&str>,
        language: Language,
    ) -> Result<(), Error> {
        let clinic = &self.accounts.clinic;
        let Some(account) = clinic.ask(|desk| desk.sharing(practitioner))?.account else {
            return Ok(());
        };
        clinic.ask(|desk| desk.begin_end_of_account(practitioner))?;
        let run = self.accounts.pause(practitioner, &account);
        if let Some(typed) = typed {
            let take = |entry: &mut Entry| entry.password = Some(typed.to_owned());
            self.accounts.note(practitioner, take);
        }
        let taken = self.accounts.take_away(practitioner, &account, &run);
        // It is tried again by itself, if it comes to that.
        self.begin();
        taken.map_err(|error| refusal(&error, language))?
    }
}

impl Accounts {
    /// Cuts off the run of an account and takes its place, so that none begins.
    fn pause(&self, practitioner: &PractitionerId, account: &CalendarAccount) -> Arc<AtomicBool> {
        let mut all = self.entries.lock();
        let runs = |all: &mut BTreeMap<PractitionerId, Entry>| {
            all.get(practitioner).is_some_and(|entry| entry.run.is_some())
        };
        if let Some(entry) = all.get_mut(practitioner) {
            entry.removing = true;
            entry.cut();
        }
        let waited = self.entries.ended.wait_timeout_while(all, LAST_RUN, runs);
        let (mut all, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let entry = all
            .entry(practitioner.clone())
            .or_insert_with(|| Entry::of(account.clone()));
        entry.removing = true;
        entry.begin()
    }

    /// Takes away what was published, in a run that has begun, and then ends the account.
    fn take_away(
        &self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
        run: &Arc<AtomicBool>,
    ) -> Result<Result<(), Error>, AccountError> {
        let mut report = Report::default();
        let password = self.password(practitioner, account);
        let done = password
            .as_deref()
            .ok_or_else(|| AccountError::NoPassword(account.user.clone()))
            .and_then(|password| {
                self.watched(practitioner, run, |course| {
                    remove(&access(account, password), &mut report, course)
                })
            })
            .and_then(|()| match report.left + report.refused.len() {
                0 => Ok(()),
                _ => Err(AccountError::Refused(409)),
            });
        let ended = done.clone().map(|()| {
            let ended = self
                .clinic
                .ask_existing(|desk| desk.account_taken_away(practitioner, account));
            ended.map(|sharing| {
                // Somebody may have named it again meanwhile.
                if sharing.account.is_none() {
                    self.forget(practitioner, account);
                }
            })
        });
        self.note_end(run, |entry, now| match done {
            // The clinic could not be told; the next try finds nothing to take away and tells it.
            Ok(()) => entry.step = Step::Again(now + SOON),
            Err(error) => entry.fail(error, password, now),
        });
        ended
    }

    /// Forgets an account that has ended, with its password.
    fn forget(&self, practitioner: &PractitionerId, account: &CalendarAccount) {
        self.clinic.vault().keychain.forget_password(&account.title());
        self.entries.lock().remove(practitioner);
    }

    /// Looks after the accounts until it is to end.
    fn look_after(&self, heard: &Receiver<Heard>) {
        let mut seen: Option<String> = None;
        let mut is_new = false;
        loop {
            match newest(heard, WATCH) {
                Ok(Heard::Clinic(Ok(version))) => {
                    seen = Some(version);
                    is_new = true;
                }
                // What stands against reading the clinic is told where its screens are; what is due stays due.
                Ok(Heard::Clinic(Err(_))) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => return,
            }
            let Some(version) = &seen else { continue };
            if is_new && self.reconcile().is_err() {
                continue;
            }
            is_new = false;
            self.ask_for_passwords();
            let _ = self.run_due(version);
        }
    }

    fn run_due(&self, version: &str) -> Result<(), Error> {
        let now = Instant::now();
        let due: Vec<PractitionerId> = {
            let all = self.entries.lock();
            let due = all.iter().filter(|(_, entry)| entry.is_due(version, now));
            due.map(|(practitioner, _)| practitioner.clone()).collect()
        };
        for practitioner in due {
            self.run(&practitioner, version)?;
        }
        Ok(())
    }

    /// Asks the keychain for the passwords that are missing or were refused: another program may have put them there.
    fn ask_for_passwords(&self) {
        let now = Instant::now();
        let missing: Vec<(PractitionerId, CalendarAccount)> = {
            let mut all = self.entries.lock();
            all.iter_mut()
                .filter_map(|(practitioner, entry)| {
                    entry
                        .asks_again(now)
                        .then(|| (practitioner.clone(), entry.account.clone()))
                })
                .collect()
        };
        for (practitioner, account) in missing {
            let found = self.clinic.vault().keychain.password(&account.title());
            self.note(&practitioner, |entry| {
                if entry.account == account {
                    entry.take_password(found.as_deref());
                }
            });
        }
    }

    /// Makes the entries those of the accounts that the clinic names.
    fn reconcile(&self) -> Result<(), Error> {
        // Read while nobody changes the entries, so that what somebody wishes meanwhile is not taken for undone.
        let mut all = self.entries.lock();
        let named: BTreeMap<PractitionerId, NamedAccount> = self
            .clinic
            .ask_existing(|desk| desk.accounts())?
            .into_iter()
            .map(|named| (named.practitioner.clone(), named))
            .collect();
        all.retain(|practitioner, entry| {
            let known = named.get(practitioner);
            let stays = known.is_some_and(|named| named.account == entry.account);
            if !stays {
                entry.cut();
            }
            stays
        });
        for (practitioner, named) in named {
            let entry = all
                .entry(practitioner)
                .or_insert_with(|| Entry::of(named.account));
            if entry.removing != named.ends {
                // Somebody stopped it, or named it anew, here or on another computer.
                entry.cut();
                entry.removing = named.ends;
                entry.step = Step::Waiting;
                entry.there = None;
                entry.asked = 0;
            }
        }
        Ok(())
    }

    /// Begins a run, unless what lies there is what would be written.
    fn run(&self, practitioner: &PractitionerId, version: &str) -> Result<(), Error> {
        let removing = {
            let all = self.entries.lock();
            all.get(practitioner).is_some_and(|entry| entry.removing)
        };
        let publication = match removing {
            true => None,
            false => Some(self.clinic.ask_existing(|desk| desk.publication(practitioner))?),
        };
        let mut all = self.entries.lock();
        let Some(entry) = all.get_mut(practitioner) else {
            return Ok(());
        };
        // Somebody may have begun another, or stopped it, while the clinic was read.
        if !entry.is_due(version, Instant::now()) || entry.removing != removing {
            return Ok(());
        }
        entry.seen = Some(version.to_owned());
        let is_there = |there: &Publication| Some(there) == publication.as_ref();
        let is_there = entry.there.as_ref().is_some_and(|(there, _)| is_there(there));
        if matches!(entry.step, Step::Kept) && is_there && !entry.is_stale(Instant::now()) {
            return Ok(());
        }
        let run = entry.begin();
        let account = entry.account.clone();
        drop(all);
        let (accounts, practitioner) = (self.clone(), practitioner.clone());
        spawn(move || match publication {
            Some(publication) => accounts.publish(&practitioner, &account, &run, publication),
            // How it went is told with the account.
            None => drop(accounts.take_away(&practitioner, &account, &run)),
        });
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
        let done = password
            .as_deref()
            .ok_or_else(|| AccountError::NoPassword(account.user.clone()))
            .and_then(|password| {
                self.watched(practitioner, run, |course| {
                    publish(
                        &access(account, password),
                        &publication.events(),
                        publication.from(),
                        &mut report,
                        course,
                    )
                })
            });
        let at = self.clinic.ask_existing(|desk| desk.now()).ok();
        self.note_end(run, |entry, now| match done {
            Ok(()) => {
                let left = report.left + report.refused.len();
                (entry.failed, entry.asked) = (0, 0);
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
            Err(error) => entry.fail(error, password, now),
        });
    }

    /// Notes how a run ended, unless its account is gone.
    fn note_end(&self, run: &Arc<AtomicBool>, end: impl FnOnce(&mut Entry, Instant)) {
        let mut all = self.entries.lock();
        let mine = all.values_mut().find(|entry| {
            let its = entry.run.as_ref();
            its.is_some_and(|its| Arc::ptr_eq(its, run))
        });
        if let Some(entry) = mine {
            entry.run = None;
            end(entry, Instant::now());
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
