//! The only HTTP of Ordo: the feed server, and publishing to CalDAV accounts. Neither runs unless somebody asks for it.

pub mod feed;
pub mod publish;
