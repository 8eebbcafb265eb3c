//! Proposals in words, in each language.

use chrono::NaiveDate;
use ordo_core::model::{Clinic, Spacing, Strategy, UsualSlot};
use ordo_core::rules::Rule;
use ordo_core::why::{Change, Help, Unplaced};
use ordo_core::{Clock, Language, Speech};

use super::proposal::{Difference, discipline_name};

/// The longest gap that is a wait, in minutes.
const MOST_WAIT: i32 = Spacing::MOST_WAIT_MINUTES as i32;

/// The gap of a pair where minutes can only be a wait; one below none is how far two visits overlap.
pub(crate) fn gap_in_short(minutes: i32, language: Language) -> String {
    match minutes {
        ..=-1 => format!("−{} min", minutes.unsigned_abs()),
        1..=MOST_WAIT => format!("{minutes} min"),
        _ => Words(language, Clock::default()).gap(minutes),
    }
}

/// Says proposals in one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub Language, pub Clock);

impl Words {
    pub fn changed(self) -> String {
        self.0
            .pick(
                "the calendar has changed meanwhile and nothing was booked; look at the proposals again",
                "l’agenda a changé entre-temps et rien n’a été réservé; regardez de nouveau les propositions",
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
                "dites ce qui est décidé\u{a0}: l’ordre, l’espacement ou la fréquence",
            )
            .to_owned()
    }

    pub fn spacing_is_out_of_range(self) -> String {
        self.0
            .pick(
                "a wait lasts up to 240 minutes; a gap 12 to 120 hours, the least before the greatest",
                "une attente dure au plus 240 minutes; un écart, de 12 à 120 heures, le moindre avant le plus grand",
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

    fn time(self, minute: u32) -> String {
        let Self(language, clock) = self;
        Speech { language, clock }.time(minute)
    }

    /// `Tuesdays 10:00 with Wei Zhang`.
    pub fn usual(self, usual: &UsualSlot, practitioner: &str) -> String {
        let (day, time) = (
            self.0.weekday(usual.date),
            self.time(usual.time.minutes().unsigned_abs()),
        );
        match self.0 {
            Language::English => format!("{day}s {time} with {practitioner}"),
            Language::French => format!("le {day} à {time} avec {practitioner}"),
        }
    }

    /// `Massage therapy, every 2 weeks`.
    pub fn rhythm(self, discipline: &str, every_weeks: u32) -> String {
        match (self.0, every_weeks) {
            (Language::English, 1) => format!("{discipline}, every week"),
            (Language::English, weeks) => format!("{discipline}, every {weeks} weeks"),
            (Language::French, 1) => format!("{discipline}, chaque semaine"),
            (Language::French, weeks) => format!("{discipline}, toutes les {weeks} semaines"),
        }
    }

    /// `2 of 6 differ`; empty when none does.
    pub fn differ(self, differing: usize, of: usize) -> String {
        match (self.0, differing) {
            (_, 0) => String::new(),
            (Language::English, 1) => format!("1 of {of} differs"),
            (Language::English, _) => format!("{differing} of {of} differ"),
            (Language::French, 1) => format!("1 sur {of} diffère"),
            (Language::French, _) => format!("{differing} sur {of} diffèrent"),
        }
    }

    /// How one visit differs from the usual.
    pub fn differs(self, difference: Difference, practitioner: &str) -> Vec<String> {
        let mut words = Vec::new();
        let days = difference.days.unsigned_abs();
        if days > 0 {
            words.push(match (self.0, difference.days > 0) {
                (Language::English, later) => {
                    let day = if days == 1 { "day" } else { "days" };
                    format!("{days} {day} {}", if later { "later" } else { "earlier" })
                }
                (Language::French, later) => {
                    let day = if days == 1 { "jour" } else { "jours" };
                    format!("{days} {day} plus {}", if later { "tard" } else { "tôt" })
                }
            });
        }
        if difference.minutes != 0 {
            let length = self.length(difference.minutes.abs());
            words.push(match (self.0, difference.minutes > 0) {
                (Language::English, true) => format!("{length} later in the day"),
                (Language::English, false) => format!("{length} earlier in the day"),
                (Language::French, true) => format!("{length} plus tard dans la journée"),
                (Language::French, false) => format!("{length} plus tôt dans la journée"),
            });
        }
        if difference.somebody_else {
            words.push(match self.0 {
                Language::English => format!("with {practitioner} this time"),
                Language::French => format!("cette fois avec {practitioner}"),
            });
        }
        words
    }

    /// What a proposal gives up, each as somebody would say it to the patient.
    pub fn costs(self, costs: &Costs) -> Vec<String> {
        let mut words = Vec::new();
        let mut add = |count: usize, english: String, french: String| {
            if count > 0 {
                words.push(self.0.pick(english, french));
            }
        };
        let visits = |count: usize| if count == 1 { "visit" } else { "visits" };
        let (moved, other) = (costs.moved, costs.somebody_else);
        add(
            moved,
            format!("{moved} booked {} would move", visits(moved)),
            format!("{moved} rendez-vous déjà pris à déplacer"),
        );
        add(
            other,
            format!("{other} {} with somebody else", visits(other)),
            format!("{other} rendez-vous avec quelqu’un d’autre"),
        );
        let days = costs.other_day;
        add(
            days,
            format!("{days} {} on another day", visits(days)),
            format!("{days} rendez-vous un autre jour"),
        );
        let (times, most) = (costs.other_time, self.length(costs.most_minutes));
        add(
            times,
            format!("{times} {} at another time, by up to {most}", visits(times)),
            format!("{times} rendez-vous à une autre heure, à {most} près"),
        );
        let (waits, longest) = (costs.waits, self.length(costs.longest_wait));
        add(
            waits,
            format!("{waits} {} with a wait between, up to {longest}", visits(waits)),
            format!("{waits} rendez-vous avec une attente entre les deux, jusqu’à {longest}"),
        );
        words
    }

    /// A length of time: `45 min`, `1 h`, `1 h 30`.
    fn length(self, minutes: i32) -> String {
        match (minutes / 60, minutes % 60) {
            (0, minutes) => format!("{minutes} min"),
            (hours, 0) => format!("{hours} h"),
            (hours, minutes) => format!("{hours} h {minutes:02}"),
        }
    }

    /// `Wed, Dec 9, 10:00 with Wei Zhang`.
    pub fn place(self, date: NaiveDate, minute: u32, practitioner: &str) -> String {
        let (date, time) = (self.0.short_date(date), self.time(minute));
        match self.0 {
            Language::English => format!("{date}, {time} with {practitioner}"),
            Language::French => format!("{date}, {time} avec {practitioner}"),
        }
    }

    /// `Massage therapy of week 3, about Wed, Dec 9`.
    pub fn session(self, discipline: &str, week: u32, date: Option<NaiveDate>) -> String {
        let number = week + 1;
        let about = date.map(|date| self.0.short_date(date));
        match (self.0, about) {
            (Language::English, Some(date)) => format!("{discipline} of week {number}, about {date}"),
            (Language::English, None) => format!("{discipline} of week {number}"),
            (Language::French, Some(date)) => {
                format!("{discipline} de la semaine {number}, vers le {date}")
            }
            (Language::French, None) => format!("{discipline} de la semaine {number}"),
        }
    }

    pub fn lost_pin(self, discipline: &str, place: &str, rule: &str) -> String {
        match self.0 {
            Language::English => format!("{discipline}, {place}, is no longer possible: {rule}"),
            Language::French => format!("{discipline}, {place}, n’est plus possible\u{a0}: {rule}"),
        }
    }

    /// How far a running series is.
    pub fn progress(self, weeks_over: u32, weeks: u32, ahead: usize) -> String {
        match self.0 {
            Language::English => {
                let visits = if ahead == 1 { "visit is" } else { "visits are" };
                format!(
                    "{weeks_over} of {weeks} weeks are over and stay as they are; {ahead} {visits} booked ahead"
                )
            }
            Language::French => format!(
                "{weeks_over} des {weeks} semaines sont passées et restent comme elles sont; {ahead} rendez-vous à venir"
            ),
        }
    }

    /// The gap of a pair: `24 h 15`, or a wait of minutes.
    pub fn gap(self, minutes: i32) -> String {
        match minutes {
            ..=0 => self.0.pick("no wait", "sans attente").to_owned(),
            1..=MOST_WAIT => match self.0 {
                Language::English => format!("{minutes} min wait"),
                Language::French => format!("{minutes} min d’attente"),
            },
            _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
            _ => format!("{} h {:02}", minutes / 60, minutes % 60),
        }
    }

    /// Which visit has no place and why: of the starts within working hours, what removed them.
    pub fn unplaced(self, clinic: &Clinic, missing: &Unplaced, date: Option<NaiveDate>) -> String {
        let session = self.session(&discipline_name(clinic, &missing.discipline), missing.week, date);
        let removed = missing.removed_by();
        let why: Vec<_> = removed
            .iter()
            .filter(|(rule, _)| *rule != Rule::WorkingHours)
            .take(3)
            .map(|&(rule, count)| self.removed(rule, count))
            .collect();
        match (self.0, why.is_empty()) {
            (Language::English, true) => format!("{session}, has no place: nobody who may treat works then."),
            (Language::English, false) => format!(
                "{session}, has no place. Starts within working hours: {}.",
                why.join(", ")
            ),
            (Language::French, true) => {
                format!("{session}, n’a pas de place\u{a0}: personne de possible ne travaille alors.")
            }
            (Language::French, false) => format!(
                "{session}, n’a pas de place. Débuts pendant les heures de travail\u{a0}: {}.",
                why.join(", ")
            ),
        }
    }

    pub fn help(self, help: &Help) -> String {
        let words = match (&help.change, self.0) {
            (Change::Practitioners { to, .. }, Language::English) => {
                format!("Let anybody treat who offers it ({})", to.len())
            }
            (Change::Practitioners { to, .. }, Language::French) => {
                format!("Avec quiconque offre ce soin ({})", to.len())
            }
            (Change::ToleranceDays { to: 1 }, Language::English) => {
                "Allow 1 day around the usual day".to_owned()
            }
            (Change::ToleranceDays { to: 1 }, Language::French) => {
                "Permettre 1 jour autour du jour habituel".to_owned()
            }
            (Change::ToleranceDays { to }, Language::English) => {
                format!("Allow {to} days around the usual day")
            }
            (Change::ToleranceDays { to }, Language::French) => {
                format!("Permettre {to} jours autour du jour habituel")
            }
            (Change::Availability, language) => language
                .pick(
                    "Ask the patient to come at any time",
                    "Demander au patient de venir à toute heure",
                )
                .to_owned(),
            (Change::MaxWaitMinutes { to }, Language::English) => {
                format!("Let the patient wait up to {to} min between the two")
            }
            (Change::MaxWaitMinutes { to }, Language::French) => {
                format!("Faire attendre le patient jusqu’à {to} min entre les deux")
            }
            (Change::MaxHours { to }, Language::English) => {
                format!("A gap of up to {to} h, if the provider allows it")
            }
            (Change::MaxHours { to }, Language::French) => {
                format!("Un écart jusqu’à {to} h, si le professionnel le permet")
            }
        };
        match (self.0, help.places) {
            (Language::English, 1) => format!("{words}: 1 more visit"),
            (Language::English, places) => format!("{words}: {places} more visits"),
            (Language::French, places) => format!("{words}\u{a0}: {places} rendez-vous de plus"),
        }
    }

    fn removed(self, rule: Rule, count: u32) -> String {
        let words = self.0.pick(
            match rule {
                Rule::Start => "past or too early",
                Rule::WorkingHours => "outside working hours",
                Rule::Practitioner => "taken",
                Rule::Room => "without a free room",
                Rule::Patient => "not suiting the patient",
                Rule::SameDiscipline | Rule::OnePerDate => "on a day with the same treatment",
                Rule::OtherDiscipline => "too close to another visit",
                Rule::Rhythm => "off the rhythm",
                Rule::Pair => "without the gap to the other treatment",
                Rule::BetweenPairs => "too close to the week before or after",
                Rule::SameDate => "in conflict on that day",
            },
            match rule {
                Rule::Start => "dans le passé ou trop tôt",
                Rule::WorkingHours => "hors des heures de travail",
                Rule::Practitioner => "pris",
                Rule::Room => "sans salle libre",
                Rule::Patient => "ne convenant pas au patient",
                Rule::SameDiscipline | Rule::OnePerDate => "un jour du même soin",
                Rule::OtherDiscipline => "trop près d’un autre rendez-vous",
                Rule::Rhythm => "hors du rythme",
                Rule::Pair => "sans l’écart avec l’autre soin",
                Rule::BetweenPairs => "trop près de la semaine d’avant ou d’après",
                Rule::SameDate => "en conflit ce jour-là",
            },
        );
        format!("{count} {words}")
    }

    pub fn unknown_session(self) -> String {
        self.0
            .pick(
                "the series has no such visit any more; look at the proposals again",
                "la série n’a plus ce rendez-vous; regardez de nouveau les propositions",
            )
            .to_owned()
    }
}

/// What a proposal gives up, counted in visits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Costs {
    /// Visits with another practitioner than the usual one.
    pub somebody_else: usize,
    /// Visits on another day than the usual one.
    pub other_day: usize,
    /// Visits at another time of day than the usual one.
    pub other_time: usize,
    /// The most minutes that one of them lies from it.
    pub most_minutes: i32,
    /// Pairs with a wait between the two treatments.
    pub waits: usize,
    /// The longest of these waits, in minutes.
    pub longest_wait: i32,
    /// Booked visits that move.
    pub moved: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_one_to_the_longest_that_can_be_asked_for_in_long_and_in_short() {
        for (minutes, long, short) in [
            (-30, "no wait", "−30 min"),
            (0, "no wait", "no wait"),
            (1, "1 min wait", "1 min"),
            (240, "240 min wait", "240 min"),
            (241, "4 h 01", "4 h 01"),
            (1440, "24 h", "24 h"),
        ] {
            let english = Language::English;
            let said = [
                Words(english, Clock::default()).gap(minutes),
                gap_in_short(minutes, english),
            ];
            assert_eq!(said, [long, short]);
        }
    }
}
