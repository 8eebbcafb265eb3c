//! Who paints the window, on a machine without a graphics card.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::window::{SMALL, Window};

#[tokio::test]
async fn without_a_graphics_card_the_program_loads_no_opengl() {
    if Path::new("/dev/dri").exists() || Path::new("/dev/nvidia0").exists() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let window = Window::open(folder.path(), SMALL).await;
    window.start_with_demo().await;
    window.until_board().await;
    let program = program_on(&folder.path().join("data"));
    let loaded = fs::read_to_string(program.join("maps")).unwrap();
    assert!(
        loaded.contains("libwebkit2gtk"),
        "these are not the app's libraries"
    );
    // Mesa draws in place of a card, with the compiler of LLVM.
    let drawing: Vec<&str> = loaded
        .lines()
        .filter(|line| {
            ["mesa", "LLVM", "gallium", "_dri.so"]
                .iter()
                .any(|part| line.contains(part))
        })
        .collect();
    assert_eq!(drawing, Vec::<&str>::new());
    window.close().await;
}

/// Where the system tells of the app that works on `data`.
fn program_on(data: &Path) -> PathBuf {
    let wanted = format!("ORDO_DATA_DIR={}", data.display());
    fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .map(|process| process.path())
        .find(|process| {
            let is_app = fs::read_link(process.join("exe")).is_ok_and(|exe| exe.ends_with("ordo-app"));
            let around = fs::read_to_string(process.join("environ")).unwrap_or_default();
            is_app && around.split('\0').any(|one| one == wanted)
        })
        .unwrap_or_else(|| panic!("no app works on {}", data.display()))
}
