//! A practitioner's own day and calendar.

use chrono::NaiveDate;
use ordo_desk::Error;
use ordo_desk::view::practitioner::{NamesShown, PractitionerDay, PractitionerName};
use tauri::State;

use crate::clinic::OpenClinic;
use crate::downloads::Downloads;

/// Everybody who treats.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practitioners(clinic: State<'_, OpenClinic>) -> Result<Vec<PractitionerName>, Error> {
    clinic.ask(|desk| desk.practitioners())
}

/// One practitioner's day.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practitioner_day(
    clinic: State<'_, OpenClinic>,
    practitioner: String,
    date: NaiveDate,
) -> Result<PractitionerDay, Error> {
    clinic.ask(|desk| desk.practitioner_day(&practitioner.as_str().into(), date))
}

/// Keeps a practitioner's calendar between two dates as a file among the downloads; gives its place.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_calendar(
    clinic: State<'_, OpenClinic>,
    downloads: State<'_, Downloads>,
    practitioner: String,
    from: NaiveDate,
    to: NaiveDate,
    names: NamesShown,
) -> Result<String, Error> {
    let file = clinic.ask(|desk| desk.calendar_file(&practitioner.as_str().into(), from, to, names))?;
    Ok(downloads.keep(&file.file_name, &file.text)?.display().to_string())
}
