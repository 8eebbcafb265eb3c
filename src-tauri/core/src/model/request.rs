//! A request for one series.

use chrono::{NaiveDate, NaiveDateTime};

use super::{AppointmentId, DisciplineId, PatientId, PractitionerId, Rhythm, RoomId, Spacing};

/// What the planner is asked for: one series for one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whom it is for.
    pub patient: PatientId,
    /// The present, local wall-clock time; nothing is placed before it.
    pub now: NaiveDateTime,
    /// The first date that may be used.
    pub earliest: NaiveDate,
    /// The last usual date of week 0; not before `earliest`.
    pub latest_start: NaiveDate,
    /// How many weeks the series runs; at least 1.
    pub weeks: u32,
    /// The order of the two disciplines in each pair; the same one twice for a series of it alone.
    pub order: [DisciplineId; 2],
    /// How far apart the two sessions of a pair lie.
    pub spacing: Spacing,
    /// How far a session may lie from its usual day, in days, 0 to 3.
    pub tolerance_days: u32,
    /// One or both disciplines, in `order`.
    pub rhythms: Vec<Rhythm>,
    /// Sessions that are agreed or already held: placed as they are.
    pub fixed: Vec<Session>,
    /// Where booked sessions lie today; leaving that place counts as a move.
    pub current: Vec<Session>,
    /// Sessions that the series does without, by discipline and week: nothing is planned for them.
    pub left_out: Vec<(DisciplineId, u32)>,
    /// Appointments that occupy nothing and count in no rule.
    pub replaces: Vec<AppointmentId>,
}

/// One session of a series at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The discipline, one of the request's.
    pub discipline: DisciplineId,
    /// The week of the series, from 0; one in which the discipline has a session.
    pub week: u32,
    /// The start, local wall-clock time.
    pub start: NaiveDateTime,
    /// Who treats.
    pub practitioner: PractitionerId,
    /// Where; absent when it needs none.
    pub room: Option<RoomId>,
}
