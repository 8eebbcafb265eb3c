//! The one clinic of the window: opened at the first question, made where there is none.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};
use std::{env, fs, mem};

use chrono::{DateTime, Utc};
use ordo_desk::key::{Keys, Vault};
use ordo_desk::view::backup::{BackupLine, BackupsView, Restored};
use ordo_desk::{
    BackupJob, BackupOutcome, ChosenBackup, Code, Desk, Error, Host, Language, Speech, backups_of, find_back,
    is_there, key, named, restore_over, unsigned, unwritten,
};
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
    /// Held by whoever takes a backup: one at a time.
    backing_up: Arc<Mutex<()>>,
}

/// What is open, and the keys that opened it last: nobody types the passphrase twice because a file came back.
#[derive(Default)]
struct State {
    opened: Option<Opened>,
    keys: Option<Keys>,
    /// The language of the window and its clock, which outlive whatever is opened in it.
    speech: Speech,
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
            backing_up: Arc::default(),
        }
    }

    /// Closes the clinic, as the program ends: nobody asks anything from then on.
    ///
    /// What is asked just then, the opening at the start and a backup are waited for, but not without end: a program that
    /// ends below a thread that works on a database may crash.
    pub(crate) fn end(&self, wait: Duration) {
        let until = Instant::now() + wait;
        if let Some(mut state) = lock_until(&self.state, until) {
            state.opened = None;
            // Let go of only with the program.
            mem::forget(state);
        }
        if let Some(backing_up) = lock_until(&self.backing_up, until) {
            mem::forget(backing_up);
        }
    }

    /// Asks the desk; opens the clinic where it is not open yet, so that asking again after a mended fault works.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let language = state.speech.language;
        self.ask_in(&mut state, question)
            .map_err(|error| error.spoken(language))
    }

    fn ask_in<T>(
        &self,
        state: &mut State,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let State { opened, keys, speech } = state;
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
                    Opened::at(&self.place, keys, *speech)?
                }
                _ => lost,
            },
            None => Opened::at(&self.place, keys, *speech)?,
        };
        question(&mut opened.insert(desk).desk)
    }

    /// Asks the desk of a clinic that is there; never makes one.
    pub(crate) fn ask_existing<T>(
        &self,
        question: impl FnOnce(&mut Desk<Desktop>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let database = self.place.database();
        if let Err(error) = find_back(&database) {
            return Err(error.spoken(self.language()));
        }
        if is_there(&database) {
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

    /// Has the clinic speak a language by a clock: the one that is open, and every one that is opened from now on.
    pub(crate) fn speak(&self, speech: impl Into<Speech>) {
        let speech = speech.into();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.speech = speech;
        if let Some(opened) = &mut state.opened {
            opened.desk.speak(speech);
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
        state.speech.language = language;
        if !database.exists() {
            // What was typed opens the backup that is to be put in its place.
            return Ok(());
        }
        let speech = state.speech;
        state.opened = Some(Opened::at(&self.place, &mut state.keys, speech).map_err(spoken)?);
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
        let outcome = self.run(job);
        self.ask(|desk| desk.backup_done(outcome))
    }

    fn run(&self, job: BackupJob) -> BackupOutcome {
        let _alone = self.backing_up.lock().unwrap_or_else(PoisonError::into_inner);
        job.run()
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
            let outcome = self.run(job);
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
        let language = state.speech.language;
        let keys = match state.keys.take() {
            Some(keys) => keys,
            None => self.place.keys(language)?,
        };
        let restored = restore_over(&database, &keys, ChosenBackup::Listed(name), Desktop, language);
        // What somebody typed is not asked for again where another backup is chosen.
        state.keys = Some(keys);
        let (mut desk, restored) = restored.map_err(|error| error.spoken(language))?;
        desk.speak(state.speech);
        state.keys = None;
        let file = mark_of(&database);
        state.opened = Some(Opened { desk, file });
        Ok(restored)
    }

    /// The language of the window.
    pub(crate) fn language(&self) -> Language {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.speech.language
    }

    /// Whether the database cannot be used as it is: it is broken, or only its keys and its log are still there. One that
    /// was taken away while it is open here may come back.
    fn is_broken(&self, error: &Error) -> bool {
        matches!(error.code, Code::Database | Code::Damaged)
            && (self.place.database().exists() || !self.is_open())
    }
}

/// Waits for a lock, but only so long.
fn lock_until<T>(lock: &Mutex<T>, until: Instant) -> Option<MutexGuard<'_, T>> {
    const STEP: Duration = Duration::from_millis(5);
    loop {
        match lock.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return None,
            Err(TryLockError::WouldBlock) => std::thread::sleep(STEP),
        }
    }
}

impl Opened {
    fn at(place: &Place, known: &mut Option<Keys>, speech: Speech) -> Result<Self, Error> {
        let language = speech.language;
        find_back(&place.database())?;
        let mut desk = match known.as_ref().filter(|_| place.database().exists()) {
            // The file in its place may have another key.
            Some(keys) => open_with(place, keys, language).or_else(|error| match error.code {
                Code::Database => open(place, language).map_err(|_| error),
                _ => Err(error),
            })?,
            None => open(place, language)?,
        };
        *known = None;
        desk.speak(speech);
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
    let place = named(database);
    let text = match language {
        Language::English => format!(
            "{place} is no longer there; it was moved, renamed or deleted while Ordo was open. Put it back in its \
             place, or a backup of it, and leave Ordo open: it goes on by itself. Nothing is written until then."
        ),
        Language::French => format!(
            "{place} n’est plus là\u{a0}: le fichier a été déplacé, renommé ou supprimé pendant qu’Ordo était ouvert. \
             Remettez-le à sa place, lui ou une copie de sauvegarde, et laissez Ordo ouvert\u{a0}: il reprend de lui-même. \
             Rien n’est écrit d’ici là."
        ),
    };
    Error::new(Code::Database, text)
}

/// Opens the database of a place with the given key, else with the one that this computer holds; makes an empty one where
/// there is none.
fn open(place: &Place, language: Language) -> Result<Desk<Desktop>, Error> {
    let database = place.database();
    if is_there(&database) {
        return open_with(place, &place.keys(language)?, language);
    }
    make_folder(&place.folder, language)?;
    let key = match &place.key {
        Some(text) => key::parse(text)?,
        None => key::of_new(&database, || {
            let mut secret = [0; 32];
            (place.vault.random)(&mut secret)?;
            Ok(secret)
        })?,
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
            .unwrap_or_else(|| unsigned::DESK.to_owned())
    }
}

#[cfg(test)]
mod tests;
