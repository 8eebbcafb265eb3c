//! Publishing to a real CalDAV server, Radicale on this machine, through a line that can be cut and answers that refuse.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::spawn;

use chrono::NaiveDate;
use ordo_desk::{CalendarAccount, PublishedEvent};
use ordo_net::account::{Access, AccountError, Course, check};
use ordo_net::publish::{Report, publish, remove};

use crate::radicale::Server;

/// None where there is no Radicale.
pub(crate) fn server() -> Option<Server> {
    crate::ical_validators::python_with("radicale").map(Server::start)
}

fn account_at(server: &Server, port: u16) -> CalendarAccount {
    assert_ne!(server.port, 0);
    CalendarAccount {
        address: format!("http://127.0.0.1:{port}/pia/visits"),
        user: "pia".to_owned(),
    }
}

/// What a line does to a request, given its method; `None` lets it through.
type Fault = Arc<Mutex<dyn FnMut(&str) -> Option<&'static str> + Send>>;

/// A line to a server: each request is let through, answered in the server's place, or cut ("cut").
fn line_to(port: u16, fault: Fault) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let own = listener.local_addr().expect("an address").port();
    spawn(move || {
        for client in listener.incoming().flatten() {
            let fault = Arc::clone(&fault);
            spawn(move || relay(client, port, &fault));
        }
    });
    own
}

fn relay(mut client: TcpStream, port: u16, fault: &Fault) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    let length = loop {
        match client.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
        let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
        if let Some(end) = head.find("\r\n\r\n") {
            let length = head[..end]
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
            break end + 4 + length.unwrap_or(0_usize);
        }
    };
    while request.len() < length {
        match client.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
    }
    let method = String::from_utf8_lossy(&request)
        .split(' ')
        .next()
        .unwrap_or_default()
        .to_owned();
    let ordered = fault.lock().expect("no panic")(&method);
    match ordered {
        Some("cut") => {}
        Some(status) => {
            let _ = client.write_all(
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes(),
            );
        }
        None => {
            let mut server = TcpStream::connect(("127.0.0.1", port)).expect("the server");
            let text = String::from_utf8_lossy(&request).replacen("\r\n", "\r\nConnection: close\r\n", 1);
            server.write_all(text.as_bytes()).expect("sent");
            let mut answer = Vec::new();
            let _ = server.read_to_end(&mut answer);
            let _ = client.write_all(&answer);
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}

fn event(number: usize, hour: u32) -> PublishedEvent {
    let uid = format!("appointment-{number}@ordo");
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Ordo//Ordo//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         DTSTAMP:20260301T000000Z\r\nLAST-MODIFIED:20260301T0000{hour:02}Z\r\nSEQUENCE:{hour}\r\n\
         DTSTART:202603{:02}T{hour:02}0000Z\r\nDTEND:202603{:02}T{hour:02}3000Z\r\nSUMMARY:Z. G. · Physio é\r\n\
         STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        number + 1,
        number + 1
    );
    PublishedEvent { uid, text }
}

fn events(count: usize) -> Vec<PublishedEvent> {
    (0..count).map(|number| event(number, 10)).collect()
}

fn from() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date")
}

fn access(account: &CalendarAccount) -> Access<'_> {
    Access {
        address: &account.address,
        user: &account.user,
        password: "secret",
    }
}

fn run(account: &CalendarAccount, events: &[PublishedEvent]) -> (Report, Result<(), AccountError>) {
    let mut report = Report::default();
    let done = publish(&access(account), events, from(), &mut report, Course::UNWATCHED);
    (report, done)
}

fn counts(report: &Report) -> [usize; 5] {
    [
        report.created,
        report.updated,
        report.deleted,
        report.unchanged,
        report.left,
    ]
}

const FOREIGN: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mine//EN\r\nBEGIN:VEVENT\r\nUID:mine\r\n\
    DTSTAMP:20260301T000000Z\r\nDTSTART:20260305T100000Z\r\nDTEND:20260305T110000Z\r\nSUMMARY:Mine\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

#[test]
fn a_calendar_is_kept_in_line_and_what_is_not_ordos_is_left_alone() {
    let Some(server) = server() else { return };
    let account = account_at(&server, server.port);
    assert!(
        server
            .ask("PUT", "/pia/visits/mine.ics", FOREIGN)
            .contains(" 201 ")
    );
    let (report, done) = run(&account, &events(5));
    done.expect("published");
    assert_eq!(counts(&report), [5, 0, 0, 0, 0]);
    let (report, done) = run(&account, &events(5));
    done.expect("published");
    assert_eq!(
        counts(&report),
        [0, 0, 0, 5, 0],
        "what is there already is not written again"
    );
    let mut changed = events(5);
    changed[1] = event(1, 12);
    changed.remove(4);
    changed.push(event(7, 9));
    let (report, done) = run(&account, &changed);
    done.expect("published");
    assert_eq!(counts(&report), [1, 1, 1, 3, 0]);
    // What lies before the dates that are kept up to date stays, and so does what somebody else wrote.
    let mut report = Report::default();
    let later = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a date");
    publish(&access(&account), &[], later, &mut report, Course::UNWATCHED).expect("published");
    assert_eq!(counts(&report), [0, 0, 2, 0, 0]);
    let listed = server.ask("GET", "/pia/visits/", "");
    assert!(listed.contains("SUMMARY:Mine"), "{listed}");
    assert_eq!(listed.matches("Physio é").count(), 3, "{listed}");
    let mut report = Report::default();
    remove(&access(&account), &mut report, Course::UNWATCHED).expect("taken away");
    assert_eq!(counts(&report), [0, 0, 3, 0, 0], "whenever it is");
    let listed = server.ask("GET", "/pia/visits/", "");
    assert!(
        listed.contains("SUMMARY:Mine") && !listed.contains("Physio"),
        "{listed}"
    );
}

#[test]
fn a_run_tells_how_far_it_is_and_is_cut_off_when_nobody_wants_it() {
    let Some(server) = server() else { return };
    let account = account_at(&server, server.port);
    let told = std::cell::RefCell::new(Vec::new());
    let mut report = Report::default();
    let course = Course {
        progress: &|done, of| told.borrow_mut().push((done, of)),
        goes_on: &|| true,
    };
    publish(&access(&account), &events(3), from(), &mut report, course).expect("published");
    assert_eq!(told.into_inner(), [(0, 3), (1, 3), (2, 3), (3, 3)]);
    let went = std::cell::Cell::new(true);
    let course = Course {
        progress: &|done, _| went.set(done < 10),
        goes_on: &|| went.get(),
    };
    let mut report = Report::default();
    let cut = publish(&access(&account), &events(300), from(), &mut report, course);
    assert_eq!(cut, Err(AccountError::Stopped));
    assert!(
        report.created >= 7 && report.created < 297,
        "cut off in the middle, not at the end: {report:?}"
    );
}

#[test]
fn a_run_that_was_cut_off_is_finished_by_the_next() {
    let Some(server) = server() else { return };
    let puts = Arc::new(Mutex::new(0));
    let counted = Arc::clone(&puts);
    let fault: Fault = Arc::new(Mutex::new(move |method: &str| {
        let mut puts = counted.lock().expect("no panic");
        *puts += usize::from(method == "PUT");
        (method == "PUT" && *puts == 4).then_some("cut")
    }));
    let account = account_at(&server, line_to(server.port, fault));
    let (report, done) = run(&account, &events(8));
    assert!(matches!(done, Err(AccountError::Unreachable(_))), "{done:?}");
    assert_eq!(counts(&report), [3, 0, 0, 0, 0]);
    let (report, done) = run(&account, &events(8));
    done.expect("published");
    assert_eq!(counts(&report), [5, 0, 0, 3, 0]);
}

#[test]
fn a_refused_event_does_not_hold_up_the_others() {
    let Some(server) = server() else { return };
    for (status, left, refused) in [
        ("412 Precondition Failed", 1, 0),
        ("500 Internal Server Error", 0, 1),
    ] {
        server.ask("DELETE", "/pia/visits/", "");
        server.ask("MKCALENDAR", "/pia/visits/", "");
        let puts = Arc::new(Mutex::new(0));
        let fault: Fault = Arc::new(Mutex::new(move |method: &str| {
            let mut puts = puts.lock().expect("no panic");
            *puts += usize::from(method == "PUT");
            (method == "PUT" && *puts == 2).then_some(status)
        }));
        let account = account_at(&server, line_to(server.port, fault));
        let (report, done) = run(&account, &events(4));
        done.expect("published");
        assert_eq!(counts(&report), [3, 0, 0, 0, left], "{status}");
        assert_eq!(report.refused.len(), refused, "{status}");
        let (report, done) = run(&account, &events(4));
        done.expect("published");
        assert_eq!(counts(&report), [1, 0, 0, 3, 0], "{status}");
    }
    let fault: Fault = Arc::new(Mutex::new(|method: &str| {
        (method == "PUT").then_some("500 Internal Server Error")
    }));
    let account = account_at(&server, line_to(server.port, fault));
    server.ask("DELETE", "/pia/visits/", "");
    server.ask("MKCALENDAR", "/pia/visits/", "");
    let (report, done) = run(&account, &events(20));
    assert!(matches!(done, Err(AccountError::Refused(500))), "{done:?}");
    assert_eq!(
        report.refused.len(),
        5,
        "a server that refuses everything is left alone"
    );
}

#[test]
fn a_busy_server_is_left_alone_until_later() {
    let Some(server) = server() else { return };
    for (status, code) in [("503 Service Unavailable", 503), ("429 Too Many Requests", 429)] {
        let puts = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&puts);
        let fault: Fault = Arc::new(Mutex::new(move |method: &str| {
            *counted.lock().expect("no panic") += usize::from(method == "PUT");
            (method == "PUT").then_some(status)
        }));
        let account = account_at(&server, line_to(server.port, fault));
        let refused = run(&account, &events(20)).1;
        assert_eq!(refused, Err(AccountError::Busy(code)));
        assert_eq!(*puts.lock().expect("no panic"), 1, "asked once, not twenty times");
    }
}

#[test]
fn an_event_that_changed_meanwhile_is_not_overwritten_blindly() {
    let Some(server) = server() else { return };
    let account = account_at(&server, server.port);
    run(&account, &events(1)).1.expect("published");
    let listed = server.ask("PROPFIND", "/pia/visits/", "");
    let name = listed
        .split("/pia/visits/")
        .find_map(|part| part.split_once(".ics").map(|(name, _)| name))
        .expect("a resource")
        .to_owned();
    // Somebody moves it between Ordo's looking and writing.
    let path = format!("/pia/visits/{name}.ics");
    let moved = event(0, 10).text.replace("SUMMARY:Z. G.", "SUMMARY:Moved");
    let (port, path_of, moved_text) = (server.port, path.clone(), moved);
    let fault: Fault = Arc::new(Mutex::new(move |method: &str| {
        if method == "PUT" {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("a connection");
            let request = format!(
                "PUT {path_of} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic cGlhOnNlY3JldA==\r\nConnection: close\r\n\
                 Content-Type: text/calendar\r\nContent-Length: {}\r\n\r\n{moved_text}",
                moved_text.len()
            );
            stream.write_all(request.as_bytes()).expect("sent");
            let _ = stream.read_to_end(&mut Vec::new());
        }
        None
    }));
    let through = account_at(&server, line_to(server.port, fault));
    let (report, done) = run(&through, &[event(0, 15)]);
    done.expect("published");
    assert_eq!(counts(&report), [0, 0, 0, 0, 1], "{report:?}");
    assert!(server.ask("GET", &path, "").contains("SUMMARY:Moved"));
    let (report, done) = run(&account, &[event(0, 15)]);
    done.expect("published");
    assert_eq!(counts(&report), [0, 1, 0, 0, 0], "the next run brings it in line");
}

#[test]
fn who_is_not_let_in_is_told() {
    let Some(server) = server() else { return };
    let mut account = account_at(&server, server.port);
    account.user = "max".to_owned();
    assert!(matches!(run(&account, &events(1)).1, Err(AccountError::SignIn)));
    let mut nowhere = account_at(&server, server.port);
    nowhere.address = format!("http://127.0.0.1:{}/pia/nothing/", server.port);
    let refused = run(&nowhere, &events(1)).1;
    assert!(
        matches!(refused, Err(AccountError::NoCalendar(404))),
        "{refused:?}"
    );
    let account = account_at(&server, server.port);
    check(&access(&account)).expect("a calendar to write to");
    let unknown = Access {
        password: "",
        ..access(&account)
    };
    assert_eq!(check(&unknown), Err(AccountError::NoPassword("pia".to_owned())));
    let mut other = account_at(&server, server.port);
    other.address = format!("http://127.0.0.1:{}/pia/seen/", server.port);
    assert_eq!(check(&access(&other)), Err(AccountError::NoAccess));
    assert_eq!(run(&other, &events(1)).1, Err(AccountError::NoAccess));
    other.address = format!("http://127.0.0.1:{}/pia/", server.port);
    assert_eq!(check(&access(&other)), Err(AccountError::NotACalendar));
    drop(server);
    let refused = run(&account, &events(1)).1;
    assert!(
        matches!(refused, Err(AccountError::Unreachable(_))),
        "{refused:?}"
    );
}
