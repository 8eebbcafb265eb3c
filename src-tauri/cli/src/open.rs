//! Finds the database and its key.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use ordo_core::time::ZoneClock;
use ordo_desk::key::Keys;
use ordo_desk::{Code, Desk, Error, Key, Language, backups_of, find_back, key, look_at, named, unwritten};
use ordo_keychain::{keychain, random};

use crate::args::Arguments;
use crate::failure::{Exit, Failure};
use crate::host::SystemHost;
use crate::output;

/// Where the database lies: as given, else in the user's data folder.
pub fn database_path(arguments: &Arguments) -> Result<PathBuf, Failure> {
    let path = match &arguments.database {
        Some(path) => path.clone(),
        None => usual_path()?,
    };
    // Where it is missing only because putting a backup back was cut short, it is there again from here on.
    find_back(&path)?;
    Ok(path)
}

fn usual_path() -> Result<PathBuf, Failure> {
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
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::new(Exit::Database, unwritten(&folder, &error, Language::English)))?;
    Ok(folder.join("clinic.ordo"))
}

/// Opens the database.
pub fn open(arguments: &Arguments) -> Result<Desk<SystemHost>, Failure> {
    let path = database_path(arguments)?;
    look_at_place(&path)?;
    let keys = keys(&path, "database")?;
    let mut desk = open_at(&path, &keys, arguments.now)?;
    sign_in(&mut desk, arguments.user.as_deref())?;
    Ok(desk)
}

/// Says what is in the place of a database before anybody is asked for its key.
fn look_at_place(path: &Path) -> Result<(), Failure> {
    refuse_folder(path)?;
    let Err(error) = look_at(path) else {
        return Ok(());
    };
    if error.code != Code::NoClinic {
        return Err(error.into());
    }
    let place = named(path);
    let text = if backups_of(path, Utc::now(), Language::English).are_there() {
        format!(
            "there is no database at {place}, but backups of it; `ordo backups` lists them, and `ordo restore` puts one back"
        )
    } else {
        format!("there is no database at {place}; make one with `ordo import` or `ordo demo`")
    };
    Err(Failure::new(Exit::Database, text))
}

/// Refuses a folder where a database should be.
pub fn refuse_folder(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        let text = format!("{} is a folder and no database; name the file", named(path));
        return Err(Failure::new(Exit::Database, text));
    }
    Ok(())
}

/// Signs in where the clinic knows people; elsewhere whoever has the key acts as the owner.
pub fn sign_in(desk: &mut Desk<SystemHost>, user: Option<&str>) -> Result<(), Failure> {
    if desk.is_empty()? || !desk.session()?.must_sign_in {
        return match user.filter(|user| !user.is_empty()) {
            Some(user) => Err(Failure::new(
                Exit::Refused,
                format!(
                    "this clinic knows no people, so nobody can act as {user}; leave --user and ORDO_USER away, or add \
                     people in the window under Set-up, People"
                ),
            )),
            None => Ok(()),
        };
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
pub fn ask(prompt: &str, variable: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt).map_err(|_| {
        Failure::new(
            Exit::Database,
            format!("nothing can be asked for here; set {variable}"),
        )
    })
}

/// Opens a database at a path. A pretended time is the clinic's wall clock, so the clinic is opened to know its zone; where
/// none is in it yet, the time is read as UTC.
pub fn open_at(path: &Path, keys: &Keys, now: Option<NaiveDateTime>) -> Result<Desk<SystemHost>, Failure> {
    let open = |host| keys.open(path, keychain(), host, Language::English);
    let desk = open(SystemHost::default())?;
    if let Some(words) = desk.cut_restore() {
        output::aside(&words);
    }
    let Some(now) = now else { return Ok(desk) };
    if desk.is_empty()? {
        drop(desk);
        return Ok(open(SystemHost {
            now: as_utc(Some(now)),
        })?);
    }
    let zone = desk.time_zone()?;
    drop(desk);
    let clock = ZoneClock::new(zone);
    if !clock.exists(now) {
        return Err(Failure::new(
            Exit::Usage,
            format!("{now} does not exist in {zone}, where the clocks go forward; name another"),
        ));
    }
    let now = clock.moment_of(now);
    Ok(open(SystemHost { now: Some(now) })?)
}

/// A pretended moment before there is a clinic, read as UTC.
pub fn as_utc(now: Option<NaiveDateTime>) -> Option<DateTime<Utc>> {
    now.map(|now| now.and_utc())
}

/// The keys of a database: from ORDO_KEY, from this computer, else by what is asked for. What they are to open is the
/// database or, where that is not there, a backup.
pub fn keys(path: &Path, what: &str) -> Result<Keys, Failure> {
    match keys_at_hand(path) {
        Err(error) if given_key().is_none() && matches!(error.code, Code::KeyNeeded | Code::NoKey) => {
            if !std::io::stdin().is_terminal() {
                let text = format!(
                    "the {what} needs its key; set ORDO_KEY to the passphrase, the recovery key or the key"
                );
                return Err(Failure::new(Exit::Database, text));
            }
            let typed = ask("Passphrase or recovery key: ", "ORDO_KEY")?;
            Ok(key::find(path, Some(&typed), keychain(), Language::English)?)
        }
        found => Ok(found?),
    }
}

/// The keys of a database, as far as nobody has to be asked.
pub fn keys_at_hand(path: &Path) -> Result<Keys, Error> {
    key::find(path, given_key().as_deref(), keychain(), Language::English)
}

fn given_key() -> Option<String> {
    std::env::var("ORDO_KEY").ok().filter(|given| !given.is_empty())
}

/// The key of a new database: from ORDO_KEY, else asked for.
pub fn new_key() -> Result<Key, Failure> {
    if let Some(given) = given_key() {
        return Ok(key::parse(&given)?);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(
            Exit::Database,
            "the database needs a key; set ORDO_KEY",
        ));
    }
    let passphrase = ask("New passphrase: ", "ORDO_KEY")?;
    if ask("Once more: ", "ORDO_KEY")? != passphrase {
        return Err(Failure::new(Exit::Usage, "the two passphrases differ; try again"));
    }
    Ok(key::parse(&passphrase)?)
}

/// The key of a new demo database, random and kept beside it.
pub fn make_key(database: &Path) -> Result<Key, Failure> {
    Ok(key::of_new(database, secret)?)
}

/// Random octets for a secret.
pub fn secret() -> Result<[u8; 32], Error> {
    let mut secret = [0; 32];
    random(&mut secret)?;
    Ok(secret)
}
