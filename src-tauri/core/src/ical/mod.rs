//! Calendars as iCalendar text (RFC 5545, RFC 7986), for files and feeds.
//!
//! Names are kept out unless asked for, and equal data gives equal bytes. What the `ical` crate leaves open
//! (escaping, quoting, folding by octets) is done here; no type of that crate leaves this module.

mod calendar;
mod event;
mod exports;
mod initials;
mod line;
mod observance;
pub mod reading;

pub use calendar::{Export, calendar_text};
pub use event::{Event, EventTime, ExportOptions, absence_event, practitioner_export, visit_event};
pub use exports::{closures_export, patient_export};
pub use initials::initials;
