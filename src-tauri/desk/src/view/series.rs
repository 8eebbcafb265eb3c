//! What the screen that books a series asks and shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::board::{Change, StartStretch};
use super::patients::{AvailabilityForm, Named};
use super::protocols::FrequencyForm;

/// What the form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesChoices {
    /// Conditions by name.
    pub conditions: Vec<Named>,
    /// Needs by name.
    pub needs: Vec<Named>,
    /// Sensitivities by name.
    pub sensitivities: Vec<Named>,
    /// The disciplines, each with what can be booked of it and with whom.
    pub disciplines: Vec<DisciplineChoices>,
}

/// A discipline with its services and those who give them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct DisciplineChoices {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its services.
    pub services: Vec<Named>,
    /// Everybody who gives one of them.
    pub practitioners: Vec<Named>,
}

/// What the front desk asks for; what is left out is decided by the protocols and the clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SeriesAsk {
    /// The patient's identifier.
    pub patient: String,
    /// The running series of which the rest is planned again; none for a new series.
    pub series: Option<String>,
    /// Identifiers of conditions, the main one first.
    pub conditions: Vec<String>,
    /// Identifiers of needs.
    pub needs: Vec<String>,
    /// Identifiers of sensitivities, besides those in the record.
    pub sensitivities: Vec<String>,
    /// The discipline that comes first, where nothing else decides.
    pub first: Option<String>,
    /// One discipline alone.
    pub only: Option<String>,
    /// How often each discipline comes, when other than the protocols say.
    pub frequency: Option<FrequencyForm>,
    /// How many weeks; of a running series, those that are left.
    pub weeks: u32,
    /// Identifiers of services, one a discipline at most.
    pub services: Vec<String>,
    /// Identifiers of practitioners; nobody of a discipline means everybody.
    pub practitioners: Vec<String>,
    /// When the patient can come this time; as the record says when left out.
    pub availability: Option<Vec<AvailabilityForm>>,
    /// The first date that may be used; today when left out.
    pub earliest: Option<NaiveDate>,
    /// Days around the usual day; the protocols' when left out.
    pub tolerance_days: Option<u32>,
    /// The longest wait on one day, in minutes; the protocols' when left out.
    pub max_wait_minutes: Option<u32>,
    /// Shorten the series to what the insurance covers.
    pub within_cover: bool,
    /// Visits that stay where somebody put them.
    pub pins: Vec<PlacedSession>,
    /// Visits that the series does without.
    pub left_out: Vec<SessionName>,
}

/// A visit of a series by what it is, wherever it lies.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct SessionName {
    /// The identifier of its discipline.
    pub discipline: String,
    /// Its week, from 0.
    pub week: u32,
}

/// A visit of a series at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlacedSession {
    /// Which visit.
    pub session: SessionName,
    /// Its date.
    pub date: NaiveDate,
    /// Its start, in wall-clock minutes from midnight.
    pub minute: u32,
    /// The identifier of who treats.
    pub practitioner: String,
}

/// A decision as it is explained to the patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesDecision {
    /// Whether the order is decided; somebody must choose otherwise.
    pub has_order: bool,
    /// Why the order is as it is.
    pub order: Vec<String>,
    /// Why the spacing is as it is.
    pub spacing: Vec<String>,
    /// Why the frequency is as it is.
    pub frequency: Vec<String>,
    /// Sources that disagree.
    pub conflicts: Vec<SeriesConflict>,
    /// What the practitioners will read on the visits.
    pub notes: Vec<String>,
}

/// Two sources that disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesConflict {
    /// The conflict in words.
    pub words: String,
    /// Whether a provider has settled it.
    pub settled: bool,
}

/// The proposals and what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesProposals {
    /// What was decided and why.
    pub decision: SeriesDecision,
    /// What the insurance does not cover, in words.
    pub warnings: Vec<String>,
    /// One for each aim; aims that come to the same visits share one.
    pub proposals: Vec<SeriesProposal>,
    /// How many visits were asked for.
    pub asked: u32,
    /// What was changed by hand, in words.
    pub edits: Vec<SeriesEdit>,
    /// How far the running series is, in words, where its rest is planned.
    pub progress: Option<String>,
}

/// A visit that was changed by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesEdit {
    /// Which visit.
    pub session: SessionName,
    /// What was done to it.
    pub kind: SeriesEditKind,
    /// The visit in words; of a lost pin with the rule that it breaks.
    pub words: String,
}

/// What was done to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesEditKind {
    /// It stays where somebody put it.
    Pinned,
    /// It was pinned where the calendar no longer allows it, and is planned like the others.
    LostPin,
    /// The series does without it.
    LeftOut,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesProposal {
    /// Its number, from 0, to be named when it is booked.
    pub choice: u32,
    /// What it is best for, in words.
    pub aims: Vec<String>,
    /// The usual slot of each discipline.
    pub usual: Vec<UsualWords>,
    /// The date of its first visit still to come.
    pub first: Option<NaiveDate>,
    /// What differs from the usual, and other drawbacks, in words; nothing when it is perfect.
    pub costs: Vec<String>,
    /// Its weeks, by date, each with its visits.
    pub weeks: Vec<SeriesWeek>,
    /// Visits without a place.
    pub unplaced: Vec<UnplacedSession>,
    /// How many visits it books.
    pub placed: u32,
    /// What the visits are, to be sent back with the booking.
    pub visits: Vec<PlacedSession>,
    /// What it would change of a running series: where visits lie now, and then.
    pub differences: Vec<VisitDifference>,
}

/// The usual slot of a discipline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UsualWords {
    /// The discipline's identifier.
    pub discipline: String,
    /// Its name, and how often it comes.
    pub name: String,
    /// Day, time and practitioner: `Tuesdays 10:00 with Wei Zhang`.
    pub words: String,
    /// How many of its visits differ: `2 of 6 differ`; empty when none does.
    pub differ: String,
}

/// One calendar week of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesWeek {
    /// Its Monday.
    pub monday: NaiveDate,
    /// Its visits, by time.
    pub visits: Vec<ProposedVisit>,
    /// The gap between its two treatments, in words.
    pub gap: Option<String>,
}

/// A visit of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ProposedVisit {
    /// Which visit.
    pub session: SessionName,
    /// The name of its discipline.
    pub discipline: String,
    /// Its date.
    pub date: NaiveDate,
    /// The day of the week, Monday 0 to Sunday 6.
    pub weekday: u32,
    /// Its start, in wall-clock minutes from midnight.
    pub minute: u32,
    /// Its end, in wall-clock minutes from midnight of that date.
    pub to_minute: u32,
    /// The identifier of who treats.
    pub practitioner: String,
    /// Their name.
    pub practitioner_name: String,
    /// Where.
    pub room: Option<String>,
    /// How it differs from the usual, in words; empty when it does not.
    pub differs: Vec<String>,
    /// What holds it where it is.
    pub hold: VisitHold,
}

/// What holds a proposed visit where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum VisitHold {
    /// Nothing: it was planned.
    Planned,
    /// Somebody pinned it.
    Pinned,
    /// It took place.
    Held,
}

/// A visit without a place, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UnplacedSession {
    /// Which visit.
    pub session: SessionName,
    /// Which one and why, in words.
    pub words: String,
    /// Changes that would give it a place.
    pub helps: Vec<SeriesHelp>,
}

/// A change that would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesHelp {
    /// The change in words.
    pub words: String,
    /// The question with that change, to be asked at one press; none where only a provider may allow it.
    pub ask: Option<SeriesAsk>,
}

/// Where a visit lies before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VisitDifference {
    /// Which visit.
    pub session: SessionName,
    /// The name of its discipline.
    pub discipline: String,
    /// Where it lay; none when it is new.
    pub before: Option<VisitSpot>,
    /// Where it lies then; none when it has no place any more.
    pub after: Option<VisitSpot>,
}

/// A date, a time and a practitioner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct VisitSpot {
    /// The date.
    pub date: NaiveDate,
    /// The start, in wall-clock minutes from midnight.
    pub minute: u32,
    /// The name of who treats.
    pub practitioner: String,
}

/// Where one visit of a series may lie on a date with one practitioner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SessionStarts {
    /// The practitioner's identifier.
    pub practitioner: String,
    /// Their name.
    pub name: String,
    /// Legal starts, in wall-clock minutes from midnight.
    pub legal: Vec<u32>,
    /// Starts within working hours that a rule forbids, and which.
    pub blocked: Vec<StartStretch>,
    /// Why there is no legal start, where the practitioner does not work at all.
    pub away: Option<String>,
}

/// A booking of one of the proposals.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub struct SeriesBooking {
    /// A name for this request: asked twice, it is booked once.
    pub request: String,
    /// What was asked.
    pub ask: SeriesAsk,
    /// Which proposal, from 0.
    pub choice: u32,
    /// The visits that were shown.
    pub visits: Vec<PlacedSession>,
}

/// What became of a booking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SeriesOutcome {
    /// Every visit is booked.
    Booked {
        /// The series.
        series: String,
        /// What was done.
        change: Change,
    },
    /// The calendar has changed meanwhile and nothing is booked.
    Changed {
        /// The visits of the same proposal that are best now, against those that were shown.
        differences: Vec<VisitDifference>,
    },
}

/// The card of a series, in words of its own language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesCard {
    /// The code of its language: `en` or `fr`.
    pub language: String,
    /// The name of the clinic.
    pub clinic: String,
    /// The name of the patient.
    pub patient: String,
    /// What it is.
    pub title: String,
    /// Order and spacing as one sentence, where there are two treatments.
    pub rule: Option<String>,
    /// The names of its columns: date, time, treatment, practitioner.
    pub columns: Vec<String>,
    /// Its visits, by time.
    pub lines: Vec<SeriesCardLine>,
    /// What the patient is asked for.
    pub closing: String,
}

/// A visit on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesCardLine {
    /// The date with its weekday and year.
    pub date: String,
    /// From when to when.
    pub time: String,
    /// What.
    pub treatment: String,
    /// With whom.
    pub practitioner: String,
}

/// What a provider decided for a patient; what is left out stays as the protocols decide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
pub struct ProviderDecisionForm {
    /// The provider's name.
    pub provider: String,
    /// The date of the decision.
    pub date: NaiveDate,
    /// The identifier of the discipline that comes first.
    pub first: Option<String>,
    /// On one day or on two.
    pub spacing: Option<SpacingForm>,
    /// How often each discipline comes.
    pub frequency: Option<FrequencyForm>,
    /// The provider's words.
    pub note: String,
}

/// The time between two treatments of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SpacingForm {
    /// On one day, in order.
    SameDay {
        /// The longest wait between them, in minutes, 0 to 240.
        max_wait_minutes: u32,
    },
    /// On two days, end to start in elapsed hours.
    SeparateDays {
        /// The least gap, 12 to 120 hours.
        min_hours: u32,
        /// The greatest gap, `min_hours` to 120 hours.
        max_hours: u32,
    },
}
