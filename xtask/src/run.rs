//! `run`.

use crate::prerequisites::{Purpose, ensure};
use crate::step::{Failure, execute};
use crate::system::{cargo, has_display, npm};
use crate::tools::ensure_ui_packages;

/// Opens the app, or tours the same job on the command line where no window can be shown.
pub fn run() -> Result<(), Failure> {
    if has_display() { open_window() } else { tour() }
}

/// Kills, races, fills and damages the program, and says what held; in the optimised build, since only counts matter.
pub fn harness(arguments: &[String]) -> Result<(), Failure> {
    ensure(Purpose::CommandLine)?;
    execute(
        "harness",
        cargo()
            .args(["run", "--locked", "--release", "--package", "ordo-testkit"])
            .args(["--bin", "harness", "--"])
            .args(arguments),
        "Read the message above.",
    )
}

/// Installs the packages of the user interface and builds it into `ui/dist`.
pub fn build_ui() -> Result<(), Failure> {
    ensure_ui_packages()?;
    execute(
        "build the UI",
        npm("ui").args(["run", "build"]),
        "Mend what the build names above.",
    )
}

fn open_window() -> Result<(), Failure> {
    ensure(Purpose::Window)?;
    build_ui()?;
    let feature = ["--package", "ordo-app", "--features", "custom-protocol"];
    execute(
        "build the app",
        cargo().args(["build", "--locked"]).args(feature),
        "Mend what the compiler names above.",
    )?;
    execute(
        "run the app",
        cargo().args(["run", "--locked", "--quiet"]).args(feature),
        "Read what the app said above.",
    )
}

fn tour() -> Result<(), Failure> {
    println!("No display: neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can open.");
    println!("Here is the same job on the command line.");
    ensure(Purpose::CommandLine)?;
    let package = ["--package", "ordo-cli", "--bin", "ordo"];
    execute(
        "build the command line",
        cargo().args(["build", "--locked"]).args(package),
        "Mend what the compiler names above.",
    )?;
    execute(
        "tour",
        cargo()
            .args(["run", "--locked", "--quiet"])
            .args(package)
            .args(["--", "tour"]),
        "Read what `ordo tour` said above.",
    )
}
