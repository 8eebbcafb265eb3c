//! The window's own surroundings on the desktop.

use ordo_desk::Error;
use tauri::State;
use tauri::ipc::Channel;

use crate::clinic::OpenClinic;
use crate::closing::Closing;
use crate::menu::{MenuBar, MenuPart};

/// Shows a menu bar; what is chosen in it is told through `chosen`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn show_menu(
    clinic: State<'_, OpenClinic>,
    bar: State<'_, MenuBar>,
    parts: Vec<MenuPart>,
    chosen: Channel<String>,
) -> Result<(), Error> {
    bar.show(&parts, chosen, clinic.language())
}

/// Says whether something in the window is not saved; while that is so, it is asked through `asked` before it closes.
// Not beside other commands, so that the last word stays the last.
#[tauri::command]
#[specta::specta]
pub(crate) fn hold_open(
    closing: State<'_, Closing>,
    is_unsaved: bool,
    asked: Channel<()>,
) -> Result<(), Error> {
    closing.hold(is_unsaved.then_some(asked));
    Ok(())
}

/// Closes the window, whatever is not saved.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn close_window(closing: State<'_, Closing>) -> Result<(), Error> {
    closing.close();
    Ok(())
}
