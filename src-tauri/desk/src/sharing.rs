//! How practitioners' calendars are shared: how much they tell, feeds, and a folder that is kept up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use ordo_core::Language;
use ordo_core::ical::{Event, EventTime, Export, calendar_text};
use ordo_core::model::{CalendarAccount, Clinic, NamesShown, PractitionerId, Sharing};
use ordo_store::Action;

use crate::cause::unwritten;
use crate::ics::{in_file_name, named};
use crate::view::calendars::{PublishState, PublishedView, SharingLine};
use crate::writing::write_whole;
use crate::{Code, Desk, Error, Host, UseCase};

/// What became of a folder that is kept up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderReport {
    /// The files that were written, because they differed.
    pub written: Vec<PathBuf>,
    /// How many were as they should be.
    pub unchanged: usize,
}

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
    /// How a practitioner's calendar is shared.
    pub fn sharing(&self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.allow(UseCase::Sharing)?;
        self.sharing_of(practitioner)
    }

    pub(crate) fn sharing_of(&self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        known(&self.store.clinic()?, practitioner)?;
        let said = self.store.sharings()?.into_iter();
        let mut of_them = said.filter(|sharing| &sharing.practitioner == practitioner);
        Ok(of_them
            .next()
            .unwrap_or_else(|| Sharing::none(practitioner.clone())))
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

    /// Starts a practitioner's feed under a new secret, 32 random octets; the old address, if any, stops working.
    pub fn start_feed(&mut self, practitioner: &PractitionerId, random: [u8; 32]) -> Result<Sharing, Error> {
        self.allow(UseCase::ShareFeed)?;
        let secret: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        self.change_sharing(practitioner, |sharing| sharing.feed_secret = Some(secret))
    }

    /// Ends a practitioner's feed; its address stops working at once.
    pub fn stop_feed(&mut self, practitioner: &PractitionerId) -> Result<Sharing, Error> {
        self.allow(UseCase::ShareFeed)?;
        self.change_sharing(practitioner, |sharing| sharing.feed_secret = None)
    }

    /// Refuses whoever may not have the feeds served.
    pub fn may_serve(&self) -> Result<(), Error> {
        self.allow(UseCase::ServeFeeds)
    }

    /// Refuses whoever may not keep a folder of calendars.
    pub fn may_share_folder(&self) -> Result<(), Error> {
        self.allow(UseCase::ShareFolder)
    }

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

    fn change_sharing(
        &mut self,
        practitioner: &PractitionerId,
        change: impl FnOnce(&mut Sharing),
    ) -> Result<Sharing, Error> {
        let stamp = self.stamp("");
        let done = self.store.change(&stamp, Action::EditSharing, |transaction| {
            known(&transaction.clinic()?, practitioner)?;
            let said = transaction.sharings()?.into_iter();
            let mut of_them = said.filter(|sharing| &sharing.practitioner == practitioner);
            let mut sharing = of_them
                .next()
                .unwrap_or_else(|| Sharing::none(practitioner.clone()));
            change(&mut sharing);
            transaction.put_sharing(&sharing)?;
            Ok::<_, Error>(sharing)
        })?;
        Ok(done.value)
    }

    /// Differs whenever any feed may differ: with every change, and on another day.
    pub fn feed_version(&self) -> Result<String, Error> {
        let today = self.now()?.date();
        let spoken = self.language.code();
        Ok(format!("{} {today} {spoken}", self.store.newest_change()?))
    }

    /// The calendar of the feed whose secret `is_it` knows; every secret is asked about, so that time tells nothing.
    pub fn feed_text(&self, is_it: impl Fn(&str) -> bool) -> Result<Option<String>, Error> {
        let mut found = None;
        for sharing in self.store.sharings()? {
            if sharing.feed_secret.as_deref().is_some_and(&is_it) {
                found = Some(sharing);
            }
        }
        let text = |sharing: Sharing| {
            let export = self.current_export(&sharing.practitioner, sharing.names)?;
            Ok(calendar_text(&export))
        };
        found.map(text).transpose()
    }

    /// The present.
    pub fn present(&self) -> DateTime<Utc> {
        self.host.now()
    }

    /// What a folder of calendars holds: for each practitioner, in the clinic's order, the name of their file.
    pub fn folder_plan(&self) -> Result<Vec<(PractitionerId, String)>, Error> {
        let clinic = self.store.clinic()?;
        let names = file_names(&clinic);
        let practitioners = clinic.practitioners.into_iter();
        Ok(practitioners
            .map(|practitioner| practitioner.id)
            .zip(names)
            .collect())
    }

    /// A practitioner's calendar as it lies in a folder, with the names chosen for them.
    pub fn folder_text(&self, practitioner: &PractitionerId) -> Result<String, Error> {
        let names = self.sharing_of(practitioner)?.names;
        Ok(calendar_text(&self.current_export(practitioner, names)?))
    }

    /// Brings a folder up to date: one file for each practitioner; files of other names are left alone.
    pub fn write_folder(&self, folder: &Path) -> Result<FolderReport, Error> {
        let mut report = FolderReport::default();
        for (practitioner, name) in self.folder_plan()? {
            let text = self.folder_text(&practitioner)?;
            match write_calendar(folder, &name, &text, self.language)? {
                Some(path) => report.written.push(path),
                None => report.unchanged += 1,
            }
        }
        Ok(report)
    }
}

/// Writes a file of a folder of calendars, whole or not at all; none where it is as it should be.
pub fn write_calendar(
    folder: &Path,
    name: &str,
    text: &str,
    language: Language,
) -> Result<Option<PathBuf>, Error> {
    let path = folder.join(name);
    let failed = |error: std::io::Error| {
        let words = unwritten(&path, &error, language);
        let other = language.pick("or choose another folder", "ou choisissez un autre dossier");
        Error::new(Code::BadFile, format!("{words}, {other}"))
    };
    if fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(None);
    }
    let made = if folder.is_file() {
        // The system would say that it is there already.
        Err(ErrorKind::NotADirectory.into())
    } else {
        fs::create_dir_all(folder)
    };
    made.and_then(|()| write_whole(&path, text)).map_err(failed)?;
    Ok(Some(path))
}

fn known(clinic: &Clinic, practitioner: &PractitionerId) -> Result<(), Error> {
    let mut all = clinic.practitioners.iter();
    all.any(|known| &known.id == practitioner)
        .then_some(())
        .ok_or_else(|| Error::not_found("practitioner", practitioner))
}

/// A file name for each practitioner; of two with one name, the later carries the identifier too.
fn file_names(clinic: &Clinic) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let all = clinic.practitioners.iter();
    all.map(|practitioner| {
        let name = in_file_name(&practitioner.name);
        let mut name = format!("{name}.ics");
        if !taken.insert(name.clone()) {
            name = format!(
                "{}-{}.ics",
                name.trim_end_matches(".ics"),
                in_file_name(practitioner.id.as_str())
            );
            taken.insert(name.clone());
        }
        name
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use ordo_core::model::AppointmentStatus;
    use ordo_store::Which;

    use super::*;
    use crate::test_support::small_desk;

    fn feed(desk: &Desk<crate::test_support::TestHost>, secret: &str) -> Option<String> {
        desk.feed_text(|known| known == secret).expect("a store")
    }

    #[test]
    fn a_feed_lives_under_its_secret_and_dies_with_it() {
        let (_folder, mut desk) = small_desk();
        assert_eq!(feed(&desk, ""), None);
        let pia: PractitionerId = "pia".into();
        let secret = desk
            .start_feed(&pia, [0xab; 32])
            .expect("a feed")
            .feed_secret
            .expect("a secret");
        assert_eq!(secret.len(), 64);
        let text = feed(&desk, &secret).expect("a feed");
        assert!(text.contains("SUMMARY:Z. G. · Physio 45\r\n") && !text.contains("Gagnon"));
        let version = desk.feed_version().expect("a version");
        desk.share_names(&pia, NamesShown::Busy).expect("a level");
        assert_ne!(desk.feed_version().expect("a version"), version);
        assert!(!feed(&desk, &secret).expect("a feed").contains("Z. G."));
        let newer = desk
            .start_feed(&pia, [0xcd; 32])
            .expect("a feed")
            .feed_secret
            .expect("a secret");
        assert_eq!(feed(&desk, &secret), None, "a new address ends the old one");
        desk.stop_feed(&pia).expect("ended");
        assert_eq!(feed(&desk, &newer), None);
        let refused = desk.undo(Which::Last, "").expect_err("nothing is revived");
        assert_eq!(refused.code, Code::BadRequest);
        assert_eq!(feed(&desk, &newer), None);
        assert_eq!(
            desk.start_feed(&"nobody".into(), [1; 32])
                .expect_err("nobody")
                .code,
            Code::NotFound
        );
    }

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

    #[test]
    fn a_cancelled_visit_stays_thirty_days() {
        let (_folder, mut desk) = small_desk();
        let secret = desk
            .start_feed(&"pia".into(), [1; 32])
            .expect("a feed")
            .feed_secret
            .expect("a secret");
        desk.set_status(&"z2".into(), AppointmentStatus::Cancelled, "ill")
            .expect("cancelled");
        let cancelled = |desk: &Desk<_>| feed(desk, &secret).expect("a feed").contains("STATUS:CANCELLED");
        assert!(cancelled(&desk));
        desk.host.set("2026-04-01T07:00");
        assert!(cancelled(&desk));
        desk.host.set("2026-04-01T10:00");
        assert!(!cancelled(&desk));
    }

    #[test]
    fn a_folder_holds_a_file_for_each_and_is_written_only_where_it_differs() {
        let (folder, mut desk) = small_desk();
        let target = folder.path().join("shared").join("calendars");
        let first = desk.write_folder(&target).expect("a folder");
        let names: Vec<_> = first
            .written
            .iter()
            .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["max-roy.ics", "pia-cote.ics"]);
        fs::write(target.join("mine.txt"), "precious").expect("a file");
        assert_eq!(desk.write_folder(&target).expect("a folder").unchanged, 2);
        desk.set_status(&"m0".into(), AppointmentStatus::Arrived, "")
            .expect("a change");
        desk.share_names(&"pia".into(), NamesShown::Full)
            .expect("a level");
        let second = desk.write_folder(&target).expect("a folder");
        assert_eq!(second.written.len(), 2);
        let text = fs::read_to_string(&second.written[1]).expect("a file");
        assert!(text.contains("Gagnon"));
        assert_eq!(fs::read_dir(&target).expect("the folder").count(), 3);
        let refused = desk.write_folder(&target.join("mine.txt")).expect_err("a file");
        assert!(refused.message.contains("mine.txt"), "{refused}");
    }

    #[test]
    fn two_of_one_name_have_two_files() {
        let (_folder, desk) = small_desk();
        let mut clinic = desk.clinic().expect("a clinic");
        clinic.practitioners[1].name = "max  ROY".to_owned();
        assert_eq!(file_names(&clinic), ["max-roy.ics", "max-roy-pia.ics"]);
    }
}
