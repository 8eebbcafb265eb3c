//! Checks what is booked or proposed against every rule, and measures series as they went.
//!
//! Shares the rules with the planner and nothing of its search.

mod calendar;
mod series;

pub use calendar::{Finding, audit_calendar};
pub use series::{PairHealth, SeriesHealth, SessionHealth, series_health};
