//! Calendars that come in and go out, as the window and the command line show them.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::setup::AffectedVisit;

/// How a calendar is brought in as the absences of a practitioner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CalendarImportForm {
    /// Whose absences.
    pub practitioner: String,
    /// Whether titles are kept as reasons; those of private events never are.
    pub titles: bool,
    /// The first date; today when absent.
    pub from: Option<NaiveDate>,
    /// The last date; a year from the first when absent.
    pub to: Option<NaiveDate>,
}

/// What bringing a calendar in would do, or has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CalendarImportView {
    /// What the calendar calls itself.
    pub name: Option<String>,
    /// The first date that is looked at.
    pub from: NaiveDate,
    /// The last date that is looked at.
    pub to: NaiveDate,
    /// Absences that are new.
    pub added: Vec<ImportedTime>,
    /// Absences whose time or reason changes.
    pub changed: Vec<ImportedTime>,
    /// Absences that the calendar no longer has.
    pub removed: Vec<ImportedTime>,
    /// How many are as they were.
    pub unchanged: u32,
    /// How many times lie outside the dates.
    pub outside: u32,
    /// How many take no time: free, or called off.
    pub free: u32,
    /// What was passed over or read otherwise, by line.
    pub skipped: Vec<SkippedLine>,
    /// How many more were.
    pub more_skipped: u32,
    /// The booked visits that the new absences hit.
    pub affected: Vec<AffectedVisit>,
    /// The entry of the journal, once it is done and anything changed.
    pub entry: Option<u32>,
}

/// One time of an imported calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ImportedTime {
    /// Its first minute, local.
    pub from: NaiveDateTime,
    /// The minute after the last, local.
    pub to: NaiveDateTime,
    /// The reason that is noted; may be empty.
    pub reason: String,
}

/// A line of a file and what is the matter with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SkippedLine {
    /// Its number, from 1.
    pub line: u32,
    /// What was passed over and why, in words.
    pub why: String,
}

/// How calendars are shared from this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SharingView {
    /// Each practitioner, in the clinic's order.
    pub practitioners: Vec<SharingLine>,
    /// Whether the feed server is to run.
    pub serves: bool,
    /// Whether other machines of the network are served too, encrypted.
    pub network: bool,
    /// Where it is found, while it listens.
    pub address: Option<String>,
    /// The folder that is kept up to date.
    pub folder: Option<String>,
    /// What stands in the way of the server or the folder, in words.
    pub problem: Option<String>,
    /// Whether this computer has a keychain, which keeps the passwords of accounts.
    pub keychain: bool,
}

/// How one practitioner's calendar is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SharingLine {
    /// The practitioner.
    pub practitioner: String,
    /// Their name.
    pub name: String,
    /// How much it tells of patients.
    pub names: super::practitioner::NamesShown,
    /// The path of the feed, which is secret; none where there is no feed.
    pub feed: Option<String>,
    /// The account that it is published to, and how that goes.
    pub published: Option<PublishedView>,
}

/// A calendar that is published to its practitioner's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PublishedView {
    /// The address of the calendar on the server.
    pub address: String,
    /// Who signs in there.
    pub user: String,
    /// How it goes.
    pub state: PublishState,
    /// Whether what Ordo wrote is being taken away, or was to be.
    pub removing: bool,
    /// What the last whole run did, since the program began.
    pub last: Option<PublishedRun>,
}

/// How publishing goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum PublishState {
    /// This computer does not know the password, so it does not keep the calendar up to date.
    Elsewhere,
    /// It is about to begin.
    Waiting,
    /// A run is under way.
    Working {
        /// Events that are done.
        done: u32,
        /// Of how many; 0 until that is known.
        of: u32,
    },
    /// The calendar is kept up to date.
    Kept,
    /// It is tried again by itself.
    Delayed {
        /// Why it was put off, in words.
        why: String,
    },
    /// Somebody has to do something first.
    Stopped {
        /// What is wrong and what to do, in words.
        why: String,
    },
}

/// What a run of publishing did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PublishedRun {
    /// When it ended, on the clinic's clock.
    pub at: NaiveDateTime,
    /// Events that are new there.
    pub created: u32,
    /// Events that were written again.
    pub updated: u32,
    /// Events that were taken away.
    pub deleted: u32,
    /// Events that were as they should be.
    pub unchanged: u32,
    /// Events that were changed there at the same moment or refused; the next run looks at them again.
    pub left: u32,
}

/// A calendar of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AccountCalendar {
    /// Its address.
    pub address: String,
    /// What its owner calls it.
    pub name: String,
}
