//! The key file beside a database: the random key of the database, sealed once for each way to open it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};

use super::recovery::RecoveryKey;
use super::{BYTES, from_hex, private_file, to_hex, unusable};
use crate::{Code, Error};

const FORMAT: &str = "ordo-keys/1";

/// Fills bytes with random ones; the host has them from the system.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]) -> Result<(), Error>;

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
}

/// The key, sealed with what Argon2id makes of a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sealed {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

/// What somebody types to open a database.
pub(super) enum Secret<'a> {
    Passphrase(&'a str),
    Recovery(&'a RecoveryKey),
}

impl Secret<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Passphrase(text) => text.as_bytes(),
            Self::Recovery(key) => key.bytes(),
        }
    }

    /// Names the way, so that one is never taken for the other.
    fn name(&self) -> &'static [u8] {
        match self {
            Self::Passphrase(_) => b"ordo passphrase",
            Self::Recovery(_) => b"ordo recovery key",
        }
    }
}

impl Sealed {
    /// Seals a key: 64 MiB and three passes, about a fifth of a second.
    pub(super) fn seal(secret: &Secret<'_>, key: &[u8; BYTES], random: Random<'_>) -> Result<Self, Error> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        random(&mut salt)?;
        random(&mut nonce)?;
        let mut made = Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 1,
            salt: to_hex(&salt),
            nonce: to_hex(&nonce),
            sealed: String::new(),
        };
        let sealed = made.cipher(secret).and_then(|cipher| {
            let message = Payload {
                msg: key,
                aad: secret.name(),
            };
            cipher.encrypt(&XNonce::from(nonce), message).ok()
        });
        made.sealed = to_hex(&sealed.ok_or_else(|| Error::new(Code::Database, "the key cannot be sealed"))?);
        Ok(made)
    }

    /// The key, if the secret is the right one and nothing was changed.
    pub(super) fn open(&self, secret: &Secret<'_>) -> Option<[u8; BYTES]> {
        let nonce: [u8; 24] = from_hex(&self.nonce)?.try_into().ok()?;
        let sealed = from_hex(&self.sealed)?;
        let message = Payload {
            msg: &sealed,
            aad: secret.name(),
        };
        let key = self.cipher(secret)?.decrypt(&XNonce::from(nonce), message).ok()?;
        key.try_into().ok()
    }

    fn cipher(&self, secret: &Secret<'_>) -> Option<XChaCha20Poly1305> {
        // A changed file must not make the program take all memory.
        if self.memory_kib > 1024 * 1024 || self.passes > 64 || self.lanes > 16 {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(BYTES)).ok()?;
        let mut sealing = [0; BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret.bytes(), &from_hex(&self.salt)?, &mut sealing)
            .ok()?;
        Some(XChaCha20Poly1305::new(&sealing.into()))
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

    /// Where it lies.
    pub(super) fn place(database: &Path) -> PathBuf {
        let mut name = database.as_os_str().to_owned();
        name.push(".keys");
        PathBuf::from(name)
    }

    /// The key file of a database, where there is one.
    pub(super) fn read(database: &Path) -> Result<Option<Self>, Error> {
        let place = Self::place(database);
        let text = match fs::read_to_string(&place) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(&place, &error)),
        };
        match serde_json::from_str::<Self>(&text) {
            Ok(file) if file.format == FORMAT => Ok(Some(file)),
            _ => Err(Error::new(
                Code::Database,
                format!(
                    "{} is not a key file of this Ordo, or was changed; put it back as it was, or update Ordo",
                    place.display()
                ),
            )),
        }
    }

    /// Writes it in the place of the one before: that one or this one is there, never half of one.
    pub(super) fn write(&self, database: &Path) -> Result<(), Error> {
        let place = Self::place(database);
        let mut beside = place.clone().into_os_string();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Error::new(Code::Database, format!("the key file cannot be written: {error}")))?;
        let _ = fs::remove_file(&beside);
        let written = private_file(&beside)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| fs::rename(&beside, &place))
            .and_then(|()| sync_folder(&place));
        written.map_err(|error| {
            let _ = fs::remove_file(&beside);
            unusable(&place, &error)
        })
    }
}

/// Brings a rename to the disk, where folders can be opened.
fn sync_folder(place: &Path) -> io::Result<()> {
    match place.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
