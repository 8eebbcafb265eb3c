//! Clinic files with faults: each is named with its path, and nothing is made.

use std::fs;

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::small::{clinic, with};

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
        let folder = Folder::new();
        folder.write("clinic.json", &value);
        let message = folder.fails(&["import", "clinic.json", "--database", "c.ordo"], 3);
        assert!(message.contains(&format!("{path}:")), "{path}: {message}");
        folder.is_clean(&["clinic.json"]);
    }
}

#[test]
fn what_is_no_json_names_the_place() {
    let folder = Folder::new();
    fs::write(folder.at("clinic.json"), "{\n \"format\": ").unwrap();
    let message = folder.fails(&["import", "clinic.json", "--database", "c.ordo"], 3);
    assert!(
        message.contains("not JSON") && message.contains("line 2"),
        "{message}"
    );
    fs::write(folder.at("clinic.json"), [0xff, 0xfe, 0]).unwrap();
    let message = folder.fails(&["import", "clinic.json", "--database", "c.ordo"], 3);
    assert!(message.contains("UTF-8"), "{message}");
    let message = folder.fails(&["import", "nowhere.json", "--database", "c.ordo"], 3);
    assert!(message.contains("nowhere.json"), "{message}");
    folder.is_clean(&["clinic.json"]);
}

#[test]
fn ten_thousand_faults_are_counted_and_listed_as_json() {
    let folder = Folder::new();
    let wrong: Vec<Value> = (0..10_000)
        .map(|index| {
            json!({"id": format!("x{index}"), "practitioner": "m1", "patient": "nobody", "service": "rmt-60",
                   "start": "2026-03-03T09:00", "status": "cancelled"})
        })
        .collect();
    folder.write("clinic.json", &with(clinic(), "/appointments", json!(wrong)));
    let message = folder.fails(&["import", "clinic.json", "--database", "c.ordo"], 3);
    assert!(
        message.contains("10000 things") && message.lines().count() < 30,
        "{message}"
    );
    let message = folder.fails(&["import", "clinic.json", "--database", "c.ordo", "--json"], 3);
    let value: Value = serde_json::from_str(&message).unwrap();
    assert_eq!(value["faults"].as_array().unwrap().len(), 10_000);
}
