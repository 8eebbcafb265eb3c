//! The languages in which Ordo speaks.

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
