//! Why a session has no place, why a start is not legal, and what would help.

mod chosen;
mod unplaced;

pub use chosen::{Chosen, SessionRules, check_start, legal_starts, nearest_legal};
pub use unplaced::{Change, Help, Unplaced, explain_unplaced};

#[cfg(test)]
mod tests;
