//! The command and the key of the database, on a computer without a keychain.

use std::process::Stdio;

use crate::folder::{Folder, said};

const PASSPHRASE: &str = "otters sleep in the reeds";

#[test]
fn a_demo_is_protected_and_its_backups_before_are_put_back() {
    let folder = Folder::demo();
    assert_eq!(folder.json(&["key", "status"])["place"], "file");
    let early = folder.run(&["key", "recovery"]);
    assert_eq!(early.status.code(), Some(5));
    assert!(said(&early).contains("ordo key rekey"), "{}", said(&early));
    let taken = folder.json(&["backup"]);
    let backup = taken["backup"]["name"].as_str().unwrap();

    // Without a keychain a passphrase is needed, and a short one is refused; nothing changes by either.
    let refused = folder.run(&["key", "rekey"]);
    assert!(
        said(&refused).contains("ORDO_NEW_PASSPHRASE"),
        "{}",
        said(&refused)
    );
    let short = folder.run_with(&[("ORDO_NEW_PASSPHRASE", "short")], &["key", "rekey"]);
    assert!(said(&short).contains("12 characters"), "{}", said(&short));
    assert!(folder.run(&["day"]).status.success());

    let new = [("ORDO_NEW_PASSPHRASE", PASSPHRASE)];
    let rekeyed = folder.json_with(&new, &["key", "rekey"]);
    let paper = rekeyed["recovery_key"].as_str().unwrap();
    assert_eq!(paper.split(' ').count(), 8);
    assert!(!folder.at("demo.ordo.key").exists());
    let closed = folder.run(&["day"]);
    assert_eq!(closed.status.code(), Some(4));
    assert!(said(&closed).contains("ORDO_KEY"), "{}", said(&closed));
    for key in [PASSPHRASE, paper, &paper.to_lowercase().replace(' ', "-")] {
        let opened = folder.run_with(&[("ORDO_KEY", key)], &["day"]);
        assert!(opened.status.success(), "{}", said(&opened));
    }
    let wrong = folder.run_with(&[("ORDO_KEY", "badgers dig in the hill")], &["day"]);
    assert_eq!(wrong.status.code(), Some(4));
    assert!(said(&wrong).contains("does not open"), "{}", said(&wrong));

    let with = [("ORDO_KEY", PASSPHRASE)];
    let restored = folder.run_with(&with, &["restore", backup]);
    assert!(restored.status.success(), "{}", said(&restored));
    let state = folder.json_with(&with, &["key", "status"]);
    assert_eq!(
        (&state["place"], &state["recovery_key"]),
        (&"passphrase".into(), &true.into())
    );

    // A new paper and another passphrase; those before open nothing any more.
    let renewed = folder.json_with(&with, &["key", "recovery"]);
    let next = renewed["recovery_key"].as_str().unwrap();
    assert_eq!(
        folder.run_with(&[("ORDO_KEY", paper)], &["day"]).status.code(),
        Some(4)
    );
    let other = "badgers dig in the hill";
    let moved = folder.run_with(
        &[("ORDO_KEY", next), ("ORDO_NEW_PASSPHRASE", other)],
        &["key", "passphrase"],
    );
    assert!(moved.status.success(), "{}", said(&moved));
    assert_eq!(folder.run_with(&with, &["day"]).status.code(), Some(4));
    assert!(folder.run_with(&[("ORDO_KEY", other)], &["day"]).status.success());
    let nowhere = folder.run_with(&[("ORDO_KEY", other)], &["key", "keychain"]);
    assert_eq!(nowhere.status.code(), Some(5));
    assert!(said(&nowhere).contains("no keychain"), "{}", said(&nowhere));
    let journal = said(&folder.run_with(&[("ORDO_KEY", other)], &["journal"]));
    for deed in [
        "a new recovery key was made",
        "the passphrase of the database was set",
    ] {
        assert!(journal.contains(deed), "{journal}");
    }
}

/// Runs where `cargo xtask test keychain` starts a Secret Service; elsewhere it says so.
#[test]
fn a_clinic_opens_by_its_key_in_a_real_keychain() {
    if std::env::var_os("ORDO_TEST_KEYCHAIN").is_none() {
        eprintln!("no keychain to test with; `cargo xtask test keychain` starts one");
        return;
    }
    let folder = Folder::demo();
    let keychain = [("ORDO_KEYCHAIN", "system")];
    let first = folder.json_with(&keychain, &["key", "rekey"]);
    let paper = first["recovery_key"].as_str().unwrap();
    assert_eq!(
        folder.json_with(&keychain, &["key", "status"])["place"],
        "keychain"
    );
    // A second key takes the place of the first; without the keychain the paper is asked for.
    let second = folder.json_with(&keychain, &["key", "rekey"]);
    assert!(folder.run_with(&keychain, &["day"]).status.success());
    assert_eq!(folder.run(&["day"]).status.code(), Some(4));
    assert_eq!(
        folder.run_with(&[("ORDO_KEY", paper)], &["day"]).status.code(),
        Some(4)
    );
    let paper = second["recovery_key"].as_str().unwrap();
    assert!(folder.run_with(&[("ORDO_KEY", paper)], &["day"]).status.success());
    let variables = [keychain[0], ("ORDO_NEW_PASSPHRASE", PASSPHRASE)];
    folder.json_with(&variables, &["key", "passphrase"]);
    assert_eq!(folder.run_with(&keychain, &["day"]).status.code(), Some(4));
    folder.json_with(&[keychain[0], ("ORDO_KEY", PASSPHRASE)], &["key", "keychain"]);
    assert!(folder.run_with(&keychain, &["day"]).status.success());
}

#[test]
fn the_new_recovery_key_is_shown_before_anything_changes_and_help_says_how() {
    let folder = Folder::demo();
    let new = [("ORDO_NEW_PASSPHRASE", PASSPHRASE)];
    let text = said(&folder.run_with(&new, &["key", "rekey"]));
    let (paper, done) = text.split_once("The database has its new key").unwrap();
    assert!(
        paper.contains("Write it down") && done.contains("Backups"),
        "{text}"
    );
    let help = said(&folder.run(&["key", "--help"]));
    for word in [
        "status",
        "recovery",
        "rekey",
        "passphrase",
        "keychain",
        "ORDO_NEW_PASSPHRASE",
    ] {
        assert!(help.contains(word), "{help}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_recovery_key_that_nobody_could_see_changes_nothing() {
    let folder = Folder::demo();
    let rekey = |arguments: &[&str], out: Stdio| {
        folder
            .ordo()
            .args(["key", "rekey"])
            .args(arguments)
            .env("ORDO_NEW_PASSPHRASE", PASSPHRASE)
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap()
    };
    let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
    // Nobody is at its other end any more.
    let unread = || Stdio::from(std::io::pipe().unwrap().1);
    for arguments in [&[][..], &["--json"]] {
        for out in [full(), unread()] {
            let output = rekey(arguments, out);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(3), "{arguments:?}: {told}");
            assert!(told.contains("Nothing was changed"), "{told}");
            assert_eq!(folder.json(&["key", "status"])["place"], "file");
        }
    }
}

#[test]
fn a_lost_database_is_put_back_from_its_backup_with_what_opens_its_key() {
    let folder = Folder::demo();
    let new = [("ORDO_NEW_PASSPHRASE", PASSPHRASE)];
    folder.json_with(&new, &["key", "rekey"]);
    let with = [("ORDO_KEY", PASSPHRASE)];
    let backup = folder.json_with(&with, &["backup"])["backup"]["name"].clone();
    let backup = backup.as_str().unwrap();
    let day = said(&folder.run_with(&with, &["day"]));
    let file = format!("Backups/{backup}");
    for (lost, from) in [
        (&["demo.ordo"][..], backup),
        (&["demo.ordo", "demo.ordo.keys"], backup),
        (&["demo.ordo", "demo.ordo.keys"], &file),
    ] {
        for name in lost {
            std::fs::remove_file(folder.at(name)).unwrap();
        }
        let told = folder.run_with(&with, &["day"]);
        assert_eq!(told.status.code(), Some(4));
        assert!(
            said(&told).contains("`ordo restore` puts one back"),
            "{}",
            said(&told)
        );
        assert!(said(&folder.run_with(&with, &["backups"])).contains(backup));
        let refused = folder.run_with(&[("ORDO_KEY", "badgers dig in the hill")], &["restore", from]);
        assert_eq!(refused.status.code(), Some(4), "{}", said(&refused));
        assert!(!folder.at("demo.ordo").exists());
        assert!(folder.json_with(&with, &["restore", from])["kept"].is_null());
        assert_eq!(said(&folder.run_with(&with, &["day"])), day);
        assert_eq!(folder.run(&["day"]).status.code(), Some(4));
    }
}

#[test]
fn of_two_new_keys_at_once_one_at_most_holds_and_the_other_is_refused() {
    let demo = Folder::demo();
    let folder = &demo;
    let passphrases = ["otters sleep in the reeds", "badgers dig in the hill"];
    let outputs = std::thread::scope(|scope| {
        let rekey = |passphrase| {
            scope.spawn(move || folder.run_with(&[("ORDO_NEW_PASSPHRASE", passphrase)], &["key", "rekey"]))
        };
        passphrases.map(rekey).map(|running| running.join().unwrap())
    });
    let opens = passphrases.map(|key| folder.run_with(&[("ORDO_KEY", key)], &["day"]).status.success());
    let changed = [&outputs[0], &outputs[1]].map(|output| output.status.success());
    assert_eq!(opens, changed, "{} {}", said(&outputs[0]), said(&outputs[1]));
    // Each may stand in the other's way; then the key is what it was.
    let has_first = folder.run(&["day"]).status.success();
    let count = [changed[0], changed[1], has_first]
        .iter()
        .filter(|holds| **holds)
        .count();
    assert_eq!(count, 1);
    for refused in outputs.iter().filter(|output| !output.status.success()) {
        // The other one holds the database, or has changed its key since this one found it.
        assert_eq!(refused.status.code(), Some(4), "{}", said(refused));
    }
}

#[test]
fn a_key_file_that_changed_between_two_commands_is_named_and_nothing_is_lost() {
    let folder = Folder::demo();
    folder.json_with(&[("ORDO_NEW_PASSPHRASE", PASSPHRASE)], &["key", "rekey"]);
    let (with, keys) = ([("ORDO_KEY", PASSPHRASE)], folder.at("demo.ordo.keys"));
    let whole = std::fs::read(&keys).unwrap();
    for text in [
        "",
        "{",
        "{\"format\": \"ordo-keys/9\", \"now\": null, \"next\": null}",
    ] {
        std::fs::write(&keys, text).unwrap();
        for arguments in [&["day"][..], &["key", "status"], &["backup"]] {
            let told = folder.run_with(&with, arguments);
            assert_eq!(told.status.code(), Some(4));
            assert!(
                said(&told).contains("demo.ordo.keys is not a key file"),
                "{}",
                said(&told)
            );
        }
        assert_eq!(std::fs::read_to_string(&keys).unwrap(), text);
    }
    std::fs::write(&keys, whole).unwrap();
    assert!(folder.run_with(&with, &["day"]).status.success());
}
