//! Finds the best legal series for a request: exactly, for three strategies.

mod error;
mod resolve;

pub use error::RequestError;
pub use resolve::{RequestedSession, ResolvedRequest, ResolvedRhythm, resolve};
