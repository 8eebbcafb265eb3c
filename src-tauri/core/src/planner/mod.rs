//! Finds the best legal series for a request: exactly, for three strategies.

mod candidates;
mod chain;
mod cost;
mod crossing;
mod error;
mod givers;
mod leaf;
mod links;
mod listing;
mod narrow;
mod orphan;
mod pairs;
mod plan;
mod resolve;
mod search;
mod slots;
mod starts;
mod times;
mod ways;
mod weeks;

pub use cost::Cost;
pub use error::RequestError;
pub use plan::{Plan, PlannedSession, Proposal, candidates, plan, plan_resolved};
pub use resolve::{RequestedSession, ResolvedRequest, ResolvedRhythm, resolve};
