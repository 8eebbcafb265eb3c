//! Command lines that make no sense, and names that would break a message.

use serde_json::Value;

use crate::folder::{Folder, said};
use crate::small::clinic;

#[test]
fn a_command_line_that_makes_no_sense_is_told_as_json_too() {
    let folder = Folder::new();
    for arguments in [
        &["day", "tomorrow", "--json"][..],
        &["--json", "dance"],
        &["--json", "undo", "-1"],
    ] {
        let message = folder.fails(arguments, 2);
        let told: Value = serde_json::from_str(&message).unwrap();
        assert_eq!(told["exit"], 2, "{message}");
        let text = told["error"].as_str().unwrap();
        assert!(text.contains(arguments[1]) || text.contains("-1"), "{text}");
        assert!(!text.contains('\n'), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_stays_in_one_line() {
    let folder = Folder::new();
    let odd = "two\nlines\u{1b}[2J.ordo";
    folder.write("clinic.json", &clinic());
    for (arguments, exit) in [
        (&["day", "--database", odd][..], 4),
        (&["import", odd, "--database", "c.ordo"], 3),
        (&["audit", "--clinic", odd], 3),
        (&["import", "clinic.json", "--database", "none\nhere/c.ordo"], 4),
        (&["plan", "--batch", odd], 3),
    ] {
        let message = folder.fails(arguments, exit);
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(
            message.contains('\u{fffd}') && !message.contains('\u{1b}'),
            "{message:?}"
        );
    }
    folder.succeeds(&["import", "clinic.json", "--database", odd]);
    let unknown = ["series", "--patient", "no\nbody", "--database", odd];
    assert_eq!(folder.fails(&unknown, 5).lines().count(), 1);
    // Also in what is kept of it.
    let journal = folder.succeeds(&["journal", "--database", odd]);
    assert!(journal.contains("import of clinic.json"), "{journal}");
}

#[test]
fn a_name_that_no_file_can_have_is_told_as_such() {
    let folder = Folder::for_demo();
    for letters in [248, 300] {
        let long = format!("{}.ordo", "n".repeat(letters));
        for arguments in [&["day"][..], &["demo"], &["backups"], &["restore", "none"]] {
            let arguments = [arguments, &["--database", &long]].concat();
            let message = folder.refused(&arguments);
            assert!(!message.contains("in use"), "{arguments:?}: {message}");
        }
        let with = [("ORDO_KEY", "a passphrase for tests")];
        let output = folder.run_with(&with, &["demo", "--database", &long]);
        let message = said(&output);
        assert!(message.contains("choose a shorter name"), "{message}");
    }
    folder.is_clean(&[]);
}

#[test]
fn a_dash_is_standard_output_wherever_a_file_is_written() {
    let folder = Folder::demo();
    let closures = [
        "ics",
        "--closures",
        "--from",
        "2026-01-01",
        "--to",
        "2026-12-31",
        "--out",
        "-",
    ];
    assert!(folder.succeeds(&closures).starts_with("BEGIN:VCALENDAR"));
    for arguments in [
        &["export", "-"][..],
        &["demo", "--date", "2026-03-02", "--write", "-"],
    ] {
        let text = folder.succeeds(arguments);
        let clinic: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(clinic["format"], "ordo-clinic/1");
    }
    assert!(folder.succeeds(&["journal", "--csv", "-"]).contains(','));
    folder.is_clean(&["demo.ordo", "demo.ordo.key"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_for_backups_whose_name_is_no_text_is_refused_as_such() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::demo();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9");
    std::fs::create_dir(folder.at(name)).unwrap();
    let output = folder
        .ordo()
        .args(["backup", "--folder"])
        .arg(name)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("is no text in UTF-8"), "{}", said(&output));
}
