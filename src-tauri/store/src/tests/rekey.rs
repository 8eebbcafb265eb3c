//! Another key for a database: alone, whole, or not at all.

use super::{filled, key};
use crate::{FileError, Key, Store, StoreError};

const NEXT: [u8; 32] = [9; 32];

#[test]
fn the_new_key_opens_what_was_there_and_the_key_before_nothing() {
    let (_folder, path, mut store) = filled();
    let (patients, seq) = (
        store.records().unwrap().patients.len(),
        store.current_seq().unwrap(),
    );
    let next = Key::from_bytes(NEXT);
    let mut steps = Vec::new();
    let steps = std::cell::RefCell::new(&mut steps);
    store
        .rekey::<StoreError>(
            &key(),
            &next,
            || {
                steps.borrow_mut().push(Store::opens(&path, &key()));
                Ok(())
            },
            || {
                steps.borrow_mut().push(true);
                Ok(())
            },
        )
        .unwrap();
    // Nobody else could open it when both keys were to be put on record.
    assert_eq!(**steps.borrow(), [false, true]);
    assert_eq!(store.records().unwrap().patients.len(), patients);
    drop(store);
    assert!(Store::opens(&path, &next) && !Store::opens(&path, &key()));
    let again = Store::open(&path, &next).unwrap();
    assert_eq!(again.current_seq().unwrap(), seq);
    assert!(Store::inspect(&path, &next).unwrap().is_sound());
    assert!(!path.with_file_name("clinic.ordo.before-new-key").exists());
}

#[test]
fn what_is_not_on_record_changes_nothing() {
    let (_folder, path, mut store) = filled();
    let refused = store.rekey::<StoreError>(
        &key(),
        &Key::from_bytes(NEXT),
        || Err(StoreError::NotEmpty),
        || panic!("nothing was changed"),
    );
    assert!(matches!(refused, Err(StoreError::NotEmpty)), "{refused:?}");
    assert!(Store::opens(&path, &key()));
    assert!(!path.with_file_name("clinic.ordo.before-new-key").exists());
    // Others come in again, and this one goes on.
    let other = Store::open(&path, &key()).unwrap();
    assert_eq!(other.current_seq().unwrap(), store.current_seq().unwrap());
}

#[test]
fn a_record_that_fails_afterwards_leaves_the_copy_and_the_new_key() {
    let (_folder, path, mut store) = filled();
    let next = Key::from_bytes(NEXT);
    let refused = store.rekey::<StoreError>(&key(), &next, || Ok(()), || Err(StoreError::NotEmpty));
    assert!(refused.is_err());
    assert!(Store::opens(&path, &next));
    let aside = path.with_file_name("clinic.ordo.before-new-key");
    assert!(Store::opens(&aside, &key()), "the way back is there");
    // The connection was opened again with the key that the database has.
    store.records().unwrap();
    store.forget_change_of_key();
    assert!(!aside.exists());
}

#[test]
fn with_somebody_else_in_it_nothing_is_changed_whatever_was_looked_at() {
    let (_folder, path, mut store) = filled();
    let other = Store::open(&path, &key()).unwrap();
    // Both look at the file, and neither gives up its lock by it.
    Store::inspect(&path, &key()).unwrap();
    Store::back_up(&path, &key(), &path.with_file_name("copy")).unwrap();
    let next = Key::from_bytes(NEXT);
    let refused = store.rekey::<StoreError>(&key(), &next, || panic!("not alone"), || Ok(()));
    assert!(
        matches!(refused, Err(StoreError::File(FileError::Locked { .. }))),
        "{refused:?}"
    );
    drop(other);
    store
        .rekey::<StoreError>(&key(), &next, || Ok(()), || Ok(()))
        .unwrap();
}
