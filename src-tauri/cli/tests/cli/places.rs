//! Places where no database is, by every command that wants one: what is there is said as it is, before anybody is asked for
//! a key.

use std::fs;
use std::process::Output;

use crate::folder::{Folder, said};

/// Every command that opens a clinic, in a form that would do something.
const COMMANDS: [&[&str]; 29] = [
    &["day"],
    &["week"],
    &["series"],
    &["status", "a1", "arrived"],
    &["move", "a1", "--to", "2026-03-03T10:00"],
    &["undo"],
    &["redo"],
    &["journal"],
    &["backup"],
    &["backups"],
    &["inspect"],
    &["audit"],
    &["export", "-"],
    &["decide", "--patient", "pt1"],
    &["propose", "--patient", "pt1"],
    &["book", "--patient", "pt1"],
    &[
        "why",
        "--patient",
        "pt1",
        "--service",
        "rmt-60",
        "--practitioner",
        "m1",
        "--start",
        "2026-03-03T10:00",
    ],
    &["ics", "--closures", "--from", "2026-01-01", "--to", "2026-02-01"],
    &["key", "status"],
    &["key", "rekey"],
    &["key", "recovery"],
    &["key", "passphrase"],
    &["key", "keychain"],
    &["sharing"],
    &["folder", "out"],
    &["serve", "--listen", "127.0.0.1:0"],
    &["publish", "anna"],
    &["import-ics", "text.ordo", "--practitioner", "anna"],
    &["import-patients", "text.ordo"],
];

/// A folder whose commands are given no key.
fn without_key() -> Folder {
    let folder = Folder::for_demo();
    fs::create_dir(folder.at("folder")).unwrap();
    fs::write(folder.at("text.ordo"), "a shopping list").unwrap();
    fs::write(folder.at("empty.ordo"), "").unwrap();
    folder
}

/// Places, and what is said of them.
const PLACES: [(&str, &str); 6] = [
    (
        "missing.ordo",
        "there is no database at missing.ordo; make one with",
    ),
    (
        "none/c.ordo",
        "the folder none does not exist; create it, or choose another place",
    ),
    ("text.ordo/c.ordo", "text.ordo is a file and no folder"),
    ("folder", "folder is a folder and no database; name the file"),
    ("empty.ordo", "empty.ordo is an empty file"),
    ("text.ordo", "text.ordo is not a database of Ordo"),
];

#[test]
fn what_is_no_database_is_told_by_every_command_with_and_without_a_key() {
    let folder = without_key();
    for arguments in COMMANDS {
        for (place, words) in PLACES {
            let output = in_place(&folder, arguments, place, None);
            let told = said(&output);
            assert!(
                told.contains(words) && told.lines().count() == 1,
                "{arguments:?} {place}: {told}"
            );
            assert_eq!(output.status.code(), Some(4), "{arguments:?} {place}: {told}");
        }
    }
    for (place, words) in PLACES {
        let output = in_place(&folder, &["day"], place, Some("a passphrase for tests"));
        assert!(said(&output).contains(words), "{place}: {}", said(&output));
    }
    folder.is_clean(&["empty.ordo", "folder", "text.ordo"]);
}

fn in_place(folder: &Folder, arguments: &[&str], place: &str, key: Option<&str>) -> Output {
    let mut command = folder.ordo();
    command.args(arguments).args(["--database", place]);
    key.map(|key| command.env("ORDO_KEY", key));
    command.output().unwrap()
}

#[test]
fn restore_says_what_is_missing_before_it_asks_for_a_key() {
    let folder = without_key();
    for (place, backup, exit, words) in [
        (
            "missing.ordo",
            "none.ordo-backup",
            4,
            "nothing is there that could be put back",
        ),
        (
            "missing.ordo",
            "none.ordo-backup",
            4,
            "no database at missing.ordo",
        ),
        (
            "missing.ordo",
            "none.ordo-backup",
            4,
            "--database, or name a backup file",
        ),
        (
            "missing.ordo",
            "folder",
            5,
            "folder is a folder; name a backup in it",
        ),
        ("none/c.ordo", "none.ordo-backup", 4, "no database at none/c.ordo"),
        ("folder", "text.ordo", 4, "folder is a folder and no database"),
        (
            "text.ordo",
            "none.ordo-backup",
            5,
            "there is no backup none.ordo-backup",
        ),
        ("text.ordo", "none.ordo-backup", 5, "`ordo backups` lists them"),
        // It is the backup whose key is wanted.
        (
            "missing.ordo",
            "text.ordo",
            4,
            "the backup needs its key; set ORDO_KEY",
        ),
    ] {
        let told = folder.fails(&["restore", backup, "--database", place], exit);
        assert!(told.contains(words), "{place} {backup}: {told}");
    }
    // What is no backup is named itself, and not the copy of it.
    for (backup, words) in [
        ("text.ordo", "text.ordo is not a database of Ordo"),
        ("empty.ordo", "empty.ordo is an empty file"),
    ] {
        let with = [("ORDO_KEY", "a passphrase for tests")];
        let output = folder.run_with(&with, &["restore", backup, "--database", "missing.ordo"]);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(4), "{told}");
        assert!(told.contains(words) && !told.contains(".restoring"), "{told}");
    }
    folder.is_clean(&["empty.ordo", "folder", "text.ordo"]);
}

#[test]
fn a_folder_in_the_place_of_a_database_is_never_set_aside() {
    let folder = without_key();
    let refused = ordo_desk::restore_over(
        &folder.at("folder"),
        &ordo_desk::key::Keys::of_one(ordo_desk::Key::from_bytes([7; 32])),
        ordo_desk::ChosenBackup::File(&folder.at("text.ordo")),
        crate::cut_short::Nobody,
        ordo_desk::Language::English,
    );
    let told = refused.err().unwrap().message;
    assert!(told.contains("is no file; give the path of a database"), "{told}");
    folder.is_clean(&["empty.ordo", "folder", "text.ordo"]);
}

#[test]
fn nothing_is_made_where_nothing_can_lie() {
    let folder = without_key();
    let demo = ["demo", "--date", "2026-03-02", "--database"];
    for (place, words) in [
        ("none/c.ordo", "the folder none does not exist"),
        ("text.ordo/c.ordo", "text.ordo is a file and no folder"),
        ("folder", "folder exists already"),
        ("text.ordo", "text.ordo exists already"),
    ] {
        let told = folder.fails(&[&demo[..], &[place]].concat(), 4);
        assert!(told.contains(words), "{place}: {told}");
    }
    folder.is_clean(&["empty.ordo", "folder", "text.ordo"]);
}

#[test]
fn backups_of_what_cannot_be_opened_are_listed_with_what_stands_against_it() {
    let folder = Folder::demo();
    let backup = folder.json(&["backup"])["backup"]["name"].clone();
    fs::remove_file(folder.at("demo.ordo.key")).unwrap();
    let listed = folder.run(&["backups"]);
    assert!(listed.status.success());
    let (list, beside) = (
        String::from_utf8_lossy(&listed.stdout),
        String::from_utf8_lossy(&listed.stderr),
    );
    assert!(list.contains(backup.as_str().unwrap()), "{list}");
    assert!(beside.contains("the database needs its key"), "{beside}");
    fs::remove_dir_all(folder.at("Backups")).unwrap();
    let told = folder.fails(&["backups"], 4);
    assert!(told.contains("the database needs its key"), "{told}");
}

/// Where the tests run as root, the command runs as nobody in particular.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told_before_a_key_is_asked_for() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = Folder::demo();
    let allow = |name: &str, mode| fs::set_permissions(folder.at(name), fs::Permissions::from_mode(mode));
    allow("", 0o755).unwrap();
    fs::write(folder.at("x.ordo-backup"), "x").unwrap();
    allow("demo.ordo", 0o000).unwrap();
    allow("x.ordo-backup", 0o000).unwrap();
    let is_root = fs::File::open(folder.at("demo.ordo")).is_ok();
    for (arguments, words) in [
        (&["day"][..], "demo.ordo cannot be opened; check"),
        (&["backups"], "demo.ordo cannot be opened; check"),
        (
            &["restore", "x.ordo-backup", "--database", "c.ordo"],
            "the backup needs its key",
        ),
    ] {
        let mut command = folder.ordo();
        command.args(arguments);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        match command.output() {
            Ok(output) => {
                let told = said(&output);
                assert_eq!(output.status.code(), Some(4), "{told}");
                assert!(told.contains(words), "{arguments:?}: {told}");
            }
            // What the tests were built into is closed to everybody else.
            Err(error) => assert!(
                is_root && error.kind() == std::io::ErrorKind::PermissionDenied,
                "{error}"
            ),
        }
    }
}
