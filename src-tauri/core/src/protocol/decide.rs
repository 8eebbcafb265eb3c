//! The decision: which rule decides, why, and who disagrees.

use super::decision::{Case, Conflict, Decision, Note, Part, Reason, Source};
use super::lookup::{DecideError, find};
use super::words::Words;
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
        words: Words(case.language),
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
    words: Words,
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
                    self.words.condition(main),
                ))
            }
            (None, Some(first)) => {
                self.need_conflicts(first, needs, settled);
                Some((
                    first.order.clone(),
                    Source::Need(first.id.clone()),
                    self.words.need(first),
                ))
            }
            (None, None) => chosen.map(|order| {
                (
                    order.clone(),
                    Source::Chosen,
                    self.words.chosen(&self.words.order(order)),
                )
            }),
        };
        match (
            provider.and_then(|decision| decision.order.as_ref().map(|order| (decision, order))),
            by_protocol,
        ) {
            (Some((decision, order)), _) => {
                self.reason(Part::Order, self.words.set(decision, &self.words.order(order)));
                (Some(order.clone()), source(decision))
            }
            (None, Some((order, by, text))) => {
                self.reason(Part::Order, text);
                (Some(order), by)
            }
            (None, None) => {
                self.reason(Part::Order, self.words.no_order());
                (None, Source::Nothing)
            }
        }
    }

    /// Two providers who set a part differently on one date: neither decision is newer than the other.
    fn provider_conflicts(&mut self, decisions: &[ProviderDecision]) {
        let words = self.words;
        self.rivals(Part::Order, decisions, |decision| {
            decision.order.as_ref().map(|order| words.order(order))
        });
        self.rivals(Part::Spacing, decisions, |decision| {
            decision.spacing.map(|spacing| words.spacing(spacing))
        });
        self.rivals(Part::Frequency, decisions, |decision| {
            decision
                .frequency
                .map(|frequency| words.frequency(frequency).to_owned())
        });
    }

    fn rivals(
        &mut self,
        about: Part,
        decisions: &[ProviderDecision],
        words: impl Fn(&ProviderDecision) -> Option<String>,
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
                    text: self
                        .words
                        .rivals((followed, &followed_words), (other, &other_words)),
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
            let text =
                self.words
                    .disagreement((&main.name, &main.order), (&other.name, &other.order), settled);
            self.conflict(followed(), Source::Condition(other.id.clone()), settled, text);
        }
        for need in needs.iter().filter(|need| need.order != main.order) {
            let text = self
                .words
                .disagreement((&main.name, &main.order), (&need.name, &need.order), settled);
            self.conflict(followed(), Source::Need(need.id.clone()), settled, text);
        }
    }

    fn need_conflicts(&mut self, first: &Need, needs: &[&Need], settled: bool) {
        for other in needs.iter().skip(1).filter(|other| other.order != first.order) {
            let text =
                self.words
                    .disagreement((&first.name, &first.order), (&other.name, &other.order), settled);
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
                self.words.set(decision, &self.words.spacing(spacing)),
            );
            if matches!(spacing, Spacing::SameDay { .. }) {
                for sensitivity in sensitivities {
                    self.conflicts.push(Conflict {
                        about: Part::Spacing,
                        one: source(decision),
                        other: Source::Sensitivity(sensitivity.id.clone()),
                        settled: true,
                        text: self.words.same_day_allowed(&sensitivity.name, decision),
                    });
                }
            }
            return (spacing, source(decision));
        }
        let Some(first) = sensitivities.first() else {
            self.reason(Part::Spacing, self.words.same_day(protocols.same_day));
            return (protocols.same_day, Source::Default);
        };
        let names: Vec<_> = sensitivities
            .iter()
            .map(|sensitivity| sensitivity.name.as_str())
            .collect();
        self.reason(
            Part::Spacing,
            self.words
                .named(&names.join("; "), &self.words.spacing(protocols.separate_days)),
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
                self.reason(
                    Part::Frequency,
                    self.words.set(decision, self.words.frequency(frequency)),
                );
                (frequency, source(decision))
            }
            (None, Some(frequency)) => {
                self.reason(
                    Part::Frequency,
                    self.words.chosen(self.words.frequency(frequency)),
                );
                (frequency, Source::Chosen)
            }
            (None, None) => {
                self.reason(
                    Part::Frequency,
                    self.words.usual(self.words.frequency(protocols.frequency)),
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

#[cfg(test)]
mod tests;
