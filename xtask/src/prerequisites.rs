//! What a task needs of the system. Debian and Ubuntu get what is missing; elsewhere it is named.

use std::env;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::Command;

use crate::step::{Failure, execute};
use crate::system::{NPM, is_on_path, output, succeeds};

const STEP: &str = "prerequisites";

/// The oldest Node that Vite accepts of each line it still accepts, as (major, minor).
const OLDEST_NODE: [(u32, u32); 2] = [(20, 19), (22, 12)];

/// What a task is going to do, each including the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Build the command line and the crates below it.
    CommandLine,
    /// Build the window too.
    Window,
    /// Run every test.
    Test,
}

/// One thing that must be on the machine.
struct Requirement {
    name: &'static str,
    from: Purpose,
    is_met: fn() -> bool,
    /// What installs it here: Debian packages on Linux, else a whole command.
    install: &'static str,
}

/// Makes sure that everything `purpose` needs is here, or says what is missing.
pub fn ensure(purpose: Purpose) -> Result<(), Failure> {
    let missing = missing(purpose);
    if !missing.is_empty() {
        let installs: Vec<&str> = missing
            .iter()
            .flat_map(|requirement| requirement.install.split_whitespace())
            .collect();
        if !is_debian() {
            return Err(named(&missing));
        }
        install_packages(&installs)?;
        let still = self::missing(purpose);
        if !still.is_empty() {
            return Err(named(&still));
        }
    }
    if purpose >= Purpose::Window {
        ensure_node()
    } else {
        Ok(())
    }
}

fn missing(purpose: Purpose) -> Vec<&'static Requirement> {
    REQUIREMENTS
        .iter()
        .filter(|requirement| requirement.from <= purpose && !(requirement.is_met)())
        .collect()
}

fn named(missing: &[&Requirement]) -> Failure {
    let names: Vec<&str> = missing.iter().map(|requirement| requirement.name).collect();
    let installs: Vec<&str> = missing.iter().map(|requirement| requirement.install).collect();
    let advice = if cfg!(target_os = "linux") {
        format!(
            "Install what Debian calls {}, then run this again.",
            installs.join(" ")
        )
    } else {
        format!(
            "Run `{}`, then run this again in a new terminal.",
            installs.join("` and `")
        )
    };
    Failure::new(STEP, format!("missing: {}", names.join(", ")), advice)
}

#[cfg(target_os = "linux")]
const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        name: "pkg-config",
        from: Purpose::CommandLine,
        is_met: || is_on_path("pkg-config"),
        install: "pkg-config",
    },
    Requirement {
        name: "the development files of OpenSSL, for the encrypted database",
        from: Purpose::CommandLine,
        is_met: || library_is_here("libcrypto"),
        install: "libssl-dev",
    },
    Requirement {
        name: "the development files of WebKitGTK 4.1",
        from: Purpose::Window,
        is_met: || library_is_here("webkit2gtk-4.1"),
        install: "libwebkit2gtk-4.1-dev",
    },
    Requirement {
        name: "libical, against which the calendars are tested",
        from: Purpose::Test,
        is_met: || library_is_here("libical"),
        install: "libical-dev",
    },
    Requirement {
        name: "Python 3 with venv",
        from: Purpose::Test,
        is_met: || succeeds("python3", &["-c", "import ensurepip, venv"]),
        install: "python3-venv",
    },
    Requirement {
        name: "Xvfb, the display of the window tests",
        from: Purpose::Test,
        is_met: || is_on_path("Xvfb"),
        install: "xvfb",
    },
    Requirement {
        name: "the WebDriver of WebKitGTK",
        from: Purpose::Test,
        is_met: || is_on_path("WebKitWebDriver"),
        install: "webkit2gtk-driver",
    },
    Requirement {
        name: "Chromium, in which every screen is checked",
        from: Purpose::Test,
        is_met: || is_on_path("chromium") && is_on_path("chromium-headless-shell"),
        install: "chromium chromium-headless-shell",
    },
    Requirement {
        name: "a session bus with a Secret Service, in which a key is kept",
        from: Purpose::Test,
        is_met: || is_on_path("gnome-keyring-daemon") && is_on_path("dbus-run-session"),
        install: "gnome-keyring dbus-daemon",
    },
    Requirement {
        name: "strace, with which writes are made to fail",
        from: Purpose::Test,
        is_met: || is_on_path("strace"),
        install: "strace",
    },
    Requirement {
        name: "fonts for names in other scripts",
        from: Purpose::Test,
        is_met: || {
            [":lang=ar", ":lang=zh"]
                .iter()
                .all(|language| has_font_for(language))
        },
        install: "fontconfig fonts-noto-core fonts-noto-cjk",
    },
];

#[cfg(target_os = "macos")]
const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        name: "the Xcode command line tools",
        from: Purpose::CommandLine,
        is_met: || succeeds("xcode-select", &["-p"]),
        install: "xcode-select --install",
    },
    Requirement {
        name: "libical, against which the calendars are tested",
        from: Purpose::Test,
        is_met: || library_is_here("libical"),
        install: "brew install pkg-config libical",
    },
    Requirement {
        name: "Python 3",
        from: Purpose::Test,
        is_met: || succeeds("python3", &["-c", "import ensurepip, venv"]),
        install: "brew install python3",
    },
];

#[cfg(windows)]
const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        name: "Perl, with which OpenSSL is built",
        from: Purpose::CommandLine,
        is_met: || succeeds("perl", &["-v"]),
        install: "winget install StrawberryPerl.StrawberryPerl",
    },
    Requirement {
        name: "the WebView2 runtime",
        from: Purpose::Window,
        is_met: web_view_is_here,
        install: "winget install Microsoft.EdgeWebView2Runtime",
    },
    Requirement {
        name: "Python 3",
        from: Purpose::Test,
        is_met: || succeeds("python3", &["-c", "import ensurepip, venv"]),
        install: "winget install Python.Python.3.13",
    },
];

#[cfg(target_os = "linux")]
fn has_font_for(language: &str) -> bool {
    output("fc-list", &[language]).is_some_and(|fonts| !fonts.is_empty())
}

#[cfg(unix)]
fn library_is_here(name: &str) -> bool {
    succeeds("pkg-config", &["--exists", name])
}

#[cfg(windows)]
fn web_view_is_here() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [r"HKLM\SOFTWARE\WOW6432Node", r"HKLM\SOFTWARE", r"HKCU\Software"]
        .iter()
        .any(|hive| succeeds("reg", &["query", &format!(r"{hive}\{CLIENT}"), "/v", "pv"]))
}

fn is_debian() -> bool {
    cfg!(target_os = "linux") && Path::new("/etc/debian_version").exists() && is_on_path("apt-get")
}

fn install_packages(packages: &[&str]) -> Result<(), Failure> {
    let by_hand = format!(
        "Run `sudo apt-get update && sudo apt-get install {}` by hand and see what it says, then run this again.",
        packages.join(" ")
    );
    execute(STEP, apt_get(&by_hand)?.arg("update"), &by_hand)?;
    execute(
        STEP,
        apt_get(&by_hand)?
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
        &by_hand,
    )
}

/// An `apt-get` that asks nothing, waits for another package manager to finish, and runs as root.
fn apt_get(by_hand: &str) -> Result<Command, Failure> {
    let is_root = output("id", &["-u"]).as_deref() == Some("0");
    let mut command = if is_root {
        Command::new("env")
    } else if is_on_path("sudo") {
        let mut sudo = Command::new("sudo");
        if env::var_os("CI").is_some() || !io::stdin().is_terminal() {
            sudo.arg("--non-interactive");
        }
        sudo.arg("env");
        sudo
    } else {
        return Err(Failure::new(
            STEP,
            "packages are missing and there is no sudo to install them",
            by_hand,
        ));
    };
    command.args([
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]);
    Ok(command)
}

fn ensure_node() -> Result<(), Failure> {
    if output("node", &["--version"]).is_none() && is_debian() {
        refuse_old_candidate()?;
        install_packages(&["nodejs", "npm"])?;
    }
    let found = output("node", &["--version"]);
    match found.as_deref().and_then(major_and_minor) {
        Some(version) if is_new_enough(version) => {}
        _ => {
            let here = found.map_or_else(|| "it is not here".to_owned(), |found| format!("here is {found}"));
            return Err(Failure::new(
                STEP,
                format!("{}, but {here}", node_wanted()),
                NODE_ADVICE,
            ));
        }
    }
    if output(NPM, &["--version"]).is_none() {
        return Err(Failure::new(STEP, "npm is missing beside Node", NODE_ADVICE));
    }
    Ok(())
}

const NODE_ADVICE: &str = if cfg!(target_os = "macos") {
    "Run `brew install node@22`, then run this again in a new terminal."
} else if cfg!(windows) {
    "Run `winget install OpenJS.NodeJS.LTS`, then run this again in a new terminal."
} else {
    "Install Node 22 with npm (https://nodejs.org/en/download), then run this again."
};

fn node_wanted() -> String {
    let [(old_major, old_minor), (major, minor)] = OLDEST_NODE;
    format!("Node {old_major}.{old_minor} or {major}.{minor} and newer is needed to build the window")
}

/// Refuses before an install when the packages of this system offer a Node that is too old.
fn refuse_old_candidate() -> Result<(), Failure> {
    let policy = output("apt-cache", &["policy", "nodejs"]).unwrap_or_default();
    let candidate = policy
        .lines()
        .find_map(|line| line.trim().strip_prefix("Candidate: "));
    match candidate.and_then(major_and_minor) {
        Some(version) if !is_new_enough(version) => Err(Failure::new(
            STEP,
            format!(
                "{}, but the packages of this system offer {}.{}",
                node_wanted(),
                version.0,
                version.1
            ),
            NODE_ADVICE,
        )),
        _ => Ok(()),
    }
}

fn is_new_enough((major, minor): (u32, u32)) -> bool {
    let newest_line = OLDEST_NODE[OLDEST_NODE.len() - 1].0;
    major > newest_line
        || OLDEST_NODE
            .iter()
            .any(|&(line, oldest)| major == line && minor >= oldest)
}

/// The first two numbers of a version such as `v20.19.2` or `18.20.4+dfsg-1`.
fn major_and_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim_start_matches('v').split('.');
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers
        .next()?
        .split(|letter: char| !letter.is_ascii_digit())
        .next()?
        .parse()
        .ok()?;
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_node_and_debian_write_them() {
        assert_eq!(major_and_minor("v20.19.2"), Some((20, 19)));
        assert_eq!(major_and_minor("18.20.4+dfsg-1~deb12u1"), Some((18, 20)));
        assert_eq!(major_and_minor("22.12"), Some((22, 12)));
        assert_eq!(major_and_minor("(none)"), None);
        assert_eq!(major_and_minor(""), None);
    }

    #[test]
    fn node_is_refused_where_vite_refuses_it() {
        for old in [(18, 20), (20, 18), (21, 7), (22, 11)] {
            assert!(!is_new_enough(old), "{old:?}");
        }
        for new in [(20, 19), (22, 12), (23, 0), (24, 1)] {
            assert!(is_new_enough(new), "{new:?}");
        }
    }

    #[test]
    fn a_purpose_includes_the_one_before_it() {
        let names = |purpose| -> Vec<&str> {
            REQUIREMENTS
                .iter()
                .filter(|requirement| requirement.from <= purpose)
                .map(|requirement| requirement.install)
                .collect()
        };
        assert!(names(Purpose::CommandLine).len() <= names(Purpose::Window).len());
        assert_eq!(names(Purpose::Test).len(), REQUIREMENTS.len());
    }

    #[test]
    fn what_is_missing_is_named_with_what_installs_it() {
        let message = named(&REQUIREMENTS.iter().collect::<Vec<_>>()).to_string();
        for requirement in REQUIREMENTS {
            assert!(
                message.contains(requirement.name) && message.contains(requirement.install),
                "{message}"
            );
        }
    }
}
