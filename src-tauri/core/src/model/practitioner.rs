//! Practitioners and when they work.

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{PractitionerId, ServiceId};
use crate::time::TimeOfDay;

/// Somebody who treats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practitioner {
    /// Their identifier.
    pub id: PractitionerId,
    /// Their name.
    pub name: String,
    /// The services they offer.
    pub services: Vec<ServiceId>,
    /// The hours they work week after week.
    pub hours: Vec<WorkingHours>,
    /// Hours on single dates, besides the weekly ones.
    pub extra_hours: Vec<ExtraHours>,
    /// When they are away, whatever their hours say.
    pub absences: Vec<Absence>,
}

/// A stretch of work that comes back every week or every few weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingHours {
    /// The day of the week.
    pub weekday: Weekday,
    /// When the stretch begins.
    pub from: TimeOfDay,
    /// When it ends; after `from`.
    pub to: TimeOfDay,
    /// The first date on which it may hold; required when `every_weeks` is above 1.
    pub valid_from: Option<NaiveDate>,
    /// The last date on which it may hold.
    pub valid_to: Option<NaiveDate>,
    /// Holds in every n-th week, counted from the Monday of the week of `valid_from`; at least 1.
    pub every_weeks: u32,
}

/// Work on one date outside the weekly hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraHours {
    /// The date.
    pub date: NaiveDate,
    /// When the work begins.
    pub from: TimeOfDay,
    /// When it ends; after `from`.
    pub to: TimeOfDay,
}

/// A time away, in local wall-clock times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Its first minute.
    pub from: NaiveDateTime,
    /// The minute at which work may go on; after `from`.
    pub to: NaiveDateTime,
    /// Why, where the clinic notes it.
    pub reason: String,
    /// The event of another calendar that it was read from.
    pub imported: Option<ImportedFrom>,
}

/// What an imported time is in the calendar that it comes from; importing it again finds it by this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportedFrom {
    /// The UID of the event.
    pub uid: String,
    /// For one time of a recurring event, when it was to begin, on the clinic's wall clock.
    pub occurrence: Option<NaiveDateTime>,
}
