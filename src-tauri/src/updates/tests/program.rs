//! A program with an updater, and what it has installed.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use chrono::Utc;
use ordo_desk::view::updates::UpdatesView;
use ordo_desk::{Error, Language};
use serde_json::json;
use tauri::App;
use tauri::async_runtime::block_on;
use tauri::test::{MockRuntime, mock_builder, mock_context, noop_assets};

use crate::updates::{Updates, is_configured};

/// What the mock app says that it is.
pub(super) const PRESENT: &str = "0.1.0";

/// A program with an updater, and what it has installed.
pub(super) struct Program {
    _app: App<MockRuntime>,
    pub updates: Updates,
    pub installed: Arc<Mutex<Vec<Vec<u8>>>>,
    pub restarts: Arc<AtomicU32>,
    /// What the next installing fails with.
    pub fails: Arc<Mutex<Option<ErrorKind>>>,
}

impl Program {
    pub fn start(folder: &Path, address: &str, key: &str) -> Self {
        Self::start_as(PRESENT, folder, address, key)
    }

    /// A program that is of another version than the present one.
    pub fn start_as(version: &str, folder: &Path, address: &str, key: &str) -> Self {
        let mut context = mock_context(noop_assets());
        context.package_info_mut().version = version.parse().unwrap();
        let config = json!({
            "pubkey": key,
            "endpoints": [format!("{address}/list")],
            "requireSignedVersion": true,
            // The server of the tests is on this machine.
            "dangerousInsecureTransportProtocol": true
        });
        context
            .config_mut()
            .plugins
            .0
            .insert("updater".to_owned(), config);
        let app = mock_builder().build(context).unwrap();
        assert!(is_configured(app.handle()));
        let (installed, restarts, fails) = (Arc::default(), Arc::default(), Arc::default());
        let taken: Arc<Mutex<Vec<Vec<u8>>>> = Arc::clone(&installed);
        let again: Arc<AtomicU32> = Arc::clone(&restarts);
        let failing: Arc<Mutex<Option<ErrorKind>>> = Arc::clone(&fails);
        let updates = Updates::with(
            app.handle(),
            folder,
            Box::new(move |_, bytes| {
                if let Some(kind) = failing.lock().unwrap().take() {
                    return Err(io::Error::from(kind).into());
                }
                taken.lock().unwrap().push(bytes.to_vec());
                Ok(())
            }),
            Box::new(move || {
                again.fetch_add(1, Ordering::SeqCst);
            }),
        )
        .unwrap();
        Self {
            _app: app,
            updates,
            installed,
            restarts,
            fails,
        }
    }

    pub fn view(&self, language: Language) -> UpdatesView {
        self.updates.view(&Utc, language).unwrap()
    }

    pub fn fetch(&self) -> Result<(), Error> {
        block_on(self.updates.fetch(Language::English, || Ok(())))
    }

    /// What the journal is told of an update: from which version, to which, by whom.
    pub fn told(&self) -> Option<[String; 3]> {
        let mut told = None;
        let telling = self.updates.tell_of_update(Language::English, |from, to, by| {
            told = Some([from, to, by].map(str::to_owned));
            Ok(())
        });
        telling.unwrap();
        told
    }

    pub fn has_installed_nothing(&self) -> bool {
        self.installed.lock().unwrap().is_empty() && self.restarts.load(Ordering::SeqCst) == 0
    }
}
