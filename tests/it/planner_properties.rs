//! What holds of the planner for every request.

use chrono::{Duration, NaiveDate};
use ordo_core::audit::audit_proposal;
use ordo_testkit::brute_force::{LEVELS, optimum};
use ordo_testkit::generator::{Class, Instance, instance};
use ordo_testkit::problem::{Problem, cost_lists, price};
use proptest::prelude::*;
use serde_json::{Value, json};

fn any_instance() -> impl Strategy<Value = Instance> {
    let classes = [Class::Tiny, Class::Tight];
    (0..classes.len(), any::<u32>()).prop_map(move |(class, seed)| instance(classes[class], u64::from(seed)))
}

fn problem(instance: &Instance) -> Problem {
    Problem::from_values(&instance.clinic, &instance.request).unwrap()
}

/// Adds a practitioner who works all week, has no visits and offers everything, and asks for them too.
fn with_a_free_practitioner(instance: &Instance) -> Instance {
    let mut richer = instance.clone();
    let services: Vec<Value> = richer.clinic["services"]
        .as_array()
        .unwrap()
        .iter()
        .map(|service| service["id"].clone())
        .collect();
    let hours: Vec<Value> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .map(|weekday| json!({"weekday": weekday, "from": "08:00", "to": "18:00"}))
        .collect();
    richer.clinic["practitioners"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": "free", "name": "Free", "services": services, "hours": hours}));
    for wanted in richer.request["disciplines"]
        .as_object_mut()
        .unwrap()
        .values_mut()
    {
        wanted["practitioners"]
            .as_array_mut()
            .unwrap()
            .push(json!("free"));
    }
    richer
}

/// Moves every date and time of a file by whole days.
fn shifted(value: &Value, days: i64) -> Value {
    match value {
        Value::String(text) => {
            let date = text.get(..10).and_then(|date| date.parse::<NaiveDate>().ok());
            date.map_or_else(
                || value.clone(),
                |date| json!(format!("{}{}", date + Duration::days(days), &text[10..])),
            )
        }
        Value::Array(items) => items.iter().map(|item| shifted(item, days)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, item)| (key.clone(), shifted(item, days)))
            .collect(),
        _ => value.clone(),
    }
}

fn shifted_instance(instance: &Instance, days: i64) -> Instance {
    Instance {
        kind: instance.kind,
        clinic: shifted(&instance.clinic, days),
        request: shifted(&instance.request, days),
    }
}

/// The instance in a zone and a season in which the clocks do not change for months.
fn in_summer(instance: &Instance) -> Instance {
    let earliest: NaiveDate = instance.request["earliest"].as_str().unwrap().parse().unwrap();
    let april = NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
    let weeks = (april - earliest).num_days().div_euclid(7);
    let mut moved = shifted_instance(instance, 7 * weeks);
    moved.clinic["clinic"]["time_zone"] = json!("America/Toronto");
    moved
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_proposal_passes_the_audit_and_costs_what_it_says(instance in any_instance()) {
        let problem = problem(&instance);
        let plan = problem.plan().unwrap();
        for (proposal, costs) in plan.proposals.iter().zip(cost_lists(&plan)) {
            prop_assert_eq!(audit_proposal(&problem.calendar, &problem.request, proposal).unwrap(), Vec::new());
            prop_assert_eq!(price(&problem, &instance.clinic, &instance.request, proposal), Ok(costs));
        }
    }

    #[test]
    fn tiny_requests_get_what_trying_every_combination_gives(seed in any::<u32>()) {
        let instance = instance(Class::Tiny, u64::from(seed));
        if let Some(least) = optimum(&instance.clinic, &instance.request, 50_000).unwrap() {
            prop_assert_eq!(problem(&instance).costs().unwrap(), least);
        }
    }

    /// Every old plan stays legal at the same cost, so whole lists compare.
    #[test]
    fn a_free_practitioner_never_makes_a_plan_worse(instance in any_instance()) {
        let before = problem(&instance).costs().unwrap();
        let after = problem(&with_a_free_practitioner(&instance)).costs().unwrap();
        for ((before, after), (strategy, _)) in before.iter().zip(&after).zip(LEVELS) {
            prop_assert!(after <= before, "{}: {:?} becomes {:?}", strategy, before, after);
        }
    }

    #[test]
    fn whole_weeks_later_changes_nothing(instance in any_instance(), weeks in 1_i64..12) {
        let summer = in_summer(&instance);
        let later = shifted_instance(&summer, 7 * weeks);
        let (one, two) = (problem(&summer), problem(&later));
        let (before, after) = (one.plan().unwrap(), two.plan().unwrap());
        prop_assert_eq!(cost_lists(&before), cost_lists(&after));
        for (before, after) in before.proposals.iter().zip(&after.proposals) {
            let starts = |problem: &Problem, proposal: &ordo_core::planner::Proposal, days| -> Vec<_> {
                let start = |place| problem.calendar.local_start(place) + Duration::days(days);
                let sessions = proposal.sessions.iter();
                sessions.map(|session| (start(&session.place), session.place.practitioner, session.place.room)).collect()
            };
            prop_assert_eq!(starts(&one, before, 7 * weeks), starts(&two, after, 0));
        }
    }

    #[test]
    fn equal_requests_get_equal_plans(instance in any_instance()) {
        prop_assert_eq!(problem(&instance).plan().unwrap(), problem(&instance).plan().unwrap());
    }
}
