//! Model, rules, planner, audit and iCalendar text of Ordo.
//!
//! Pure: no clock, files, network or SQL; time and identifiers are passed in, and equal inputs give equal
//! outputs on every machine.

pub mod audit;
pub mod calendar;
pub mod holidays;
pub mod ical;
mod language;
pub mod model;
pub mod planner;
pub mod protocol;
pub mod rules;
mod shown;
pub mod time;
pub mod validate;
pub mod why;

pub use language::{Clock, Language, Said, Speech};
pub use shown::{named, on_one_line, shown};

#[cfg(test)]
mod test_support;
