//! The desktop shell of Ordo: one window over the use cases of `ordo_desk`.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, Manager, RunEvent, Runtime, WindowEvent};
use tauri_plugin_dialog::DialogExt;

mod clinic;
mod closing;
mod commands;
mod fence;
mod files;
mod kept;
mod menu;
#[cfg(unix)]
mod only;
#[cfg(target_os = "linux")]
mod painting;
mod place;
mod publishing;
mod sharing;
#[cfg(test)]
mod test_support;
mod updates;
mod watching;

pub use clinic::{OpenClinic, Place};
pub use commands::commands;
pub use files::{Saving, Wanted};

/// Opens the window and returns when it is closed.
///
/// # Errors
/// When the system cannot show a window or does not say where data may lie.
pub fn run() -> tauri::Result<()> {
    #[cfg(target_os = "linux")]
    painting::prepare();
    let builder = tauri::Builder::default();
    #[cfg(windows)]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
        place::bring_forward(app)
    }));
    builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(place::remembered())
        .invoke_handler(commands().invoke_handler())
        .setup(|app| {
            let folder = data_folder(app)?;
            #[cfg(unix)]
            match only::start_on(&folder) {
                only::Start::First(listener) => {
                    let app = app.handle().clone();
                    only::listen(listener, move || place::bring_forward(&app));
                }
                only::Start::Alone => {}
                only::Start::Later => {
                    app.handle().cleanup_before_exit();
                    std::process::exit(0);
                }
            }
            app.manage(menu::MenuBar::of(app.handle()));
            app.manage(closing::Closing::of(app.handle().clone()));
            if updates::can_be_taken(app.handle()) {
                offer_updates(app.handle(), &folder)?;
            }
            init(
                app,
                Place {
                    folder,
                    key: env::var("ORDO_KEY").ok().filter(|key| !key.is_empty()),
                    vault: ordo_keychain::vault(),
                },
                saving(app.handle().clone()),
            );
            // While the web view starts, the clinic is opened; what stands against it is told to the window when it asks.
            // The end of the program waits for it, as for everybody who asks the clinic.
            let handle = app.handle().clone();
            std::thread::spawn(move || drop(handle.state::<OpenClinic>().ask_existing(|_| Ok(()))));
            let windows = app.config().app.windows.clone();
            windows.iter().try_for_each(|window| fence::open(app, window))?;
            #[cfg(target_os = "linux")]
            for window in app.webview_windows().values() {
                painting::fit_to_machine(window)?;
            }
            place::keep_on_screen(app);
            every_minute(app.handle().clone());
            if app.state::<updates::Updates>().is_new() {
                tell_of_update(app.handle().clone());
            }
            // What was shared when the program ended goes on.
            let handle = app.handle().clone();
            std::thread::spawn(move || handle.state::<sharing::Sharing>().begin());
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
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && !window.state::<closing::Closing>().may_close()
            {
                api.prevent_close();
            }
        })
        .build(tauri::generate_context!())?
        .run(|app, event| {
            if matches!(event, RunEvent::Exit) {
                app.state::<sharing::Sharing>().end();
                app.state::<OpenClinic>().end(watching::LAST_READ);
            }
        });
    Ok(())
}

/// Gives the commands what they work on: the clinic at `place`, and the way to save a file.
pub fn init<R: Runtime>(app: &impl Manager<R>, place: Place, saving: Saving) {
    app.manage(files::Files::new(saving));
    // Where there is a menu bar, a window or an updater already, this is none.
    app.manage(menu::MenuBar::none());
    app.manage(closing::Closing::of_nothing());
    app.manage(updates::Updates::none());
    let clinic = OpenClinic::at(place);
    app.manage(sharing::Sharing::of(clinic.clone()));
    app.manage(clinic);
}

/// Gives the commands updates of an app that was built with its makers' key; before [`init`], which gives none.
///
/// # Errors
/// When the configuration of the updater cannot be read.
pub fn offer_updates<R: Runtime>(app: &AppHandle<R>, folder: &Path) -> tauri::Result<()> {
    app.manage(updates::Updates::of(app, folder)?);
    Ok(())
}

/// Asks where to save a file or which folder to use, beginning among the downloads; `ORDO_SAVE_DIR` names a folder instead.
fn saving<R: Runtime>(app: AppHandle<R>) -> Saving {
    match env::var_os("ORDO_SAVE_DIR") {
        Some(folder) if !folder.is_empty() => Saving::Folder(folder.into()),
        _ => Saving::Asked(Box::new(move |wanted| {
            let mut dialog = app.dialog().file();
            if let Wanted::File(name) = wanted {
                dialog = dialog.set_file_name(name);
            }
            if let Ok(folder) = app.path().download_dir() {
                dialog = dialog.set_directory(folder);
            }
            if let Some(window) = app.get_webview_window("main") {
                dialog = dialog.set_parent(&window);
            }
            let chosen = match wanted {
                Wanted::File(_) => dialog.blocking_save_file(),
                Wanted::Folder => dialog.blocking_pick_folder(),
            };
            chosen?.into_path().ok()
        })),
    }
}

/// Has a backup taken whenever one is due, and updates looked for where that was chosen, for as long as the window is open.
fn every_minute(app: AppHandle) {
    const LOOK_EVERY: Duration = Duration::from_secs(60);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK_EVERY);
            let clinic = app.state::<OpenClinic>();
            clinic.back_up_when_due();
            app.state::<updates::Updates>()
                .look_when_due(chrono::Utc::now(), clinic.language());
        }
    });
}

/// Has the journal tell of the update that this start is the first of, as soon as somebody has opened the clinic.
fn tell_of_update(app: AppHandle<impl Runtime>) {
    const LOOK_EVERY: Duration = Duration::from_secs(1);
    std::thread::spawn(move || {
        let (clinic, updates) = (app.state::<OpenClinic>(), app.state::<updates::Updates>());
        while updates.is_new() {
            std::thread::sleep(LOOK_EVERY);
            if clinic.is_open() {
                // Where it cannot be written now, it is tried again; where the program ends first, at the next start.
                let _ = updates.tell_of_update(clinic.language(), |from, to, by| {
                    clinic.ask_existing(|desk| desk.note_update(from, to, by).map(drop))
                });
            }
        }
    });
}

/// The folder that the command line looks into as well.
fn data_folder<R: Runtime>(app: &impl Manager<R>) -> tauri::Result<PathBuf> {
    match env::var_os("ORDO_DATA_DIR") {
        Some(folder) if !folder.is_empty() => Ok(folder.into()),
        _ => Ok(app.path().data_dir()?.join("Ordo")),
    }
}
