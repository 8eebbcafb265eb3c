//! The menu of the window: its words and keys come from the window itself, which also runs what is chosen.

use std::sync::{Arc, Mutex, PoisonError};

use ordo_desk::{Code, Error, Language, for_support};
use serde::Deserialize;
use specta::Type;
use tauri::ipc::Channel;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu, SubmenuBuilder};
use tauri::{AppHandle, Manager, Runtime};

use crate::closing::Closing;

/// What closes the program, unless something is not saved; everything else is the window's.
const QUIT: &str = "quit";

/// One of the menus of the bar.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub(crate) struct MenuPart {
    /// What it is called.
    title: String,
    /// Whether it holds what is done to text, to which some systems add their own.
    is_edit: bool,
    /// Its lines in stretches, with a rule between them.
    stretches: Vec<Vec<MenuLine>>,
}

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub(crate) struct MenuLine {
    /// What is told when it is chosen.
    id: String,
    /// What it is called.
    label: String,
    /// The keys that choose it, as in `CmdOrCtrl+Z`; none where it has none.
    keys: Option<String>,
}

type Show = Box<dyn Fn(&[MenuPart]) -> tauri::Result<()> + Send + Sync>;

/// The menu bar, where there is one.
pub(crate) struct MenuBar {
    show: Show,
    chosen: Arc<Mutex<Option<Channel<String>>>>,
}

impl MenuBar {
    /// None, as in a window without a display.
    pub(crate) fn none() -> Self {
        Self {
            show: Box::new(|_| Ok(())),
            chosen: Arc::default(),
        }
    }

    /// The menu bar of an app's windows.
    pub(crate) fn of<R: Runtime>(app: &AppHandle<R>) -> Self {
        let chosen = Arc::new(Mutex::new(None::<Channel<String>>));
        let listener = Arc::clone(&chosen);
        app.on_menu_event(move |app, event| {
            let id = event.id().0.clone();
            if id == QUIT {
                if app.state::<Closing>().may_close() {
                    app.exit(0);
                }
            } else if let Some(channel) = &*listener.lock().unwrap_or_else(PoisonError::into_inner) {
                // A window that is being closed takes nothing any more.
                let _ = channel.send(id);
            }
        });
        // Without it the window has its menu all the same, and is drawn twice.
        let _ = keep_place(app);
        let app = app.clone();
        let with_keys = Mutex::new(Vec::<MenuItem<R>>::new());
        Self {
            show: Box::new(move |parts| {
                let mut shown = with_keys.lock().unwrap_or_else(PoisonError::into_inner);
                let mut new = Vec::new();
                let menu = Menu::new(&app)?;
                if cfg!(target_os = "macos") {
                    menu.append(&mac_part(&app, quit_of(parts))?)?;
                }
                for part in parts {
                    menu.append(&submenu(&app, part, &mut new)?)?;
                }
                // GTK misses the keys of a line that is gone already: they are given back while it is there.
                for item in shown.iter() {
                    item.set_accelerator(None::<&str>)?;
                }
                *shown = new;
                app.set_menu(menu).map(drop)
            }),
            chosen,
        }
    }

    /// Shows some menus; what is chosen in them is told through `chosen` from now on.
    pub(crate) fn show(
        &self,
        parts: &[MenuPart],
        chosen: Channel<String>,
        language: Language,
    ) -> Result<(), Error> {
        *self.chosen.lock().unwrap_or_else(PoisonError::into_inner) = Some(chosen);
        (self.show)(parts).map_err(|error| {
            let words = language.pick(
                "the system shows no menu; every command is in the palette (Ctrl K)",
                "le système ne montre pas de menu; chaque commande est dans la palette (Ctrl K)",
            );
            Error::new(Code::BadRequest, for_support(words, &error.to_string(), language))
        })
    }
}

/// Keeps the place of a menu bar that lies in the window, so that the page has its size before the menus are told.
fn keep_place<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    if cfg!(target_os = "macos") {
        return Ok(());
    }
    let menu = Menu::new(app)?;
    menu.append(&Submenu::new(app, " ", false)?)?;
    app.set_menu(menu).map(drop)
}

/// One menu; its lines that have keys go into `with_keys`.
fn submenu<R: Runtime>(
    app: &AppHandle<R>,
    part: &MenuPart,
    with_keys: &mut Vec<MenuItem<R>>,
) -> tauri::Result<Submenu<R>> {
    let menu = Submenu::new(app, &part.title, true)?;
    let own = part.stretches.iter().filter(|lines| !lines.is_empty());
    for (at, lines) in own.enumerate() {
        if at > 0 {
            menu.append(&PredefinedMenuItem::separator(app)?)?;
        }
        // A Mac shows it under the program's name.
        let here = lines
            .iter()
            .filter(|line| !(cfg!(target_os = "macos") && line.id == QUIT));
        for MenuLine { id, label, keys } in here {
            let item = MenuItem::with_id(app, id, label, true, keys.as_deref())?;
            menu.append(&item)?;
            if keys.is_some() {
                with_keys.push(item);
            }
        }
    }
    // Elsewhere the fields of text have these keys by themselves.
    if part.is_edit && cfg!(target_os = "macos") {
        let items: [&dyn IsMenuItem<R>; 5] = [
            &PredefinedMenuItem::separator(app)?,
            &PredefinedMenuItem::cut(app, None)?,
            &PredefinedMenuItem::copy(app, None)?,
            &PredefinedMenuItem::paste(app, None)?,
            &PredefinedMenuItem::select_all(app, None)?,
        ];
        menu.append_items(&items)?;
    }
    Ok(menu)
}

fn quit_of(parts: &[MenuPart]) -> Option<&MenuLine> {
    let mut lines = parts.iter().flat_map(|part| part.stretches.iter().flatten());
    lines.find(|line| line.id == QUIT)
}

/// The menu that a Mac shows under the program's name. Its own way to quit would not ask about what is not saved.
fn mac_part<R: Runtime>(app: &AppHandle<R>, quit: Option<&MenuLine>) -> tauri::Result<Submenu<R>> {
    let menu = SubmenuBuilder::new(app, "Ordo")
        .about(None)
        .separator()
        .hide()
        .hide_others()
        .separator()
        .build()?;
    if let Some(MenuLine { id, label, keys }) = quit {
        menu.append(&MenuItem::with_id(app, id, label, true, keys.as_deref())?)?;
    }
    Ok(menu)
}
