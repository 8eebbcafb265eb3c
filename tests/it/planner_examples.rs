//! The planner on the public examples: proven costs, a clean audit, and reasons for every unplaced session.

use ordo_core::audit::audit_proposal;
use ordo_core::calendar::Calendar;
use ordo_core::planner::plan;
use ordo_core::why::explain_unplaced;
use ordo_desk::file::{read_clinic, read_request};
use ordo_testkit::fixtures;

#[test]
fn every_public_example_is_planned_at_its_proven_cost_and_passes_the_audit() {
    let examples = fixtures::public().expect("the examples");
    assert_eq!(examples.len(), 64);
    for example in examples {
        let name = &example.name;
        let records = read_clinic(&example.clinic).expect("a clinic");
        let request = read_request(&example.request).expect("a request");
        let calendar =
            Calendar::new(records.clinic, records.patients, records.appointments).expect("a calendar");
        let made = plan(&calendar, &request).expect("a plan");
        for (proposal, proven) in made.proposals.iter().zip(&example.costs) {
            assert_eq!(
                &proposal.cost.list(proposal.strategy),
                proven,
                "{name} {:?}",
                proposal.strategy
            );
            let faults = audit_proposal(&calendar, &request, proposal).expect("an audit");
            assert_eq!(faults, [], "{name} {:?}", proposal.strategy);
        }
        let explained = explain_unplaced(&calendar, &request, &made).expect("reasons");
        for (explained, proposal) in explained.iter().zip(&made.proposals) {
            assert_eq!(explained.len(), proposal.unplaced.len(), "{name}");
            assert!(
                explained.iter().all(|unplaced| !unplaced.removed_by().is_empty()),
                "{name}"
            );
        }
    }
}
