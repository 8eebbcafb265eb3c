//! The mechanism, on migrations of the tests' own.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::key;
use crate::file::{PATIENCE, create, open};
use crate::migration::{MIGRATIONS, Migrations, Step};
use crate::{FileError, Key};

const FIRST: &[Step] = &[Step::Sql("CREATE TABLE visit (name TEXT NOT NULL) STRICT")];
const SECOND: &[Step] = &[Step::Sql(
    "ALTER TABLE visit ADD COLUMN note TEXT NOT NULL DEFAULT 'none'",
)];
const THIRD: &[Step] = &[
    Step::Sql("CREATE TABLE extra (x) "),
    Step::Run(|connection| {
        connection.execute("INSERT INTO visit (name) VALUES ('added by the third')", [])?;
        Ok(())
    }),
];
const BROKEN: &[Step] = &[
    Step::Sql("DELETE FROM visit"),
    Step::Sql("CREATE TABLE visit (name TEXT)"),
];

const ONE: Migrations<'static> = &[FIRST];
const THREE: Migrations<'static> = &[FIRST, SECOND, THIRD];

/// A closed database of version 1 with one row.
fn of_version_one(key: &Key) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let connection = create(&path, key, ONE).expect("a new database");
    connection
        .execute("INSERT INTO visit (name) VALUES ('Haddad')", [])
        .expect("a row");
    (folder, path)
}

fn names(connection: &Connection) -> Vec<String> {
    let mut statement = connection
        .prepare("SELECT name FROM visit ORDER BY rowid")
        .expect("a table");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("a name")).collect()
}

fn version(connection: &Connection) -> u32 {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("a version")
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn an_older_database_is_brought_up_and_its_copy_kept() {
    for key in [
        key(),
        Key::from_passphrase("correct horse").expect("a passphrase"),
    ] {
        let (folder, path) = of_version_one(&key);
        let connection = open(&path, &key, THREE, PATIENCE).expect("the migrated database");
        assert_eq!(version(&connection), 3);
        assert_eq!(names(&connection), ["Haddad", "added by the third"]);
        drop(connection);
        assert_eq!(files(folder.path()), ["clinic.ordo", "clinic.ordo.version-1"]);
        let copy = folder.path().join("clinic.ordo.version-1");
        let bytes = fs::read(&copy).expect("the copy");
        assert!(
            !bytes
                .windows(6)
                .any(|window| window == b"Haddad" || window == b"SQLite")
        );
        let old = open(&copy, &key, ONE, PATIENCE).expect("the copy");
        assert_eq!((version(&old), names(&old)), (1, vec!["Haddad".to_owned()]));
    }
}

#[test]
fn a_database_of_this_version_is_left_alone() {
    let (folder, path) = of_version_one(&key());
    drop(open(&path, &key(), ONE, PATIENCE).expect("the database"));
    assert_eq!(files(folder.path()), ["clinic.ordo"]);
}

#[test]
fn a_copy_never_replaces_another_file() {
    let (folder, path) = of_version_one(&key());
    fs::write(folder.path().join("clinic.ordo.version-1"), "precious").expect("a file");
    drop(open(&path, &key(), THREE, PATIENCE).expect("the migrated database"));
    assert_eq!(
        files(folder.path()),
        ["clinic.ordo", "clinic.ordo.version-1", "clinic.ordo.version-1-2"]
    );
    let kept = fs::read(folder.path().join("clinic.ordo.version-1")).expect("the file");
    assert_eq!(kept, b"precious");
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let (folder, path) = of_version_one(&key());
    let refused = open(&path, &key(), &[FIRST, SECOND, BROKEN], PATIENCE).expect_err("a failure");
    assert!(
        matches!(&refused, FileError::Migration { found: 1, known: 3, detail, .. } if detail.contains("visit")),
        "{refused:?}"
    );
    let connection = open(&path, &key(), ONE, PATIENCE).expect("the database as it was");
    assert_eq!(
        (version(&connection), names(&connection)),
        (1, vec!["Haddad".to_owned()])
    );
    assert!(connection.prepare("SELECT note FROM visit").is_err());
    drop(connection);
    assert_eq!(files(folder.path()), ["clinic.ordo", "clinic.ordo.version-1"]);
}

#[test]
fn a_newer_database_is_refused_with_both_versions() {
    let (folder, path) = of_version_one(&key());
    drop(open(&path, &key(), THREE, PATIENCE).expect("the migrated database"));
    let before = files(folder.path());
    let refused = open(&path, &key(), &[FIRST, SECOND], PATIENCE).expect_err("a refusal");
    assert_eq!(
        refused,
        FileError::Newer {
            path: path.clone(),
            found: 3,
            known: 2
        }
    );
    assert!(refused.to_string().contains("version 3") && refused.to_string().contains("up to 2"));
    assert_eq!(files(folder.path()), before);
}

/// The released shapes, pinned version by version: a change to one of them is a new migration, not an edit.
#[test]
fn released_migrations_are_never_edited() {
    let digests: Vec<String> = MIGRATIONS
        .iter()
        .map(|version| {
            let text: String = version
                .iter()
                .map(|step| match step {
                    Step::Sql(statements) => *statements,
                    Step::Run(_) => "a program",
                })
                .collect();
            // FNV-1a, written out because a digest that never changes is the point.
            let digest = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
            format!("{digest:016x}")
        })
        .collect();
    assert_eq!(
        digests,
        [
            "bb19973ef479a82f",
            "4cc856700255fa36",
            "a972b678d7871ae1",
            "2a10c59f4f3ba0d9",
            "1b7f5201863dc409",
            "b3f62f08003584ab",
        ]
    );
}
