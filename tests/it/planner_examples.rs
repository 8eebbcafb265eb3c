//! The planner on the public examples: proven costs, a clean audit, and reasons for every unplaced session.

use ordo_core::audit::audit_proposal;
use ordo_core::calendar::Calendar;
use ordo_core::model::Request;
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

#[test]
fn sessions_that_are_left_out_are_as_if_they_were_never_asked_for() {
    let examples = fixtures::public().expect("the examples");
    let mut compared = 0;
    for example in examples {
        let name = &example.name;
        let records = read_clinic(&example.clinic).expect("a clinic");
        let request = read_request(&example.request).expect("a request");
        let calendar =
            Calendar::new(records.clinic, records.patients, records.appointments).expect("a calendar");
        let sessions = |weeks: std::ops::Range<u32>| -> Vec<_> {
            let rhythms = request.rhythms.iter();
            rhythms
                .flat_map(|rhythm| weeks.clone().map(move |week| (rhythm, week)))
                .filter(|(rhythm, week)| rhythm.has_session_in(*week))
                .map(|(rhythm, week)| (rhythm.discipline.clone(), week))
                .collect()
        };
        let is_settled = |(discipline, week): &(_, u32)| {
            let settled = request.fixed.iter().chain(&request.current);
            settled
                .into_iter()
                .any(|session| &session.discipline == discipline && session.week == *week)
        };
        // Every third session, wherever it lies.
        let third = Request {
            left_out: sessions(0..request.weeks)
                .into_iter()
                .filter(|session| !is_settled(session))
                .step_by(3)
                .collect(),
            ..request.clone()
        };
        for proposal in &plan(&calendar, &third).expect("a plan").proposals {
            let faults = audit_proposal(&calendar, &third, proposal).expect("an audit");
            assert_eq!(faults, [], "{name} {:?}", proposal.strategy);
        }
        // The whole last week: the same as a series that is a week shorter.
        let last = sessions(request.weeks - 1..request.weeks);
        let has_pair = |weeks| sessions(0..weeks).windows(2).len() > 1 && request.rhythms.len() == 2;
        if request.weeks < 3 || last.iter().any(is_settled) || !has_pair(request.weeks - 1) {
            continue;
        }
        let without = Request {
            left_out: last,
            ..request.clone()
        };
        let shorter = Request {
            weeks: request.weeks - 1,
            ..request.clone()
        };
        let [without, shorter] =
            [without, shorter].map(|request| plan(&calendar, &request).expect("a plan").proposals);
        for (one, other) in without.iter().zip(&shorter) {
            assert_eq!(one.cost, other.cost, "{name} {:?}", one.strategy);
        }
        compared += 1;
    }
    assert!(compared > 20, "{compared} examples are long enough");
}
