//! Clinic and request files: the public examples are read, and writing loses nothing.

use std::path::Path;

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
