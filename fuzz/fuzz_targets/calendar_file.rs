//! Any octets as a calendar of another program: refused with a reason, or read to times that can be drawn.
#![no_main]

use chrono::NaiveDate;
use chrono_tz::America::Toronto;
use libfuzzer_sys::fuzz_target;
use ordo_core::ical::reading::{MOST_EVENTS, ReadOptions, read_calendar};

fuzz_target!(|bytes: &[u8]| {
    let date = |year| NaiveDate::from_ymd_opt(year, 3, 1).expect("a date");
    let options = ReadOptions {
        time_zone: Toronto,
        from: date(2026),
        to: date(2027),
    };
    match read_calendar(bytes, &options) {
        Ok(reading) => {
            assert!(reading.events.len() <= MOST_EVENTS);
            assert!(reading.events.iter().all(|event| event.from < event.to));
            assert!(reading.events.is_sorted_by_key(|event| event.from));
            assert_eq!(read_calendar(bytes, &options), Ok(reading));
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal gives its reason"),
    }
});
