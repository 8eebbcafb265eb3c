//! The demo clinic in a window, and a second program beside it.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use ordo_desk::{Desk, Host, demo, key};
use tempfile::TempDir;
use thirtyfour::Key;
use tokio::time::sleep;

use crate::window::{SMALL, Window, today};

/// A window over the demo clinic, its board on today.
pub struct Demo {
    /// Where the app keeps its data and its home, for as long as this is there.
    pub folder: TempDir,
    pub window: Window,
    /// The same clinic in a second program.
    pub desk: Desk<Beside>,
    pub today: NaiveDate,
}

impl Demo {
    /// Starts the app for the first time, with the demo clinic.
    pub async fn open() -> Self {
        until_one_day().await;
        let folder = TempDir::new().unwrap();
        let window = Window::open(folder.path(), SMALL).await;
        window.start_with_demo().await;
        let today = today();
        until_date(&window, today).await;
        let desk = beside(folder.path());
        Self {
            folder,
            window,
            desk,
            today,
        }
    }
}

/// Waits past the clinic's midnight where it is near: a test begins and ends on one day.
async fn until_one_day() {
    const LONGEST: TimeDelta = TimeDelta::minutes(5);
    while demo::today(Utc::now()) != demo::today(Utc::now() + LONGEST) {
        sleep(Duration::from_secs(1)).await;
    }
}

/// A program beside the window.
pub struct Beside;

impl Host for Beside {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn new_id(&self) -> String {
        // Several visits of a series are named within one moment.
        static NAMED: AtomicU32 = AtomicU32::new(0);
        let number = NAMED.fetch_add(1, Ordering::Relaxed);
        format!("beside-{}-{number}", Utc::now().timestamp_micros())
    }

    fn actor(&self) -> String {
        "beside".to_owned()
    }
}

/// The clinic of an app that was started in `folder`.
pub fn beside(folder: &Path) -> Desk<Beside> {
    let database = folder.join("data").join("clinic.ordo");
    let key = key::kept(&database).unwrap().unwrap();
    Desk::open(&database, &key, Beside).unwrap()
}

/// Waits until the board shows a date, with all that is booked on it.
pub async fn until_date(window: &Window, date: NaiveDate) {
    let shown = format!("[data-date='{date}'][aria-busy='false'], [data-empty='{date}']");
    window.wait_for(&date.to_string(), &shown).await;
}

/// Steps the board by keys from the date it shows to a later one.
pub async fn step_to(window: &Window, from: NaiveDate, to: NaiveDate) {
    for date in from.iter_days().take_while(|date| *date < to) {
        window.body().await.send_keys(Key::Right + "").await.unwrap();
        until_date(window, date + Days::new(1)).await;
    }
}

/// Waits for a toast that contains some words.
pub async fn until_told(window: &Window, words: &str) {
    window
        .wait_until(&format!("a toast: {words}"), async |window| {
            for toast in window.all("[role='alertdialog']").await {
                if toast.text().await.is_ok_and(|text| text.contains(words)) {
                    return Some(());
                }
            }
            None
        })
        .await;
}
