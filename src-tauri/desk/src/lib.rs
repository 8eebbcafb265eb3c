//! Use cases of Ordo, host-neutral.

pub mod file;
pub mod view;
