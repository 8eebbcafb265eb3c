//! A database that the first version wrote, brought up by this one.

use std::path::Path;

use ordo_store::{FileError, Key, Store, StoreError};

#[test]
fn a_database_of_the_first_version_is_brought_up_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.ordo");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/version-1.ordo");
    std::fs::copy(fixture, &path).unwrap();
    let key = Key::from_bytes([7; 32]);
    let store = Store::open(&path, &key).unwrap();
    let records = store.records().unwrap();
    assert_eq!(
        (
            records.patients.len(),
            records.appointments.len(),
            records.series.len()
        ),
        (4, 7, 1)
    );
    let status = |id: &str| {
        let mut visits = records.appointments.iter();
        visits
            .find(|visit| visit.id.as_str() == id)
            .unwrap()
            .status
            .as_str()
    };
    assert_eq!((status("m0"), status("o2")), ("arrived", "booked"));
    assert_eq!(store.current_seq(), Ok(4));
    let check = store.check_chain(ordo_store::Link::START, 100).unwrap();
    assert_eq!((check.checked, check.faults), (4, vec![]));
    let entry = store.entry(4).unwrap().unwrap();
    assert_eq!((entry.actor.as_str(), entry.changes.len()), ("front desk", 1));
    drop(store);
    let copy = folder.path().join("clinic.ordo.version-1");
    let found = Store::inspect(&copy, &key).unwrap();
    assert_eq!((found.inventory.appointments, found.problems.len()), (7, 0));
    assert!(matches!(
        Store::open(&path, &Key::from_bytes([8; 32])),
        Err(StoreError::File(FileError::WrongKey { .. }))
    ));
}
