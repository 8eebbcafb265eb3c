//! What a host passes in: the time, new identifiers and who is at the desk.

use chrono::{DateTime, Utc};

/// Where the desk runs.
pub trait Host {
    /// The present.
    fn now(&self) -> DateTime<Utc>;

    /// An identifier that was never used before.
    fn new_id(&self) -> String;

    /// Who acts, as the journal names them; one of the names of [`unsigned`] where nothing tells.
    fn actor(&self) -> String;
}

/// What the journal names somebody whom neither a sign-in nor the computer names; shown in the reader's language.
pub mod unsigned {
    /// Somebody at the window.
    pub const DESK: &str = "front desk";
    /// Somebody at the command line.
    pub const COMMAND_LINE: &str = "command line";
}
