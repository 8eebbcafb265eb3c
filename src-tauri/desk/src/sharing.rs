//! How practitioners' calendars are shared: how much they tell of patients, and where they go.

mod account;
mod feed;
mod folder;

use std::collections::BTreeMap;

use ordo_core::model::{NamesShown, PractitionerId, Sharing};
use ordo_store::{Action, Reader};

pub use self::account::{NamedAccount, Publication, PublishedEvent};
pub use self::folder::{FolderReport, write_calendar};
use crate::ics::named;
use crate::view::calendars::{PublishState, PublishedView, SharingLine};
use crate::{Desk, Error, Host, UseCase};

impl<H: Host> Desk<H> {
    /// How a practitioner's calendar is shared.
    pub fn sharing(&self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.allow(UseCase::Sharing)?;
        self.sharing_of(practitioner)
    }

    pub(crate) fn sharing_of(&self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.store.read(|view| found(view, practitioner))
    }

    /// How every practitioner's calendar is shared, in the clinic's order.
    pub fn sharings(&self) -> Result<Vec<Sharing>, Error> {
        self.allow(UseCase::Sharing)?;
        self.all_sharings()
    }

    fn all_sharings(&self) -> Result<Vec<Sharing>, Error> {
        let (clinic, said) = self
            .store
            .read(|view| Ok::<_, Error>((view.clinic()?, view.sharings()?)))?;
        let mut said: BTreeMap<_, _> = said
            .into_iter()
            .map(|sharing| (sharing.practitioner.clone(), sharing))
            .collect();
        let all = clinic.practitioners.into_iter();
        Ok(all
            .map(|practitioner| {
                let told = said.remove(&practitioner.id);
                told.unwrap_or_else(|| Sharing::none(practitioner.id))
            })
            .collect())
    }

    /// How every practitioner's calendar is shared, as the window shows it.
    pub fn sharing_lines(&self) -> Result<Vec<SharingLine>, Error> {
        self.allow(UseCase::Sharing)?;
        let practitioners = self.store.clinic()?.practitioners;
        let line = |sharing: Sharing| SharingLine {
            name: named(&practitioners, &sharing.practitioner),
            practitioner: sharing.practitioner.to_string(),
            names: sharing.names.into(),
            feed: sharing
                .feed_secret
                .map(|secret| format!("/calendar/{secret}.ics")),
            published: sharing.account.map(|account| PublishedView {
                address: account.address,
                user: account.user,
                state: PublishState::Elsewhere,
                removing: sharing.account_ends,
                last: None,
            }),
        };
        Ok(self.all_sharings()?.into_iter().map(line).collect())
    }

    /// Chooses how much a practitioner's calendar tells of patients.
    pub fn share_names(
        &mut self,
        practitioner: &PractitionerId,
        names: NamesShown,
    ) -> Result<Sharing, Error> {
        self.allow(UseCase::ShareNames)?;
        self.change_sharing(practitioner, |sharing| sharing.names = names)
    }

    fn change_sharing(
        &mut self,
        practitioner: &PractitionerId,
        change: impl FnOnce(&mut Sharing),
    ) -> Result<Sharing, Error> {
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::EditSharing, |transaction| {
            let mut sharing = found(transaction, practitioner)?;
            change(&mut sharing);
            transaction.put_sharing(&sharing)?;
            Ok::<_, Error>(sharing)
        })?;
        Ok(done.value)
    }
}

/// How a practitioner's calendar is shared as the rows are; refused for somebody whom the clinic does not know.
fn found(view: &Reader, practitioner: &PractitionerId) -> Result<Sharing, Error> {
    let clinic = view.clinic()?;
    if clinic.practitioners.iter().all(|known| &known.id != practitioner) {
        return Err(Error::not_found("practitioner", practitioner));
    }
    let mut said = view.sharings()?.into_iter();
    let of_them = said.find(|sharing| &sharing.practitioner == practitioner);
    Ok(of_them.unwrap_or_else(|| Sharing::none(practitioner.clone())))
}

#[cfg(test)]
mod tests {
    use ordo_core::model::{CalendarAccount, LockBox};

    use super::*;
    use crate::test_support::{TestHost, small_desk};

    #[test]
    fn nothing_that_goes_out_by_itself_tells_of_a_patient_in_a_lock_box() {
        let (_folder, mut desk) = small_desk();
        let pia: PractitionerId = "pia".into();
        desk.share_names(&pia, NamesShown::Full).expect("a level");
        let account = CalendarAccount {
            address: "https://cloud.example/pia/".to_owned(),
            user: "pia".to_owned(),
        };
        desk.share_account(&pia, account).expect("named");
        let feed = desk.start_feed(&pia, [3; 32]).expect("a feed");
        let secret = feed.feed_secret.expect("a secret");
        let sent = |desk: &Desk<TestHost>| {
            let events = desk.publication(&pia).expect("a publication").events();
            [
                desk.feed_text(|known| known == secret)
                    .expect("a store")
                    .expect("a feed"),
                events.into_iter().map(|event| event.text).collect(),
                desk.folder_text(&pia).expect("a calendar"),
            ]
        };
        for text in sent(&desk) {
            assert!(
                text.contains("Zoé Gagnon") && text.contains("left knee"),
                "{text}"
            );
        }
        let lock_box = LockBox {
            patient: "zoe".into(),
            users: Vec::new(),
        };
        let stamp = desk.stamp("");
        desk.store
            .change(&stamp, Action::EditAccess, |transaction| {
                transaction.put_lock_box(&lock_box)
            })
            .expect("a lock-box");
        for text in sent(&desk) {
            assert!(!text.contains("Zoé") && !text.contains("Z. G."), "{text}");
            assert!(!text.contains("left knee"), "{text}");
            assert!(
                text.contains("DTSTART;TZID=America/Toronto:20260303T110000"),
                "{text}"
            );
            assert!(text.contains("Omar Haddad"), "{text}");
        }
    }
}
