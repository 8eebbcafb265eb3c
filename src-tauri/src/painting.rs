//! Who paints the window on Linux: the graphics card, or the processor where there is none.

use std::fs;
use std::path::Path;

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _, glib};

/// Where the system lists what can draw, among other devices.
const DEVICES: &str = "/dev";

/// What GTK and WebKitGTK are told where there is no graphics card, each before it first asks.
///
/// WebKitGTK would ask OpenGL no more at all with a render device that is not there, but then never learns that the
/// desktop is dark.
const WITHOUT_CARD: [(&str, &str); 2] = [
    // GTK asks OpenGL how a screen keeps its colours.
    ("GDK_GL", "disable"),
    // WebKitGTK asks it whether the page and the window could share what the card painted.
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
];

/// Has GTK and WebKitGTK ask OpenGL less where the machine has no graphics card, unless they were told something else.
///
/// It must be called before a window is asked for, and before any other thread runs.
pub(crate) fn prepare() {
    if !has_graphics_card(Path::new(DEVICES)) {
        for (name, value) in WITHOUT_CARD {
            // Refused for a name that no environment takes, which these are not; the window would start later, no more.
            let _ = glib::setenv(name, value, false);
        }
    }
}

/// Has the processor paint the window plainly where the machine has no graphics card.
///
/// WebKitGTK puts layers together with OpenGL always. Without a card that is done by a program that compiles every
/// shader and keeps every layer on the processor's side: the window then starts later and needs 100 MB more.
pub(crate) fn fit_to_machine<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if has_graphics_card(Path::new(DEVICES)) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Whether one of the devices can draw: a render node of the kernel, or the device of Nvidia's own driver.
fn has_graphics_card(devices: &Path) -> bool {
    let renders = fs::read_dir(devices.join("dri")).is_ok_and(|nodes| {
        nodes
            .flatten()
            .any(|node| node.file_name().as_encoded_bytes().starts_with(b"renderD"))
    });
    renders || devices.join("nvidia0").exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_known_by_its_device() {
        let none: &[&str] = &[];
        for (devices, found) in [
            (none, false),
            // A screen without anything that renders for it, as of a virtual machine.
            (&["dri/card0"], false),
            (&["dri/card0", "dri/renderD128"], true),
            (&["nvidia0"], true),
            (&["nvidiactl"], false),
        ] {
            let folder = tempfile::tempdir().unwrap();
            for device in devices {
                let file = folder.path().join(device);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "").unwrap();
            }
            assert_eq!(has_graphics_card(folder.path()), found, "{devices:?}");
        }
    }
}
