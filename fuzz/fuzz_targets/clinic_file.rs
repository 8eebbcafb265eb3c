//! Any text as a clinic file: refused with reasons, or read to what is written and read again alike.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordo_desk::file::{read_clinic, read_clinic_for_import, write_clinic};

fuzz_target!(|text: &str| {
    let _ = read_clinic_for_import(text);
    if let Ok(records) = read_clinic(text) {
        let written = write_clinic(&records);
        let again = read_clinic(&written).expect("what was written can be read");
        assert!(again == records, "something was lost");
    }
});
