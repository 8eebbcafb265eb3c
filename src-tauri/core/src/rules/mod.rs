//! What is legal: twelve rules, one file each.
//!
//! Every rule is a pure function that returns a [`Violation`] or nothing. The planner, the check of one visit,
//! the check at commit and the audit of a whole calendar all ask these functions and nothing else.
//! Where the planner needs a rule for many starts at once, the bulk form stands beside the check in the same file.

mod r01_start;
mod r02_working_hours;
mod r03_practitioner;
mod r04_room;
mod r05_patient;
mod r06_same_discipline;
mod r07_other_discipline;
mod r08_rhythm;
mod r09_pair;
mod r10_between_pairs;
mod r11_one_per_date;
mod r12_same_date;
mod rule;
#[cfg(test)]
mod tests;
mod violation;
mod visit;

pub use rule::Rule;
pub use violation::Violation;
pub use visit::{Others, PatientRules, REACH, Scope, check_session_pair, check_visit, first_violation};

/// Rule 1: not in the past, not before the earliest date, on the slot grid.
pub mod start {
    pub use super::r01_start::{Limits, check, starts};
}
/// Rule 2: inside one stretch of the practitioner's working time.
pub mod working_hours {
    pub use super::r02_working_hours::{check, starts};
}
/// Rule 3: one of the request's practitioners, who is free.
pub mod practitioner {
    pub use super::r03_practitioner::{blocked_starts, check_choice, check_free};
}
/// Rule 4: a room of a kind that the service names is free.
pub mod room {
    pub use super::r04_room::{blocked_starts, check, is_free};
}
/// Rule 5: the patient can come and is free.
pub mod patient {
    pub use super::r05_patient::{blocked_starts, check_available, check_free, starts};
}
/// Rule 6: no other visit of the same discipline on the date.
pub mod same_discipline {
    pub use super::r06_same_discipline::{blocks_day, check};
}
/// Rule 7: order and spacing against the patient's visits of the other discipline.
pub mod other_discipline {
    pub use super::r07_other_discipline::{blocked_starts, check};
}
/// Rule 8: sessions lie near their usual days.
pub mod rhythm {
    pub use super::r08_rhythm::{check, check_usual_dates, greatest_shift};
}
/// Rule 9: the two sessions of a pair.
pub mod pair {
    pub use super::r09_pair::{allowed_gaps, check};
}
/// Rule 10: two sessions of different disciplines that are no pair.
pub mod between_pairs {
    pub use super::r10_between_pairs::{blocked_starts, check, may_follow};
}
/// Rule 11: two sessions of one discipline never lie on one date.
pub mod one_per_date {
    pub use super::r11_one_per_date::check;
}
/// Rule 12: two sessions on one date.
pub mod same_date {
    pub use super::r12_same_date::{buffer_reaches, check, check_rooms};
}
