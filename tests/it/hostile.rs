//! What comes from outside may be anything: the entry points of the fuzz targets on stable Rust, for a moment.

use ordo_core::ical::reading::{MOST_EVENTS, ReadOptions, read_calendar};
use ordo_desk::Language;
use ordo_desk::file::{
    PatientTable, patient_form, read_clinic, read_clinic_for_import, read_request, write_clinic,
};
use ordo_desk::key::{self, RecoveryKey};
use ordo_desk::view::journal::JournalKind;
use proptest::prelude::*;

/// Files that are right, to be spoilt.
const CLINIC: &str = include_str!("../planner/crafted/two-rooms-held.clinic.json");
const REQUEST: &str = include_str!("../planner/crafted/two-rooms-held.request.json");
const BOOKED: &str = include_str!("../planner/crafted/other-visit-of-the-other-discipline.clinic.json");
const CALENDAR: &str = include_str!("../../fuzz/seeds/calendar_file/weekly.ics");
const PATIENTS: &str = include_str!("../../fuzz/seeds/patient_table/list.csv");

/// What a file is spoilt with.
fn odd() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("null".to_owned()),
        Just("-1".to_owned()),
        Just("1e400".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("\"\\u0000\"".to_owned()),
        Just("\"2026-02-30\"".to_owned()),
        Just("\"25:61\"".to_owned()),
        Just("[[[[[[[[[[[[[[[[".to_owned()),
        Just("{\"id\":".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\r\n".to_owned()),
        Just("\"".to_owned()),
        Just(";;;;".to_owned()),
        Just("99991231T235960Z".to_owned()),
        "\\PC{0,8}",
    ]
}

/// A right file of which a stretch was replaced.
fn spoilt(right: &'static str) -> impl Strategy<Value = String> {
    let letters = right.chars().count();
    (0..letters, 0..24_usize, odd()).prop_map(move |(at, length, odd)| {
        let head: String = right.chars().take(at).collect();
        let tail: String = right.chars().skip(at + length).collect();
        format!("{head}{odd}{tail}")
    })
}

fn clinic_file(text: &str) {
    if let Err(faults) = read_clinic_for_import(text) {
        assert!(!faults.to_string().is_empty(), "a refusal gives its reason");
    }
    if let Ok(records) = read_clinic(text) {
        let again = read_clinic(&write_clinic(&records)).expect("what was written can be read");
        assert!(again == records, "something was lost");
    }
}

fn request(text: &str) {
    if let Err(faults) = read_request(text) {
        assert!(!faults.to_string().is_empty(), "a refusal gives its reason");
    }
}

fn calendar_file(bytes: &[u8]) {
    let date = |text: &str| text.parse().expect("a date");
    let options = ReadOptions {
        time_zone: chrono_tz::America::Toronto,
        from: date("2026-03-01"),
        to: date("2027-03-01"),
    };
    match read_calendar(bytes, &options) {
        Ok(reading) => {
            assert!(reading.events.len() <= MOST_EVENTS);
            assert!(reading.events.iter().all(|event| event.from < event.to));
            assert_eq!(read_calendar(bytes, &options), Ok(reading));
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal gives its reason"),
    }
}

fn patient_table(text: &str) {
    if let Ok(table) = PatientTable::read(text, Language::French) {
        let columns = table.guessed();
        let order = table.date_order(columns);
        assert!(table.rows.is_sorted_by_key(|(line, _)| *line));
        for (_, cells) in &table.rows {
            let _ = patient_form(cells, columns, order);
        }
    }
}

fn words(text: &str) {
    if let Err(error) = key::parse(text) {
        assert!(!error.message.is_empty());
    }
    match RecoveryKey::parse(text, Language::French) {
        Ok(paper) => {
            let again = RecoveryKey::parse(&paper.groups().join("-"), Language::English);
            assert!(again.is_ok_and(|again| again == paper));
        }
        Err(slip) => assert!(!slip.message.is_empty(), "a refusal gives its reason"),
    }
    if let Some(kind) = JournalKind::parse(text) {
        assert_eq!(kind.as_str(), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_no_reason_to_fail(text in "\\PC{0,200}|[\\[\\]{}\":,0-9a-z\\\\]{0,200}") {
        clinic_file(&text);
        request(&text);
        calendar_file(text.as_bytes());
        patient_table(&text);
        words(&text);
    }

    #[test]
    fn any_signs_of_a_recovery_key_are_read_or_refused(text in "[0-9A-Za-z -]{40,50}") {
        words(&text);
    }

    #[test]
    fn a_spoilt_calendar_is_refused_or_read(text in spoilt(CALENDAR)) {
        calendar_file(text.as_bytes());
    }

    #[test]
    fn a_spoilt_list_of_patients_is_refused_or_read(text in spoilt(PATIENTS)) {
        patient_table(&text);
    }

    #[test]
    fn a_spoilt_clinic_file_is_refused_or_read_whole(text in spoilt(CLINIC)) {
        clinic_file(&text);
    }

    #[test]
    fn a_spoilt_request_is_refused_or_read(text in spoilt(REQUEST)) {
        request(&text);
    }
}

#[test]
fn what_nests_without_end_is_refused() {
    for open in ["[", "{\"a\":"] {
        let text = open.repeat(100_000);
        assert!(read_clinic(&text).is_err());
        assert!(read_request(&text).is_err());
    }
}

/// No calendar of a clinic reaches so far; a typing error in a file does.
#[test]
fn a_year_far_off_is_no_reason_to_fail() {
    let present = "2026-";
    assert!(BOOKED.contains(present) && REQUEST.contains(present));
    for year in ["9532-", "9999-", "0001-", "+262142-", "-262143-"] {
        clinic_file(&BOOKED.replace(present, year));
        request(&REQUEST.replace(present, year));
    }
}
