//! The development tools that the tests use, kept in `target/tools`.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use crate::step::{Failure, execute};
use crate::system::{cargo, is_on_path, npm, output, root};

const PYTHON_PACKAGES: [&str; 5] = [
    "typos==1.52.0",
    "icalendar==7.3.0",
    "khal==0.14.1",
    "radicale==3.9.0",
    "vobject==0.9.9",
];

/// The npm package against which calendars are tested; the window has no use for it.
const ICAL_JS: &str = "ical.js@2.2.1";

/// A tool that is installed from its crate unless the machine has it.
#[derive(Debug, Clone, Copy)]
pub struct CargoTool {
    name: &'static str,
    version: &'static str,
}

/// Checks licences, bans and sources of the crates.
pub const CARGO_DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: "0.20.2",
};

/// Speaks WebDriver for the window of the app; version 3 is not released yet.
pub const TAURI_DRIVER: CargoTool = CargoTool {
    name: "tauri-driver",
    version: "^2",
};

impl CargoTool {
    /// Installs the tool into `target/tools` where it is neither there nor on the search path.
    pub fn ensure(self) -> Result<PathBuf, Failure> {
        let executable = format!("{}{}", self.name, env::consts::EXE_SUFFIX);
        if is_on_path(&executable) {
            return Ok(PathBuf::from(self.name));
        }
        let installed = folder().join("bin").join(&executable);
        if !installed.is_file() {
            execute(
                &format!("install {}", self.name),
                cargo()
                    .args([
                        "install",
                        "--quiet",
                        "--locked",
                        // It runs for seconds; what optimising it costs would never be won back.
                        "--debug",
                        self.name,
                        "--version",
                        self.version,
                    ])
                    .arg("--root")
                    .arg(folder())
                    .arg("--target-dir")
                    .arg(folder().join("build"))
                    .env("CARGO_PROFILE_DEV_DEBUG", "none"),
                "Check that crates can be downloaded, then run this again.",
            )?;
        }
        Ok(installed)
    }
}

/// The Python of the tests, with the packages that they use.
pub fn ensure_python() -> Result<(), Failure> {
    let stamp = folder().join("python").join("packages.txt");
    let wanted = PYTHON_PACKAGES.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let step = "install Python packages";
    let advice = "Check that Python packages can be downloaded, then run this again.";
    let system_python = if cfg!(windows) { "python" } else { "python3" };
    execute(
        step,
        Command::new(system_python)
            .args(["-m", "venv", "--clear"])
            .arg(folder().join("python")),
        advice,
    )?;
    execute(
        step,
        Command::new(python())
            .args(["-m", "pip", "install", "--quiet"])
            .args(PYTHON_PACKAGES),
        advice,
    )?;
    std::fs::write(&stamp, wanted)
        .map_err(|error| Failure::new(step, format!("cannot write {}: {error}", stamp.display()), advice))
}

/// The interpreter that `ensure_python` sets up.
pub fn python() -> PathBuf {
    python_program("python")
}

/// A program of the Python that `ensure_python` sets up.
pub fn python_program(name: &str) -> PathBuf {
    let programs = if cfg!(windows) { "Scripts" } else { "bin" };
    folder()
        .join("python")
        .join(programs)
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The file of ical.js, installed on first use.
pub fn ensure_ical_js() -> Result<PathBuf, Failure> {
    let packages = folder().join("npm").join(ICAL_JS.replace('@', "-"));
    let file = packages.join("node_modules/ical.js/dist/ical.js");
    if !file.is_file() {
        execute(
            "install ical.js",
            npm(".")
                .args(["install", "--no-audit", "--no-fund", "--no-save", "--prefix"])
                .arg(&packages)
                .arg(ICAL_JS),
            "Check that npm packages can be downloaded, then run this again.",
        )?;
    }
    Ok(file)
}

/// Installs the packages of the user interface when the lock file is newer than they are.
pub fn ensure_ui_packages() -> Result<(), Failure> {
    ensure_npm_packages("ui")
}

/// Installs the packages of the checks in a browser, whose lints and types come from the user interface's.
pub fn ensure_browser_packages() -> Result<(), Failure> {
    ensure_ui_packages()?;
    ensure_npm_packages(BROWSER_CHECKS)
}

/// Where the checks in a browser lie.
pub const BROWSER_CHECKS: &str = "tests/browser";

fn ensure_npm_packages(folder: &str) -> Result<(), Failure> {
    let place = root().join(folder);
    let changed = |path: PathBuf| path.metadata().and_then(|metadata| metadata.modified()).ok();
    let installed = changed(place.join("node_modules").join(".package-lock.json"));
    if installed.is_some() && installed >= changed(place.join("package-lock.json")) {
        return Ok(());
    }
    execute(
        &format!("install the packages of {folder}"),
        npm(folder).args(["ci", "--no-audit", "--no-fund"]),
        "Check that npm packages can be downloaded, then run this again.",
    )
}

/// The snapshots that a failed comparison wrote and nobody has decided on.
pub fn pending_snapshots() -> Vec<String> {
    output(
        "git",
        &[
            "-C",
            &root().to_string_lossy(),
            "ls-files",
            "--others",
            "--",
            "*.snap.new",
        ],
    )
    .map(|files| files.lines().map(str::to_owned).collect())
    .unwrap_or_default()
}

fn folder() -> PathBuf {
    root().join("target").join("tools")
}
