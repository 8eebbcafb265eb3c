//! The arrows between crates, and what each may name.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The names under a manifest's dependencies, those of tests aside.
fn dependencies(manifest: &str) -> Vec<String> {
    let text =
        fs::read_to_string(root().join(manifest)).unwrap_or_else(|error| panic!("{manifest}: {error}"));
    let mut found = Vec::new();
    let mut listing = false;
    for line in text.lines() {
        if let Some(section) = line.strip_prefix('[') {
            listing = section.starts_with("dependencies")
                || (section.starts_with("target") && section.contains(".dependencies]"));
        } else if listing && let Some((name, _)) = line.split_once(['.', ' ', '=']) {
            found.push(name.trim().to_owned());
        }
    }
    found
}

#[test]
fn core_depends_on_nothing_that_is_not_pure() {
    let allowed = [
        "chrono",
        "chrono-tz",
        "ical",
        "rrule",
        "thiserror",
        "unicode-segmentation",
        "unicode-normalization",
        "windows-timezones",
    ];
    let strange: Vec<_> = dependencies("src-tauri/core/Cargo.toml")
        .into_iter()
        .filter(|name| !allowed.contains(&name.as_str()))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn arrows_point_one_way() {
    let inner = |manifest: &str| -> Vec<String> {
        dependencies(manifest)
            .into_iter()
            .filter(|name| name.starts_with("ordo"))
            .collect()
    };
    assert_eq!(inner("src-tauri/core/Cargo.toml"), [""; 0]);
    assert_eq!(inner("src-tauri/store/Cargo.toml"), ["ordo-core"]);
    assert_eq!(inner("src-tauri/desk/Cargo.toml"), ["ordo-core", "ordo-store"]);
    assert_eq!(inner("src-tauri/keychain/Cargo.toml"), ["ordo-desk"]);
    assert_eq!(inner("src-tauri/net/Cargo.toml"), ["ordo-desk"]);
    assert_eq!(
        inner("src-tauri/cli/Cargo.toml"),
        ["ordo-core", "ordo-desk", "ordo-keychain", "ordo-net"]
    );
    assert_eq!(inner("Cargo.toml"), ["ordo-desk", "ordo-keychain", "ordo-net"]);
}

#[test]
fn sql_stays_in_the_store_and_the_window_in_the_shell() {
    for (name, only) in [("rusqlite", "src-tauri/store/"), ("tauri", "")] {
        for manifest in ["core", "store", "desk", "keychain", "net", "cli"]
            .map(|crate_name| format!("src-tauri/{crate_name}/Cargo.toml"))
        {
            let uses = dependencies(&manifest)
                .iter()
                .any(|dependency| dependency == name);
            let may = !only.is_empty() && manifest.starts_with(only);
            assert_eq!(uses, may, "{name} in {manifest}");
        }
    }
}

#[test]
fn the_store_names_no_database_engine_in_its_public_methods() {
    let mut files = Vec::new();
    sources(&root().join("src-tauri/store/src"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        for line in text
            .lines()
            .filter(|line| line.trim_start().starts_with("pub fn"))
        {
            assert!(
                !line.contains("rusqlite") && !line.contains("Connection"),
                "{}: {line}",
                file.display()
            );
        }
    }
}

/// Every test file is part of the one binary.
#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).expect("the test binary");
    for entry in fs::read_dir(root().join("tests/it")).expect("the tests") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("a name");
        let Some(module) = name
            .strip_suffix(".rs")
            .filter(|module| !["main", "lib"].contains(module))
        else {
            continue;
        };
        assert!(
            main.contains(&format!("mod {module};")),
            "tests/it/main.rs does not name {module}"
        );
    }
}

/// Decision 9 of the design: who may do what is checked in each use case, and first.
#[test]
fn every_use_case_of_the_desk_asks_first_who_may() {
    // They show nothing of a clinic, come before there is one, or are done by the program itself.
    let open = [
        "create",
        "open",
        "speak",
        "language",
        "time_zone",
        "is_empty",
        "now",
        "new_clinic_defaults",
        "check_file",
        "check_newest",
        "backup_job",
        "backup_done",
        "keys",
        "note_update",
        "cut_restore",
        // What goes out by itself, as an owner chose; whoever is at the desk.
        "accounts",
        "account_taken_away",
        "publication",
        "feed_version",
        "feed_text",
        "present",
        "write_folder",
        "folder_plan",
        "folder_text",
    ];
    let mut files = Vec::new();
    sources(&root().join("src-tauri/desk/src"), &mut files);
    let mut seen = 0;
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        let blocks = text.split("\nimpl<H: Host> Desk<H> {\n").skip(1);
        for block in blocks.filter_map(|block| block.split("\n}\n").next()) {
            for case in block
                .split("\n    pub fn ")
                .skip(1)
                .chain(block.strip_prefix("    pub fn "))
            {
                let name = case.split(['(', '<']).next().unwrap_or_default();
                let body = case.split_once(" {\n").map_or("", |(_, body)| body);
                seen += 1;
                assert!(
                    open.contains(&name) || body.trim_start().starts_with("self.allow(UseCase::"),
                    "{}: `{name}` begins with `self.allow(UseCase::…)?`; its line stands in desk/src/access/table.rs",
                    file.display()
                );
            }
        }
    }
    assert!(seen > 50, "only {seen} use cases were found");
}

/// The window has its own check of its catalogue.
#[test]
fn french_is_punctuated_as_in_canada_and_dates_are_written_in_one_place() {
    let mut files = Vec::new();
    sources(&root().join("src-tauri"), &mut files);
    let mut faults = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file");
        let is_of_dates = file.ends_with("core/src/language.rs");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            if is_mispunctuated(line) || (!is_of_dates && words_a_date(line)) {
                faults.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for line in [
        "\"Rien n’est à lui ; au revoir\"",
        "\"ajout : {what}\"",
        "\"le fichier « {name}\\u{a0}»\"",
        "\"«{name}»\"",
    ] {
        assert!(is_mispunctuated(line), "{line}");
    }
    assert!(words_a_date("start.format(\"%-d %b\")") && words_a_date("date.format_localized(\"%A\")"));
}

/// English has one apostrophe, as French has; the command line says what stands above its arguments.
#[test]
fn an_apostrophe_is_the_typographic_one() {
    let mut files = Vec::new();
    sources(&root().join("src-tauri"), &mut files);
    let mut faults = Vec::new();
    for file in files {
        let is_part = |name: &str| file.components().any(|part| part.as_os_str() == name);
        if is_part("tests") || is_part("tests.rs") {
            continue;
        }
        let is_of_arguments = is_part("args") || is_part("args.rs");
        for line in fs::read_to_string(&file).expect("a source file").lines() {
            let said: Vec<&str> = match line.trim_start().strip_prefix("//") {
                Some(comment) => Some(comment).filter(|_| is_of_arguments).into_iter().collect(),
                None => line.split('"').skip(1).step_by(2).collect(),
            };
            if said.into_iter().any(has_straight_apostrophe) {
                faults.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(has_straight_apostrophe("the clinic's usual") && !has_straight_apostrophe("IN ('s', 't')"));
}

fn has_straight_apostrophe(said: &str) -> bool {
    let mut around = said.split('\'').peekable();
    while let Some(before) = around.next() {
        let Some(after) = around.peek() else { break };
        let end = after.find(|sign: char| !sign.is_ascii_alphabetic());
        let ends_a_word = ["s", "t", "re", "ll", "ve", "d"].contains(&&after[..end.unwrap_or(after.len())]);
        if before.ends_with(|sign: char| sign.is_ascii_lowercase()) && ends_a_word {
            return true;
        }
    }
    false
}

/// Whether French in a line of code is not punctuated as in Canada: no space before `;`, `?` and `!`, one that does not break
/// before `:` and inside `« »`. English and code have none of the last three.
fn is_mispunctuated(line: &str) -> bool {
    let is_french = line.contains(['’', 'é', 'è', 'ê', 'à', 'ç']);
    let is_apart = [" ;", " ?", " !"]
        .iter()
        .any(|sign| line.contains(&format!("{sign} ")) || line.contains(&format!("{sign}\"")));
    let breaks_before_a_colon = line.split(" :").skip(1).any(|rest| !rest.starts_with(':'));
    let opens = line.split('«').skip(1).any(|rest| !begins_whole(rest));
    let closes = line.rsplit('»').skip(1).any(|rest| !ends_whole(rest));
    (is_french && is_apart) || breaks_before_a_colon || opens || closes
}

/// Whether a text begins with a space that does not break, or ends where the sign alone is spoken of.
fn begins_whole(rest: &str) -> bool {
    rest.starts_with("\\u{a0}") || rest.starts_with(['\u{a0}', '\'', '"'])
}

fn ends_whole(rest: &str) -> bool {
    rest.ends_with("\\u{a0}") || rest.ends_with(['\u{a0}', '\'', '"'])
}

/// Whether a line writes the name of a day or a month, which only one place does.
fn words_a_date(line: &str) -> bool {
    let is_named = |rest: &str| {
        let format = rest.split('"').next().unwrap_or_default();
        ["%a", "%A", "%b", "%B", "%h"]
            .iter()
            .any(|name| format.contains(name))
    };
    line.contains("format_localized(") || line.split(".format(\"").skip(1).any(is_named)
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}
