//! The real command: what people and scripts do with it, and bad input of every kind, which gets a message that names the
//! thing and says what to do, an exit code that is not 0, and nothing half-written.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod calendar_accounts;
mod calendars;
mod clinic_files;
mod cut_short;
mod databases;
mod folder;
mod journeys;
mod keys;
mod people;
mod places;
mod planning;
mod small;
mod usage;
