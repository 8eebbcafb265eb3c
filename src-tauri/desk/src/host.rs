//! What a host passes in: the time, new identifiers and who is at the desk.

use chrono::{DateTime, Utc};

/// Where the desk runs.
pub trait Host {
    /// The present.
    fn now(&self) -> DateTime<Utc>;

    /// An identifier that was never used before.
    fn new_id(&self) -> String;

    /// Who acts, as the journal names them.
    fn actor(&self) -> String;
}
