//! Accounts that calendars are published to, and what is published.

use chrono::NaiveDate;
use ordo_core::ical::{Event, EventTime, Export, calendar_text};
use ordo_core::model::{CalendarAccount, PractitionerId, Sharing};

use crate::{Code, Desk, Error, Host, UseCase};

/// An event as it lies on a calendar server: a calendar of one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedEvent {
    /// Its UID.
    pub uid: String,
    /// iCalendar text.
    pub text: String,
}

/// A practitioner's calendar as it is published; two that are equal read the same on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication(Export);

impl Publication {
    /// The date from which it is kept up to date; what lies before stays as it is.
    pub fn from(&self) -> NaiveDate {
        self.0.from
    }

    /// Its events, each for itself, so that the text of one changes only when the event does.
    pub fn events(&self) -> Vec<PublishedEvent> {
        let export = &self.0;
        let alone = |event: &Event| {
            let date = match event.time {
                EventTime::For { start, .. } => start.date(),
                EventTime::Between { from, .. } => from.date(),
            };
            PublishedEvent {
                uid: event.uid.clone(),
                text: calendar_text(&Export {
                    name: export.name.clone(),
                    time_zone: export.time_zone,
                    color: None,
                    from: date,
                    to: date,
                    events: vec![event.clone()],
                }),
            }
        };
        export.events.iter().map(alone).collect()
    }
}

/// An account as the clinic names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAccount {
    /// Whose calendar it holds.
    pub practitioner: PractitionerId,
    /// The account.
    pub account: CalendarAccount,
    /// Whether what was published is to be taken away and nothing published any more.
    pub ends: bool,
}

impl<H: Host> Desk<H> {
    /// Refuses whoever may not name the account that a calendar is published to.
    pub fn may_share_account(&self) -> Result<(), Error> {
        self.allow(UseCase::ShareAccount)
    }

    /// Refuses whoever may not end publishing.
    pub fn may_end_account(&self) -> Result<(), Error> {
        self.allow(UseCase::EndAccount)
    }

    /// Refuses whoever may not look which calendars an account has.
    pub fn may_find_calendars(&self) -> Result<(), Error> {
        self.allow(UseCase::AccountCalendars)
    }

    /// Refuses whoever may not read a calendar of an account.
    pub fn may_fetch_calendar(&self) -> Result<(), Error> {
        self.allow(UseCase::AccountCalendar)
    }

    /// Names the account that a practitioner's calendar is published to; its password is not kept here.
    pub fn share_account(
        &mut self,
        practitioner: &PractitionerId,
        account: CalendarAccount,
    ) -> Result<Sharing, Error> {
        self.allow(UseCase::ShareAccount)?;
        self.change_sharing(practitioner, |sharing| {
            sharing.account = Some(account);
            sharing.account_ends = false;
        })
    }

    /// Wishes that what was published of a practitioner's calendar be taken away. From now on nothing is published, on
    /// whatever computer; the account stays named until [`Desk::account_taken_away`] or [`Desk::end_account`].
    pub fn begin_end_of_account(&mut self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.allow(UseCase::EndAccount)?;
        self.change_sharing(practitioner, |sharing| {
            sharing.account_ends = sharing.account.is_some();
        })
    }

    /// Ends the publishing of a practitioner's calendar; what was published stays.
    pub fn end_account(&mut self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.allow(UseCase::EndAccount)?;
        self.change_sharing(practitioner, |sharing| {
            sharing.account = None;
            sharing.account_ends = false;
        })
    }

    /// Ends an account from which everything was taken away, as was wished before, whoever is at the desk. One that is named
    /// again meanwhile, or another, stays.
    pub fn account_taken_away(
        &mut self,
        practitioner: &PractitionerId,
        account: &CalendarAccount,
    ) -> Result<Sharing, Error> {
        self.change_sharing(practitioner, |sharing| {
            if sharing.account_ends && sharing.account.as_ref() == Some(account) {
                sharing.account = None;
                sharing.account_ends = false;
            }
        })
    }

    /// The accounts that calendars are published to, or were, whoever is at the desk.
    pub fn accounts(&self) -> Result<Vec<NamedAccount>, Error> {
        let named = |sharing: Sharing| {
            Some(NamedAccount {
                practitioner: sharing.practitioner,
                account: sharing.account?,
                ends: sharing.account_ends,
            })
        };
        Ok(self.all_sharings()?.into_iter().filter_map(named).collect())
    }

    /// A practitioner's calendar as it is published now; none is where publishing is to end.
    pub fn publication(&self, practitioner: &PractitionerId) -> Result<Publication, Error> {
        let sharing = self.sharing_of(practitioner)?;
        if sharing.account_ends {
            let text = self.language.pick(
                "publishing was stopped, and what was published is to be taken away; name the account again to publish to it",
                "la publication a été arrêtée, et ce qui a été publié doit être enlevé; nommez de nouveau le compte pour y publier",
            );
            return Err(Error::new(Code::BadRequest, text));
        }
        Ok(Publication(self.current_export(practitioner, sharing.names)?))
    }
}

#[cfg(test)]
mod tests {
    use ordo_store::Which;

    use super::*;
    use crate::test_support::small_desk;

    #[test]
    fn an_account_is_named_and_ended_in_the_journal_and_never_comes_back_by_undo() {
        let (_folder, mut desk) = small_desk();
        let account = CalendarAccount {
            address: "https://cloud.example/pia/".to_owned(),
            user: "pia".to_owned(),
        };
        desk.share_account(&"pia".into(), account.clone()).expect("named");
        assert_eq!(
            desk.accounts().expect("accounts"),
            [NamedAccount {
                practitioner: "pia".into(),
                account: account.clone(),
                ends: false
            }]
        );
        let lines = desk.sharing_lines().expect("lines");
        let told = lines.iter().find_map(|line| line.published.as_ref());
        assert_eq!(told.map(|told| &told.address), Some(&account.address));
        // The same again is no change.
        let entries = desk.journal(10).expect("entries").len();
        desk.share_account(&"pia".into(), account).expect("named");
        assert_eq!(desk.journal(10).expect("entries").len(), entries);
        desk.end_account(&"pia".into()).expect("ended");
        assert_eq!(desk.journal(10).expect("entries").len(), entries + 1);
        assert_eq!(desk.accounts().expect("accounts"), []);
        assert!(desk.undo(Which::Last, "").is_err());
        assert_eq!(desk.accounts().expect("accounts"), []);
    }

    #[test]
    fn a_wish_to_stop_is_kept_until_all_is_taken_away_and_nothing_is_published_meanwhile() {
        let (_folder, mut desk) = small_desk();
        let pia: PractitionerId = "pia".into();
        let account = CalendarAccount {
            address: "https://cloud.example/pia/".to_owned(),
            user: "pia".to_owned(),
        };
        let other = CalendarAccount {
            user: "max".to_owned(),
            ..account.clone()
        };
        desk.begin_end_of_account(&pia).expect("nothing to end");
        assert_eq!(desk.accounts().expect("accounts"), []);
        desk.share_account(&pia, account.clone()).expect("named");
        desk.publication(&pia).expect("a publication");
        desk.begin_end_of_account(&pia).expect("wished");
        assert!(desk.accounts().expect("accounts")[0].ends);
        let lines = desk.sharing_lines().expect("lines");
        assert!(
            lines
                .iter()
                .any(|line| line.published.as_ref().is_some_and(|told| told.removing))
        );
        let refused = desk.publication(&pia).expect_err("stopped");
        assert!(refused.message.contains("stopped"), "{refused}");
        // Whoever took something away from another account ends nothing.
        desk.account_taken_away(&pia, &other).expect("nothing");
        assert!(desk.accounts().expect("accounts")[0].ends);
        desk.account_taken_away(&pia, &account).expect("ended");
        assert_eq!(desk.accounts().expect("accounts"), []);
        // Named again it is published to again, and a removal that ends late ends nothing.
        desk.share_account(&pia, account.clone()).expect("named");
        desk.begin_end_of_account(&pia).expect("wished");
        desk.share_account(&pia, account.clone()).expect("named again");
        desk.account_taken_away(&pia, &account).expect("nothing");
        assert!(!desk.accounts().expect("accounts")[0].ends);
        desk.publication(&pia).expect("a publication");
    }
}
