//! Calendars that come in and go out.

use std::path::PathBuf;

use ordo_desk::Error;
use ordo_desk::view::calendars::{CalendarImportForm, CalendarImportView, SharingView};
use ordo_desk::view::practitioner::NamesShown;
use tauri::State;

use crate::clinic::{OpenClinic, secret};
use crate::files::Files;
use crate::sharing::Sharing;

/// What bringing a calendar in as a practitioner's absences would do.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_calendar(
    clinic: State<'_, OpenClinic>,
    form: CalendarImportForm,
    text: String,
) -> Result<CalendarImportView, Error> {
    clinic.ask(|desk| desk.preview_calendar(&form, text.as_bytes()))
}

/// Brings a calendar in as a practitioner's absences, as one change.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_calendar(
    clinic: State<'_, OpenClinic>,
    form: CalendarImportForm,
    text: String,
) -> Result<CalendarImportView, Error> {
    clinic.ask(|desk| desk.import_calendar(&form, text.as_bytes()))
}

/// Saves every visit of a series as a file for the patient; gives its place, or none when the user thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_series_calendar(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    series: String,
) -> Result<Option<String>, Error> {
    let file = clinic.ask(|desk| desk.export_series(&series.as_str().into()))?;
    let place = files.save(&file.file_name, &file.text)?;
    Ok(place.map(|place| place.display().to_string()))
}

/// How calendars are shared from this machine.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sharing(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
) -> Result<SharingView, Error> {
    let practitioners = clinic.ask(|desk| desk.sharing_lines())?;
    let now = sharing.now();
    Ok(SharingView {
        practitioners,
        serves: now.serves,
        address: now.address,
        folder: now.folder,
        problem: now.problem,
    })
}

/// Chooses how much a practitioner's calendar tells of patients.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn share_names(
    clinic: State<'_, OpenClinic>,
    practitioner: String,
    names: NamesShown,
) -> Result<(), Error> {
    clinic.ask(|desk| desk.share_names(&practitioner.as_str().into(), names.into()))?;
    Ok(())
}

/// Gives a practitioner's feed a new secret address, or ends it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn share_feed(
    clinic: State<'_, OpenClinic>,
    practitioner: String,
    feed: bool,
) -> Result<(), Error> {
    let practitioner = practitioner.as_str().into();
    if feed {
        let random = secret()?;
        clinic.ask(|desk| desk.start_feed(&practitioner, random))?;
    } else {
        clinic.ask(|desk| desk.stop_feed(&practitioner))?;
    }
    Ok(())
}

/// Starts or ends the feed server.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn serve_feeds(sharing: State<'_, Sharing>, serves: bool) -> Result<(), Error> {
    sharing.serve(serves)
}

/// Keeps a folder of calendars up to date from now on, or none.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn share_folder(sharing: State<'_, Sharing>, folder: Option<String>) -> Result<(), Error> {
    let folder = folder.map(|folder| PathBuf::from(folder.trim()));
    sharing.keep_folder(folder.filter(|folder| !folder.as_os_str().is_empty()))
}
