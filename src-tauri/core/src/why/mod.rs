//! Why a start is not legal, and where the nearest legal one lies.

mod chosen;

pub use chosen::{Chosen, SessionRules, check_start, legal_starts, nearest_legal};
