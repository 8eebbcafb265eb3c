//! Where the key of the database is kept.

use serde::Serialize;
use specta::Type;

/// Where the key is kept, and which ways lead to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct KeyState {
    /// Where it is kept.
    pub place: KeyPlace,
    /// Whether a recovery key leads to it.
    pub has_recovery_key: bool,
    /// Whether this computer has a keychain that Ordo can use.
    pub keychain_is_there: bool,
}

/// Where a key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPlace {
    /// In the keychain of the computer.
    Keychain,
    /// Nowhere: a passphrase is asked for at each start.
    Passphrase,
    /// In a plain file beside the database, as the demo's.
    File,
    /// Given from outside at each start.
    Given,
}

/// A recovery key as it is shown this one time.
#[derive(Clone, PartialEq, Eq, Serialize, Type)]
pub struct RecoveryPaper {
    /// Its groups, as they are printed.
    pub groups: Vec<String>,
    /// The group, from 1, that is asked for afterwards.
    pub asked: u32,
}
