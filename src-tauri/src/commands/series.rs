//! Booking a series.

use chrono::NaiveDate;
use ordo_desk::view::board::Change;
use ordo_desk::view::patients::AvailabilityForm;
use ordo_desk::view::series::{
    ProviderDecisionForm, SeriesAsk, SeriesBooking, SeriesCard, SeriesChoices, SeriesOutcome,
    SeriesProposals, SessionName, SessionStarts,
};
use ordo_desk::{Error, Language};
use tauri::State;

use crate::clinic::OpenClinic;
use crate::files::Files;

/// What the form offers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn series_choices(clinic: State<'_, OpenClinic>) -> Result<SeriesChoices, Error> {
    clinic.ask(|desk| desk.series_choices())
}

/// The proposals.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn series_proposals(
    clinic: State<'_, OpenClinic>,
    ask: SeriesAsk,
) -> Result<SeriesProposals, Error> {
    clinic.ask(|desk| desk.series_proposals(&ask))
}

/// Where one visit of a series may be put on a date.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn session_starts(
    clinic: State<'_, OpenClinic>,
    ask: SeriesAsk,
    session: SessionName,
    date: NaiveDate,
) -> Result<Vec<SessionStarts>, Error> {
    clinic.ask(|desk| desk.session_starts(&ask, &session, date))
}

/// What the form asks when the rest of a running series is planned again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rest_of_series(clinic: State<'_, OpenClinic>, series: &str) -> Result<SeriesAsk, Error> {
    clinic.ask(|desk| desk.rest_of_series(&series.into()))
}

/// The windows of availability that a text names.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn understand_availability(
    clinic: State<'_, OpenClinic>,
    text: &str,
) -> Result<Vec<AvailabilityForm>, Error> {
    clinic.ask(|desk| desk.understand_availability(text))
}

/// The card of a series, in English or French.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn series_card(
    clinic: State<'_, OpenClinic>,
    series: &str,
    language: &str,
) -> Result<SeriesCard, Error> {
    clinic.ask(|desk| desk.series_card(&series.into(), Language::of_code(language).unwrap_or_default()))
}

/// Saves the card of a series as a PDF; gives its place, or none when the user thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_series_card(
    clinic: State<'_, OpenClinic>,
    files: State<'_, Files>,
    series: &str,
    language: &str,
) -> Result<Option<String>, Error> {
    let language = Language::of_code(language).unwrap_or_default();
    let file = clinic.ask(|desk| desk.series_card_file(&series.into(), language))?;
    let place = files.save(&file.file_name, &file.bytes, clinic.language())?;
    Ok(place.map(|place| place.display().to_string()))
}

/// Books a proposal as it was shown.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn book_series(
    clinic: State<'_, OpenClinic>,
    booking: SeriesBooking,
) -> Result<SeriesOutcome, Error> {
    clinic.ask(|desk| desk.book_series(&booking))
}

/// Notes what a provider decided for a patient.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn note_provider_decision(
    clinic: State<'_, OpenClinic>,
    patient: &str,
    form: ProviderDecisionForm,
) -> Result<Change, Error> {
    clinic.ask(|desk| desk.note_provider_decision(&patient.into(), &form))
}
