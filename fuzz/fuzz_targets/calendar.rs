//! Any bytes as a calendar: refused, or read to times that lie the right way round, the same each time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordo_core::ical::reading::{ReadOptions, read_calendar};

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions {
        time_zone: "America/Toronto".parse().expect("a zone"),
        from: "2026-01-01".parse().expect("a date"),
        to: "2026-12-31".parse().expect("a date"),
    };
    if let Ok(reading) = read_calendar(bytes, &options) {
        for event in &reading.events {
            assert!(event.from < event.to, "{event:?}");
        }
        assert_eq!(read_calendar(bytes, &options), Ok(reading));
    }
});
