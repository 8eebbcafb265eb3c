//! Sharing calendars from this machine: the feed server, and a folder that is kept up to date.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use ordo_desk::{Code, Error};
use ordo_net::feed::{Options, Running, start};
use serde::{Deserialize, Serialize};

use crate::clinic::{Place, open_existing};

/// Where the feed server listens, unless the port is taken.
const PORT: u16 = 8437;

/// How often the folder is compared with the clinic.
const WATCH: Duration = Duration::from_millis(500);

/// What of sharing is a matter of this machine and not of the clinic; kept beside the database, without any secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    serves: bool,
    folder: Option<PathBuf>,
}

/// What runs.
#[derive(Default)]
struct State {
    settings: Settings,
    is_read: bool,
    server: Option<Running>,
    server_problem: Option<String>,
    folder: Option<Watch>,
}

/// A folder that is kept up to date until this is dropped.
struct Watch {
    ended: Arc<AtomicBool>,
    problem: Arc<Mutex<Option<String>>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// The sharing of the clinic at a place.
pub(crate) struct Sharing {
    place: Place,
    state: Mutex<State>,
}

/// What is shared, as the window shows it.
pub(crate) struct Shared {
    pub(crate) serves: bool,
    pub(crate) address: Option<String>,
    pub(crate) folder: Option<String>,
    pub(crate) problem: Option<String>,
}

impl Sharing {
    pub(crate) fn at(place: Place) -> Self {
        Self {
            place,
            state: Mutex::default(),
        }
    }

    /// What is shared; starts what was left running the last time.
    pub(crate) fn now(&self) -> Shared {
        let state = self.state();
        let problem_of_folder = state.folder.as_ref().and_then(|watch| {
            let problem = watch.problem.lock().unwrap_or_else(PoisonError::into_inner);
            problem.clone()
        });
        let folder = state.settings.folder.as_ref();
        Shared {
            serves: state.settings.serves,
            address: state
                .server
                .as_ref()
                .map(|server| format!("http://{}", server.address())),
            folder: folder.map(|folder| folder.display().to_string()),
            problem: state.server_problem.clone().or(problem_of_folder),
        }
    }

    /// Starts or ends the feed server.
    pub(crate) fn serve(&self, serves: bool) -> Result<(), Error> {
        let mut state = self.state();
        state.settings.serves = serves;
        self.keep(&state.settings)?;
        self.run_server(&mut state);
        Ok(())
    }

    /// Keeps a folder up to date from now on, or none.
    pub(crate) fn keep_folder(&self, folder: Option<PathBuf>) -> Result<(), Error> {
        let mut state = self.state();
        if let Some(folder) = &folder {
            // A folder that cannot be written is told at once.
            open_existing(&self.place)?.write_folder(folder)?;
        }
        state.settings.folder = folder;
        self.keep(&state.settings)?;
        self.run_folder(&mut state);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.is_read {
            state.is_read = true;
            state.settings = fs::read_to_string(self.file())
                .ok()
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default();
            self.run_server(&mut state);
            self.run_folder(&mut state);
        }
        state
    }

    fn file(&self) -> PathBuf {
        self.place.folder.join("sharing.json")
    }

    fn keep(&self, settings: &Settings) -> Result<(), Error> {
        let file = self.file();
        let written = serde_json::to_string(settings)
            .map_err(std::io::Error::from)
            .and_then(|text| fs::write(&file, text));
        written.map_err(|error| {
            let text = format!(
                "{} cannot be written: {error}; make sure that you may write there",
                file.display()
            );
            Error::new(Code::BadFile, text)
        })
    }

    fn run_server(&self, state: &mut State) {
        state.server_problem = None;
        if !state.settings.serves {
            state.server = None;
        } else if state.server.is_none() {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
            let started = open_existing(&self.place)
                .map_err(|error| error.message)
                .and_then(|desk| start(desk, &Options::at(address)).map_err(|error| error.to_string()));
            match started {
                Ok(server) => state.server = Some(server),
                Err(problem) => state.server_problem = Some(problem),
            }
        }
    }

    fn run_folder(&self, state: &mut State) {
        state.folder = None;
        if let Some(folder) = state.settings.folder.clone() {
            let watch = Watch {
                ended: Arc::default(),
                problem: Arc::default(),
            };
            let (ended, problem) = (Arc::clone(&watch.ended), Arc::clone(&watch.problem));
            let place = self.place.clone();
            spawn(move || keep_up_to_date(&place, &folder, &ended, &problem));
            state.folder = Some(watch);
        }
    }
}

/// Writes a folder whenever the clinic has changed, and every hour, until it is to end.
fn keep_up_to_date(place: &Place, folder: &Path, ended: &AtomicBool, problem: &Mutex<Option<String>>) {
    let mut seen: Option<(String, Instant)> = None;
    let mut desk = None;
    while !ended.load(Ordering::Relaxed) {
        let mut look = || {
            let desk = match desk.take() {
                Some(desk) => desk,
                None => open_existing(place)?,
            };
            let version = desk.feed_version()?;
            let is_stale = seen
                .as_ref()
                .is_none_or(|(known, at)| *known != version || at.elapsed() > Duration::from_secs(3600));
            if is_stale {
                desk.write_folder(folder)?;
                seen = Some((version, Instant::now()));
            }
            Ok::<_, Error>(desk)
        };
        let looked = look();
        let mut told = problem.lock().unwrap_or_else(PoisonError::into_inner);
        match looked {
            Ok(open) => {
                desk = Some(open);
                *told = None;
            }
            Err(error) => *told = Some(error.message),
        }
        drop(told);
        sleep(WATCH);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinic::OpenClinic;

    fn place() -> (tempfile::TempDir, Place) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            folder: folder.path().to_owned(),
            key: Some("correct horse".to_owned()),
        };
        OpenClinic::at(place.clone())
            .ask(|desk| desk.start_demo())
            .unwrap();
        (folder, place)
    }

    #[test]
    fn a_folder_is_kept_up_to_date_and_goes_on_after_a_restart() {
        let (folder, place) = place();
        let target = folder.path().join("shared");
        let sharing = Sharing::at(place.clone());
        assert_eq!(sharing.now().folder, None);
        sharing.keep_folder(Some(target.clone())).unwrap();
        let count = || fs::read_dir(&target).map_or(0, Iterator::count);
        assert!(count() > 3);
        drop(sharing);
        fs::remove_dir_all(&target).unwrap();
        let again = Sharing::at(place);
        assert_eq!(again.now().folder, Some(target.display().to_string()));
        let is_back = (0..100).any(|_| {
            sleep(Duration::from_millis(100));
            count() > 3
        });
        assert!(is_back, "{:?}", again.now().problem);
        again.keep_folder(None).unwrap();
        assert_eq!(again.now().folder, None);
    }

    #[test]
    fn a_folder_that_takes_nothing_is_told() {
        let (folder, place) = place();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let refused = Sharing::at(place).keep_folder(Some(file)).unwrap_err();
        assert!(refused.message.contains("file"), "{refused}");
    }

    #[test]
    fn the_server_starts_and_ends() {
        let (_folder, place) = place();
        let sharing = Sharing::at(place);
        sharing.serve(true).unwrap();
        let now = sharing.now();
        // The port may be taken on a machine that serves already; then that is told.
        assert!(
            now.address.is_some() != now.problem.is_some(),
            "{:?}",
            now.problem
        );
        sharing.serve(false).unwrap();
        let now = sharing.now();
        assert_eq!((now.serves, now.address, now.problem), (false, None, None));
    }
}
