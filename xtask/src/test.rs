//! `test`: every check and test, each a step with a name and a time.

use std::process::Command;

use crate::browser;
use crate::prerequisites::{Purpose, ensure};
use crate::run::build_ui;
use crate::step::{Failure, Outcome, Summary, execute};
use crate::system::{cargo, npm, root, target};
use crate::tools::{
    CARGO_DENY, TAURI_DRIVER, ensure_browser_packages, ensure_ical_js, ensure_python, ensure_ui_packages,
    pending_snapshots, python, python_program,
};

/// One step: its name, what it looks at, and how it runs.
struct Step {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Outcome, Failure>,
}

const STEPS: &[Step] = &[
    Step {
        name: "formatting",
        about: "rustfmt changes nothing",
        run: formatting,
    },
    Step {
        name: "spelling",
        about: "typos finds nothing",
        run: spelling,
    },
    Step {
        name: "snapshots",
        about: "no snapshot waits for a decision",
        run: snapshots,
    },
    Step {
        name: "ui-lint",
        about: "Biome finds nothing in the UI",
        run: || ui("lint"),
    },
    Step {
        name: "ui-types",
        about: "the UI is well typed",
        run: || ui("typecheck"),
    },
    Step {
        name: "ui-tests",
        about: "the UI's own tests",
        run: || ui("test"),
    },
    Step {
        name: UI_BUILD,
        about: "the UI can be built",
        run: || build_ui().map(passed),
    },
    Step {
        name: "lints",
        about: "clippy finds nothing in any target",
        run: lints,
    },
    Step {
        name: "dependencies",
        about: "licences, bans and sources of the crates",
        run: dependencies,
    },
    Step {
        name: "tests",
        about: "unit, property and integration tests",
        run: tests,
    },
    Step {
        name: "keychain",
        about: "the key of a clinic in a real Secret Service",
        run: keychain,
    },
    Step {
        name: "browser",
        about: "every screen in Chromium: accessibility, keyboard, reflow, bad input",
        run: in_browser,
    },
    Step {
        name: "harness",
        about: "nothing is lost by kills, races, full disks, damaged pages; in short",
        run: harness,
    },
    Step {
        name: "window",
        about: "the real window, driven like a person would",
        run: window,
    },
];

/// The step that the steps after it build on.
const UI_BUILD: &str = "ui-build";

/// The steps that compile the app, and so the UI as it was built last.
const WITH_THE_UI: [&str; 6] = ["lints", "tests", "keychain", "browser", "harness", "window"];

/// Whether a step runs when these are named: all do when none is, and the UI is built for those that show it.
fn is_run(step: &str, names: &[String]) -> bool {
    names.is_empty()
        || names
            .iter()
            .any(|name| name == step || (step == UI_BUILD && WITH_THE_UI.contains(&name.as_str())))
}

/// Runs the named steps, or all of them.
pub fn run(names: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = names
        .iter()
        .find(|name| !STEPS.iter().any(|step| step.name == *name))
    {
        return Err(Failure::new(
            "test",
            format!("there is no step {unknown:?}"),
            "Run `cargo xtask help` to see the steps.",
        ));
    }
    let mut summary = Summary::default();
    let mut ready = Ok(());
    summary.record("set-up", || {
        ready = ensure(Purpose::Test)
            .and_then(|()| ensure_python())
            .and_then(|()| ensure_ui_packages())
            .and_then(|()| ensure_ical_js().map(drop));
        ready.clone().map(passed)
    });
    if ready.is_ok() {
        for step in STEPS.iter().filter(|step| is_run(step.name, names)) {
            summary.record(step.name, step.run);
        }
    }
    summary.finish()
}

/// Installs everything that `run` and `test` need.
pub fn setup() -> Result<(), Failure> {
    ensure(Purpose::Test)?;
    ensure_python()?;
    ensure_ui_packages()?;
    ensure_browser_packages()?;
    ensure_ical_js()?;
    CARGO_DENY.ensure()?;
    if cfg!(target_os = "linux") {
        TAURI_DRIVER.ensure()?;
    }
    println!("Everything that `cargo xtask run` and `cargo xtask test` need is here.");
    Ok(())
}

/// Prints the steps and what each looks at.
pub fn list() {
    for step in STEPS {
        println!("  {:13}  {}", step.name, step.about);
    }
}

fn passed((): ()) -> Outcome {
    Outcome::Passed
}

fn formatting() -> Result<Outcome, Failure> {
    execute(
        "formatting",
        cargo().args(["fmt", "--all", "--", "--check"]),
        "Run `cargo fmt --all`.",
    )
    .map(passed)
}

fn spelling() -> Result<Outcome, Failure> {
    execute(
        "spelling",
        Command::new(python_program("typos")).current_dir(root()),
        "Mend the words above; a word that is right goes into typos.toml.",
    )
    .map(passed)
}

fn snapshots() -> Result<Outcome, Failure> {
    let pending = pending_snapshots();
    if pending.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(Failure::new(
        "snapshots",
        format!("not decided: {}", pending.join(", ")),
        "Rename each to end in .snap when it is right, else delete it.",
    ))
}

fn ui(script: &str) -> Result<Outcome, Failure> {
    let advice = "Mend what is named above; `npm run format` in ui/ mends what can be mended by itself.";
    execute(
        &format!("ui {script}"),
        npm("ui").args(["run", "--silent", script]),
        advice,
    )
    .map(passed)
}

/// One set of features for lints and tests, so that no crate is compiled for both ways.
pub const ALL: [&str; 4] = [
    "--locked",
    "--workspace",
    "--features",
    "ordo-app/custom-protocol",
];

fn lints() -> Result<Outcome, Failure> {
    execute(
        "lints",
        cargo().arg("clippy").args(ALL).args([
            "--features",
            "ordo-app/window-tests",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ]),
        "Mend what clippy names above.",
    )
    .map(passed)
}

fn dependencies() -> Result<Outcome, Failure> {
    let cargo_deny = CARGO_DENY.ensure()?;
    execute(
        "dependencies",
        Command::new(cargo_deny).current_dir(root()).args([
            "--workspace",
            "--locked",
            "check",
            "--hide-inclusion-graph",
            "licenses",
            "bans",
            "sources",
        ]),
        "Choose another crate, or allow it in deny.toml with the reason.",
    )
    .map(passed)
}

fn tests() -> Result<Outcome, Failure> {
    execute(
        "tests",
        test_command()
            .args(ALL)
            .env("ORDO_TEST_ICAL_JS", ensure_ical_js()?),
        "Mend the failing tests named above.",
    )
    .map(passed)
}

/// The tests that want a keychain, on a session bus of their own with a Secret Service that is gone afterwards.
fn keychain() -> Result<Outcome, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::NotHere(
            "a test may not write into this system's own keychain".to_owned(),
        ));
    }
    let folder = target().join("keychain");
    let made = std::fs::remove_dir_all(&folder)
        .or_else(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        })
        .and_then(|()| std::fs::create_dir_all(&folder));
    made.map_err(|error| {
        Failure::new(
            "keychain",
            format!("{} cannot be made anew: {error}", folder.display()),
            "Remove it by hand.",
        )
    })?;
    let service =
        "printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$@\"";
    let tests = test_command();
    let mut session = Command::new("dbus-run-session");
    session
        .current_dir(root())
        .args(["--", "sh", "-c", service, "sh"])
        .arg(tests.get_program())
        .args(tests.get_args())
        .args(ALL)
        .args(["--lib", "--test", "cli", "in_a_real_keychain"])
        .envs([("XDG_DATA_HOME", &folder), ("XDG_RUNTIME_DIR", &folder)])
        .env("ORDO_TEST_KEYCHAIN", "1");
    execute("keychain", &mut session, "Mend the failing tests named above.").map(passed)
}

fn in_browser() -> Result<Outcome, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::NotHere("only Debian's Chromium is driven".to_owned()));
    }
    browser::checks().map(passed)
}

/// A few of each; many on demand. Built beside an example, with the features of the tests, so that nothing is compiled
/// twice.
fn harness() -> Result<Outcome, Failure> {
    execute(
        "build the harness",
        cargo()
            .arg("build")
            .args(ALL)
            .args(["--bin", "harness", "--example", "bridge"]),
        "Mend what the compiler names above.",
    )?;
    let name = format!("harness{}", std::env::consts::EXE_SUFFIX);
    execute(
        "harness",
        &mut Command::new(target().join("debug").join(name)),
        "Read the message above; `cargo xtask harness PART --count N` repeats a part.",
    )
    .map(passed)
}

fn window() -> Result<Outcome, Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(Outcome::NotHere("only WebKitGTK's web view is driven".to_owned()));
    }
    let driver = TAURI_DRIVER.ensure()?;
    execute(
        "window",
        test_command()
            .args(ALL)
            .args(["--features", "ordo-app/window-tests", "--test", "e2e"])
            .env("ORDO_TEST_DRIVER", driver),
        "Mend the failing tests named above; what the window showed lies in tests/e2e/artefacts.",
    )
    .map(passed)
}

fn test_command() -> Command {
    let mut command = cargo();
    command
        .arg("test")
        .env("INSTA_UPDATE", "no")
        .env("ORDO_TEST_PYTHON", python());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_step_is_refused_before_anything_runs() {
        let message = run(&["sideways".to_owned()]).unwrap_err().to_string();
        assert!(message.contains("there is no step \"sideways\""), "{message}");
    }

    #[test]
    fn named_steps_bring_the_ui_that_they_show() {
        for (named, runs) in [
            (&[][..], STEPS.iter().map(|step| step.name).collect()),
            (&["spelling"], vec!["spelling"]),
            (&["window", "formatting"], vec!["formatting", UI_BUILD, "window"]),
            (&[UI_BUILD, "browser"], vec![UI_BUILD, "browser"]),
        ] {
            let names: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
            let run: Vec<&str> = STEPS
                .iter()
                .map(|step| step.name)
                .filter(|step| is_run(step, &names))
                .collect();
            assert_eq!(run, runs, "{named:?}");
        }
        for name in WITH_THE_UI {
            assert!(STEPS.iter().any(|step| step.name == name), "{name}");
        }
    }

    #[test]
    fn every_step_has_a_name_of_its_own() {
        let mut names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), STEPS.len());
    }
}
