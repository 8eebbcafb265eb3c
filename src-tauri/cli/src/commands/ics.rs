//! A practitioner's calendar as iCalendar.

use chrono::NaiveDate;
use ordo_core::model::NamesShown;
use ordo_desk::{Desk, Host};
use serde_json::json;

use crate::args::{self, Arguments};
use crate::failure::{Exit, Failure};
use crate::open;
use crate::output::{Output, write_file};

/// Writes the calendar to a file or to standard output.
pub fn ics(arguments: &Arguments, asked: &args::Ics, output: Output) -> Result<(), Failure> {
    if asked.to < asked.from {
        return Err(Failure::new(
            Exit::Usage,
            "the last day, --to, must not lie before the first, --from",
        ));
    }
    let mut desk = open::open(arguments)?;
    let text = calendar_text(&mut desk, &asked.practitioner, asked.from, asked.to, &asked.names)?;
    let Some(path) = &asked.out else {
        return output.answer(|| text.clone(), || json!({"ics": text}));
    };
    write_file(path, &text)?;
    let visits = text.matches("BEGIN:VEVENT").count();
    output.answer(
        || format!("Wrote {visits} events to {}.", path.display()),
        || json!({"file": path, "events": visits}),
    )
}

/// The calendar of a practitioner; patients are named as asked.
pub fn calendar_text<H: Host>(
    desk: &mut Desk<H>,
    practitioner: &str,
    from: NaiveDate,
    to: NaiveDate,
    names: &str,
) -> Result<String, Failure> {
    let names = match names {
        "full" => NamesShown::Full,
        "busy" => NamesShown::Busy,
        _ => NamesShown::Initials,
    };
    Ok(desk.ics(&practitioner.into(), from, to, names)?)
}
