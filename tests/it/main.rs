//! Integration tests across the crates, one binary.

mod clinic_files;
