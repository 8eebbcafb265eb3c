//! The rest of Zoé's series, planned again.

use ordo_core::model::AppointmentStatus;

use crate::test_support::{TestHost, local, second_desk, small_desk};
use crate::view::patients::AvailabilityForm;
use crate::view::protocols::FrequencyForm;
use crate::view::series::{SeriesAsk, SeriesBooking, SeriesOutcome, SeriesProposal, SessionName, VisitHold};
use crate::{Code, Desk};

fn ask(desk: &Desk<TestHost>) -> SeriesAsk {
    desk.rest_of_series(&"s1".into()).expect("a running series")
}

fn first(desk: &Desk<TestHost>, ask: &SeriesAsk) -> SeriesProposal {
    let proposals = desk.series_proposals(ask).expect("proposals").proposals;
    proposals.into_iter().next().expect("a proposal")
}

fn book(desk: &mut Desk<TestHost>, ask: &SeriesAsk, proposal: &SeriesProposal) -> SeriesOutcome {
    desk.book_series(&SeriesBooking {
        request: "aaaaaaaa-bbbb-cccc-dddd".to_owned(),
        ask: ask.clone(),
        choice: proposal.choice,
        visits: proposal.visits.clone(),
    })
    .expect("an answer")
}

fn after_the_first_week() -> (tempfile::TempDir, Desk<TestHost>) {
    let (folder, mut desk) = small_desk();
    for id in ["m0", "p0"] {
        desk.set_status(&id.into(), AppointmentStatus::Fulfilled, "")
            .expect("a status");
    }
    desk.host.set("2026-03-04T08:00");
    (folder, desk)
}

#[test]
fn what_took_place_stays_and_the_rest_moves_in_one_step_that_is_undone_in_one() {
    let (_folder, mut desk) = after_the_first_week();
    let ask = ask(&desk);
    assert_eq!((ask.weeks, ask.series.as_deref()), (2, Some("s1")));
    assert_eq!(ask.frequency, Some(FrequencyForm::BothWeekly));
    assert_eq!(ask.services, ["rmt-60", "physio-45"]);
    let shown = desk.series_proposals(&ask).expect("proposals");
    assert_eq!(
        shown.progress.as_deref(),
        Some("1 of 3 weeks are over and stay as they are; 2 visits are booked ahead")
    );
    let proposal = first(&desk, &ask);
    // The second physiotherapy is too soon after the massage; the third week is not booked at all.
    let changed: Vec<_> = proposal
        .differences
        .iter()
        .map(|each| {
            (
                each.session.discipline.as_str(),
                each.session.week,
                each.before.is_some(),
            )
        })
        .collect();
    assert_eq!(
        changed,
        [("physio", 0, true), ("massage", 1, false), ("physio", 1, false)]
    );
    let before = desk.records().expect("the records");
    let SeriesOutcome::Booked { series, change } = book(&mut desk, &ask, &proposal) else {
        panic!("changed meanwhile");
    };
    let after = desk.records().expect("the records");
    let row = |id: &str| {
        let found = after.appointments.iter().find(|visit| visit.id.as_str() == id);
        found.expect("a visit").clone()
    };
    for id in ["m0", "p0"] {
        let was = before.appointments.iter().find(|visit| visit.id.as_str() == id);
        assert_eq!(Some(&row(id)), was);
    }
    assert_eq!(row("m1").start, local("2026-03-09T10:00"));
    assert!(row("p1").start >= local("2026-03-10T11:00"), "{:?}", row("p1"));
    let link = row("p1").session.expect("a session");
    assert_eq!((link.series.as_str(), link.week), (series.as_str(), 0));
    let weeks = |id: &str| {
        let found = after.series.iter().find(|each| each.id.as_str() == id);
        found.map(|each| each.weeks)
    };
    assert_eq!((weeks("s1"), weeks(&series)), (Some(1), Some(2)));
    assert_eq!(after.appointments.len(), before.appointments.len() + 2);
    // What lies ahead keeps every rule of the series.
    let rules = |desk: &Desk<TestHost>| desk.audit().expect("an audit").findings.len();
    assert_eq!(rules(&desk), 0);
    // A second press changes nothing more.
    assert_eq!(
        book(&mut desk, &ask, &proposal),
        SeriesOutcome::Booked {
            series,
            change: change.clone()
        }
    );
    desk.take_back(change.entry).expect("an undo");
    let mut undone = desk.records().expect("the records");
    let mut was = before;
    for visit in undone.appointments.iter_mut().chain(&mut was.appointments) {
        (visit.revision, visit.changed_at) = (0, None);
    }
    assert_eq!(undone.appointments, was.appointments);
    assert_eq!(undone.series, was.series);
}

#[test]
fn a_week_that_has_begun_goes_on_from_what_took_place() {
    let (_folder, mut desk) = small_desk();
    desk.set_status(&"m0".into(), AppointmentStatus::Fulfilled, "")
        .expect("a status");
    desk.host.set("2026-03-03T08:00");
    let mut ask = ask(&desk);
    assert_eq!(ask.weeks, 3);
    // She can no longer come on Tuesdays.
    let day = |weekday| AvailabilityForm {
        weekday,
        from_minute: 0,
        to_minute: 1440,
    };
    ask.availability = Some([0, 2, 3].map(day).to_vec());
    let proposal = first(&desk, &ask);
    let held: Vec<_> = proposal
        .weeks
        .iter()
        .flat_map(|week| &week.visits)
        .filter(|visit| visit.hold == VisitHold::Held)
        .collect();
    assert_eq!(held.len(), 1);
    assert_eq!((held[0].session.week, held[0].minute), (0, 600));
    // 24 to 48 hours after the massage of Monday, and not on the Tuesday.
    let physio = proposal
        .visits
        .iter()
        .find(|visit| visit.session.discipline == "physio" && visit.session.week == 0);
    let physio = physio.expect("a place");
    assert_eq!(physio.date.to_string(), "2026-03-04");
    assert!(physio.minute <= 660, "{physio:?}");
    assert!(matches!(
        book(&mut desk, &ask, &proposal),
        SeriesOutcome::Booked { .. }
    ));
    let records = desk.records().expect("the records");
    assert_eq!(records.series.len(), 1, "nothing is left of what came before");
    let p0 = records
        .appointments
        .iter()
        .find(|visit| visit.id.as_str() == "p0");
    assert_eq!(
        p0.map(|visit| visit.start),
        Some(
            physio
                .date
                .and_hms_opt(physio.minute / 60, physio.minute % 60, 0)
                .expect("a time")
        )
    );
}

#[test]
fn what_is_no_longer_asked_for_is_called_off() {
    let (_folder, mut desk) = after_the_first_week();
    let mut ask = ask(&desk);
    ask.left_out = vec![SessionName {
        discipline: "physio".to_owned(),
        week: 0,
    }];
    let proposal = first(&desk, &ask);
    let gone: Vec<_> = proposal
        .differences
        .iter()
        .filter(|each| each.after.is_none())
        .collect();
    assert_eq!(gone.len(), 1);
    assert!(matches!(
        book(&mut desk, &ask, &proposal),
        SeriesOutcome::Booked { .. }
    ));
    let records = desk.records().expect("the records");
    let p1 = records
        .appointments
        .iter()
        .find(|visit| visit.id.as_str() == "p1");
    let p1 = p1.expect("a visit");
    assert_eq!(p1.status, AppointmentStatus::Cancelled);
    assert_eq!(p1.cancel_reason, "the rest of the series was planned again");
}

#[test]
fn a_series_that_was_changed_meanwhile_is_planned_again_first() {
    let (folder, mut desk) = after_the_first_week();
    let ask = ask(&desk);
    let proposal = first(&desk, &ask);
    let mut other = second_desk(&folder);
    other
        .set_status(&"m1".into(), AppointmentStatus::Cancelled, "ill")
        .expect("a status");
    let SeriesOutcome::Changed { differences } = book(&mut desk, &ask, &proposal) else {
        panic!("booked over somebody else's change");
    };
    assert!(!differences.is_empty());
    assert_eq!(desk.records().expect("the records").series.len(), 1);
}

#[test]
fn a_series_that_is_over_and_one_of_somebody_else_are_refused() {
    let (_folder, desk) = small_desk();
    let mut theirs = ask(&desk);
    theirs.patient = "omar".to_owned();
    assert_eq!(
        desk.series_proposals(&theirs).expect_err("refused").code,
        Code::NotFound
    );
    desk.host.set("2026-06-01T08:00");
    let error = desk.rest_of_series(&"s1".into()).expect_err("over");
    assert_eq!(error.code, Code::BadRequest);
    assert!(error.message.contains("book a new one"), "{error}");
}
