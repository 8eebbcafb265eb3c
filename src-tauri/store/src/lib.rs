//! A clinic's records on disk: encrypted, journaled, with no two visits at one time.
//!
//! [`Store`] reads and changes. Nothing in its public methods tells how records are kept, so that another kind of
//! database can stand behind the same ones.

mod access;
mod backup;
mod chain;
mod checkpoint;
mod checks;
mod error;
mod fault;
mod file;
mod french;
mod image;
mod journal;
mod key;
mod migration;
mod reader;
mod rekey;
mod restore;
#[cfg(test)]
mod sample;
mod search;
mod share;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod trail;
mod transaction;
mod undo;

pub use access::UserSecret;
pub use backup::{Inspection, Inventory};
pub use chain::{ChainFault, Hash, Link, Stretch};
pub use checkpoint::StartCheck;
pub use error::{Conflict, FileError, StoreError, Taken, UndoRefusal};
pub use file::{BESIDE, beside};
pub use journal::{
    AccessSettings, Action, Change, Entity, Entry, EntryKind, Record, Retention, Settings, Stamp,
};
pub use key::{Key, KeyError};
pub use reader::{Day, Filter, Horizon, Reader};
pub use restore::{ASIDE, CutRestore, Staged};
pub use search::{NearestVisits, PatientLine, fold};
pub use store::{Done, Store};
pub use trail::{Search, Sought, Trace};
pub use transaction::Transaction;
pub use undo::Which;
