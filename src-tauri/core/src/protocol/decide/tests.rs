use chrono::NaiveDate;

use super::*;
use crate::Language;
use crate::model::Discipline;
use proptest::prelude::*;

fn ids(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn case(conditions: &[&str], needs: &[&str], sensitivities: &[&str]) -> Case {
    Case {
        conditions: ids(conditions),
        needs: ids(needs),
        sensitivities: ids(sensitivities),
        ..Case::default()
    }
}

fn decided(case: &Case) -> Decision {
    decide(&Protocols::shipped(), case).expect("known words")
}

fn first(decision: &Decision) -> &str {
    decision.order.as_ref().map_or("", |order| order[0].as_str())
}

fn provider(
    order: Option<[&str; 2]>,
    spacing: Option<Spacing>,
    frequency: Option<Frequency>,
) -> ProviderDecision {
    ProviderDecision {
        provider: "Dr. Lee".to_owned(),
        date: NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date"),
        order: order.map(|order| order.map(DisciplineId::from)),
        spacing,
        frequency,
        note: String::new(),
    }
}

#[test]
fn each_condition_decides_its_order() {
    for (condition, expected) in [
        ("low-back-pain", "massage"),
        ("neck-pain", "massage"),
        ("shoulder-impingement", "massage"),
        ("knee-pain", "physio"),
        ("post-surgical", "physio"),
        ("sciatica", "massage"),
        ("stress", "massage"),
    ] {
        let decision = decided(&case(&[condition], &[], &[]));
        assert_eq!(first(&decision), expected, "{condition}");
        assert_eq!(decision.decided_by[0].1, Source::Condition(condition.to_owned()));
        assert!(decision.conflicts.is_empty());
    }
}

#[test]
fn each_need_decides_where_no_condition_does() {
    for (need, expected) in [
        ("muscle-tightness", "massage"),
        ("chronic-tension", "massage"),
        ("joint-stiffness", "massage"),
        ("poor-flexibility", "massage"),
        ("stress-pain", "massage"),
        ("posture-imbalance", "massage"),
        ("low-back-tightness", "massage"),
        ("neck-shoulder-tightness", "massage"),
        ("building-strength", "physio"),
        ("post-surgical-rehab", "physio"),
        ("balance-coordination", "physio"),
        ("tendon-rehab", "physio"),
        ("sprain-strain-fracture", "physio"),
    ] {
        assert_eq!(first(&decided(&case(&[], &[need], &[]))), expected, "{need}");
    }
}

#[test]
fn each_sensitivity_separates_the_days() {
    for sensitivity in [
        "tires-easily",
        "chronic-pain",
        "early-injury",
        "dizzy-after",
        "overwhelmed",
    ] {
        let decision = decided(&case(&["knee-pain"], &[], &[sensitivity]));
        assert_eq!(
            decision.spacing,
            Spacing::SeparateDays {
                min_hours: 24,
                max_hours: 48
            },
            "{sensitivity}"
        );
        assert_eq!(
            decision.decided_by[1].1,
            Source::Sensitivity(sensitivity.to_owned())
        );
    }
    assert!(matches!(
        decided(&case(&["knee-pain"], &[], &[])).spacing,
        Spacing::SameDay { .. }
    ));
}

#[test]
fn notes_and_optional_disciplines_come_from_the_conditions() {
    let after_surgery = decided(&case(&["post-surgical"], &[], &[]));
    assert_eq!(
        after_surgery.notes,
        [Note {
            discipline: "massage".into(),
            text: "gentle".to_owned()
        }]
    );
    assert_eq!(
        decided(&case(&["stress"], &[], &[])).optional,
        [DisciplineId::from("physio")]
    );
    assert!(
        decided(&case(&["stress", "low-back-pain"], &[], &[]))
            .optional
            .is_empty()
    );
}

#[test]
fn conflicts_name_both_sides() {
    for (given, one, other) in [
        (
            case(&["low-back-pain", "knee-pain"], &[], &[]),
            Source::Condition("low-back-pain".into()),
            Source::Condition("knee-pain".into()),
        ),
        (
            case(&["knee-pain"], &["muscle-tightness"], &[]),
            Source::Condition("knee-pain".into()),
            Source::Need("muscle-tightness".into()),
        ),
        (
            case(&[], &["building-strength", "poor-flexibility"], &[]),
            Source::Need("building-strength".into()),
            Source::Need("poor-flexibility".into()),
        ),
    ] {
        let decision = decided(&given);
        assert_eq!(decision.conflicts.len(), 1);
        let conflict = &decision.conflicts[0];
        assert_eq!(
            (&conflict.one, &conflict.other, conflict.settled),
            (&one, &other, false)
        );
        assert!(
            conflict.text.ends_with("please ask the provider"),
            "{}",
            conflict.text
        );
    }
}

#[test]
fn a_provider_decides_each_part_and_hides_nothing() {
    let mut given = case(&["low-back-pain", "knee-pain"], &[], &["tires-easily"]);
    given.provider_decisions.push(provider(
        Some(["physio", "massage"]),
        Some(Spacing::SameDay { max_wait_minutes: 30 }),
        Some(Frequency::Alternating),
    ));
    let decision = decided(&given);
    assert_eq!(first(&decision), "physio");
    assert_eq!(decision.spacing, Spacing::SameDay { max_wait_minutes: 30 });
    assert_eq!(decision.frequency, Frequency::Alternating);
    assert!(
        decision
            .decided_by
            .iter()
            .all(|(_, by)| matches!(by, Source::Provider { .. }))
    );
    assert_eq!(decision.conflicts.len(), 2);
    assert!(decision.conflicts.iter().all(|conflict| conflict.settled));
}

#[test]
fn two_providers_who_disagree_on_one_date_are_named() {
    let by = |name: &str, day: u32, first: &str| {
        let second = if first == "massage" { "physio" } else { "massage" };
        ProviderDecision {
            provider: name.to_owned(),
            date: NaiveDate::from_ymd_opt(2026, 3, day).expect("a date"),
            ..provider(Some([first, second]), None, None)
        }
    };
    for (decisions, followed, conflicts) in [
        (vec![by("Lee", 2, "massage"), by("Roy", 3, "physio")], "physio", 0),
        (vec![by("Roy", 3, "physio"), by("Lee", 2, "massage")], "physio", 0),
        (
            vec![by("Lee", 3, "massage"), by("Roy", 3, "massage")],
            "massage",
            0,
        ),
        (vec![by("Lee", 3, "massage"), by("Lee", 3, "physio")], "physio", 0),
        (vec![by("Lee", 3, "massage"), by("Roy", 3, "physio")], "physio", 1),
        (
            vec![
                by("Lee", 3, "massage"),
                by("Lee", 3, "physio"),
                by("Roy", 3, "physio"),
            ],
            "physio",
            0,
        ),
    ] {
        let case = Case {
            provider_decisions: decisions,
            ..Case::default()
        };
        let decision = decided(&case);
        assert_eq!(first(&decision), followed, "{case:?}");
        assert_eq!(decision.conflicts.len(), conflicts, "{case:?}");
        assert!(decision.conflicts.iter().all(|conflict| !conflict.settled));
    }
}

#[test]
fn a_note_that_two_conditions_share_is_given_once() {
    let mut protocols = Protocols::shipped();
    let note = protocols.conditions[4].notes[0].clone();
    protocols.conditions[0].notes.push(note.clone());
    let decision =
        decide(&protocols, &case(&["low-back-pain", "post-surgical"], &[], &[])).expect("known words");
    assert_eq!(decision.notes, [note]);
}

#[test]
fn nothing_decides_nothing() {
    let decision = decided(&Case::default());
    assert_eq!(
        (decision.order, &decision.decided_by[0].1),
        (None, &Source::Nothing)
    );
}

#[test]
fn unknown_and_repeated_words_are_refused() {
    for (given, near) in [
        ("low-back", "; did you mean \"low-back-pain\"?"),
        ("Low Back Pain", "; did you mean \"low-back-pain\"?"),
        ("sciatca", "; did you mean \"sciatica\"?"),
        ("", ""),
        ("x", ""),
        ("é", ""),
    ] {
        let error = decide(&Protocols::shipped(), &case(&[given], &[], &[])).expect_err("unknown");
        assert_eq!(
            error.to_string(),
            format!("there is no condition \"{given}\" in the protocols{near}")
        );
    }
    let error = decide(
        &Protocols::shipped(),
        &case(&[], &[], &["dizzy-after", "dizzy-after"]),
    )
    .expect_err("twice");
    assert_eq!(
        error.to_string(),
        "the sensitivity \"dizzy-after\" is named twice; name it once"
    );
}

#[test]
fn what_is_shipped_has_no_faults() {
    let disciplines: Vec<_> = Discipline::shipped()
        .into_iter()
        .map(|discipline| discipline.id)
        .collect();
    let [english, french] = Language::ALL.map(Protocols::shipped_in);
    assert_eq!(english.faults(&disciplines), []);
    assert_eq!(french.faults(&disciplines), []);
    assert_ne!(english.conditions, french.conditions);
}

#[test]
fn a_decision_is_explained_in_french() {
    let mut asked = case(
        &["low-back-pain", "post-surgical"],
        &["building-strength"],
        &["tires-easily"],
    );
    asked.language = Language::French;
    let protocols = Protocols::shipped_in(Language::French);
    let lines = |asked: &Case| -> String {
        let decision = decide(&protocols, asked).expect("known words");
        let reasons = decision.reasons.iter().map(|reason| reason.text.clone());
        let conflicts = decision.conflicts.iter().map(|conflict| conflict.text.clone());
        let notes = decision.notes.iter().map(|note| note.text.clone());
        reasons
            .chain(conflicts)
            .chain(notes)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let by_protocol = lines(&asked);
    asked.provider_decisions.push(provider(
        Some(["physio", "massage"]),
        Some(Spacing::SameDay { max_wait_minutes: 30 }),
        Some(Frequency::BothWeekly),
    ));
    let by_provider = lines(&asked);
    let nothing = lines(&Case {
        language: Language::French,
        ..Case::default()
    });
    insta::assert_snapshot!([by_protocol, by_provider, nothing].join("\n\n"));
}

#[test]
fn an_edited_protocol_is_checked() {
    let disciplines: Vec<_> = Discipline::shipped()
        .into_iter()
        .map(|discipline| discipline.id)
        .collect();
    type Edit = fn(&mut Protocols);
    let edits: [(&str, Edit); 18] = [
        ("version", |edited| edited.version = 0),
        ("tolerance_days", |edited| edited.tolerance_days = 4),
        ("separate_days", |edited| edited.separate_days = separate(11, 48)),
        ("separate_days", |edited| edited.separate_days = separate(24, 121)),
        ("separate_days", |edited| edited.separate_days = separate(48, 24)),
        ("separate_days", |edited| edited.separate_days = edited.same_day),
        ("same_day", |edited| {
            edited.same_day = Spacing::SameDay {
                max_wait_minutes: 241,
            }
        }),
        ("conditions[1].id", |edited| {
            edited.conditions[1].id = edited.conditions[0].id.clone()
        }),
        ("conditions[6].id", |edited| {
            edited.conditions[6].id = " ".to_owned()
        }),
        ("conditions[2].name", |edited| {
            edited.conditions[2].name = String::new()
        }),
        ("conditions[2].reason", |edited| {
            edited.conditions[2].reason = String::new()
        }),
        ("conditions[4].notes[0].discipline", |edited| {
            edited.conditions[4].notes[0].discipline = "shiatsu".into();
        }),
        ("conditions[4].notes[0].text", |edited| {
            edited.conditions[4].notes[0].text = "\t".to_owned()
        }),
        ("conditions[6].optional[0]", |edited| {
            edited.conditions[6].optional[0] = "shiatsu".into()
        }),
        ("conditions[6].optional", |edited| {
            edited.conditions[6].optional.push("massage".into())
        }),
        ("needs[0].order", |edited| {
            edited.needs[0].order[0] = "shiatsu".into()
        }),
        ("needs[12].order", |edited| {
            edited.needs[12].order[1] = "physio".into()
        }),
        ("sensitivities[4].name", |edited| {
            edited.sensitivities[4].name = String::new()
        }),
    ];
    for (path, edit) in edits {
        let mut edited = Protocols::shipped();
        edit(&mut edited);
        let faults = edited.faults(&disciplines);
        let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
        assert_eq!(paths, [path]);
        assert!(!faults[0].text.english.is_empty());
    }
}

fn separate(min_hours: u32, max_hours: u32) -> Spacing {
    Spacing::SeparateDays { min_hours, max_hours }
}

proptest! {
    #[test]
    fn no_disagreement_is_hidden(
        conditions in proptest::sample::subsequence(Protocols::shipped().conditions, 0..=7),
        needs in proptest::sample::subsequence(Protocols::shipped().needs, 0..=13),
        by_provider in any::<bool>(),
    ) {
        let mut given = Case {
            conditions: conditions.iter().map(|condition| condition.id.clone()).collect(),
            needs: needs.iter().map(|need| need.id.clone()).collect(),
            ..Case::default()
        };
        if by_provider {
            given.provider_decisions.push(provider(Some(["physio", "massage"]), None, None));
        }
        let decision = decided(&given);
        let mut orders: Vec<_> =
            conditions.iter().map(|item| &item.order).chain(needs.iter().map(|item| &item.order)).collect();
        let leading = orders.first().copied().cloned();
        orders.retain(|order| Some(*order) != leading.as_ref());
        prop_assert_eq!(decision.conflicts.len(), orders.len());
        if by_provider {
            prop_assert_eq!(first(&decision), "physio");
        } else {
            prop_assert_eq!(decision.order, leading);
        }
    }

    #[test]
    fn any_sensitivity_separates_the_days_and_only_a_provider_joins_them(
        sensitivities in proptest::sample::subsequence(Protocols::shipped().sensitivities, 0..=5),
        conditions in proptest::sample::subsequence(Protocols::shipped().conditions, 0..=7),
        by_provider in any::<bool>(),
    ) {
        let mut given = Case {
            conditions: conditions.iter().map(|condition| condition.id.clone()).collect(),
            sensitivities: sensitivities.iter().map(|sensitivity| sensitivity.id.clone()).collect(),
            ..Case::default()
        };
        if by_provider {
            given.provider_decisions.push(provider(None, Some(Spacing::SameDay { max_wait_minutes: 15 }), None));
        }
        let decision = decided(&given);
        let is_separate = matches!(decision.spacing, Spacing::SeparateDays { .. });
        prop_assert_eq!(is_separate, !sensitivities.is_empty() && !by_provider);
        let told = decision.conflicts.iter().filter(|conflict| conflict.about == Part::Spacing).count();
        prop_assert_eq!(told, if by_provider { sensitivities.len() } else { 0 });
        for part in [Part::Order, Part::Spacing, Part::Frequency] {
            prop_assert!(decision.reasons.iter().any(|reason| reason.about == part && !reason.text.is_empty()));
        }
    }
}

#[test]
fn the_desk_chooses_where_nothing_else_decides() {
    let chosen = Case {
        chosen_order: Some(["physio".into(), "massage".into()]),
        chosen_frequency: Some(Frequency::Alternating),
        ..Case::default()
    };
    let decision = decided(&chosen);
    assert_eq!(first(&decision), "physio");
    assert_eq!(decision.frequency, Frequency::Alternating);
    assert!(
        [0, 2]
            .into_iter()
            .all(|part: usize| decision.decided_by[part].1 == Source::Chosen)
    );

    let mut outranked = Case {
        conditions: ids(&["low-back-pain"]),
        ..chosen
    };
    outranked
        .provider_decisions
        .push(provider(None, None, Some(Frequency::BothWeekly)));
    let decision = decided(&outranked);
    assert_eq!(first(&decision), "massage");
    assert_eq!(decision.frequency, Frequency::BothWeekly);
}
