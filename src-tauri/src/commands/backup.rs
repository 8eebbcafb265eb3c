//! Backups: the folder, the list, taking one, putting one back.

use ordo_desk::Error;
use ordo_desk::view::backup::{BackupLine, BackupsView, Restored};
use tauri::State;

use crate::clinic::OpenClinic;
use crate::files::Files;

/// Where backups lie, and which there are.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn backups(clinic: State<'_, OpenClinic>) -> Result<BackupsView, Error> {
    Ok(clinic.backups()?.in_words())
}

/// Chooses the folder of the backups; nothing means the one beside the database.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose_backup_folder(
    clinic: State<'_, OpenClinic>,
    folder: String,
) -> Result<BackupsView, Error> {
    Ok(clinic.ask(|desk| desk.choose_backup_folder(&folder))?.in_words())
}

/// Asks for a folder; gives its path, or none when the user thought better of it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ask_for_folder(files: State<'_, Files>) -> Result<Option<String>, Error> {
    Ok(files.choose_folder().map(|folder| folder.display().to_string()))
}

/// Takes a backup now; the desk goes on working meanwhile.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn back_up(clinic: State<'_, OpenClinic>) -> Result<BackupLine, Error> {
    clinic.back_up()
}

/// Puts a backup back; what was there is kept.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn restore_backup(clinic: State<'_, OpenClinic>, name: String) -> Result<Restored, Error> {
    Ok(clinic.restore(&name)?.in_words())
}
