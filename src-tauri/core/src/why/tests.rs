use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::audit::audit_proposal;
use crate::calendar::{Calendar, Placement};
use crate::model::{Request, Rhythm, Session, Spacing};
use crate::planner::{candidates, plan, resolve};
use crate::rules::{Others, PatientRules, Rule, Scope, Violation, start};
use crate::test_support::{APART, TOGETHER, calendar, clinic, local, patients, place, visit};
use crate::time::day_number;

fn day(date: &str) -> i32 {
    day_number(date.parse().expect("a date"))
}

/// A massage with `mo` for the patient `any`.
fn chosen<'a>(calendar: &'a Calendar, session: Option<SessionRules<'a>>) -> Chosen<'a> {
    Chosen {
        scope: Scope {
            calendar,
            patient: PatientRules {
                patient: Some(0),
                protocol: Some(([1, 0], TOGETHER)),
            },
            start: start::Limits {
                now: Some(calendar.clock().to_utc(local("2026-03-02T10:30"))),
                earliest: None,
                slot_minutes: 15,
            },
            practitioners: None,
            others: Others::default(),
        },
        session,
        service: 1,
        practitioner: 1,
        room: None,
        minutes: 60,
        buffer_minutes: 15,
    }
}

fn request(spacing: Spacing, weeks: u32) -> Request {
    let rhythm = |discipline: &str, service: &str, practitioners: &[&str]| Rhythm {
        discipline: discipline.into(),
        service: service.into(),
        every_weeks: 1,
        first_week: 0,
        practitioners: practitioners.iter().map(|&id| id.into()).collect(),
    };
    Request {
        patient: "any".into(),
        now: local("2026-03-02T08:00"),
        earliest: "2026-03-02".parse().expect("a date"),
        latest_start: "2026-03-05".parse().expect("a date"),
        weeks,
        order: ["massage".into(), "physio".into()],
        spacing,
        tolerance_days: 1,
        rhythms: vec![rhythm("massage", "m", &["mo"]), rhythm("physio", "p", &["pia"])],
        fixed: Vec::new(),
        current: Vec::new(),
        left_out: Vec::new(),
        replaces: Vec::new(),
    }
}

#[test]
fn every_broken_rule_is_named_and_the_nearest_legal_starts_lie_around() {
    let calendar = calendar(&[
        "mo else m quiet 2026-03-03T10:00",
        "pia any p gym 2026-03-03T14:00",
    ]);
    let chosen = chosen(&calendar, None);
    for (start, rules, before, after) in [
        (
            "2026-03-03T10:00",
            &[3][..],
            "2026-03-02T16:00",
            "2026-03-03T11:15",
        ),
        (
            "2026-03-03T10:05",
            &[1, 3],
            "2026-03-02T16:00",
            "2026-03-03T11:15",
        ),
        (
            "2026-03-03T14:30",
            &[5, 7],
            "2026-03-03T13:00",
            "2026-03-04T09:00",
        ),
        (
            "2026-03-03T16:15",
            &[2, 7],
            "2026-03-03T13:00",
            "2026-03-04T09:00",
        ),
        ("2026-03-05T16:15", &[2], "2026-03-05T16:00", "2026-03-09T09:00"),
    ] {
        let place = place(&calendar, &format!("mo m - {start}"));
        let broken: Vec<_> = check_start(&chosen, &place)
            .iter()
            .map(|violation| violation.rule().number())
            .collect();
        assert_eq!(broken, rules, "{start}");
        let near =
            nearest_legal(&chosen, &place, 10).map(|near| near.map(|near| calendar.local_start(&near)));
        assert_eq!(near, [Some(local(before)), Some(local(after))], "{start}");
    }
    let place = place(&calendar, "mo m - 2026-03-02T11:00");
    let [before, after] = nearest_legal(&chosen, &place, 0).map(|near| near.map(|near| near.time));
    assert_eq!((before, after), (Some(10 * 60 + 45), Some(11 * 60 + 15)));
}

#[test]
fn a_session_is_held_against_the_others_of_its_series() {
    let calendar = calendar(&[]);
    let others = [(place(&calendar, "pia p gym 2026-03-04T12:00"), 0)];
    let session = SessionRules {
        week: 0,
        order: [1, 0],
        spacing: TOGETHER,
        rhythm: Some((day("2026-03-04"), 0)),
        others: &others,
    };
    let chosen = chosen(&calendar, Some(session));
    let legal: Vec<_> = (day("2026-03-03")..=day("2026-03-05"))
        .flat_map(|day| legal_starts(&chosen, day))
        .filter(|(_, violation)| violation.is_none())
        .map(|(place, _)| (place.day - day("2026-03-04"), place.time))
        .collect();
    assert_eq!(legal, [(0, 600), (0, 615), (0, 630), (0, 645), (0, 660)]);
    let late = place(&calendar, "mo m - 2026-03-05T12:00");
    let rules: Vec<_> = check_start(&chosen, &late).iter().map(Violation::rule).collect();
    assert_eq!(rules, [Rule::Rhythm, Rule::Pair]);
}

#[test]
fn where_the_only_room_is_needed_twice_no_room_is_left() {
    let mut clinic = clinic();
    clinic.services[1].room_kinds = vec!["gym".to_owned()];
    let calendar = crate::test_support::calendar_of(clinic, &[]);
    let others = [(place(&calendar, "pia p gym 2026-03-04T12:00"), 0)];
    let session = SessionRules {
        week: 0,
        order: [1, 0],
        spacing: TOGETHER,
        rhythm: None,
        others: &others,
    };
    let chosen = chosen(&calendar, Some(session));
    for (start, expected) in [
        ("2026-03-04T10:45", None),
        ("2026-03-04T11:00", Some(Violation::OneRoomForTwo)),
    ] {
        let found = check_start(&chosen, &place(&calendar, &format!("mo m - {start}")));
        assert_eq!(found, Vec::from_iter(expected), "{start}");
    }
}

#[test]
fn hours_that_are_skipped_are_no_starts() {
    let calendar = calendar(&[]);
    let chosen = chosen(&calendar, None);
    assert_eq!(legal_starts(&chosen, day("2026-03-07")).len(), 96);
    assert_eq!(legal_starts(&chosen, day("2026-03-08")).len(), 92);
    assert_eq!(chosen.at(day("2026-03-08"), 150), None);
}

#[test]
fn unplaced_sessions_say_what_removed_their_starts_and_what_would_help() {
    // The only physiotherapist asked for is away; another one offers the service.
    let mut clinic = clinic();
    clinic.practitioners[0].hours.clear();
    let calendar = crate::test_support::calendar_of(clinic, &[]);
    let request = request(APART, 1);
    let made = plan(&calendar, &request).expect("a plan");
    for explained in explain_unplaced(&calendar, &request, &made).expect("reasons") {
        let [unplaced] = &explained[..] else {
            panic!("{explained:?}")
        };
        assert_eq!((unplaced.discipline.as_str(), unplaced.week), ("physio", 0));
        let by: BTreeSet<_> = unplaced.removed_by().into_iter().map(|(rule, _)| rule).collect();
        assert!(
            by.is_subset(&BTreeSet::from([Rule::Start, Rule::WorkingHours])),
            "{by:?}"
        );
        assert_eq!(unplaced.removed.iter().sum::<u32>(), 3 * 96);
        let help = Help {
            change: Change::Practitioners {
                discipline: "physio".into(),
                to: vec!["pia".into(), "bo".into()],
            },
            places: 1,
        };
        assert_eq!(unplaced.would_help, [help]);
    }
}

#[test]
fn the_changes_that_would_help_are_found_by_planning_again() {
    // On the only day there is a massage from 9:00 to 10:00 and physiotherapy from 11:30 on.
    let busy_all = |request: &Request, visits: &[&str], patient: usize| {
        let mut clinic = clinic();
        for practitioner in &mut clinic.practitioners {
            practitioner
                .hours
                .retain(|hours| hours.weekday == chrono::Weekday::Mon);
        }
        let appointments = visits.iter().map(|text| visit(text)).collect();
        let calendar = Calendar::new(clinic, patients(), appointments).expect("a calendar");
        let request = Request {
            patient: calendar.patients()[patient].id.clone(),
            ..request.clone()
        };
        let made = plan(&calendar, &request).expect("a plan");
        let [first, ..] = explain_unplaced(&calendar, &request, &made).expect("reasons");
        first
            .into_iter()
            .flat_map(|unplaced| unplaced.would_help)
            .collect::<Vec<_>>()
    };
    let short = Request {
        latest_start: "2026-03-02".parse().expect("a date"),
        ..request(Spacing::SameDay { max_wait_minutes: 60 }, 1)
    };
    let wait = busy_all(
        &short,
        &[
            "mo else m quiet 2026-03-02T10:15",
            "mo else m quiet 2026-03-02T11:30",
            "mo else m quiet 2026-03-02T12:45",
            "mo else m quiet 2026-03-02T14:00",
            "mo else m quiet 2026-03-02T15:15",
            "pia else p gym 2026-03-02T09:00",
            "pia else p gym 2026-03-02T10:15",
            "pia else p gym 2026-03-02T12:45",
            "pia else p gym 2026-03-02T14:00",
            "pia else p gym 2026-03-02T15:15",
        ],
        0,
    );
    let longer = Help {
        change: Change::MaxWaitMinutes { to: 90 },
        places: 1,
    };
    assert!(wait.contains(&longer), "{wait:?}");
    // `early` can come until noon, everybody is taken until then.
    let availability = busy_all(
        &short,
        &[
            "mo else m quiet 2026-03-02T09:00",
            "mo else m quiet 2026-03-02T10:15",
            "pia else p gym 2026-03-02T08:15",
        ],
        2,
    );
    assert!(
        availability
            .iter()
            .any(|help| help.change == Change::Availability),
        "{availability:?}"
    );
}

/// Visits of other patients and of `any`, wherever they fall.
fn visits() -> impl Strategy<Value = Vec<String>> {
    let visit = (0..3usize, 0..2usize, 0..3usize, 0..10i32, 32..68i32).prop_map(
        |(practitioner, patient, room, day, quarter)| {
            let (practitioner, service) = [("pia", "p"), ("mo", "m"), ("bo", "m")][practitioner];
            let room = ["gym", "quiet", "quiet2"][room];
            let patient = ["else", "any"][patient];
            let (day, hour, minute) = (2 + day, quarter / 4, quarter % 4 * 15);
            format!("{practitioner} {patient} {service} {room} 2026-03-{day:02}T{hour:02}:{minute:02}")
        },
    );
    prop::collection::vec(visit, 0..14)
}

fn booked(visits: &[String]) -> Calendar {
    let mut appointments: Vec<_> = visits.iter().map(|text| visit(text)).collect();
    for (index, appointment) in appointments.iter_mut().enumerate() {
        appointment.id = index.to_string().as_str().into();
    }
    Calendar::new(clinic(), patients(), appointments).expect("a calendar")
}

fn is_legal(chosen: &Chosen<'_>, place: &Placement) -> bool {
    check_start(chosen, place).is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_legal_lies_nearer_than_the_nearest_legal_start(visits in visits(), slot in 0..(8 * 96i32)) {
        let calendar = booked(&visits);
        let chosen = chosen(&calendar, None);
        let (first, last) = (day("2026-03-02"), day("2026-03-10"));
        let every: Vec<Placement> = (first..=last)
            .flat_map(|day| legal_starts(&chosen, day))
            .map(|(place, violation)| {
                assert_eq!(violation.is_none(), is_legal(&chosen, &place));
                assert_eq!(violation, check_start(&chosen, &place).first().copied());
                place
            })
            .filter(|place| is_legal(&chosen, place))
            .collect();
        let asked = chosen.at(first + slot / 96, slot % 96 * 15);
        prop_assume!(asked.is_some());
        let asked = asked.expect("a start");
        let [before, after] = nearest_legal(&chosen, &asked, last - first);
        let from = asked.treatment.from;
        let expected = every.iter().rev().find(|place| place.treatment.from < from);
        prop_assert_eq!(before.as_ref(), expected);
        let expected = every.iter().find(|place| place.treatment.from > from);
        let after = after.filter(|place| place.day <= last);
        prop_assert_eq!(after.as_ref(), expected);
    }

    #[test]
    fn what_the_planner_offers_is_what_the_check_allows(
        visits in visits(),
        date in 2..11i32,
        apart in any::<bool>(),
    ) {
        let calendar = booked(&visits);
        let date = format!("2026-03-{date:02}").parse().expect("a date");
        let mut request = Request { earliest: date, latest_start: date, tolerance_days: 0, ..request(if apart { APART } else { TOGETHER }, 1) };
        request.rhythms.truncate(1);
        let resolved = resolve(&calendar, &request).expect("a request");
        let mut chosen = chosen(&calendar, None);
        chosen.scope = resolved.scope(&calendar, 0);
        let legal = legal_starts(&chosen, day_number(date));
        let legal = legal.iter().filter(|(_, violation)| violation.is_none()).count() as u64;
        prop_assert_eq!(candidates(&calendar, &resolved), legal);
    }

    #[test]
    fn what_the_planner_proposes_passes_the_audit(
        visits in visits(),
        apart in any::<bool>(),
        weeks in 1..4u32,
        everybody in any::<bool>(),
        fixed in prop::option::of((0..10i32, 32..68i32)),
    ) {
        let calendar = booked(&visits);
        let mut request = request(if apart { APART } else { TOGETHER }, weeks);
        if everybody {
            for rhythm in &mut request.rhythms {
                rhythm.practitioners.push("bo".into());
            }
        }
        request.fixed.extend(fixed.map(|(day, quarter)| Session {
            discipline: "physio".into(),
            week: 0,
            start: local(&format!("2026-03-{:02}T{:02}:{:02}", 2 + day, quarter / 4, quarter % 4 * 15)),
            practitioner: "bo".into(),
            room: None,
        }));
        let made = plan(&calendar, &request).expect("a plan");
        for proposal in &made.proposals {
            prop_assert_eq!(audit_proposal(&calendar, &request, proposal).expect("an audit"), []);
        }
        for (explained, proposal) in explain_unplaced(&calendar, &request, &made).expect("reasons").iter().zip(&made.proposals) {
            prop_assert_eq!(explained.len(), proposal.unplaced.len());
            // Every start was removed by some rule, or the session would have had a place.
            for unplaced in explained {
                let practitioners = 1 + u32::from(everybody);
                let removed: u32 = unplaced.removed.iter().sum();
                let usual = proposal.usual.iter().find(|usual| usual.discipline == unplaced.discipline).expect("a usual slot");
                let days = (-1..=1).map(|off| day_number(usual.date) + 7 * unplaced.week as i32 + off);
                let starts: u32 = days.map(|date| if date == day("2026-03-08") { 92 } else { 96 }).sum();
                prop_assert_eq!(removed, practitioners * starts);
            }
        }
    }
}
