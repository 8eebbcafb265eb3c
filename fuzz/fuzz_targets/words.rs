//! Any text where a key or a word of the journal is expected.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordo_desk::key;
use ordo_desk::view::journal::JournalKind;

fuzz_target!(|text: &str| {
    let _ = key::parse(text);
    if let Some(kind) = JournalKind::parse(text) {
        assert_eq!(kind.as_str(), text);
    }
});
