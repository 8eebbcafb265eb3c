use super::*;
use crate::file::write_clinic;

const SMALL: &str = r#"{"format":"ordo-clinic/1",
 "clinic":{"name":"Small","time_zone":"America/Toronto","slot_minutes":15},
 "services":[{"id":"rmt-60","discipline":"massage","name":"RMT","minutes":60,"buffer_minutes":15,"room_kinds":["massage"]}],
 "rooms":[{"id":"r1","name":"Room 1","kinds":["massage"]}],
 "practitioners":[{"id":"m1","name":"Mo","services":["rmt-60"],"hours":[{"weekday":"mon","from":"09:00","to":"13:00"}]}],
 "patients":[{"id":"pt1","name":"Pat"},{"id":"pt2","name":"Kim"}],
 "appointments":[{"id":"a1","practitioner":"m1","patient":"pt1","service":"rmt-60","room":"r1","start":"2026-03-02T09:00","status":"booked"}]}"#;

/// The faults of the small file after one replacement.
fn faults(from: &str, to: &str) -> Vec<(String, String)> {
    assert!(SMALL.contains(from), "{from}");
    let text = SMALL.replacen(from, to, 1);
    match read_clinic_for_import(&text) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .faults
            .into_iter()
            .map(|fault| (fault.path, fault.text.english))
            .collect(),
    }
}

#[test]
fn the_small_file_is_read() {
    let records = read_clinic_for_import(SMALL).expect("no faults");
    assert_eq!(records.appointments[0].minutes, 60);
    assert_eq!(records.clinic.disciplines, Discipline::shipped());
    assert_eq!(records.protocols, [Protocols::shipped()]);
}

#[test]
fn each_fault_is_named_with_its_path() {
    let overlapping = r#"[{"id":"a0","practitioner":"m1","patient":"pt2","service":"rmt-60","start":"2026-03-02T10:00","status":"booked"},{"id":"a1""#;
    for (from, to, path, says) in [
        (
            "\"format\":\"ordo-clinic/1\"",
            "\"format\":\"ordo-clinic/2\"",
            "$.format",
            "ordo-clinic/1",
        ),
        (
            "\"slot_minutes\":15",
            "\"slot_minutes\":7",
            "$.clinic.slot_minutes",
            "does not divide 60",
        ),
        (
            "\"slot_minutes\":15",
            "\"slot_minutes\":0",
            "$.clinic.slot_minutes",
            "does not divide 60",
        ),
        (
            "\"slot_minutes\":15",
            "\"slot_minutes\":1.5",
            "$.clinic.slot_minutes",
            "whole number",
        ),
        (
            "\"slot_minutes\":15",
            "\"slot_minutes\":15,\"slots\":1",
            "$.clinic.slots",
            "not known",
        ),
        (
            "\"slot_minutes\":15",
            "\"slot_minutes\":15,\"name\":\"x\"",
            "$.clinic.name",
            "twice",
        ),
        (
            "America/Toronto",
            "Canada/Nowhere",
            "$.clinic.time_zone",
            "time zone",
        ),
        (
            "\"minutes\":60",
            "\"minutes\":0",
            "$.services[0].minutes",
            "0 is not possible",
        ),
        (
            "\"minutes\":60",
            "\"minutes\":100000",
            "$.services[0].minutes",
            "100000 is not possible",
        ),
        (
            "\"minutes\":60",
            "\"minutes\":\"60\"",
            "$.services[0].minutes",
            "not a text",
        ),
        (
            "\"discipline\":\"massage\"",
            "\"discipline\":\"yoga\"",
            "$.services[0].discipline",
            "no discipline",
        ),
        (
            "\"to\":\"13:00\"",
            "\"to\":\"08:00\"",
            "$.practitioners[0].hours[0].to",
            "must come after",
        ),
        (
            "\"to\":\"13:00\"",
            "\"to\":\"25:00\"",
            "$.practitioners[0].hours[0].to",
            "time of day",
        ),
        (
            "\"to\":\"13:00\"",
            "\"to\":\"13:00\",\"every_weeks\":2",
            "$.practitioners[0].hours[0].valid_from",
            "counted from",
        ),
        (
            "\"weekday\":\"mon\"",
            "\"weekday\":\"Monday\"",
            "$.practitioners[0].hours[0].weekday",
            "one of mon",
        ),
        (
            "\"services\":[\"rmt-60\"]",
            "\"services\":[\"rmt-90\"]",
            "$.practitioners[0].services[0]",
            "no service",
        ),
        (
            "\"id\":\"pt2\"",
            "\"id\":\"pt1\"",
            "$.patients[1].id",
            "patients[0] too",
        ),
        (
            "\"patient\":\"pt1\"",
            "\"patient\":\"pt9\"",
            "$.appointments[0].patient",
            "no patient",
        ),
        (
            "\"room\":\"r1\"",
            "\"room\":\"r9\"",
            "$.appointments[0].room",
            "no room",
        ),
        (
            "\"status\":\"booked\"",
            "\"status\":\"done\"",
            "$.appointments[0].status",
            "noshow",
        ),
        (
            "2026-03-02T09:00",
            "2026-03-08T02:30",
            "$.appointments[0].start",
            "does not exist",
        ),
        (
            "2026-03-02T09:00",
            "2026-02-30T09:00",
            "$.appointments[0].start",
            "date and time",
        ),
        (
            "2026-03-02T09:00",
            "1066-10-14T09:00",
            "$.appointments[0].start",
            "too far away",
        ),
        (
            "\"start\":\"2026-03-02T09:00\",",
            "",
            "$.appointments[0].start",
            "missing",
        ),
        (
            "[{\"id\":\"a1\"",
            overlapping,
            "$.appointments[0]",
            "same practitioner",
        ),
    ] {
        let found = faults(from, to);
        assert!(
            found.len() == 1 && found[0].0 == path && found[0].1.contains(says),
            "{from} -> {to}: expected {path} saying {says}, found {found:?}"
        );
    }
}

#[test]
fn an_overlap_with_a_reason_is_no_fault() {
    let second = r#"[{"id":"a0","practitioner":"m1","patient":"pt2","service":"rmt-60","start":"2026-03-02T09:30","status":"booked","override_reason":"emergency"},{"id":"a1""#;
    assert_eq!(faults("[{\"id\":\"a1\"", second), []);
}

#[test]
fn what_is_no_json_names_line_and_column() {
    let error = read_clinic("{\n  \"format\": oops}").expect_err("not JSON");
    assert_eq!(error.faults[0].path, "$");
    assert!(
        error.faults[0].text.english.contains("line 2 column"),
        "{}",
        error.faults[0].text.english
    );
    assert!(read_clinic(&"[".repeat(100_000)).is_err());
    assert!(read_clinic("").is_err());
    assert!(read_clinic("[]").is_err());
}

#[test]
fn ten_thousand_faults_are_all_found() {
    let one = r#"{"id":"a","practitioner":"nobody","patient":"pt1","service":"rmt-60","start":"later","status":"booked"}"#;
    let many = vec![one; 5_000].join(",");
    let text = SMALL.replacen("\"appointments\":[", &format!("\"appointments\":[{many},"), 1);
    let faults = read_clinic(&text).expect_err("faults").faults;
    // Each names an unknown practitioner and no time; all but the first repeat an identifier.
    assert_eq!(faults.len(), 3 * 5_000 - 1);
    let shown = FileFaults { faults }.to_string();
    assert!(
        shown.lines().count() < 25 && shown.contains("and 14979 more"),
        "{shown}"
    );
}

#[test]
fn writing_and_reading_changes_nothing() {
    let records = read_clinic(SMALL).expect("no faults");
    let written = write_clinic(&records);
    assert_eq!(read_clinic(&written).expect("what was written"), records);
    assert_eq!(
        write_clinic(&read_clinic(&written).expect("what was written")),
        written
    );
}

#[test]
fn an_item_that_cannot_be_read_does_not_move_the_places_of_the_others() {
    let more = r#""appointments":[null,{"id":"a2","practitioner":"m1","patient":"pt2","service":"rmt-60","start":"2026-03-02T09:00","status":"booked"},7,"#;
    let found = faults("\"appointments\":[", more);
    let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["$.appointments[0]", "$.appointments[2]", "$.appointments[3]"],
        "{found:?}"
    );
    assert!(found[2].1.contains("same practitioner"), "{found:?}");
}

#[test]
fn a_stand_in_for_what_cannot_be_read_causes_no_fault() {
    let unread = r#"[{"id":"a0","practitioner":"m1","patient":"pt2","service":"rmt-60","start":"later","status":"booked"},{"id":"a2","practitioner":"m1","patient":"pt2","service":"rmt-60","start":"soon","status":"booked"},{"id":"a1""#;
    let found = faults("[{\"id\":\"a1\"", unread);
    let paths: Vec<_> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["$.appointments[0].start", "$.appointments[1].start"],
        "{found:?}"
    );
}
