//! The only HTTP of Ordo: the feed server, and accounts on CalDAV servers, published to and read from. None of it runs unless
//! somebody asks for it.

pub mod account;
pub mod feed;
pub mod fetch;
pub mod publish;
