//! Sharing calendars from this machine: the feed server, a folder that is kept up to date, accounts that are published to.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use ordo_desk::view::calendars::{SharingLine, SharingView};
use ordo_desk::{Error, Language, write_calendar};
use ordo_net::feed::{FeedError, Feeds, Options, Running, is_secret, kept_certificate, start};
use serde::{Deserialize, Serialize};

use crate::clinic::OpenClinic;
use crate::kept;
use crate::publishing::Publishing;
use crate::watching::{Following, Heard, WATCH, Watcher, newest};

/// Where the feed server listens, unless the port is taken.
const PORT: u16 = 8437;

/// How often a folder is written though nothing changed: called-off visits leave by themselves.
const HOUR: Duration = Duration::from_secs(3600);

/// What of sharing is a matter of this machine and not of the clinic; kept beside the database, without any secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Settings {
    serves: bool,
    /// Whether other machines of the network are served too, encrypted.
    network: bool,
    folder: Option<PathBuf>,
    /// Whether any calendar is published to an account.
    publishes: bool,
    /// What calendars and problems are told in: `en` or `fr`.
    language: String,
}

impl Settings {
    fn language(&self) -> Language {
        Language::of_code(&self.language).unwrap_or_default()
    }
}

/// What runs.
#[derive(Default)]
struct State {
    settings: Settings,
    is_read: bool,
    server: Option<Running>,
    /// Where calendar programs find it.
    address: Option<String>,
    server_problem: Option<String>,
    folder: Option<Watch>,
}

/// A folder that is kept up to date until this is dropped.
struct Watch {
    _following: Following,
    problem: Arc<Mutex<Option<String>>>,
}

impl Watch {
    fn over(clinic: OpenClinic, watcher: &Watcher, folder: PathBuf) -> Self {
        let problem = Arc::<Mutex<Option<String>>>::default();
        let told = Arc::clone(&problem);
        let following = watcher.follow(move |heard| keep_up_to_date(&clinic, &folder, heard, &told));
        Self {
            _following: following,
            problem,
        }
    }
}

/// The sharing of a clinic; what works beside the window has a clone of it.
#[derive(Clone)]
pub(crate) struct Sharing {
    clinic: OpenClinic,
    state: Arc<Mutex<State>>,
    publishing: Publishing,
    /// For the folder and the accounts alike.
    watcher: Watcher,
}

impl Sharing {
    pub(crate) fn of(clinic: OpenClinic) -> Self {
        let watcher = Watcher::over(clinic.clone());
        Self {
            publishing: Publishing::of(clinic.clone(), watcher.clone()),
            clinic,
            state: Arc::default(),
            watcher,
        }
    }

    /// Starts what was left running the last time.
    pub(crate) fn begin(&self) {
        drop(self.state());
    }

    /// Ends what runs, as the program ends; what is shared stays chosen.
    pub(crate) fn end(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_read = true;
        state.server = None;
        state.folder = None;
        self.publishing.end();
        self.watcher.end();
    }

    /// The accounts that are published to.
    pub(crate) fn publishing(&self) -> &Publishing {
        &self.publishing
    }

    /// How calendars are shared from this machine.
    pub(crate) fn view(&self, mut practitioners: Vec<SharingLine>, language: Language) -> SharingView {
        let publishes = practitioners.iter().any(|line| line.published.is_some());
        if publishes {
            self.publishing.begin();
            self.publishing.tell(&mut practitioners, language);
        }
        let mut state = self.state();
        if state.settings.publishes != publishes {
            state.settings.publishes = publishes;
            // Where it cannot be noted, publishing begins the next time that this is looked at.
            let _ = self.keep(&state.settings);
        }
        let problem_of_folder = state.folder.as_ref().and_then(|watch| {
            let problem = watch.problem.lock().unwrap_or_else(PoisonError::into_inner);
            problem.clone()
        });
        let folder = state.settings.folder.as_ref();
        SharingView {
            practitioners,
            serves: state.settings.serves,
            network: state.settings.network,
            address: state.address.clone(),
            folder: folder.map(|folder| folder.display().to_string()),
            problem: state.server_problem.clone().or(problem_of_folder),
            keychain: self.publishing.has_keychain(),
        }
    }

    /// Starts or ends the feed server, for this machine alone or for the network.
    pub(crate) fn serve(&self, serves: bool, network: bool, language: Language) -> Result<(), Error> {
        let mut state = self.state();
        state.settings = Settings {
            serves,
            network,
            language: language.code().to_owned(),
            ..state.settings.clone()
        };
        self.keep(&state.settings)?;
        state.server = None;
        self.run_server(&mut state);
        Ok(())
    }

    /// Keeps a folder up to date from now on, or none.
    pub(crate) fn keep_folder(&self, folder: Option<PathBuf>, language: Language) -> Result<(), Error> {
        let mut state = self.state();
        if let Some(folder) = &folder {
            // A folder that cannot be written is told at once.
            write_folder(&self.clinic, folder)?;
        }
        state.settings.folder = folder;
        language.code().clone_into(&mut state.settings.language);
        self.keep(&state.settings)?;
        self.run_folder(&mut state);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !state.is_read {
            state.is_read = true;
            state.settings = kept::read(&self.file());
            self.run_server(&mut state);
            self.run_folder(&mut state);
            if state.settings.publishes {
                self.publishing.begin();
            }
        }
        state
    }

    fn file(&self) -> PathBuf {
        self.clinic.folder().join("sharing.json")
    }

    fn keep(&self, settings: &Settings) -> Result<(), Error> {
        kept::write(&self.file(), settings, settings.language())
    }

    fn run_server(&self, state: &mut State) {
        state.server_problem = None;
        state.address = None;
        if !state.settings.serves {
            state.server = None;
            return;
        }
        let language = state.settings.language();
        let started = self.options(state.settings.network).and_then(|(options, host)| {
            let server = start(Feed(self.clinic.clone()), &options)?;
            Ok((server, host, options.certificate.is_some()))
        });
        match started {
            Ok((server, host, is_encrypted)) => {
                let scheme = if is_encrypted { "https" } else { "http" };
                let at = SocketAddr::new(host, server.address().port());
                state.address = Some(format!("{scheme}://{at}"));
                state.server = Some(server);
            }
            Err(problem) => state.server_problem = Some(problem.words(language)),
        }
    }

    /// How the server runs, and by which address it is found.
    fn options(&self, network: bool) -> Result<(Options, IpAddr), FeedError> {
        let here = IpAddr::from(Ipv4Addr::LOCALHOST);
        if !network {
            return Ok((Options::at(SocketAddr::new(here, PORT)), here));
        }
        let host = network_address().unwrap_or(here);
        let mut options = Options::at(SocketAddr::from((Ipv4Addr::UNSPECIFIED, PORT)));
        let database = self.clinic.folder().join("clinic.ordo");
        options.certificate = Some(kept_certificate(&database, &[host.to_string()])?);
        Ok((options, host))
    }

    fn run_folder(&self, state: &mut State) {
        state.folder = None;
        let folder = state.settings.folder.clone();
        state.folder = folder.map(|folder| Watch::over(self.clinic.clone(), &self.watcher, folder));
    }
}

/// The address by which other machines of the network know this one; nothing is sent to find it.
fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that nobody has; the system only says which of its own it would use.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_unspecified()).then_some(address)
}

/// The feeds of the window's own clinic: whatever the window waits for, they wait for too.
struct Feed(OpenClinic);

impl Feeds for Feed {
    fn version(&mut self) -> Result<String, Error> {
        self.0.ask_existing(|desk| desk.feed_version())
    }

    fn text(&mut self, secret: &str) -> Result<Option<String>, Error> {
        self.0
            .ask_existing(|desk| desk.feed_text(|known| is_secret(known, secret)))
    }

    fn now(&mut self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Writes a folder whenever the clinic has changed, and every hour, until it is to end.
fn keep_up_to_date(
    clinic: &OpenClinic,
    folder: &Path,
    heard: &Receiver<Heard>,
    problem: &Mutex<Option<String>>,
) {
    let mut wait = HOUR;
    loop {
        let written = match newest(heard, wait) {
            Ok(Heard::Clinic(Err(error))) => Err(error),
            Ok(Heard::Clinic(Ok(_))) | Err(RecvTimeoutError::Timeout) => write_folder(clinic, folder),
            Ok(Heard::End) | Err(RecvTimeoutError::Disconnected) => return,
        };
        // A disk that is plugged in again is written by itself.
        wait = if written.is_ok() { HOUR } else { WATCH };
        let mut told = problem.lock().unwrap_or_else(PoisonError::into_inner);
        *told = written.err().map(|error| error.message);
    }
}

/// Writes a folder; nobody waits at the desk while a slow disk writes.
fn write_folder(clinic: &OpenClinic, folder: &Path) -> Result<(), Error> {
    let plan = clinic.ask_existing(|desk| desk.folder_plan())?;
    for (practitioner, name) in plan {
        let (text, language) =
            clinic.ask_existing(|desk| Ok((desk.folder_text(&practitioner)?, desk.language())))?;
        write_calendar(folder, &name, &text, language)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::thread::sleep;

    use ordo_desk::key::NoKeychain;

    use super::*;
    use crate::test_support::demo_clinic;

    #[test]
    fn a_folder_is_kept_up_to_date_and_goes_on_after_a_restart() {
        let (folder, clinic) = demo_clinic(&NoKeychain);
        let target = folder.path().join("shared");
        let sharing = Sharing::of(clinic.clone());
        assert_eq!(sharing.view(Vec::new(), Language::English).folder, None);
        sharing
            .keep_folder(Some(target.clone()), Language::French)
            .unwrap();
        let count = || fs::read_dir(&target).map_or(0, Iterator::count);
        assert!(count() > 3);
        drop(sharing);
        fs::remove_dir_all(&target).unwrap();
        let again = Sharing::of(clinic);
        assert_eq!(
            again.view(Vec::new(), Language::English).folder,
            Some(target.display().to_string())
        );
        let is_back = (0..100).any(|_| {
            sleep(Duration::from_millis(100));
            count() > 3
        });
        assert!(is_back, "{:?}", again.view(Vec::new(), Language::English).problem);
        again.keep_folder(None, Language::English).unwrap();
        assert_eq!(again.view(Vec::new(), Language::English).folder, None);
    }

    #[test]
    fn a_change_reaches_the_folder_by_itself_and_a_folder_that_comes_back_is_written() {
        let (folder, clinic) = demo_clinic(&NoKeychain);
        let target = folder.path().join("shared");
        let sharing = Sharing::of(clinic.clone());
        sharing
            .keep_folder(Some(target.clone()), Language::English)
            .unwrap();
        let practitioner = clinic
            .ask(|desk| Ok(desk.sharing_lines()?[0].practitioner.clone()))
            .unwrap();
        let is_busy = || {
            let files = fs::read_dir(&target).into_iter().flatten().flatten();
            files
                .filter_map(|file| fs::read_to_string(file.path()).ok())
                .any(|text| text.contains("SUMMARY:Busy"))
        };
        assert!(!is_busy());
        clinic
            .ask(|desk| {
                let busy = ordo_desk::view::practitioner::NamesShown::Busy;
                desk.share_names(&practitioner.as_str().into(), busy.into())
            })
            .unwrap();
        let until = |what: &dyn Fn() -> bool| {
            (0..200).any(|_| {
                sleep(Duration::from_millis(50));
                what()
            })
        };
        assert!(until(&is_busy));
        // A disk that is away is told, and written again once it is back.
        let is_away = || fs::remove_dir_all(&target).is_ok() && fs::write(&target, "").is_ok();
        assert!(until(&is_away), "once all of it is written");
        clinic
            .ask(|desk| desk.start_feed(&practitioner.as_str().into(), [7; 32]))
            .unwrap();
        let problem = || sharing.view(Vec::new(), Language::English).problem;
        assert!(until(
            &|| problem().is_some_and(|problem| problem.contains("is a file"))
        ));
        fs::remove_file(&target).unwrap();
        assert!(until(&|| is_busy() && problem().is_none()));
    }

    #[test]
    fn a_folder_that_takes_nothing_is_told() {
        let (folder, clinic) = demo_clinic(&NoKeychain);
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let refused = Sharing::of(clinic)
            .keep_folder(Some(file), Language::English)
            .unwrap_err();
        assert!(refused.message.contains("file"), "{refused}");
    }

    #[test]
    fn the_server_starts_and_ends() {
        let (_folder, clinic) = demo_clinic(&NoKeychain);
        let sharing = Sharing::of(clinic);
        sharing.serve(true, false, Language::English).unwrap();
        let now = sharing.view(Vec::new(), Language::English);
        // The port may be taken on a machine that serves already; then that is told.
        assert!(
            now.address.is_some() != now.problem.is_some(),
            "{:?}",
            now.problem
        );
        sharing.serve(false, false, Language::English).unwrap();
        let now = sharing.view(Vec::new(), Language::English);
        assert_eq!((now.serves, now.address, now.problem), (false, None, None));
    }
}
