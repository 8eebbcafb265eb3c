//! What was answered last, so that a subscriber who asks again costs next to nothing.

use std::collections::HashMap;
use std::io::Write;
use std::time::{Duration, Instant, SystemTime};

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use ordo_desk::Error;
use sha2::{Digest, Sha256};

use super::Feeds;

/// A feed as it is sent.
#[derive(Clone, Debug)]
pub(super) struct Served {
    pub(super) etag: String,
    pub(super) changed_at: SystemTime,
    pub(super) plain: Bytes,
    pub(super) gzip: Bytes,
}

/// The feeds and what was made of them.
pub(super) struct Cache<F> {
    feeds: F,
    freshness: Duration,
    version: String,
    checked_at: Option<Instant>,
    /// By the digest of the secret, with the version they were made of.
    served: HashMap<[u8; 32], (String, Served)>,
}

impl<F: Feeds> Cache<F> {
    pub(super) fn new(feeds: F, freshness: Duration) -> Self {
        Self {
            feeds,
            freshness,
            version: String::new(),
            checked_at: None,
            served: HashMap::new(),
        }
    }

    /// The feed of a secret as it is now; none where there is none.
    pub(super) fn get(&mut self, secret: &str, now: Instant) -> Result<Option<Served>, Error> {
        let is_fresh = self
            .checked_at
            .is_some_and(|checked_at| now.duration_since(checked_at) < self.freshness);
        if !is_fresh {
            self.version = self.feeds.version()?;
            self.checked_at = Some(now);
        }
        let key: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
        if let Some((version, served)) = self.served.get(&key)
            && *version == self.version
        {
            return Ok(Some(served.clone()));
        }
        let Some(text) = self.feeds.text(secret)? else {
            self.served.remove(&key);
            return Ok(None);
        };
        let etag = etag(&text);
        let before = self.served.remove(&key).map(|(_, served)| served);
        let served = match before.filter(|before| before.etag == etag) {
            Some(same) => same,
            None => Served {
                etag,
                changed_at: self.feeds.now().into(),
                gzip: compressed(&text),
                plain: text.into(),
            },
        };
        self.served.insert(key, (self.version.clone(), served.clone()));
        Ok(Some(served))
    }
}

/// Weak, because the compressed form has other octets.
fn etag(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

/// The text compressed; empty, and then not used, where that fails.
fn compressed(text: &str) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
    written.unwrap_or_default().into()
}
