//! Databases that are not there, are none, or are of somebody else: a message that names the thing and says what to do.

use std::fs;
use std::path::Path;

use crate::folder::Folder;
use crate::small::clinic;

#[test]
fn a_wrong_key_and_a_file_that_is_no_database_are_told_apart_from_nothing() {
    let folder = Folder::new();
    folder.write("clinic.json", &clinic());
    folder.succeeds(&["import", "clinic.json", "--database", "c.ordo"]);
    let before = fs::read(folder.at("c.ordo")).unwrap();
    let output = folder
        .ordo()
        .env("ORDO_KEY", "another")
        .args(["day", "--database", "c.ordo"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("key"),
        "{output:?}"
    );
    assert_eq!(fs::read(folder.at("c.ordo")).unwrap(), before);

    fs::write(folder.at("text.ordo"), "this is a shopping list").unwrap();
    let message = folder.fails(&["day", "--database", "text.ordo"], 4);
    assert!(message.contains("text.ordo"), "{message}");
    assert_eq!(
        fs::read(folder.at("text.ordo")).unwrap(),
        b"this is a shopping list"
    );

    let message = folder.fails(&["day", "--database", "missing.ordo"], 4);
    assert!(
        message.contains("ordo import") && message.contains("missing.ordo"),
        "{message}"
    );
    let message = folder.fails(&["import", "clinic.json", "--database", "c.ordo"], 4);
    assert!(message.contains("exists already"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = Folder::new();
    folder.write("clinic.json", &clinic());
    // Not even root writes there.
    let message = folder.fails(&["import", "clinic.json", "--database", "/proc/clinic.ordo"], 4);
    assert!(message.contains("/proc"), "{message}");
    let message = folder.fails(&["demo", "--write", "/proc/demo.json"], 3);
    assert!(message.contains("/proc/demo.json"), "{message}");
    let message = folder.fails(&["import", "clinic.json", "--database", "clinic.json/c.ordo"], 4);
    assert!(message.contains("clinic.json"), "{message}");
}

#[test]
fn no_file_is_written_over_one_of_a_clinic() {
    let folder = Folder::new();
    folder.write("clinic.json", &clinic());
    folder.succeeds(&["import", "clinic.json", "--database", "c.ordo"]);
    let days = folder.succeeds(&["week", "--database", "c.ordo"]);
    fs::write(folder.at("c.ordo-backup"), "a backup").unwrap();
    for name in ["c.ordo", "c.ordo-backup"] {
        let message = folder.fails(&["export", name, "--database", "c.ordo"], 3);
        assert!(
            message.contains(name) && message.contains("another name"),
            "{message}"
        );
    }
    assert_eq!(folder.succeeds(&["week", "--database", "c.ordo"]), days);
    let backup = fs::read_to_string(folder.at("c.ordo-backup")).unwrap();
    assert_eq!(backup, "a backup");
    let message = folder.fails(&["day", "--database", "."], 4);
    assert!(message.contains("folder"), "{message}");
}

#[cfg(unix)]
#[test]
fn what_a_new_database_finds_in_its_place_is_left_alone() {
    let folder = Folder::new();
    let at = |name: &str| folder.at(name);
    folder.write("clinic.json", &clinic());
    // A link to a disk that is not there now.
    std::os::unix::fs::symlink("away/c.ordo", at("c.ordo")).unwrap();
    let import = ["import", "clinic.json", "--database", "c.ordo"];
    assert!(folder.fails(&import, 4).contains("c.ordo exists already"));
    assert!(
        folder
            .fails(&["demo", "--database", "c.ordo"], 4)
            .contains("c.ordo exists already")
    );
    assert!(at("c.ordo").is_symlink());
    fs::remove_file(at("c.ordo")).unwrap();
    // What a database that was moved away left behind.
    for (name, says) in [
        ("c.ordo-wal", "c.ordo-wal exists already"),
        ("c.ordo.keys", "put it back as c.ordo"),
    ] {
        fs::write(at(name), "left behind").unwrap();
        let message = folder.fails(&import, 4);
        assert!(message.contains(says), "{message}");
        assert_eq!(fs::read_to_string(at(name)).unwrap(), "left behind");
        fs::remove_file(at(name)).unwrap();
    }
    folder.is_clean(&["clinic.json"]);
    folder.succeeds(&import);
}

#[test]
fn a_database_of_a_newer_ordo_says_so_and_is_left_alone() {
    let folder = Folder::new();
    let newer = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/newer.ordo");
    let database = folder.at("c.ordo");
    fs::copy(&newer, &database).unwrap();
    for arguments in [&["day"][..], &["inspect"], &["backup"], &["restore", "c.ordo"]] {
        let output = folder
            .ordo()
            .env("ORDO_KEY", "07".repeat(32))
            .args(arguments)
            .args(["--database", "c.ordo"])
            .output()
            .unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{message}");
        assert!(
            message.contains("is of version 1000") && message.contains("update Ordo"),
            "{message}"
        );
        assert!(
            fs::read(&database).unwrap() == fs::read(&newer).unwrap(),
            "{arguments:?}"
        );
    }
    folder.is_clean(&["c.ordo"]);
}
