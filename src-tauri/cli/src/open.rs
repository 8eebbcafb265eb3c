//! Finds the database and its key.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use ordo_desk::{Desk, Key};

use crate::args::Arguments;
use crate::failure::{Exit, Failure};
use crate::host::SystemHost;

/// Where the database lies: as given, else in the user's data folder.
pub fn database_path(arguments: &Arguments) -> Result<PathBuf, Failure> {
    if let Some(path) = &arguments.database {
        return Ok(path.clone());
    }
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = if cfg!(windows) {
        variable("APPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    let folder = folder
        .ok_or_else(|| Failure::new(Exit::Usage, "give the database with --database FILE"))?
        .join("Ordo");
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failure::new(
            Exit::Database,
            format!("{} cannot be made: {error}", folder.display()),
        )
    })?;
    Ok(folder.join("clinic.ordo"))
}

/// Opens the database.
pub fn open(arguments: &Arguments) -> Result<Desk<SystemHost>, Failure> {
    let path = database_path(arguments)?;
    if !path.exists() {
        let text = format!(
            "there is no database at {}; make one with `ordo import` or `ordo demo`",
            path.display()
        );
        return Err(Failure::new(Exit::Database, text));
    }
    let key = key(&path, false)?;
    open_at(&path, &key, arguments.now)
}

/// Opens a database at a path. A pretended time is the clinic's wall clock, so the clinic is opened to know its zone.
pub fn open_at(path: &Path, key: &Key, now: Option<NaiveDateTime>) -> Result<Desk<SystemHost>, Failure> {
    let desk = Desk::open(path, key, SystemHost::default())?;
    let Some(now) = now else { return Ok(desk) };
    let zone = desk.clinic()?.time_zone;
    drop(desk);
    let instant = zone.from_local_datetime(&now).earliest();
    let now = instant
        .ok_or_else(|| Failure::new(Exit::Usage, format!("{now} does not exist in {zone}")))?
        .to_utc();
    Ok(Desk::open(path, key, SystemHost { now: Some(now) })?)
}

/// A pretended moment before there is a clinic, read as UTC.
pub fn as_utc(now: Option<NaiveDateTime>) -> Option<DateTime<Utc>> {
    now.map(|now| now.and_utc())
}

/// The key: from ORDO_KEY, from the file beside a demo database, else asked for.
pub fn key(path: &Path, is_new: bool) -> Result<Key, Failure> {
    if let Ok(text) = std::env::var("ORDO_KEY")
        && !text.is_empty()
    {
        return parse_key(&text);
    }
    let beside = key_file(path);
    if let Ok(text) = std::fs::read_to_string(&beside) {
        return parse_key(text.trim());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(
            Exit::Database,
            "the database needs its key; set ORDO_KEY",
        ));
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| {
            Failure::new(
                Exit::Database,
                format!("the key cannot be asked for: {error}; set ORDO_KEY"),
            )
        })
    };
    let passphrase = ask(if is_new {
        "New passphrase: "
    } else {
        "Passphrase: "
    })?;
    if is_new && ask("Once more: ")? != passphrase {
        return Err(Failure::new(Exit::Usage, "the two passphrases differ; try again"));
    }
    parse_key(&passphrase)
}

/// Where the key of a demo database lies.
pub fn key_file(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

/// Makes a random key and keeps it in a file that only its owner can read.
pub fn make_key_file(database: &Path) -> Result<Key, Failure> {
    use std::io::Write;
    let path = key_file(database);
    let failed = |error: std::io::Error| {
        Failure::new(
            Exit::Database,
            format!("{} cannot be written: {error}", path.display()),
        )
    };
    // Two version 4 UUIDs hold 244 random bits.
    let (one, two) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    let text = format!("{}{}", one.simple(), two.simple());
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
        .open(&path)
        .and_then(|mut file| writeln!(file, "{text}"))
        .map_err(failed)?;
    parse_key(&text)
}

/// 64 hexadecimal digits are a key, anything else a passphrase.
fn parse_key(text: &str) -> Result<Key, Failure> {
    let mut bytes = [0; 32];
    let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex {
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = pair.iter().fold(0, |byte, digit| {
                byte * 16 + char::from(*digit).to_digit(16).unwrap_or(0) as u8
            });
        }
        return Ok(Key::from_bytes(bytes));
    }
    Key::from_passphrase(text).map_err(|error| Failure::new(Exit::Usage, error.to_string()))
}
