//! Clinic and request files: the public examples are read, and writing loses nothing.

use std::path::Path;

use proptest::prelude::*;

use ordo_desk::file::{read_clinic, read_request, write_clinic};

fn examples() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../planner/public");
    let mut clinics: Vec<_> = std::fs::read_dir(folder)
        .expect("the examples")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".clinic.json"))
        .collect();
    clinics.sort();
    assert_eq!(clinics.len(), 64);
    clinics
}

#[test]
fn every_public_example_is_read_and_written_without_loss() {
    for path in examples() {
        let text = std::fs::read_to_string(&path).expect("a file");
        let records = read_clinic(&text).unwrap_or_else(|faults| panic!("{}: {faults}", path.display()));
        let written = write_clinic(&records);
        let again =
            read_clinic(&written).unwrap_or_else(|faults| panic!("{} again: {faults}", path.display()));
        assert_eq!(again, records, "{}", path.display());
        assert_eq!(write_clinic(&again), written);

        let request = path.to_string_lossy().replace(".clinic.json", ".request.json");
        let text = std::fs::read_to_string(&request).expect("a file");
        read_request(&text).unwrap_or_else(|faults| panic!("{request}: {faults}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_records_come_out_of_a_file_as_they_went_in(records in crate::store_round_trip::records()) {
        let written = write_clinic(&records);
        match read_clinic(&written) {
            Ok(again) => prop_assert_eq!(again, records),
            Err(faults) => prop_assert!(false, "{faults}"),
        }
    }

    /// A file with some bytes replaced is read or refused; it never ends the program.
    #[test]
    fn damaged_files_are_answered(
        at in prop::collection::vec((0..2_000usize, any::<u8>()), 1..6),
        cut in 0..3_000usize,
    ) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../planner/public/2025.clinic.json");
        let mut bytes = std::fs::read(&path).unwrap();
        for (index, byte) in at {
            let length = bytes.len();
            bytes[index % length] = byte;
        }
        bytes.truncate(cut.max(1));
        let text = String::from_utf8_lossy(&bytes);
        for faults in [read_clinic(&text).err(), read_request(&text).err()].into_iter().flatten() {
            prop_assert!(!faults.faults.is_empty());
            prop_assert!(faults.faults.iter().all(|fault| fault.path.starts_with('$') && !fault.text.english.is_empty() && !fault.text.french.is_empty()));
        }
    }

    #[test]
    fn any_text_is_answered(text in ".{0,200}") {
        prop_assert!(read_clinic(&text).is_err());
        prop_assert!(read_request(&text).is_err());
    }

    /// Values of every kind in the place of every field.
    #[test]
    fn strange_values_are_answered(
        field in prop::sample::select(&["slot_minutes", "time_zone", "minutes", "hours", "kinds", "weekday", "from", "id"][..]),
        value in prop::sample::select(&["null", "true", "-1", "1e400", "1e9", "15.0", "\"\"", "\"\\u0000\"", "\"é:é\"", "\"2026-02-29\"", "[]", "[[]]", "{}", "{\"a\":1}"][..]),
    ) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../planner/public/2025.clinic.json");
        let text = std::fs::read_to_string(&path).unwrap();
        let key = format!("\"{field}\":");
        let at = text.find(&key).unwrap() + key.len();
        let end = at + text[at..].find([',', '}']).unwrap();
        let changed = format!("{}{value}{}", &text[..at], &text[end..]);
        let _ = read_clinic(&changed);
    }
}
