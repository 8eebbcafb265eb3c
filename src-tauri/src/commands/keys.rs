//! The key of the database: opening with it, where it is kept, the recovery key, a new key.

use ordo_desk::view::keys::{KeyState, RecoveryPaper};
use ordo_desk::{Error, Language};
use tauri::State;

use crate::clinic::OpenClinic;

/// Opens the clinic with its passphrase or its recovery key, where this computer does not hold the key.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn unlock_clinic(
    clinic: State<'_, OpenClinic>,
    secret: &str,
    language: &str,
) -> Result<(), Error> {
    clinic.unlock(secret, Language::of_code(language).unwrap_or_default())
}

/// Where the key of the database is kept.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn key_state(clinic: State<'_, OpenClinic>) -> Result<KeyState, Error> {
    clinic.ask(|desk| desk.key_state(clinic.vault()))
}

/// Makes a new recovery key to be printed or written down; it opens nothing until it is taken into use.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn draft_recovery_key(clinic: State<'_, OpenClinic>) -> Result<RecoveryPaper, Error> {
    clinic.ask(|desk| desk.draft_recovery_key(clinic.vault()))
}

/// Gives the database a new key, under the passphrase or else in the keychain, and the recovery key that was drafted.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn protect_key(
    clinic: State<'_, OpenClinic>,
    group: &str,
    passphrase: Option<String>,
) -> Result<(), Error> {
    clinic.ask(|desk| desk.protect_key(group, passphrase.as_deref(), clinic.vault()))
}

/// Takes the recovery key that was drafted into use in the place of the one before.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn renew_recovery_key(clinic: State<'_, OpenClinic>, group: &str) -> Result<(), Error> {
    clinic.ask(|desk| desk.renew_recovery_key(group, clinic.vault()))
}

/// Keeps the key under the passphrase, or in the keychain where none is given.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn move_key(clinic: State<'_, OpenClinic>, passphrase: Option<String>) -> Result<(), Error> {
    clinic.ask(|desk| desk.move_key(passphrase.as_deref(), clinic.vault()))
}
