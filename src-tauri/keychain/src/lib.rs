//! The keychain of the operating system: Keychain Services, Credential Manager, or the Secret Service.

use std::env;

use ordo_desk::key::{Keychain, NoKeychain, Vault};
use ordo_desk::{Code, Error, Language, for_support};

const SERVICE: &str = "Ordo clinic key";

/// What the passwords of calendar accounts are kept under.
const ACCOUNTS: &str = "Ordo calendar account";

/// Asked for and never kept, to see whether a keychain answers.
const NOBODY: &str = "none";

/// The keychain of this computer.
#[derive(Clone, Copy, Debug)]
struct System;

impl Keychain for System {
    fn is_there(&self) -> bool {
        // One that is there says that it does not know the entry.
        let answer = keyring::Entry::new(SERVICE, NOBODY).and_then(|entry| entry.get_secret());
        matches!(answer, Ok(_) | Err(keyring::Error::NoEntry))
    }

    fn get(&self, id: &str) -> Option<[u8; 32]> {
        let secret = keyring::Entry::new(SERVICE, id).and_then(|entry| entry.get_secret());
        secret.ok()?.try_into().ok()
    }

    fn put(&self, id: &str, key: &[u8; 32]) -> bool {
        let kept = keyring::Entry::new(SERVICE, id).and_then(|entry| entry.set_secret(key));
        // Read back: what cannot be read again would lock everybody out.
        kept.is_ok() && self.get(id).as_ref() == Some(key)
    }

    fn remove(&self, id: &str) {
        // What cannot be removed opens nothing any more.
        let _ = keyring::Entry::new(SERVICE, id).and_then(|entry| entry.delete_credential());
    }

    fn password(&self, account: &str) -> Option<String> {
        let entry = keyring::Entry::new(ACCOUNTS, account).ok()?;
        entry.get_password().ok()
    }

    fn keep_password(&self, account: &str, password: &str) -> bool {
        let kept = || keyring::Entry::new(ACCOUNTS, account)?.set_password(password);
        kept().is_ok()
    }

    fn forget_password(&self, account: &str) {
        // What is not there need not be forgotten.
        let _ = keyring::Entry::new(ACCOUNTS, account).and_then(|entry| entry.delete_credential());
    }
}

/// The keychain of this computer; none where `ORDO_KEYCHAIN` is `none`, as for tests and where somebody would rather type
/// a passphrase.
pub fn keychain() -> &'static dyn Keychain {
    if env::var_os("ORDO_KEYCHAIN").is_some_and(|choice| choice == "none") {
        &NoKeychain
    } else {
        &System
    }
}

/// The keychain and the random numbers of this computer.
pub fn vault() -> Vault<'static> {
    Vault {
        keychain: keychain(),
        random,
    }
}

/// Fills bytes with random ones of the system.
///
/// # Errors
/// When the system has none.
pub fn random(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| {
        let words = "the system gives no random numbers for a key; restart it";
        Error::new(
            Code::Database,
            for_support(words, &error.to_string(), Language::English),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs where `cargo xtask test keychain` starts a Secret Service; elsewhere it says so.
    #[test]
    fn a_key_is_kept_read_again_and_forgotten_in_a_real_keychain() {
        if env::var_os("ORDO_TEST_KEYCHAIN").is_none() {
            eprintln!("no keychain to test with; `cargo xtask test keychain` starts one");
            return;
        }
        let keychain = &System;
        assert!(keychain.is_there());
        let (mut id, mut key) = ([0; 8], [0; 32]);
        random(&mut id).unwrap();
        random(&mut key).unwrap();
        let id = format!("test-{:x}", u64::from_ne_bytes(id));
        assert_eq!(keychain.get(&id), None);
        assert!(keychain.put(&id, &key));
        assert_eq!(keychain.get(&id), Some(key));
        assert!(keychain.put(&id, &[9; 32]));
        assert_eq!(keychain.get(&id), Some([9; 32]));
        keychain.remove(&id);
        assert_eq!(keychain.get(&id), None);
        keychain.remove(&id);
    }

    /// As above, against a real keychain only.
    #[test]
    fn a_password_of_an_account_is_kept_and_forgotten_in_a_real_keychain() {
        if env::var_os("ORDO_TEST_KEYCHAIN").is_none() {
            eprintln!("no keychain to test with; `cargo xtask test keychain` starts one");
            return;
        }
        let mut id = [0; 8];
        random(&mut id).unwrap();
        let account = format!("test-{:x} at https://cloud.example/", u64::from_ne_bytes(id));
        assert_eq!(System.password(&account), None);
        assert!(System.keep_password(&account, "sésame"));
        assert_eq!(System.password(&account).as_deref(), Some("sésame"));
        System.forget_password(&account);
        assert_eq!(System.password(&account), None);
        System.forget_password(&account);
    }

    #[test]
    fn two_keys_differ() {
        let (mut one, mut two) = ([0; 32], [0; 32]);
        random(&mut one).unwrap();
        random(&mut two).unwrap();
        assert_ne!(one, two);
    }
}
