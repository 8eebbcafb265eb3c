//! Searching the journal, against looking through all of it.

use chrono::TimeDelta;

use super::growth::steps;
use super::{filled, stamp};
use crate::sample::{self, appointment};
use crate::{Action, Search, Sought, Stamp, Store, StoreError};

fn by(actor: &str, seconds: i64) -> Stamp {
    Stamp {
        actor: actor.to_owned(),
        ..stamp(seconds)
    }
}

/// Entry 1: the import. 2: Zoé is booked by Ana. 3: Ben sees Zoé and Li. 4: the booking is undone. 5: a room.
/// 6: Ben sees Li, before everything else by the clock.
fn told() -> (tempfile::TempDir, Store) {
    let (folder, _path, mut store) = filled();
    let visit = appointment("new", "m1", "zoe", Some("room1"), "2026-03-10T10:00");
    store
        .change(&by("ana", 60), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        })
        .expect("a booking");
    store
        .log_view(&by("ben", 120), &["zoe".into(), "li".into()])
        .expect("a view");
    store
        .undo(&by("ana", 180), crate::Which::Entry(2))
        .expect("an undo");
    let mut room = store.clinic().expect("the clinic").rooms[0].clone();
    room.name = "Other".to_owned();
    store
        .change(&by("ana", 240), Action::EditClinic, |transaction| {
            transaction.put_room(&room)
        })
        .expect("a room");
    store.log_view(&by("ben", -3600), &["li".into()]).expect("a view");
    (folder, store)
}

fn found(store: &Store, search: &Search) -> Vec<u32> {
    let traces = store.search_journal(search, None, 100).expect("an answer");
    traces.iter().map(|trace| trace.entry.seq).collect()
}

#[test]
fn entries_are_found_by_actor_patient_kind_and_time() {
    let (_folder, store) = told();
    let all = Search::default();
    let actor = |actor: &str| Search {
        actor: Some(actor.to_owned()),
        ..Search::default()
    };
    let patient = |patient: &str| Search {
        patient: Some(patient.into()),
        ..Search::default()
    };
    let kind = |kind| Search {
        kind: Some(kind),
        ..Search::default()
    };
    let between = |from: i64, until: i64| Search {
        from: Some(sample::moment(from)),
        until: Some(sample::moment(until)),
        ..Search::default()
    };
    let cases = [
        (all, vec![6, 5, 4, 3, 2, 1]),
        (actor("ana"), vec![5, 4, 2]),
        (actor("nobody"), vec![]),
        (patient("zoe"), vec![4, 3, 2, 1]),
        (patient("li"), vec![6, 3, 1]),
        (patient("nobody"), vec![]),
        (kind(Sought::View), vec![6, 3]),
        (kind(Sought::Turn), vec![4]),
        (kind(Sought::Recompute), vec![]),
        (kind(Sought::Action(Action::Book)), vec![2]),
        (between(60, 180), vec![3, 2]),
        (between(61, 181), vec![4, 3]),
        (between(-7200, 1), vec![6, 1]),
        (
            Search {
                actor: Some("ben".to_owned()),
                patient: Some("zoe".into()),
                kind: Some(Sought::View),
                ..between(0, 1000)
            },
            vec![3],
        ),
    ];
    for (search, expected) in cases {
        assert_eq!(found(&store, &search), expected, "{search:?}");
    }
}

#[test]
fn a_fraction_of_a_second_is_within_its_second() {
    let (_folder, _path, mut store) = filled();
    let at = sample::moment(600);
    let late = Stamp {
        at: at + TimeDelta::milliseconds(250),
        ..stamp(0)
    };
    store.log_view(&late, &["zoe".into()]).expect("a view");
    let from = |moment| Search {
        from: Some(moment),
        ..Search::default()
    };
    assert_eq!(found(&store, &from(at)), [2]);
    let before = Search {
        until: Some(at),
        ..Search::default()
    };
    assert_eq!(found(&store, &before), [1]);
}

#[test]
fn pages_follow_on_each_other() {
    let (_folder, store) = told();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = store
            .search_journal(&Search::default(), before, 4)
            .expect("a page");
        let Some(last) = page.last() else { break };
        before = Some(last.entry.seq);
        seen.extend(page.iter().map(|trace| trace.entry.seq));
    }
    assert_eq!(seen, [6, 5, 4, 3, 2, 1]);
}

#[test]
fn a_long_entry_is_counted_and_shown_in_part() {
    let (_folder, store) = told();
    let page = store
        .search_journal(&Search::default(), Some(2), 1)
        .expect("a page");
    let whole = store.entry(1).expect("an answer").expect("the import");
    let shown = page[0].entry.changes.len();
    assert_eq!(page[0].records as usize, whole.changes.len());
    assert_eq!(page[0].entry.changes, whole.changes[..shown]);
}

#[test]
fn actors_and_last_names_are_told() {
    let (_folder, mut store) = told();
    assert_eq!(
        store.actors(),
        Ok(vec!["ana".to_owned(), "ben".to_owned(), "front desk".to_owned()])
    );
    assert_eq!(store.last_name_of(&"nobody".into()), Ok(None));
    let mut omar = store.patient(&"omar".into()).expect("an answer").expect("Omar");
    omar.name = "Omar Renamed".to_owned();
    store
        .change(&stamp(300), Action::EditPatient, |transaction| {
            transaction.put_patient(&omar)
        })
        .expect("renamed");
    assert_eq!(
        store.last_name_of(&"omar".into()),
        Ok(Some("Omar Renamed".to_owned()))
    );
}

/// A journal with so many views of others, and one of Zoé at its beginning.
fn long(views: u32) -> (tempfile::TempDir, Store) {
    let (folder, mut store) = told();
    for at in 0..views {
        store
            .log_view(&by("cy", 1000 + i64::from(at)), &["li".into()])
            .expect("a view");
    }
    (folder, store)
}

#[test]
fn the_cost_is_that_of_what_fits() {
    let (_short_folder, mut short) = long(20);
    let (_long_folder, mut long) = long(400);
    type Question = (&'static str, fn(&mut Store) -> Result<(), StoreError>);
    let questions: [Question; 4] = [
        ("of a patient", |store| {
            let search = Search {
                patient: Some("zoe".into()),
                ..Search::default()
            };
            store.search_journal(&search, None, 50).map(drop)
        }),
        ("of an actor", |store| {
            let search = Search {
                actor: Some("ben".to_owned()),
                ..Search::default()
            };
            store.search_journal(&search, None, 50).map(drop)
        }),
        ("everybody", |store| store.actors().map(drop)),
        ("of a time", |store| {
            let search = Search {
                from: Some(sample::moment(0)),
                until: Some(sample::moment(500)),
                ..Search::default()
            };
            store.search_journal(&search, None, 50).map(drop)
        }),
    ];
    for (name, question) in questions {
        let (little, much) = (steps(&mut short, question), steps(&mut long, question));
        assert!(much * 100 <= little * 120, "{name}: {little} steps, then {much}");
    }
}
