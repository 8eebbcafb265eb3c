//! The one clinic of the window: opened at the first question, made where there is none.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use chrono::{DateTime, Utc};
use ordo_desk::view::backup::{BackupLine, BackupsView, Restored};
use ordo_desk::{BackupJob, Code, Desk, Error, Host, Language, backups_of, key, restore_over};
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
    desk: Mutex<Option<Opened>>,
}

/// An open desk and the file that it was opened on.
struct Opened {
    desk: Desk<Desktop>,
    file: Option<FileMark>,
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
        let database = self.place.database();
        let opened = match slot.take() {
            Some(opened) => match (opened.file, mark_of(&database)) {
                (Some(_), None) => {
                    // Still open, it holds everything that was saved, and goes on when the file is back.
                    let refusal = Err(gone(&database, opened.desk.language()));
                    *slot = Some(opened);
                    return refusal;
                }
                (Some(before), Some(now)) if before != now => {
                    // Closing the lost file first takes its own leftovers out of the way of the one in its place.
                    drop(opened);
                    Opened::at(&self.place)?
                }
                _ => opened,
            },
            None => Opened::at(&self.place)?,
        };
        question(&mut slot.insert(opened).desk)
    }

    /// Where backups lie, also when the clinic cannot be opened.
    pub(crate) fn backups(&self) -> Result<BackupsView, Error> {
        match self.ask(|desk| desk.backup_shelf()) {
            // Looked at here, so that nobody waits for a slow disk.
            Ok(shelf) => Ok(shelf.look()),
            Err(error) if self.is_broken(&error) => Ok(backups_of(
                &self.place.database(),
                Utc::now(),
                Language::default(),
            )),
            Err(error) => Err(error),
        }
    }

    /// Takes a backup; others may ask the desk meanwhile.
    pub(crate) fn back_up(&self) -> Result<BackupLine, Error> {
        let job = self.ask(|desk| desk.backup_now())?;
        let outcome = job.run();
        self.ask(|desk| desk.backup_done(outcome))
    }

    /// Takes a backup if one is due; a clinic that nobody has opened is left alone.
    pub(crate) fn back_up_when_due(&self) {
        let job = {
            let slot = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
            slot.as_ref().and_then(|opened| opened.desk.backup_job().ok())
        };
        if let Some(job) = job.filter(BackupJob::is_due) {
            let outcome = job.run();
            // What went wrong is a notice from now on.
            let _ = self.ask(|desk| desk.backup_done(outcome));
        }
    }

    /// Puts a backup back, also in the place of a database that cannot be opened.
    pub(crate) fn restore(&self, name: &str) -> Result<Restored, Error> {
        match self.ask(|desk| desk.restore(name)) {
            Err(error) if self.is_broken(&error) => {}
            other => return other,
        }
        let mut slot = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        *slot = None;
        let database = self.place.database();
        let key = match &self.place.key {
            Some(text) => key::parse(text)?,
            None => key::kept(&database)?.ok_or_else(|| no_key(&database))?,
        };
        let (desk, restored) = restore_over(&database, &key, name, Desktop)?;
        let file = mark_of(&database);
        *slot = Some(Opened { desk, file });
        Ok(restored)
    }

    /// Whether the database is there but cannot be used as it is.
    fn is_broken(&self, error: &Error) -> bool {
        matches!(error.code, Code::Database | Code::Damaged) && self.place.database().exists()
    }
}

impl Opened {
    fn at(place: &Place) -> Result<Self, Error> {
        let desk = open(place)?;
        let file = mark_of(&place.database());
        Ok(Self { desk, file })
    }
}

impl Place {
    fn database(&self) -> PathBuf {
        self.folder.join("clinic.ordo")
    }
}

/// What tells one file from another that has its name: its number on its disk.
type FileMark = (u64, u64);

#[cfg(unix)]
fn mark_of(path: &Path) -> Option<FileMark> {
    use std::os::unix::fs::MetadataExt;
    let data = fs::metadata(path).ok()?;
    Some((data.dev(), data.ino()))
}

/// Elsewhere an open file can be neither moved nor removed.
#[cfg(not(unix))]
fn mark_of(path: &Path) -> Option<FileMark> {
    path.exists().then_some((0, 0))
}

fn gone(database: &Path, language: Language) -> Error {
    let place = database.display();
    let text = match language {
        Language::English => format!(
            "{place} is no longer there; it was moved, renamed or deleted while Ordo was open. Put it back in its \
             place, or a backup of it, and leave Ordo open: it goes on by itself. Nothing is written until then."
        ),
        Language::French => format!(
            "{place} n’est plus là : le fichier a été déplacé, renommé ou supprimé pendant qu’Ordo était ouvert. \
             Remettez-le à sa place, lui ou une copie de sauvegarde, et laissez Ordo ouvert : il reprend de lui-même. \
             Rien n’est écrit d’ici là."
        ),
    };
    Error::new(Code::Database, text)
}

/// Opens the database of a place with the given key, else with the one kept beside it; makes an empty one where there
/// is none.
fn open(place: &Place) -> Result<Desk<Desktop>, Error> {
    let database = place.database();
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
        let mut desk = Desk::open(&database, &key, Desktop)?;
        desk.check_newest()?;
        Ok(desk)
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

    #[cfg(unix)]
    #[test]
    fn a_database_that_is_lost_while_open_is_missed_and_gone_on_with_when_it_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
        clinic.ask(Desk::start_demo).unwrap();
        let today = Utc::now().date_naive();
        let count =
            |clinic: &OpenClinic| clinic.ask(|desk| desk.day(today).map(|day| day.practitioners.len()));
        let before = count(&clinic).unwrap();
        let (database, away) = (folder.path().join("clinic.ordo"), folder.path().join("away"));
        fs::rename(&database, &away).unwrap();
        for _ in 0..2 {
            let refusal = count(&clinic).unwrap_err();
            assert_eq!(refusal.code, Code::Database);
            assert!(refusal.message.contains("no longer there"), "{refusal}");
        }
        assert!(!database.exists(), "no empty clinic took its place");
        fs::rename(&away, &database).unwrap();
        assert_eq!(count(&clinic).unwrap(), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_backup_that_is_put_in_the_place_of_the_database_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        let made = |folder: &Path| {
            let mut desk = open(&place(folder, Some("correct horse"))).unwrap();
            desk.start_demo().unwrap();
        };
        made(folder.path());
        made(other.path());
        let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
        clinic.ask(|desk| desk.clinic()).unwrap();
        fs::rename(
            other.path().join("clinic.ordo"),
            folder.path().join("clinic.ordo"),
        )
        .unwrap();
        clinic.ask(|desk| desk.clinic()).unwrap();
        let written = clinic.ask(|desk| desk.take_back(None));
        assert_eq!(written.unwrap_err().code, Code::CannotUndo);
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
