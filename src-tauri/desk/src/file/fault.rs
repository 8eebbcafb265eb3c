//! What is wrong with a file, and where.

use std::fmt::{self, Write};

use ordo_core::Language;
use ordo_core::validate::Fault;

/// Why a file was refused: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFaults {
    /// Each fault with its path, in the order of the file where that is known; never empty.
    pub faults: Vec<Fault>,
}

/// How many faults are written out for people.
const SHOWN: usize = 20;

impl FileFaults {
    /// The first of them in one language, each on a line of its own.
    pub fn words(&self, language: Language) -> String {
        let count = self.faults.len();
        let mut words = match (language, count) {
            (Language::English, 1) => "1 thing is wrong with the file".to_owned(),
            (Language::English, _) => format!("{count} things are wrong with the file"),
            (Language::French, 1) => "le fichier a 1 erreur".to_owned(),
            (Language::French, _) => format!("le fichier a {count} erreurs"),
        };
        for fault in self.faults.iter().take(SHOWN) {
            // Writing to a String cannot fail.
            let _ = write!(words, "\n  {}: {}", fault.path, fault.text.pick(language));
        }
        if count > SHOWN {
            let more = count - SHOWN;
            words += &match language {
                Language::English => format!("\n  … and {more} more; --json lists them all"),
                Language::French => format!("\n  … et {more} de plus; --json les donne toutes"),
            };
        }
        words
    }
}

impl fmt::Display for FileFaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words(Language::English))
    }
}

impl std::error::Error for FileFaults {}
