//! Requests of CalDAV over HTTP: signed in, with an end to waiting and to what is read.

use std::error::Error;
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::header::{AUTHORIZATION, LOCATION, USER_AGENT};
use http::{HeaderValue, Uri};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use libdav::requests::DavRequest;
use ordo_desk::Cause;
use tokio::time::timeout;

use super::AccountError;
use crate::cause::{Resolver, cause_of};

/// So many octets are read of a server in one run, in all answers together, whatever it sends: the largest calendar with what
/// is around its events.
pub(crate) const MOST_READ: usize = 96 << 20;

/// An answer of more elements is not taken apart, because each takes many times the memory of its text.
const MOST_TAGS: usize = 2_000_000;

#[derive(Clone)]
pub(crate) struct Client {
    base: Uri,
    authorization: HeaderValue,
    patience: Duration,
    /// How many octets may still be read.
    left: Arc<AtomicUsize>,
    http: hyper_util::client::legacy::Client<HttpsConnector<HttpConnector<Resolver>>, String>,
}

/// Why a request came to nothing.
#[derive(Debug)]
pub(crate) enum Failed {
    Status(u16),
    /// It lies somewhere else now.
    Moved(String),
    Unreachable(Cause),
    /// The server sends more than any calendar has.
    TooLarge,
    Answer(String),
}

impl From<Failed> for AccountError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Status(401) => Self::SignIn,
            Failed::Status(403) => Self::NoAccess,
            Failed::Status(status @ (404 | 405 | 410)) => Self::NoCalendar(status),
            Failed::Status(status @ (429 | 500..)) => Self::Busy(status),
            Failed::Status(status) => Self::Answer(format!("status {status}")),
            Failed::Moved(address) => Self::Moved(address),
            Failed::Unreachable(why) => Self::Unreachable(why),
            Failed::TooLarge => Self::TooLarge,
            Failed::Answer(what) => Self::Answer(what),
        }
    }
}

impl Client {
    pub(crate) fn new(
        base: Uri,
        user: &str,
        password: &str,
        patience: Duration,
    ) -> Result<Self, AccountError> {
        let unusable = |error: &dyn Display| AccountError::System(Cause::Other(error.to_string()));
        let provider = rustls::crypto::ring::default_provider();
        let mut plain = HttpConnector::new_with_resolver(Resolver::new());
        plain.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(provider)
            .map_err(|error| unusable(&error))?
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        let mut authorization = HeaderValue::from_str(&format!(
            "Basic {}",
            base64(format!("{user}:{password}").as_bytes())
        ))
        .map_err(|error| unusable(&error))?;
        authorization.set_sensitive(true);
        Ok(Self {
            base,
            authorization,
            patience,
            left: Arc::new(AtomicUsize::new(MOST_READ)),
            http: hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build(connector),
        })
    }

    /// The same way in on another server of the provider.
    pub(crate) fn at(&self, base: Uri) -> Self {
        Self { base, ..self.clone() }
    }

    pub(crate) fn base(&self) -> &Uri {
        &self.base
    }

    pub(crate) async fn send<R: DavRequest>(&self, request: &R) -> Result<R::Response, Failed>
    where
        R::ParseError: Display,
    {
        let unreachable = |error: &(dyn Error + 'static)| Failed::Unreachable(cause_of(error));
        let left = self.left.load(Ordering::Relaxed);
        let mut prepared = request
            .prepare_request(self.base.clone())
            .map_err(|error| Failed::Answer(error.to_string()))?;
        let headers = prepared.headers_mut();
        headers.insert(AUTHORIZATION, self.authorization.clone());
        headers.insert(USER_AGENT, HeaderValue::from_static("Ordo"));
        let exchange = async {
            let answer = self
                .http
                .request(prepared)
                .await
                .map_err(|error| unreachable(&error))?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, left).collect().await.map_err(|error| {
                if error.is::<LengthLimitError>() {
                    Failed::TooLarge
                } else {
                    unreachable(error.as_ref())
                }
            })?;
            Ok::<_, Failed>((parts, body.to_bytes()))
        };
        let (parts, body) = timeout(self.patience, exchange)
            .await
            .map_err(|_| Failed::Unreachable(Cause::TimedOut))??;
        self.left
            .store(left.saturating_sub(body.len()), Ordering::Relaxed);
        if body.iter().filter(|&&octet| octet == b'<').count() > MOST_TAGS {
            return Err(Failed::TooLarge);
        }
        if parts.status.is_redirection()
            && let Some(place) = parts.headers.get(LOCATION).and_then(|place| place.to_str().ok())
        {
            return Err(Failed::Moved(self.whole(place)));
        }
        if !parts.status.is_success() {
            return Err(Failed::Status(parts.status.as_u16()));
        }
        request
            .parse_response(&parts, &body)
            .map_err(|error| Failed::Answer(error.to_string()))
    }

    /// A whole address from one that may begin at the root of the server.
    pub(crate) fn whole(&self, place: &str) -> String {
        let (Some(scheme), Some(host)) = (self.base.scheme_str(), self.base.authority()) else {
            return place.to_owned();
        };
        if place.starts_with('/') {
            format!("{scheme}://{host}{place}")
        } else {
            place.to_owned()
        }
    }
}

/// Base64 with padding, for the one header that needs it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, &byte| group << 8 | u32::from(byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let is_padding = place > chunk.len();
            let letter = LETTERS[(group >> (18 - 6 * place) & 63) as usize];
            text.push(if is_padding { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_the_usual_one() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("pia:é?>", "cGlhOsOpPz4="),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
