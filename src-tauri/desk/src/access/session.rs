//! Signing in and out.

use ordo_core::model::{Role, User, UserId};
use ordo_store::{Action, Stamp, StoreError, fold};

use super::secret::{self, LOCK_OUT};
use super::words::Words;
use super::{UseCase, Who};
use crate::journal::Looks;
use crate::view::access::{SessionView, SignedIn, UserTile};
use crate::{Desk, Error, Host};

impl<H: Host> Desk<H> {
    /// Who is at the desk and what they may do.
    pub fn session(&self) -> Result<SessionView, Error> {
        self.allow(UseCase::Session)?;
        if self.store.is_empty()? {
            return Ok(SessionView {
                must_sign_in: false,
                user: None,
                may: UseCase::ALL.to_vec(),
                idle_minutes: 0,
                proposes_people: false,
            });
        }
        let who = self.who()?;
        Ok(SessionView {
            must_sign_in: who == Who::Nobody,
            proposes_people: who == Who::Anybody,
            may: self.allowed()?,
            idle_minutes: match who {
                Who::Anybody => 0,
                _ => self.store.access_settings()?.idle_minutes,
            },
            user: match who {
                Who::User(user) => Some(SignedIn {
                    id: user.id.to_string(),
                    name: user.name,
                    role: user.role.into(),
                    practitioner: user.practitioner.map(|practitioner| practitioner.to_string()),
                    secret: user.secret.into(),
                }),
                _ => None,
            },
        })
    }

    /// Who can sign in.
    pub fn sign_in_choices(&self) -> Result<Vec<UserTile>, Error> {
        self.allow(UseCase::SignInChoices)?;
        let users = self.store.users()?.into_iter().filter(|user| user.active);
        let tile = |user: User| UserTile {
            id: user.id.to_string(),
            name: user.name,
            role: user.role.into(),
            secret: user.secret.into(),
            locked_out: user.locked_out,
        };
        Ok(users.map(tile).collect())
    }

    /// Signs somebody in, by identifier or by name; whoever was signed in before is signed out first.
    ///
    /// # Errors
    /// [`crate::Code::NotAllowed`] when the secret is wrong, when it was wrong too often and time must pass, or when
    /// an owner must lift the lock-out.
    pub fn sign_in(&mut self, person: &str, given: &str) -> Result<SessionView, Error> {
        self.allow(UseCase::SignIn)?;
        self.sign_out()?;
        let words = Words(self.language);
        let user = self.person(person)?;
        self.compare(&user, given)?;
        // Read again: the lock-out may have been lifted or set while the secrets were compared.
        self.session = self.store.user(&user.id)?;
        if self.who()? == Who::Nobody {
            self.session = None;
            return Err(words.locked_out());
        }
        self.session()
    }

    /// Signs out, which also locks the desk.
    pub fn sign_out(&mut self) -> Result<(), Error> {
        self.allow(UseCase::SignOut)?;
        self.session = None;
        // Whoever looks next is noted anew.
        self.looks = Looks::default();
        Ok(())
    }

    /// Gives the person at the desk another secret of the same kind, given the present one.
    pub fn change_own_secret(&mut self, present: &str, new: &str) -> Result<(), Error> {
        self.allow(UseCase::ChangeOwnSecret)?;
        let words = Words(self.language);
        let Who::User(user) = self.who()? else {
            return Err(words.no_users());
        };
        self.compare(&user, present)?;
        secret::check(new, user.secret, words)?;
        let hash = secret::hash(new, &self.host.new_id())?;
        let stamp = self.stamp("");
        self.store.change(&stamp, Action::EditAccess, |transaction| {
            transaction.put_user_with_secret(&user, &hash)
        })?;
        self.session = self.store.user(&user.id)?;
        Ok(())
    }

    fn person(&self, text: &str) -> Result<User, Error> {
        let words = Words(self.language);
        let users = self.store.users()?;
        if users.is_empty() {
            return Err(words.no_users());
        }
        let named = |user: &&User| user.id.as_str() == text || fold(&user.name) == fold(text.trim());
        let found = users.iter().filter(|user| user.active).find(named);
        found.cloned().ok_or_else(|| words.unknown_person(text))
    }

    /// Compares a secret with what somebody signs in with. Wrong ones count: first they cost time, in the end they
    /// lock out.
    fn compare(&mut self, user: &User, given: &str) -> Result<(), Error> {
        let words = Words(self.language);
        if user.locked_out {
            return Err(words.locked_out());
        }
        let now = self.host.now();
        let kept = self.store.count_attempt(&user.id, now, |kept| {
            secret::wait(kept, now).map_or(Ok::<_, Error>(()), |left| Err(words.wait(left)))
        })?;
        let kept = kept.ok_or_else(|| words.unknown_person(&user.name))?;
        if secret::fits(given, &kept.hash) {
            self.store.forgive_attempts(&user.id)?;
            return Ok(());
        }
        if kept.failures + 1 >= LOCK_OUT && self.lock_out(&user.id)? {
            return Err(words.locked_out());
        }
        Err(words.wrong_secret())
    }

    /// Locks somebody out, unless the clinic would have no owner left who could let anybody in again; for that one
    /// each further attempt costs a quarter of an hour.
    fn lock_out(&mut self, id: &UserId) -> Result<bool, Error> {
        let Some(user) = self.store.user(id)? else {
            return Ok(false);
        };
        let stamp = Stamp {
            at: self.host.now(),
            actor: user.name,
            reason: Words(self.language).locked_out_reason().to_owned(),
        };
        let done = self.store.change(&stamp, Action::EditAccess, |transaction| {
            let users = transaction.users()?;
            if !has_owner(users.iter().filter(|user| user.id != *id)) {
                return Ok(false);
            }
            let Some(user) = users.into_iter().find(|user| user.id == *id) else {
                return Ok(false);
            };
            transaction.put_user(&User {
                locked_out: true,
                ..user
            })?;
            Ok::<_, StoreError>(true)
        })?;
        Ok(done.value)
    }
}

/// Whether an owner among some people can sign in.
pub(super) fn has_owner<'a>(mut users: impl Iterator<Item = &'a User>) -> bool {
    users.any(|user| user.role == Role::Owner && user.active && !user.locked_out)
}
