//! What lies at the bottom of a failed exchange: those above it only say that something failed.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::{GaiAddrs, GaiFuture, GaiResolver, Name};
use ordo_desk::Cause;
use rustls::pki_types::InvalidDnsNameError;
use tower_service::Service;

/// Why an exchange failed.
pub fn cause_of(error: &(dyn Error + 'static)) -> Cause {
    found(error).unwrap_or_else(|| {
        let mut deepest = error;
        while let Some(below) = below(deepest) {
            deepest = below;
        }
        Cause::Other(deepest.to_string())
    })
}

/// The deepest cause that is known.
fn found(error: &(dyn Error + 'static)) -> Option<Cause> {
    below(error).and_then(found).or_else(|| known(error))
}

fn below<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    // An error of the system hides what it was made of.
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn known(error: &(dyn Error + 'static)) -> Option<Cause> {
    if error.is::<NoHost>() || error.is::<InvalidDnsNameError>() {
        return Some(Cause::NoHost);
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(of_encryption(error));
    }
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        return of_exchange(error);
    }
    let error = error.downcast_ref::<io::Error>()?;
    match Cause::from(error) {
        // Bad data of a connection is no text that somebody could save otherwise.
        Cause::NotText | Cause::Other(_) => None,
        cause => Some(cause),
    }
}

fn of_encryption(error: &rustls::Error) -> Cause {
    use rustls::CertificateError as Fault;
    let rustls::Error::InvalidCertificate(fault) = error else {
        return Cause::NoEncryption;
    };
    match fault {
        Fault::Expired | Fault::ExpiredContext { .. } => Cause::Expired,
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => Cause::NotYetValid,
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => Cause::OtherName,
        _ => Cause::Untrusted,
    }
}

fn of_exchange(error: &hyper::Error) -> Option<Cause> {
    if error.is_parse() {
        Some(Cause::NoWebServer)
    } else if error.is_timeout() {
        Some(Cause::TimedOut)
    } else if error.is_incomplete_message() || error.is_closed() || error.is_canceled() {
        Some(Cause::Cut)
    } else {
        None
    }
}

/// Finds servers by their names, and tells a name that is not found from other faults.
#[derive(Clone)]
pub(crate) struct Resolver(GaiResolver);

/// No server has the name.
#[derive(Debug, thiserror::Error)]
#[error("no server of this name")]
pub(crate) struct NoHost;

impl Resolver {
    pub(crate) fn new() -> Self {
        Self(GaiResolver::new())
    }
}

impl Service<Name> for Resolver {
    type Response = GaiAddrs;
    type Error = NoHost;
    type Future = Resolving;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), NoHost>> {
        self.0.poll_ready(context).map_err(|_| NoHost)
    }

    fn call(&mut self, name: Name) -> Resolving {
        Resolving(self.0.call(name))
    }
}

/// A name that is looked for.
pub(crate) struct Resolving(GaiFuture);

impl Future for Resolving {
    type Output = Result<GaiAddrs, NoHost>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context).map_err(|_| NoHost)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use rustls::CertificateError;

    use super::*;
    use crate::account::{Access, AccountError, calendars};
    use crate::feed::{Options, own_certificate, start};
    use crate::test_server::{Answer, Server};

    /// What comes of asking for calendars at an address.
    fn asked(address: &str) -> Result<(), Cause> {
        let access = Access {
            address,
            user: "pia",
            password: "secret",
        };
        match calendars(&access) {
            Err(AccountError::Unreachable(cause)) => Err(cause),
            other => panic!("{address}: {other:?}"),
        }
    }

    #[test]
    fn every_way_not_to_reach_a_server_is_told_from_the_others() {
        let nobody = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = nobody.local_addr().expect("an address");
        drop(nobody);
        assert_eq!(asked(&format!("http://{address}/")), Err(Cause::Refused));
        let cutting = Server::start(|_| Answer::Nothing);
        assert_eq!(asked(&cutting.address("/")), Err(Cause::Cut));
        let other = Server::start(|_| Answer::Bytes("SSH-2.0-OpenSSH_9.6\r\n".to_owned()));
        assert_eq!(asked(&other.address("/")), Err(Cause::NoWebServer));
        let plain = TcpListener::bind("127.0.0.1:0").expect("a port");
        let encrypted = format!("https://{}/", plain.local_addr().expect("an address"));
        std::thread::spawn(move || {
            let (mut client, _) = plain.accept().expect("a client");
            client
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .expect("sent");
            // Until the client goes: what it has not read is not lost then.
            let _ = client.read_to_end(&mut Vec::new());
        });
        assert_eq!(asked(&encrypted), Err(Cause::NoEncryption));
        let long = format!("https://{}.example/", "x".repeat(70));
        assert_eq!(asked(&long), Err(Cause::NoHost));
    }

    #[test]
    fn a_server_with_a_certificate_of_its_own_is_not_trusted() {
        struct NoFeeds;
        impl crate::feed::Feeds for NoFeeds {
            fn version(&mut self) -> Result<String, ordo_desk::Error> {
                Ok(String::new())
            }
            fn text(&mut self, _: &str) -> Result<Option<String>, ordo_desk::Error> {
                Ok(None)
            }
            fn now(&mut self) -> chrono::DateTime<chrono::Utc> {
                chrono::DateTime::UNIX_EPOCH
            }
        }
        let mut options = Options::at(([127, 0, 0, 1], 0).into());
        options.certificate = Some(own_certificate(&["127.0.0.1".to_owned()]).expect("a certificate"));
        let running = start(NoFeeds, &options).expect("a server");
        assert_eq!(
            asked(&format!("https://{}/", running.address())),
            Err(Cause::Untrusted)
        );
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_told() {
        for (fault, cause) in [
            (CertificateError::Expired, Cause::Expired),
            (CertificateError::NotValidYet, Cause::NotYetValid),
            (CertificateError::NotValidForName, Cause::OtherName),
            (CertificateError::UnknownIssuer, Cause::Untrusted),
        ] {
            let error = io::Error::new(
                io::ErrorKind::InvalidData,
                rustls::Error::InvalidCertificate(fault),
            );
            assert_eq!(cause_of(&io::Error::other(error)), cause);
        }
    }

    #[tokio::test]
    async fn a_name_that_nobody_has_is_told_from_other_faults() {
        let name = "x".repeat(300).parse().expect("a name");
        let Err(error) = Resolver::new().call(name).await else {
            panic!("somebody has it");
        };
        assert_eq!(cause_of(&io::Error::other(error)), Cause::NoHost);
    }

    #[test]
    fn what_is_not_known_is_told_as_its_deepest_cause() {
        let error = io::Error::other(io::Error::other("whatever it is"));
        assert_eq!(cause_of(&error), Cause::Other("whatever it is".to_owned()));
    }
}
