//! Calendars that come in and go out, as the command's users do it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use serde_json::Value;

use crate::folder::Folder;

/// Some practitioner of the demo clinic.
fn somebody(folder: &Folder) -> String {
    let first = &folder.json(&["sharing"])[0]["practitioner"];
    first.as_str().unwrap().to_owned()
}

#[test]
fn a_calendar_is_previewed_brought_in_once_and_taken_back() {
    let folder = Folder::demo();
    let who = somebody(&folder);
    let calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260310T130000Z\nDURATION:PT1H\nSUMMARY:Dentist\nEND:VEVENT\n\
                    broken\nEND:VCALENDAR\n";
    std::fs::write(folder.at("mine.ics"), calendar).unwrap();
    let import = ["import-ics", "mine.ics", "--practitioner", &who, "--titles"];
    let preview = folder.json(&[&import[..], &["--preview"]].concat());
    assert_eq!(preview["added"][0]["reason"], "Dentist");
    assert_eq!(preview["skipped"][0]["line"], 8);
    assert_eq!(folder.json(&import)["added"].as_array().unwrap().len(), 1);
    let again = folder.json(&import);
    assert_eq!(
        (again["unchanged"].as_u64(), &again["entry"]),
        (Some(1), &Value::Null)
    );
    folder.json(&["undo"]);
    assert_eq!(folder.json(&import)["added"].as_array().unwrap().len(), 1);
    std::fs::write(folder.at("none.ics"), "hello").unwrap();
    assert!(
        folder
            .refused(&["import-ics", "none.ics", "--practitioner", &who])
            .contains("BEGIN:VCALENDAR")
    );
}

#[test]
fn a_feed_is_served_at_its_address_until_it_is_ended() {
    let folder = Folder::demo();
    let who = somebody(&folder);
    let feed = folder.json(&["sharing", &who, "--names", "busy", "--feed"]);
    let path = feed["feed"].as_str().unwrap();
    let mut server = folder
        .ordo()
        .args(["serve", "--listen", "127.0.0.1:0", "--json"])
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
    // Another program ends the feed; the address is gone moments later.
    folder.json(&["sharing", &who, "--no-feed"]);
    let is_gone = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        get(path).starts_with("HTTP/1.1 404")
    });
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(is_gone);
}

#[test]
fn a_folder_is_brought_up_to_date_and_a_series_leaves_for_its_patient() {
    let folder = Folder::demo();
    let first = folder.json(&["folder", "shared"]);
    assert!(first["written"].as_array().unwrap().len() > 3, "{first}");
    assert_eq!(
        folder.json(&["folder", "shared"])["written"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    let series = folder.json(&["series"]);
    let id = series[0]["id"].as_str().unwrap();
    let text = folder.json(&["ics", "--series", id, "--language", "fr"]);
    assert!(
        text["ics"].as_str().unwrap().contains("DESCRIPTION:Avec "),
        "{text}"
    );
    let closed = folder.json(&["ics", "--closures", "--from", "2026-01-01", "--to", "2026-12-31"]);
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
        folder.refused(wrong);
    }
}

#[test]
fn patients_are_brought_in_from_a_list() {
    let folder = Folder::demo();
    std::fs::write(
        folder.at("list.csv"),
        "Name,Phone,DOB\nAda Lovelace,416 555 0199,1985-12-23\n,,\n,1,\n",
    )
    .unwrap();
    let preview = folder.json(&["import-patients", "list.csv", "--preview"]);
    assert_eq!(
        (preview["new"].as_u64(), preview["faulty"].as_u64()),
        (Some(1), Some(1))
    );
    assert_eq!(folder.json(&["import-patients", "list.csv"])["new"], 1);
    assert_eq!(folder.json(&["import-patients", "list.csv"])["alike"], 1);
    assert!(
        folder
            .refused(&["import-patients", "list.csv", "--column", "name"])
            .contains("name=1")
    );
}

/// Every way in which a calendar cannot be read, written, reached or served: a message in words that says what to do, and the
/// exit code of its kind.
#[test]
fn what_stands_against_a_calendar_is_told_in_words() {
    let folder = Folder::demo();
    let who = somebody(&folder);
    let who = who.as_str();
    for name in ["folder", "calendar.ics"] {
        std::fs::create_dir(folder.at(name)).unwrap();
    }
    std::fs::write(folder.at("empty.ics"), "").unwrap();
    let garbage: Vec<u8> = (0..=255_u8)
        .cycle()
        .map(|octet| octet.wrapping_mul(31))
        .take(100_000)
        .collect();
    std::fs::write(folder.at("garbage.ics"), garbage).unwrap();
    std::fs::write(folder.at("good.ics"), "BEGIN:VCALENDAR\nEND:VCALENDAR\n").unwrap();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = nobody.local_addr().unwrap();
    let taken = port.to_string();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let refusing = format!("http://{}/", silent.local_addr().unwrap());
    drop(silent);
    let import = |file| vec!["import-ics", file, "--practitioner", who];
    let export = |out| {
        vec![
            "ics",
            "--practitioner",
            who,
            "--from",
            "2026-03-02",
            "--to",
            "2026-03-08",
            "--out",
            out,
        ]
    };
    let publish = |address| vec!["publish", who, "--address", address, "--account", "pia"];
    let cases: Vec<(Vec<&str>, i32, &str)> = vec![
        (
            import("missing.ics"),
            3,
            "missing.ics cannot be read: nothing of this name is there",
        ),
        (import("calendar.ics"), 3, "it is a folder"),
        (import("empty.ics/more"), 3, "a part of the path is a file"),
        (import("empty.ics"), 3, "no line says BEGIN:VCALENDAR"),
        (import("garbage.ics"), 3, "no line says BEGIN:VCALENDAR"),
        (
            vec!["import-ics", "good.ics", "--practitioner", "nobody"],
            5,
            "no practitioner \"nobody\"",
        ),
        (
            [
                import("good.ics"),
                vec!["--from", "2026-05-02", "--to", "2026-05-01"],
            ]
            .concat(),
            5,
            "lies before the first",
        ),
        (
            [import("good.ics"), vec!["--from", "2026-02-30"]].concat(),
            2,
            "2026-02-30",
        ),
        (
            vec![
                "import-ics",
                "--address",
                &refusing,
                "--account",
                "pia",
                "--practitioner",
                who,
            ],
            5,
            "nothing answers",
        ),
        (export("folder"), 3, "it is a folder"),
        (export("missing/mine.ics"), 3, "nothing of this name is there"),
        (export("empty.ics/mine.ics"), 3, "a part of the path is a file"),
        (
            vec![
                "ics",
                "--practitioner",
                who,
                "--from",
                "2026-03-08",
                "--to",
                "2026-03-02",
            ],
            5,
            "lies before the first",
        ),
        (
            vec![
                "ics",
                "--practitioner",
                "nobody",
                "--from",
                "2026-03-02",
                "--to",
                "2026-03-08",
            ],
            5,
            "no practitioner \"nobody\"",
        ),
        (vec!["folder", "empty.ics"], 3, "a part of the path is a file"),
        (vec!["folder", "empty.ics/in"], 3, "a part of the path is a file"),
        (vec!["serve", "--listen", "127.0.0.1:99999"], 2, "127.0.0.1:99999"),
        (
            vec!["serve", "--listen", &taken],
            5,
            "another program listens there",
        ),
        (
            vec!["serve", "--listen", "0.0.0.0:0", "--name", "front desk"],
            5,
            "(for support: front desk)",
        ),
        (
            vec!["serve", "--listen", "192.0.2.1:0"],
            5,
            "does not have that address",
        ),
        (
            vec!["serve", "--certificate", "good.ics", "--private-key", "good.ics"],
            5,
            "give a PEM file with the certificate",
        ),
        (
            vec!["serve", "--certificate", "none.pem", "--private-key", "none.pem"],
            3,
            "none.pem cannot be read",
        ),
        (vec!["publish", who], 5, "name it with --address and --account"),
        (
            vec!["publish", "nobody", "--address", &refusing, "--account", "pia"],
            5,
            "no practitioner",
        ),
        (publish("nonsense"), 5, "begins with https://"),
        (publish("http://cloud.example/"), 5, "not encrypted"),
        (
            publish("https://pia:secret@cloud.example/"),
            5,
            "leave them out of it",
        ),
        (
            publish("https://cloud.example:99999/"),
            5,
            "no address of a calendar",
        ),
        (
            vec!["publish", who, "--address", &refusing, "--account", ""],
            2,
            "--account",
        ),
        (vec!["publish", who], 5, "name it with --address and --account"),
        (
            publish(&refusing),
            5,
            "the server cannot be reached: nothing answers",
        ),
    ];
    for (arguments, exit, words) in cases {
        let output = folder
            .ordo()
            .args(&arguments)
            .env("ORDO_CALENDAR_PASSWORD", "secret")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(
            !said.contains("os error") && !said.contains("panicked"),
            "{arguments:?}: {said}"
        );
    }
    assert!(
        folder.at("folder").read_dir().unwrap().next().is_none(),
        "nothing is left half-written"
    );
}
