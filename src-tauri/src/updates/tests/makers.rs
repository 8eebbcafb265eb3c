//! Makers of updates, and a server of theirs on this machine.

use std::io::{BufRead, BufReader, Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minisign::KeyPair;
use serde_json::{Value, json};

pub(super) const PACKAGE: &[u8] = b"the next Ordo, whole";

/// What a server answers with.
#[derive(Clone)]
pub(super) enum Answer {
    Whole(Vec<u8>),
    /// The beginning of something longer, after which the connection ends.
    Cut(Vec<u8>),
    /// Says that it is so long.
    Claims(u64),
    Missing,
}

/// A server of updates on this machine, and every head that it was sent.
pub(super) struct Server {
    pub address: String,
    pub heads: Arc<Mutex<Vec<String>>>,
    list: Arc<Mutex<Answer>>,
}

impl Server {
    /// Serves the list that `list` makes of the server's own address, and a package.
    pub fn start(list: impl Fn(&str) -> Answer, package: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let list = Arc::new(Mutex::new(list(&address)));
        let offered = Arc::clone(&list);
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&heads);
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let head = head_of(&connection);
                let answer = if head.starts_with("GET /list ") {
                    offered.lock().unwrap().clone()
                } else {
                    package.clone()
                };
                seen.lock().unwrap().push(head);
                // A client that goes away does so on purpose.
                let _ = answer.send(connection);
            }
        });
        Self { address, heads, list }
    }

    /// Offers another list from now on.
    pub fn offer(&self, list: impl Fn(&str) -> Answer) {
        *self.list.lock().unwrap() = list(&self.address);
    }

    pub fn asked(&self) -> usize {
        self.heads.lock().unwrap().len()
    }
}

fn head_of(connection: &TcpStream) -> String {
    let mut reader = BufReader::new(connection);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap_or(0) > 0 {}
    head
}

impl Answer {
    fn send(&self, mut to: TcpStream) -> std::io::Result<()> {
        let (length, body): (u64, &[u8]) = match self {
            Self::Whole(body) => (body.len() as u64, body),
            Self::Cut(body) => (body.len() as u64 + 1_000, body),
            Self::Claims(length) => (*length, b"a little of it"),
            Self::Missing => {
                return to
                    .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        };
        write!(
            to,
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        )?;
        to.write_all(body)?;
        to.shutdown(std::net::Shutdown::Write)?;
        to.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

/// The makers of Ordo, or somebody else.
pub(super) struct Makers(KeyPair);

impl Makers {
    pub fn new() -> Self {
        Self(KeyPair::generate_unencrypted_keypair().unwrap())
    }

    /// Their public key, as it is put into a program.
    pub fn key(&self) -> String {
        STANDARD.encode(self.0.pk.to_box().unwrap().to_string())
    }

    /// A signature as the bundler writes it, with the version in what it vouches for.
    pub fn sign(&self, package: &[u8], version: &str) -> String {
        let comment = format!("timestamp:1700000000\tfile:ordo.deb\tversion:{version}");
        let (public, secret) = (&self.0.pk, &self.0.sk);
        let signed = minisign::sign(
            Some(public),
            secret,
            Cursor::new(package),
            Some(&comment),
            Some("signature from tauri secret key"),
        );
        STANDARD.encode(signed.unwrap().to_string())
    }
}

/// A server of the next version, rightly signed.
pub(super) fn serving(makers: &Makers) -> Server {
    let signature = makers.sign(PACKAGE, "0.2.0");
    Server::start(list("0.2.0", &signature), Answer::Whole(PACKAGE.to_vec()))
}

/// A list of versions as a release carries it.
pub(super) fn list(version: &str, signature: &str) -> impl Fn(&str) -> Answer + use<> {
    let (version, signature) = (version.to_owned(), signature.to_owned());
    move |address| {
        let package = json!({"url": format!("{address}/package"), "signature": signature});
        let platforms: serde_json::Map<String, Value> = [
            "linux-x86_64",
            "linux-aarch64",
            "darwin-aarch64",
            "darwin-x86_64",
            "windows-x86_64",
        ]
        .map(|platform| (platform.to_owned(), package.clone()))
        .into_iter()
        .collect();
        let list = json!({
            "version": version,
            "notes": "Faster.\nAnd a \u{7}bell.",
            "pub_date": "2026-11-30T12:00:00Z",
            "platforms": platforms
        });
        Answer::Whole(list.to_string().into_bytes())
    }
}
