//! The chain of the journal: each entry carries the hash of its content and of the hash before it, so that an entry
//! that was altered, removed or put in between is found.
//!
//! The hash is SHA-256 over a label, the hash before, and every value of the entry with its kind and length, so that
//! no two contents read alike. A new column of the journal takes a new label.

use std::fmt;

use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::reader::Reader;
use crate::table::chain;

/// What an entry of the journal amounts to, with everything before it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash before the first entry.
    pub const NONE: Self = Self([0; 32]);

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hash({self})")
    }
}

/// An entry by its number, and what it and everything before it amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The entry's number; 0 before the first.
    pub seq: u32,
    /// Its hash.
    pub hash: Hash,
}

impl Link {
    /// What the first entry hangs on.
    pub const START: Self = Self {
        seq: 0,
        hash: Hash::NONE,
    };
}

/// Something about the journal that no program of Ordo's did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// The content of an entry is not what was written.
    Altered {
        /// The entry.
        seq: u32,
    },
    /// Entries are missing.
    Missing {
        /// The first of them.
        from: u32,
        /// The last of them.
        to: u32,
    },
    /// The journal ends before an entry that was there.
    Shortened {
        /// The entry that was there.
        kept: u32,
        /// The newest that is there now.
        newest: u32,
    },
    /// An entry is another one than the one that was there, and all that follow hang on it.
    Replaced {
        /// The entry.
        seq: u32,
    },
}

/// What checking a stretch of the journal has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The last entry that was looked at, as it says itself.
    pub last: Link,
    /// How many were looked at.
    pub checked: u32,
    /// What is wrong, oldest first.
    pub faults: Vec<ChainFault>,
    /// Whether it was the last one there is.
    pub is_end: bool,
}

impl Reader {
    /// The newest entry as a link of the chain.
    pub fn chain_end(&self) -> Result<Link, StoreError> {
        self.ask(chain::end)
    }

    /// The hash that an entry carries; none where there is no such entry, or none with a hash.
    pub fn chain_at(&self, seq: u32) -> Result<Option<Hash>, StoreError> {
        self.ask(|connection| chain::at(connection, seq))
    }

    /// Checks at most `limit` entries that hang on `from`.
    ///
    /// An entry whose content differs is reported alone: those after it are checked against what it says of itself.
    pub fn check_chain(&self, from: Link, limit: u32) -> Result<Stretch, StoreError> {
        self.ask(|connection| chain::check(connection, from, limit))
    }
}

/// The content of one entry on its way to a hash.
pub(crate) struct Content(Sha256);

impl Content {
    /// Begins behind the hash of the entry before.
    pub(crate) fn after(before: &Hash) -> Self {
        let mut sum = Sha256::new();
        sum.update(b"ordo-journal/1");
        sum.update(before.0);
        Self(sum)
    }

    /// Takes in one value.
    pub(crate) fn take(&mut self, value: ValueRef<'_>) {
        let sum = &mut self.0;
        match value {
            ValueRef::Null => sum.update([0]),
            ValueRef::Integer(number) => {
                sum.update([1]);
                sum.update(number.to_be_bytes());
            }
            ValueRef::Real(number) => {
                sum.update([2]);
                sum.update(number.to_bits().to_be_bytes());
            }
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                sum.update([if matches!(value, ValueRef::Text(_)) { 3 } else { 4 }]);
                sum.update((bytes.len() as u64).to_be_bytes());
                sum.update(bytes);
            }
        }
    }

    pub(crate) fn finish(self) -> Hash {
        Hash(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[ValueRef<'_>]) -> Hash {
        let mut content = Content::after(&Hash::NONE);
        values.iter().for_each(|value| content.take(*value));
        content.finish()
    }

    #[test]
    fn values_that_only_look_alike_hash_otherwise() {
        let text = |text: &'static str| ValueRef::Text(text.as_bytes());
        let contents = [
            of(&[]),
            of(&[ValueRef::Null]),
            of(&[text("")]),
            of(&[ValueRef::Blob(b"")]),
            of(&[text("ab"), text("c")]),
            of(&[text("a"), text("bc")]),
            of(&[text("1")]),
            of(&[ValueRef::Integer(1)]),
            of(&[ValueRef::Real(1.0)]),
        ];
        for (at, one) in contents.iter().enumerate() {
            assert!(contents[at + 1..].iter().all(|other| other != one), "{at}");
        }
        assert_ne!(
            Content::after(&contents[0]).finish(),
            Content::after(&Hash::NONE).finish()
        );
    }

    /// Databases in the field carry such hashes: this one never changes.
    #[test]
    fn the_form_of_the_content_is_pinned() {
        let hash = of(&[
            ValueRef::Integer(7),
            ValueRef::Text("Zoé".as_bytes()),
            ValueRef::Null,
        ]);
        assert_eq!(
            hash.to_string(),
            "60d7f0b24ca81a35b357ba40aaad81409ce2cf070860cfd120b99bba471c5b45"
        );
    }

    #[test]
    fn digits_are_read_back_and_anything_else_refused() {
        let hash = of(&[]);
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert_eq!(Hash::parse(text), None, "{text}");
        }
    }
}
