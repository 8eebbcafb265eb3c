//! Integration tests across the crates; the tests are in `main.rs`.
