//! A small server on this machine that answers as a test wants it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::spawn;

/// What a request is answered with.
pub(crate) enum Answer {
    /// A multistatus of these responses.
    Many(String),
    /// These octets, which need be no HTTP.
    Bytes(String),
    /// The connection ends.
    Nothing,
    /// The beginning of a multistatus, then the same text again and again for as long as anybody reads.
    Endless(&'static str),
}

/// A server, and how many octets of endless answers it could send.
pub(crate) struct Server {
    port: u16,
    pub(crate) sent: Arc<AtomicUsize>,
}

impl Server {
    /// Answers what `answer` says to a request: its first line, then its body.
    pub(crate) fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let sent = Arc::<AtomicUsize>::default();
        let counted = Arc::clone(&sent);
        let answer = Arc::new(answer);
        spawn(move || {
            for client in listener.incoming().flatten() {
                let (answer, sent) = (Arc::clone(&answer), Arc::clone(&counted));
                // A client that goes away does so on purpose.
                spawn(move || serve(client, &*answer, &sent).is_ok());
            }
        });
        Self { port, sent }
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

fn serve(mut client: TcpStream, answer: &dyn Fn(&str) -> Answer, sent: &AtomicUsize) -> std::io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head)? > 0 {}
    let lower = head.to_ascii_lowercase();
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let first = head.lines().next().unwrap_or_default();
    const SPACES: &str = "xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"";
    match answer(&format!("{first}\n{}", String::from_utf8_lossy(&body))) {
        Answer::Nothing => Ok(()),
        Answer::Bytes(text) => client.write_all(text.as_bytes()),
        Answer::Many(inner) => {
            let text = format!("<multistatus {SPACES}>{inner}</multistatus>");
            write!(
                client,
                "HTTP/1.1 207 Multi-Status\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
                text.len()
            )
        }
        Answer::Endless(again) => {
            write!(
                client,
                "HTTP/1.1 207 Multi-Status\r\nConnection: close\r\n\r\n<multistatus {SPACES}>"
            )?;
            let many = again.repeat(65_536 / again.len() + 1);
            loop {
                client.write_all(many.as_bytes())?;
                sent.fetch_add(many.len(), Ordering::Relaxed);
            }
        }
    }
}

/// The part of a multistatus that is about one resource.
pub(crate) fn response(path: &str, properties: &str) -> String {
    format!(
        "<response><href>{path}</href><propstat><prop>{properties}</prop><status>HTTP/1.1 200 OK</status></propstat>\
         </response>"
    )
}
