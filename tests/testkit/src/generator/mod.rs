//! Seeded clinics and requests, as JSON values of the two file formats.
//!
//! The same class and seed give the same instance on every machine and in every version: proven costs are recorded for them.

mod calendar;
mod clinic;
mod repair;
mod request;
mod shape;

use serde_json::Value;

use crate::random::Random;
pub use shape::{Class, Kind};

/// One generated planning problem.
#[derive(Debug, Clone)]
pub struct Instance {
    /// What makes the instance hard.
    pub kind: Kind,
    /// The clinic file.
    pub clinic: Value,
    /// The request file.
    pub request: Value,
}

/// Generates the instance of a class and a seed; consecutive seeds run through all kinds.
pub fn instance(class: Class, seed: u64) -> Instance {
    let kind = Kind::of_seed(seed);
    let mut random = Random::new(seed.wrapping_mul(1_000_003) ^ class.salt());
    let shape = shape::draw(class, kind, &mut random);
    let mut staff = clinic::staff(&shape, &mut random);
    let mut calendar = calendar::Calendar::new(&shape);
    let request = request::request(&shape, &mut staff, &mut calendar, &mut random);
    calendar.fill(&shape, &staff, &mut random);
    Instance {
        kind,
        clinic: clinic::file(&shape, &staff, &calendar, &mut random),
        request,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_instances() {
        for class in [Class::Tiny, Class::Small, Class::Medium] {
            for seed in 0..24 {
                let (one, two) = (instance(class, seed), instance(class, seed));
                assert_eq!(one.clinic, two.clinic);
                assert_eq!(one.request, two.request);
            }
        }
    }

    #[test]
    fn consecutive_seeds_run_through_every_kind() {
        let kinds: std::collections::BTreeSet<_> = (0..Kind::ALL.len() as u64)
            .map(|seed| instance(Class::Tiny, seed).kind.name())
            .collect();
        assert_eq!(kinds.len(), Kind::ALL.len());
    }
}
