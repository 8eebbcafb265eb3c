//! The keychain of the operating system: Keychain Services, Credential Manager, or the Secret Service.

use super::BYTES;

const SERVICE: &str = "Ordo clinic key";

/// Where a computer keeps secrets for the person who is signed in to it.
pub trait Keychain {
    /// The key of an identifier, where there is a keychain and it holds one.
    fn get(&self, id: &str) -> Option<[u8; BYTES]>;

    /// Keeps a key; false where there is no keychain or it refuses.
    fn put(&self, id: &str, key: &[u8; BYTES]) -> bool;

    /// Forgets a key.
    fn remove(&self, id: &str);
}

/// The keychain of this computer.
#[derive(Clone, Copy, Debug)]
pub struct SystemKeychain;

impl Keychain for SystemKeychain {
    fn get(&self, id: &str) -> Option<[u8; BYTES]> {
        keyring::Entry::new(SERVICE, id)
            .and_then(|entry| entry.get_secret())
            .ok()?
            .try_into()
            .ok()
    }

    fn put(&self, id: &str, key: &[u8; BYTES]) -> bool {
        let kept = keyring::Entry::new(SERVICE, id).and_then(|entry| entry.set_secret(key));
        // Read back: what cannot be read again would lock everybody out.
        kept.is_ok() && self.get(id).as_ref() == Some(key)
    }

    fn remove(&self, id: &str) {
        // What cannot be removed opens nothing any more.
        let _ = keyring::Entry::new(SERVICE, id).and_then(|entry| entry.delete_credential());
    }
}

/// No keychain: what holds in tests, and where somebody turned it off.
#[derive(Clone, Copy, Debug)]
pub struct NoKeychain;

impl Keychain for NoKeychain {
    fn get(&self, _: &str) -> Option<[u8; BYTES]> {
        None
    }

    fn put(&self, _: &str, _: &[u8; BYTES]) -> bool {
        false
    }

    fn remove(&self, _: &str) {}
}
