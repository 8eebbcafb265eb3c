//! The screen that books a series, on a real database.

use ordo_desk::view::protocols::FrequencyForm;
use ordo_desk::view::series::{ProviderDecisionForm, SeriesAsk, SeriesBooking, SpacingForm};
use ordo_desk::{Code, Desk, Language};

use crate::desk::{MORNING, date, demo_desk, host, key};

fn series_ask(patient: &str) -> SeriesAsk {
    SeriesAsk {
        patient: patient.to_owned(),
        conditions: vec!["low-back-pain".to_owned()],
        needs: Vec::new(),
        sensitivities: vec!["tires-easily".to_owned()],
        first: None,
        weeks: 6,
        services: Vec::new(),
        practitioners: Vec::new(),
        availability: None,
        earliest: None,
        tolerance_days: None,
        max_wait_minutes: None,
        within_cover: false,
    }
}

#[test]
fn a_series_is_proposed_in_words_and_booked_once_as_it_was_shown() {
    let (folder, mut desk) = demo_desk();
    let ask = series_ask("pt121");
    let shown = desk.series_proposals(&ask).expect("proposals");
    assert_eq!(shown.proposals.len(), 3);
    assert!(shown.decision.has_order && !shown.decision.spacing.is_empty());
    let first = &shown.proposals[0];
    let visits: usize = first.weeks.iter().map(|week| week.visits.len()).sum();
    assert_eq!(visits, first.placed as usize);
    assert_eq!(visits + first.unplaced.len(), shown.asked as usize);
    // One press on a help places more, or as many.
    for missing in &first.unplaced {
        for help in missing.helps.iter().filter_map(|help| help.ask.as_ref()) {
            let helped = desk.series_proposals(help).expect("proposals");
            assert!(helped.proposals[0].placed > first.placed);
        }
    }

    let booking = SeriesBooking {
        request: "aaaaaaaa-bbbb-cccc-dddd".to_owned(),
        ask: ask.clone(),
        choice: 0,
        visits: first.visits.clone(),
    };
    let stale = SeriesBooking {
        visits: "something else".to_owned(),
        ..booking.clone()
    };
    assert_eq!(
        desk.book_series(&stale).expect_err("changed").code,
        Code::NoLongerFits
    );
    let none = SeriesBooking {
        choice: 7,
        ..booking.clone()
    };
    assert_eq!(
        desk.book_series(&none).expect_err("no choice").code,
        Code::NoLongerFits
    );
    let before = desk.records().expect("the records").appointments.len();
    let booked = desk.book_series(&booking).expect("a series");
    assert_eq!(booked.words, "series booked");
    assert_eq!(desk.book_series(&booking).expect("the same").entry, None);
    let after = desk.records().expect("the records").appointments.len();
    assert_eq!(after, before + visits);

    // Somebody else was faster: nothing is booked, and what is best now is another.
    let theirs = desk.series_proposals(&series_ask("pt122")).expect("proposals");
    let mut other =
        Desk::open(&folder.path().join("clinic.ordo"), &key(), host("two", MORNING)).expect("a database");
    let taken = SeriesBooking {
        request: "eeeeeeee-ffff-0000-1111".to_owned(),
        ask: series_ask("pt122"),
        choice: 0,
        visits: theirs.proposals[0].visits.clone(),
    };
    other.book_series(&taken).expect("a series");
    let late = SeriesBooking {
        request: "22222222-3333-4444-5555".to_owned(),
        ..taken
    };
    assert_eq!(
        desk.book_series(&late).expect_err("too late").code,
        Code::NoLongerFits
    );
}

#[test]
fn proposals_are_said_in_french() {
    let (_folder, mut desk) = demo_desk();
    desk.speak(Language::French);
    let shown = desk.series_proposals(&series_ask("pt121")).expect("proposals");
    let first = &shown.proposals[0];
    assert_eq!(first.aim, "Même praticien");
    assert!(first.usual[0].contains(" : le mercredi à "), "{:?}", first.usual);
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
