//! Any text as a request: refused with reasons, or read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordo_desk::file::read_request;

fuzz_target!(|text: &str| {
    if let Err(faults) = read_request(text) {
        assert!(!faults.to_string().is_empty(), "a refusal gives its reason");
    }
});
