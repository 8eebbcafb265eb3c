//! The machine that the command runs on.

use chrono::{DateTime, Utc};
use ordo_desk::{Host, unsigned};
use uuid::Uuid;

/// The system's clock, random identifiers and the name of whoever is signed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemHost {
    /// Act as if it were this moment.
    pub now: Option<DateTime<Utc>>,
}

impl Host for SystemHost {
    fn now(&self) -> DateTime<Utc> {
        self.now.unwrap_or_else(Utc::now)
    }

    fn new_id(&self) -> String {
        Uuid::now_v7().to_string()
    }

    fn actor(&self) -> String {
        ["USER", "USERNAME"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
            .unwrap_or_else(|| unsigned::COMMAND_LINE.to_owned())
    }
}
