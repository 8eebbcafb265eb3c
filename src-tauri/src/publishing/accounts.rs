//! The accounts of a clinic, kept up to date: what is due runs, each account on a thread of its own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::spawn;
use std::time::{Duration, Instant};

use ordo_desk::view::calendars::PublishedRun;
use ordo_desk::{CalendarAccount, Error, NamedAccount, PractitionerId, Publication};
use ordo_net::account::{Access, AccountError, Course};
use ordo_net::publish::{Report, publish, remove};

use super::entry::{Entries, Entry, Step, count};
use crate::clinic::OpenClinic;
use crate::watching::{Heard, WATCH, newest};

/// When a run left something to the next one.
const SOON: Duration = Duration::from_secs(60);

/// The accounts and how they go.
#[derive(Clone)]
pub(super) struct Accounts {
    pub(super) clinic: OpenClinic,
    pub(super) entries: Arc<Entries>,
}

impl Accounts {
    /// Cuts off the run of an account and takes its place, so that none begins.
    pub(super) fn pause(&self, practitioner: &PractitionerId, account: &CalendarAccount) -> Arc<AtomicBool> {
        let mut all = self.entries.lock();
        if let Some(entry) = all.get_mut(practitioner) {
            entry.removing = true;
            entry.cut();
        }
        let runs = |all: &BTreeMap<PractitionerId, Entry>| all.get(practitioner).is_some_and(Entry::runs);
        let mut all = self.entries.wait_while(all, runs);
        let entry = all
            .entry(practitioner.clone())
            .or_insert_with(|| Entry::of(account.clone()));
        entry.removing = true;
        entry.begin()
    }

    /// Takes away what was published, in a run that has begun, and then ends the account.
    pub(super) fn take_away(
        &self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
        run: &Arc<AtomicBool>,
    ) -> Result<Result<(), Error>, AccountError> {
        let mut report = Report::default();
        let (done, password) = self.reach(practitioner, account, run, |access, course| {
            remove(access, &mut report, course)
        });
        let done = done.and_then(|()| match report.left + report.refused.len() {
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
    pub(super) fn forget(&self, practitioner: &PractitionerId, account: &CalendarAccount) {
        self.clinic.vault().keychain.forget_password(&account.title());
        self.entries.lock().remove(practitioner);
    }

    /// Looks after the accounts until it is to end.
    pub(super) fn look_after(&self, heard: &Receiver<Heard>) {
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
        let (done, password) = self.reach(practitioner, account, run, |access, course| {
            publish(
                access,
                &publication.events(),
                publication.from(),
                &mut report,
                course,
            )
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

    /// Does something on the server of an account, in a run whose course the window shows, until it is cut off; gives
    /// the password that it was tried with too.
    fn reach(
        &self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
        run: &Arc<AtomicBool>,
        what: impl FnOnce(&Access<'_>, Course<'_>) -> Result<(), AccountError>,
    ) -> (Result<(), AccountError>, Option<String>) {
        let Some(password) = self.password(practitioner, account) else {
            return (Err(AccountError::NoPassword(account.user.clone())), None);
        };
        let access = Access {
            address: &account.address,
            user: &account.user,
            password: &password,
        };
        let progress = |done, of| {
            self.note(practitioner, |entry| {
                if entry.run.as_ref().is_some_and(|its| Arc::ptr_eq(its, run)) {
                    entry.step = Step::Working(done, of);
                }
            });
        };
        let course = Course {
            progress: &progress,
            goes_on: &|| run.load(Ordering::Relaxed),
        };
        let done = what(&access, course);
        (done, Some(password))
    }

    /// The password of an account, as typed or as the keychain has it.
    pub(super) fn password(
        &self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
    ) -> Option<String> {
        let typed = {
            let all = self.entries.lock();
            let entry = all.get(practitioner);
            let same = entry.filter(|entry| entry.account == *account);
            same.and_then(|entry| entry.password.clone())
        };
        typed.or_else(|| self.clinic.vault().keychain.password(&account.title()))
    }

    pub(super) fn note(&self, practitioner: &PractitionerId, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.entries.lock().get_mut(practitioner) {
            change(entry);
        }
    }
}
