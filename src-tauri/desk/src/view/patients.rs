//! Patients: what a search finds, a record, and the form it is edited in.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::day::DayStatus;

/// What a search found, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PatientHits {
    /// The patients.
    pub hits: Vec<PatientHit>,
    /// How many fit in all.
    pub found: u32,
    /// How many of them, from the first on, are there because they were worked on lately and nothing was typed.
    pub recent: u32,
    /// How many patients the clinic has.
    pub of: u32,
}

/// A patient in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PatientHit {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Telephone number as given; empty when unknown.
    pub phone: String,
    /// E-mail address as given; empty when unknown.
    pub email: String,
    /// Date of birth, where known.
    pub date_of_birth: Option<NaiveDate>,
    /// The local start of the last visit before now.
    pub last_visit: Option<NaiveDateTime>,
    /// The local start of the next visit.
    pub next_visit: Option<NaiveDateTime>,
}

/// What the front desk may write in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PatientForm {
    /// Their name.
    pub name: String,
    /// Telephone number as given; empty when unknown.
    pub phone: String,
    /// E-mail address as given; empty when unknown.
    pub email: String,
    /// Date of birth, where known.
    pub date_of_birth: Option<NaiveDate>,
    /// When they can come; empty means always.
    pub availability: Vec<AvailabilityForm>,
    /// Identifiers of the protocols' sensitivities.
    pub sensitivities: Vec<String>,
    /// What their insurance pays for.
    pub covers: Vec<CoverForm>,
    /// Free text of the front desk.
    pub notes: String,
}

/// A weekly stretch of time in which a patient can come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AvailabilityForm {
    /// The day of the week, Monday 0 to Sunday 6.
    pub weekday: u8,
    /// Its first minute, from local midnight.
    pub from_minute: u32,
    /// The minute after its last; at most 1440.
    pub to_minute: u32,
}

/// A number of visits in one discipline that an insurer pays for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CoverForm {
    /// The discipline's identifier.
    pub discipline: String,
    /// How many visits.
    pub visits: u32,
    /// The last date of the cover.
    pub until: NaiveDate,
}

/// What the lists of a patient's form offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PatientChoices {
    /// The clinic's disciplines.
    pub disciplines: Vec<Named>,
    /// The sensitivities of the protocols in force.
    pub sensitivities: Vec<Named>,
}

/// Something by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Named {
    /// Its identifier.
    pub id: String,
    /// What the clinic calls it.
    pub name: String,
}

/// Everything that is known of a patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PatientRecord {
    /// Their identifier.
    pub id: String,
    /// What can be edited.
    pub form: PatientForm,
    /// How much of each cover of the form is used, in its order.
    pub covers: Vec<CoverUse>,
    /// What providers set for them, newest first.
    pub decisions: Vec<DecisionLine>,
    /// Visits from now on, the next one first.
    pub ahead: Vec<VisitLine>,
    /// Visits before now, the last one first.
    pub past: Vec<VisitLine>,
    /// Their series, the one that ends last first.
    pub series: Vec<SeriesLine>,
    /// Other patients who may be the same person.
    pub alike: Vec<PatientHit>,
    /// Whether nothing depends on the record, so that it may be removed.
    pub removable: bool,
    /// Until when the record has to be kept; absent where there was never a visit.
    pub kept_until: Option<NaiveDate>,
    /// Whether that day has passed. Nothing is deleted by itself.
    pub outlived: bool,
}

/// How much of a cover is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CoverUse {
    /// Visits of the discipline up to its date, taken or booked.
    pub used: u32,
    /// Visits left.
    pub left: u32,
}

/// What a provider set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DecisionLine {
    /// Who.
    pub provider: String,
    /// When.
    pub date: NaiveDate,
    /// What, in words.
    pub set: Vec<String>,
    /// The provider's words.
    pub note: String,
}

/// A visit in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VisitLine {
    /// Its identifier.
    pub id: String,
    /// Its local start.
    pub start: NaiveDateTime,
    /// Its length in minutes.
    pub minutes: u32,
    /// The name of the service.
    pub service: String,
    /// The identifier of the service's discipline.
    pub discipline: String,
    /// Who treats.
    pub practitioner: String,
    /// Where, if that is noted.
    pub room: Option<String>,
    /// Where it stands.
    pub status: DayStatus,
    /// Free text for the practitioner.
    pub note: String,
    /// Why it was called off; empty unless it was.
    pub cancel_reason: String,
    /// The series it belongs to.
    pub series: Option<String>,
}

/// A series and how it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesLine {
    /// Its identifier.
    pub id: String,
    /// The date of its first visit, or the first usual date.
    pub from: NaiveDate,
    /// The last usual date.
    pub to: NaiveDate,
    /// Order and spacing in words.
    pub rule: String,
    /// How many weeks it runs.
    pub weeks: u32,
    /// Whether it is not over yet.
    pub running: bool,
    /// Sessions that took place.
    pub done: u32,
    /// Sessions that are booked.
    pub booked: u32,
    /// Sessions without a place.
    pub to_place: u32,
    /// Its sessions, by week and then in order.
    pub sessions: Vec<SeriesSession>,
    /// The gaps of its pairs, by week.
    pub gaps: Vec<SeriesGap>,
    /// What is not as it should be; empty when it is on rhythm.
    pub concerns: Vec<Concern>,
}

/// A session of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesSession {
    /// The week, from 0.
    pub week: u32,
    /// The discipline's identifier.
    pub discipline: String,
    /// The visit that stands for it.
    pub appointment: Option<String>,
    /// The local start of that visit.
    pub start: Option<NaiveDateTime>,
    /// Where that visit stands.
    pub status: Option<DayStatus>,
    /// Whether it lies as near its usual day as the series asks.
    pub on_rhythm: bool,
}

/// The gap of a pair, from end to start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesGap {
    /// The week, from 0.
    pub week: u32,
    /// The gap in words: a wait of minutes, or hours.
    pub words: String,
    /// Whether it is what was asked for.
    pub as_asked: bool,
}

/// Something about a series that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Concern {
    /// What kind.
    pub kind: ConcernKind,
    /// In words.
    pub text: String,
    /// The visit ahead that could be moved to mend it, if there is one.
    pub appointment: Option<String>,
}

/// Kinds of concern, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ConcernKind {
    /// Sessions are due but nothing is booked ahead.
    NothingAhead,
    /// The two treatments of a week come in the wrong order or on the wrong days.
    Order,
    /// A gap is too short.
    GapTooShort,
    /// A gap is too long.
    GapTooLong,
    /// Sessions have no place.
    ToPlace,
    /// Visits lie too far from their usual day.
    OffRhythm,
}

/// What merging two records would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct MergePreview {
    /// Who stays.
    pub kept: PatientHit,
    /// Whose record goes into theirs.
    pub merged: PatientHit,
    /// What the kept record would say.
    pub form: PatientForm,
    /// Whether the two were born on different days, so that they may be two people.
    pub is_doubtful: bool,
    /// Visits that would move.
    pub visits: u32,
    /// Series that would move.
    pub series: u32,
    /// Visits of the two that lie at one time; while there are any, the records cannot be merged.
    pub clashes: Vec<VisitClash>,
}

/// Two visits at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VisitClash {
    /// The visit of the kept record.
    pub kept: VisitLine,
    /// The visit of the other record.
    pub merged: VisitLine,
}
