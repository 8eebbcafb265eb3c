//! What the chain of the journal gives away.

use std::fs;

use rusqlite::Connection;

use super::{filled, key, stamp};
use crate::file::create;
use crate::migration::MIGRATIONS;
use crate::sample::{self, appointment};
use crate::{Action, ChainFault, Link, Store};

/// A database with the sample, a booking, a view and an undo: entries 1 to 4.
fn with_history() -> (tempfile::TempDir, std::path::PathBuf, Store) {
    let (folder, path, mut store) = filled();
    let visit = appointment("new", "m1", "zoe", Some("room1"), "2026-03-10T10:00");
    store
        .change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        })
        .expect("a booking");
    store.log_view(&stamp(2), &["zoe".into()]).expect("a view");
    store.undo(&stamp(3), crate::Which::Entry(2)).expect("an undo");
    (folder, path, store)
}

fn faults(store: &Store) -> Vec<ChainFault> {
    let stretch = store.check_chain(Link::START, 1000).expect("a check");
    assert!(stretch.is_end);
    stretch.faults
}

/// Does what no program does: the journal's own triggers are out of the way.
fn meddle(connection: &Connection, statement: &str) {
    let guards =
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_change')";
    let names: Vec<String> = connection
        .prepare(guards)
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the triggers");
    for name in names {
        connection
            .execute_batch(&format!("DROP TRIGGER {name}"))
            .expect("a trigger less");
    }
    connection
        .execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
        .expect("no checks");
    let changed = connection.execute(statement, []).expect(statement);
    assert!(changed > 0, "{statement}");
}

#[test]
fn what_the_program_writes_hangs_together() {
    let (_folder, _path, store) = with_history();
    assert_eq!(store.current_seq(), Ok(4));
    assert_eq!(faults(&store), []);
    let mut hashes: Vec<String> = (1..=4)
        .map(|seq| {
            let hash = store.chain_at(seq).expect("an answer");
            hash.expect("a hash").to_string()
        })
        .collect();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 4);
}

#[test]
fn a_check_in_slices_sees_the_same() {
    let (_folder, _path, store) = with_history();
    meddle(
        &store.connection,
        "UPDATE journal SET reason = 'other' WHERE seq = 3",
    );
    let mut last = Link::START;
    let mut found = Vec::new();
    for expected in [false, false, false, false, true] {
        let stretch = store.check_chain(last, 1).expect("a slice");
        last = stretch.last;
        found.extend(stretch.faults);
        assert_eq!(stretch.is_end, expected);
    }
    assert_eq!(found, [ChainFault::Altered { seq: 3 }]);
}

#[test]
fn any_value_that_is_altered_is_found_at_its_entry() {
    for (statement, seq) in [
        ("UPDATE journal SET at = '2026-03-01T00:00:00Z' WHERE seq = 2", 2),
        ("UPDATE journal SET actor = 'nobody' WHERE seq = 3", 3),
        ("UPDATE journal SET kind = 'recompute' WHERE seq = 3", 3),
        ("UPDATE journal SET action = 'cancel' WHERE seq = 2", 2),
        ("UPDATE journal SET of_entry = 1 WHERE seq = 4", 4),
        ("UPDATE journal SET reason = 'because' WHERE seq = 1", 1),
        ("UPDATE journal SET hash = zeroblob(32) WHERE seq = 4", 4),
        ("UPDATE journal SET hash = NULL WHERE seq = 4", 4),
        ("UPDATE journal_change SET id = 'li' WHERE seq = 3", 3),
        ("UPDATE journal_change SET entity = 'series' WHERE seq = 3", 3),
        ("UPDATE journal_change SET place = 7 WHERE seq = 2", 2),
        (
            "UPDATE journal_change SET after = replace(after, 'zoe', 'lee') WHERE seq = 2",
            2,
        ),
        ("UPDATE journal_change SET before = NULL WHERE seq = 4", 4),
        ("UPDATE journal_change SET seq = 3 WHERE seq = 2", 2),
        ("DELETE FROM journal_change WHERE seq = 2", 2),
        (
            "INSERT INTO journal_change (number, seq, position, entity, id) VALUES ((3 << 32) + 1, 3, 1, 'patient', 'li')",
            3,
        ),
    ] {
        let (_folder, _path, store) = with_history();
        meddle(&store.connection, statement);
        let found = faults(&store);
        assert_eq!(
            found.first(),
            Some(&ChainFault::Altered { seq }),
            "{statement}: {found:?}"
        );
    }
}

#[test]
fn an_altered_entry_does_not_cast_doubt_on_the_others() {
    let (_folder, _path, store) = with_history();
    meddle(
        &store.connection,
        "UPDATE journal SET actor = 'nobody' WHERE seq = 2",
    );
    assert_eq!(faults(&store), [ChainFault::Altered { seq: 2 }]);
}

#[test]
fn an_entry_that_is_gone_is_missed() {
    let (_folder, _path, store) = with_history();
    meddle(&store.connection, "DELETE FROM journal WHERE seq IN (2, 3)");
    assert_eq!(faults(&store), [ChainFault::Missing { from: 2, to: 3 }]);
}

#[test]
fn the_checkpoint_knows_what_the_database_has_forgotten() {
    let (_folder, path, mut store) = with_history();
    let first = store.check_newest().expect("a check");
    assert_eq!((first.checked, first.faults), (4, vec![]));
    let again = store.check_newest().expect("a check");
    assert_eq!((again.checked, again.faults), (0, vec![]));
    store.log_view(&stamp(4), &["li".into()]).expect("a view");
    assert_eq!(store.check_newest().expect("a check").checked, 1);

    meddle(&store.connection, "DELETE FROM journal_change WHERE seq = 5");
    meddle(&store.connection, "DELETE FROM journal WHERE seq = 5");
    assert_eq!(faults(&store), [], "the chain alone cannot see its end cut off");
    let cut = store.check_newest().expect("a check").faults;
    assert_eq!(cut, [ChainFault::Shortened { kept: 5, newest: 4 }]);
    assert_eq!(store.check_checkpoint(), Ok(Some(cut[0])), "the checkpoint stays");

    drop(store);
    let mut store = Store::open(&path, &key()).expect("the database");
    store.log_view(&stamp(5), &["li".into()]).expect("another view");
    assert_eq!(faults(&store), []);
    let other = store.check_newest().expect("a check").faults;
    assert_eq!(other, [ChainFault::Replaced { seq: 5 }]);

    store.accept_journal().expect("accepted");
    assert_eq!(store.check_checkpoint(), Ok(None));
}

#[test]
fn a_new_database_is_not_held_against_what_one_before_it_left() {
    let (_folder, path, store) = with_history();
    store.check_newest().expect("a check");
    drop(store);
    fs::remove_file(&path).expect("it is gone");
    assert!(crate::checkpoint::place(&path).exists());
    let fresh = Store::create(&path, &key()).expect("a new database");
    assert_eq!(fresh.check_checkpoint(), Ok(None));
    assert_eq!(fresh.check_newest().expect("a check").faults, []);
}

#[test]
fn a_checkpoint_that_cannot_be_read_or_kept_is_no_obstacle() {
    let (_folder, path, store) = with_history();
    let place = crate::checkpoint::place(&path);
    for text in [
        "",
        "ordo-chain/1 4",
        "ordo-chain/1 x y",
        "ordo-chain/9 4 00",
        "\u{0}",
    ] {
        fs::write(&place, text).expect("a file");
        assert_eq!(store.check_newest().expect("a check").checked, 4, "{text:?}");
    }
    fs::remove_file(&place).expect("no file");
    fs::create_dir(&place).expect("a folder in the way");
    assert_eq!(store.check_newest().expect("a check").checked, 4);
}

#[test]
fn entries_of_the_first_version_are_chained_when_it_is_brought_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let old = create(&path, &key(), &MIGRATIONS[..1]).expect("a database of version 1");
    for seq in 1..=2500 {
        old.execute(
            "INSERT INTO journal (seq, at, actor, kind, action, reason) VALUES (?1, '2026-03-01T00:00:00Z', 'front desk', 'change', 'edit-clinic', 'Zoé')",
            [seq],
        )
        .expect("an entry");
        old.execute(
            "INSERT INTO journal_change (number, seq, position, entity, id, after) VALUES (?1 << 32, ?1, 0, 'room', 'r' || ?1, '{}')",
            [seq],
        )
        .expect("a change");
    }
    drop(old);
    let mut store = Store::open(&path, &key()).expect("the database, brought up");
    let all = store.check_chain(Link::START, 10_000).expect("a check");
    assert_eq!((all.checked, all.faults), (2500, vec![]));
    store.fill(&sample::records(), &stamp(0)).expect("the sample");
    assert_eq!(
        store.check_chain(Link::START, 10_000).expect("a check").faults,
        []
    );
    meddle(
        &store.connection,
        "UPDATE journal SET actor = 'nobody' WHERE seq = 1500",
    );
    let found = store.check_chain(Link::START, 10_000).expect("a check").faults;
    assert_eq!(found, [ChainFault::Altered { seq: 1500 }]);
}
