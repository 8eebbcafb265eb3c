//! Who is at the desk, and what they may do and see.

mod lock_box;
mod people;
mod secret;
mod session;
mod sight;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use sight::Sight;
pub use table::{Right, UseCase};

use ordo_core::model::{Role, User};
use ordo_store::{Action, Entity, Entry, EntryKind, Which};

use self::words::Words;
use crate::{Code, Desk, Error, Host};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Somebody in a clinic that knows no people yet; they act as its owner.
    Anybody,
    /// Somebody who signed in.
    User(User),
    /// Nobody: people have to sign in, and nobody has.
    Nobody,
}

impl<H: Host> Desk<H> {
    /// Refuses what whoever is at the desk may not do; each use case begins with it.
    ///
    /// # Errors
    /// [`Code::SignedOut`] when somebody has to sign in first, [`Code::NotAllowed`] when their role may not.
    pub(crate) fn allow(&self, case: UseCase) -> Result<(), Error> {
        match (case.right(), self.who()?) {
            (Right::Open, _) | (_, Who::Anybody) => Ok(()),
            (_, Who::Nobody) => Err(Error::new(Code::SignedOut, Words(self.language).signed_out())),
            (right, Who::User(user)) if right.roles().contains(&user.role) => Ok(()),
            (_, Who::User(user)) => Err(Words(self.language).not_allowed(user.role)),
        }
    }

    /// Who is at the desk, as the clinic knows them now: somebody removed or locked out meanwhile is nobody.
    pub(crate) fn who(&self) -> Result<Who, Error> {
        if let Some(session) = &self.session {
            let user = self.store.user(&session.id)?;
            let same = |user: &User| user.active && !user.locked_out && user.secret_set == session.secret_set;
            return Ok(user.filter(same).map_or(Who::Nobody, Who::User));
        }
        Ok(if self.store.has_users()? {
            Who::Nobody
        } else {
            Who::Anybody
        })
    }

    /// The use cases that whoever is at the desk may have.
    pub(crate) fn allowed(&self) -> Result<Vec<UseCase>, Error> {
        let who = self.who()?;
        let may = |case: &UseCase| match &who {
            Who::Anybody => true,
            Who::Nobody => case.right() == Right::Open,
            Who::User(user) => case.right().roles().contains(&user.role),
        };
        Ok(UseCase::ALL.iter().copied().filter(may).collect())
    }

    /// Refuses to take back or make again what whoever is at the desk could not have done: a practitioner changes what
    /// they changed themselves; the protocols and how long records are kept are the owners'. Names the entry, so that no other is taken.
    pub(crate) fn allow_turn(&self, which: Which, next: Option<Entry>) -> Result<Which, Error> {
        let entry = match which {
            Which::Last => next,
            Which::Entry(seq) => self.store.entry(seq)?,
        };
        let (Some(entry), Who::User(user)) = (entry, self.who()?) else {
            return Ok(which);
        };
        if let EntryKind::Change(action) = entry.kind {
            let words = Words(self.language);
            match (user.role, action) {
                (Role::Practitioner, _) if entry.actor != user.name => return Err(words.not_your_change()),
                (Role::FrontDesk, Action::EditProtocols) => return Err(words.not_allowed(user.role)),
                (Role::FrontDesk, Action::EditClinic)
                    if entry
                        .changes
                        .iter()
                        .any(|change| change.entity == Entity::Retention) =>
                {
                    return Err(words.not_allowed(user.role));
                }
                _ => {}
            }
        }
        Ok(Which::Entry(entry.seq))
    }
}
