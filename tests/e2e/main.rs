//! Drives the real window like a person would. `cargo xtask test window` sets up what it needs.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, its helpers too"
)]

mod board;
mod closing;
mod day;
mod demo;
#[expect(dead_code, reason = "the figures do more with it")]
mod desktop;
mod fence;
mod keys;
mod people;
mod place;
mod series;
mod trouble;
mod visit;
mod week;
mod window;
