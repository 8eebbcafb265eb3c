//! The key of a database while it is changed again and again: a keychain that outlives a kill, and a paper for each key.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use ordo_desk::key::{Keychain, KeychainInMemory, Keys, Vault, find};
use ordo_desk::{Code, Desk, Error, Language, beside};
use ordo_testkit::random::Random;

use crate::victim::{Victim, key};
use crate::{Failure, words_of};

/// What half of the keys are kept under.
pub const PASSPHRASE: &str = "otters sleep in the reeds";

/// A keychain in a folder: each key becomes visible whole, as in a system's.
pub struct KeychainInFolder(pub PathBuf);

impl Keychain for KeychainInFolder {
    fn is_there(&self) -> bool {
        true
    }

    fn get(&self, id: &str) -> Option<[u8; 32]> {
        fs::read(self.0.join(id)).ok()?.try_into().ok()
    }

    fn put(&self, id: &str, key: &[u8; 32]) -> bool {
        let fresh = self.0.join(format!("{id}.new"));
        fs::write(&fresh, key).is_ok() && fs::rename(fresh, self.0.join(id)).is_ok()
    }

    fn remove(&self, id: &str) {
        let _ = fs::remove_file(self.0.join(id));
    }
}

/// The keychain of a database of the harness.
pub fn keychain(database: &Path) -> KeychainInFolder {
    KeychainInFolder(database.with_extension("keychain"))
}

/// A vault over a keychain.
pub fn vault(keychain: &dyn Keychain) -> Vault<'_> {
    Vault { keychain, random }
}

fn random(bytes: &mut [u8]) -> Result<(), Error> {
    thread_local! {
        static DRAWN: Cell<u64> = const { Cell::new(0) };
    }
    let nanos = std::time::UNIX_EPOCH
        .elapsed()
        .map_or(0, |time| time.as_nanos() as u64);
    let drawn = DRAWN.replace(DRAWN.get() + 1);
    let mut random = Random::new(nanos ^ drawn << 48 ^ u64::from(std::process::id()) << 32);
    bytes.fill_with(|| random.between(0, 255) as u8);
    Ok(())
}

/// Opens a database as its computer does: by the keychain, or the passphrase.
pub fn open_here(database: &Path) -> Result<Desk<Victim>, Failure> {
    let keychain = keychain(database);
    let open = |keys: Keys| keys.open(database, &keychain, Victim::new(), Language::English);
    let given = |text| find(database, text, &keychain, Language::English).and_then(open);
    let desk = if has_key_file(database) {
        given(None).or_else(|error| match error.code {
            Code::KeyNeeded => given(Some(PASSPHRASE)),
            _ => Err(error),
        })
    } else {
        open(Keys::of_one(key()))
    };
    desk.map_err(words_of)
}

/// Opens a database as another computer does, by a paper alone.
pub fn open_elsewhere(database: &Path, paper: &str) -> Result<Desk<Victim>, Failure> {
    let keychain = KeychainInMemory::default();
    let keys = find(database, Some(paper), &keychain, Language::English).map_err(words_of)?;
    keys.open(database, &keychain, Victim::new(), Language::English)
        .map_err(words_of)
}

/// Whether the database was ever given a key by this program.
fn has_key_file(database: &Path) -> bool {
    beside(database, ".keys").exists()
}
