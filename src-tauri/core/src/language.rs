//! The languages in which Ordo speaks, and how each writes dates and times.

use chrono::{Datelike as _, Locale, NaiveDate, NaiveDateTime, Timelike as _};

/// A language of words for people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Canadian English.
    #[default]
    English,
    /// Canadian French.
    French,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// Its ISO 639-1 code: `en` or `fr`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The language of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The one of two texts that is in this language.
    pub fn pick<T>(self, english: T, french: T) -> T {
        match self {
            Self::English => english,
            Self::French => french,
        }
    }

    /// A date in short: `Tue, Dec 1`, `mar. 1er déc.`
    pub fn short_date(self, date: NaiveDate) -> String {
        match self {
            Self::English => date.format("%a, %b %-d").to_string(),
            Self::French => format!(
                "{}. {} {}",
                date.format_localized("%A", Locale::fr_CA)
                    .to_string()
                    .chars()
                    .take(3)
                    .collect::<String>(),
                french_day(date),
                FRENCH_MONTHS.get(date.month0() as usize).unwrap_or(&""),
            ),
        }
    }

    /// A date without its weekday: `Dec 1, 2026`, `1er déc. 2026`.
    pub fn plain_date(self, date: NaiveDate) -> String {
        match self {
            Self::English => date.format("%b %-d, %Y").to_string(),
            Self::French => format!(
                "{} {} {}",
                french_day(date),
                FRENCH_MONTHS.get(date.month0() as usize).unwrap_or(&""),
                date.year()
            ),
        }
    }

    /// A date in short with its year: `Tue, Dec 1, 2026`, `mar. 1er déc. 2026`.
    pub fn short_date_of_year(self, date: NaiveDate) -> String {
        let short = self.short_date(date);
        match self {
            Self::English => format!("{short}, {}", date.year()),
            Self::French => format!("{short} {}", date.year()),
        }
    }

    /// A moment by the clock of 24 hours; see [`Speech::moment`].
    pub fn moment(self, at: NaiveDateTime) -> String {
        Speech::from(self).moment(at)
    }

    /// A whole date: `Tuesday, December 1, 2026`, `mardi 1er décembre 2026`.
    pub fn long_date(self, date: NaiveDate) -> String {
        match self {
            Self::English => date.format("%A, %B %-d, %Y").to_string(),
            Self::French => format!(
                "{} {} {}",
                self.weekday(date),
                french_day(date),
                date.format_localized("%B %Y", Locale::fr_CA)
            ),
        }
    }

    /// The day of the week of a date: `Tuesday`, `mardi`.
    pub fn weekday(self, date: NaiveDate) -> String {
        match self {
            Self::English => date.format("%A").to_string(),
            Self::French => date.format_localized("%A", Locale::fr_CA).to_string(),
        }
    }
}

/// How English counts the hours of a day; French always counts to 24.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Clock {
    /// From 0 to 23.
    #[default]
    Of24,
    /// Twice from 1 to 12.
    Of12,
}

impl Clock {
    /// The clock of a word: `12`, or anything else for 24 hours.
    pub fn of_word(word: &str) -> Self {
        match word {
            "12" => Self::Of12,
            _ => Self::Of24,
        }
    }
}

/// A language, and the clock by which it tells the time of day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Speech {
    /// The language.
    pub language: Language,
    /// Its clock.
    pub clock: Clock,
}

impl Speech {
    /// A minute of the day as a time: `09:05` or `9:05 am`, `9 h 05`; minutes of the next day start over. What belongs
    /// together stays on one line.
    pub fn time(self, minute: u32) -> String {
        let (hour, minute) = (minute / 60 % 24, minute % 60);
        match (self.language, self.clock) {
            (Language::English, Clock::Of24) => format!("{hour:02}:{minute:02}"),
            (Language::English, Clock::Of12) => {
                let half = if hour < 12 { "am" } else { "pm" };
                format!("{}:{minute:02}\u{a0}{half}", (hour + 11) % 12 + 1)
            }
            (Language::French, _) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        }
    }

    /// A moment of the past or far ahead: `Tue, Dec 1, 2026, 09:05`, `mar. 1er déc. 2026, 9 h 05`.
    pub fn moment(self, at: NaiveDateTime) -> String {
        format!(
            "{}, {}",
            self.language.short_date_of_year(at.date()),
            self.time_of(at)
        )
    }

    /// The time of day of a local time.
    pub fn time_of(self, local: NaiveDateTime) -> String {
        self.time(local.hour() * 60 + local.minute())
    }
}

impl From<Language> for Speech {
    fn from(language: Language) -> Self {
        Self {
            language,
            clock: Clock::default(),
        }
    }
}

/// The months in short, as the window has them.
const FRENCH_MONTHS: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
];

/// The day of a month; the first is an ordinal.
fn french_day(date: NaiveDate) -> String {
    match date.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    }
}

/// The same words in every language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Said {
    /// In Canadian English.
    pub english: String,
    /// In Canadian French.
    pub french: String,
}

impl Said {
    /// The words in one language.
    pub fn pick(&self, language: Language) -> &str {
        language.pick(&self.english, &self.french)
    }
}

/// Writes the same words in English and French, with what both name in braces.
#[macro_export]
macro_rules! said {
    ($english:literal, $french:literal $(,)?) => {
        $crate::Said {
            english: format!($english),
            french: format!($french),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_are_written_as_the_window_writes_them() {
        for (text, english, french) in [
            ("2026-12-01", "Tue, Dec 1", "mar. 1er déc."),
            ("2027-01-31", "Sun, Jan 31", "dim. 31 janv."),
            ("2026-05-11", "Mon, May 11", "lun. 11 mai"),
            ("2026-07-02", "Thu, Jul 2", "jeu. 2 juil."),
            ("2026-09-30", "Wed, Sep 30", "mer. 30 sept."),
        ] {
            let said = Language::ALL.map(|language| language.short_date(date(text)));
            assert_eq!(said, [english, french]);
        }
        assert_eq!(
            Language::ALL.map(|language| language.long_date(date("2026-12-01"))),
            ["Tuesday, December 1, 2026", "mardi 1er décembre 2026"]
        );
        assert_eq!(
            Language::ALL.map(|language| language.plain_date(date("1984-03-01"))),
            ["Mar 1, 1984", "1er mars 1984"]
        );
    }

    #[test]
    fn a_moment_says_its_year() {
        let at = date("2026-12-01").and_hms_opt(9, 5, 0).expect("a time");
        assert_eq!(
            Language::ALL.map(|language| language.moment(at)),
            ["Tue, Dec 1, 2026, 09:05", "mar. 1er déc. 2026, 9\u{a0}h\u{a0}05"]
        );
    }

    #[test]
    fn a_time_stays_on_one_line() {
        assert_eq!(
            Language::ALL.map(|language| Speech::from(language).time(545)),
            ["09:05", "9\u{a0}h\u{a0}05"]
        );
        assert_eq!(Speech::from(Language::French).time(1500), "1\u{a0}h\u{a0}00");
    }

    #[test]
    fn english_alone_counts_to_twelve_where_that_is_chosen() {
        let by_twelve = |language| Speech {
            language,
            clock: Clock::of_word("12"),
        };
        let english = [0, 545, 720, 1439, 1500].map(|minute| by_twelve(Language::English).time(minute));
        assert_eq!(
            english,
            [
                "12:00\u{a0}am",
                "9:05\u{a0}am",
                "12:00\u{a0}pm",
                "11:59\u{a0}pm",
                "1:00\u{a0}am"
            ]
        );
        assert_eq!(by_twelve(Language::French).time(840), "14\u{a0}h\u{a0}00");
        assert_eq!(Clock::of_word("anything"), Clock::Of24);
    }

    #[test]
    fn both_languages_name_the_same() {
        let hours = 24;
        let said = said!("{hours} hours", "{hours} heures");
        assert_eq!(
            Language::ALL.map(|language| said.pick(language)),
            ["24 hours", "24 heures"]
        );
    }
}
