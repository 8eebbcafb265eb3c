//! Where the window lies on the screen when it opens.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::desktop::Desktop;
use crate::window::{SMALL, Window};

/// How long a window may take to come into view.
const ARRIVING: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_window_remembered_from_a_larger_screen_comes_into_view() {
    let folder = TempDir::new().unwrap();
    // As it was left on a screen that is no longer there.
    let kept = folder.path().join("home/.config/app.ordo.desktop");
    fs::create_dir_all(&kept).unwrap();
    let state = json!({ "main": {
        "width": 2400, "height": 1500, "x": 900, "y": 500, "prev_x": 0, "prev_y": 0,
        "maximized": false, "visible": true, "decorated": true, "fullscreen": false,
    }});
    fs::write(kept.join(".window-state.json"), state.to_string()).unwrap();
    let window = Window::open_as_left(folder.path(), SMALL).await;
    let mut desktop = Desktop::of(&window);
    let deadline = Instant::now() + ARRIVING;
    loop {
        let place = desktop.place();
        if place.is_some_and(is_in_view) {
            break;
        }
        assert!(Instant::now() < deadline, "out of view: {place:?}");
        sleep(Duration::from_millis(50)).await;
    }
    window.start_with_demo().await;
    window.until_board().await;
    assert!(desktop.place().is_some_and(is_in_view), "{:?}", desktop.place());
    window.close().await;
}

fn is_in_view((left, top, width, height): (i32, i32, i32, i32)) -> bool {
    let (right, bottom) = (left + width, top + height);
    let (screen_width, screen_height) = SMALL.screen;
    left >= 0 && top >= 0 && right <= screen_width as i32 && bottom <= screen_height as i32
}
