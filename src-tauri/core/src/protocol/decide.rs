//! The decision: which rule decides, why, and who disagrees.

use chrono::NaiveDate;

use super::words::{frequency_words, order_words, spacing_words};
use super::{Condition, Need, Protocols, Sensitivity};
use crate::model::{DisciplineId, Frequency, ProviderDecision, Spacing};

/// What a decision is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Identifiers of conditions, the main one first.
    pub conditions: Vec<String>,
    /// Identifiers of needs.
    pub needs: Vec<String>,
    /// Identifiers of sensitivities.
    pub sensitivities: Vec<String>,
    /// What providers set for the patient; of several the newest part wins.
    pub provider_decisions: Vec<ProviderDecision>,
}

/// Order, spacing and frequency, with the reason of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The order; `None` when nothing decides and the front desk must choose.
    pub order: Option<[DisciplineId; 2]>,
    /// The spacing.
    pub spacing: Spacing,
    /// The frequency.
    pub frequency: Frequency,
    /// What decided order, spacing and frequency.
    pub decided_by: [(Part, Source); 3],
    /// The reason of each part in words.
    pub reasons: Vec<Reason>,
    /// Sources that disagree; none is hidden.
    pub conflicts: Vec<Conflict>,
    /// What the practitioners should read on their appointments.
    pub notes: Vec<Note>,
    /// Disciplines that the series may do without.
    pub optional: Vec<DisciplineId>,
    /// The version of the protocols.
    pub protocol_version: u32,
}

/// A part of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Which discipline comes first.
    Order,
    /// How far apart a pair lies.
    Spacing,
    /// How often each discipline comes.
    Frequency,
}

/// What decided a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A provider's decision for this patient.
    Provider {
        /// Who.
        provider: String,
        /// When.
        date: NaiveDate,
    },
    /// A condition, by identifier.
    Condition(String),
    /// A need, by identifier.
    Need(String),
    /// A sensitivity, by identifier.
    Sensitivity(String),
    /// The clinic's default.
    Default,
    /// Nothing.
    Nothing,
}

/// Why a part is as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The part.
    pub about: Part,
    /// The reason in words.
    pub text: String,
}

/// A note for the practitioners of one discipline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The discipline.
    pub discipline: DisciplineId,
    /// The note.
    pub text: String,
}

/// Two sources that disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The part they disagree about.
    pub about: Part,
    /// The source that was followed, unless a provider's decision settled the conflict.
    pub one: Source,
    /// The source that says otherwise.
    pub other: Source,
    /// Whether a provider's decision has settled it.
    pub settled: bool,
    /// The conflict in words.
    pub text: String,
}

/// Why no decision can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecideError {
    /// The protocols have no such condition, need or sensitivity.
    #[error("there is no {kind} \"{id}\" in the protocols{}", suggestion(.near))]
    Unknown {
        /// `condition`, `need` or `sensitivity`.
        kind: &'static str,
        /// What was given.
        id: String,
        /// The nearest identifier there is.
        near: Option<String>,
    },
    /// Something is named twice.
    #[error("the {kind} \"{id}\" is named twice; name it once")]
    Twice {
        /// `condition`, `need` or `sensitivity`.
        kind: &'static str,
        /// What was given.
        id: String,
    },
}

fn suggestion(near: &Option<String>) -> String {
    near.as_ref()
        .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"))
}

/// Decides order, spacing and frequency.
pub fn decide(protocols: &Protocols, case: &Case) -> Result<Decision, DecideError> {
    let conditions = find(
        &case.conditions,
        &protocols.conditions,
        "condition",
        |condition| &condition.id,
    )?;
    let needs = find(&case.needs, &protocols.needs, "need", |need| &need.id)?;
    let sensitivities = find(
        &case.sensitivities,
        &protocols.sensitivities,
        "sensitivity",
        |sensitivity| &sensitivity.id,
    )?;
    let mut made = Making {
        reasons: Vec::new(),
        conflicts: Vec::new(),
    };
    let newest = |has: fn(&ProviderDecision) -> bool| {
        case.provider_decisions
            .iter()
            .filter(|decision| has(decision))
            .max_by_key(|decision| decision.date)
    };
    made.provider_conflicts(&case.provider_decisions);
    let (order, order_by) = made.order(newest(|decision| decision.order.is_some()), &conditions, &needs);
    let (spacing, spacing_by) = made.spacing(
        protocols,
        newest(|decision| decision.spacing.is_some()),
        &sensitivities,
    );
    let (frequency, frequency_by) =
        made.frequency(protocols, newest(|decision| decision.frequency.is_some()));
    let mut notes: Vec<Note> = Vec::new();
    for note in conditions.iter().flat_map(|condition| &condition.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    // A discipline may be left out only if every condition allows it.
    let optional = conditions.first().map_or_else(Vec::new, |main| {
        let agreed =
            |discipline: &&DisciplineId| conditions.iter().all(|other| other.optional.contains(discipline));
        main.optional.iter().filter(agreed).cloned().collect()
    });
    Ok(Decision {
        order,
        spacing,
        frequency,
        decided_by: [
            (Part::Order, order_by),
            (Part::Spacing, spacing_by),
            (Part::Frequency, frequency_by),
        ],
        reasons: made.reasons,
        conflicts: made.conflicts,
        notes,
        optional,
        protocol_version: protocols.version,
    })
}

struct Making {
    reasons: Vec<Reason>,
    conflicts: Vec<Conflict>,
}

impl Making {
    fn reason(&mut self, about: Part, text: String) {
        self.reasons.push(Reason { about, text });
    }

    fn order(
        &mut self,
        provider: Option<&ProviderDecision>,
        conditions: &[&Condition],
        needs: &[&Need],
    ) -> (Option<[DisciplineId; 2]>, Source) {
        let settled = provider.is_some();
        let by_protocol = match (conditions.first(), needs.first()) {
            (Some(main), _) => {
                self.condition_conflicts(main, conditions, needs, settled);
                Some((
                    main.order.clone(),
                    Source::Condition(main.id.clone()),
                    condition_reason(main),
                ))
            }
            (None, Some(first)) => {
                self.need_conflicts(first, needs, settled);
                let text = format!("{}: {}", first.name, order_words(&first.order));
                Some((first.order.clone(), Source::Need(first.id.clone()), text))
            }
            (None, None) => None,
        };
        match (
            provider.and_then(|decision| decision.order.as_ref().map(|order| (decision, order))),
            by_protocol,
        ) {
            (Some((decision, order)), _) => {
                self.reason(
                    Part::Order,
                    format!(
                        "{} set {}{}",
                        signed(decision),
                        order_words(order),
                        noted(decision)
                    ),
                );
                (Some(order.clone()), source(decision))
            }
            (None, Some((order, by, text))) => {
                self.reason(Part::Order, text);
                (Some(order), by)
            }
            (None, None) => {
                self.reason(
                    Part::Order,
                    "nothing decides the order; please choose which treatment comes first".to_owned(),
                );
                (None, Source::Nothing)
            }
        }
    }

    /// Two providers who set a part differently on one date: neither decision is newer than the other.
    fn provider_conflicts(&mut self, decisions: &[ProviderDecision]) {
        self.rivals(Part::Order, decisions, |decision| {
            decision.order.as_ref().map(order_words)
        });
        self.rivals(Part::Spacing, decisions, |decision| {
            decision.spacing.map(spacing_words)
        });
        self.rivals(Part::Frequency, decisions, |decision| {
            decision
                .frequency
                .map(|frequency| frequency_words(frequency).to_owned())
        });
    }

    fn rivals(
        &mut self,
        about: Part,
        decisions: &[ProviderDecision],
        words: fn(&ProviderDecision) -> Option<String>,
    ) {
        let set = decisions
            .iter()
            .filter_map(|decision| Some((decision, words(decision)?)));
        let Some((followed, followed_words)) = set.clone().max_by_key(|(decision, _)| decision.date) else {
            return;
        };
        let is_last_word = |decision: &ProviderDecision| {
            let later = set
                .clone()
                .rev()
                .find(|(other, _)| other.provider == decision.provider && other.date == decision.date);
            later.is_some_and(|(last, _)| std::ptr::eq(last, decision))
        };
        for (other, other_words) in set.clone() {
            if other.date == followed.date
                && other.provider != followed.provider
                && other_words != followed_words
                && is_last_word(other)
            {
                self.conflicts.push(Conflict {
                    about,
                    one: source(followed),
                    other: source(other),
                    settled: false,
                    text: format!(
                        "{} set {followed_words}, {} set {other_words}; please ask the providers",
                        signed(followed),
                        signed(other)
                    ),
                });
            }
        }
    }

    fn condition_conflicts(
        &mut self,
        main: &Condition,
        conditions: &[&Condition],
        needs: &[&Need],
        settled: bool,
    ) {
        let followed = || Source::Condition(main.id.clone());
        for other in conditions
            .iter()
            .skip(1)
            .filter(|other| other.order != main.order)
        {
            let text = disagreement(&main.name, &main.order, &other.name, &other.order, settled);
            self.conflict(followed(), Source::Condition(other.id.clone()), settled, text);
        }
        for need in needs.iter().filter(|need| need.order != main.order) {
            let text = disagreement(&main.name, &main.order, &need.name, &need.order, settled);
            self.conflict(followed(), Source::Need(need.id.clone()), settled, text);
        }
    }

    fn need_conflicts(&mut self, first: &Need, needs: &[&Need], settled: bool) {
        for other in needs.iter().skip(1).filter(|other| other.order != first.order) {
            let text = disagreement(&first.name, &first.order, &other.name, &other.order, settled);
            self.conflict(
                Source::Need(first.id.clone()),
                Source::Need(other.id.clone()),
                settled,
                text,
            );
        }
    }

    fn conflict(&mut self, one: Source, other: Source, settled: bool, text: String) {
        self.conflicts.push(Conflict {
            about: Part::Order,
            one,
            other,
            settled,
            text,
        });
    }

    fn spacing(
        &mut self,
        protocols: &Protocols,
        provider: Option<&ProviderDecision>,
        sensitivities: &[&Sensitivity],
    ) -> (Spacing, Source) {
        if let Some((decision, spacing)) = provider.and_then(|decision| Some((decision, decision.spacing?))) {
            self.reason(
                Part::Spacing,
                format!(
                    "{} set {}{}",
                    signed(decision),
                    spacing_words(spacing),
                    noted(decision)
                ),
            );
            if matches!(spacing, Spacing::SameDay { .. }) {
                for sensitivity in sensitivities {
                    self.conflicts.push(Conflict {
                        about: Part::Spacing,
                        one: source(decision),
                        other: Source::Sensitivity(sensitivity.id.clone()),
                        settled: true,
                        text: format!(
                            "{} calls for separate days; {} allows the same day",
                            sensitivity.name,
                            signed(decision)
                        ),
                    });
                }
            }
            return (spacing, source(decision));
        }
        let Some(first) = sensitivities.first() else {
            self.reason(
                Part::Spacing,
                format!(
                    "nothing calls for separate days: {}",
                    spacing_words(protocols.same_day)
                ),
            );
            return (protocols.same_day, Source::Default);
        };
        let names: Vec<_> = sensitivities
            .iter()
            .map(|sensitivity| sensitivity.name.as_str())
            .collect();
        self.reason(
            Part::Spacing,
            format!("{}: {}", names.join("; "), spacing_words(protocols.separate_days)),
        );
        (protocols.separate_days, Source::Sensitivity(first.id.clone()))
    }

    fn frequency(
        &mut self,
        protocols: &Protocols,
        provider: Option<&ProviderDecision>,
    ) -> (Frequency, Source) {
        match provider.and_then(|decision| Some((decision, decision.frequency?))) {
            Some((decision, frequency)) => {
                let text = format!(
                    "{} set {}{}",
                    signed(decision),
                    frequency_words(frequency),
                    noted(decision)
                );
                self.reason(Part::Frequency, text);
                (frequency, source(decision))
            }
            None => {
                self.reason(
                    Part::Frequency,
                    format!("the clinic's usual: {}", frequency_words(protocols.frequency)),
                );
                (protocols.frequency, Source::Default)
            }
        }
    }
}

fn source(decision: &ProviderDecision) -> Source {
    Source::Provider {
        provider: decision.provider.clone(),
        date: decision.date,
    }
}

fn signed(decision: &ProviderDecision) -> String {
    format!("{} ({})", decision.provider, decision.date)
}

fn noted(decision: &ProviderDecision) -> String {
    if decision.note.is_empty() {
        String::new()
    } else {
        format!(": {}", decision.note)
    }
}

fn condition_reason(condition: &Condition) -> String {
    format!(
        "{}: {}, because {}",
        condition.name,
        order_words(&condition.order),
        condition.reason
    )
}

fn disagreement(
    one: &str,
    one_order: &[DisciplineId; 2],
    other: &str,
    other_order: &[DisciplineId; 2],
    settled: bool,
) -> String {
    let end = if settled {
        "the provider has decided"
    } else {
        "please ask the provider"
    };
    format!(
        "{one} calls for {}, {other} for {}; {end}",
        order_words(one_order),
        order_words(other_order)
    )
}

fn find<'a, T>(
    wanted: &[String],
    known: &'a [T],
    kind: &'static str,
    id_of: fn(&T) -> &String,
) -> Result<Vec<&'a T>, DecideError> {
    let mut found: Vec<&T> = Vec::with_capacity(wanted.len());
    for (index, id) in wanted.iter().enumerate() {
        if wanted[..index].contains(id) {
            return Err(DecideError::Twice { kind, id: id.clone() });
        }
        let item = known
            .iter()
            .find(|item| id_of(item) == id)
            .ok_or_else(|| DecideError::Unknown {
                kind,
                id: id.clone(),
                near: nearest(id, known.iter().map(|item| id_of(item).as_str())),
            })?;
        found.push(item);
    }
    Ok(found)
}

/// The known word that shares most pairs of letters with the given one, if any is close.
fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let pairs = |word: &str| {
        word.to_lowercase()
            .replace(' ', "-")
            .as_bytes()
            .windows(2)
            .map(<[u8]>::to_vec)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let wanted = pairs(given);
    let likeness = |word: &str| {
        let has = pairs(word);
        200 * wanted.intersection(&has).count() / (wanted.len() + has.len()).max(1)
    };
    known
        .map(|word| (likeness(word), word))
        .filter(|&(alike, _)| alike >= 40)
        .max()
        .map(|(_, word)| word.to_owned())
}

#[cfg(test)]
mod tests;
