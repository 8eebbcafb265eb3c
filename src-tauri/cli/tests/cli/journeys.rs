//! The command as its users use it, on the demo clinic.

use serde_json::Value;

use crate::folder::Folder;

#[test]
fn from_the_demo_clinic_to_a_booked_and_exported_series_and_back() {
    let folder = Folder::demo();
    let ask = [
        "--patient",
        "pt121",
        "--condition",
        "knee-pain",
        "--sensitivity",
        "tires-easily",
        "--weeks",
        "4",
    ];

    let decided = folder.json(&[
        "decide",
        "--condition",
        "knee-pain",
        "--sensitivity",
        "tires-easily",
    ]);
    assert_eq!(decided["order"], serde_json::json!(["physio", "massage"]));
    assert_eq!(decided["spacing"]["kind"], "separate-days");

    let proposed = folder.json(&[&["propose"], &ask[..]].concat());
    let sessions = proposed["proposals"][1]["sessions"].as_array().unwrap();
    assert!(!sessions.is_empty());

    let booked = folder.json(&[&["book", "--proposal", "2"], &ask[..]].concat());
    let appointments = booked["appointments"].as_array().unwrap();
    assert_eq!(appointments.len(), sessions.len());
    let series = booked["series"].as_str().unwrap();
    let shown = folder.json(&["series", series]);
    assert_eq!(shown["weeks"], 4);
    let day = &sessions[0]["start"].as_str().unwrap()[..10];
    let practitioner = sessions[0]["practitioner"].as_str().unwrap();
    let whole_day = folder.json(&["day", day]);
    let ids: Vec<&Value> = whole_day["practitioners"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|each| each["appointments"].as_array().unwrap())
        .map(|visit| &visit["id"])
        .collect();
    assert!(appointments.iter().any(|id| ids.contains(&id)));

    let file = "out.ics";
    folder.succeeds(&[
        "ics",
        "--practitioner",
        practitioner,
        "--from",
        day,
        "--to",
        day,
        "--out",
        file,
    ]);
    let calendar = std::fs::read_to_string(folder.at(file)).unwrap();
    let id = appointments
        .iter()
        .filter_map(Value::as_str)
        .find(|id| calendar.contains(id));
    assert!(
        id.is_some() && calendar.starts_with("BEGIN:VCALENDAR\r\n"),
        "{calendar}"
    );
    let patients = folder.json(&["series"]);
    assert!(patients.as_array().unwrap().len() > 20);

    folder.succeeds(&["audit"]);
    folder.succeeds(&["undo"]);
    assert!(!folder.run(&["series", series]).status.success());
    folder.succeeds(&["redo"]);
    assert_eq!(folder.json(&["series", series])["weeks"], 4);
    let journal = folder.json(&["journal"]);
    let done: Vec<_> = journal
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_str().unwrap())
        .collect();
    assert_eq!(done, ["turn", "turn", "view", "book", "import"]);
    assert!(
        journal[1]["what"].as_str().unwrap().ends_with("(entry 2)"),
        "{journal}"
    );
    assert_eq!(
        folder.json(&["journal", "--kind", "book", "--patient", "pt121"])[0]["seq"],
        2
    );
    assert_eq!(
        folder.json(&["journal", "--verify"])["faults"],
        Value::Array(Vec::new())
    );
    let table = folder.succeeds(&["journal", "--patient", "pt121", "--csv", "-"]);
    assert!(table.contains(",series booked,"), "{table}");
}

#[test]
fn the_week_the_status_and_a_move() {
    let folder = Folder::demo();
    let week = folder.json(&["week", "--practitioner", "anna"]);
    assert_eq!(week.as_array().unwrap().len(), 7);
    let visits = week[3]["practitioners"][0]["appointments"].as_array().unwrap();
    let visit = visits.iter().find(|visit| visit["status"] == "booked").unwrap()["id"]
        .as_str()
        .unwrap();

    assert_eq!(folder.json(&["status", visit, "arrived"])["status"], "arrived");
    assert_eq!(folder.run(&["status", visit, "cancelled"]).status.code(), Some(5));
    assert_eq!(
        folder.json(&["status", visit, "cancelled", "--reason", "Ill"])["cancel_reason"],
        "Ill"
    );
    assert_eq!(folder.json(&["status", visit, "booked"])["cancel_reason"], "");

    // A Sunday breaks a rule; with a reason it may.
    let sunday = ["move", visit, "--to", "2026-03-08T10:00"];
    assert_eq!(folder.run(&sunday).status.code(), Some(1));
    let moved = folder.json(&[&sunday[..], &["--override-reason", "She came in"]].concat());
    assert_eq!(moved["override_reason"], "She came in");
    let audit = folder.json(&["audit"]);
    assert_eq!(audit["faults"], 0);
    assert!(
        audit["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding["appointment"] == visit)
    );
}

#[test]
fn export_and_import_lose_nothing() {
    let folder = Folder::demo();
    folder.succeeds(&["export", "one.json"]);
    let with = [("ORDO_KEY", "another")];
    for arguments in [["import", "one.json"], ["export", "two.json"]] {
        let arguments = [&arguments[..], &["--database", "two.ordo"]].concat();
        assert!(folder.run_with(&with, &arguments).status.success());
    }
    let read = |name| std::fs::read_to_string(folder.at(name)).unwrap();
    assert_eq!(read("one.json"), read("two.json"));
}

#[test]
fn the_tour_ends_well() {
    let folder = Folder::for_demo();
    let told = folder.succeeds(&["tour"]);
    for part in ["1. ", "2. ", "3. ", "4. ", "5. ", "6. ", "7. "] {
        assert!(
            told.contains(&format!("\n{part}")) || told.starts_with(part),
            "{part}"
        );
    }
    assert!(told.contains("0 faults"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_calendar_is_printed_as_it_is_and_any_name_of_a_file_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::demo();
    let closed = ["ics", "--closures", "--from", "2026-01-01", "--to", "2026-12-31"];
    let printed = folder.succeeds(&closed);
    assert!(printed.starts_with("BEGIN:VCALENDAR\r\n"), "{printed}");
    assert!(!printed.contains('\u{fffd}'), "{printed}");
    // A name that is no UTF-8.
    let name = std::ffi::OsStr::from_bytes(b"\xff.json");
    let output = folder
        .ordo()
        .args(["--json", "export"])
        .arg(name)
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["file"], "\u{fffd}.json");
    assert!(folder.at(name).exists());
}
