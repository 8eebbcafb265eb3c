//! Calendars and lists that come in and go out.

use chrono::NaiveDate;
use ordo_desk::view::calendars::{CalendarImportForm, CalendarImportView, SharingView};
use ordo_desk::view::patient_list::{ListPreview, PatientListForm};
use ordo_desk::view::practitioner::NamesShown;
use ordo_desk::{Error, Language};
use tauri::State;

use crate::clinic::OpenClinic;
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

/// What bringing a list of patients in would do.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_patient_list(
    clinic: State<'_, OpenClinic>,
    form: PatientListForm,
    text: String,
) -> Result<ListPreview, Error> {
    clinic.ask(|desk| desk.preview_patient_list(&form, &text))
}

/// Brings a list of patients in, as one change.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_patient_list(
    clinic: State<'_, OpenClinic>,
    form: PatientListForm,
    text: String,
) -> Result<ListPreview, Error> {
    clinic.ask(|desk| desk.import_patient_list(&form, &text))
}

/// Saves every visit of a series as a file for the patient; gives its place, or none when the user thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_series_calendar(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    series: String,
    language: String,
) -> Result<Option<String>, Error> {
    let language = Language::of_code(&language).unwrap_or_default();
    let file = clinic.ask(|desk| desk.export_series(&series.as_str().into(), language))?;
    let place = files.save(&file.file_name, &file.text)?;
    Ok(place.map(|place| place.display().to_string()))
}

/// Saves the dates on which the clinic is closed as a file; gives its place, or none when the user thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_closures(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Option<String>, Error> {
    let file = clinic.ask(|desk| desk.export_closures(from, to))?;
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
    Ok(sharing.view(practitioners))
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
        let mut random = [0; 32];
        (clinic.vault().random)(&mut random)?;
        clinic.ask(|desk| desk.start_feed(&practitioner, random))?;
    } else {
        clinic.ask(|desk| desk.stop_feed(&practitioner))?;
    }
    Ok(())
}

/// Starts or ends the feed server, for this machine alone or for the network.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn serve_feeds(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
    serves: bool,
    network: bool,
) -> Result<(), Error> {
    let language = clinic.ask(|desk| desk.may_serve().map(|()| desk.language()))?;
    sharing.serve(serves, network, language)
}

/// Keeps a folder of calendars up to date from now on, or none.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn share_folder(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
    folder: Option<String>,
) -> Result<(), Error> {
    let language = clinic.ask(|desk| desk.may_share_folder().map(|()| desk.language()))?;
    let folder = folder.map(|folder| folder.trim().into());
    sharing.keep_folder(
        folder.filter(|folder: &std::path::PathBuf| !folder.as_os_str().is_empty()),
        language,
    )
}
