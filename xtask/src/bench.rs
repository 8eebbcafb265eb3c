//! `bench`: every figure, or those of the named parts.

use crate::browser;
use crate::prerequisites::{Purpose, ensure};
use crate::step::{Failure, execute};
use crate::system::{cargo, target};
use crate::test::ALL;
use crate::tools::TAURI_DRIVER;

/// The parts that need neither a browser nor a display.
const PLAIN: [&str; 5] = ["planning", "growth", "booking", "calendars", "feeds"];
/// The parts in Chromium.
const IN_BROWSER: [&str; 2] = ["board", "scale"];
/// The part in the real window.
const WINDOW: &str = "window";

/// Measures the named parts, or all of them.
pub fn run(names: &[String]) -> Result<(), Failure> {
    let known = || PLAIN.into_iter().chain(IN_BROWSER).chain([WINDOW]);
    if let Some(unknown) = names.iter().find(|name| !known().any(|part| part == *name)) {
        let parts: Vec<&str> = known().collect();
        return Err(Failure::new(
            "bench",
            format!("there is no part {unknown:?}"),
            format!("The parts are {}.", parts.join(", ")),
        ));
    }
    let wanted = |parts: &[&'static str]| -> Vec<&'static str> {
        let is_wanted = |part: &&str| names.is_empty() || names.iter().any(|name| name == part);
        parts.iter().copied().filter(is_wanted).collect()
    };
    let (plain, in_browser) = (wanted(&PLAIN), wanted(&IN_BROWSER));
    let with_window = !wanted(&[WINDOW]).is_empty();
    let purpose = if in_browser.is_empty() && !with_window {
        Purpose::CommandLine
    } else {
        Purpose::Test
    };
    ensure(purpose)?;
    if !plain.is_empty() {
        self::plain(&plain)?;
    }
    if !in_browser.is_empty() || with_window {
        browser::build_for_figures()?;
    }
    if !in_browser.is_empty() {
        browser::figures(&in_browser)?;
    }
    if with_window {
        window()?;
    }
    Ok(())
}

fn plain(parts: &[&str]) -> Result<(), Failure> {
    execute(
        "bench",
        cargo()
            .args(["run", "--locked", "--release", "--package", "ordo-testkit"])
            .args(["--bin", "bench", "--"])
            .args(parts),
        "Read the message above.",
    )
}

/// The real window beside an empty one.
fn window() -> Result<(), Failure> {
    let driver = TAURI_DRIVER.ensure()?;
    execute(
        "bench in the window",
        cargo()
            .arg("bench")
            .args(ALL)
            .args(["--features", "ordo-app/window-tests", "--bench", "window"])
            .env("ORDO_TEST_DRIVER", driver)
            .env(
                "ORDO_EMPTY_WINDOW",
                target().join("release").join("ordo-empty-window"),
            ),
        "Read the message above.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_part_is_refused_before_anything_runs() {
        let message = run(&["speed".to_owned()]).unwrap_err().to_string();
        assert!(message.contains("there is no part \"speed\""), "{message}");
        assert!(message.contains("board"), "{message}");
    }
}
