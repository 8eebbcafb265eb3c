//! Calendars that leave the clinic.

use std::path::Path;

use chrono::NaiveDate;
use ordo_core::model::NamesShown;
use ordo_desk::view::practitioner::CalendarFile;
use ordo_desk::{Desk, Host, Language, named};
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::{Output, write_file};

/// Writes a calendar to a file or to standard output.
pub fn ics(arguments: &Arguments, asked: &args::Ics, output: Output) -> Result<(), Failure> {
    let mut desk = open::open(arguments)?;
    let language = Language::of_code(&asked.language).unwrap_or_default();
    desk.speak(language);
    let names = asked.names.as_deref().and_then(NamesShown::parse);
    let dates = || {
        let (Some(from), Some(to)) = (asked.from, asked.to) else {
            return Err(Failure::new(
                Exit::Usage,
                "give the first and the last day, --from and --to",
            ));
        };
        Ok((from, to))
    };
    let file = if let Some(series) = &asked.series {
        desk.export_series(&series.as_str().into(), language)?
    } else if let Some(practitioner) = &asked.practitioner {
        let (from, to) = dates()?;
        calendar(&mut desk, practitioner, from, to, names)?
    } else {
        let (from, to) = dates()?;
        desk.export_closures(from, to)?
    };
    let Some(path) = asked.out.as_deref().filter(|out| *out != Path::new("-")) else {
        let json = || json!({"ics": file.text});
        return output.file(&file.text, json);
    };
    write_file(path, &file.text)?;
    let events = file.text.matches("BEGIN:VEVENT").count();
    let warning = if names == Some(NamesShown::Full) {
        "\nIt names patients in full: keep it as you keep their records."
    } else {
        ""
    };
    output.answer(
        || format!("Wrote {events} events to {}.{warning}", named(path)),
        || json!({"file": path.to_string_lossy(), "events": events}),
    )
}

/// The calendar of a practitioner; patients are named as asked.
pub fn calendar<H: Host>(
    desk: &mut Desk<H>,
    practitioner: &str,
    from: NaiveDate,
    to: NaiveDate,
    names: Option<NamesShown>,
) -> Result<CalendarFile, Failure> {
    Ok(desk.export_calendar(&practitioner.into(), from, to, names)?)
}
