//! The desktop shell of Ordo: one window over the use cases of `ordo_desk`.

use std::env;
use std::path::PathBuf;

use tauri::webview::PageLoadEvent;
use tauri::{Manager, Runtime};

mod clinic;
mod commands;
mod downloads;

pub use clinic::{OpenClinic, Place};
pub use commands::commands;

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When the system cannot show a window or does not say where data may lie.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(commands().invoke_handler())
        .setup(|app| {
            let folder = data_folder(app)?;
            init(
                app,
                Place {
                    folder,
                    key: env::var("ORDO_KEY").ok().filter(|key| !key.is_empty()),
                },
            );
            Ok(())
        })
        // Shown only when it has something to show, so that no empty frame flashes.
        .on_page_load(|webview, load| {
            if load.event() == PageLoadEvent::Finished {
                let window = webview.window();
                let _ = window.show();
                let _ = window.set_focus();
            }
        })
        .run(tauri::generate_context!())
}

/// Gives the commands what they work on: the clinic at `place`.
pub fn init<R: Runtime>(app: &impl Manager<R>, place: Place) {
    app.manage(downloads::Downloads::of(app));
    app.manage(OpenClinic::at(place));
}

/// The folder that the command line looks into as well.
fn data_folder<R: Runtime>(app: &impl Manager<R>) -> tauri::Result<PathBuf> {
    match env::var_os("ORDO_DATA_DIR") {
        Some(folder) if !folder.is_empty() => Ok(folder.into()),
        _ => Ok(app.path().data_dir()?.join("Ordo")),
    }
}
