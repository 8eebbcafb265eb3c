use super::*;
use crate::model::AppointmentStatus;
use crate::test_support::{APART, TOGETHER, clinic, patients, series, visit};

fn audited(visits: &[&str], series: &[Series]) -> Vec<(usize, Rule)> {
    let appointments = visits.iter().map(|text| visit(text)).collect();
    let calendar = Calendar::new(clinic(), patients(), appointments).expect("a calendar");
    let findings = audit_calendar(&calendar, series);
    findings
        .iter()
        .map(|finding| (finding.rule().number(), finding.rule()))
        .collect()
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
        let found = audited(visits, &series);
        assert!(
            found.iter().any(|&(found, _)| found == number),
            "{number} {visits:?}: {found:?}"
        );
        // A clash inside a series also clashes in the calendar, and a session moved onto another week's date is
        // off its rhythm.
        let explained = |&(other, _): &(usize, Rule)| {
            other == number || (number == 12 && other == 3) || (matches!(number, 10 | 11) && other == 8)
        };
        assert!(found.iter().all(explained), "{number} {visits:?}: {found:?}");
    }
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
}

#[test]
fn what_takes_no_time_breaks_no_rule() {
    let mut cancelled = visit("bo any m gym 2026-03-08T23:07");
    cancelled.status = AppointmentStatus::Cancelled;
    let calendar = Calendar::new(clinic(), patients(), vec![cancelled]).expect("a calendar");
    assert_eq!(audit_calendar(&calendar, &[]), []);
}
