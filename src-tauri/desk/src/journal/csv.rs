//! The journal as a table for other programs, in which no cell is a formula.

use csv::{Terminator, Writer, WriterBuilder};
use ordo_store::Trace;

use super::words::Words;
use crate::view::journal::JournalLine;
use crate::{Code, Error};

/// A table in the making.
pub(super) struct Table {
    writer: Writer<Vec<u8>>,
    heads: Result<(), Error>,
}

impl Table {
    pub(super) fn new(words: Words) -> Self {
        // Spreadsheets take a file without this mark for one in the letters of their system.
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        let heads = writer.write_record(words.heads()).map_err(|error| failed(&error));
        Self { writer, heads }
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, line: &JournalLine, trace: &Trace) -> Result<(), Error> {
        let names: Vec<&str> = line.about.iter().map(|patient| patient.name.as_str()).collect();
        let ids: Vec<&str> = line.about.iter().map(|patient| patient.id.as_str()).collect();
        let cells = [
            line.entry.to_string(),
            line.at.format("%Y-%m-%d %H:%M:%S").to_string(),
            trace.entry.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            line.person.clone(),
            line.what.clone(),
            names.join("; "),
            ids.join("; "),
            line.records.to_string(),
            line.details.join("; "),
            line.reason.clone(),
            trace.hash.to_string(),
        ];
        self.writer
            .write_record(cells.iter().map(|cell| harmless(cell)))
            .map_err(|error| failed(&error))
    }

    /// The text of the table.
    pub(super) fn finish(self) -> Result<String, Error> {
        self.heads?;
        let bytes = self
            .writer
            .into_inner()
            .map_err(|error| failed(&error.into_error().into()))?;
        String::from_utf8(bytes).map_err(|error| Error::new(Code::BadFile, error.to_string()))
    }
}

/// A cell as text that no spreadsheet takes for a formula: one that could be gets an apostrophe in front.
fn harmless(cell: &str) -> String {
    // Some programs leave out white space and marks first, and some read the wide forms of East Asia alike.
    let first = cell
        .chars()
        .find(|letter| !letter.is_whitespace() && !letter.is_control() && *letter != '\u{feff}');
    let begins_blank = cell.starts_with(['\t', '\r', '\n']);
    if begins_blank || matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn failed(error: &csv::Error) -> Error {
    Error::new(Code::BadFile, error.to_string())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDateTime};
    use ordo_core::Language;
    use ordo_store::{Entry, EntryKind, Hash};
    use proptest::prelude::*;

    use super::*;
    use crate::view::journal::{JournalKind, JournalPatient};

    #[test]
    fn formulas_are_text() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\nx", "'\nx"),
            ("  =1", "'  =1"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("＝1", "'＝1"),
            ("1-2", "1-2"),
            ("Zoé", "Zoé"),
            ("'=1", "'=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), expected, "{cell:?}");
        }
    }

    /// A table of one entry whose every text is `text`, read back.
    fn written(text: &str) -> Vec<Vec<String>> {
        let line = JournalLine {
            entry: 7,
            at: NaiveDateTime::default(),
            person: text.to_owned(),
            what: text.to_owned(),
            kind: JournalKind::View,
            about: vec![JournalPatient {
                id: text.to_owned(),
                name: text.to_owned(),
            }],
            more_patients: false,
            records: 1,
            details: vec![text.to_owned()],
            reason: text.to_owned(),
        };
        let trace = Trace {
            entry: Entry {
                seq: 7,
                at: DateTime::default(),
                actor: text.to_owned(),
                kind: EntryKind::View,
                reason: text.to_owned(),
                changes: Vec::new(),
            },
            records: 1,
            hash: Hash::NONE,
        };
        let mut table = Table::new(Words(Language::French));
        table.add(&line, &trace).unwrap();
        let text = table.finish().unwrap();
        let read = text.strip_prefix('\u{feff}').unwrap().as_bytes();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(read);
        let rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    }

    proptest! {
        #[test]
        fn no_cell_of_any_text_is_a_formula_and_none_is_lost(
            text in "[=+@\\-\t\r\n ,;\"'＝a0\u{feff}]{0,12}|\\PC*"
        ) {
            let rows = written(&text);
            prop_assert_eq!(rows.len(), 2);
            let cells = &rows[1];
            prop_assert_eq!(cells.len(), rows[0].len());
            for cell in cells {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{:?}", cell);
            }
            let kept = cells[3].strip_prefix('\'').unwrap_or(&cells[3]);
            prop_assert!(cells[3] == text || kept == text);
        }
    }
}
