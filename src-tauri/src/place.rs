//! The place of the window on the desktop: remembered, and on a screen that is there.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use tauri::plugin::TauriPlugin;
use tauri::{App, AppHandle, Manager, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow, WindowEvent};
use tauri_plugin_window_state::StateFlags;

/// Remembers the window's size and place, which are kept beside the window's other choices.
pub(crate) fn remembered<R: Runtime>() -> TauriPlugin<R> {
    // Not whether it is shown: it is shown when it has something to show.
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    tauri_plugin_window_state::Builder::default()
        .with_state_flags(flags)
        .build()
}

/// Brings the window before all others.
pub(crate) fn bring_forward<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that is being closed cannot come forward any more.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// How long after it is shown a window may still be put in its place by the desktop.
const SETTLING: Duration = Duration::from_secs(2);

/// Makes a remembered window fit the screens that are there now: at once, and again as soon as it is shown, because GTK
/// tells where a window lies and how large it is only from then on.
pub(crate) fn keep_on_screen<R: Runtime>(app: &App<R>) {
    if let Some(window) = app.get_webview_window("main") {
        // A system that does not tell its screens leaves the window as it is.
        let _ = fit(&window);
        if cfg!(target_os = "linux") {
            let settled = window.clone();
            let first = OnceLock::<Instant>::new();
            window.on_window_event(move |event| {
                if let WindowEvent::Resized(_) | WindowEvent::Moved(_) = event
                    && settled.is_visible().unwrap_or_default()
                    && first.get_or_init(Instant::now).elapsed() < SETTLING
                {
                    let _ = fit(&settled);
                }
            });
        }
    }
}

fn fit<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if window.is_maximized()? || window.is_fullscreen()? {
        return Ok(());
    }
    let Some(screen) = window.current_monitor()?.or(window.primary_monitor()?) else {
        return Ok(());
    };
    let area = screen.work_area();
    let (size, place) = (window.outer_size()?, window.outer_position()?);
    let width = size.width.min(area.size.width);
    let height = size.height.min(area.size.height);
    if (width, height) != (size.width, size.height) {
        let frame = window.inner_size()?;
        window.set_size(PhysicalSize::new(
            frame.width - (size.width - width).min(frame.width),
            frame.height - (size.height - height).min(frame.height),
        ))?;
    }
    let x = within(place.x, width, area.position.x, area.size.width);
    let y = within(place.y, height, area.position.y, area.size.height);
    if (x, y) != (place.x, place.y) {
        window.set_position(PhysicalPosition::new(x, y))?;
    }
    Ok(())
}

/// Where a length begins so that it lies between the ends of another; at its beginning where it is longer.
fn within(at: i32, length: u32, from: i32, whole: u32) -> i32 {
    let room = i32::try_from(whole.saturating_sub(length)).unwrap_or(i32::MAX);
    at.clamp(from, from.saturating_add(room))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_window_lies_within_its_screen() {
        assert_eq!(within(100, 800, 0, 1920), 100);
        assert_eq!(within(-50, 800, 0, 1920), 0);
        assert_eq!(within(1800, 800, 0, 1920), 1120);
        assert_eq!(within(3000, 800, 1920, 1280), 2400);
        assert_eq!(within(40, 4000, 0, 1920), 0);
    }
}
