//! Newer versions of Ordo: looking for one, fetching it, and installing it only with the signature of its makers.
//!
//! The makers' public key and the address of their list of versions are put into the program when it is built, as the
//! configuration of Tauri's updater. A program that was built without them has no updater.

use std::mem;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use ordo_desk::view::updates::{UpdateOffer, UpdateStage, UpdatesView};
use ordo_desk::{Code, Error, Language};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};
use tauri_plugin_updater::Update;

mod refusal;
mod source;
#[cfg(test)]
mod tests;
mod words;

use crate::kept;

use refusal::Refusal;
use source::{Install, Offered, Package, Source, builder};
use words::Words;

/// How much is shown of what a list says is new, in characters.
const LONGEST_NOTES: usize = 8_000;

/// After how long updates are looked for again, and after how long where the last look came to nothing.
const DAY: TimeDelta = TimeDelta::hours(24);
const AFTER_FAILURE: TimeDelta = TimeDelta::hours(1);

type Failure = tauri_plugin_updater::Error;

/// What the program knows of newer versions of itself.
pub(crate) struct Updates {
    /// None in a program that was built without the makers' key.
    source: Option<Source>,
    state: Mutex<State>,
}

/// What is kept from one start to the next: a matter of this machine and not of the clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    daily: bool,
    looked: Option<DateTime<Utc>>,
    offer: Option<UpdateOffer>,
    /// What is being installed, until the next start shows whether it was.
    installing: Option<Installing>,
}

/// An update that is being installed, or was: it counts only once the program is that version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Installing {
    from: String,
    to: String,
    /// Who wished it, as the journal names them.
    by: String,
}

#[derive(Default)]
struct State {
    kept: Kept,
    said: Option<Said>,
    stage: Stage,
}

/// What came of the last look or try; its words are made when it is shown, in the language of then.
#[derive(Clone, Debug)]
enum Said {
    Newest,
    Refused(Refusal),
}

#[derive(Default)]
enum Stage {
    #[default]
    Idle,
    BackingUp,
    Fetching {
        received: u64,
        total: Option<u64>,
    },
    Ready(Box<Package>),
    Installing,
}

impl Updates {
    /// Of a program that has no updater.
    pub(crate) fn none() -> Self {
        Self {
            source: None,
            state: Mutex::default(),
        }
    }

    /// Of an app that was built with a key; what is known from one start to the next is kept in the folder.
    pub(crate) fn of<R: Runtime>(app: &AppHandle<R>, folder: &Path) -> tauri::Result<Self> {
        let handle = app.clone();
        Self::with(
            app,
            folder,
            Box::new(|update, bytes| update.install(bytes)),
            Box::new(move || handle.request_restart()),
        )
    }

    fn with<R: Runtime>(
        app: &AppHandle<R>,
        folder: &Path,
        install: Install,
        restart: Box<dyn Fn() + Send + Sync>,
    ) -> tauri::Result<Self> {
        app.plugin(tauri_plugin_updater::Builder::new().build())?;
        let file = folder.join("updates.json");
        let version = app.package_info().version.to_string();
        let mut kept: Kept = kept::read(&file);
        // The one that waited is in use by now, or was passed over by hand.
        let present = &app.package_info().version;
        kept.offer = kept
            .offer
            .filter(|offer| offer.version.parse().ok().as_ref() > Some(present));
        // One that failed, on a system that ends the program while it installs, is no update.
        let failed = kept.installing.take_if(|installing| installing.to != version);
        if failed.is_some() {
            // Where it stays, it counts for nothing as long as this version is in use.
            let _ = kept::write(&file, &kept, Language::default());
        }
        let handle = app.clone();
        Ok(Self {
            source: Some(Source {
                version,
                file,
                updater: Box::new(move || builder(&handle)),
                install,
                restart,
            }),
            state: Mutex::new(State {
                kept,
                ..State::default()
            }),
        })
    }

    /// The version in use and what is known of newer ones; nothing in a program that has no updater.
    pub(crate) fn view(&self, zone: &impl TimeZone, language: Language) -> Option<UpdatesView> {
        let source = self.source.as_ref()?;
        let state = self.state();
        let words = Words(language);
        let (received, total) = match &state.stage {
            Stage::Fetching { received, total } => (*received, *total),
            _ => (0, None),
        };
        Some(UpdatesView {
            version: source.version.clone(),
            daily: state.kept.daily,
            looked: state
                .kept
                .looked
                .map(|looked| looked.with_timezone(zone).naive_local()),
            said: state.said.as_ref().map(|said| match said {
                Said::Newest => words.newest(&source.version),
                Said::Refused(refusal) => words.refusal(refusal),
            }),
            refused: matches!(state.said, Some(Said::Refused(_))),
            offer: state.kept.offer.clone(),
            stage: state.stage.name(),
            received: kilobytes(received),
            total: total.map(kilobytes),
        })
    }

    /// Chooses whether updates are looked for every day.
    pub(crate) fn look_daily(&self, daily: bool, language: Language) -> Result<(), Error> {
        let source = self.source(language)?;
        let mut state = self.state();
        let kept = Kept {
            daily,
            ..state.kept.clone()
        };
        source.keep(&kept, language)?;
        state.kept = kept;
        Ok(())
    }

    /// Looks whether there is a newer version; what comes of it is shown, a refusal too.
    pub(crate) async fn look(&self, language: Language) -> Result<(), Error> {
        let source = self.source(language)?;
        let offered = source.ask().await;
        let mut state = self.state();
        state.kept.looked = Some(Utc::now());
        match offered {
            Ok(offered) => {
                let (offer, said) = match offered {
                    Offered::Newer(update) => (Some(offer_of(&update)), None),
                    Offered::Same => (None, Some(Said::Newest)),
                    Offered::Older(version) => (
                        None,
                        Some(Said::Refused(Refusal::Older {
                            offered: version,
                            present: source.version.clone(),
                        })),
                    ),
                };
                let is_stale = |package: &Package| {
                    offer
                        .as_ref()
                        .is_none_or(|offer| offer.version != package.update.version)
                };
                if matches!(&state.stage, Stage::Ready(package) if is_stale(package)) {
                    // What is installed is what is shown.
                    state.stage = Stage::Idle;
                }
                state.kept.offer = offer;
                state.said = said;
            }
            Err(refusal) => state.said = Some(Said::Refused(refusal)),
        }
        source.keep(&state.kept, language)
    }

    /// Looks for updates if somebody chose that and a day has passed.
    pub(crate) fn look_when_due(&self, now: DateTime<Utc>, language: Language) {
        if self.is_due(now) {
            // What came of it is shown in the set-up.
            let _ = tauri::async_runtime::block_on(self.look(language));
        }
    }

    fn is_due(&self, now: DateTime<Utc>) -> bool {
        let state = self.state();
        let again = match state.said {
            Some(Said::Refused(_)) => AFTER_FAILURE,
            _ => DAY,
        };
        let is_quiet = matches!(state.stage, Stage::Idle);
        // A look in the future is that of a clock that was wrong.
        let has_passed = |looked: DateTime<Utc>| looked > now || now - looked >= again;
        self.source.is_some() && state.kept.daily && is_quiet && state.kept.looked.is_none_or(has_passed)
    }

    /// Takes a backup by `back_up`, then fetches the update and checks its signature; whoever works at the desk goes on.
    pub(crate) async fn fetch(
        &self,
        language: Language,
        back_up: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        let source = self.source(language)?;
        self.begin(language)?;
        let done = match back_up() {
            Ok(()) => {
                self.state().stage = Stage::Fetching {
                    received: 0,
                    total: None,
                };
                source
                    .fetch(|received, total| self.state().stage = Stage::Fetching { received, total })
                    .await
            }
            Err(error) => Err(Refusal::NoBackup(error.message)),
        };
        let mut state = self.state();
        match done {
            Ok(package) => {
                state.kept.offer = Some(offer_of(&package.update));
                state.said = None;
                state.stage = Stage::Ready(Box::new(package));
                Ok(())
            }
            Err(refusal) => {
                state.stage = Stage::Idle;
                Err(refuse(&mut state, refusal, language))
            }
        }
    }

    fn begin(&self, language: Language) -> Result<(), Error> {
        let mut state = self.state();
        match state.stage {
            Stage::Idle | Stage::Ready(_) => {
                state.stage = Stage::BackingUp;
                Ok(())
            }
            _ => Err(Error::new(Code::Update, Words(language).under_way())),
        }
    }

    /// Installs the update that was fetched and starts the program again; where it fails the program goes on as it is.
    /// `by` wishes it, and `may_end` says whether nothing would be lost by that.
    pub(crate) fn install(&self, language: Language, may_end: bool, by: &str) -> Result<(), Error> {
        let source = self.source(language)?;
        if !may_end {
            return Err(Error::new(Code::Unsaved, Words(language).unsaved()));
        }
        let package = self.take_package(language)?;
        let begun = self.keep_installing(source, &package.update.version, by, language);
        // Where nothing can be noted, nothing would tell of the update.
        let installed = begun.and_then(|()| {
            (source.install)(&package.update, &package.bytes).map_err(|failure| {
                let refusal = Refusal::of_installing(failure);
                let mut state = self.state();
                state.kept.installing = None;
                // What stays kept of it counts for nothing: the next start is not that version.
                let _ = source.keep(&state.kept, language);
                refuse(&mut state, refusal, language)
            })
        });
        if let Err(error) = installed {
            self.state().stage = Stage::Ready(package);
            return Err(error);
        }
        (source.restart)();
        Ok(())
    }

    fn keep_installing(
        &self,
        source: &Source,
        version: &str,
        by: &str,
        language: Language,
    ) -> Result<(), Error> {
        let mut state = self.state();
        let kept = Kept {
            installing: Some(Installing {
                from: source.version.clone(),
                to: version.to_owned(),
                by: by.to_owned(),
            }),
            ..state.kept.clone()
        };
        source.keep(&kept, language)?;
        state.kept = kept;
        Ok(())
    }

    /// Whether this start is the first of an update that the journal does not tell of yet.
    pub(crate) fn is_new(&self) -> bool {
        let state = self.state();
        let version = self.source.as_ref().map(|source| &source.version);
        state.kept.installing.as_ref().map(|installing| &installing.to) == version && version.is_some()
    }

    /// Has the journal tell of the update that this start is the first of: from which version to which, and who wished it.
    pub(crate) fn tell_of_update(
        &self,
        language: Language,
        tell: impl FnOnce(&str, &str, &str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let source = self.source(language)?;
        if !self.is_new() {
            return Ok(());
        }
        let Some(Installing { from, to, by }) = self.state().kept.installing.clone() else {
            return Ok(());
        };
        tell(&from, &to, &by)?;
        let mut state = self.state();
        state.kept.installing = None;
        source.keep(&state.kept, language)
    }

    fn take_package(&self, language: Language) -> Result<Box<Package>, Error> {
        let mut state = self.state();
        match mem::replace(&mut state.stage, Stage::Installing) {
            Stage::Ready(package) => Ok(package),
            other => {
                state.stage = other;
                Err(Error::new(Code::Update, Words(language).not_fetched()))
            }
        }
    }

    fn source(&self, language: Language) -> Result<&Source, Error> {
        let none = || Error::new(Code::Update, Words(language).none());
        self.source.as_ref().ok_or_else(none)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stage {
    fn name(&self) -> UpdateStage {
        match self {
            Self::Idle => UpdateStage::Idle,
            Self::BackingUp => UpdateStage::BackingUp,
            Self::Fetching { .. } => UpdateStage::Fetching,
            Self::Ready(_) => UpdateStage::Ready,
            Self::Installing => UpdateStage::Installing,
        }
    }
}

/// Whether the program was built with the makers' key and the address of their list, and was installed from a package,
/// which alone can be replaced by another.
pub(crate) fn can_be_taken<R: Runtime>(app: &AppHandle<R>) -> bool {
    is_configured(app) && tauri::utils::platform::bundle_type().is_some()
}

fn is_configured<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.config().plugins.0.contains_key("updater")
}

fn refuse(state: &mut State, refusal: Refusal, language: Language) -> Error {
    let words = Words(language).refusal(&refusal);
    state.said = Some(Said::Refused(refusal));
    Error::new(Code::Update, words)
}

fn offer_of(update: &Update) -> UpdateOffer {
    let notes = update.body.as_deref().unwrap_or_default().trim();
    let date = update.date.map(|date| date.date().to_string());
    UpdateOffer {
        version: update.version.clone(),
        // Not signed, unlike the package: it is shown as text and never more of it than fits.
        notes: notes
            .chars()
            .filter(|sign| *sign == '\n' || !sign.is_control())
            .take(LONGEST_NOTES)
            .collect(),
        date: date.and_then(|date| date.parse::<NaiveDate>().ok()),
    }
}

fn kilobytes(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1000)).unwrap_or(u32::MAX)
}
