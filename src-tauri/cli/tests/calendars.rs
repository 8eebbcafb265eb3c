//! Calendars that come in and go out, as the command's users do it.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn ordo(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordo"));
    command
        .current_dir(folder)
        .env_remove("ORDO_KEY")
        .env("ORDO_DATABASE", "demo.ordo")
        .env("ORDO_NOW", "2026-03-02T08:00")
        .stdin(Stdio::null())
        .args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    ordo(folder, arguments).output().unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--json"]].concat());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_str(&said).unwrap()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(!output.status.success(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn demo() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    json(folder.path(), &["demo", "--date", "2026-03-02"]);
    folder
}

#[test]
fn a_calendar_is_previewed_brought_in_once_and_taken_back() {
    let folder = demo();
    let folder = folder.path();
    let who = json(folder, &["sharing"])[0]["practitioner"]
        .as_str()
        .unwrap()
        .to_owned();
    let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260310T130000Z\nDURATION:PT1H\nSUMMARY:Dentist\nEND:VEVENT\n\
                    broken\nEND:VCALENDAR\n";
    std::fs::write(folder.join("mine.ics"), calendar).unwrap();
    let import = ["import-ics", "mine.ics", "--practitioner", &who, "--titles"];
    let preview = json(folder, &[&import[..], &["--preview"]].concat());
    assert_eq!(preview["added"][0]["reason"], "Dentist");
    assert_eq!(preview["skipped"][0]["line"], 8);
    assert_eq!(json(folder, &import)["added"].as_array().unwrap().len(), 1);
    let again = json(folder, &import);
    assert_eq!(
        (again["unchanged"].as_u64(), &again["entry"]),
        (Some(1), &Value::Null)
    );
    json(folder, &["undo"]);
    assert_eq!(json(folder, &import)["added"].as_array().unwrap().len(), 1);
    std::fs::write(folder.join("none.ics"), "hello").unwrap();
    assert!(refused(folder, &["import-ics", "none.ics", "--practitioner", &who]).contains("BEGIN:VCALENDAR"));
}

#[test]
fn a_feed_is_served_at_its_address_until_it_is_ended() {
    let folder = demo();
    let folder = folder.path();
    let who = json(folder, &["sharing"])[0]["practitioner"]
        .as_str()
        .unwrap()
        .to_owned();
    let feed = json(folder, &["sharing", &who, "--names", "busy", "--feed"]);
    let path = feed["feed"].as_str().unwrap();
    let mut server = ordo(folder, &["serve", "--listen", "127.0.0.1:0", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let address = told["address"]
        .as_str()
        .unwrap()
        .trim_start_matches("http://")
        .to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream
            .write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes())
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let served = get(path);
    assert!(
        served.starts_with("HTTP/1.1 200") && served.contains("SUMMARY:Busy"),
        "{served:.300}"
    );
    // Another program ends the feed; within a second the address is gone.
    json(folder, &["sharing", &who, "--no-feed"]);
    std::thread::sleep(std::time::Duration::from_millis(1000));
    let gone = get(path);
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(gone.starts_with("HTTP/1.1 404"), "{gone:.100}");
}

#[test]
fn a_folder_is_brought_up_to_date_and_a_series_leaves_for_its_patient() {
    let folder = demo();
    let folder = folder.path();
    let first = json(folder, &["folder", "shared"]);
    assert!(first["written"].as_array().unwrap().len() > 3, "{first}");
    assert_eq!(
        json(folder, &["folder", "shared"])["written"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let series = json(folder, &["series"]);
    let id = series[0]["id"].as_str().unwrap();
    let text = json(folder, &["ics", "--series", id, "--language", "fr"]);
    assert!(
        text["ics"].as_str().unwrap().contains("DESCRIPTION:Avec "),
        "{text}"
    );
    let closed = json(
        folder,
        &["ics", "--closures", "--from", "2026-01-01", "--to", "2026-12-31"],
    );
    assert!(
        closed["ics"].as_str().unwrap().contains("SUMMARY:Closed"),
        "{closed}"
    );
    for wrong in [
        &["ics"][..],
        &["ics", "--closures"],
        &["ics", "--series", id, "--names", "full"],
        &["ics", "--series", "none"],
        &["serve", "--listen", "0.0.0.0:0"],
        &["publish", "nobody"],
    ] {
        refused(folder, wrong);
    }
}

#[test]
fn patients_are_brought_in_from_a_list() {
    let folder = demo();
    let folder = folder.path();
    std::fs::write(
        folder.join("list.csv"),
        "Name,Phone,DOB\nAda Lovelace,416 555 0199,1985-12-23\n,,\n,1,\n",
    )
    .unwrap();
    let preview = json(folder, &["import-patients", "list.csv", "--preview"]);
    assert_eq!(
        (preview["new"].as_u64(), preview["faulty"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(json(folder, &["import-patients", "list.csv"])["new"], 1);
    assert_eq!(json(folder, &["import-patients", "list.csv"])["alike"], 1);
    assert!(refused(folder, &["import-patients", "list.csv", "--column", "name"]).contains("name=1"));
}
