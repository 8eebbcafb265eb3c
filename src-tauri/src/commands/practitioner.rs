//! A practitioner's own day and calendar.

use chrono::NaiveDate;
use ordo_desk::Error;
use ordo_desk::view::practitioner::{CalendarFile, NamesShown, PractitionerDay, PractitionerName};
use tauri::State;

use crate::clinic::OpenClinic;

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

/// A practitioner's calendar between two dates as a file.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn calendar_file(
    clinic: State<'_, OpenClinic>,
    practitioner: String,
    from: NaiveDate,
    to: NaiveDate,
    names: NamesShown,
) -> Result<CalendarFile, Error> {
    clinic.ask(|desk| desk.calendar_file(&practitioner.as_str().into(), from, to, names))
}
