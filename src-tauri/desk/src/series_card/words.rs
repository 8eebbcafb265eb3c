//! What a card says, in each language.

use chrono::NaiveDate;
use ordo_core::model::Series;
use ordo_core::protocol::{order_words, spacing_words};
use ordo_core::{Clock, Language, Speech};

/// Says a card in one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    pub fn title(self, visits: usize) -> String {
        match (self.0, visits) {
            (Language::English, 1) => "Your appointment".to_owned(),
            (Language::English, visits) => format!("Your {visits} appointments"),
            (Language::French, 1) => "Votre rendez-vous".to_owned(),
            (Language::French, visits) => format!("Vos {visits} rendez-vous"),
        }
    }

    /// Order and spacing as one sentence.
    pub fn rule(self, series: &Series) -> String {
        let words = format!(
            "{}, {}",
            order_words(&series.order, self.0),
            spacing_words(series.spacing, self.0)
        );
        let mut letters = words.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    pub fn columns(self) -> [&'static str; 4] {
        self.0.pick(
            ["Date", "Time", "Treatment", "With"],
            ["Date", "Heure", "Soin", "Avec"],
        )
    }

    /// From a minute of the day to another.
    pub fn times(self, from: u32, to: u32, clock: Clock) -> String {
        let speech = Speech {
            language: self.0,
            clock,
        };
        let [from, to] = [from, to].map(|minute| speech.time(minute));
        self.0.pick(format!("{from}–{to}"), format!("{from} – {to}"))
    }

    pub fn closing(self) -> &'static str {
        self.0.pick(
            "If you cannot come, please tell us as early as you can: the visits are planned around each other.",
            "Si vous ne pouvez pas venir, dites-le-nous le plus tôt possible\u{a0}: les rendez-vous sont planifiés les \
             uns par rapport aux autres.",
        )
    }

    /// Page `number` of `of`.
    pub fn page(self, number: usize, of: usize) -> String {
        match self.0 {
            Language::English => format!("Page {number} of {of}"),
            Language::French => format!("Page {number} sur {of}"),
        }
    }

    pub fn file_name(self, date: NaiveDate) -> String {
        format!("{}-{date}.pdf", self.0.pick("appointments", "rendez-vous"))
    }
}
