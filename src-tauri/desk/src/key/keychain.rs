//! Where a computer keeps secrets.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

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

    /// The password of a calendar account, where there is a keychain and it holds one.
    fn password(&self, _account: &str) -> Option<String> {
        None
    }

    /// Keeps the password of a calendar account; false where there is no keychain or it refuses.
    fn keep_password(&self, _account: &str, _password: &str) -> bool {
        false
    }

    /// Forgets the password of a calendar account, if it is held.
    fn forget_password(&self, _account: &str) {}
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
pub struct KeychainInMemory {
    keys: Mutex<BTreeMap<String, [u8; BYTES]>>,
    passwords: Mutex<BTreeMap<String, String>>,
}

impl KeychainInMemory {
    /// How many keys it holds.
    pub fn count(&self) -> usize {
        lock(&self.keys).len()
    }
}

impl Keychain for KeychainInMemory {
    fn is_there(&self) -> bool {
        true
    }

    fn get(&self, id: &str) -> Option<[u8; BYTES]> {
        lock(&self.keys).get(id).copied()
    }

    fn put(&self, id: &str, key: &[u8; BYTES]) -> bool {
        lock(&self.keys).insert(id.to_owned(), *key);
        true
    }

    fn remove(&self, id: &str) {
        lock(&self.keys).remove(id);
    }

    fn password(&self, account: &str) -> Option<String> {
        lock(&self.passwords).get(account).cloned()
    }

    fn keep_password(&self, account: &str, password: &str) -> bool {
        lock(&self.passwords).insert(account.to_owned(), password.to_owned());
        true
    }

    fn forget_password(&self, account: &str) {
        lock(&self.passwords).remove(account);
    }
}

fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
