//! Where updates come from: the list of versions and the packages, over the network and never unsigned.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ordo_desk::{Error, Language};
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_updater::{Update, UpdaterBuilder, UpdaterExt};
use tokio::sync::Notify;

use super::refusal::Refusal;
use super::{Failure, Kept};
use crate::kept;
use crate::sharing::Sharing;

/// How long the list of versions may take.
const LIST_PATIENCE: Duration = Duration::from_secs(30);

/// How long a server may say nothing while a package is on its way.
const SILENCE: Duration = Duration::from_secs(30);

/// No package is as large, in bytes; a server that sends more would only fill the memory.
pub(super) const LARGEST: u64 = 512 * 1024 * 1024;

pub(super) type Install = Box<dyn Fn(&Update, &[u8]) -> Result<(), Failure> + Send + Sync>;

/// Where updates come from and what is done with them.
pub(super) struct Source {
    pub version: String,
    /// Where what is kept from one start to the next lies.
    pub file: PathBuf,
    pub updater: Box<dyn Fn() -> UpdaterBuilder + Send + Sync>,
    pub install: Install,
    pub restart: Box<dyn Fn() + Send + Sync>,
}

/// A package whose signature is right.
pub(super) struct Package {
    pub update: Update,
    pub bytes: Vec<u8>,
}

/// What the list of versions offers.
pub(super) enum Offered {
    Newer(Box<Update>),
    Same,
    Older(String),
}

impl Source {
    /// Asks the list of versions once.
    pub async fn ask(&self) -> Result<Offered, Refusal> {
        let seen: Arc<Mutex<Option<String>>> = Arc::default();
        let told = Arc::clone(&seen);
        let updater = (self.updater)()
            .timeout(LIST_PATIENCE)
            .version_comparator(move |present, release| {
                let is_newer = release.version > present;
                let is_older = present > release.version;
                *told.lock().unwrap_or_else(PoisonError::into_inner) =
                    is_older.then(|| release.version.to_string());
                is_newer
            })
            .build()
            .map_err(Refusal::of_asking)?;
        let found = updater.check().await.map_err(Refusal::of_asking)?;
        let older = seen.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok(match (found, older) {
            (Some(update), _) => Offered::Newer(Box::new(update)),
            (None, Some(version)) => Offered::Older(version),
            (None, None) => Offered::Same,
        })
    }

    /// Fetches the newest package and checks its signature.
    pub async fn fetch(&self, progress: impl Fn(u64, Option<u64>)) -> Result<Package, Refusal> {
        let update = match self.ask().await? {
            Offered::Newer(update) => *update,
            Offered::Same => return Err(Refusal::Gone),
            Offered::Older(offered) => {
                return Err(Refusal::Older {
                    offered,
                    present: self.version.clone(),
                });
            }
        };
        let (too_much, is_too_much) = (Notify::new(), AtomicBool::new(false));
        let mut received = 0;
        let fetching = update.download(
            |more, total| {
                received += u64::try_from(more).unwrap_or(u64::MAX);
                progress(received, total);
                if received > LARGEST || total.is_some_and(|total| total > LARGEST) {
                    is_too_much.store(true, Ordering::Relaxed);
                    too_much.notify_one();
                }
            },
            || {},
        );
        let bytes = tokio::select! {
            biased;
            () = too_much.notified() => return Err(Refusal::TooLarge),
            fetched = fetching => fetched,
        };
        // The connection may have ended in the same moment, which is no news then.
        if is_too_much.load(Ordering::Relaxed) {
            return Err(Refusal::TooLarge);
        }
        let bytes = bytes.map_err(Refusal::of_fetching)?;
        Ok(Package { update, bytes })
    }

    pub fn keep(&self, kept: &Kept, language: Language) -> Result<(), Error> {
        kept::write(&self.file, kept, language)
    }
}

/// An updater that tells its server nothing of this computer but what it asks for, and whose end lets go of the clinic.
pub(super) fn builder<R: Runtime>(app: &AppHandle<R>) -> UpdaterBuilder {
    let handle = app.clone();
    let updater = app.config().plugins.0.get("updater");
    let may_be_open =
        updater.and_then(|updater| updater.get("dangerousInsecureTransportProtocol")?.as_bool());
    let is_encrypted = may_be_open != Some(true);
    app.updater_builder()
        .configure_client(move |client| {
            client
                .https_only(is_encrypted)
                .user_agent("Ordo")
                .connect_timeout(SILENCE)
                .read_timeout(SILENCE)
        })
        // On Windows the installer ends the program, which lets go of the clinic first.
        .on_before_exit(move || {
            if let Some(sharing) = handle.try_state::<Sharing>() {
                sharing.end();
            }
            handle.cleanup_before_exit();
        })
}
