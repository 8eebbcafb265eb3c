//! Calendars of accounts, published to and imported from on the command line, on a real Radicale on this machine.

use std::ffi::OsString;
use std::process::Command;

use serde_json::Value;

use crate::folder::Folder;

#[expect(clippy::expect_used, reason = "a test may fail where it stands")]
#[path = "../../../../tests/it/radicale.rs"]
mod radicale;

use radicale::Server;

const CLINIC: &str = r#"{
  "format": "ordo-clinic/1",
  "clinic": {"name": "Riverside", "time_zone": "America/Toronto", "slot_minutes": 15},
  "services": [{"id": "physio-45", "discipline": "physio", "name": "Physio 45", "minutes": 45}],
  "rooms": [],
  "practitioners": [
    {"id": "pia", "name": "Pia Roy", "services": ["physio-45"], "hours": [{"weekday": "mon", "from": "09:00", "to": "17:00"}]}
  ],
  "patients": [{"id": "olive", "name": "Olive Known", "phone": "416 555 0143"}],
  "appointments": [
    {"id": "one", "practitioner": "pia", "patient": "olive", "service": "physio-45", "start": "2026-03-02T10:00", "status": "booked"},
    {"id": "two", "practitioner": "pia", "patient": "olive", "service": "physio-45", "start": "2026-03-09T10:00", "status": "booked"}
  ]
}"#;

const RECURRING: &str = "DTSTART:20260304T230000Z\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;COUNT=3";

/// The Python that has Radicale, if any has.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn python() -> Option<OsString> {
    let python = std::env::var_os("ORDO_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let import = Command::new(&python).args(["-c", "import radicale"]).output();
    let has_it = import.is_ok_and(|output| output.status.success());
    if !has_it {
        assert!(
            std::env::var_os("CI").is_none(),
            "Python with radicale is missing"
        );
        eprintln!("skipped: Python with radicale is missing; install it with `cargo xtask setup`");
    }
    has_it.then_some(python)
}

#[test]
fn a_calendar_of_an_account_becomes_absences_once_and_is_published_to() {
    let Some(python) = python() else { return };
    let server = Server::start(python);
    for (name, when) in [
        ("dentist", "DTSTART:20260310T140000Z\r\nDURATION:PT1H"),
        ("choir", RECURRING),
    ] {
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mine//EN\r\nBEGIN:VEVENT\r\nUID:{name}\r\n\
             DTSTAMP:20260101T000000Z\r\n{when}\r\nSUMMARY:{name} é\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        let put = server.ask("PUT", &format!("/pia/visits/{name}.ics"), &text);
        assert!(put.contains(" 201 "), "{put}");
    }
    let address = format!("http://127.0.0.1:{}/", server.port);
    let folder = Folder::for_demo();
    let run = |arguments: &[&str], password: &str| {
        let output = folder
            .ordo()
            .env("ORDO_KEY", "0".repeat(64))
            .env("ORDO_CALENDAR_PASSWORD", password)
            .args(arguments)
            .arg("--json")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let refused = String::from_utf8_lossy(&output.stderr).into_owned();
        (
            serde_json::from_str::<Value>(&said).unwrap_or(Value::Null),
            refused,
        )
    };
    std::fs::write(folder.at("clinic.json"), CLINIC).unwrap();
    run(&["import", "clinic.json"], "");
    let who = "pia";
    let whole = [
        "import-ics",
        "--address",
        &address,
        "--account",
        "pia",
        "--practitioner",
        who,
        "--titles",
    ];
    let several = run(&whole, "secret").1;
    assert!(
        several.contains("--calendar") && several.contains("visits") && several.contains("Only seen"),
        "{several}"
    );
    assert!(run(&whole, "wrong").1.contains("user and password"));
    let import = [&whole[..], &["--calendar", "pia/visits"]].concat();
    let preview = run(&[&import[..], &["--preview"]].concat(), "secret").0;
    assert_eq!(preview["added"].as_array().map(Vec::len), Some(4), "{preview}");
    assert_eq!(preview["added"][0]["reason"], "choir é");
    let done = run(&import, "secret").0;
    assert_eq!(done["added"], preview["added"]);
    let again = run(&import, "secret").0;
    assert_eq!(
        (&again["entry"], again["unchanged"].as_u64()),
        (&Value::Null, Some(4))
    );
    run(&["undo"], "");
    assert_eq!(
        run(&import, "secret").0["added"].as_array().map(Vec::len),
        Some(4)
    );
    let account = format!("{address}pia/visits/");
    let publish = ["publish", who, "--address", &account, "--account", "pia"];
    let first = run(&publish, "secret").0;
    assert_eq!(first["created"].as_u64(), Some(2), "{first}");
    let again = run(&["publish", who], "secret").0;
    assert_eq!(
        (again["created"].as_u64(), &again["unchanged"]),
        (Some(0), &first["created"])
    );
    // What Ordo published itself is no absence.
    assert_eq!(run(&import, "secret").0["entry"], Value::Null);
    assert!(run(&["publish", who], "").1.contains("ORDO_CALENDAR_PASSWORD"));
    assert_eq!(run(&["publish", who, "--forget"], "").0["account"], Value::Null);
    assert!(run(&["publish", who], "secret").1.contains("--account"));
}
