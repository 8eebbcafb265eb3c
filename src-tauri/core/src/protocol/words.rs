//! The sentences of decisions, in each language.

use super::{Condition, Need};
use crate::Language;
use crate::model::{Discipline, DisciplineId, Frequency, ProviderDecision, Spacing};

/// A discipline in a sentence; the two that every clinic starts with have words, another is named by its identifier.
pub fn discipline_words(discipline: &DisciplineId, language: Language) -> &str {
    Words(language).discipline(discipline)
}

/// Which discipline comes first, in words.
pub fn order_words(order: &[DisciplineId; 2], language: Language) -> String {
    Words(language).order(order)
}

/// How far apart a pair lies, in words.
pub fn spacing_words(spacing: Spacing, language: Language) -> String {
    Words(language).spacing(spacing)
}

/// How often each discipline comes, in words.
pub fn frequency_words(frequency: Frequency, language: Language) -> &'static str {
    Words(language).frequency(frequency)
}

/// Says decisions in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub Language);

impl Words {
    pub fn discipline(self, discipline: &DisciplineId) -> &str {
        match discipline.as_str() {
            Discipline::PHYSIOTHERAPY => self.0.pick("physiotherapy", "physiothérapie"),
            Discipline::MASSAGE => self.0.pick("massage", "massothérapie"),
            other => other,
        }
    }

    pub fn order(self, order: &[DisciplineId; 2]) -> String {
        let [first, second] = order.each_ref().map(|discipline| self.discipline(discipline));
        match self.0 {
            Language::English => format!("{first} first, then {second}"),
            Language::French => format!("{first} d’abord, puis {second}"),
        }
    }

    pub fn spacing(self, spacing: Spacing) -> String {
        match (self.0, spacing) {
            (Language::English, Spacing::SameDay { max_wait_minutes }) => {
                format!("both on the same day, in order, at most {max_wait_minutes} min apart")
            }
            (Language::French, Spacing::SameDay { max_wait_minutes }) => {
                format!("les deux le même jour, dans l’ordre, à {max_wait_minutes} min d’écart au plus")
            }
            (Language::English, Spacing::SeparateDays { min_hours, max_hours }) => {
                format!("on separate days, {min_hours} to {max_hours} h apart")
            }
            (Language::French, Spacing::SeparateDays { min_hours, max_hours }) => {
                format!("en des jours séparés, espacés de {min_hours} à {max_hours} h")
            }
        }
    }

    pub fn frequency(self, frequency: Frequency) -> &'static str {
        match frequency {
            Frequency::Combined => self.0.pick(
                "physiotherapy every week, massage every second week",
                "physiothérapie chaque semaine, massothérapie toutes les deux semaines",
            ),
            Frequency::Alternating => self.0.pick(
                "one treatment one week, the other the next",
                "un soin une semaine, l’autre la suivante",
            ),
            Frequency::BothWeekly => self
                .0
                .pick("both treatments every week", "les deux soins chaque semaine"),
        }
    }

    /// A provider's decision: who set what, and the note with it.
    pub fn set(self, decision: &ProviderDecision, what: &str) -> String {
        let (signed, set) = (self.signed(decision), self.0.pick("set", "a fixé\u{a0}:"));
        if decision.note.is_empty() {
            format!("{signed} {set} {what}")
        } else {
            format!("{signed} {set} {what}{}{}", self.colon(), decision.note)
        }
    }

    pub fn chosen(self, what: &str) -> String {
        format!("{}{}{what}", self.0.pick("chosen", "choisi"), self.colon())
    }

    pub fn usual(self, what: &str) -> String {
        let usual = self.0.pick("the clinic’s usual", "l’habitude de la clinique");
        format!("{usual}{}{what}", self.colon())
    }

    pub fn named(self, name: &str, what: &str) -> String {
        format!("{name}{}{what}", self.colon())
    }

    pub fn condition(self, condition: &Condition) -> String {
        let order = self.order(&condition.order);
        let because = self.0.pick("because", "car");
        self.named(
            &condition.name,
            &format!("{order}, {because} {}", condition.reason),
        )
    }

    pub fn need(self, need: &Need) -> String {
        self.named(&need.name, &self.order(&need.order))
    }

    pub fn no_order(self) -> String {
        self.0
            .pick(
                "nothing decides the order; please choose which treatment comes first",
                "rien ne décide de l’ordre; veuillez choisir le soin qui vient en premier",
            )
            .to_owned()
    }

    pub fn same_day(self, spacing: Spacing) -> String {
        let nothing = self.0.pick(
            "nothing calls for separate days",
            "rien ne demande des jours séparés",
        );
        self.named(nothing, &self.spacing(spacing))
    }

    /// A sensitivity against a provider who allows one day for both.
    pub fn same_day_allowed(self, sensitivity: &str, decision: &ProviderDecision) -> String {
        let signed = self.signed(decision);
        match self.0 {
            Language::English => {
                format!("{sensitivity} calls for separate days; {signed} allows the same day")
            }
            Language::French => {
                format!("{sensitivity} demande des jours séparés; {signed} permet le même jour")
            }
        }
    }

    /// Two providers who set a part differently on one date.
    pub fn rivals(self, one: (&ProviderDecision, &str), other: (&ProviderDecision, &str)) -> String {
        let (first, second) = (self.signed(one.0), self.signed(other.0));
        match self.0 {
            Language::English => format!(
                "{first} set {}, {second} set {}; please ask the providers",
                one.1, other.1
            ),
            Language::French => format!(
                "{first} a fixé\u{a0}: {}, {second} a fixé\u{a0}: {}; veuillez demander aux professionnels",
                one.1, other.1
            ),
        }
    }

    /// Two names that call for different orders.
    pub fn disagreement(
        self,
        one: (&str, &[DisciplineId; 2]),
        other: (&str, &[DisciplineId; 2]),
        settled: bool,
    ) -> String {
        let (one_order, other_order) = (self.order(one.1), self.order(other.1));
        match self.0 {
            Language::English => {
                let end = if settled {
                    "the provider has decided"
                } else {
                    "please ask the provider"
                };
                format!(
                    "{} calls for {one_order}, {} for {other_order}; {end}",
                    one.0, other.0
                )
            }
            Language::French => {
                let end = if settled {
                    "le professionnel a décidé"
                } else {
                    "veuillez demander au professionnel"
                };
                format!(
                    "{} demande {one_order}; {} demande {other_order}; {end}",
                    one.0, other.0
                )
            }
        }
    }

    fn signed(self, decision: &ProviderDecision) -> String {
        let date = self.0.plain_date(decision.date);
        format!("{} ({date})", decision.provider)
    }

    /// What stands between a name and what is said of it.
    fn colon(self) -> &'static str {
        self.0.pick(": ", "\u{a0}: ")
    }
}
