use super::*;
use crate::protocol::{cover_warnings, weeks_within_cover};
use proptest::prelude::*;

fn ids(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn case(conditions: &[&str], needs: &[&str], sensitivities: &[&str]) -> Case {
    Case {
        conditions: ids(conditions),
        needs: ids(needs),
        sensitivities: ids(sensitivities),
        provider_decisions: Vec::new(),
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
fn nothing_decides_nothing() {
    let decision = decided(&Case::default());
    assert_eq!(
        (decision.order, &decision.decided_by[0].1),
        (None, &Source::Nothing)
    );
}

#[test]
fn unknown_and_repeated_words_are_refused() {
    let error = decide(&Protocols::shipped(), &case(&["low-back"], &[], &[])).expect_err("unknown");
    assert_eq!(
        error.to_string(),
        "there is no condition \"low-back\" in the protocols; did you mean \"low-back-pain\"?"
    );
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
fn frequencies_become_rhythms() {
    let order = [DisciplineId::from("massage"), DisciplineId::from("physio")];
    let of = |frequency| [0, 1].map(|index: usize| rhythm_pattern(frequency, &order, &order[index]));
    assert_eq!(of(Frequency::Combined), [(2, 0), (1, 0)]);
    assert_eq!(of(Frequency::Alternating), [(2, 0), (2, 1)]);
    assert_eq!(of(Frequency::BothWeekly), [(1, 0), (1, 0)]);
}

#[test]
fn covers_are_counted_to_their_date() {
    use crate::model::{InsuranceCover, Rhythm};
    let rhythm = Rhythm {
        discipline: "physio".into(),
        service: "physio-45".into(),
        every_weeks: 1,
        first_week: 0,
        practitioners: vec!["p0".into()],
    };
    let date = |day| NaiveDate::from_ymd_opt(2026, 3, day).expect("a date");
    let cover = |visits, until| {
        [InsuranceCover {
            discipline: "physio".into(),
            visits,
            until,
        }]
    };
    let warn = |visits, until, used| {
        cover_warnings(
            &cover(visits, until),
            std::slice::from_ref(&rhythm),
            4,
            date(2),
            |_| used,
        )
        .first()
        .map(|warning| warning.uncovered)
    };
    assert_eq!(warn(4, date(31), 0), None);
    assert_eq!(warn(4, date(31), 1), Some(1));
    assert_eq!(warn(3, date(31), 0), Some(1));
    assert_eq!(warn(9, date(15), 0), Some(2));
    let fits = weeks_within_cover(
        &cover(3, date(31)),
        std::slice::from_ref(&rhythm),
        4,
        date(2),
        |_| 0,
    );
    assert_eq!(fits, 3);
}

#[test]
fn what_is_shipped_has_no_faults() {
    let disciplines: Vec<_> = Discipline::shipped()
        .into_iter()
        .map(|discipline| discipline.id)
        .collect();
    assert_eq!(Protocols::shipped().faults(&disciplines), []);
}

#[test]
fn an_edited_protocol_is_checked() {
    let mut edited = Protocols::shipped();
    edited.conditions[1].id = "low-back-pain".to_owned();
    edited.needs[0].order[0] = "shiatsu".into();
    edited.tolerance_days = 9;
    let disciplines: Vec<_> = Discipline::shipped()
        .into_iter()
        .map(|discipline| discipline.id)
        .collect();
    let paths: Vec<_> = edited
        .faults(&disciplines)
        .into_iter()
        .map(|fault| fault.path)
        .collect();
    assert_eq!(paths, ["tolerance_days", "conditions[1].id", "needs[0].order"]);
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
}
