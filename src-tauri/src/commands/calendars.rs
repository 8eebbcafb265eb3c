//! Calendars and lists that come in and go out.

use chrono::NaiveDate;
use ordo_desk::view::calendars::{AccountCalendar, CalendarImportForm, CalendarImportView, SharingView};
use ordo_desk::view::patient_list::{ListPreview, PatientListForm};
use ordo_desk::view::practitioner::NamesShown;
use ordo_desk::{CalendarAccount, Code, Desk, Error, Language, for_support};
use ordo_net::account::{Access, Course, FoundCalendar, calendars};
use ordo_net::fetch::calendar_text;
use tauri::State;

use crate::clinic::{Desktop, OpenClinic};
use crate::files::Files;
use crate::publishing::refusal;
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
    let place = files.save(&file.file_name, &file.text, clinic.language())?;
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
    let place = files.save(&file.file_name, &file.text, clinic.language())?;
    Ok(place.map(|place| place.display().to_string()))
}

/// How calendars are shared from this machine.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sharing(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
) -> Result<SharingView, Error> {
    let (practitioners, language) = clinic.ask(|desk| Ok((desk.sharing_lines()?, desk.language())))?;
    Ok(sharing.view(practitioners, language))
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
#[tauri::command]
#[specta::specta]
pub(crate) async fn serve_feeds(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
    serves: bool,
    network: bool,
) -> Result<(), Error> {
    let sharing = sharing.inner().clone();
    let serve = move |language| sharing.serve(serves, network, language);
    aside(&clinic, Desk::may_serve, serve).await
}

/// Names the account that a practitioner's calendar is published to, once its user may write there, and begins to publish;
/// without a password the one that is known is taken.
#[tauri::command]
#[specta::specta]
pub(crate) async fn share_account(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
    practitioner: String,
    address: String,
    user: String,
    password: Option<String>,
) -> Result<(), Error> {
    let publishing = sharing.publishing().clone();
    let account = CalendarAccount {
        address: address.trim().to_owned(),
        user: user.trim().to_owned(),
    };
    let password = password.filter(|password| !password.is_empty());
    let start = move |language| {
        let practitioner = practitioner.as_str().into();
        publishing.start(&practitioner, account, password.as_deref(), language)
    };
    aside(&clinic, Desk::may_share_account, start).await
}

/// Ends the publishing of a practitioner's calendar; where that is wanted, what Ordo wrote there is taken away first, with the
/// password that is known where none is given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn end_account(
    clinic: State<'_, OpenClinic>,
    sharing: State<'_, Sharing>,
    practitioner: String,
    removes: bool,
    password: Option<String>,
) -> Result<(), Error> {
    let publishing = sharing.publishing().clone();
    let password = password.filter(|password| !password.is_empty());
    let stop = move |language| {
        let practitioner = practitioner.as_str().into();
        match removes {
            true => publishing.take_away(&practitioner, password.as_deref(), language),
            false => publishing.leave(&practitioner),
        }
    };
    aside(&clinic, Desk::may_end_account, stop).await
}

/// The calendars of an account.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_calendars(
    clinic: State<'_, OpenClinic>,
    address: String,
    user: String,
    password: String,
) -> Result<Vec<AccountCalendar>, Error> {
    let find = move |language| {
        let found = calendars(&access(&address, &user, &password));
        let found = found.map_err(|error| refusal(&error, language))?;
        let line = |calendar: FoundCalendar| AccountCalendar {
            address: calendar.address,
            name: calendar.name,
        };
        Ok(found.into_iter().map(line).collect())
    };
    aside(&clinic, Desk::may_find_calendars, find).await
}

/// A calendar of an account as the text that a file of it would be.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_calendar(
    clinic: State<'_, OpenClinic>,
    address: String,
    user: String,
    password: String,
) -> Result<String, Error> {
    let fetch = move |language| {
        let text = calendar_text(&access(&address, &user, &password), Course::UNWATCHED);
        text.map_err(|error| refusal(&error, language))
    };
    aside(&clinic, Desk::may_fetch_calendar, fetch).await
}

fn access<'a>(address: &'a str, user: &'a str, password: &'a str) -> Access<'a> {
    Access {
        address,
        user: user.trim(),
        password,
    }
}

/// Does what may take long where nobody else waits for it, once it is clear that whoever asks may.
async fn aside<T: Send + 'static>(
    clinic: &OpenClinic,
    may: impl FnOnce(&Desk<Desktop>) -> Result<(), Error>,
    what: impl FnOnce(Language) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let language = clinic.ask(|desk| may(desk).map(|()| desk.language()))?;
    let done = tauri::async_runtime::spawn_blocking(move || what(language)).await;
    done.unwrap_or_else(|error| {
        let words = language.pick(
            "it ended before it was done; try again",
            "cela s’est arrêté avant la fin; réessayez",
        );
        Err(Error::new(
            Code::BadRequest,
            for_support(words, &error.to_string(), language),
        ))
    })
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
