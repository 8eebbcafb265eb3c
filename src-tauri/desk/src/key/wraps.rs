//! The key file beside a database: the random key of the database, sealed once for each way to open it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use ordo_core::said;
use ordo_store::{Key, beside};
use serde::{Deserialize, Serialize};

use super::keychain::Vault;
use super::recovery::RecoveryKey;
use super::words::not_sealed;
use super::{BYTES, changed, from_hexadecimal, private_file, text_of, to_hexadecimal, unusable};
use crate::Error;

const FORMAT: &str = "ordo-keys/1";

/// Every way to open a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeyFile {
    format: String,
    /// The ways that hold; none where the key still lies in a plain file or is given.
    pub now: Option<Ways>,
    /// The ways to the key that the database is being given; once it has it, they are those that hold.
    pub next: Option<Ways>,
}

/// The ways to one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ways {
    /// What the keychain knows the key by.
    pub id: String,
    /// Whether the keychain of this computer holds the key.
    pub keychain: bool,
    pub passphrase: Option<Sealed>,
    pub recovery: Option<Sealed>,
    /// The keys before, newest first, sealed with this one: backups that were made with them can be put back.
    #[serde(default)]
    pub former: Vec<Sealed>,
}

/// Something sealed with what Argon2id makes of a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sealed {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

/// What opens something sealed.
pub(super) enum Secret<'a> {
    Passphrase(&'a str),
    Recovery(&'a RecoveryKey),
    /// The key that came after.
    Key(&'a [u8; BYTES]),
}

impl Secret<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Passphrase(text) => text.as_bytes(),
            Self::Recovery(key) => key.bytes(),
            Self::Key(key) => *key,
        }
    }

    /// Names the way, so that one is never taken for the other.
    fn name(&self) -> &'static [u8] {
        match self {
            Self::Passphrase(_) => b"ordo passphrase",
            Self::Recovery(_) => b"ordo recovery key",
            Self::Key(_) => b"ordo former key",
        }
    }

    /// Memory in KiB and passes. What somebody made up is guessed as slowly as can be borne, about a third of a second;
    /// 160 random bits cannot be guessed at any speed.
    fn cost(&self) -> (u32, u32) {
        match self {
            Self::Passphrase(_) => (64 * 1024, 3),
            Self::Recovery(_) | Self::Key(_) => (1024, 1),
        }
    }
}

impl Sealed {
    /// Seals the bytes of a key.
    pub(super) fn seal(secret: &Secret<'_>, key: &[u8], vault: Vault<'_>) -> Result<Self, Error> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        (vault.random)(&mut salt)?;
        (vault.random)(&mut nonce)?;
        let (memory_kib, passes) = secret.cost();
        let mut made = Self {
            memory_kib,
            passes,
            lanes: 1,
            salt: to_hexadecimal(&salt),
            nonce: to_hexadecimal(&nonce),
            sealed: String::new(),
        };
        let sealed = made.cipher(secret).and_then(|cipher| {
            let message = Payload {
                msg: key,
                aad: secret.name(),
            };
            cipher.encrypt(&XNonce::from(nonce), message).ok()
        });
        let sealed = sealed.ok_or_else(not_sealed)?;
        made.sealed = to_hexadecimal(&sealed);
        Ok(made)
    }

    /// What was sealed, if the secret is the right one and nothing was changed.
    fn open_any(&self, secret: &Secret<'_>) -> Option<Vec<u8>> {
        let nonce: [u8; 24] = from_hexadecimal(&self.nonce)?.try_into().ok()?;
        let sealed = from_hexadecimal(&self.sealed)?;
        let message = Payload {
            msg: &sealed,
            aad: secret.name(),
        };
        self.cipher(secret)?.decrypt(&XNonce::from(nonce), message).ok()
    }

    /// The key that was sealed, likewise.
    pub(super) fn open(&self, secret: &Secret<'_>) -> Option<[u8; BYTES]> {
        self.open_any(secret)?.try_into().ok()
    }

    /// Seals the key before with the one after it.
    pub(super) fn seal_former(former: &Key, after: &[u8; BYTES], vault: Vault<'_>) -> Result<Self, Error> {
        let bytes = match (former.as_bytes(), former.as_passphrase()) {
            (Some(bytes), _) => bytes.to_vec(),
            // Longer than a key, so that the two cannot be taken for each other.
            (None, text) => [&[0; BYTES][..], text.unwrap_or_default().as_bytes()].concat(),
        };
        Self::seal(&Secret::Key(after), &bytes, vault)
    }

    /// The key before.
    pub(super) fn open_former(&self, after: &[u8; BYTES]) -> Option<Key> {
        let bytes = self.open_any(&Secret::Key(after))?;
        match <[u8; BYTES]>::try_from(bytes.as_slice()) {
            Ok(key) => Some(Key::from_bytes(key)),
            Err(_) => Key::from_passphrase(std::str::from_utf8(bytes.get(BYTES..)?).ok()?).ok(),
        }
    }

    fn cipher(&self, secret: &Secret<'_>) -> Option<XChaCha20Poly1305> {
        // A changed file must not make the program take all memory.
        if self.memory_kib > 1024 * 1024 || self.passes > 64 || self.lanes > 16 {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(BYTES)).ok()?;
        let mut sealing = [0; BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret.bytes(), &from_hexadecimal(&self.salt)?, &mut sealing)
            .ok()?;
        Some(XChaCha20Poly1305::new(&sealing.into()))
    }
}

impl Ways {
    /// The keys that came before a key, newest first.
    pub(super) fn former_keys(&self, key: &[u8; BYTES]) -> Vec<Key> {
        self.former
            .iter()
            .filter_map(|sealed| sealed.open_former(key))
            .collect()
    }
}

impl KeyFile {
    pub(super) fn new(now: Option<Ways>, next: Option<Ways>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            now,
            next,
        }
    }

    /// The key file of a database, where there is one.
    pub(super) fn read(database: &Path) -> Result<Option<Self>, Error> {
        Self::read_at(&place(database))
    }

    pub(super) fn read_at(place: &Path) -> Result<Option<Self>, Error> {
        let text = match text_of(place) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(place, &error)),
        };
        match serde_json::from_str::<Self>(&text) {
            Ok(file) if file.format == FORMAT => Ok(Some(file)),
            _ => Err(changed(
                place,
                said!(
                    "put it back from the folder of the backups, where a copy lies that has eight digits more in its name, or update Ordo",
                    "remettez-le depuis le dossier des sauvegardes, où il y en a une copie dont le nom porte huit chiffres de plus, ou mettez Ordo à jour"
                ),
            )),
        }
    }

    /// Whether it leads to the key that another one leads to, or is about to.
    pub(super) fn has_id_of(&self, other: &Self) -> bool {
        let ids = |file: &Self| {
            file.now
                .iter()
                .chain(&file.next)
                .map(|ways| ways.id.clone())
                .collect::<Vec<_>>()
        };
        let others = ids(other);
        ids(self).iter().any(|id| others.contains(id))
    }

    /// Writes it in the place of the one before: that one or this one is there, never half of one.
    pub(super) fn write(&self, database: &Path) -> Result<(), Error> {
        let place = place(database);
        let text = serde_json::to_string_pretty(self).map_err(|_| not_sealed())?;
        put(&place, text.as_bytes()).map_err(|error| unusable(&place, &error))
    }

    /// Writes what holds, or removes the file where nothing is left to say.
    pub(super) fn keep(now: Option<Ways>, database: &Path) -> Result<(), Error> {
        match now {
            Some(now) => Self::new(Some(now), None).write(database),
            None => remove(&place(database)),
        }
    }
}

/// Puts a key file in its place, whole and for its owner alone; a link that lies beside it leads nowhere.
pub(super) fn put(place: &Path, text: &[u8]) -> io::Result<()> {
    let fresh = beside(place, ".new");
    let _ = fs::remove_file(&fresh);
    private_file(&fresh)
        .and_then(|mut file| {
            file.write_all(text)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&fresh, place))
        .and_then(|()| sync_folder(place))
        .inspect_err(|_| {
            let _ = fs::remove_file(&fresh);
        })
}

/// Where the key file of a database lies: beside it.
pub(crate) fn place(database: &Path) -> PathBuf {
    beside(database, ".keys")
}

/// Removes a file that need not be there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unusable(path, &error)),
        _ => Ok(()),
    }
}

/// Brings a rename to the disk, where folders can be opened.
fn sync_folder(place: &Path) -> io::Result<()> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}
