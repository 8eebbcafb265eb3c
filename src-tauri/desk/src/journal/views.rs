//! Noting in the journal who looked at whose record.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use ordo_core::model::PatientId;

use crate::{Desk, Error, Host};

/// Looking again within this time is the same look.
const SAME_LOOK: TimeDelta = TimeDelta::minutes(10);

/// Above so many looks those that are over are forgotten.
const MANY: usize = 1000;

/// Who looked at whose record when, as far as it was noted by this desk.
#[derive(Debug, Default)]
pub(crate) struct Looks(HashMap<(String, PatientId), DateTime<Utc>>);

impl Looks {
    /// Those of `patients` whom `actor` has not looked at just now, each once.
    fn fresh(&self, actor: &str, patients: Vec<PatientId>, now: DateTime<Utc>) -> Vec<PatientId> {
        let mut fresh = Vec::new();
        for patient in patients {
            let look = (actor.to_owned(), patient);
            // A clock that was set back makes no look last longer.
            let is_same = self.0.get(&look).is_some_and(|at| (now - *at).abs() < SAME_LOOK);
            if !is_same && !fresh.contains(&look.1) {
                fresh.push(look.1);
            }
        }
        fresh
    }

    fn keep(&mut self, actor: &str, patients: Vec<PatientId>, now: DateTime<Utc>) {
        if self.0.len() > MANY {
            self.0.retain(|_, at| (now - *at).abs() < SAME_LOOK);
        }
        self.0.extend(
            patients
                .into_iter()
                .map(|patient| ((actor.to_owned(), patient), now)),
        );
    }
}

impl<H: Host> Desk<H> {
    /// Notes that records were looked at, in one entry; none where it is the same look as before.
    ///
    /// What cannot be noted is not shown, so this comes before the answer.
    pub(crate) fn note_views(&mut self, patients: Vec<PatientId>) -> Result<(), Error> {
        let (actor, now) = (self.actor(), self.host.now());
        let fresh = self.looks.fresh(&actor, patients, now);
        if fresh.is_empty() {
            return Ok(());
        }
        let stamp = self.stamp("");
        self.store.log_view(&stamp, &fresh)?;
        self.looks.keep(&actor, fresh, now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_lasts_ten_minutes_for_each_person_and_patient() {
        let at = |minutes: i64| DateTime::from_timestamp(1_772_460_000 + minutes * 60, 0).unwrap();
        let [zoe, omar] = ["zoe", "omar"].map(PatientId::new);
        let mut looks = Looks::default();
        let both = || vec![zoe.clone(), omar.clone(), zoe.clone()];
        assert_eq!(looks.fresh("ana", both(), at(0)), [zoe.clone(), omar.clone()]);
        looks.keep("ana", vec![zoe.clone()], at(0));
        assert_eq!(looks.fresh("ana", both(), at(9)), std::slice::from_ref(&omar));
        assert_eq!(looks.fresh("ana", both(), at(-9)), std::slice::from_ref(&omar));
        assert_eq!(looks.fresh("ben", both(), at(9)), [zoe.clone(), omar.clone()]);
        assert_eq!(looks.fresh("ana", both(), at(10)), [zoe.clone(), omar.clone()]);
        assert_eq!(looks.fresh("ana", both(), at(-10)), [zoe, omar]);
    }

    #[test]
    fn looks_that_are_over_are_forgotten() {
        let at = |minutes: i64| DateTime::from_timestamp(1_772_460_000 + minutes * 60, 0).unwrap();
        let mut looks = Looks::default();
        let many = |from: usize| {
            (from..from + 800)
                .map(|id| PatientId::new(id.to_string()))
                .collect()
        };
        looks.keep("ana", many(0), at(0));
        looks.keep("ana", many(1000), at(5));
        looks.keep("ana", many(2000), at(14));
        assert_eq!(looks.0.len(), 1600);
    }
}
