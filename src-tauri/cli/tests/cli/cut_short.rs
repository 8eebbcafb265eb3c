//! Full disks, several processes at once, and what an interrupted one leaves: nothing is half-written.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::folder::{Folder, KEY};
use crate::small::clinic;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.succeeds(&["demo", "--write", "demo.json", "--date", "2026-03-02"]);
    let limited = |arguments: &str| {
        let script = format!(
            "trap '' XFSZ; ulimit -f 64; exec '{}' {arguments}",
            env!("CARGO_BIN_EXE_ordo")
        );
        Command::new("bash")
            .args(["-c", &script])
            .current_dir(folder.path())
            .env("ORDO_KEY", KEY)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    };
    let output = limited("import demo.json --database c.ordo");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{message}");
    assert!(message.contains("c.ordo"), "{message}");
    folder.is_clean(&["demo.json"]);

    // An export that does not fit leaves the earlier one as it was.
    folder.succeeds(&["import", "demo.json", "--database", "c.ordo"]);
    fs::write(folder.at("out.json"), "earlier").unwrap();
    let output = limited("export out.json --database c.ordo");
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(fs::read_to_string(folder.at("out.json")).unwrap(), "earlier");
    assert!(!folder.at("out.json.partial").exists());
}

#[test]
fn several_processes_at_once_book_nothing_twice() {
    let folder = Folder::new();
    folder.write("clinic.json", &clinic());
    folder.succeeds(&["import", "clinic.json", "--database", "c.ordo"]);
    let book = |patient: &str| {
        folder
            .ordo()
            .args([
                "book",
                "--database",
                "c.ordo",
                "--patient",
                patient,
                "--condition",
                "low-back-pain",
            ])
            .args(["--weeks", "2", "--json"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let racing: Vec<_> = ["pt1", "pt2", "pt1", "pt2"].map(book).into();
    let outputs: Vec<Output> = racing
        .into_iter()
        .map(|process| process.wait_with_output().unwrap())
        .collect();
    let booked = outputs.iter().filter(|output| output.status.success()).count();
    assert!(booked >= 1, "{outputs:?}");
    for output in outputs.iter().filter(|output| !output.status.success()) {
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(4 | 5)) && message.contains("error"),
            "{output:?}"
        );
    }
    let series: Value =
        serde_json::from_str(&folder.succeeds(&["series", "--database", "c.ordo", "--json"])).unwrap();
    assert_eq!(series.as_array().unwrap().len(), booked);
    folder.succeeds(&["audit", "--database", "c.ordo"]);
}

/// A host, as a database wants one to be made.
pub struct Nobody;

impl ordo_desk::Host for Nobody {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        chrono::DateTime::UNIX_EPOCH
    }

    fn new_id(&self) -> String {
        String::new()
    }

    fn actor(&self) -> String {
        String::new()
    }
}

fn make_empty(database: &Path) {
    let key = ordo_desk::key::parse(KEY).unwrap();
    drop(ordo_desk::Desk::create(database, &key, Nobody).unwrap());
}

/// Whoever is interrupted between making the database and filling it.
#[test]
fn what_an_interrupted_import_leaves_is_gone_on_with() {
    for again in [&["import", "clinic.json"][..], &["demo", "--date", "2026-03-02"]] {
        let folder = Folder::new();
        folder.write("clinic.json", &clinic());
        let database = ["--database", "c.ordo"];
        make_empty(&folder.at("c.ordo"));
        let message = folder.fails(&[&["day"][..], &database].concat(), 4);
        assert!(message.contains("holds no clinic yet"), "{message}");
        let at = ["--now", "2026-03-02T14:00"];
        folder.succeeds(&[again, &database, &at].concat());
        let told = folder.succeeds(&[&["journal"][..], &database].concat());
        assert!(told.contains("2026-03-02"), "the pretended time: {told}");
        folder.succeeds(&[&["day"][..], &database].concat());
        let message = folder.fails(&[again, &database].concat(), 4);
        assert!(message.contains("exists already"), "{message}");
    }
}

/// Whoever is killed earlier still: what lies there is no more than files without anything in them, or the key alone.
#[test]
fn what_a_demo_leaves_that_is_killed_at_once_is_gone_on_with() {
    let digits = "07".repeat(32);
    let key = ("demo.ordo.key", digits.as_str());
    for left in [
        &[("demo.ordo.key", "")][..],
        &[key],
        &[("demo.ordo", "")],
        &[key, ("demo.ordo", "")],
        &[key, ("demo.ordo", ""), ("demo.ordo.restore", "")],
        &[key, ("demo.ordo", ""), ("demo.ordo-journal", "")],
        &[key, ("demo.ordo", ""), ("demo.ordo-wal", "")],
        &[key, ("demo.ordo.restore", "")],
    ] {
        let folder = Folder::for_demo();
        for (name, text) in left {
            fs::write(folder.at(name), text).unwrap();
        }
        folder.succeeds(&["demo", "--date", "2026-03-02"]);
        folder.succeeds(&["day"]);
        let is_kept = fs::read_to_string(folder.at("demo.ordo.key")).unwrap() == digits;
        assert_eq!(is_kept, left.contains(&key), "{left:?}");
        folder.is_clean(&["demo.ordo", "demo.ordo.key"]);
    }
}

#[test]
fn an_emptied_clinic_is_not_begun_anew_over() {
    let folder = Folder::demo();
    let taken = folder.json(&["backup"]);
    fs::write(folder.at("demo.ordo"), "").unwrap();
    let message = folder.fails(&["demo"], 4);
    assert!(message.contains("exists already"), "{message}");
    let message = folder.fails(&["day"], 4);
    assert!(message.contains("is an empty file"), "{message}");
    folder.succeeds(&["restore", taken["backup"]["name"].as_str().unwrap()]);
    folder.succeeds(&["day"]);
}

/// Of several that make a clinic in one place at once one at most is told that it did, and that is there.
#[test]
fn demos_at_once_leave_one_whole() {
    for _ in 0..3 {
        let folder = Folder::for_demo();
        let start = |_| {
            let mut command = folder.ordo();
            command.args(["demo", "--date", "2026-03-02"]);
            command
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let running: Vec<_> = (0..3).map(start).collect();
        let ended: Vec<Output> = running
            .into_iter()
            .map(|each| each.wait_with_output().unwrap())
            .collect();
        let made = ended.iter().filter(|output| output.status.success()).count();
        assert!(made <= 1, "{ended:?}");
        // Where each stood in the other's way, the next one is let through.
        assert_eq!(
            folder.run(&["demo", "--date", "2026-03-02"]).status.success(),
            made == 0
        );
        folder.succeeds(&["day"]);
    }
}
