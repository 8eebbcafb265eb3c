//! Planning from files that have faults.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::small::{clinic, request, with};

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
        let folder = Folder::new();
        folder.write("1.clinic.json", &clinic());
        folder.write("1.request.json", &value);
        let arguments = ["plan", "--clinic", "1.clinic.json", "--request", "1.request.json"];
        let message = folder.fails(&arguments, 3);
        assert!(message.contains(says), "{says}: {message}");
        // One bad pair of a batch is told in its line, and the others are planned.
        folder.write("2.clinic.json", &clinic());
        folder.write("2.request.json", &request());
        let output = folder.run(&["plan", "--batch", "."]);
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
    let folder = Folder::new();
    folder.write("1.request.json", &request());
    folder.write("2.clinic.json", &clinic());
    folder.write("2.request.json", &request());
    folder.write("3.clinic.json", &clinic());
    let output = folder.run(&["plan", "--batch", "."]);
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
