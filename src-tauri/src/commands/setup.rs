//! Setting the clinic up.

use chrono::NaiveDate;
use ordo_desk::view::board::Saved;
use ordo_desk::view::protocols::{ProtocolEffect, ProtocolsForm, ProtocolsView};
use ordo_desk::view::setup::{
    AffectedVisit, ClinicPart, FileReport, HolidayLine, NewClinicForm, PractitionerForm, SetupView, WeekDay,
};
use ordo_desk::{Desk, Error};
use tauri::State;

use crate::clinic::OpenClinic;

/// Whether there is no clinic yet, so that the first start is shown.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn is_first_start(clinic: State<'_, OpenClinic>) -> Result<bool, Error> {
    clinic.ask(|desk| desk.is_empty())
}

/// Starts with the demo clinic.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn start_demo(clinic: State<'_, OpenClinic>) -> Result<(), Error> {
    clinic.ask(Desk::start_demo)
}

/// What the guided set-up of a new clinic offers at first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn new_clinic_defaults(clinic: State<'_, OpenClinic>) -> Result<NewClinicForm, Error> {
    clinic.ask(|desk| Ok(desk.new_clinic_defaults()))
}

/// Starts with a new clinic.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn start_new(clinic: State<'_, OpenClinic>, form: NewClinicForm) -> Result<(), Error> {
    clinic.ask(|desk| desk.start_new(&form))
}

/// What a clinic file holds, or what is wrong with it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_file(clinic: State<'_, OpenClinic>, text: String) -> Result<FileReport, Error> {
    clinic.ask(|desk| Ok(desk.check_file(&text)))
}

/// Starts with a clinic file.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn start_file(clinic: State<'_, OpenClinic>, text: String) -> Result<(), Error> {
    clinic.ask(|desk| desk.start_file(&text))
}

/// Everything of the clinic that the set-up screens edit.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn setup(clinic: State<'_, OpenClinic>) -> Result<SetupView, Error> {
    clinic.ask(|desk| desk.setup())
}

/// Adds, changes or removes a part of the clinic.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_part(
    clinic: State<'_, OpenClinic>,
    original: Option<ClinicPart>,
    edited: Option<ClinicPart>,
) -> Result<Saved, Error> {
    clinic.ask(|desk| desk.save_part(original.as_ref(), edited.as_ref()))
}

/// The booked visits that a changed part would hit.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn part_impact(
    clinic: State<'_, OpenClinic>,
    part: ClinicPart,
) -> Result<Vec<AffectedVisit>, Error> {
    clinic.ask(|desk| desk.part_impact(&part))
}

/// The working time of a practitioner, as they are being edited, on the seven dates from one on.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn practitioner_week(
    clinic: State<'_, OpenClinic>,
    form: PractitionerForm,
    monday: NaiveDate,
) -> Result<Vec<WeekDay>, Error> {
    clinic.ask(|desk| desk.practitioner_week(&form, monday))
}

/// The booked visits that do not fit the clinic as it is.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn misplaced_visits(clinic: State<'_, OpenClinic>) -> Result<Vec<AffectedVisit>, Error> {
    clinic.ask(|desk| desk.misplaced_visits())
}

/// Ontario's holidays of a year.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn holidays(clinic: State<'_, OpenClinic>, year: i32) -> Result<Vec<HolidayLine>, Error> {
    clinic.ask(|desk| desk.holidays(year))
}

/// A version of the protocols; the one in force when none is named.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn protocols(clinic: State<'_, OpenClinic>, version: Option<u32>) -> Result<ProtocolsView, Error> {
    clinic.ask(|desk| desk.protocols_view(version))
}

/// The running series that changed protocols would decide otherwise.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn protocols_impact(
    clinic: State<'_, OpenClinic>,
    form: ProtocolsForm,
) -> Result<Vec<ProtocolEffect>, Error> {
    clinic.ask(|desk| desk.protocols_impact(&form))
}

/// Writes the next version of the protocols.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_protocols(
    clinic: State<'_, OpenClinic>,
    began_with: u32,
    form: ProtocolsForm,
) -> Result<Saved, Error> {
    clinic.ask(|desk| desk.save_protocols(began_with, &form))
}
