//! The feed server: one secret address for each practitioner, for calendar programs that subscribe.
//!
//! It lists nothing, logs nothing, and answers an unknown address like one that never was. Whatever a client does,
//! memory and time are bounded: connections, requests and waiting have limits.

mod answer;
mod cache;
mod limits;
mod server;
mod tls;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ordo_desk::{Cause, Desk, Error, Host, Language, for_support, named};

pub use limits::Limits;
pub use server::{Running, Stats, start};
pub use tls::{Certificate, kept_certificate, own_certificate};

/// Where feeds come from.
pub trait Feeds: Send + 'static {
    /// Differs whenever any feed may differ.
    fn version(&mut self) -> Result<String, Error>;

    /// The calendar behind a secret; none where there is none.
    fn text(&mut self, secret: &str) -> Result<Option<String>, Error>;

    /// The present.
    fn now(&mut self) -> DateTime<Utc>;
}

impl<H: Host + Send + 'static> Feeds for Desk<H> {
    fn version(&mut self) -> Result<String, Error> {
        self.feed_version()
    }

    fn text(&mut self, secret: &str) -> Result<Option<String>, Error> {
        self.feed_text(|known| is_secret(known, secret))
    }

    fn now(&mut self) -> DateTime<Utc> {
        self.present()
    }
}

/// Whether something is a secret; each byte is compared whatever the others are.
pub fn is_secret(known: &str, asked: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(known.as_bytes(), asked.as_bytes()).into()
}

/// How the server runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens; port 0 takes any free one.
    pub address: SocketAddr,
    /// Its certificate; without one it speaks plain HTTP, which only this machine may be served by.
    pub certificate: Option<Certificate>,
    /// What it bears.
    pub limits: Limits,
    /// How old an answer may be before the clinic is asked whether anything changed.
    pub freshness: Duration,
}

impl Options {
    /// At an address, with the usual limits.
    pub fn at(address: SocketAddr) -> Self {
        Self {
            address,
            certificate: None,
            limits: Limits::default(),
            freshness: Duration::from_millis(250),
        }
    }
}

/// Why the server does not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words(Language::English))]
pub enum FeedError {
    /// The address is not to be had.
    Address(SocketAddr, Cause),
    /// Other machines would be served without encryption.
    Unencrypted,
    /// The certificate cannot be used, as whoever reads it says.
    Certificate(String),
    /// No certificate can be made for the names, as whoever makes it says.
    Names(String),
    /// The certificate of one's own cannot be kept or read.
    File(PathBuf, Cause),
    /// The system gives no threads.
    System(Cause),
}

impl FeedError {
    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        match self {
            Self::Address(address, cause) => {
                let cause = match cause {
                    Cause::NotAllowed if address.port() < 1024 => language
                        .pick(
                            "the system keeps ports below 1024 to itself; choose a higher one",
                            "le système se réserve les ports inférieurs à 1024; choisissez-en un plus haut",
                        )
                        .to_owned(),
                    cause => cause.words(language),
                };
                language.pick(
                    format!("the feed server cannot listen at {address}: {cause}"),
                    format!("le serveur de flux ne peut pas écouter à {address}\u{a0}: {cause}"),
                )
            }
            Self::Unencrypted => language
                .pick(
                    "the feed server would send calendars over the network unencrypted; give it a certificate, or let it make one",
                    "le serveur de flux enverrait les calendriers sans chiffrement sur le réseau; donnez-lui un certificat, ou laissez-le en faire un",
                )
                .to_owned(),
            Self::Certificate(detail) => for_support(
                language.pick(
                    "the certificate cannot be used; give a PEM file with the certificate and one with its private key",
                    "le certificat est inutilisable; donnez un fichier PEM avec le certificat et un autre avec sa clé privée",
                ),
                detail,
                language,
            ),
            Self::Names(detail) => for_support(
                language.pick(
                    "no certificate can be made for these names; give the name or address by which other machines know this one",
                    "aucun certificat ne peut être fait pour ces noms; donnez le nom ou l’adresse par lesquels les autres machines connaissent celle-ci",
                ),
                detail,
                language,
            ),
            Self::File(path, cause) => {
                let (path, cause) = (named(path), cause.words(language));
                language.pick(
                    format!("the certificate cannot be kept at {path}: {cause}"),
                    format!("impossible de garder le certificat à {path}\u{a0}: {cause}"),
                )
            }
            Self::System(cause) => {
                let cause = cause.words(language);
                language.pick(
                    format!("the feed server cannot start: {cause}"),
                    format!("le serveur de flux ne peut pas démarrer\u{a0}: {cause}"),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests;
