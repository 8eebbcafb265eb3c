//! `bundle`: the installable packages of this system.

use std::process::Command;

use crate::prerequisites::{Purpose, ensure};
use crate::step::{Failure, execute};
use crate::system::root;
use crate::tools::ensure_ui_packages;

/// Builds the packages with the Tauri command line tool, which builds the user interface first.
pub fn run() -> Result<(), Failure> {
    ensure(Purpose::Window)?;
    ensure_ui_packages()?;
    let executable = if cfg!(windows) { "tauri.cmd" } else { "tauri" };
    let mut command = Command::new(
        root()
            .join("ui")
            .join("node_modules")
            .join(".bin")
            .join(executable),
    );
    command.current_dir(root()).arg("build");
    if cfg!(target_os = "linux") {
        command.args(["--bundles", "deb,rpm"]);
    }
    execute("bundle", &mut command, "Mend what the Tauri build names above.")?;
    println!(
        "The packages lie in {}.",
        root().join("target").join("release").join("bundle").display()
    );
    Ok(())
}
