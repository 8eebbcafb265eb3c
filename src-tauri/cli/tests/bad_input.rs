//! The real command with bad input of every kind: a message that names the thing and says what to do, an exit code
//! that is not 0, and nothing half-written.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const KEY: &str = "a passphrase for tests";

fn ordo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordo"));
    command
        .current_dir(folder)
        .env_remove("ORDO_DATABASE")
        .env("ORDO_KEY", KEY)
        .env("ORDO_NOW", "2026-03-02T08:00")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    ordo(folder).args(arguments).output().unwrap()
}

/// The message of a command that must fail with an exit code.
fn fails(folder: &Path, arguments: &[&str], exit: i32) -> String {
    let output = run(folder, arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {message}");
    assert!(!message.contains("panicked"), "{message}");
    message
}

fn succeeds(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn clinic() -> Value {
    json!({
        "format": "ordo-clinic/1",
        "clinic": {"name": "Small", "time_zone": "America/Toronto", "slot_minutes": 15},
        "services": [
            {"id": "rmt-60", "discipline": "massage", "name": "Massage", "minutes": 60, "room_kinds": ["massage"]},
            {"id": "physio-45", "discipline": "physio", "name": "Physiotherapy", "minutes": 45}],
        "rooms": [{"id": "r1", "name": "Room 1", "kinds": ["massage"]}],
        "practitioners": [
            {"id": "m1", "name": "Mo", "services": ["rmt-60"], "hours": [{"weekday": "tue", "from": "09:00", "to": "17:00"}]},
            {"id": "p1", "name": "Pia", "services": ["physio-45"], "hours": [{"weekday": "tue", "from": "09:00", "to": "17:00"}]}],
        "patients": [{"id": "pt1", "name": "Pat One"}, {"id": "pt2", "name": "Kim Two"}],
        "appointments": [
            {"id": "a1", "practitioner": "m1", "patient": "pt2", "service": "rmt-60", "room": "r1", "start": "2026-03-03T09:00", "status": "booked"}]
    })
}

fn request() -> Value {
    json!({
        "format": "ordo-request/1", "patient": "pt1", "now": "2026-03-02T08:00", "earliest": "2026-03-03",
        "latest_start": "2026-03-16", "weeks": 2, "order": ["massage", "physio"],
        "spacing": {"kind": "same-day", "max_wait_minutes": 60}, "tolerance_days": 2,
        "disciplines": {
            "massage": {"service": "rmt-60", "every_weeks": 1, "first_week": 0, "practitioners": ["m1"]},
            "physio": {"service": "physio-45", "every_weeks": 1, "first_week": 0, "practitioners": ["p1"]}}
    })
}

/// The value with what lies at a pointer replaced.
fn with(mut value: Value, pointer: &str, to: Value) -> Value {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[last.parse::<usize>().unwrap()] = to,
        object => object[last] = to,
    }
    value
}

fn write(folder: &Path, name: &str, value: &Value) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, value.to_string()).unwrap();
    path
}

fn is_clean(folder: &Path, expected: &[&str]) {
    let mut found: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_clinic_file_with_a_fault_is_refused_with_its_path() {
    let hours = "/practitioners/0/hours/0";
    let twice = json!([clinic()["appointments"][0], {"id": "a2", "practitioner": "m1", "patient": "pt1",
        "service": "rmt-60", "start": "2026-03-03T09:30", "status": "booked"}]);
    for (value, path) in [
        (with(clinic(), "/extra", json!(1)), "$.extra"),
        (
            with(clinic(), "/appointments/0/patient", json!("pt9")),
            "$.appointments[0].patient",
        ),
        (
            with(clinic(), "/appointments/0/start", json!("2026-03-08T02:30")),
            "$.appointments[0].start",
        ),
        (
            with(clinic(), &format!("{hours}/to"), json!("08:00")),
            "$.practitioners[0].hours[0].to",
        ),
        (with(clinic(), "/appointments", twice), "$.appointments[1]"),
        (
            with(clinic(), "/services/0/minutes", json!(0)),
            "$.services[0].minutes",
        ),
        (
            with(clinic(), "/services/0/minutes", json!(1_000_000)),
            "$.services[0].minutes",
        ),
        (
            with(clinic(), "/services/0/minutes", json!(-5)),
            "$.services[0].minutes",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "clinic.json", &value);
        let message = fails(
            folder.path(),
            &["import", "clinic.json", "--database", "c.ordo"],
            3,
        );
        assert!(message.contains(&format!("{path}:")), "{path}: {message}");
        is_clean(folder.path(), &["clinic.json"]);
    }
}

#[test]
fn what_is_no_json_names_the_place() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("clinic.json"), "{\n \"format\": ").unwrap();
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "c.ordo"],
        3,
    );
    assert!(
        message.contains("not JSON") && message.contains("line 2"),
        "{message}"
    );
    fs::write(folder.path().join("clinic.json"), [0xff, 0xfe, 0]).unwrap();
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "c.ordo"],
        3,
    );
    assert!(message.contains("UTF-8"), "{message}");
    let message = fails(
        folder.path(),
        &["import", "nowhere.json", "--database", "c.ordo"],
        3,
    );
    assert!(message.contains("nowhere.json"), "{message}");
    is_clean(folder.path(), &["clinic.json"]);
}

#[test]
fn ten_thousand_faults_are_counted_and_listed_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let wrong: Vec<Value> = (0..10_000)
        .map(|index| {
            json!({"id": format!("x{index}"), "practitioner": "m1", "patient": "nobody", "service": "rmt-60",
                   "start": "2026-03-03T09:00", "status": "cancelled"})
        })
        .collect();
    write(
        folder.path(),
        "clinic.json",
        &with(clinic(), "/appointments", json!(wrong)),
    );
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "c.ordo"],
        3,
    );
    assert!(
        message.contains("10000 things") && message.lines().count() < 30,
        "{message}"
    );
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "c.ordo", "--json"],
        3,
    );
    let value: Value = serde_json::from_str(&message).unwrap();
    assert_eq!(value["faults"].as_array().unwrap().len(), 10_000);
}

#[test]
fn a_request_with_a_fault_is_refused() {
    for (value, says) in [
        (with(request(), "/tolerance_days", json!(9)), "$.tolerance_days"),
        (
            with(request(), "/patient", json!("pt9")),
            "$.patient: there is no patient \"pt9\"",
        ),
        (
            with(request(), "/now", json!("2026-03-08T02:30")),
            "$.now: 2026-03-08 02:30:00 does not exist",
        ),
        (with(request(), "/weeks", json!(0)), "$.weeks"),
        (
            with(request(), "/latest_start", json!("2026-03-01")),
            "$.latest_start",
        ),
        (
            with(request(), "/spacing/max_wait_minutes", json!(241)),
            "$.spacing.max_wait_minutes",
        ),
        (
            with(request(), "/disciplines/massage/practitioners", json!(["p1"])),
            "$.disciplines.massage.practitioners[0]",
        ),
        (
            with(request(), "/disciplines/massage/service", json!("physio-45")),
            "$.disciplines.massage.service",
        ),
        (
            with(request(), "/disciplines/massage/every_weeks", json!(0)),
            "every_weeks",
        ),
        (with(request(), "/replaces", json!(["a9"])), "$.replaces[0]"),
        (with(request(), "/surprise", json!(true)), "$.surprise"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "1.clinic.json", &clinic());
        write(folder.path(), "1.request.json", &value);
        let arguments = ["plan", "--clinic", "1.clinic.json", "--request", "1.request.json"];
        let message = fails(folder.path(), &arguments, 3);
        assert!(message.contains(says), "{says}: {message}");
        // One bad pair of a batch is told in its line, and the others are planned.
        write(folder.path(), "2.clinic.json", &clinic());
        write(folder.path(), "2.request.json", &request());
        let output = run(folder.path(), &["plan", "--batch", "."]);
        assert_eq!(output.status.code(), Some(3));
        let lines: Vec<Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(lines[0]["error"].is_string() && lines[1]["proposals"].as_array().unwrap().len() == 3);
    }
}

#[test]
fn a_batch_names_what_stands_alone() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "1.request.json", &request());
    write(folder.path(), "2.clinic.json", &clinic());
    write(folder.path(), "2.request.json", &request());
    write(folder.path(), "3.clinic.json", &clinic());
    let output = run(folder.path(), &["plan", "--batch", "."]);
    assert_eq!(output.status.code(), Some(3));
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["id"].as_str().unwrap(), line["error"].is_string()))
        .collect();
    assert_eq!(told, [("1", true), ("2", false), ("3", true)]);
    assert!(lines[0]["error"].as_str().unwrap().contains("1.clinic.json"));
}

#[test]
fn a_wrong_key_and_a_file_that_is_no_database_are_told_apart_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "clinic.json", &clinic());
    succeeds(folder.path(), &["import", "clinic.json", "--database", "c.ordo"]);
    let before = fs::read(folder.path().join("c.ordo")).unwrap();
    let output = ordo(folder.path())
        .env("ORDO_KEY", "another")
        .args(["day", "--database", "c.ordo"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("key"),
        "{output:?}"
    );
    assert_eq!(fs::read(folder.path().join("c.ordo")).unwrap(), before);

    fs::write(folder.path().join("text.ordo"), "this is a shopping list").unwrap();
    let message = fails(folder.path(), &["day", "--database", "text.ordo"], 4);
    assert!(message.contains("text.ordo"), "{message}");
    assert_eq!(
        fs::read(folder.path().join("text.ordo")).unwrap(),
        b"this is a shopping list"
    );

    let message = fails(folder.path(), &["day", "--database", "missing.ordo"], 4);
    assert!(
        message.contains("ordo import") && message.contains("missing.ordo"),
        "{message}"
    );
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "c.ordo"],
        4,
    );
    assert!(message.contains("exists already"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    succeeds(
        folder.path(),
        &["demo", "--write", "demo.json", "--date", "2026-03-02"],
    );
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
    is_clean(folder.path(), &["demo.json"]);

    // An export that does not fit leaves the earlier one as it was.
    succeeds(folder.path(), &["import", "demo.json", "--database", "c.ordo"]);
    fs::write(folder.path().join("out.json"), "earlier").unwrap();
    let output = limited("export out.json --database c.ordo");
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("out.json")).unwrap(),
        "earlier"
    );
    assert!(!folder.path().join("out.json.partial").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "clinic.json", &clinic());
    // Not even root writes there.
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "/proc/clinic.ordo"],
        4,
    );
    assert!(message.contains("/proc"), "{message}");
    let message = fails(folder.path(), &["demo", "--write", "/proc/demo.json"], 3);
    assert!(message.contains("/proc/demo.json"), "{message}");
    let message = fails(
        folder.path(),
        &["import", "clinic.json", "--database", "clinic.json/c.ordo"],
        4,
    );
    assert!(message.contains("clinic.json"), "{message}");
}

#[test]
fn no_file_is_written_over_one_of_a_clinic() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "clinic.json", &clinic());
    succeeds(folder.path(), &["import", "clinic.json", "--database", "c.ordo"]);
    let days = succeeds(folder.path(), &["week", "--database", "c.ordo"]);
    fs::write(folder.path().join("c.ordo-backup"), "a backup").unwrap();
    for name in ["c.ordo", "c.ordo-backup"] {
        let message = fails(folder.path(), &["export", name, "--database", "c.ordo"], 3);
        assert!(
            message.contains(name) && message.contains("another name"),
            "{message}"
        );
    }
    assert_eq!(succeeds(folder.path(), &["week", "--database", "c.ordo"]), days);
    let backup = fs::read_to_string(folder.path().join("c.ordo-backup")).unwrap();
    assert_eq!(backup, "a backup");
    let message = fails(folder.path(), &["day", "--database", "."], 4);
    assert!(message.contains("folder"), "{message}");
}

#[test]
fn a_command_line_that_makes_no_sense_is_told_as_json_too() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["day", "tomorrow", "--json"][..],
        &["--json", "dance"],
        &["--json", "undo", "-1"],
    ] {
        let message = fails(folder.path(), arguments, 2);
        let told: Value = serde_json::from_str(&message).unwrap();
        assert_eq!(told["exit"], 2, "{message}");
        let text = told["error"].as_str().unwrap();
        assert!(text.contains(arguments[1]) || text.contains("-1"), "{text}");
        assert!(!text.contains('\n'), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn what_a_new_database_finds_in_its_place_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    write(folder.path(), "clinic.json", &clinic());
    // A link to a disk that is not there now.
    std::os::unix::fs::symlink("away/c.ordo", at("c.ordo")).unwrap();
    let import = ["import", "clinic.json", "--database", "c.ordo"];
    assert!(fails(folder.path(), &import, 4).contains("c.ordo exists already"));
    assert!(fails(folder.path(), &["demo", "--database", "c.ordo"], 4).contains("c.ordo exists already"));
    assert!(at("c.ordo").is_symlink());
    fs::remove_file(at("c.ordo")).unwrap();
    // What a database that was moved away left behind.
    for (name, says) in [
        ("c.ordo-wal", "c.ordo-wal exists already"),
        ("c.ordo.keys", "put it back as c.ordo"),
    ] {
        fs::write(at(name), "left behind").unwrap();
        let message = fails(folder.path(), &import, 4);
        assert!(message.contains(says), "{message}");
        assert_eq!(fs::read_to_string(at(name)).unwrap(), "left behind");
        fs::remove_file(at(name)).unwrap();
    }
    is_clean(folder.path(), &["clinic.json"]);
    succeeds(folder.path(), &import);
}

#[test]
fn several_processes_at_once_book_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "clinic.json", &clinic());
    succeeds(folder.path(), &["import", "clinic.json", "--database", "c.ordo"]);
    let book = |patient: &str| {
        ordo(folder.path())
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
    let series: Value = serde_json::from_str(&succeeds(
        folder.path(),
        &["series", "--database", "c.ordo", "--json"],
    ))
    .unwrap();
    assert_eq!(series.as_array().unwrap().len(), booked);
    succeeds(folder.path(), &["audit", "--database", "c.ordo"]);
}

#[test]
fn a_database_of_a_newer_ordo_says_so_and_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let newer = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/newer.ordo");
    let database = folder.path().join("c.ordo");
    fs::copy(&newer, &database).unwrap();
    for arguments in [&["day"][..], &["inspect"], &["backup"], &["restore", "c.ordo"]] {
        let output = ordo(folder.path())
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
    is_clean(folder.path(), &["c.ordo"]);
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_stays_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let odd = "two\nlines\u{1b}[2J.ordo";
    write(folder.path(), "clinic.json", &clinic());
    for (arguments, exit) in [
        (&["day", "--database", odd][..], 4),
        (&["import", odd, "--database", "c.ordo"], 3),
        (&["audit", "--clinic", odd], 3),
        (&["import", "clinic.json", "--database", "none\nhere/c.ordo"], 4),
        (&["plan", "--batch", odd], 3),
    ] {
        let message = fails(folder.path(), arguments, exit);
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(
            message.contains('\u{fffd}') && !message.contains('\u{1b}'),
            "{message:?}"
        );
    }
    succeeds(folder.path(), &["import", "clinic.json", "--database", odd]);
    let unknown = ["series", "--patient", "no\nbody", "--database", odd];
    assert_eq!(fails(folder.path(), &unknown, 5).lines().count(), 1);
    // Also in what is kept of it.
    let journal = succeeds(folder.path(), &["journal", "--database", odd]);
    assert!(journal.contains("import of clinic.json"), "{journal}");
}

/// A host, as a database wants one to be made.
struct Nobody;

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
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "clinic.json", &clinic());
        let database = ["--database", "c.ordo"];
        make_empty(&folder.path().join("c.ordo"));
        let message = fails(folder.path(), &[&["day"][..], &database].concat(), 4);
        assert!(message.contains("holds no clinic yet"), "{message}");
        succeeds(folder.path(), &[again, &database].concat());
        succeeds(folder.path(), &[&["day"][..], &database].concat());
        let message = fails(folder.path(), &[again, &database].concat(), 4);
        assert!(message.contains("exists already"), "{message}");
    }
}
