//! Backups: taken while others write, looked through.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use super::{filled, key, stamp};
use crate::sample::appointment;
use crate::{Action, ChainFault, FileError, Key, Store, StoreError};

pub(crate) fn book(store: &mut Store, id: &str, start: &str) {
    let visit = appointment(id, "m1", "zoe", Some("room1"), start);
    store
        .change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        })
        .expect("a booking");
}

pub(crate) fn has(store: &Store, id: &str) -> bool {
    store.appointment(&id.into()).expect("an answer").is_some()
}

/// Overwrites a byte in the middle of a page, counted from 1.
pub(crate) fn flip(path: &Path, page: u64) {
    let mut file = fs::OpenOptions::new().write(true).open(path).expect("the file");
    file.seek(SeekFrom::Start((page - 1) * 4096 + 2000))
        .expect("a place");
    file.write_all(b"\xa5\x5a").expect("two other bytes");
}

#[test]
fn a_backup_is_one_encrypted_file_that_holds_the_same() {
    let (folder, path, mut store) = filled();
    book(&mut store, "new", "2026-03-10T10:00");
    let target = folder.path().join("copy");
    let held = Store::back_up(&path, &key(), &target).expect("a backup");
    assert_eq!(held.newest, store.chain_end().expect("the end"));
    assert_eq!(held.patients, 3);
    for rest in ["copy-wal", "copy-shm", "copy-journal"] {
        assert!(!folder.path().join(rest).exists(), "{rest}");
    }
    let bytes = fs::read(&target).expect("the copy");
    for plain in ["SQLite format", "Haddad", "CREATE TABLE"] {
        let found = bytes
            .windows(plain.len())
            .any(|window| window == plain.as_bytes());
        assert!(!found, "{plain}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&target).expect("the copy").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let copy = Store::open(&target, &key()).expect("the copy opens");
    assert_eq!(copy.records(), store.records());
    let other = Key::from_bytes([8; 32]);
    assert!(matches!(
        Store::inspect(&target, &other),
        Err(StoreError::File(
            FileError::WrongKey { .. } | FileError::Damaged { .. }
        ))
    ));
}

#[test]
fn nobody_waits_for_a_backup_and_what_is_written_meanwhile_is_not_in_it() {
    let (folder, path, mut store) = filled();
    let target = folder.path().join("copy");
    // A writer that holds the lock does not hold the backup up, nor the other way round.
    let mut other = Store::open(&path, &key()).expect("a second window");
    let visit = appointment("meanwhile", "m1", "zoe", Some("room1"), "2026-03-10T10:00");
    other
        .change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)?;
            let held = Store::back_up(&path, &key(), &target)?;
            assert_eq!(held.newest.seq, 1);
            Ok::<_, StoreError>(())
        })
        .expect("a booking during the backup");
    book(&mut store, "after", "2026-03-11T10:00");
    let copy = Store::open(&target, &key()).expect("the copy");
    assert!(!has(&copy, "meanwhile") && !has(&copy, "after"));
    assert!(has(&store, "meanwhile") && has(&store, "after"));
}

#[test]
fn a_backup_never_replaces_a_file_and_leaves_none_that_failed() {
    let (folder, path, store) = filled();
    let target = folder.path().join("copy");
    fs::write(&target, "precious").expect("a file");
    assert!(matches!(
        Store::back_up(&path, &key(), &target),
        Err(StoreError::File(FileError::Exists { .. }))
    ));
    assert_eq!(fs::read(&target).expect("the file"), b"precious");
    let nowhere = folder.path().join("gone/copy");
    assert!(matches!(
        Store::back_up(&path, &key(), &nowhere),
        Err(StoreError::File(FileError::NoFolder { .. }))
    ));
    let wrong = folder.path().join("wrong");
    Store::back_up(&path, &Key::from_bytes([8; 32]), &wrong).expect_err("the wrong key");
    assert!(!wrong.exists());
    drop(store);
}

#[test]
fn a_flipped_page_is_found_and_named() {
    let (folder, path, store) = filled();
    drop(store);
    let pages = fs::metadata(&path).expect("the file").len() / 4096;
    assert!(Store::inspect(&path, &key()).expect("sound").is_sound());
    for page in [2, pages / 2, pages] {
        let damaged = folder.path().join("damaged");
        fs::copy(&path, &damaged).expect("a copy");
        flip(&damaged, page);
        let found = Store::inspect(&damaged, &key()).expect("an inspection");
        assert!(
            found.problems[0].contains(&format!("page {page}")),
            "page {page}: {:?}",
            found.problems
        );
        let target = folder.path().join(format!("from-{page}"));
        let refused = Store::back_up(&damaged, &key(), &target);
        assert!(
            matches!(refused, Err(StoreError::File(FileError::Damaged { .. }))),
            "{refused:?}"
        );
        assert!(!target.exists(), "a damaged copy is no backup");
    }
}

#[test]
fn an_altered_journal_is_told_but_can_still_be_backed_up() {
    let (folder, path, store) = filled();
    store
        .connection
        .execute_batch(
            "DROP TRIGGER journal_is_not_updated; UPDATE journal SET actor = 'nobody' WHERE seq = 1",
        )
        .expect("meddled with");
    let target = folder.path().join("copy");
    Store::back_up(&path, &key(), &target).expect("better than none");
    let found = Store::inspect(&target, &key()).expect("an inspection");
    assert_eq!(found.faults, [ChainFault::Altered { seq: 1 }]);
    assert!(!found.is_sound());
}
