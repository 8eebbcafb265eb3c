//! Use cases of Ordo, host-neutral: what a front desk does, over the store and the core.
//!
//! No clock and no randomness of its own: a [`Host`] passes them in. What goes out to people and programs are the
//! plain types of [`view`] and [`file`].

mod access;
mod audit;
mod availability;
mod backup;
mod board;
mod book;
mod cause;
mod decide;
pub mod demo;
mod desk;
mod error;
pub mod file;
mod host;
mod ics;
mod import_calendar;
mod journal;
pub mod key;
mod notices;
mod patients;
mod pins;
mod practitioner_day;
mod propose;
mod rest;
mod retention;
mod series;
mod series_card;
mod series_screen;
mod setup;
mod sharing;
#[cfg(test)]
mod test_support;
mod updates;
pub mod view;
mod visit;
mod week;
mod why;
mod writing;

pub use access::{Right, UseCase};
pub use audit::CalendarAudit;
pub use backup::{BackupJob, BackupOutcome, BackupShelf, ChosenBackup, backups_of, find_back, restore_over};
pub use book::Booked;
pub use cause::{Cause, for_support, unread, unwritten};
pub use desk::{Desk, is_there, look_at, remove_unfinished};
pub use error::{Code, Error};
pub use host::{Host, unsigned};
pub use journal::ChainCheck;
pub use ordo_core::model::{AppointmentStatus, CalendarAccount, PractitionerId, Role, Sharing, UserId};
pub use ordo_core::{Clock, Language, Speech, named, on_one_line, shown};
pub use ordo_store::{Entry, EntryKind, Key, Which, beside};
pub use pins::{LostPin, Pin};
pub use propose::{Ask, Proposed};
pub use rest::Rest;
pub use series_card::CardFile;
pub use sharing::{FolderReport, NamedAccount, Publication, PublishedEvent, write_calendar};
pub use visit::Move;
pub use why::{StartAnswer, StartQuestion};
pub use writing::{write_new, write_whole};
