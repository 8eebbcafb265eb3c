//! From a frequency to how often each discipline comes.

use crate::model::{Discipline, DisciplineId, Frequency};

/// How often a discipline of a pair comes: every n weeks from a first week.
///
/// Combined means physiotherapy every week and massage every second; of a pair that lacks one of the two, the
/// other keeps its rhythm, and of a pair that lacks both the first comes every week. Alternating begins with the
/// first of the order.
pub fn rhythm_pattern(
    frequency: Frequency,
    order: &[DisciplineId; 2],
    discipline: &DisciplineId,
) -> (u32, u32) {
    match frequency {
        Frequency::Combined if discipline == weekly_of(order) => (1, 0),
        Frequency::Combined => (2, 0),
        Frequency::Alternating => (2, u32::from(*discipline != order[0])),
        Frequency::BothWeekly => (1, 0),
    }
}

fn weekly_of(order: &[DisciplineId; 2]) -> &DisciplineId {
    let [first, second] = order;
    let second_is_weekly =
        second.as_str() == Discipline::PHYSIOTHERAPY || first.as_str() == Discipline::MASSAGE;
    if second_is_weekly && first.as_str() != Discipline::PHYSIOTHERAPY {
        second
    } else {
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequencies_become_rhythms() {
        for (order, frequency, expected) in [
            (["massage", "physio"], Frequency::Combined, [(2, 0), (1, 0)]),
            (["physio", "massage"], Frequency::Combined, [(1, 0), (2, 0)]),
            (["massage", "chiro"], Frequency::Combined, [(2, 0), (1, 0)]),
            (["chiro", "massage"], Frequency::Combined, [(1, 0), (2, 0)]),
            (["chiro", "physio"], Frequency::Combined, [(2, 0), (1, 0)]),
            (["physio", "chiro"], Frequency::Combined, [(1, 0), (2, 0)]),
            (["yoga", "chiro"], Frequency::Combined, [(1, 0), (2, 0)]),
            (["massage", "physio"], Frequency::Alternating, [(2, 0), (2, 1)]),
            (["physio", "massage"], Frequency::Alternating, [(2, 0), (2, 1)]),
            (["massage", "physio"], Frequency::BothWeekly, [(1, 0), (1, 0)]),
        ] {
            let order = order.map(DisciplineId::from);
            let patterns = [0, 1].map(|index: usize| rhythm_pattern(frequency, &order, &order[index]));
            assert_eq!(patterns, expected, "{order:?} {frequency:?}");
        }
    }
}
