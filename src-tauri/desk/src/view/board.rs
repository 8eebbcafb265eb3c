//! What the day board asks and shows about one visit.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::day::{DayStatus, SeriesPosition};

/// A visit as its card shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VisitView {
    /// Its identifier.
    pub id: String,
    /// The patient's identifier.
    pub patient: String,
    /// The patient's name.
    pub patient_name: String,
    /// The patient's telephone number; may be empty.
    pub phone: String,
    /// The name of the service.
    pub service: String,
    /// The practitioner's identifier.
    pub practitioner: String,
    /// The practitioner's name.
    pub practitioner_name: String,
    /// The room's name.
    pub room: Option<String>,
    /// Its date.
    pub date: NaiveDate,
    /// When it starts, in wall-clock minutes from midnight.
    pub from_minute: u32,
    /// When the treatment ends.
    pub to_minute: u32,
    /// Where it stands.
    pub status: DayStatus,
    /// The note on it; may be empty.
    pub note: String,
    /// Why it breaks a rule; empty when it breaks none.
    pub override_reason: String,
    /// Why it was called off; empty unless it was.
    pub cancel_reason: String,
    /// Whether the patient was never here before.
    pub first_visit: bool,
    /// Its place in its series.
    pub series: Option<VisitSeries>,
}

/// A visit's place in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VisitSeries {
    /// Which visit it is, as in 4 of 8; none for one that does not take place.
    pub position: Option<SeriesPosition>,
    /// The local start of the visit of the series that comes after it.
    pub next: Option<NaiveDateTime>,
}

/// Where a visit is to go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub struct VisitPlace {
    /// The date.
    pub date: NaiveDate,
    /// The start, in wall-clock minutes from midnight.
    pub minute: u32,
    /// The practitioner's identifier.
    pub practitioner: String,
    /// The room's identifier; when left out the one it has if that is free, else one that fits.
    pub room: Option<String>,
    /// The length of the treatment in minutes; when left out as booked, or the service's.
    pub minutes: Option<u32>,
    /// Why it may break a rule; empty when it must break none.
    pub override_reason: String,
}

/// A visit to be booked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub struct NewVisit {
    /// A name for this request: asked twice, it is booked once.
    pub request: String,
    /// The patient's identifier.
    pub patient: String,
    /// The service's identifier.
    pub service: String,
    /// The note on it; may be empty.
    pub note: String,
    /// Where it goes.
    pub place: VisitPlace,
}

/// The visit whose starts are asked for: one that is booked, or a new one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Wanted {
    /// One that is booked already.
    Booked {
        /// Its identifier.
        appointment: String,
    },
    /// A new one.
    New {
        /// The patient's identifier.
        patient: String,
        /// The service's identifier.
        service: String,
    },
}

/// The starts of one practitioner on one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PractitionerStarts {
    /// The practitioner's identifier.
    pub practitioner: String,
    /// Every start of the grid, in stretches of the same answer, by time.
    pub stretches: Vec<StartStretch>,
}

/// The starts of one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DateStarts {
    /// The date.
    pub date: NaiveDate,
    /// Every start of the grid, in stretches of the same answer, by time.
    pub stretches: Vec<StartStretch>,
}

/// Starts with the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct StartStretch {
    /// The first start, in wall-clock minutes from midnight.
    pub from_minute: u32,
    /// The last start.
    pub to_minute: u32,
    /// What the rules say.
    pub state: StartState,
    /// The broken rules in words; empty when legal.
    pub words: String,
}

/// What the rules say of a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum StartState {
    /// It breaks no rule.
    Legal,
    /// It breaks a rule that yields to a reason.
    Reason,
    /// It breaks a rule that yields to none.
    Illegal,
}

/// One place for a visit, with what the rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PlaceView {
    /// What the rules say of it.
    pub state: StartState,
    /// Every rule that it breaks, in order.
    pub broken: Vec<BrokenRule>,
    /// When the treatment would end, in wall-clock minutes from midnight of its date.
    pub to_minute: u32,
    /// The room that it would take; none where it needs none or none is free.
    pub room: Option<RoomName>,
    /// Every room that it could take without breaking more rules, whichever was asked for.
    pub rooms: Vec<RoomName>,
    /// The nearest legal start before it with the same practitioner, within a week.
    pub before: Option<NearStart>,
    /// The nearest legal start after it with the same practitioner, within a week.
    pub after: Option<NearStart>,
}

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct BrokenRule {
    /// It in words.
    pub words: String,
    /// Whether it yields to a reason.
    pub yields: bool,
}

/// A room by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct RoomName {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A start near another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct NearStart {
    /// Its date.
    pub date: NaiveDate,
    /// In wall-clock minutes from midnight.
    pub minute: u32,
}

/// A start that is free for a service, whoever the patient is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FreeStart {
    /// Its date.
    pub date: NaiveDate,
    /// In wall-clock minutes from midnight.
    pub minute: u32,
    /// How long the treatment takes, in minutes.
    pub minutes: u32,
    /// The practitioner's identifier.
    pub practitioner: String,
    /// The practitioner's name.
    pub practitioner_name: String,
}

/// How much of a date there is to give, for a calendar of months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DateMark {
    /// The date.
    pub date: NaiveDate,
    /// What it is.
    pub kind: DateKind,
    /// Why the clinic is closed; empty unless it is.
    pub closed: String,
}

/// What a date is to somebody who looks for time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum DateKind {
    /// Somebody has time left for the shortest service they offer.
    Open,
    /// Somebody works, and nobody has that much time left.
    Full,
    /// The clinic is closed.
    Closed,
    /// Nobody works.
    Off,
}

/// What was done, for people and for taking it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Change {
    /// The journal's entry; none when nothing was changed after all.
    pub entry: Option<u32>,
    /// What was done, in words that name nobody.
    pub words: String,
    /// The name of the one patient whom it concerns; kept apart, so that a private screen can shorten it.
    pub patient: Option<String>,
}

/// What was saved, and the entry of the journal by which just that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Saved {
    /// The identifier of what was added, changed or removed; of protocols the version.
    pub id: String,
    /// The journal's entry; none when nothing was changed after all.
    pub entry: Option<u32>,
}

impl Saved {
    pub(crate) fn of<T>(id: impl std::fmt::Display, done: &ordo_store::Done<T>) -> Self {
        Self {
            id: id.to_string(),
            entry: done.entry.as_ref().map(|entry| entry.seq),
        }
    }
}

/// A service that can be booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ServiceChoice {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The length of the treatment, in minutes.
    pub minutes: u32,
    /// The identifiers of those who offer it.
    pub practitioners: Vec<String>,
}
