//! Encryption for other machines of the network: a certificate that is given, or one of the clinic's own.

use std::io::Write;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use ordo_desk::beside;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use sha2::{Digest, Sha256};
use tokio_rustls::TlsAcceptor;

use super::FeedError;

/// A certificate and its private key, as PEM.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The certificate, with those between it and its authority.
    pub chain: String,
    /// The private key.
    pub key: String,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Certificate")
    }
}

/// Makes a certificate of one's own for names and addresses; calendar programs ask once whether to trust it.
///
/// # Errors
/// When a name is none.
pub fn own_certificate(names: &[String]) -> Result<Certificate, FeedError> {
    if let Some(none) = names
        .iter()
        .find(|name| ServerName::try_from(name.as_str()).is_err())
    {
        return Err(FeedError::Names(none.clone()));
    }
    let failed = |error: rcgen::Error| FeedError::Names(error.to_string());
    let made = rcgen::generate_simple_self_signed(names).map_err(failed)?;
    Ok(Certificate {
        chain: made.cert.pem(),
        key: made.signing_key.serialize_pem(),
    })
}

/// A certificate of one's own, made once for these names and kept beside the database at two files that carry them, because
/// programs that trust a certificate trust it for its names; its key is for its owner alone.
///
/// # Errors
/// When a name is none, or the files cannot be read or written.
pub fn kept_certificate(database: &Path, names: &[String]) -> Result<Certificate, FeedError> {
    let at = |ending: &str| beside(database, &format!(".{}{ending}", in_file_name(names)));
    let (chain, key) = (at(".feed-certificate.pem"), at(".feed-key.pem"));
    let failed = |path: &Path, error: std::io::Error| FeedError::File(path.to_owned(), error.into());
    if chain.exists() && key.exists() {
        let read = |path: &Path| std::fs::read_to_string(path).map_err(|error| failed(path, error));
        return Ok(Certificate {
            chain: read(&chain)?,
            key: read(&key)?,
        });
    }
    let made = own_certificate(names)?;
    write_private(&key, &made.key).map_err(|error| failed(&key, error))?;
    write_private(&chain, &made.chain).map_err(|error| failed(&chain, error))?;
    Ok(made)
}

/// Names as a part of a file's name: the first, and of more a digest of all.
fn in_file_name(names: &[String]) -> String {
    let first = names.first().map(String::as_str).unwrap_or_default();
    let mut name: String = first
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || sign == '.' {
                sign
            } else {
                '-'
            }
        })
        .take(60)
        .collect();
    if names.len() > 1 || name != first {
        let digest = Sha256::digest(names.join(" ").as_bytes());
        name.push('-');
        name.extend(digest[..4].iter().map(|byte| format!("{byte:02x}")));
    }
    name
}

/// Writes a file that nobody but its owner may read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

pub(super) fn acceptor(certificate: &Certificate) -> Result<TlsAcceptor, FeedError> {
    let failed = |error: &dyn std::fmt::Display| FeedError::Certificate(error.to_string());
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(certificate.chain.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| failed(&error))?;
    let key = PrivateKeyDer::from_pem_slice(certificate.key.as_bytes()).map_err(|error| failed(&error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .map_err(|error| failed(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Whether only this machine is served at an address.
pub(super) fn is_private(address: IpAddr) -> bool {
    address.is_loopback()
}
