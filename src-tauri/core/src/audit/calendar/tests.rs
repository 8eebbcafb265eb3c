use super::*;
use crate::model::AppointmentStatus;
use crate::test_support::{APART, TOGETHER, clinic, patients, series, visit};

/// The numbers of the rules that are broken, sorted.
fn audited(visits: &[&str], series: &[Series]) -> Vec<usize> {
    let appointments = visits.iter().map(|text| visit(text)).collect();
    let calendar = Calendar::new(clinic(), patients(), appointments).expect("a calendar");
    let findings = audit_calendar(&calendar, series);
    let mut rules: Vec<_> = findings.iter().map(|finding| finding.rule().number()).collect();
    rules.sort_unstable();
    rules
}

#[test]
fn one_injected_fault_is_one_finding() {
    for (number, spacing, visits) in [
        (1, None, &["pia any p gym 2026-03-02T09:05"][..]),
        (2, None, &["pia any p gym 2026-03-02T16:30"]),
        (2, None, &["pia any p gym 2026-03-06T10:00"]),
        (3, None, &["mo any p gym 2026-03-02T10:00"]),
        (
            3,
            None,
            &[
                "bo any m quiet 2026-03-02T10:00",
                "bo else m quiet2 2026-03-02T11:00",
            ],
        ),
        (4, None, &["mo any m gym 2026-03-02T10:00"]),
        (
            4,
            None,
            &[
                "mo any m quiet 2026-03-02T10:00",
                "bo else m quiet 2026-03-02T11:00",
            ],
        ),
        (5, None, &["mo early m quiet 2026-03-02T11:15"]),
        (
            5,
            None,
            &[
                "mo any m quiet 2026-03-02T10:00",
                "pia any p gym 2026-03-02T10:45",
            ],
        ),
        (
            6,
            None,
            &[
                "mo any m quiet 2026-03-02T10:00",
                "bo any m quiet2 2026-03-02T14:00",
            ],
        ),
        (
            7,
            Some(APART),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "pia any p gym 2026-03-03T10:00",
            ],
        ),
        (
            7,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T13:00 0",
                "pia any p gym 2026-03-02T10:00",
            ],
        ),
        (8, Some(TOGETHER), &["bo any m quiet 2026-03-05T13:00 0"]),
        (
            9,
            Some(APART),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "bo any p gym 2026-03-03T10:45 0",
            ],
        ),
        (
            9,
            Some(APART),
            &[
                "bo any m quiet 2026-03-02T09:00 0",
                "bo any p gym 2026-03-04T10:15 0",
            ],
        ),
        (
            9,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "bo any p gym 2026-03-02T12:15 0",
            ],
        ),
        (
            9,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T12:15 0",
                "bo any p gym 2026-03-02T11:00 0",
            ],
        ),
        (
            10,
            Some(TOGETHER),
            &[
                "bo any p gym 2026-03-04T09:00 0",
                "mo any m quiet 2026-03-04T11:00 1",
            ],
        ),
        (
            11,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-04T09:00 0",
                "mo any m quiet2 2026-03-04T12:00 1",
            ],
        ),
        (
            12,
            Some(TOGETHER),
            &[
                "bo any m quiet 2026-03-02T10:00 0",
                "bo any p gym 2026-03-02T11:00 0",
            ],
        ),
    ] {
        let series: Vec<_> = spacing.map(series).into_iter().collect();
        // Two sessions that need one practitioner at once also clash in the calendar, and one on another week's
        // date is off its rhythm.
        let also = match number {
            10 | 11 => &[8][..],
            12 => &[3],
            _ => &[],
        };
        let mut expected = [&[number], also].concat();
        expected.sort_unstable();
        assert_eq!(audited(visits, &series), expected, "{visits:?}");
    }
}

#[test]
fn each_of_two_series_keeps_its_own_spacing_and_a_clash_is_named_once() {
    let other = |spacing| Series {
        id: "t".into(),
        ..series(spacing)
    };
    let mut of_other = visit("pia any p gym 2026-03-03T10:00 0");
    if let Some(link) = &mut of_other.session {
        link.series = "t".into();
    }
    let appointments = vec![visit("bo any m quiet 2026-03-02T10:00 0"), of_other];
    let calendar = Calendar::new(clinic(), patients(), appointments).expect("a calendar");
    for (own, theirs, visits) in [
        (APART, TOGETHER, vec![(0, Some(1))]),
        (TOGETHER, APART, vec![(1, Some(0))]),
        (APART, APART, vec![(0, Some(1))]),
        (TOGETHER, TOGETHER, vec![]),
    ] {
        let findings = audit_calendar(&calendar, &[series(own), other(theirs)]);
        assert!(
            findings
                .iter()
                .all(|finding| finding.rule() == Rule::OtherDiscipline)
        );
        let found: Vec<_> = findings
            .iter()
            .map(|finding| (finding.visit, finding.other))
            .collect();
        assert_eq!(found, visits, "{own:?} {theirs:?}");
    }
}

#[test]
fn a_series_of_one_discipline_keeps_no_distance_to_visits_of_its_own() {
    let alone = Series {
        order: ["massage".into(), "massage".into()],
        ..series(APART)
    };
    let visits = [
        "bo any m quiet 2026-03-02T10:00 0",
        "mo any m quiet2 2026-03-03T09:00",
    ];
    assert_eq!(audited(&visits, &[alone]), []);
}

#[test]
fn ten_years_are_audited_in_little_more_than_linear_time() {
    // Every patient comes every week for ten years; all lie in order but the last two.
    let mut appointments = Vec::new();
    let first = crate::test_support::local("2026-01-05T09:00");
    for week in 0..520 {
        for day in 0..5 {
            for slot in 0..6 {
                let start = first + chrono::TimeDelta::minutes((week * 7 + day) * 1440 + slot * 75);
                let patient = format!("patient{}", day * 6 + slot);
                let text = format!("mo {patient} m quiet {}", crate::time::format_local(start));
                appointments.push(visit(&text));
            }
        }
    }
    let mut clinic = clinic();
    clinic.closures.clear();
    appointments.push(visit("bo late m quiet2 2035-12-19T09:00"));
    appointments.push(visit("bo later m quiet2 2035-12-19T10:00"));
    let calendar = Calendar::new(clinic, patients(), appointments).expect("a calendar");
    let findings = audit_calendar(&calendar, &[]);
    let rules: Vec<_> = findings.iter().map(Finding::rule).collect();
    assert_eq!(rules, [Rule::Practitioner, Rule::Room]);
}

#[test]
fn a_calendar_in_order_has_no_findings() {
    let apart = [
        "bo any m quiet 2026-03-02T09:00 0",
        "bo any p gym 2026-03-03T10:00 0",
        "pia else p gym 2026-03-02T10:00",
    ];
    assert_eq!(audited(&apart, &[series(APART)]), []);
    let together = [
        "bo any m quiet 2026-03-02T09:00 0",
        "pia any p gym 2026-03-02T10:00 0",
    ];
    assert_eq!(audited(&together, &[series(TOGETHER)]), []);
}

#[test]
fn a_reason_makes_a_clash_deliberate() {
    let mut second = visit("bo else m quiet2 2026-03-02T11:00");
    second.override_reason = "emergency".to_owned();
    let appointments = vec![visit("bo any m quiet 2026-03-02T10:00"), second];
    let calendar = Calendar::new(clinic(), patients(), appointments).expect("a calendar");
    let findings = audit_calendar(&calendar, &[]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].deliberate && findings[0].other == Some(1));
    assert_eq!(findings[0].reason(&calendar), Some("emergency"));
}

#[test]
fn what_takes_no_time_breaks_no_rule() {
    let mut cancelled = visit("bo any m gym 2026-03-08T23:07");
    cancelled.status = AppointmentStatus::Cancelled;
    let calendar = Calendar::new(clinic(), patients(), vec![cancelled]).expect("a calendar");
    assert_eq!(audit_calendar(&calendar, &[]), []);
}
