//! Generated clinics, a reference planner and fixtures for tests and benchmarks. Never shipped.

pub mod brute_force;
pub mod clinics;
pub mod fixtures;
pub mod generator;
pub mod problem;
pub mod random;
