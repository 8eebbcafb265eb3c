//! How a practitioner's calendar leaves the clinic.

use super::PractitionerId;

/// How much a calendar that leaves the clinic tells of patients.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamesShown {
    /// Initials, service and room.
    #[default]
    Initials,
    /// Only that the time is taken.
    Busy,
    /// The full name, service, room and note.
    Full,
}

impl NamesShown {
    /// Every level.
    pub const ALL: [Self; 3] = [Self::Initials, Self::Busy, Self::Full];

    /// Its word: `initials`, `busy` or `full`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initials => "initials",
            Self::Busy => "busy",
            Self::Full => "full",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|names| names.as_str() == word)
    }
}

/// How one practitioner's calendar is shared: how much it tells, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// The practitioner.
    pub practitioner: PractitionerId,
    /// How much it tells of patients.
    pub names: NamesShown,
    /// The secret in the address of their feed; none where there is no feed.
    pub feed_secret: Option<String>,
    /// The account that their calendar is published to.
    pub account: Option<CalendarAccount>,
    /// Whether publishing to it is to end once what was published is taken away; never true without an account.
    pub account_ends: bool,
}

impl Sharing {
    /// What holds for a practitioner of whom nothing is said: initials, and nothing is sent anywhere.
    pub fn none(practitioner: PractitionerId) -> Self {
        Self {
            practitioner,
            names: NamesShown::default(),
            feed_secret: None,
            account: None,
            account_ends: false,
        }
    }
}

/// A calendar on a CalDAV server; its password is never part of the clinic's records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarAccount {
    /// The address of the calendar on the server.
    pub address: String,
    /// Who signs in.
    pub user: String,
}

impl CalendarAccount {
    /// What a keychain calls it.
    pub fn title(&self) -> String {
        format!("{} at {}", self.user, self.address)
    }
}
