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
use ordo_desk::{Desk, Error, Host};

pub use limits::Limits;
pub use server::{Running, Stats, start};
pub use tls::{Certificate, own_certificate};

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
        self.feed_text(|known| {
            // Each byte is compared whatever the others are.
            bool::from(subtle::ConstantTimeEq::ct_eq(known.as_bytes(), secret.as_bytes()))
        })
    }

    fn now(&mut self) -> DateTime<Utc> {
        self.present()
    }
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

#[cfg(test)]
mod tests;
