//! A calendar of another program as the absences of a practitioner.

use std::fmt::Write;

use ordo_desk::view::calendars::{CalendarImportForm, CalendarImportView, ImportedTime};
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::Failure;
use crate::open;
use crate::output::{Output, read_bytes};

/// The largest calendar that is read, in octets; the core refuses the same with more words.
const MOST: u64 = ordo_core::ical::reading::MOST_BYTES as u64 + 1;

/// Brings a calendar in, or tells what that would do.
pub fn import_ics(arguments: &Arguments, asked: &args::ImportIcs, output: Output) -> Result<(), Failure> {
    let bytes = read_bytes(&asked.file, MOST)?;
    let mut desk = open::open(arguments)?;
    let form = CalendarImportForm {
        practitioner: asked.practitioner.clone(),
        titles: asked.titles,
        from: asked.from,
        to: asked.to,
    };
    let done = if asked.preview {
        desk.preview_calendar(&form, &bytes)?
    } else {
        desk.import_calendar(&form, &bytes)?
    };
    output.answer(|| text(&done, asked.preview), || json!(done))
}

fn text(done: &CalendarImportView, is_preview: bool) -> String {
    let name = done.name.as_deref().unwrap_or("The calendar");
    let would = if is_preview { "would be " } else { "" };
    let mut text = format!(
        "{name}, {} to {}: {} {would}added, {} {would}changed, {} {would}removed, {} as they were; {} lie outside these \
         dates, {} take no time.",
        done.from,
        done.to,
        done.added.len(),
        done.changed.len(),
        done.removed.len(),
        done.unchanged,
        done.outside,
        done.free
    );
    let sections = [("+", &done.added), ("~", &done.changed), ("-", &done.removed)];
    for (sign, times) in sections {
        for time in times {
            let _ = write!(text, "\n  {sign} {}", time_text(time));
        }
    }
    for hit in &done.affected {
        let _ = write!(
            text,
            "\n  ! {} {}: {}",
            hit.visit.start.format("%Y-%m-%d %H:%M"),
            hit.patient_name,
            hit.why
        );
    }
    for skipped in &done.skipped {
        let _ = write!(text, "\n  line {}: {}", skipped.line, skipped.why);
    }
    if done.more_skipped > 0 {
        let _ = write!(text, "\n  and {} more lines", done.more_skipped);
    }
    text
}

fn time_text(time: &ImportedTime) -> String {
    let format = "%Y-%m-%d %H:%M";
    let reason = if time.reason.is_empty() {
        String::new()
    } else {
        format!("  {}", time.reason)
    };
    format!(
        "{} – {}{reason}",
        time.from.format(format),
        time.to.format(format)
    )
}
