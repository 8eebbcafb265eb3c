//! Patients: search, record, editing, merging.

use chrono::NaiveDate;
use ordo_desk::Error;
use ordo_desk::view::board::Saved;
use ordo_desk::view::patients::{
    MergePreview, PatientChoices, PatientForm, PatientHit, PatientHits, PatientRecord,
};
use tauri::State;

use crate::clinic::OpenClinic;

/// Patients that fit what is typed, from a place in the list on; those worked on lately come first when nothing is.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn search_patients(
    clinic: State<'_, OpenClinic>,
    text: String,
    from: u32,
    limit: u32,
) -> Result<PatientHits, Error> {
    clinic.ask(|desk| desk.search_patients(&text, from, limit))
}

/// Patients who may be the same person.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn similar_patients(
    clinic: State<'_, OpenClinic>,
    name: String,
    phone: String,
    date_of_birth: Option<NaiveDate>,
) -> Result<Vec<PatientHit>, Error> {
    clinic.ask(|desk| desk.similar_patients(&name, &phone, date_of_birth, None))
}

/// A patient's record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn patient_record(clinic: State<'_, OpenClinic>, id: String) -> Result<PatientRecord, Error> {
    clinic.ask(|desk| desk.patient_record(&id.as_str().into()))
}

/// What the lists of a patient's form offer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn patient_choices(clinic: State<'_, OpenClinic>) -> Result<PatientChoices, Error> {
    clinic.ask(|desk| desk.patient_choices())
}

/// Adds a patient.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn new_patient(clinic: State<'_, OpenClinic>, form: PatientForm) -> Result<Saved, Error> {
    clinic.ask(|desk| desk.new_patient(&form))
}

/// Saves what was made of a record.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_patient(
    clinic: State<'_, OpenClinic>,
    id: String,
    original: PatientForm,
    edited: PatientForm,
) -> Result<Saved, Error> {
    clinic.ask(|desk| desk.save_patient(&id.as_str().into(), &original, &edited))
}

/// Removes a patient without history.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn remove_patient(clinic: State<'_, OpenClinic>, id: String) -> Result<Saved, Error> {
    clinic.ask(|desk| desk.remove_patient(&id.as_str().into()))
}

/// What merging two records would do.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn merge_preview(
    clinic: State<'_, OpenClinic>,
    kept: String,
    merged: String,
) -> Result<MergePreview, Error> {
    clinic.ask(|desk| desk.merge_preview(&kept.as_str().into(), &merged.as_str().into()))
}

/// Merges one record into another.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn merge_patients(
    clinic: State<'_, OpenClinic>,
    kept: String,
    merged: String,
) -> Result<Saved, Error> {
    clinic.ask(|desk| desk.merge_patients(&kept.as_str().into(), &merged.as_str().into()))
}
