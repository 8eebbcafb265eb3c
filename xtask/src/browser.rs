//! The checks and figures in Chromium, over the bridge to the real program.

use std::process::Command;

use crate::run::build_ui;
use crate::step::{Failure, execute};
use crate::system::{cargo, npm, target};
use crate::test::ALL;
use crate::tools::{BROWSER_CHECKS, ensure_browser_packages};

/// Lints the checks and runs them, on the UI as it was built last.
pub fn checks() -> Result<(), Failure> {
    ensure_browser_packages()?;
    for script in ["lint", "typecheck"] {
        let advice =
            format!("Mend what is named above; `npm run format` in {BROWSER_CHECKS} mends the form.");
        let mut command = npm(BROWSER_CHECKS);
        execute(
            &format!("browser {script}"),
            command.args(["run", "--silent", script]),
            &advice,
        )?;
    }
    build(&[])?;
    execute(
        "browser",
        with_programs(npm(BROWSER_CHECKS).args(["run", "--silent", "test"]), "debug"),
        &format!(
            "Mend the failing checks named above; what the window showed lies in {BROWSER_CHECKS}/results \
             and {BROWSER_CHECKS}/artefacts."
        ),
    )
}

/// Takes the pictures of the README anew.
pub fn gallery() -> Result<(), Failure> {
    ensure_browser_packages()?;
    build_ui()?;
    build(&[])?;
    execute(
        "gallery",
        with_programs(npm(BROWSER_CHECKS).args(["run", "--silent", "gallery"]), "debug"),
        "Read the message above; the pictures lie in docs.",
    )
}

/// Measures the named figures, after [`build_for_figures`].
pub fn figures(names: &[&str]) -> Result<(), Failure> {
    execute(
        "bench in Chromium",
        with_programs(
            npm(BROWSER_CHECKS)
                .args(["run", "--silent", "bench", "--"])
                .args(names),
            "release",
        ),
        "Read the message above.",
    )
}

/// Builds the user interface and every program that is measured, with one set of features so that nothing is
/// built twice.
pub fn build_for_figures() -> Result<(), Failure> {
    ensure_browser_packages()?;
    build_ui()?;
    let window = ["--features", "ordo-app/window-tests", "--bin", "ordo-app"];
    build(&[&["--release", "--bin", "ordo-empty-window"], &window[..]].concat())
}

/// Builds the bridge and the maker of clinics, and what else is named.
fn build(arguments: &[&str]) -> Result<(), Failure> {
    execute(
        "build the bridge",
        cargo()
            .arg("build")
            .args(ALL)
            .args(["--example", "bridge", "--bin", "clinics"])
            .args(arguments),
        "Mend what the compiler names above.",
    )
}

fn with_programs<'a>(command: &'a mut Command, profile: &str) -> &'a mut Command {
    command.env("ORDO_TEST_BUILT", target().join(profile))
}
