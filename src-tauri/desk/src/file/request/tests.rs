use serde_json::{Value, json};

use super::*;
use crate::file::read_clinic;

fn clinic() -> ClinicRecords {
    let text = json!({
        "format": "ordo-clinic/1",
        "clinic": {"name": "Small", "time_zone": "America/Toronto", "slot_minutes": 15},
        "services": [
            {"id": "rmt-60", "discipline": "massage", "name": "Massage", "minutes": 60},
            {"id": "physio-45", "discipline": "physio", "name": "Physiotherapy", "minutes": 45}],
        "rooms": [],
        "practitioners": [
            {"id": "m1", "name": "Mo", "services": ["rmt-60"], "hours": []},
            {"id": "p1", "name": "Pia", "services": ["physio-45"], "hours": []}],
        "patients": [{"id": "pt1", "name": "Pat One"}],
        "appointments": []
    });
    read_clinic(&text.to_string()).expect("a clinic")
}

fn request() -> Value {
    let session = |discipline: &str, start: &str, practitioner: &str| json!({"discipline": discipline, "week": 0, "start": start, "practitioner": practitioner});
    json!({
        "format": "ordo-request/1", "patient": "pt1", "now": "2026-03-02T08:00", "earliest": "2026-03-03",
        "latest_start": "2026-03-16", "weeks": 2, "order": ["massage", "physio"],
        "spacing": {"kind": "same-day", "max_wait_minutes": 60}, "tolerance_days": 2,
        "disciplines": {
            "massage": {"service": "rmt-60", "every_weeks": 1, "first_week": 0, "practitioners": ["m1"]},
            "physio": {"service": "physio-45", "every_weeks": 2, "first_week": 0, "practitioners": ["p1"]}},
        "fixed": [session("massage", "2026-03-03T10:00", "m1")],
        "current": [session("physio", "2026-03-03T11:00", "p1")],
        "replaces": []
    })
}

fn faults(changes: &[(&str, Value)]) -> Vec<String> {
    let mut request = request();
    for (pointer, value) in changes {
        *request.pointer_mut(pointer).expect("a place in the request") = value.clone();
    }
    match read_request_for(&clinic(), &request.to_string()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.faults.into_iter().map(|fault| fault.path).collect(),
    }
}

#[test]
fn what_does_not_fit_the_clinic_is_named_with_its_path() {
    assert_eq!(faults(&[]), Vec::<String>::new());
    for (pointer, value, path) in [
        ("/patient", json!("pt9"), "$.patient"),
        ("/now", json!("2026-03-08T02:30"), "$.now"),
        (
            "/disciplines/massage/service",
            json!("rmt-90"),
            "$.disciplines.massage.service",
        ),
        (
            "/disciplines/massage/service",
            json!("physio-45"),
            "$.disciplines.massage.service",
        ),
        (
            "/disciplines/physio/practitioners/0",
            json!("p9"),
            "$.disciplines.physio.practitioners[0]",
        ),
        (
            "/disciplines/physio/practitioners/0",
            json!("m1"),
            "$.disciplines.physio.practitioners[0]",
        ),
        (
            "/disciplines/physio/practitioners",
            json!([]),
            "$.disciplines.physio.practitioners",
        ),
        ("/fixed/0/practitioner", json!("m9"), "$.fixed[0].practitioner"),
        ("/fixed/0/start", json!("2026-03-08T02:15"), "$.fixed[0].start"),
        ("/fixed/0/start", json!("1980-01-01T10:00"), "$.fixed[0].start"),
        ("/fixed/0/discipline", json!("yoga"), "$.fixed[0].discipline"),
        ("/fixed/0/week", json!(2), "$.fixed[0].week"),
        ("/current/0/week", json!(1), "$.current[0].week"),
        ("/current/0/room", json!("r9"), "$.current[0].room"),
        ("/replaces", json!(["a9"]), "$.replaces[0]"),
    ] {
        if pointer == "/current/0/room" {
            let mut with_room = request();
            with_room["current"][0]["room"] = value;
            let found = read_request_for(&clinic(), &with_room.to_string()).expect_err("a fault");
            assert_eq!(found.faults[0].path, path);
            continue;
        }
        // The service decides what a practitioner may do, so a service of another discipline leaves two faults.
        let found = faults(&[(pointer, value.clone())]);
        assert_eq!(
            found.first().map(String::as_str),
            Some(path),
            "{pointer} {value}: {found:?}"
        );
    }
}

#[test]
fn a_session_that_stands_twice_is_named() {
    let mut twice = request();
    let first = twice["fixed"][0].clone();
    twice["fixed"] = json!([first, first]);
    let found = read_request_for(&clinic(), &twice.to_string()).expect_err("a fault");
    assert_eq!(found.faults[0].path, "$.fixed[1]");
}

#[test]
fn all_faults_are_told_at_once_and_none_for_a_stand_in() {
    let found = faults(&[
        ("/patient", json!("pt9")),
        ("/tolerance_days", json!(9)),
        ("/fixed/0/week", json!("first")),
        ("/current/0/practitioner", json!("nobody")),
    ]);
    let expected = [
        "$.fixed[0].week",
        "$.tolerance_days",
        "$.patient",
        "$.current[0].practitioner",
    ];
    assert_eq!(found, expected);
}
