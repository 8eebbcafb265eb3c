//! Finds the database and its key.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use ordo_desk::{Desk, Key, key};

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
    let mut desk = open_at(&path, &key, arguments.now)?;
    sign_in(&mut desk, arguments.user.as_deref())?;
    Ok(desk)
}

/// Signs in where the clinic knows people; elsewhere whoever has the key acts as the owner.
pub fn sign_in(desk: &mut Desk<SystemHost>, user: Option<&str>) -> Result<(), Failure> {
    if desk.is_empty()? || !desk.session()?.must_sign_in {
        return Ok(());
    }
    let Some(user) = user.filter(|user| !user.is_empty()) else {
        return Err(Failure::new(
            Exit::Refused,
            "this clinic knows its people; say who acts with --user NAME",
        ));
    };
    let given = std::env::var("ORDO_PASSWORD")
        .ok()
        .filter(|given| !given.is_empty());
    let secret = match given {
        Some(given) => given,
        None if std::io::stdin().is_terminal() => {
            ask(&format!("Password or PIN of {user}: "), "ORDO_PASSWORD")?
        }
        None => {
            return Err(Failure::new(
                Exit::Refused,
                format!("the password or PIN of {user} is needed; set ORDO_PASSWORD"),
            ));
        }
    };
    desk.sign_in(user, &secret)?;
    Ok(())
}

/// Asks for something that is not shown while it is typed.
fn ask(prompt: &str, variable: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt).map_err(|error| {
        Failure::new(
            Exit::Database,
            format!("nothing can be asked for here: {error}; set {variable}"),
        )
    })
}

/// Opens a database at a path. A pretended time is the clinic's wall clock, so the clinic is opened to know its zone.
pub fn open_at(path: &Path, key: &Key, now: Option<NaiveDateTime>) -> Result<Desk<SystemHost>, Failure> {
    let desk = Desk::open(path, key, SystemHost::default())?;
    let Some(now) = now else { return Ok(desk) };
    let zone = desk.time_zone()?;
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
        return Ok(key::parse(&text)?);
    }
    if let Some(kept) = key::kept(path)? {
        return Ok(kept);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(
            Exit::Database,
            "the database needs its key; set ORDO_KEY",
        ));
    }
    let prompt = if is_new {
        "New passphrase: "
    } else {
        "Passphrase: "
    };
    let passphrase = ask(prompt, "ORDO_KEY")?;
    if is_new && ask("Once more: ", "ORDO_KEY")? != passphrase {
        return Err(Failure::new(Exit::Usage, "the two passphrases differ; try again"));
    }
    Ok(key::parse(&passphrase)?)
}

/// Makes a random key and keeps it beside a new demo database.
pub fn make_key(database: &Path) -> Result<Key, Failure> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| {
        let text = format!("the system gives no random numbers for a key: {error}; set ORDO_KEY");
        Failure::new(Exit::Database, text)
    })?;
    Ok(key::keep(database, secret)?)
}
