//! Newer versions of the program, as the set-up shows them.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The version in use, and what is known of newer ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UpdatesView {
    /// The version in use.
    pub version: String,
    /// Whether updates are looked for every day.
    pub daily: bool,
    /// When they were looked for last, on the clinic's clock.
    pub looked: Option<NaiveDateTime>,
    /// What came of the last look or try, in words.
    pub said: Option<String>,
    /// Whether that was a refusal.
    pub refused: bool,
    /// The update that can be installed.
    pub offer: Option<UpdateOffer>,
    /// How far taking it has come.
    pub stage: UpdateStage,
    /// How much of it is here, in kilobytes of 1000 bytes.
    pub received: u32,
    /// How much there is of it, where that is known.
    pub total: Option<u32>,
}

/// An update that can be installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct UpdateOffer {
    /// Its version.
    pub version: String,
    /// What is new in it, as its makers wrote it.
    pub notes: String,
    /// When it came out.
    pub date: Option<NaiveDate>,
}

/// How far taking an update has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum UpdateStage {
    /// Nothing is under way.
    #[default]
    Idle,
    /// A backup is being taken first.
    BackingUp,
    /// The package is on its way.
    Fetching,
    /// The package is here and its signature is right.
    Ready,
    /// It is being installed; then Ordo starts again.
    Installing,
}
