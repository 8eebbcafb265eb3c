//! Drives the real window like a person would. `cargo xtask test window` sets up what it needs.

mod day;
mod window;
