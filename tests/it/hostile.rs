//! What comes from outside may be anything: the entry points of the fuzz targets on stable Rust, for a moment.

use ordo_desk::file::{read_clinic, read_clinic_for_import, read_request, write_clinic};
use ordo_desk::key;
use proptest::prelude::*;

/// Files that are right, to be spoilt.
const CLINIC: &str = include_str!("../planner/crafted/two-rooms-held.clinic.json");
const REQUEST: &str = include_str!("../planner/crafted/two-rooms-held.request.json");

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_no_reason_to_fail(text in "\\PC{0,200}|[\\[\\]{}\":,0-9a-z\\\\]{0,200}") {
        clinic_file(&text);
        request(&text);
        if let Err(error) = key::parse(&text) {
            prop_assert!(!error.message.is_empty());
        }
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
