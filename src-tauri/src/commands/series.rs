//! Booking a series.

use ordo_desk::Error;
use ordo_desk::view::board::Change;
use ordo_desk::view::series::{
    ProviderDecisionForm, SeriesAsk, SeriesBooking, SeriesChoices, SeriesProposals,
};
use tauri::State;

use crate::clinic::OpenClinic;

/// What the form offers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn series_choices(clinic: State<'_, OpenClinic>) -> Result<SeriesChoices, Error> {
    clinic.ask(|desk| desk.series_choices())
}

/// Three proposals.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn series_proposals(
    clinic: State<'_, OpenClinic>,
    ask: SeriesAsk,
) -> Result<SeriesProposals, Error> {
    clinic.ask(|desk| desk.series_proposals(&ask))
}

/// Books a proposal as it was shown.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn book_series(clinic: State<'_, OpenClinic>, booking: SeriesBooking) -> Result<Change, Error> {
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
