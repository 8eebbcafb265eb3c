//! Any text where a key, a recovery key or a word of the journal is expected.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordo_desk::key::{self, RecoveryKey};
use ordo_desk::Language;
use ordo_desk::view::journal::JournalKind;

fuzz_target!(|text: &str| {
    let _ = key::parse(text);
    match RecoveryKey::parse(text, Language::French) {
        Ok(paper) => {
            let again = RecoveryKey::parse(&paper.groups().join("-"), Language::English);
            assert!(again.is_ok_and(|again| again == paper), "a paper is read as it was printed");
        }
        Err(slip) => assert!(!slip.message.is_empty(), "a refusal gives its reason"),
    }
    if let Some(kind) = JournalKind::parse(text) {
        assert_eq!(kind.as_str(), text);
    }
});
