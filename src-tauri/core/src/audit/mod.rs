//! Checks what is booked or proposed against every rule, and measures series as they went.
//!
//! Shares the rules with the planner and nothing of its search.

mod calendar;
mod proposal;
mod series;

pub use calendar::{Finding, audit_calendar};
pub use proposal::{ProposalFault, audit_proposal};
pub use series::{PairHealth, SeriesHealth, SessionHealth, series_health};
