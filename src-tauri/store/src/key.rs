//! The key of an encrypted database.

use std::fmt;

/// What a database is encrypted with; never shown, and wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Secret);

#[derive(Clone, PartialEq, Eq)]
enum Secret {
    Bytes([u8; 32]),
    Passphrase(String),
}

/// Why a text is no passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is empty.
    #[error("the passphrase is empty; give one of at least a few words")]
    Empty,
    /// It would be cut off at a NUL character.
    #[error("the passphrase holds a NUL character; leave it out")]
    Nul,
    /// It has the form that is reserved for raw keys.
    #[error("the passphrase has the form x'…' of a raw key; choose another")]
    LooksRaw,
}

impl Key {
    /// Takes 32 random bytes as they are; opening needs no derivation.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::Bytes(bytes))
    }

    /// Takes a passphrase; the key is derived from it on each opening, which is slow on purpose.
    pub fn from_passphrase(passphrase: &str) -> Result<Self, KeyError> {
        if passphrase.is_empty() {
            return Err(KeyError::Empty);
        }
        if passphrase.contains('\0') {
            return Err(KeyError::Nul);
        }
        let raw = passphrase.len() > 3 && passphrase.ends_with('\'');
        if raw
            && passphrase
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case("x'"))
        {
            return Err(KeyError::LooksRaw);
        }
        Ok(Self(Secret::Passphrase(passphrase.to_owned())))
    }

    /// The bytes of a key that is no passphrase.
    pub fn as_bytes(&self) -> Option<&[u8; 32]> {
        match &self.0 {
            Secret::Bytes(bytes) => Some(bytes),
            Secret::Passphrase(_) => None,
        }
    }

    /// The passphrase of a key that is one.
    pub fn as_passphrase(&self) -> Option<&str> {
        match &self.0 {
            Secret::Bytes(_) => None,
            Secret::Passphrase(passphrase) => Some(passphrase),
        }
    }

    /// Hands the key in the form that the encryption layer reads, and wipes that text afterwards.
    pub(crate) fn with_text<T>(&self, use_text: impl FnOnce(&str) -> T) -> T {
        let mut text = match &self.0 {
            Secret::Passphrase(passphrase) => passphrase.clone(),
            Secret::Bytes(bytes) => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let mut text = String::with_capacity(67);
                text.push_str("x'");
                for byte in bytes {
                    text.push(char::from(DIGITS[usize::from(byte >> 4)]));
                    text.push(char::from(DIGITS[usize::from(byte & 15)]));
                }
                text.push('\'');
                text
            }
        };
        let result = use_text(&text);
        wipe_text(&mut text);
        result
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        match &mut self.0 {
            Secret::Bytes(bytes) => wipe(bytes),
            Secret::Passphrase(passphrase) => wipe_text(passphrase),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(…)")
    }
}

fn wipe_text(text: &mut String) {
    let mut bytes = std::mem::take(text).into_bytes();
    wipe(&mut bytes);
}

fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    // Without a reader the compiler could leave the writes out.
    std::hint::black_box(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_nothing() {
        let key = Key::from_passphrase("correct horse").expect("a passphrase");
        assert_eq!(format!("{key:?}"), "Key(…)");
        assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(…)");
    }

    #[test]
    fn refuses_what_would_not_encrypt_as_meant() {
        for (passphrase, expected) in [
            ("", KeyError::Empty),
            ("a\0b", KeyError::Nul),
            ("x'00'", KeyError::LooksRaw),
            ("X'ff'", KeyError::LooksRaw),
        ] {
            assert_eq!(Key::from_passphrase(passphrase), Err(expected), "{passphrase:?}");
        }
        assert!(Key::from_passphrase("é'").is_ok());
    }

    #[test]
    fn writes_raw_bytes_in_hexadecimal() {
        let mut bytes = [0; 32];
        bytes[0] = 0xa9;
        let text = Key::from_bytes(bytes).with_text(str::to_owned);
        assert!(text.starts_with("x'a900"), "{text}");
        assert_eq!(text.len(), 67);
    }
}
