//! The only HTTP of Ordo: the feed server, and accounts on CalDAV servers, published to and read from. None of it runs unless
//! somebody asks for it.

pub mod account;
mod cause;
pub mod feed;
pub mod fetch;
pub mod publish;
#[cfg(test)]
mod test_server;

pub use cause::cause_of;
