//! The decision: which rule decides, why, and who disagrees.

use super::decision::{Case, Conflict, Decision, Note, Part, Reason, Source};
use super::lookup::{DecideError, find};
use super::words::{frequency_words, order_words, spacing_words};
use super::{Condition, Need, Protocols, Sensitivity};
use crate::model::{DisciplineId, Frequency, ProviderDecision, Spacing};

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
    let (order, order_by) = made.order(
        newest(|decision| decision.order.is_some()),
        &conditions,
        &needs,
        case.chosen_order.as_ref(),
    );
    let (spacing, spacing_by) = made.spacing(
        protocols,
        newest(|decision| decision.spacing.is_some()),
        &sensitivities,
    );
    let (frequency, frequency_by) = made.frequency(
        protocols,
        newest(|decision| decision.frequency.is_some()),
        case.chosen_frequency,
    );
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
        chosen: Option<&[DisciplineId; 2]>,
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
            (None, None) => chosen.map(|order| {
                (
                    order.clone(),
                    Source::Chosen,
                    format!("chosen: {}", order_words(order)),
                )
            }),
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
        chosen: Option<Frequency>,
    ) -> (Frequency, Source) {
        match (
            provider.and_then(|decision| Some((decision, decision.frequency?))),
            chosen,
        ) {
            (Some((decision, frequency)), _) => {
                let text = format!(
                    "{} set {}{}",
                    signed(decision),
                    frequency_words(frequency),
                    noted(decision)
                );
                self.reason(Part::Frequency, text);
                (frequency, source(decision))
            }
            (None, Some(frequency)) => {
                self.reason(Part::Frequency, format!("chosen: {}", frequency_words(frequency)));
                (frequency, Source::Chosen)
            }
            (None, None) => {
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

#[cfg(test)]
mod tests;
