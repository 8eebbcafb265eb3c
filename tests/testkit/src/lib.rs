//! Generated clinics, a reference planner and fixtures for tests and benchmarks. Never shipped.

pub mod generator;
pub mod random;
