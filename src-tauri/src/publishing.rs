//! Keeping practitioners' calendars on their own accounts up to date.
//!
//! The clinic knows the accounts and the keychain their passwords; a calendar is kept up to date from every computer that
//! knows the password. Nothing else is remembered: what lies on a server says what is to be done.

mod accounts;
mod entry;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ordo_desk::view::calendars::SharingLine;
use ordo_desk::{CalendarAccount, Code, Error, Language, PractitionerId};
use ordo_net::account::{Access, AccountError, check};

use self::accounts::Accounts;
use self::entry::{Entries, Entry};
use crate::clinic::OpenClinic;
use crate::watching::{Following, Watcher};

/// What is published from this machine, for as long as any clone of this is there.
#[derive(Clone)]
pub(crate) struct Publishing {
    accounts: Accounts,
    watcher: Watcher,
    keeper: Arc<Mutex<Option<Keeper>>>,
    keychain: Arc<OnceLock<bool>>,
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
        drop(self.entries.wait_while(all, |all| all.values().any(Entry::runs)));
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

/// An error of an account as the window's commands answer it.
pub(crate) fn refusal(error: &AccountError, language: Language) -> Error {
    Error::new(Code::BadRequest, error.words(language))
}

#[cfg(test)]
mod tests;
