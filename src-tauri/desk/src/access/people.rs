//! Keeping the people who sign in.

use ordo_core::model::{PractitionerId, Role, SecretKind, User, UserId};
use ordo_store::{AccessSettings, Action, fold};

use super::secret;
use super::session::has_owner;
use super::words::Words;
use super::{UseCase, Who};
use crate::view::access::{PeopleView, PersonLine, UserForm};
use crate::view::patients::Named;
use crate::{Desk, Error, Host};

/// The longest name, in characters.
const LONGEST_NAME: usize = 80;

impl<H: Host> Desk<H> {
    /// Everybody who signs in or did, and what the form offers.
    pub fn people(&self) -> Result<PeopleView, Error> {
        self.allow(UseCase::People)?;
        let (users, clinic, access) = self.store.read(|view| {
            Ok::<_, ordo_store::StoreError>((view.users()?, view.clinic()?, view.access_settings()?))
        })?;
        let name_of = |id: &PractitionerId| {
            let known = clinic.practitioners.iter().find(|known| &known.id == id);
            known.map_or_else(|| id.to_string(), |known| known.name.clone())
        };
        Ok(PeopleView {
            people: users
                .into_iter()
                .map(|user| PersonLine {
                    practitioner_name: user.practitioner.as_ref().map(name_of),
                    practitioner: user.practitioner.map(|practitioner| practitioner.to_string()),
                    id: user.id.to_string(),
                    name: user.name,
                    role: user.role.into(),
                    active: user.active,
                    locked_out: user.locked_out,
                    secret: user.secret.into(),
                })
                .collect(),
            practitioners: clinic
                .practitioners
                .iter()
                .map(|known| Named {
                    id: known.id.to_string(),
                    name: known.name.clone(),
                })
                .collect(),
            idle_minutes: access.idle_minutes,
        })
    }

    /// Adds somebody, or changes them; a new secret is set where one is given. The first person is an owner, and is
    /// signed in at once. Gives the identifier.
    pub fn save_user(&mut self, id: Option<&UserId>, form: &UserForm) -> Result<UserId, Error> {
        self.allow(UseCase::SaveUser)?;
        let words = Words(self.language);
        let name = form.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(words.name_is_needed(LONGEST_NAME));
        }
        let kind = SecretKind::from(form.secret);
        let hash = match &form.new_secret {
            Some(given) => {
                secret::check(given, kind, words)?;
                Some(secret::hash(given, &self.host.new_id())?)
            }
            None => None,
        };
        let role = Role::from(form.role);
        let practitioner = form.practitioner.as_deref().map(PractitionerId::from);
        if role == Role::Practitioner && practitioner.is_none() {
            return Err(words.practitioner_is_needed());
        }
        let new_id = UserId::new(self.host.new_id());
        let was_without = self.who()? == Who::Anybody;
        let stamp = match was_without {
            // The first person adds themselves.
            true => ordo_store::Stamp {
                actor: name.to_owned(),
                ..self.stamp("")
            },
            false => self.stamp(""),
        };
        let done = self.store.change(&stamp, Action::EditAccess, |transaction| {
            let users = transaction.users()?;
            let before = match id {
                Some(id) => {
                    let found = users.iter().find(|user| user.id == *id);
                    Some(found.ok_or_else(|| Error::not_found("user", id))?)
                }
                None => None,
            };
            let id = before.map_or(&new_id, |before| &before.id);
            if users
                .iter()
                .any(|other| other.id != *id && fold(&other.name) == fold(name))
            {
                return Err(words.name_is_taken(name));
            }
            // What somebody signs in with stays what it is until it is set anew.
            if hash.is_none() && before.is_none_or(|before| before.secret != kind) {
                return Err(words.secret_is_needed());
            }
            let user = User {
                id: id.clone(),
                name: name.to_owned(),
                role,
                practitioner: practitioner.clone(),
                active: form.active,
                locked_out: before.is_some_and(|before| before.locked_out) && hash.is_none(),
                secret: kind,
                secret_set: before.and_then(|before| before.secret_set),
            };
            let others = users.iter().filter(|other| other.id != user.id);
            if !has_owner(others.chain([&user])) {
                return Err(words.owner_is_needed());
            }
            match &hash {
                Some(hash) => transaction.put_user_with_secret(&user, hash)?,
                None => transaction.put_user(&user)?,
            }
            Ok(user.id)
        })?;
        let id = done.value;
        let is_own = self.session.as_ref().is_some_and(|session| session.id == id);
        if was_without || is_own {
            self.session = self.store.user(&id)?;
        }
        Ok(id)
    }

    /// Lets somebody sign in again who was locked out.
    pub fn lift_lock_out(&mut self, id: &UserId) -> Result<(), Error> {
        self.allow(UseCase::LiftLockOut)?;
        let stamp = self.stamp("");
        self.store.change(&stamp, Action::EditAccess, |transaction| {
            let user = transaction
                .user(id)?
                .ok_or_else(|| Error::not_found("user", id))?;
            transaction.put_user(&User {
                locked_out: false,
                ..user
            })?;
            Ok::<_, Error>(())
        })?;
        Ok(self.store.forgive_attempts(id)?)
    }

    /// Sets after how many minutes without a key or a click the window locks itself.
    pub fn set_idle_minutes(&mut self, minutes: u32) -> Result<(), Error> {
        self.allow(UseCase::SetIdleMinutes)?;
        if !(1..=480).contains(&minutes) {
            return Err(Words(self.language).idle_is_out_of_range());
        }
        let stamp = self.stamp("");
        self.store.change(&stamp, Action::EditAccess, |transaction| {
            transaction.put_access(AccessSettings {
                idle_minutes: minutes,
            })
        })?;
        Ok(())
    }
}
