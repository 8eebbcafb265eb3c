//! The window's own surroundings on the desktop.

use ordo_desk::Error;
use tauri::State;
use tauri::ipc::Channel;

use crate::menu::{MenuBar, MenuPart};

/// Shows a menu bar; what is chosen in it is told through `chosen`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn show_menu(
    bar: State<'_, MenuBar>,
    parts: Vec<MenuPart>,
    chosen: Channel<String>,
) -> Result<(), Error> {
    bar.show(&parts, chosen)
}
