//! Any text as a list of patients: refused with a reason, or read to rows in their order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ordo_desk::Language;
use ordo_desk::file::{PatientTable, patient_form};

fuzz_target!(|text: &str| {
    if let Ok(table) = PatientTable::read(text, Language::French) {
        let columns = table.guessed();
        let order = table.date_order(columns);
        let mut before = 0;
        for (line, cells) in &table.rows {
            assert!(before < *line, "line {line} after {before}");
            before = *line;
            let _ = patient_form(cells, columns, order);
        }
    }
});
