//! The triggers against a naive oracle.

use chrono::{DateTime, TimeZone, Utc};
use ordo_core::model::{Appointment, AppointmentStatus};
use proptest::prelude::*;
use rusqlite::params;

use super::{filled, stamp};
use crate::sample::{self, appointment};
use crate::{Action, Conflict, Store, StoreError, Taken};

fn insert(store: &mut Store, visit: &Appointment) -> Result<(), StoreError> {
    store
        .change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(visit)
        })
        .map(drop)
}

#[test]
fn what_meets_what() {
    use Taken::{Patient, Practitioner, Room};
    // Against a1: m1, zoe, room1, 10:00 to 11:00, buffer until 11:15; and a3 right behind it.
    let cases = [
        (
            "the same time",
            "m1",
            "li",
            None,
            "2026-03-03T10:00",
            Some((Practitioner, "a1")),
        ),
        (
            "the last minute of the buffer",
            "m1",
            "li",
            None,
            "2026-03-03T11:14",
            Some((Practitioner, "a1")),
        ),
        (
            "behind the last buffer",
            "m1",
            "li",
            None,
            "2026-03-03T12:30",
            None,
        ),
        (
            "its own buffer reaches in",
            "m1",
            "li",
            None,
            "2026-03-03T08:46",
            Some((Practitioner, "a1")),
        ),
        (
            "its own buffer touches",
            "m1",
            "li",
            None,
            "2026-03-03T08:45",
            None,
        ),
        (
            "the room",
            "p1",
            "li",
            Some("room1"),
            "2026-03-03T11:00",
            Some((Room, "a1")),
        ),
        (
            "another room",
            "p1",
            "li",
            Some("room2"),
            "2026-03-03T10:00",
            None,
        ),
        ("no room", "p1", "li", None, "2026-03-03T10:00", None),
        (
            "the patient",
            "p1",
            "zoe",
            None,
            "2026-03-03T10:59",
            Some((Patient, "a1")),
        ),
        (
            "the patient in the buffer",
            "p1",
            "zoe",
            None,
            "2026-03-03T11:00",
            None,
        ),
        (
            "the patient before, buffer reaching in",
            "p1",
            "zoe",
            None,
            "2026-03-03T09:00",
            None,
        ),
        (
            "the day before",
            "m1",
            "zoe",
            Some("room1"),
            "2026-03-02T10:00",
            None,
        ),
    ];
    for (name, practitioner, patient, room, start, expected) in cases {
        let (_folder, _path, mut store) = filled();
        let result = insert(
            &mut store,
            &appointment("new", practitioner, patient, room, start),
        );
        let expected = expected.map_or(Ok(()), |(taken, other)| {
            Err(StoreError::Conflict(Conflict {
                taken,
                appointment: "new".into(),
                other: other.into(),
            }))
        });
        assert_eq!(result, expected, "{name}");
    }
}

#[test]
fn visits_that_take_no_time_are_in_nobodys_way() {
    for status in [AppointmentStatus::Cancelled, AppointmentStatus::NoShow] {
        let (_folder, _path, mut store) = filled();
        let mut visit = appointment("new", "m1", "zoe", Some("room1"), "2026-03-03T10:00");
        visit.status = status;
        assert_eq!(insert(&mut store, &visit), Ok(()));
        // It cannot come back while the time is taken.
        visit.status = AppointmentStatus::Booked;
        let back = store.change(&stamp(2), Action::SetStatus, |transaction| {
            transaction.update_appointment(&visit)
        });
        assert!(matches!(back, Err(StoreError::Conflict(_))));
    }
}

#[test]
fn the_longest_visit_reaches_over_midnight() {
    let (_folder, _path, mut store) = filled();
    let mut visit = appointment("long", "p1", "li", None, "2026-05-01T12:00");
    (visit.minutes, visit.buffer_minutes) = (1440, 1440);
    assert_eq!(insert(&mut store, &visit), Ok(()));
    let inside = appointment("in", "p1", "omar", None, "2026-05-03T11:59");
    assert!(matches!(
        insert(&mut store, &inside),
        Err(StoreError::Conflict(_))
    ));
    assert_eq!(
        insert(
            &mut store,
            &appointment("out", "p1", "omar", None, "2026-05-03T12:00")
        ),
        Ok(())
    );
}

#[test]
fn statements_from_outside_are_refused_too() {
    let (_folder, _path, store) = filled();
    let refused = store.connection.execute(
        "UPDATE appointment SET start_utc = start_utc - 30, end_utc = end_utc - 30, busy_until_utc = busy_until_utc - 30
         WHERE id = 'a3'",
        params![],
    );
    assert!(refused.is_err());
    let refused = store.connection.execute(
        "UPDATE appointment SET practitioner = 'm1', start_utc = start_utc - 1440,
        end_utc = end_utc - 1440, busy_until_utc = busy_until_utc - 1440 WHERE id = 'a2'",
        params![],
    );
    assert!(refused.is_err(), "11:00 with m1 lies in the buffer of a1");
}

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    Insert(Place),
    Move(usize, Place),
    Status(usize, AppointmentStatus),
    Reason(usize, bool),
}

#[derive(Clone, Debug)]
struct Place {
    practitioner: &'static str,
    patient: &'static str,
    room: Option<&'static str>,
    quarter: i64,
    minutes: u32,
    buffer: u32,
    flagged: bool,
}

fn place() -> impl Strategy<Value = Place> {
    (
        prop::sample::select(vec!["m1", "p1"]),
        prop::sample::select(vec!["zoe", "omar", "li"]),
        prop::sample::select(vec![None, Some("room1"), Some("room2")]),
        0..28i64,
        prop::sample::select(vec![15u32, 30, 45, 60]),
        prop::sample::select(vec![0u32, 15, 30]),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |(practitioner, patient, room, quarter, minutes, buffer, flagged)| Place {
                practitioner,
                patient,
                room,
                quarter,
                minutes,
                buffer,
                flagged,
            },
        )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => place().prop_map(Step::Insert),
        2 => (any::<usize>(), place()).prop_map(|(which, place)| Step::Move(which, place)),
        2 => (any::<usize>(), prop::sample::select(&AppointmentStatus::ALL[..]))
            .prop_map(|(which, status)| Step::Status(which, status)),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(which, reason)| Step::Reason(which, reason)),
    ]
}

/// A visit on the night in which the clocks go back, so that wall clock and elapsed time differ.
fn visit(number: usize, place: &Place) -> Appointment {
    let mut visit = appointment(
        &format!("v{number}"),
        place.practitioner,
        place.patient,
        place.room,
        "2026-10-31T22:00",
    );
    visit.start += chrono::TimeDelta::minutes(15 * place.quarter);
    visit.minutes = place.minutes;
    visit.buffer_minutes = place.buffer;
    visit.override_reason = if place.flagged {
        "agreed".to_owned()
    } else {
        String::new()
    };
    visit
}

/// Start, end and end of the buffer, through the zone database itself.
fn times(visit: &Appointment) -> [DateTime<Utc>; 3] {
    let start = chrono_tz::Tz::America__Toronto
        .from_local_datetime(&visit.start)
        .earliest()
        .expect("a time that exists")
        .to_utc();
    let end = start + chrono::TimeDelta::minutes(i64::from(visit.minutes));
    [
        start,
        end,
        end + chrono::TimeDelta::minutes(i64::from(visit.buffer_minutes)),
    ]
}

fn overlap(one: &Appointment, two: &Appointment) -> bool {
    let ([start, end, busy], [other_start, other_end, other_busy]) = (times(one), times(two));
    let meet = start < other_busy && other_start < busy;
    (one.practitioner == two.practitioner && meet)
        || (one.room.is_some() && one.room == two.room && meet)
        || (one.patient == two.patient && start < other_end && other_start < end)
}

/// Whether a visit may become so: what it takes anew must be free, unless it says why not.
fn may_become(visits: &[Appointment], before: Option<&Appointment>, after: &Appointment) -> bool {
    if !after.status.occupies_time() || !after.override_reason.is_empty() {
        return true;
    }
    let held = before.filter(|before| before.status.occupies_time() && before.override_reason.is_empty());
    if let Some(held) = held {
        let (old, new) = (times(held), times(after));
        let inside = old[0] <= new[0] && new[1] <= old[1] && new[2] <= old[2];
        let same = held.practitioner == after.practitioner && held.patient == after.patient;
        if inside && same && (after.room.is_none() || held.room == after.room) {
            return true;
        }
    }
    !visits
        .iter()
        .any(|other| other.id != after.id && other.status.occupies_time() && overlap(other, after))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn the_database_refuses_exactly_what_overlaps(steps in prop::collection::vec(step(), 1..40)) {
        let (_folder, _path, mut store) = filled();
        let mut visits: Vec<Appointment> = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            let (which, after) = match step {
                Step::Insert(place) => (None, visit(number, &place)),
                _ if visits.is_empty() => continue,
                Step::Move(which, place) => {
                    let which = which % visits.len();
                    let moved = visit(number, &place);
                    (Some(which), Appointment { id: visits[which].id.clone(), status: visits[which].status, ..moved })
                }
                Step::Status(which, status) => {
                    let which = which % visits.len();
                    (Some(which), Appointment { status, ..visits[which].clone() })
                }
                Step::Reason(which, reason) => {
                    let which = which % visits.len();
                    let override_reason = if reason { "agreed" } else { "" }.to_owned();
                    (Some(which), Appointment { override_reason, ..visits[which].clone() })
                }
            };
            let allowed = may_become(&visits, which.map(|which| &visits[which]), &after);
            let written = store.change(&stamp(number as i64), Action::Book, |transaction| match which {
                None => transaction.insert_appointment(&after),
                Some(_) => transaction.update_appointment(&after),
            });
            match written {
                Ok(_) => {
                    prop_assert!(allowed, "{after:?} was let in beside {visits:?}");
                    match which {
                        None => visits.push(after),
                        Some(which) => visits[which] = after,
                    }
                }
                Err(StoreError::Conflict(conflict)) => {
                    prop_assert!(!allowed, "{after:?} was refused beside {visits:?}: {conflict}");
                    let other = visits.iter().find(|visit| visit.id == conflict.other).expect("a visit");
                    prop_assert!(overlap(other, &after));
                }
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            }
        }
        let day = store.appointments(sample::date(10, 31), sample::date(11, 1), &crate::Filter::default());
        prop_assert_eq!(day.expect("visits").len(), visits.len());
    }
}
