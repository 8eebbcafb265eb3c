//! What the window and the command line see: plain data, ready to show, never a stored row.

pub mod access;
pub mod backup;
pub mod board;
pub mod calendars;
pub mod day;
pub mod journal;
pub mod keys;
pub mod notices;
pub mod patient_list;
pub mod patients;
pub mod practitioner;
pub mod protocols;
pub mod series;
pub mod setup;
pub mod updates;
