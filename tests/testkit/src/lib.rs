//! Generated clinics, a reference planner and fixtures for tests and benchmarks. Never shipped.
