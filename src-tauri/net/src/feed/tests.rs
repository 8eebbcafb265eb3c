use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use flate2::read::GzDecoder;

use super::*;

const SECRET: &str = "5b1f3c0e9a7d42f688c1d0b7e4a93f215b1f3c0e9a7d42f688c1d0b7e4a93f21";

/// One feed whose text a test sets.
#[derive(Clone)]
struct OneFeed(Arc<Mutex<(u64, Option<String>)>>);

impl OneFeed {
    fn of(text: &str) -> Self {
        Self(Arc::new(Mutex::new((1, Some(text.to_owned())))))
    }

    fn set(&self, text: Option<&str>) {
        let mut held = self.0.lock().expect("no panic");
        *held = (held.0 + 1, text.map(str::to_owned));
    }
}

impl Feeds for OneFeed {
    fn version(&mut self) -> Result<String, Error> {
        Ok(self.0.lock().expect("no panic").0.to_string())
    }

    fn text(&mut self, secret: &str) -> Result<Option<String>, Error> {
        let text = self.0.lock().expect("no panic").1.clone();
        Ok(text.filter(|_| secret == SECRET))
    }

    fn now(&mut self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_456_400, 500_000_000).expect("a time")
    }
}

fn options() -> Options {
    Options {
        freshness: Duration::from_millis(20),
        ..Options::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }
}

fn served(feed: &OneFeed) -> Running {
    start(feed.clone(), &options()).expect("a server")
}

/// Status line, headers in lower case, body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let start = format!("{name}: ");
        let line = self
            .head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with(&start))?;
        Some(&line[start.len()..])
    }
}

fn ask(running: &Running, method: &str, path: &str, headers: &[&str]) -> Answer {
    let mut stream = TcpStream::connect(running.address()).expect("a connection");
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("an answer");
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).expect("text");
    Answer {
        status: head[9..12].parse().expect("a status"),
        body: bytes[end + 4..].to_vec(),
        head,
    }
}

fn path() -> String {
    format!("/calendar/{SECRET}.ics")
}

#[test]
fn a_feed_is_served_with_what_calendar_programs_look_at() {
    let running = served(&OneFeed::of("BEGIN:VCALENDAR\r\n"));
    let got = ask(&running, "GET", &path(), &[]);
    assert_eq!(
        (got.status, got.body.as_slice()),
        (200, b"BEGIN:VCALENDAR\r\n".as_slice())
    );
    assert_eq!(got.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(got.header("last-modified"), Some("Mon, 02 Mar 2026 13:00:00 GMT"));
    assert_eq!(got.header("content-length"), Some("17"));
    let head = ask(&running, "HEAD", &path(), &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some("17"));
    assert_eq!(head.header("etag"), got.header("etag"));
    let zipped = ask(&running, "GET", &path(), &["Accept-Encoding: br, gzip;q=0.8"]);
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    let mut text = String::new();
    GzDecoder::new(zipped.body.as_slice())
        .read_to_string(&mut text)
        .expect("gzip");
    assert_eq!(text, "BEGIN:VCALENDAR\r\n");
    assert_eq!(
        ask(&running, "GET", &path(), &["Accept-Encoding: gzip;q=0"]).header("content-encoding"),
        None
    );
    let posted = ask(&running, "POST", &path(), &[]);
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn who_has_the_newest_gets_no_more_than_that() {
    let feed = OneFeed::of("one");
    let running = served(&feed);
    let etag = ask(&running, "GET", &path(), &[])
        .header("etag")
        .expect("an ETag")
        .to_owned();
    for header in [
        format!("If-None-Match: {etag}"),
        format!("If-None-Match: \"other\", {}", etag.trim_start_matches("W/")),
        "If-Modified-Since: Mon, 02 Mar 2026 13:00:00 GMT".to_owned(),
    ] {
        let answer = ask(&running, "GET", &path(), &[&header]);
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{header}");
    }
    for header in [
        "If-None-Match: \"other\"",
        "If-Modified-Since: Mon, 02 Mar 2026 12:59:59 GMT",
        "If-Modified-Since: soon",
    ] {
        assert_eq!(ask(&running, "GET", &path(), &[header]).status, 200, "{header}");
    }
    feed.set(Some("two"));
    std::thread::sleep(Duration::from_millis(40));
    let changed = ask(&running, "GET", &path(), &[&format!("If-None-Match: {etag}")]);
    assert_eq!(
        (changed.status, changed.body.as_slice()),
        (200, b"two".as_slice())
    );
    assert_eq!(running.stats().not_modified, 3);
    feed.set(None);
    std::thread::sleep(Duration::from_millis(40));
    assert_eq!(ask(&running, "GET", &path(), &[]).status, 404, "an ended feed");
}

#[test]
fn nothing_is_listed_and_every_wrong_address_is_answered_alike() {
    let running = served(&OneFeed::of("text"));
    let off_by_one = format!("/calendar/{}2.ics", &SECRET[..63]);
    let wrong = [
        "/",
        "/calendar",
        "/calendar/",
        "/calendar/.ics",
        "/calendar/%2e%2e%2f.ics",
        "/robots.txt",
        off_by_one.as_str(),
    ];
    let answers: Vec<_> = wrong.map(|path| ask(&running, "GET", path, &[])).into();
    for (path, answer) in wrong.iter().zip(&answers) {
        assert_eq!((answer.status, answer.body.len()), (404, 0), "{path}");
        assert_eq!(answer.header("content-type"), None);
    }
    assert_eq!(
        ask(
            &running,
            "GET",
            &format!("/calendar/{}.ics", "a".repeat(9000)),
            &[]
        )
        .status,
        404
    );
    assert_eq!(running.stats().missed, 8);
}

#[test]
fn guessing_and_hammering_are_slowed_down() {
    let limits = Limits {
        requests_per_minute: 3,
        misses_per_minute: 2,
        ..Limits::default()
    };
    let running = start(OneFeed::of("text"), &Options { limits, ..options() }).expect("a server");
    let statuses = |path: &str, count: usize| -> Vec<u16> {
        (0..count)
            .map(|_| ask(&running, "GET", path, &[]).status)
            .collect()
    };
    assert_eq!(statuses(&path(), 4), [200, 200, 200, 429]);
    assert_eq!(statuses("/calendar/guess.ics", 3), [404, 404, 429]);
    let guessed = ask(&running, "GET", &path(), &[]);
    assert_eq!(
        (guessed.status, guessed.header("retry-after")),
        (429, Some("60")),
        "even a right guess by then"
    );
}

#[test]
fn who_sends_slowly_or_nothing_or_too_much_is_left() {
    let limits = Limits {
        connections: 8,
        patience: Duration::from_millis(300),
        ..Limits::default()
    };
    let running = start(OneFeed::of("text"), &Options { limits, ..options() }).expect("a server");
    let mut slow: Vec<TcpStream> = (0..8)
        .map(|_| TcpStream::connect(running.address()).expect("a connection"))
        .collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nX-Slow: ").expect("sent");
    }
    let since = Instant::now();
    assert_eq!(
        ask(&running, "GET", &path(), &[]).status,
        200,
        "the rest are served"
    );
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    let mut large = TcpStream::connect(running.address()).expect("a connection");
    let _ = large.write_all(&vec![b'x'; 1 << 20]);
    let mut answer = Vec::new();
    let _ = large.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
    assert_eq!(ask(&running, "GET", &path(), &[]).status, 200);
}

#[test]
fn other_machines_are_served_with_encryption_only() {
    let everywhere = Options::at(SocketAddr::from((IpAddr::from(Ipv4Addr::UNSPECIFIED), 0)));
    let refused = start(OneFeed::of("text"), &everywhere).err();
    assert!(matches!(refused, Some(FeedError::Unencrypted)));
    let broken = Certificate {
        chain: "none".to_owned(),
        key: "none".to_owned(),
    };
    let refused = start(
        OneFeed::of("text"),
        &Options {
            certificate: Some(broken),
            ..everywhere
        },
    )
    .err();
    assert!(matches!(refused, Some(FeedError::Certificate(_))));
}

#[test]
fn a_certificate_of_its_own_is_kept_for_the_names_it_was_made_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("clinic.ordo");
    let kept = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        kept_certificate(&database, &names)
    };
    let first = kept(&["192.168.1.5"]).expect("a certificate");
    assert!(
        folder
            .path()
            .join("clinic.ordo.192.168.1.5.feed-certificate.pem")
            .exists()
    );
    assert!(kept(&["192.168.1.5"]).expect("a certificate") == first);
    for others in [&["desk.local"][..], &["192.168.1.5", "desk.local"], &["::1"]] {
        assert!(kept(others).expect("a certificate") != first, "{others:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 8);
    for none in ["", "front desk", "a..b"] {
        assert_eq!(kept(&[none]).err(), Some(FeedError::Names(none.to_owned())));
    }
    let refused = kept_certificate(
        &folder.path().join("none/clinic.ordo"),
        &["desk.local".to_owned()],
    );
    assert!(matches!(refused.err(), Some(FeedError::File(_, Cause::NotFound))));
}

#[test]
fn a_certificate_of_its_own_encrypts() {
    let certificate =
        own_certificate(&["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("a certificate");
    assert!(!format!("{certificate:?}").contains("PRIVATE"));
    let running = start(
        OneFeed::of("text"),
        &Options {
            certificate: Some(certificate.clone()),
            ..options()
        },
    )
    .expect("a server");
    let mut roots = rustls::RootCertStore::empty();
    let der = rustls::pki_types::pem::PemObject::from_pem_slice(certificate.chain.as_bytes()).expect("PEM");
    roots.add(der).expect("a certificate");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "localhost".try_into().expect("a name");
    let mut connection = rustls::ClientConnection::new(Arc::new(config), name).expect("a client");
    let mut socket = TcpStream::connect(running.address()).expect("a connection");
    let mut stream = rustls::Stream::new(&mut connection, &mut socket);
    let request = format!("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path());
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(b"text"));
    let mut plain = TcpStream::connect(running.address()).expect("a connection");
    plain.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn an_address_that_is_not_to_be_had_is_told_in_words_of_both_languages() {
    let told = |port, cause| {
        let error = FeedError::Address(SocketAddr::from(([127, 0, 0, 1], port)), cause);
        Language::ALL.map(|language| error.words(language))
    };
    let [english, french] = told(80, Cause::NotAllowed);
    assert!(english.ends_with("choose a higher one"), "{english}");
    assert!(french.ends_with("choisissez-en un plus haut"), "{french}");
    let [english, french] = told(8437, Cause::PortInUse);
    assert!(english.contains("another program listens there"), "{english}");
    assert!(french.contains("un autre programme y écoute"), "{french}");
}

#[test]
fn a_taken_address_is_told() {
    let running = served(&OneFeed::of("text"));
    let refused = start(OneFeed::of("text"), &Options::at(running.address()))
        .err()
        .expect("taken");
    assert!(
        refused.to_string().contains(&running.address().to_string()),
        "{refused}"
    );
    let address = running.address();
    drop(running);
    let again = (0..50).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        start(OneFeed::of("text"), &Options::at(address)).ok()
    });
    assert!(again.is_some(), "the address is free again");
}

/// A feed whose reading takes a while, and tells when it begins.
struct SlowFeed {
    begun: std::sync::mpsc::Sender<()>,
    is_read: Arc<Mutex<bool>>,
}

impl Feeds for SlowFeed {
    fn version(&mut self) -> Result<String, Error> {
        self.begun.send(()).expect("somebody waits");
        std::thread::sleep(Duration::from_millis(400));
        *self.is_read.lock().expect("no panic") = true;
        Ok("1".to_owned())
    }

    fn text(&mut self, _: &str) -> Result<Option<String>, Error> {
        Ok(None)
    }

    fn now(&mut self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

#[test]
fn the_end_waits_for_a_clinic_that_is_being_read() {
    let is_read = Arc::<Mutex<bool>>::default();
    let (begun, reading) = std::sync::mpsc::channel();
    let feed = SlowFeed {
        begun,
        is_read: Arc::clone(&is_read),
    };
    let server = start(feed, &options()).expect("a server");
    let mut client = TcpStream::connect(server.address()).expect("a connection");
    let request = format!("GET /calendar/{SECRET}.ics HTTP/1.1\r\nHost: x\r\n\r\n");
    client.write_all(request.as_bytes()).expect("sent");
    reading.recv().expect("it is read");
    // As it is dropped in the window: on a thread of another runtime.
    let other = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    other.block_on(async move { drop(server) });
    assert!(*is_read.lock().expect("no panic"));
}
