//! Clinics for the tests of the window's program.

use std::path::Path;

use ordo_desk::Desk;
use ordo_desk::key::{Keychain, NoKeychain, Vault};
use tempfile::TempDir;

use crate::clinic::{OpenClinic, Place};

/// A place in a folder, on a computer without a keychain.
pub fn place(folder: &Path, key: Option<&str>) -> Place {
    place_with(folder, key, &NoKeychain)
}

/// The demo clinic under a passphrase that is given, on a computer with a keychain or without one.
pub fn demo_clinic(keychain: &'static dyn Keychain) -> (TempDir, OpenClinic) {
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place_with(folder.path(), Some("correct horse"), keychain));
    clinic.ask(Desk::start_demo).unwrap();
    (folder, clinic)
}

fn place_with(folder: &Path, key: Option<&str>, keychain: &'static dyn Keychain) -> Place {
    Place {
        folder: folder.to_owned(),
        key: key.map(str::to_owned),
        vault: Vault {
            keychain,
            random: ordo_keychain::random,
        },
    }
}
