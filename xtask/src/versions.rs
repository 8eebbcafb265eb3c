//! `version-list`: what a release tells the programs that look for updates.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::step::Failure;
use crate::system::root;

/// Writes `latest.json` into a folder of signed packages, whose names begin with `address` once they are published.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let fail = |cause: String| {
        let advice = "Give the folder of the packages and the address under which they are published.";
        Failure::new("version-list", cause, advice)
    };
    let [folder, address] = arguments else {
        return Err(fail(format!(
            "it takes two arguments, but got {}",
            arguments.len()
        )));
    };
    let changes = fs::read_to_string(root().join("CHANGELOG.md"))
        .map_err(|error| fail(format!("CHANGELOG.md cannot be read: {error}")))?;
    let version = env!("CARGO_PKG_VERSION");
    let notes = notes_of(&changes, version)
        .ok_or_else(|| fail(format!("CHANGELOG.md has no section \"## {version}\"")))?;
    let packages = packages_in(Path::new(folder))
        .map_err(|error| fail(format!("the packages in {folder} cannot be read: {error}")))?;
    if packages.is_empty() {
        return Err(fail(format!("{folder} holds no package with a signature")));
    }
    let list = list(version, &notes, address, &packages);
    fs::write(Path::new(folder).join("latest.json"), list)
        .map_err(|error| fail(format!("latest.json cannot be written: {error}")))
}

/// A package, its signature, and what kind of computer it is for.
struct Package {
    name: String,
    target: String,
    signature: String,
}

fn packages_in(folder: &Path) -> std::io::Result<Vec<Package>> {
    let mut packages = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(name) = name.strip_suffix(".sig") else {
            continue;
        };
        if let Some(target) = target_of(name) {
            packages.push(Package {
                name: name.to_owned(),
                target,
                signature: fs::read_to_string(&path)?.trim().to_owned(),
            });
        }
    }
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packages)
}

/// What a program calls itself that takes a package of this name.
fn target_of(name: &str) -> Option<String> {
    let kinds = [
        (".deb", "linux", "deb"),
        ("-setup.exe", "windows", "nsis"),
        (".msi", "windows", "msi"),
        (".app.tar.gz", "darwin", "app"),
    ];
    let (_, system, kind) = kinds.into_iter().find(|(ending, ..)| name.ends_with(ending))?;
    let is_of = |words: [&str; 2]| words.iter().any(|word| name.contains(word));
    let machine = if is_of(["_amd64", "_x64"]) {
        "x86_64"
    } else if is_of(["_arm64", "_aarch64"]) {
        "aarch64"
    } else {
        return None;
    };
    Some(format!("{system}-{machine}-{kind}"))
}

/// What the changelog says of a version, as plain text.
fn notes_of(changes: &str, version: &str) -> Option<String> {
    let mut lines = changes
        .lines()
        .skip_while(|line| line.split_whitespace().take(2).ne(["##", version]));
    lines.next()?;
    let mut notes = String::new();
    for line in lines.take_while(|line| !line.starts_with("## ")) {
        // A point that goes on in the next line of the file is one of the text.
        notes.push_str(if line.starts_with("  ") { " " } else { "\n" });
        notes.push_str(line.trim_start_matches('#').trim());
    }
    Some(notes.trim().to_owned())
}

fn list(version: &str, notes: &str, address: &str, packages: &[Package]) -> String {
    let platforms: Vec<String> = packages
        .iter()
        .map(|package| {
            let url = format!("{}/{}", address.trim_end_matches('/'), package.name);
            format!(
                "    {}: {{\"url\": {}, \"signature\": {}}}",
                quoted(&package.target),
                quoted(&url),
                quoted(&package.signature)
            )
        })
        .collect();
    format!(
        "{{\n  \"version\": {},\n  \"notes\": {},\n  \"platforms\": {{\n{}\n  }}\n}}\n",
        quoted(version),
        quoted(notes),
        platforms.join(",\n")
    )
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    let mut written = String::from('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => written.extend(['\\', sign]),
            sign if sign.is_control() => {
                // Writing to a text cannot fail.
                let _ = write!(written, "\\u{:04x}", u32::from(sign));
            }
            sign => written.push(sign),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_is_for_the_computers_that_it_names() {
        for (name, target) in [
            ("Ordo_0.2.0_amd64.deb", Some("linux-x86_64-deb")),
            ("Ordo_0.2.0_x64-setup.exe", Some("windows-x86_64-nsis")),
            ("Ordo_0.2.0_x64_en-US.msi", Some("windows-x86_64-msi")),
            ("Ordo_0.2.0_aarch64.app.tar.gz", Some("darwin-aarch64-app")),
            ("Ordo_0.2.0_aarch64.dmg", None),
            ("SHA256SUMS", None),
            ("Ordo.app.tar.gz", None),
        ] {
            assert_eq!(target_of(name).as_deref(), target, "{name}");
        }
    }

    #[test]
    fn the_notes_are_those_of_the_version_alone() {
        let changes = "# Changelog\n\n## Unreleased\n\n- later\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- a \"word\"\n  and more\n- b\n\n## 0.1.0\n\n- first\n";
        assert_eq!(
            notes_of(changes, "0.2.0").as_deref(),
            Some("Added\n\n- a \"word\" and more\n- b")
        );
        assert_eq!(notes_of(changes, "0.2"), None);
    }

    #[test]
    fn the_list_is_json_whatever_the_notes_say() {
        let package = Package {
            name: "Ordo_0.2.0_amd64.deb".to_owned(),
            target: "linux-x86_64-deb".to_owned(),
            signature: "c2ln".to_owned(),
        };
        let list = list(
            "0.2.0",
            "a \"word\"\nand \\ more",
            "https://example.org/v0.2.0/",
            &[package],
        );
        let expected = "{\n  \"version\": \"0.2.0\",\n  \"notes\": \"a \\\"word\\\"\\u000aand \\\\ more\",\n  \"platforms\": {\n    \
                        \"linux-x86_64-deb\": {\"url\": \"https://example.org/v0.2.0/Ordo_0.2.0_amd64.deb\", \"signature\": \"c2ln\"}\n  }\n}\n";
        assert_eq!(list, expected);
    }
}
