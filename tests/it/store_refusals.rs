//! What the store refuses, and what it calls it.

use ordo_core::model::{Appointment, SessionLink};
use ordo_store::{Action, Entity, FileError, Store, StoreError};

use crate::store_sample::{self as sample, appointment};
use crate::store_story::{filled, insert, key, stamp};

#[test]
fn a_clinic_comes_only_into_an_empty_database() {
    let (_folder, mut store) = filled();
    assert_eq!(
        store.fill(&sample::records(), &stamp(1)),
        Err(StoreError::NotEmpty)
    );
    assert_eq!(store.current_seq().unwrap(), 1);
}

#[test]
fn an_empty_database_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("clinic.ordo"), &key()).unwrap();
    assert!(store.is_empty().unwrap());
    assert_eq!(store.clinic(), Err(StoreError::NoClinic));
    assert_eq!(store.protocols(), Err(StoreError::NoClinic));
    assert_eq!(
        insert(
            &mut store,
            0,
            &[appointment("a", "m1", "zoe", None, "2026-03-03T10:00")]
        ),
        Err(StoreError::NoClinic)
    );
}

#[test]
fn references_must_lead_somewhere() {
    let (_folder, mut store) = filled();
    let cases: [(Appointment, &str, &str); 4] = [
        (
            appointment("e", "nobody", "zoe", None, "2026-04-01T10:00"),
            "practitioner",
            "nobody",
        ),
        (
            appointment("e", "p1", "nobody", None, "2026-04-01T10:00"),
            "patient",
            "nobody",
        ),
        (
            appointment("e", "p1", "zoe", Some("attic"), "2026-04-01T10:00"),
            "room",
            "attic",
        ),
        (
            Appointment {
                session: Some(SessionLink {
                    series: "s9".into(),
                    week: 0,
                }),
                ..appointment("e", "p1", "zoe", None, "2026-04-01T10:00")
            },
            "series",
            "s9",
        ),
    ];
    for (visit, kind, id) in cases {
        assert_eq!(
            insert(&mut store, 1, &[visit]),
            Err(StoreError::Dangling {
                of: "appointment \"e\"".to_owned(),
                kind: kind.to_owned(),
                id: id.to_owned(),
            })
        );
    }
    let removed = store.change(&stamp(1), Action::EditClinic, |transaction| {
        transaction.delete_practitioner(&"m1".into())
    });
    assert!(matches!(removed, Err(StoreError::Dangling { kind, .. }) if kind == "practitioner"));
    assert_eq!(store.records().unwrap(), sample::records());
}

#[test]
fn values_out_of_range_are_refused_by_name() {
    let (_folder, mut store) = filled();
    let visit = appointment("f", "p1", "zoe", None, "2026-04-01T10:00");
    let cases = [
        Appointment {
            minutes: 0,
            ..visit.clone()
        },
        Appointment {
            minutes: 1441,
            ..visit.clone()
        },
        Appointment {
            minutes: u32::MAX,
            buffer_minutes: u32::MAX,
            ..visit.clone()
        },
        Appointment {
            buffer_minutes: 1441,
            ..visit.clone()
        },
        // The clocks go forward over it.
        Appointment {
            start: sample::local("2026-03-08T02:30"),
            ..visit.clone()
        },
        Appointment {
            start: sample::local("1999-03-08T02:30"),
            ..visit.clone()
        },
        Appointment {
            start: sample::date(4, 1).and_hms_opt(10, 0, 1).unwrap(),
            ..visit
        },
    ];
    for case in cases {
        let refused = insert(&mut store, 1, std::slice::from_ref(&case));
        assert!(
            matches!(&refused, Err(StoreError::Invalid { entity: Entity::Appointment, id, .. }) if id == "f"),
            "{case:?}: {refused:?}"
        );
    }
    let twice = insert(
        &mut store,
        1,
        &[appointment("a1", "p1", "zoe", None, "2026-04-01T10:00")],
    );
    assert_eq!(
        twice,
        Err(StoreError::Duplicate {
            entity: Entity::Appointment,
            id: "a1".to_owned()
        })
    );
    let unknown = store.change(&stamp(1), Action::Cancel, |transaction| {
        transaction.update_appointment(&appointment("zz", "p1", "zoe", None, "2026-04-01T10:00"))
    });
    assert!(matches!(unknown, Err(StoreError::Missing { .. })));
}

#[test]
fn a_database_is_not_made_over_another_file() {
    let (folder, _store) = filled();
    let path = folder.path().join("clinic.ordo");
    assert!(matches!(
        Store::create(&path, &key()),
        Err(StoreError::File(FileError::Exists { .. }))
    ));
}

#[test]
fn the_log_of_a_database_that_was_moved_away_without_it_stays() {
    let (folder, _store) = filled();
    let path = folder.path().join("new.ordo");
    let log = folder.path().join("new.ordo-wal");
    std::fs::write(&log, "the newest changes").unwrap();
    assert!(matches!(
        Store::create(&path, &key()),
        Err(StoreError::File(FileError::Exists { path })) if path == log
    ));
    assert!(!path.exists());
    assert_eq!(std::fs::read_to_string(&log).unwrap(), "the newest changes");
    // An empty one holds nothing.
    std::fs::write(&log, "").unwrap();
    assert!(Store::create(&path, &key()).is_ok());
}
