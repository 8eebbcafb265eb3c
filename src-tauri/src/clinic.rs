//! The one clinic of the window: opened at the first question, made where there is none.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use chrono::{DateTime, Utc};
use ordo_desk::{Code, Desk, Error, Host, key};
use uuid::Uuid;

/// Where a clinic lies and what opens it.
#[derive(Clone)]
pub struct Place {
    /// The data folder.
    pub folder: PathBuf,
    /// The key as text, where one was given; else the one kept beside the database is used.
    pub key: Option<String>,
}

/// The clinic at a place.
pub struct OpenClinic {
    place: Place,
    desk: Mutex<Option<Desk<Desktop>>>,
}

impl OpenClinic {
    pub(crate) fn at(place: Place) -> Self {
        Self {
            place,
            desk: Mutex::new(None),
        }
    }

    /// Asks the desk; opens the clinic where it is not open yet, so that asking again after a mended fault works.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut slot = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let desk = match slot.take() {
            Some(desk) => desk,
            None => open(&self.place)?,
        };
        question(slot.insert(desk))
    }
}

/// Opens the database of a place with the given key, else with the one kept beside it; makes an empty one where there
/// is none.
fn open(place: &Place) -> Result<Desk<Desktop>, Error> {
    let database = place.folder.join("clinic.ordo");
    let is_there = database.exists();
    let key = match &place.key {
        Some(text) => key::parse(text)?,
        None => match key::kept(&database)? {
            Some(key) => key,
            None if is_there => return Err(no_key(&database)),
            None => {
                make_folder(&place.folder)?;
                key::keep(&database, secret()?)?
            }
        },
    };
    if is_there {
        Desk::open(&database, &key, Desktop)
    } else {
        make_folder(&place.folder)?;
        Desk::create(&database, &key, Desktop)
    }
}

fn make_folder(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| {
        let text = format!(
            "{} cannot be made: {error}; make sure that you may write there, or name another folder in ORDO_DATA_DIR",
            folder.display()
        );
        Error::new(Code::Database, text)
    })
}

fn no_key(database: &Path) -> Error {
    let text = format!(
        "{} is encrypted and its key is not here; start Ordo with the key in the environment variable ORDO_KEY",
        database.display()
    );
    Error::new(Code::Database, text)
}

fn secret() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Error::new(
            Code::Database,
            format!("the system gives no random numbers for a key: {error}; restart it"),
        )),
    }
}

/// The computer the window runs on.
pub(crate) struct Desktop;

impl Host for Desktop {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn new_id(&self) -> String {
        Uuid::now_v7().to_string()
    }

    fn actor(&self) -> String {
        ["USER", "USERNAME"]
            .iter()
            .find_map(|name| env::var(name).ok())
            .unwrap_or_else(|| "front desk".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(folder: &Path, key: Option<&str>) -> Place {
        Place {
            folder: folder.to_owned(),
            key: key.map(str::to_owned),
        }
    }

    #[test]
    fn the_first_start_makes_a_folder_a_key_and_an_empty_database() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("new").join("data");
        let mut desk = open(&place(&data, None)).unwrap();
        assert!(desk.is_empty().unwrap());
        desk.start_demo().unwrap();
        let name = desk.clinic().unwrap().name;
        drop(desk);
        assert_eq!(open(&place(&data, None)).unwrap().clinic().unwrap().name, name);
        assert!(data.join("clinic.ordo.key").exists());
    }

    #[test]
    fn two_clinics_have_two_keys() {
        assert_ne!(secret().unwrap(), secret().unwrap());
    }

    #[test]
    fn a_given_key_wins_and_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        open(&place(folder.path(), Some("correct horse"))).unwrap();
        assert!(!folder.path().join("clinic.ordo.key").exists());
        let refusal = open(&place(folder.path(), None)).err().unwrap();
        assert!(refusal.message.contains("ORDO_KEY"), "{refusal}");
        let refusal = open(&place(folder.path(), Some("wrong horse"))).err().unwrap();
        assert_eq!(refusal.code, Code::Database);
        open(&place(folder.path(), Some("correct horse"))).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let refusal = open(&place(&file.join("data"), None)).err().unwrap();
        assert!(refusal.message.contains("file"), "{refusal}");
    }
}
