//! The planner reaches every proven optimum, and its proposals are legal and cost what they say.

use ordo_core::audit::audit_proposal;
use ordo_testkit::brute_force::CostList;
use ordo_testkit::fixtures;
use ordo_testkit::generator::{Class, instance};
use ordo_testkit::problem::{Problem, cost_lists, price};
use serde_json::Value;

/// Plans, audits and prices one problem; says everything that is wrong with the answer.
fn faults(name: &str, clinic: &Value, request: &Value, proven: &[CostList; 3]) -> Vec<String> {
    let problem = match Problem::from_values(clinic, request) {
        Ok(problem) => problem,
        Err(error) => return vec![format!("{name} is not read: {error}")],
    };
    let plan = match problem.plan() {
        Ok(plan) => plan,
        Err(error) => return vec![format!("{name} is refused: {error}")],
    };
    let mut faults = Vec::new();
    for ((proposal, costs), proven) in plan.proposals.iter().zip(cost_lists(&plan)).zip(proven) {
        let name = format!("{name}, {:?}", proposal.strategy);
        if costs != *proven {
            faults.push(format!("{name}: {costs:?}, proven {proven:?}"));
        }
        let found = audit_proposal(&problem.calendar, &problem.request, proposal).unwrap();
        if !found.is_empty() {
            faults.push(format!("{name}: the audit finds {found:?}"));
        }
        match price(&problem, clinic, request, proposal) {
            Ok(priced) if priced == costs => {}
            Ok(priced) => faults.push(format!("{name}: says {costs:?}, costs {priced:?}")),
            Err(error) => faults.push(format!("{name}: {error}")),
        }
    }
    faults
}

fn assert_optimal(class: Class, at_least: usize) {
    let proven = fixtures::generated(class).unwrap();
    assert!(proven.len() >= at_least, "{} recorded", proven.len());
    let faults: Vec<String> = proven
        .iter()
        .flat_map(|proven| {
            let instance = instance(class, proven.seed);
            let name = format!("{}-{} ({})", class.name(), proven.seed, instance.kind.name());
            faults(&name, &instance.clinic, &instance.request, &proven.costs)
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn public_examples() {
    let examples = fixtures::public().unwrap();
    assert_eq!(examples.len(), 64);
    let faults: Vec<String> = examples
        .iter()
        .flat_map(|example| {
            let clinic = serde_json::from_str(&example.clinic).unwrap();
            let request = serde_json::from_str(&example.request).unwrap();
            faults(&example.name, &clinic, &request, &example.costs)
        })
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn instances_written_by_hand() {
    let crafted = fixtures::crafted().unwrap();
    assert!(crafted.len() >= 16);
    let faults: Vec<String> = crafted
        .iter()
        .flat_map(|crafted| faults(&crafted.name, &crafted.clinic, &crafted.request, &crafted.costs))
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn tiny_generated_instances() {
    assert_optimal(Class::Tiny, 200);
}

#[test]
fn tight_generated_instances() {
    assert_optimal(Class::Tight, 200);
}

#[test]
fn small_generated_instances() {
    assert_optimal(Class::Small, 100);
}

#[test]
fn medium_generated_instances() {
    assert_optimal(Class::Medium, 50);
}

#[test]
fn large_generated_instances() {
    assert_optimal(Class::Large, 5);
}
