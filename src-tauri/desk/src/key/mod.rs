//! The key of a database: given by a person, kept in a file beside a demo database, or random and kept in the keychain
//! of the computer or under a passphrase, with a recovery key on paper. The decision is
//! docs/decisions/0036-where-the-key-is-kept.md.

mod keychain;
mod opening;
mod protect;
mod recovery;
#[cfg(test)]
mod tests;
mod words;
mod wraps;

pub use keychain::{Keychain, KeychainInMemory, NoKeychain, Vault};
pub use opening::{Keys, find};
pub(crate) use protect::{Drafted, copy_beside_backups, take_from_backups};
pub use recovery::RecoveryKey;
pub(crate) use wraps::place;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ordo_core::{Language, Said, named, said};
use ordo_store::{Key, beside};

use crate::{Cause, Code, Error, is_there};

const BYTES: usize = 32;

/// Reads a key: 64 hexadecimal digits are the key itself, anything else is a passphrase.
pub fn parse(text: &str) -> Result<Key, Error> {
    match key_bytes(text) {
        Some(bytes) => Ok(Key::from_bytes(bytes)),
        None => Key::from_passphrase(text).map_err(|error| Error::new(Code::BadRequest, error.to_string())),
    }
}

/// Where the key of a demo database lies: beside it.
pub fn file_of(database: &Path) -> PathBuf {
    beside(database, ".key")
}

/// The key kept beside a database, where there is one. An empty file is none where there is no database either: whoever
/// was to write it was cut short.
///
/// # Errors
/// When the file cannot be read or no longer holds a key.
pub fn kept(database: &Path) -> Result<Option<Key>, Error> {
    let file = file_of(database);
    match text_of(&file) {
        Ok(text) if text.is_empty() && !is_there(database) => Ok(None),
        Ok(text) => match key_bytes(text.trim()) {
            Some(bytes) => Ok(Some(Key::from_bytes(bytes))),
            None => Err(changed(
                &file,
                said!(
                    "put it back as it was, or delete it together with the demo clinic beside it to start anew",
                    "remettez-le tel qu’il était, ou supprimez-le avec la clinique de démonstration à côté pour recommencer"
                ),
            )),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unusable(&file, &error)),
    }
}

/// The key of a database that is about to be made without one that is given: the one beside it, where one that was cut
/// short got no further; else `secret` is asked, and kept there.
///
/// # Errors
/// When a key that is there cannot be used, or the new one cannot be kept.
pub fn of_new(database: &Path, secret: impl FnOnce() -> Result<[u8; BYTES], Error>) -> Result<Key, Error> {
    match kept(database)? {
        Some(kept) => Ok(kept),
        None => keep(database, secret()?),
    }
}

/// Keeps `secret`, 32 random bytes, beside a new demo database, readable by its user alone.
///
/// # Errors
/// When there is a key already or the file cannot be written.
pub fn keep(database: &Path, secret: [u8; BYTES]) -> Result<Key, Error> {
    refuse_those_of_another(database, &Key::from_bytes(secret))?;
    let file = file_of(database);
    let mut text = to_hexadecimal(&secret);
    text.push('\n');
    let written = empty_file(&file).and_then(|mut opened| {
        opened
            .write_all(text.as_bytes())
            .and_then(|()| opened.sync_all())
            .inspect_err(|_| {
                // Half a key would be taken for a changed one at the next start.
                let _ = fs::remove_file(&file);
            })
    });
    match written {
        Ok(()) => Ok(Key::from_bytes(secret)),
        Err(error) => Err(unusable(&file, &error)),
    }
}

/// Refuses a new database where the keys of another one lie, which nothing opens without them: the new one would write
/// its own in their place.
///
/// # Errors
/// When there is such a file.
pub(crate) fn refuse_those_of_another(database: &Path, key: &Key) -> Result<(), Error> {
    let plain = file_of(database);
    let is_another = kept(database)?.is_some_and(|kept| kept != *key);
    let sealed = place(database);
    let found = is_another
        .then_some(plain)
        .or_else(|| Some(sealed).filter(|sealed| sealed.exists()))
        .or_else(|| protect::copies_of_lost(database).into_iter().next());
    let Some(there) = found else {
        return Ok(());
    };
    let (there, database) = (named(&there), named(database));
    let said = said!(
        "{there} holds the key of a clinic whose database is not there; put it back as {database}, or one of its backups, or move the key to where the database is now",
        "{there} contient la clé d’une clinique dont la base de données n’est pas là; remettez-la en {database}, ou restaurez une de ses sauvegardes, ou déplacez la clé là où la base se trouve maintenant"
    );
    Err(Error::said(Code::Database, said))
}

/// Refuses a key file of either kind that no longer holds what it should, with what to do about it.
fn changed(file: &Path, remedy: Said) -> Error {
    let (file, Said { english, french }) = (named(file), remedy);
    let said = said!(
        "{file} is not a key file of this Ordo, or was changed; {english}",
        "{file} n’est pas un fichier de clé de cet Ordo, ou a été modifié; {french}"
    );
    Error::said(Code::Database, said)
}

fn unusable(file: &Path, error: &io::Error) -> Error {
    let [english, french] = Language::ALL.map(|language| Cause::from(error).words(language));
    let file = named(file);
    Error::said(
        Code::Database,
        said!(
            "{file} cannot be used: {english}",
            "{file} est inutilisable\u{a0}: {french}"
        ),
    )
}

/// The text of a key file, no longer than one can be; none in a pipe or a device, which might never end.
fn text_of(path: &Path) -> io::Result<String> {
    const MOST: u64 = 1 << 20;
    let found = fs::metadata(path)?;
    let mut text = String::new();
    if found.is_file() || found.is_dir() {
        File::open(path)?.take(MOST).read_to_string(&mut text)?;
    }
    Ok(text)
}

/// A file for a key that only its user can read and that nothing is in yet: a new one, or what somebody has left who was
/// cut short.
fn empty_file(path: &Path) -> io::Result<File> {
    let is_taken = || io::Error::from(io::ErrorKind::AlreadyExists);
    let is_empty = || fs::symlink_metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0);
    let file = match private_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_empty() => {
            let file = OpenOptions::new().write(true).open(path)?;
            // It may be open to others, or somebody else's, who could open it to others later: then this is refused.
            #[cfg(unix)]
            file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            file
        }
        made => made?,
    };
    // Of two that begin at once one has it, and the other is refused. Not every disk knows locks.
    if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || file.metadata()?.len() > 0 {
        return Err(is_taken());
    }
    Ok(file)
}

/// A file that was not there before and that only its user can read.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn key_bytes(text: &str) -> Option<[u8; BYTES]> {
    from_hexadecimal(text)?.try_into().ok()
}

/// Bytes from pairs of digits.
fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text
        .chars()
        .map(|letter| letter.to_digit(16))
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    Some(
        pairs
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | *digit as u8))
            .collect(),
    )
}

fn to_hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod text_tests {
    use super::*;

    #[test]
    fn sixty_four_digits_are_a_key_and_anything_else_a_passphrase() {
        let mut bytes = [0; BYTES];
        bytes[0] = 0xa9;
        bytes[31] = 0x0f;
        let digits = format!("a9{}0F", "00".repeat(30));
        assert_eq!(parse(&digits).unwrap(), Key::from_bytes(bytes));
        for passphrase in ["correct horse", &digits[1..], &format!("{digits}0")] {
            assert_eq!(
                parse(passphrase).unwrap(),
                Key::from_passphrase(passphrase).unwrap()
            );
        }
        assert_eq!(parse("").unwrap_err().code, Code::BadRequest);
    }

    #[test]
    fn a_kept_key_is_found_again_and_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        assert_eq!(kept(&database).unwrap(), None);
        let key = keep(&database, [7; BYTES]).unwrap();
        assert_eq!(kept(&database).unwrap(), Some(key.clone()));
        let refusal = keep(&database, [8; BYTES]).unwrap_err();
        assert!(refusal.message.contains("clinic.ordo.key"), "{refusal}");
        assert_eq!(kept(&database).unwrap(), Some(key));
    }

    #[cfg(unix)]
    #[test]
    fn the_key_file_is_its_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        keep(&database, [7; BYTES]).unwrap();
        let permissions = fs::metadata(file_of(&database)).unwrap().permissions();
        assert_eq!(permissions.mode() & 0o777, 0o600);
    }

    #[test]
    fn a_changed_key_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        fs::write(&database, "a database").unwrap();
        for text in ["", "short", &"g".repeat(64)] {
            fs::write(file_of(&database), text).unwrap();
            let refusal = kept(&database).unwrap_err();
            assert!(
                refusal.message.contains("clinic.ordo.key") && refusal.message.contains("delete"),
                "{refusal}"
            );
        }
    }

    #[test]
    fn a_key_that_was_never_written_is_none_and_its_file_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        for unmade in [false, true] {
            fs::write(file_of(&database), "").unwrap();
            if unmade {
                fs::write(&database, "").unwrap();
            }
            assert_eq!(kept(&database).unwrap(), None);
            let key = of_new(&database, || Ok([7; BYTES])).unwrap();
            assert_eq!(key, Key::from_bytes([7; BYTES]));
            let again = of_new(&database, || panic!("there is one")).unwrap();
            assert_eq!(again, key);
            fs::remove_file(file_of(&database)).unwrap();
        }
        // Somebody else is just writing it.
        let file = File::create(file_of(&database)).unwrap();
        file.lock().unwrap();
        assert!(keep(&database, [8; BYTES]).is_err());
        assert_eq!(fs::read(file_of(&database)).unwrap(), b"");
    }

    /// It may have been made by hand, or by somebody else in a folder that is shared.
    #[cfg(unix)]
    #[test]
    fn a_key_is_for_its_owner_alone_also_in_a_file_that_was_there() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        let file = file_of(&database);
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        keep(&database, [7; BYTES]).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    /// Neither is waited for, nor filled into memory.
    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        for file in [file_of(&database), place(&database)] {
            std::os::unix::fs::symlink("/dev/zero", file).unwrap();
        }
        assert_eq!(kept(&database).unwrap(), None);
        assert!(keep(&database, [7; BYTES]).is_err());
        let refusal = find(&database, Some("otters"), &NoKeychain, Language::English).unwrap_err();
        assert!(refusal.message.contains("is not a key file"), "{refusal}");
        fs::write(&database, "a database").unwrap();
        let refusal = kept(&database).unwrap_err();
        assert!(refusal.message.contains("is not a key file"), "{refusal}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = keep(&folder.path().join("none").join("clinic.ordo"), [7; BYTES]).unwrap_err();
        assert!(refusal.message.contains("cannot be used"), "{refusal}");
    }
}
