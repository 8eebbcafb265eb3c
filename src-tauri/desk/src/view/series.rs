//! What the screen that books a series asks and shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SeriesAsk {
    /// The patient's identifier.
    pub patient: String,
    /// Identifiers of conditions, the main one first.
    pub conditions: Vec<String>,
    /// Identifiers of needs.
    pub needs: Vec<String>,
    /// Identifiers of sensitivities, besides those in the record.
    pub sensitivities: Vec<String>,
    /// The discipline that comes first, where nothing else decides.
    pub first: Option<String>,
    /// How many weeks.
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

/// Three proposals and what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesProposals {
    /// What was decided and why.
    pub decision: SeriesDecision,
    /// What the insurance does not cover, in words.
    pub warnings: Vec<String>,
    /// One for each aim.
    pub proposals: Vec<SeriesProposal>,
    /// How many sessions were asked for.
    pub asked: u32,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SeriesProposal {
    /// What it is best for, in words.
    pub aim: String,
    /// Which earlier proposal has the same visits, from 0.
    pub same_as: Option<u32>,
    /// The usual slot of each discipline, in words.
    pub usual: Vec<String>,
    /// What it costs, in words; nothing to say when it is perfect.
    pub costs: Vec<String>,
    /// Its weeks, by date, each with its visits.
    pub weeks: Vec<SeriesWeek>,
    /// Sessions without a place.
    pub unplaced: Vec<UnplacedSession>,
    /// How many visits it books.
    pub placed: u32,
    /// What the visits are, to be sent back with the booking.
    pub visits: String,
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
    /// Its discipline.
    pub discipline: String,
    /// Its date.
    pub date: NaiveDate,
    /// The day of the week, Monday 0 to Sunday 6.
    pub weekday: u32,
    /// Its start, in wall-clock minutes from midnight.
    pub minute: u32,
    /// With whom.
    pub practitioner: String,
    /// Where.
    pub room: Option<String>,
    /// Whether day, time or practitioner differ from the usual.
    pub differs: bool,
}

/// A session without a place, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct UnplacedSession {
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
    /// The question with that change, to be asked at one press; none where the form cannot ask it.
    pub ask: Option<SeriesAsk>,
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
    pub visits: String,
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
