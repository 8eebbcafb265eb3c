//! Newer versions of Ordo: what is known of them, looking for one, taking it.

use ordo_desk::Error;
use ordo_desk::view::updates::UpdatesView;
use tauri::State;

use crate::clinic::OpenClinic;
use crate::closing::Closing;
use crate::updates::Updates;

/// The version in use and what is known of newer ones; nothing in a program that was built without updates.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn updates(
    clinic: State<'_, OpenClinic>,
    updates: State<'_, Updates>,
) -> Result<Option<UpdatesView>, Error> {
    let (zone, language) = clinic.ask(|desk| {
        desk.may_see_updates()?;
        Ok((desk.time_zone()?, desk.language()))
    })?;
    Ok(updates.view(&zone, language))
}

/// Looks whether there is a newer version.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look_for_update(
    clinic: State<'_, OpenClinic>,
    updates: State<'_, Updates>,
) -> Result<(), Error> {
    let language = clinic.ask(|desk| desk.may_look_for_update().map(|()| desk.language()))?;
    updates.look(language).await
}

/// Chooses whether updates are looked for every day.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn look_daily(
    clinic: State<'_, OpenClinic>,
    updates: State<'_, Updates>,
    daily: bool,
) -> Result<(), Error> {
    let language = clinic.ask(|desk| desk.may_look_daily().map(|()| desk.language()))?;
    updates.look_daily(daily, language)
}

/// Takes a backup, then fetches the update and checks its signature; nothing is installed yet.
#[tauri::command]
#[specta::specta]
pub(crate) async fn fetch_update(
    clinic: State<'_, OpenClinic>,
    updates: State<'_, Updates>,
) -> Result<(), Error> {
    let language = clinic.ask(|desk| desk.may_fetch_update().map(|()| desk.language()))?;
    updates.fetch(language, || clinic.back_up().map(drop)).await
}

/// Installs the update that was fetched and starts Ordo again; where something is not saved, only if it may be lost.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn install_update(
    clinic: State<'_, OpenClinic>,
    closing: State<'_, Closing>,
    updates: State<'_, Updates>,
    discard: bool,
) -> Result<(), Error> {
    let (by, language) = clinic.ask(|desk| Ok((desk.may_install_update()?, desk.language())))?;
    updates.install(language, discard || !closing.is_held(), &by)
}
