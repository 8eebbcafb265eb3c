//! How a practitioner's calendar leaves the clinic.

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
