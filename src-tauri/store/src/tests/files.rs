use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::{filled, key, stamp};
use crate::migration::Step;
use crate::sample::{self, appointment};
use crate::{Action, FileError, Key, Store, StoreError};

fn refusal(path: &Path, key: &Key) -> FileError {
    match Store::open_with_patience(path, key, Duration::from_millis(20)) {
        Err(StoreError::File(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// A filled database that is closed.
fn closed() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, path, store) = filled();
    drop(store);
    (folder, path)
}

#[test]
fn every_byte_is_encrypted_also_in_the_log() {
    let (folder, path, store) = filled();
    let wal = fs::read(path.with_extension("ordo-wal")).expect("the log");
    assert!(
        wal.len() > 10_000,
        "the rows lie in the log until it is folded in"
    );
    drop(store);
    let mut files = vec![wal];
    for entry in fs::read_dir(folder.path()).expect("the folder") {
        files.push(fs::read(entry.expect("an entry").path()).expect("a file"));
    }
    assert!(files.iter().any(|bytes| bytes.len() > 50_000));
    for bytes in &files {
        for plain in [
            "SQLite format",
            "Haddad",
            "Maple",
            "CREATE TABLE",
            "zoe@example.org",
            "front desk",
        ] {
            assert!(
                !bytes
                    .windows(plain.len())
                    .any(|window| window == plain.as_bytes()),
                "{plain}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = closed();
    let mode = fs::metadata(path).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_wrong_key_is_refused_and_the_right_one_still_opens() {
    let (_folder, path) = closed();
    let other = Key::from_bytes([8; 32]);
    assert_eq!(refusal(&path, &other), FileError::WrongKey { path: path.clone() });
    let passphrase = Key::from_passphrase("correct horse battery staple").expect("a passphrase");
    assert_eq!(
        refusal(&path, &passphrase),
        FileError::WrongKey { path: path.clone() }
    );
    assert!(Store::open(&path, &key()).is_ok());
}

#[test]
fn a_passphrase_opens_what_it_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let right = Key::from_passphrase("it's a \"quoted\" passphrase; DROP TABLE é").expect("a passphrase");
    let mut store = Store::create(&path, &right).expect("a new database");
    store.fill(&sample::records(), &stamp(0)).expect("the sample");
    drop(store);
    let store = Store::open(&path, &right).expect("the right passphrase");
    assert_eq!(store.records().expect("records"), sample::records());
    let wrong = Key::from_passphrase("it's a \"quoted\" passphrase").expect("a passphrase");
    drop(store);
    assert_eq!(refusal(&path, &wrong), FileError::WrongKey { path: path.clone() });
}

#[test]
fn what_is_no_database_is_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let path = at("missing.ordo");
    assert_eq!(refusal(&path, &key()), FileError::NotFound { path });
    let path = at("no/such/folder.ordo");
    assert_eq!(
        refusal(&path, &key()),
        FileError::NoFolder {
            folder: at("no/such")
        }
    );
    assert_eq!(
        Store::create(&path, &key()).err(),
        Some(
            FileError::NoFolder {
                folder: at("no/such")
            }
            .into()
        )
    );
    let path = folder.path().to_owned();
    assert_eq!(refusal(&path, &key()), FileError::NotAFile { path });

    let written = |name: &str, bytes: &[u8]| {
        let path = at(name);
        fs::write(&path, bytes).expect("a file");
        path
    };
    let path = written("empty.ordo", b"");
    assert_eq!(refusal(&path, &key()), FileError::Empty { path });
    let path = written("text.ordo", b"{\"format\": \"ordo-clinic/1\"}");
    assert_eq!(refusal(&path, &key()), FileError::NotADatabase { path });
    // Garbage of a whole number of pages cannot be told from a database under another key.
    let garbage: Vec<u8> = (0..8192u32)
        .map(|byte| (byte.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let path = written("garbage.ordo", &garbage);
    assert_eq!(refusal(&path, &key()), FileError::WrongKey { path });
    // A file below a file is in no folder.
    let path = at("text.ordo").join("clinic.ordo");
    let file = at("text.ordo");
    assert_eq!(refusal(&path, &key()), FileError::NotAFolder { file });

    let path = at("plain.ordo");
    let plain = Connection::open(&path).expect("a plain database");
    plain.execute_batch("CREATE TABLE t (x)").expect("a table");
    drop(plain);
    assert_eq!(refusal(&path, &key()), FileError::NotEncrypted { path });

    let path = at("foreign.ordo");
    let foreign = Connection::open(&path).expect("a database");
    key()
        .with_text(|text| foreign.pragma_update(None, "key", text))
        .expect("a key");
    foreign.execute_batch("CREATE TABLE t (x)").expect("a table");
    drop(foreign);
    assert_eq!(refusal(&path, &key()), FileError::Foreign { path });
}

/// Every state that the making of a database can be cut short in.
#[test]
fn a_making_that_was_cut_short_is_gone_on_with() {
    let make = |path: &Path, steps: u32| {
        if steps == 0 {
            crate::file::reserve(path).expect("a place");
            return;
        }
        crate::file::reserve(path).expect("a place");
        let connection = crate::file::connect(path, &key()).expect("a connection");
        let wal = connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()));
        wal.expect("a mode");
        if steps > 1 {
            connection
                .execute_batch("BEGIN IMMEDIATE; CREATE TABLE clinic (x); PRAGMA wal_checkpoint")
                .expect_err("no checkpoint within a change");
        }
        // As a kill leaves it, without the tidying at the end.
        std::mem::forget(connection);
    };
    for steps in 0..3 {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("clinic.ordo");
        make(&path, steps);
        // A copy, as what was forgotten still holds its locks.
        let copy = folder.path().join("copy.ordo");
        for suffix in ["", "-wal"] {
            let from = crate::file::beside(&path, suffix);
            if from.exists() {
                fs::copy(from, crate::file::beside(&copy, suffix)).expect("a copy");
            }
        }
        fs::write(crate::file::beside(&copy, ".restore"), "").expect("the note of whoever made it");
        fs::write(crate::file::beside(&copy, "-journal"), "").expect("a journal");
        assert_eq!(Store::is_unmade(&copy), steps == 0);
        let made = match steps {
            0 => Store::create(&copy, &key()),
            _ => Store::open(&copy, &key()),
        };
        let store = made.expect("a database");
        assert!(store.is_empty().expect("an answer"));
        drop(store);
        assert!(
            Store::open(&copy, &key())
                .expect("it opens")
                .is_empty()
                .expect("an answer")
        );
        if steps > 0 {
            let other = Key::from_bytes([8; 32]);
            assert_eq!(refusal(&copy, &other), FileError::WrongKey { path: copy });
        }
    }
}

#[test]
fn two_that_make_a_database_at_once_end_with_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let made: Vec<bool> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..4)
            .map(|number| {
                let path = &path;
                scope.spawn(move || Store::create(path, &Key::from_bytes([number; 32])).is_ok())
            })
            .collect();
        running
            .into_iter()
            .map(|each| each.join().expect("no panic"))
            .collect()
    });
    assert_eq!(made.iter().filter(|is_made| **is_made).count(), 1, "{made:?}");
    let winner = made.iter().position(|is_made| *is_made).expect("one") as u8;
    assert!(Store::open(&path, &Key::from_bytes([winner; 32])).is_ok());
}

#[test]
fn a_file_that_is_cut_short_is_refused() {
    let (_folder, path) = closed();
    let bytes = fs::read(&path).expect("the file");
    fs::write(&path, &bytes[..bytes.len() - 100]).expect("a shorter file");
    assert_eq!(
        refusal(&path, &key()),
        FileError::NotADatabase { path: path.clone() }
    );
    // Whole pages are missing: seen when they are needed.
    fs::write(&path, &bytes[..4096 * 3]).expect("a shorter file");
    let read = Store::open(&path, &key()).and_then(|store| store.records());
    assert!(
        matches!(read, Err(StoreError::File(FileError::Damaged { .. }))),
        "{read:?}"
    );
}

#[test]
fn a_damaged_page_is_named_as_damage() {
    let (_folder, path) = closed();
    let mut bytes = fs::read(&path).expect("the file");
    for page in 1..bytes.len() / 4096 {
        bytes[page * 4096 + 2000] ^= 1;
    }
    fs::write(&path, &bytes).expect("a damaged file");
    let read = Store::open(&path, &key()).and_then(|store| store.records());
    assert!(
        matches!(read, Err(StoreError::File(FileError::Damaged { .. }))),
        "{read:?}"
    );
}

#[test]
fn a_full_disk_changes_nothing() {
    let (_folder, path, mut store) = filled();
    let before = store.records().expect("records");
    let pages: i64 = store
        .connection
        .query_row("SELECT page_count FROM pragma_page_count", [], |row| row.get(0))
        .expect("a number");
    store
        .connection
        .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
        .expect("a limit");
    let refused = store.change::<_, StoreError>(&stamp(1), Action::EditPatient, |transaction| {
        (0..500).try_for_each(|number| {
            transaction.put_patient(&sample::patient(&format!("n{number}"), &"long name ".repeat(40)))
        })
    });
    assert_eq!(refused.err(), Some(FileError::Full { path: path.clone() }.into()));
    assert_eq!(store.records().expect("records"), before);
    drop(store);
    let mut store = Store::open(&path, &key()).expect("the database");
    assert_eq!(store.records().expect("records"), before);
    assert_eq!(store.current_seq().expect("a number"), 1);
    store.log_view(&stamp(2), &["zoe".into()]).expect("room again");
}

#[test]
fn a_database_that_cannot_be_finished_is_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let made = crate::file::create(
        &path,
        &key(),
        &[&[Step::Sql("CREATE TABLE t (x)"), Step::Sql("no statement")]],
    );
    assert!(made.is_err());
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0);
}

#[test]
fn a_program_that_holds_the_file_is_waited_for_and_then_named() {
    let (_folder, path, store) = filled();
    let mut other =
        Store::open_with_patience(&path, &key(), Duration::from_millis(50)).expect("a second one");
    store
        .connection
        .execute_batch("BEGIN IMMEDIATE")
        .expect("the lock");
    let visit = appointment("h", "p1", "li", None, "2026-03-20T10:00");
    let book = |other: &mut Store| {
        other.change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        })
    };
    assert_eq!(
        book(&mut other).err(),
        Some(FileError::Locked { path: path.clone() }.into())
    );
    // Reading goes on meanwhile.
    assert_eq!(other.records().expect("records"), sample::records());
    store.connection.execute_batch("ROLLBACK").expect("the end");
    assert!(book(&mut other).is_ok());
}

#[test]
fn what_is_configured_holds() {
    let (_folder, _path, store) = filled();
    for (pragma, expected) in [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("temp_store", "2"),
        ("secure_delete", "2"),
        ("trusted_schema", "0"),
        ("application_id", "1332896879"),
        ("user_version", "6"),
    ] {
        let value: rusqlite::types::Value = store
            .connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .expect("a value");
        let value = match value {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(value, expected, "{pragma}");
    }
    let lax: i64 = store
        .connection
        .query_row(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
                AND name NOT LIKE 'sqlite_%'",
            [],
            |row| row.get(0),
        )
        .expect("a number");
    assert_eq!(lax, 0, "every table is STRICT");
}

#[test]
fn errors_of_the_file_system_say_what_to_do() {
    use std::io::{Error, ErrorKind};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    for (kind, expected) in [
        (
            ErrorKind::PermissionDenied,
            FileError::ReadOnly { path: path.clone() },
        ),
        (
            ErrorKind::ReadOnlyFilesystem,
            FileError::ReadOnly { path: path.clone() },
        ),
        (
            ErrorKind::InvalidFilename,
            FileError::BadName { path: path.clone() },
        ),
        (ErrorKind::StorageFull, FileError::Full { path: path.clone() }),
        (ErrorKind::NotFound, FileError::NotFound { path: path.clone() }),
    ] {
        assert_eq!(crate::file::io_error(&path, &Error::from(kind)), expected);
    }
    // Windows says of a name that is too long that it is not there.
    let path = folder.path().join("n".repeat(250));
    let missing = Error::from(ErrorKind::NotFound);
    assert_eq!(
        crate::file::io_error(&path, &missing),
        FileError::BadName { path }
    );
}
