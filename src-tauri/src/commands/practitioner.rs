//! A practitioner's own day and calendar.

use chrono::NaiveDate;
use ordo_desk::view::practitioner::{NamesShown, PractitionerDay, PractitionerName};
use ordo_desk::{Code, Error, for_support, named};
use tauri::State;

use crate::clinic::OpenClinic;
use crate::files::Files;

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

/// Saves a practitioner's calendar between two dates as a file; gives its place, or none when the user thought better
/// of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_calendar(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    practitioner: String,
    from: NaiveDate,
    to: NaiveDate,
    names: NamesShown,
) -> Result<Option<String>, Error> {
    let file = clinic
        .ask(|desk| desk.export_calendar(&practitioner.as_str().into(), from, to, Some(names.into())))?;
    let place = files.save(&file.file_name, &file.text, clinic.language())?;
    Ok(place.map(|place| place.display().to_string()))
}

/// Shows the folder of a file that was saved before.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn show_in_folder(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    place: String,
) -> Result<(), Error> {
    let language = clinic.language();
    let folder = files.folder_of(place.as_ref(), language)?;
    open::that_detached(&folder).map_err(|error| {
        let shown = named(&folder);
        let words = language.pick(
            format!("the system does not show {shown}; open it yourself"),
            format!("le système ne montre pas {shown}; ouvrez-le vous-même"),
        );
        let text = for_support(&words, &error.to_string(), language);
        Error::new(Code::NotFound, text)
    })
}
