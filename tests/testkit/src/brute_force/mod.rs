//! A reference planner that tries every combination, for tiny requests.
//!
//! It reads the two JSON files itself and shares nothing with the planner that it checks, neither rules nor
//! search nor model.

mod choice;
mod facts;
mod form;
mod places;
mod pricing;
mod spans;

use std::collections::BTreeSet;

use serde_json::Value;

use facts::{Facts, Session};
pub use form::Malformed;
use places::Place;
pub use pricing::{PlacedSession, Usual, price};

/// The names of the costs in the order in which a strategy compares them.
pub const LEVELS: [(&str, [&str; 8]); 3] = [
    (
        "same-practitioner",
        [
            "unplaced",
            "moved",
            "changes",
            "days_off",
            "minutes_off",
            "start_delay",
            "wait",
            "orphan",
        ],
    ),
    (
        "soonest",
        [
            "unplaced",
            "moved",
            "start_delay",
            "changes",
            "days_off",
            "minutes_off",
            "wait",
            "orphan",
        ],
    ),
    (
        "same-time",
        [
            "unplaced",
            "moved",
            "days_off",
            "minutes_off",
            "changes",
            "start_delay",
            "wait",
            "orphan",
        ],
    ),
];

/// A cost list, its fields in the order of the strategy.
pub type CostList = [i64; 8];

/// The least cost list of each strategy, in the order of [`LEVELS`].
///
/// `None` when there would be more than `most` combinations to try.
///
/// # Errors
///
/// A file that is not of the planner's form.
pub fn optimum(clinic: &Value, request: &Value, most: u64) -> Result<Option<[CostList; 3]>, Malformed> {
    let facts = Facts::read(clinic, request)?;
    let mut choices = Vec::new();
    for session in &facts.sessions {
        choices.push((*session, facts.places(session)?));
    }
    let combinations = choices.iter().try_fold(1_u64, |product, (_, places)| {
        product.checked_mul(places.len() as u64 + 1)
    });
    if combinations.is_none_or(|combinations| combinations > most) {
        return Ok(None);
    }
    let mut search = Search {
        facts: &facts,
        choices: &choices,
        least: [None; 3],
    };
    search.place_from(0, &mut Vec::new());
    let [Some(one), Some(two), Some(three)] = search.least else {
        return Err(Malformed(
            "no usual date is left for the fixed sessions".to_owned(),
        ));
    };
    Ok(Some([one, two, three]))
}

struct Search<'a> {
    facts: &'a Facts<'a>,
    choices: &'a [(Session, Vec<Place>)],
    least: [Option<CostList>; 3],
}

impl<'a> Search<'a> {
    /// Tries every choice of the sessions from `next` on, beside those already chosen.
    fn place_from(&mut self, next: usize, chosen: &mut Vec<(Session, &'a Place)>) {
        let choices: &'a [(Session, Vec<Place>)] = self.choices;
        let Some((session, places)) = choices.get(next) else {
            self.compare(chosen);
            return;
        };
        for place in places {
            if chosen
                .iter()
                .all(|(other, at)| self.facts.stand_together(session, place, other, at))
                && self.rooms_suffice(session, place, chosen)
            {
                chosen.push((*session, place));
                self.place_from(next + 1, chosen);
                chosen.pop();
            }
        }
        if places.iter().all(|place| !place.fixed) {
            self.place_from(next + 1, chosen);
        }
    }

    /// Rule 12 over all sessions of a date at once: a free session needs one room that none of its neighbours holds.
    fn rooms_suffice(&self, session: &Session, place: &Place, chosen: &[(Session, &Place)]) -> bool {
        let mut all: Vec<(Session, &Place)> = chosen.to_vec();
        all.push((*session, place));
        all.iter().filter(|(_, at)| !at.fixed).all(|(one, at)| {
            let Some(rooms) = &at.rooms else { return true };
            let held: BTreeSet<&str> = all
                .iter()
                .filter(|(other, beside)| {
                    beside.fixed && beside.date == at.date && self.facts.buffers_meet(one, at, other, beside)
                })
                .flat_map(|(_, beside)| beside.rooms.iter().flatten())
                .map(String::as_str)
                .collect();
            rooms.iter().any(|room| !held.contains(room.as_str()))
        })
    }

    /// Counts the costs of a whole schedule and keeps the least list of each strategy.
    fn compare(&mut self, chosen: &[(Session, &Place)]) {
        let unplaced = length(self.choices) - length(chosen);
        if self
            .least
            .iter()
            .all(|least| least.is_some_and(|list| list[0] < unplaced))
        {
            return;
        }
        let Some(days_off) = self.facts.least_days_off(chosen) else {
            return;
        };
        for (least, (_, names)) in self.least.iter_mut().zip(LEVELS) {
            let list = names.map(|name| match name {
                "unplaced" => unplaced,
                "moved" => self.facts.moved(chosen),
                "changes" => self.facts.least_changes(chosen),
                "days_off" => days_off,
                "minutes_off" => self.facts.least_minutes_off(chosen),
                "start_delay" => self.facts.start_delay(chosen),
                "wait" => self.facts.wait(chosen),
                _ => chosen.iter().map(|(_, place)| place.orphan).sum(),
            });
            if least.is_none_or(|known| list < known) {
                *least = Some(list);
            }
        }
    }
}

fn length<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use crate::fixtures;

    use super::*;
    use crate::generator::{Class, instance};

    #[test]
    fn trying_every_combination_gives_the_proven_costs() {
        let proven = fixtures::generated(Class::Tiny).unwrap();
        let mut tried = 0;
        for proven in &proven {
            let instance = instance(Class::Tiny, proven.seed);
            if let Some(costs) = optimum(&instance.clinic, &instance.request, 100_000).unwrap() {
                assert_eq!(costs, proven.costs, "tiny-{}", proven.seed);
                tried += 1;
            }
        }
        assert!(
            2 * tried > proven.len(),
            "only {tried} of {} are tiny enough",
            proven.len()
        );
    }
}
