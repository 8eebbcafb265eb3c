//! The screen that books a series, on a real database.

use ordo_desk::view::protocols::FrequencyForm;
use ordo_desk::view::series::{
    PlacedSession, ProviderDecisionForm, SeriesAsk, SeriesBooking, SeriesEditKind, SeriesOutcome,
    SeriesProposal, SeriesProposals, SessionName, SpacingForm, VisitHold,
};
use ordo_desk::{Code, Desk, Host, Language};

use crate::desk::{MORNING, date, demo_desk, host, key};

fn series_ask(patient: &str) -> SeriesAsk {
    SeriesAsk {
        patient: patient.to_owned(),
        conditions: vec!["low-back-pain".to_owned()],
        sensitivities: vec!["tires-easily".to_owned()],
        weeks: 6,
        ..SeriesAsk::default()
    }
}

fn booking(request: &str, ask: &SeriesAsk, proposal: &SeriesProposal) -> SeriesBooking {
    SeriesBooking {
        request: request.to_owned(),
        ask: ask.clone(),
        choice: proposal.choice,
        visits: proposal.visits.clone(),
    }
}

/// The series that a booking made, and the entry that did.
fn booked(outcome: SeriesOutcome) -> (String, Option<u32>) {
    match outcome {
        SeriesOutcome::Booked { series, change } => {
            assert_eq!(change.words, "series booked");
            (series, change.entry)
        }
        SeriesOutcome::Changed { differences } => panic!("not booked: {differences:?}"),
    }
}

fn proposals(desk: &Desk<impl Host>, ask: &SeriesAsk) -> SeriesProposals {
    desk.series_proposals(ask).expect("proposals")
}

fn visit<'a>(proposal: &'a SeriesProposal, session: &SessionName) -> Option<&'a PlacedSession> {
    proposal.visits.iter().find(|visit| &visit.session == session)
}

#[test]
fn a_series_is_proposed_in_words_and_booked_once_as_it_was_shown() {
    let (folder, mut desk) = demo_desk();
    let ask = series_ask("pt121");
    let shown = proposals(&desk, &ask);
    let aims: Vec<_> = shown.proposals.iter().flat_map(|each| &each.aims).collect();
    assert_eq!(aims, ["Same practitioner", "Soonest", "Same day and time"]);
    assert!(shown.decision.has_order && !shown.decision.spacing.is_empty());
    let first = &shown.proposals[0];
    let visits: usize = first.weeks.iter().map(|week| week.visits.len()).sum();
    assert_eq!(visits, first.placed as usize);
    assert_eq!(visits + first.unplaced.len(), shown.asked as usize);
    let differing: Vec<_> = first
        .weeks
        .iter()
        .flat_map(|week| &week.visits)
        .filter(|visit| !visit.differs.is_empty())
        .collect();
    assert_eq!(
        differing.is_empty(),
        first.usual.iter().all(|usual| usual.differ.is_empty()),
        "{differing:?}"
    );
    // One press on a help places more, or as many.
    for missing in &first.unplaced {
        for help in missing.helps.iter().filter_map(|help| help.ask.as_ref()) {
            assert!(proposals(&desk, help).proposals[0].placed > first.placed);
        }
    }

    let asked = booking("aaaaaaaa-bbbb-cccc-dddd", &ask, first);
    let mut stale = asked.clone();
    stale.visits[0].minute += 15;
    let outcome = desk.book_series(&stale).expect("an answer");
    let SeriesOutcome::Changed { differences } = outcome else {
        panic!("booked something that was not shown");
    };
    assert_eq!(differences.len(), 1);
    let (before, after) = (&differences[0].before, &differences[0].after);
    assert_ne!(before, after);
    assert!(before.is_some() && after.is_some(), "{differences:?}");
    let before = desk.records().expect("the records").appointments.len();
    let (series, entry) = booked(desk.book_series(&asked).expect("a series"));
    assert_eq!(
        booked(desk.book_series(&asked).expect("the same")),
        (series, entry)
    );
    let after = desk.records().expect("the records").appointments.len();
    assert_eq!(after, before + visits);

    // Somebody else was faster: nothing is booked, and the answer says what is best now.
    let theirs = proposals(&desk, &series_ask("pt122"));
    let mut other =
        Desk::open(&folder.path().join("clinic.ordo"), &key(), host("two", MORNING)).expect("a database");
    let taken = booking(
        "eeeeeeee-ffff-0000-1111",
        &series_ask("pt122"),
        &theirs.proposals[0],
    );
    booked(other.book_series(&taken).expect("a series"));
    let late = SeriesBooking {
        request: "22222222-3333-4444-5555".to_owned(),
        ..taken
    };
    let rows = desk.records().expect("the records").appointments.len();
    let SeriesOutcome::Changed { differences } = desk.book_series(&late).expect("an answer") else {
        panic!("booked twice");
    };
    assert!(!differences.is_empty());
    assert_eq!(desk.records().expect("the records").appointments.len(), rows);
    // What is best now is booked under the same name.
    let again = proposals(&desk, &late.ask);
    let again = again
        .proposals
        .iter()
        .find(|each| each.choice == late.choice)
        .expect("the proposal");
    booked(
        desk.book_series(&booking(&late.request, &late.ask, again))
            .expect("a series"),
    );
}

#[test]
fn a_visit_that_cannot_be_kept_is_not_told_as_a_lost_race() {
    let (folder, mut desk) = demo_desk();
    let ask = series_ask("pt121");
    let shown = proposals(&desk, &ask);
    booked(
        desk.book_series(&booking("the-first-request", &ask, &shown.proposals[0]))
            .expect("a booking"),
    );
    // A program beside it that names its visits alike.
    let path = folder.path().join("clinic.ordo");
    let mut beside = Desk::open(&path, &key(), host("one", MORNING)).expect("a desk");
    let shown = proposals(&beside, &ask);
    let error = beside
        .book_series(&booking("the-second-request", &ask, &shown.proposals[0]))
        .expect_err("names that are taken");
    assert_eq!(error.code, Code::BadRequest, "{error}");
    assert!(error.to_string().contains("there is already"), "{error}");
}

#[test]
fn a_visit_is_pinned_moved_and_left_out_and_the_rest_makes_way() {
    let (_folder, mut desk) = demo_desk();
    let mut ask = series_ask("pt121");
    let before = proposals(&desk, &ask);
    let first = &before.proposals[0];
    let chosen = first.visits[2].clone();
    let starts = desk
        .session_starts(&ask, &chosen.session, chosen.date)
        .expect("starts");
    let own = starts
        .iter()
        .find(|starts| starts.practitioner == chosen.practitioner)
        .expect("who treats");
    assert!(own.legal.contains(&chosen.minute), "{own:?}");
    for stretch in starts.iter().flat_map(|starts| &starts.blocked) {
        assert!(!stretch.words.is_empty(), "{stretch:?}");
    }

    // Moved to the last legal start of that day with anybody.
    let (practitioner, minute) = starts
        .iter()
        .filter_map(|starts| Some((starts.practitioner.clone(), *starts.legal.last()?)))
        .find(|(_, minute)| *minute != chosen.minute)
        .expect("another start");
    let pin = PlacedSession {
        minute,
        practitioner,
        ..chosen.clone()
    };
    ask.pins = vec![pin.clone()];
    let pinned = proposals(&desk, &ask);
    for proposal in &pinned.proposals {
        assert_eq!(visit(proposal, &pin.session), Some(&pin));
        let mut drawn = proposal.weeks.iter().flat_map(|week| &week.visits);
        let drawn = drawn
            .find(|visit| visit.session == pin.session)
            .expect("the visit");
        assert_eq!(drawn.hold, VisitHold::Pinned);
    }
    assert_eq!(pinned.edits.len(), 1);
    assert_eq!(pinned.edits[0].kind, SeriesEditKind::Pinned);

    // Left out: nothing is planned for it, and it is said.
    let dropped = first.visits[0].session.clone();
    ask.left_out = vec![dropped.clone()];
    let less = proposals(&desk, &ask);
    assert_eq!(less.asked, before.asked - 1);
    for proposal in &less.proposals {
        assert_eq!(visit(proposal, &dropped), None);
        assert!(proposal.unplaced.iter().all(|missing| missing.session != dropped));
        assert_eq!(visit(proposal, &pin.session), Some(&pin));
    }
    assert_eq!(
        less.edits.last().map(|edit| edit.kind),
        Some(SeriesEditKind::LeftOut)
    );

    let (series, entry) = booked(
        desk.book_series(&booking("aaaaaaaa-bbbb-cccc-0001", &ask, &less.proposals[0]))
            .expect("a series"),
    );
    let records = desk.records().expect("the records");
    let rows: Vec<_> = records
        .appointments
        .iter()
        .filter(|visit| {
            visit
                .session
                .as_ref()
                .is_some_and(|link| link.series.as_str() == series)
        })
        .collect();
    assert_eq!(rows.len(), less.proposals[0].placed as usize);
    assert!(rows.iter().any(|row| {
        row.start.date() == pin.date && row.practitioner.as_str() == pin.practitioner && row.room.is_some()
    }));

    // The same pin for somebody else: the place is taken, which is said, and the rest is planned all the same.
    let mut theirs = series_ask("pt122");
    theirs.pins = vec![pin];
    let lost = proposals(&desk, &theirs);
    assert_eq!(lost.edits[0].kind, SeriesEditKind::LostPin);
    assert!(
        lost.edits[0].words.contains("is no longer possible"),
        "{}",
        lost.edits[0].words
    );
    assert!(lost.proposals[0].placed > 0);
    desk.take_back(entry).expect("an undo");
    assert_eq!(proposals(&desk, &theirs).edits[0].kind, SeriesEditKind::Pinned);
}

#[test]
fn proposals_are_said_in_french() {
    let (_folder, mut desk) = demo_desk();
    desk.speak(Language::French);
    let shown = desk.series_proposals(&series_ask("pt121")).expect("proposals");
    let first = &shown.proposals[0];
    assert_eq!(first.aims[0], "Même praticien");
    assert!(first.usual[0].words.starts_with("le "), "{:?}", first.usual);
    assert!(
        first.usual[0].name.contains(", toutes les 2 semaines"),
        "{:?}",
        first.usual
    );
    assert!(
        shown.decision.spacing[0].contains("espacés de"),
        "{:?}",
        shown.decision
    );
    for missing in &first.unplaced {
        assert!(missing.words.contains("n’a pas de place"), "{}", missing.words);
    }
}

#[test]
fn what_a_provider_decided_wins_from_then_on_and_is_taken_back() {
    let (_folder, mut desk) = demo_desk();
    let ask = series_ask("pt121");
    let before = desk.series_proposals(&ask).expect("proposals").decision;
    let decided = ProviderDecisionForm {
        provider: " Dr. Ama Mensah ".to_owned(),
        date: date("2026-11-23"),
        first: Some("physio".to_owned()),
        spacing: Some(SpacingForm::SameDay { max_wait_minutes: 30 }),
        frequency: Some(FrequencyForm::BothWeekly),
        note: "by phone".to_owned(),
    };
    let bad = [
        ProviderDecisionForm {
            provider: "  ".to_owned(),
            ..decided.clone()
        },
        ProviderDecisionForm {
            provider: "x".repeat(201),
            ..decided.clone()
        },
        ProviderDecisionForm {
            note: "x".repeat(2001),
            ..decided.clone()
        },
        ProviderDecisionForm {
            first: None,
            spacing: None,
            frequency: None,
            ..decided.clone()
        },
        ProviderDecisionForm {
            spacing: Some(SpacingForm::SameDay {
                max_wait_minutes: 241,
            }),
            ..decided.clone()
        },
        ProviderDecisionForm {
            spacing: Some(SpacingForm::SeparateDays {
                min_hours: 48,
                max_hours: 24,
            }),
            ..decided.clone()
        },
        ProviderDecisionForm {
            spacing: Some(SpacingForm::SeparateDays {
                min_hours: 11,
                max_hours: 24,
            }),
            ..decided.clone()
        },
    ];
    for form in &bad {
        let error = desk
            .note_provider_decision(&"pt121".into(), form)
            .expect_err("refused");
        assert_eq!(error.code, Code::BadRequest, "{form:?}");
    }
    let unknown = ProviderDecisionForm {
        first: Some("yoga".to_owned()),
        ..decided.clone()
    };
    let error = desk
        .note_provider_decision(&"pt121".into(), &unknown)
        .expect_err("refused");
    assert_eq!(error.code, Code::NotFound);
    assert_eq!(desk.series_proposals(&ask).expect("proposals").decision, before);

    let change = desk
        .note_provider_decision(&"pt121".into(), &decided)
        .expect("noted");
    let after = desk.series_proposals(&ask).expect("proposals").decision;
    assert_ne!(after.spacing, before.spacing);
    let reasons = [&after.order, &after.spacing, &after.frequency].map(|reasons| reasons.join(" "));
    assert!(
        reasons.iter().all(|words| words.contains("Dr. Ama Mensah")),
        "{reasons:?}"
    );
    assert!(
        after.conflicts.iter().all(|conflict| conflict.settled),
        "{:?}",
        after.conflicts
    );
    desk.take_back(change.entry).expect("an undo");
    assert_eq!(desk.series_proposals(&ask).expect("proposals").decision, before);
}
