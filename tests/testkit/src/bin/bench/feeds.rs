use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, Utc};
use ordo_desk::{Desk, Host, Key, Language, demo};
use ordo_net::feed::{Limits, Options, start};

use crate::Failure;
use crate::table::{Table, milliseconds};

const SUBSCRIBERS: usize = 1_000;
const THREADS: usize = 20;
const ROUNDS: usize = 5;

/// The feed server with 1,000 subscribers at a time, each on a connection of its own, that ask five times in a row.
pub fn measure(table: &mut Table) -> Result<(), Failure> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let today = NaiveDate::from_ymd_opt(2026, 6, 1).ok_or("no date")?;
    let records = demo::records(today, Language::English).map_err(|error| error.to_string())?;
    let mut desk = Desk::create(
        &folder.path().join("feeds.ordo"),
        &Key::from_bytes([7; 32]),
        Noon(today),
    )
    .map_err(|error| error.to_string())?;
    desk.import_records(&records, "")
        .map_err(|error| error.to_string())?;
    let mut paths = Vec::new();
    for (number, practitioner) in (1..).zip(&records.clinic.practitioners) {
        let sharing = desk
            .start_feed(&practitioner.id, [number; 32])
            .map_err(|error| error.to_string())?;
        paths.push(format!(
            "/calendar/{}.ics",
            sharing.feed_secret.unwrap_or_default()
        ));
    }
    let options = Options {
        limits: Limits {
            requests_per_minute: u32::MAX,
            ..Limits::default()
        },
        ..Options::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    };
    let server = start(desk, &options).map_err(|error| error.to_string())?;
    for with_etag in [false, true] {
        let began = Instant::now();
        let threads: Vec<JoinHandle<Result<Vec<Answer>, Failure>>> = (0..THREADS)
            .map(|thread| {
                let (address, paths) = (server.address(), paths.clone());
                spawn(move || subscribe(address, &paths, thread, with_etag))
            })
            .collect();
        let mut answers = Vec::new();
        for thread in threads {
            answers.extend(thread.join().map_err(|_| "a subscriber panicked")??);
        }
        let took = began.elapsed();
        let expected = SUBSCRIBERS * ROUNDS;
        let known = answers.iter().filter(|answer| answer.is_known).count();
        if answers.len() != expected || known != if with_etag { expected - SUBSCRIBERS } else { 0 } {
            return Err(format!("{} answers, {known} of them 304", answers.len()));
        }
        let mut waits: Vec<Duration> = answers.iter().map(|answer| answer.took).collect();
        waits.sort_unstable();
        let bytes: usize = answers.iter().map(|answer| answer.bytes).sum();
        let how = if with_etag { "with ETag" } else { "without ETag" };
        table.add(
            format!("{SUBSCRIBERS} subscribers asking {ROUNDS} times {how}: answers a second"),
            format!("{:.0}", expected as f64 / took.as_secs_f64()),
            "",
        );
        table.add(
            format!(
                "… half and 99 of 100 wait at most; {:.1} MB sent",
                bytes as f64 / 1e6
            ),
            format!(
                "{}, {}",
                milliseconds(waits[waits.len() / 2]),
                milliseconds(waits[waits.len() * 99 / 100])
            ),
            "",
        );
    }
    Ok(())
}

struct Answer {
    took: Duration,
    bytes: usize,
    is_known: bool,
}

fn subscribe(
    address: SocketAddr,
    paths: &[String],
    thread: usize,
    with_etag: bool,
) -> Result<Vec<Answer>, Failure> {
    let failed = |error: std::io::Error| error.to_string();
    let mut subscribers = Vec::new();
    for number in 0..SUBSCRIBERS / THREADS {
        let stream = TcpStream::connect(address).map_err(failed)?;
        stream.set_nodelay(true).map_err(failed)?;
        let path = &paths[(thread + number) % paths.len()];
        subscribers.push((stream, path, None::<String>));
    }
    let mut answers = Vec::new();
    for _ in 0..ROUNDS {
        for (stream, path, etag) in &mut subscribers {
            let condition = etag
                .as_ref()
                .filter(|_| with_etag)
                .map_or_else(String::new, |etag| format!("If-None-Match: {etag}\r\n"));
            let request =
                format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n{condition}\r\n");
            let began = Instant::now();
            stream.write_all(request.as_bytes()).map_err(failed)?;
            let (head, bytes) = answer(stream).map_err(failed)?;
            let took = began.elapsed();
            if let Some(line) = head.lines().find_map(|line| line.strip_prefix("etag: ")) {
                *etag = Some(line.to_owned());
            }
            answers.push(Answer {
                took,
                bytes,
                is_known: head.starts_with("HTTP/1.1 304"),
            });
        }
    }
    Ok(answers)
}

/// Reads one answer; gives its head and the number of its octets.
fn answer(stream: &mut TcpStream) -> std::io::Result<(String, usize)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    let (head, wanted) = loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..count]);
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
                .unwrap_or(0);
            break (head, end + 4 + length);
        }
    };
    while bytes.len() < wanted {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..count]);
    }
    Ok((head, bytes.len()))
}

/// The host of the bench: always noon of one day.
struct Noon(NaiveDate);

impl Host for Noon {
    fn now(&self) -> DateTime<Utc> {
        self.0.and_hms_opt(16, 0, 0).unwrap_or_default().and_utc()
    }

    fn new_id(&self) -> String {
        "none".to_owned()
    }

    fn actor(&self) -> String {
        "bench".to_owned()
    }
}
