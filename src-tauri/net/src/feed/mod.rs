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
use std::time::Duration;

use chrono::{DateTime, Utc};
use ordo_desk::{Desk, Error, Host, Language};

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
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The address is not to be had.
    #[error(
        "the feed server cannot listen at {address}: {error}; choose another port, or end the program that uses it"
    )]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: std::io::Error,
    },
    /// Other machines would be served without encryption.
    #[error(
        "the feed server would send calendars over the network unencrypted; give it a certificate, or let it make one"
    )]
    Unencrypted,
    /// The certificate cannot be used.
    #[error(
        "the certificate cannot be used: {0}; give a PEM file with the certificate and one with its private key"
    )]
    Certificate(String),
    /// The system gives no threads.
    #[error("the feed server cannot start: {0}; restart the program")]
    System(std::io::Error),
}

impl FeedError {
    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        match (language, self) {
            (Language::English, _) => self.to_string(),
            (Language::French, Self::Address { address, error }) => format!(
                "le serveur de flux ne peut pas écouter à {address} : {error}; choisissez un autre port, ou fermez le programme qui l’utilise"
            ),
            (Language::French, Self::Unencrypted) => {
                "le serveur de flux enverrait les calendriers sans chiffrement sur \
                 le réseau; donnez-lui un certificat, ou laissez-le en faire un"
                    .to_owned()
            }
            (Language::French, Self::Certificate(why)) => format!(
                "le certificat est inutilisable : {why}; donnez un fichier PEM avec le certificat et un autre avec sa clé privée"
            ),
            (Language::French, Self::System(error)) => {
                format!("le serveur de flux ne peut pas démarrer : {error}; redémarrez le programme")
            }
        }
    }
}

#[cfg(test)]
mod tests;
