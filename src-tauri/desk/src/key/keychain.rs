//! Where a computer keeps secrets.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::BYTES;
use crate::Error;

/// Where a computer keeps secrets for whoever is signed in to it.
pub trait Keychain: Send + Sync {
    /// Whether there is one that answers.
    fn is_there(&self) -> bool;

    /// The key of an identifier, where there is a keychain and it holds one.
    fn get(&self, id: &str) -> Option<[u8; BYTES]>;

    /// Keeps a key and reads it back; false where there is no keychain or it refuses.
    fn put(&self, id: &str, key: &[u8; BYTES]) -> bool;

    /// Forgets a key; one that cannot be forgotten opens nothing any more.
    fn remove(&self, id: &str);
}

/// What a host passes in where keys are made and kept.
#[derive(Clone, Copy)]
pub struct Vault<'a> {
    /// Where keys are kept.
    pub keychain: &'a dyn Keychain,
    /// Fills bytes with random ones.
    pub random: fn(&mut [u8]) -> Result<(), Error>,
}

/// No keychain: where there is none, or somebody turned it off.
#[derive(Clone, Copy, Debug)]
pub struct NoKeychain;

impl Keychain for NoKeychain {
    fn is_there(&self) -> bool {
        false
    }

    fn get(&self, _: &str) -> Option<[u8; BYTES]> {
        None
    }

    fn put(&self, _: &str, _: &[u8; BYTES]) -> bool {
        false
    }

    fn remove(&self, _: &str) {}
}

/// A keychain that is gone with the program, for tests.
#[derive(Debug, Default)]
pub struct KeychainInMemory(Mutex<BTreeMap<String, [u8; BYTES]>>);

impl KeychainInMemory {
    /// How many keys it holds.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Keychain for KeychainInMemory {
    fn is_there(&self) -> bool {
        true
    }

    fn get(&self, id: &str) -> Option<[u8; BYTES]> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.get(id).copied()
    }

    fn put(&self, id: &str, key: &[u8; BYTES]) -> bool {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(id.to_owned(), *key);
        true
    }

    fn remove(&self, id: &str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.remove(id);
    }
}
