//! Proposals in words, in each language.

use chrono::Locale;
use ordo_core::Language;
use ordo_core::model::{Clinic, Strategy, UsualSlot};
use ordo_core::planner::Cost;
use ordo_core::rules::Rule;
use ordo_core::why::{Change, Help, Unplaced};

/// Says proposals in one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub Language);

impl Words {
    pub fn changed(self) -> String {
        self.0
            .pick(
                "the calendar has changed meanwhile and nothing was booked; look at the proposals again",
                "l’agenda a changé entre-temps et rien n’a été réservé ; regardez de nouveau les propositions",
            )
            .to_owned()
    }

    pub fn provider_is_named(self, most: usize) -> String {
        match self.0 {
            Language::English => format!("say who decided, in at most {most} characters"),
            Language::French => format!("dites qui a décidé, en {most} caractères au plus"),
        }
    }

    pub fn decides_nothing(self) -> String {
        self.0
            .pick(
                "say what was decided: the order, the spacing or the frequency",
                "dites ce qui est décidé : l’ordre, l’espacement ou la fréquence",
            )
            .to_owned()
    }

    pub fn spacing_is_out_of_range(self) -> String {
        self.0
            .pick(
                "a wait lasts up to 240 minutes; a gap 12 to 120 hours, the least before the greatest",
                "une attente dure au plus 240 minutes ; un écart, de 12 à 120 heures, le moindre avant le plus grand",
            )
            .to_owned()
    }

    pub fn aim(self, strategy: Strategy) -> &'static str {
        match strategy {
            Strategy::SamePractitioner => self.0.pick("Same practitioner", "Même praticien"),
            Strategy::Soonest => self.0.pick("Soonest", "Au plus tôt"),
            Strategy::SameTime => self.0.pick("Same day and time", "Même jour et même heure"),
        }
    }

    /// `Massage therapy: Tuesdays 10:00 with Wei Zhang`.
    pub fn usual(self, clinic: &Clinic, usual: &UsualSlot) -> String {
        let discipline = discipline(clinic, usual.discipline.as_str());
        let known = clinic
            .practitioners
            .iter()
            .find(|each| each.id == usual.practitioner);
        let practitioner = known.map_or(usual.practitioner.as_str(), |known| known.name.as_str());
        let minutes = usual.time.minutes();
        let (hour, minute) = (minutes / 60, minutes % 60);
        match self.0 {
            Language::English => format!(
                "{discipline}: {}s {hour:02}:{minute:02} with {practitioner}",
                usual.date.format("%A")
            ),
            Language::French => format!(
                "{discipline} : le {} à {hour} h {minute:02} avec {practitioner}",
                usual.date.format_localized("%A", Locale::fr_CA)
            ),
        }
    }

    pub fn costs(self, cost: &Cost) -> Vec<String> {
        let counted = |count: u32, one: (&str, &str), many: (&str, &str)| {
            let noun = if count == 1 { one } else { many };
            let noun = match self.0 {
                Language::English => noun.0,
                Language::French => noun.1,
            };
            (count > 0).then(|| format!("{count} {noun}"))
        };
        let delay = u32::try_from(cost.start_delay).unwrap_or(0);
        [
            counted(
                cost.changes,
                ("visit with somebody else", "rendez-vous avec quelqu’un d’autre"),
                ("visits with somebody else", "rendez-vous avec quelqu’un d’autre"),
            ),
            counted(
                cost.days_off,
                ("day off the usual day", "jour d’écart avec le jour habituel"),
                (
                    "days off the usual days",
                    "jours d’écart avec les jours habituels",
                ),
            ),
            counted(
                cost.minutes_off,
                (
                    "minute off the usual time",
                    "minute d’écart avec l’heure habituelle",
                ),
                (
                    "minutes off the usual times",
                    "minutes d’écart avec les heures habituelles",
                ),
            ),
            counted(
                cost.wait,
                ("minute of waiting", "minute d’attente"),
                ("minutes of waiting", "minutes d’attente"),
            ),
            counted(
                delay,
                ("day after the earliest date", "jour après la première date"),
                ("days after the earliest date", "jours après la première date"),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The gap of a pair: `24 h 15`, or a wait of minutes.
    pub fn gap(self, minutes: i32) -> String {
        match minutes {
            ..=240 => match self.0 {
                Language::English => format!("{minutes} min wait"),
                Language::French => format!("{minutes} min d’attente"),
            },
            _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
            _ => format!("{} h {:02}", minutes / 60, minutes % 60),
        }
    }

    pub fn unplaced(self, clinic: &Clinic, missing: &Unplaced) -> String {
        let discipline = discipline(clinic, missing.discipline.as_str());
        let why: Vec<_> = missing
            .removed_by()
            .iter()
            .take(3)
            .map(|&(rule, _)| self.rule(rule))
            .collect();
        let week = missing.week + 1;
        match self.0 {
            Language::English => {
                format!("{discipline} of week {week} has no place: {}", why.join(", "))
            }
            Language::French => format!(
                "{discipline} de la semaine {week} n’a pas de place : {}",
                why.join(", ")
            ),
        }
    }

    pub fn help(self, help: &Help) -> String {
        let words = match (&help.change, self.0) {
            (Change::Practitioners { to, .. }, Language::English) => {
                format!("Anybody who offers it ({})", to.len())
            }
            (Change::Practitioners { to, .. }, Language::French) => {
                format!("Quiconque l’offre ({})", to.len())
            }
            (Change::ToleranceDays { to }, Language::English) => {
                format!("Up to {to} days around the usual day")
            }
            (Change::ToleranceDays { to }, Language::French) => {
                format!("Jusqu’à {to} jours autour du jour habituel")
            }
            (Change::Availability, language) => language
                .pick("Any time of the patient’s", "À toute heure du patient")
                .to_owned(),
            (Change::MaxWaitMinutes { to }, Language::English) => format!("Wait up to {to} min"),
            (Change::MaxWaitMinutes { to }, Language::French) => format!("Attendre jusqu’à {to} min"),
            (Change::MaxHours { to }, Language::English) => {
                format!("A gap of up to {to} h, if the provider allows it")
            }
            (Change::MaxHours { to }, Language::French) => {
                format!("Un écart jusqu’à {to} h, si le professionnel le permet")
            }
        };
        match self.0 {
            Language::English => format!("{words}: {} more", help.places),
            Language::French => format!("{words} : {} de plus", help.places),
        }
    }

    fn rule(self, rule: Rule) -> &'static str {
        let (english, french) = match rule {
            Rule::Start => ("past or too early", "passé ou trop tôt"),
            Rule::WorkingHours => ("outside working hours", "hors des heures de travail"),
            Rule::Practitioner => ("practitioner busy", "praticien occupé"),
            Rule::Room => ("no room", "aucune salle"),
            Rule::Patient => ("patient cannot", "patient non disponible"),
            Rule::SameDiscipline => ("same treatment that day", "même soin ce jour-là"),
            Rule::OtherDiscipline => ("too close to another visit", "trop près d’un autre rendez-vous"),
            Rule::Rhythm => ("off the rhythm", "hors du rythme"),
            Rule::Pair => ("does not fit its pair", "ne va pas avec l’autre soin"),
            Rule::BetweenPairs => ("too close to another week", "trop près d’une autre semaine"),
            Rule::OnePerDate => ("two of a kind that day", "deux du même genre ce jour-là"),
            Rule::SameDate => ("clashes that day", "conflit ce jour-là"),
        };
        self.0.pick(english, french)
    }
}

fn discipline<'a>(clinic: &'a Clinic, id: &'a str) -> &'a str {
    let known = clinic.disciplines.iter().find(|each| each.id.as_str() == id);
    known.map_or(id, |known| known.name.as_str())
}
