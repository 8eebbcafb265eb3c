//! The one clinic of the window: opened at the first question, made where there is none.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{env, fs};

use chrono::{DateTime, Utc};
use ordo_desk::key::{Keys, Vault};
use ordo_desk::view::backup::{BackupLine, BackupsView, Restored};
use ordo_desk::{BackupJob, Code, Desk, Error, Host, Language, backups_of, key, restore_over, unwritten};
use uuid::Uuid;

/// Where a clinic lies and what opens it.
#[derive(Clone)]
pub struct Place {
    /// The data folder.
    pub folder: PathBuf,
    /// The key as text, where one was given; else the one kept beside the database is used.
    pub key: Option<String>,
    /// Where keys are kept and made.
    pub vault: Vault<'static>,
}

/// The clinic at a place; what works beside the window has a clone of it.
#[derive(Clone)]
pub struct OpenClinic {
    place: Place,
    state: Arc<Mutex<State>>,
}

/// What is open, and the keys that opened it last: nobody types the passphrase twice because a file came back.
#[derive(Default)]
struct State {
    opened: Option<Opened>,
    keys: Option<Keys>,
    /// The language of the window, which outlives whatever is opened in it.
    language: Language,
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
            state: Arc::default(),
        }
    }

    /// Asks the desk; opens the clinic where it is not open yet, so that asking again after a mended fault works.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let language = state.language;
        self.ask_in(&mut state, question)
            .map_err(|error| error.spoken(language))
    }

    fn ask_in<T>(
        &self,
        state: &mut State,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let State {
            opened,
            keys,
            language,
        } = state;
        let database = self.place.database();
        let desk = match opened.take() {
            Some(lost) => match (lost.file, mark_of(&database)) {
                (Some(_), None) => {
                    // Still open, it holds everything that was saved, and goes on when the file is back.
                    let refusal = Err(gone(&database, lost.desk.language()));
                    *opened = Some(lost);
                    return refusal;
                }
                (Some(before), Some(now)) if before != now => {
                    // Closing the lost file first takes its own leftovers out of the way of the one in its place.
                    *keys = Some(lost.desk.keys());
                    drop(lost);
                    Opened::at(&self.place, keys, *language)?
                }
                _ => lost,
            },
            None => Opened::at(&self.place, keys, *language)?,
        };
        question(&mut opened.insert(desk).desk)
    }

    /// Asks the desk of a clinic that is there; never makes one.
    pub(crate) fn ask_existing<T>(
        &self,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        if self.place.database().exists() {
            return self.ask(question);
        }
        let text = self.language().pick(
            "there is no clinic yet; begin with the first start",
            "il n’y a pas encore de clinique; commencez par le premier démarrage",
        );
        Err(Error::new(Code::NoClinic, text))
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.place.folder
    }

    /// Has the clinic speak a language: the one that is open, and every one that is opened from now on.
    pub(crate) fn speak(&self, language: Language) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.language = language;
        if let Some(opened) = &mut state.opened {
            opened.desk.speak(language);
        }
    }

    /// Where keys are kept and made.
    pub(crate) fn vault(&self) -> Vault<'static> {
        self.place.vault
    }

    /// Opens the clinic with its passphrase or its recovery key.
    pub(crate) fn unlock(&self, typed: &str, language: Language) -> Result<(), Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.opened.is_some() {
            return Ok(());
        }
        let database = self.place.database();
        let keychain = self.place.vault.keychain;
        let spoken = |error: Error| error.spoken(language);
        state.keys = Some(key::find(&database, Some(typed), keychain, language).map_err(spoken)?);
        state.language = language;
        state.opened = Some(Opened::at(&self.place, &mut state.keys, language).map_err(spoken)?);
        Ok(())
    }

    /// Where backups lie, also when the clinic cannot be opened.
    pub(crate) fn backups(&self) -> Result<BackupsView, Error> {
        match self.ask(|desk| desk.backup_shelf()) {
            // Looked at here, so that nobody waits for a slow disk.
            Ok(shelf) => Ok(shelf.look()),
            Err(error) if self.is_broken(&error) => {
                Ok(backups_of(&self.place.database(), Utc::now(), self.language()))
            }
            Err(error) => Err(error),
        }
    }

    /// Takes a backup; others may ask the desk meanwhile.
    pub(crate) fn back_up(&self) -> Result<BackupLine, Error> {
        let job = self.ask(|desk| desk.backup_now())?;
        let outcome = job.run();
        self.ask(|desk| desk.backup_done(outcome))
    }

    /// Whether somebody has opened the clinic.
    pub(crate) fn is_open(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.opened.is_some()
    }

    /// Takes a backup if one is due; a clinic that nobody has opened is left alone.
    pub(crate) fn back_up_when_due(&self) {
        let job = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let opened = state.opened.as_ref();
            opened.and_then(|opened| opened.desk.backup_job().ok())
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
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = state.opened.take() {
            state.keys = Some(opened.desk.keys());
        }
        let database = self.place.database();
        let keys = match state.keys.take() {
            Some(keys) => keys,
            None => self.place.keys(state.language)?,
        };
        let restored = restore_over(&database, &keys.all(), name, Desktop);
        let (mut desk, restored) = restored.map_err(|error| error.spoken(state.language))?;
        desk.speak(state.language);
        let file = mark_of(&database);
        state.opened = Some(Opened { desk, file });
        Ok(restored)
    }

    /// The language of the window.
    pub(crate) fn language(&self) -> Language {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).language
    }

    /// Whether the database cannot be used as it is: it is broken, or only its keys and its log are still there. One that
    /// was taken away while it is open here may come back.
    fn is_broken(&self, error: &Error) -> bool {
        matches!(error.code, Code::Database | Code::Damaged)
            && (self.place.database().exists() || !self.is_open())
    }
}

impl Opened {
    fn at(place: &Place, known: &mut Option<Keys>, language: Language) -> Result<Self, Error> {
        let mut desk = match known.take() {
            // The file in its place may have another key.
            Some(keys) => open_with(place, &keys, language).or_else(|error| {
                let opened = match error.code {
                    Code::Database => open(place, language),
                    _ => return Err(error),
                };
                opened.map_err(|_| {
                    *known = Some(keys);
                    error
                })
            })?,
            None => open(place, language)?,
        };
        desk.speak(language);
        let file = mark_of(&place.database());
        Ok(Self { desk, file })
    }
}

impl Place {
    fn database(&self) -> PathBuf {
        self.folder.join("clinic.ordo")
    }

    /// The keys of the database: the given one, else by what this computer holds.
    fn keys(&self, language: Language) -> Result<Keys, Error> {
        key::find(
            &self.database(),
            self.key.as_deref(),
            self.vault.keychain,
            language,
        )
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

/// Opens the database of a place with the given key, else with the one that this computer holds; makes an empty one where
/// there is none.
fn open(place: &Place, language: Language) -> Result<Desk<Desktop>, Error> {
    let database = place.database();
    if database.exists() {
        return open_with(place, &place.keys(language)?, language);
    }
    make_folder(&place.folder, language)?;
    let key = match (&place.key, key::kept(&database)?) {
        (Some(text), _) => key::parse(text)?,
        (None, Some(kept)) => kept,
        (None, None) => {
            let mut secret = [0; 32];
            (place.vault.random)(&mut secret)?;
            key::keep(&database, secret)?
        }
    };
    Desk::create(&database, &key, Desktop)
}

fn open_with(place: &Place, keys: &Keys, language: Language) -> Result<Desk<Desktop>, Error> {
    let mut desk = keys.open(&place.database(), place.vault.keychain, Desktop, language)?;
    desk.check_newest()?;
    Ok(desk)
}

fn make_folder(folder: &Path, language: Language) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| {
        let words = unwritten(folder, &error, language);
        let other = language.pick(
            "or name another folder in ORDO_DATA_DIR",
            "ou indiquez un autre dossier dans ORDO_DATA_DIR",
        );
        Error::new(Code::Database, format!("{words}, {other}"))
    })
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

    fn open(place: &Place) -> Result<Desk<Desktop>, Error> {
        super::open(place, Language::English)
    }

    fn place(folder: &Path, key: Option<&str>) -> Place {
        Place {
            folder: folder.to_owned(),
            key: key.map(str::to_owned),
            vault: Vault {
                keychain: &key::NoKeychain,
                random: ordo_keychain::random,
            },
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
    fn what_stands_against_a_database_is_told_in_the_language_of_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
        fs::write(folder.path().join("clinic.ordo"), "").unwrap();
        for (language, words) in [
            (Language::English, "is an empty file"),
            (Language::French, "est un fichier vide"),
        ] {
            clinic.speak(language);
            let refusal = clinic.ask(|desk| desk.clinic()).unwrap_err();
            assert!(refusal.message.contains(words), "{refusal}");
        }
        fs::remove_file(folder.path().join("clinic.ordo")).unwrap();
        clinic.ask(Desk::start_demo).unwrap();
        let refusal = clinic
            .ask(|desk| desk.undo(ordo_desk::Which::Entry(999), ""))
            .unwrap_err();
        assert!(refusal.message.contains("n’a pas d’entrée 999"), "{refusal}");
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

    #[test]
    fn a_lost_database_is_not_begun_anew_beside_its_keys_and_its_backup_is_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let place = || place(folder.path(), Some("correct horse"));
        let clinic = OpenClinic::at(place());
        clinic.ask(Desk::start_demo).unwrap();
        clinic.ask(Desk::back_up).unwrap();
        drop(clinic);
        let [database, keys] = ["clinic.ordo", "clinic.ordo.keys"].map(|name| folder.path().join(name));
        fs::remove_file(&database).unwrap();
        fs::write(&keys, "of the lost one").unwrap();
        let clinic = OpenClinic::at(Place { key: None, ..place() });
        let refusal = clinic.ask(|desk| desk.clinic()).unwrap_err();
        assert_eq!(refusal.code, Code::Database);
        assert!(refusal.message.contains("put it back"), "{refusal}");
        assert!(!database.exists() && !folder.path().join("clinic.ordo.key").exists());
        fs::remove_file(&keys).unwrap();
        fs::write(folder.path().join("clinic.ordo-wal"), "the newest changes").unwrap();
        let clinic = OpenClinic::at(place());
        assert!(clinic.ask(|desk| desk.clinic()).is_err());
        let name = clinic.backups().unwrap().backups[0].name.clone();
        clinic.restore(&name).unwrap();
        clinic.ask(|desk| desk.clinic()).unwrap();
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
        clinic.speak(Language::French);
        clinic.ask(|desk| desk.clinic()).unwrap();
        fs::rename(
            other.path().join("clinic.ordo"),
            folder.path().join("clinic.ordo"),
        )
        .unwrap();
        clinic.ask(|desk| desk.clinic()).unwrap();
        let written = clinic.ask(|desk| desk.take_back(None));
        assert_eq!(written.unwrap_err().code, Code::CannotUndo);
        let spoken = clinic.ask(|desk| Ok(desk.language())).unwrap();
        assert_eq!(
            spoken,
            Language::French,
            "the window's language outlives the file"
        );
    }

    #[test]
    fn two_clinics_have_two_keys() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let key_of = |folder: &Path| {
            drop(open(&place(folder, None)).unwrap());
            fs::read(folder.join("clinic.ordo.key")).unwrap()
        };
        assert_ne!(key_of(one.path()), key_of(two.path()));
    }

    #[test]
    fn a_passphrase_is_typed_once_and_a_lost_file_asks_for_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let clinic = OpenClinic::at(place(folder.path(), None));
        clinic.ask(Desk::start_demo).unwrap();
        let paper = clinic
            .ask(|desk| desk.draft_recovery_key(clinic.vault()))
            .unwrap();
        let typed = &paper.groups[paper.asked as usize - 1];
        let passphrase = "otters sleep in the reeds";
        clinic
            .ask(|desk| desk.protect_key(typed, Some(passphrase), clinic.vault()))
            .unwrap();
        clinic.back_up().unwrap();
        drop(clinic);
        let clinic = OpenClinic::at(place(folder.path(), None));
        assert_eq!(
            clinic.ask(|desk| desk.clinic()).unwrap_err().code,
            Code::KeyNeeded
        );
        let english = Language::English;
        assert_eq!(
            clinic.unlock("badgers", english).unwrap_err().code,
            Code::KeyNeeded
        );
        clinic.unlock(passphrase, english).unwrap();
        // A copy of the file in its place, and later one that cannot be read.
        let database = folder.path().join("clinic.ordo");
        let copy = folder.path().join("copy");
        fs::copy(&database, &copy).unwrap();
        fs::rename(&copy, &database).unwrap();
        clinic.ask(|desk| desk.clinic()).unwrap();
        fs::write(&copy, [3; 8192]).unwrap();
        fs::rename(&copy, &database).unwrap();
        assert!(clinic.ask(|desk| desk.clinic()).is_err());
        let name = clinic.backups().unwrap().backups[0].name.clone();
        clinic.restore(&name).unwrap();
        clinic.ask(|desk| desk.clinic()).unwrap();
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
