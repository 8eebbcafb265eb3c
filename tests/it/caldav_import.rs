//! Absences from a calendar of an account, on a real Radicale on this machine.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::spawn;

use ordo_core::ical::reading::{ReadOptions, read_calendar};
use ordo_net::account::{Access, AccountError, Course, FoundCalendar, calendars};
use ordo_net::fetch::calendar_text;

use crate::caldav::server;
use crate::radicale::Server;

/// A calendar with a recurring event, one of another day, one that Ordo wrote, and a task.
const EVENTS: [(&str, &str); 4] = [
    (
        "dentist",
        "BEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260310T140000Z\r\nDURATION:PT1H\r\n\
         SUMMARY:Dentist\\, again\r\nEND:VEVENT\r\n",
    ),
    (
        "choir",
        "BEGIN:VEVENT\r\nUID:choir\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260304T230000Z\r\nDURATION:PT2H\r\n\
         RRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Choir é\r\nEND:VEVENT\r\n",
    ),
    (
        "own",
        "BEGIN:VEVENT\r\nUID:appointment-1@ordo\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260312T140000Z\r\nDURATION:PT1H\r\n\
         SUMMARY:Z. G.\r\nEND:VEVENT\r\n",
    ),
    (
        "task",
        "BEGIN:VTODO\r\nUID:task\r\nDTSTAMP:20260101T000000Z\r\nDUE:20260312T140000Z\r\nSUMMARY:Shop\r\nEND:VTODO\r\n",
    ),
];

fn filled(server: &Server, path: &str) {
    for (name, body) in EVENTS {
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mine//EN\r\n{body}END:VCALENDAR\r\n");
        let put = server.ask("PUT", &format!("{path}{name}.ics"), &text);
        assert!(put.contains(" 201 "), "{put}");
    }
}

fn access<'a>(address: &'a str, password: &'a str) -> Access<'a> {
    Access {
        address,
        user: "pia",
        password,
    }
}

#[test]
fn the_calendars_of_an_account_are_found_from_wherever_one_begins() {
    let Some(server) = server() else { return };
    let made = server.ask("MKCALENDAR", "/pia/week%20of%20caf%C3%A9/", "");
    assert!(made.contains(" 201 "), "{made}");
    let at = |path: &str| format!("http://127.0.0.1:{}{path}", server.port);
    for path in ["/", "/pia/", "/nothing/here/"] {
        let found = calendars(&access(&at(path), "secret")).expect("calendars");
        let names: Vec<&str> = found.iter().map(|calendar| calendar.name.as_str()).collect();
        assert_eq!(
            names,
            ["Only seen", "pia/visits", "pia/week of café"],
            "from {path}"
        );
        assert_eq!(found[2].address, at("/pia/week%20of%20caf%C3%A9/"));
    }
    let one = calendars(&access(&at("/pia/seen"), "secret")).expect("a calendar");
    let expected = FoundCalendar {
        address: at("/pia/seen/"),
        name: "Only seen".to_owned(),
    };
    assert_eq!(one, [expected]);
    filled(&server, "/pia/week%20of%20caf%C3%A9/");
    let text = calendar_text(
        &access(&at("/pia/week%20of%20caf%C3%A9/"), "secret"),
        Course::UNWATCHED,
    );
    assert!(text.is_ok_and(|text| text.contains("Choir")));
    assert_eq!(calendars(&access(&at("/"), "wrong")), Err(AccountError::SignIn));
}

/// Answers by path and depth, each request on a connection of its own.
fn provider(answer: impl Fn(&str, u16) -> String + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    spawn(move || {
        for mut client in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let read = client.read(&mut request).unwrap_or(0);
            let head = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default();
            let _ = client.write_all(answer(path, port).as_bytes());
        }
    });
    port
}

fn moved(place: &str) -> String {
    format!("HTTP/1.1 301 Moved\r\nLocation: {place}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

fn told(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn property(href: &str, property: &str) -> String {
    let response = format!(
        "<d:response><d:href>{href}</d:href><d:propstat><d:prop>{property}</d:prop>\
         <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    );
    let spaces = "xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:caldav\"";
    told(
        "207 Multi-Status",
        &format!("<d:multistatus {spaces}>{response}</d:multistatus>"),
    )
}

/// As Nextcloud has it: a page at the root, a pointer at the well-known place, calendars far below; and as iCloud has it,
/// the calendars on another server of the provider.
#[test]
fn the_calendars_of_a_provider_are_found_from_its_address() {
    let calendars_at = provider(|_, _| {
        property(
            "/dav/calendars/pia/work%20time/",
            "<d:displayname>Work</d:displayname><d:resourcetype><d:collection/><c:calendar/></d:resourcetype>",
        )
    });
    let port = provider(move |path, _| match path {
        "/.well-known/caldav" => moved("/dav"),
        "/dav/" => property(
            "/dav/",
            "<d:current-user-principal><d:href>/dav/principals/pia/</d:href></d:current-user-principal>",
        ),
        "/dav/principals/pia/" => property(
            "/dav/principals/pia/",
            &format!(
                "<c:calendar-home-set><d:href>http://127.0.0.1:{calendars_at}/dav/calendars/pia/</d:href></c:calendar-home-set>"
            ),
        ),
        _ => told("200 OK", "<html>Welcome</html>"),
    });
    let found = calendars(&access(&format!("http://127.0.0.1:{port}"), "secret"));
    let expected = FoundCalendar {
        address: format!("http://127.0.0.1:{calendars_at}/dav/calendars/pia/work%20time/"),
        name: "Work".to_owned(),
    };
    assert_eq!(found, Ok(vec![expected]));
}

#[test]
fn nothing_is_found_where_there_is_nothing_or_it_may_not_be_asked() {
    let circles = provider(|_, _| moved("/.well-known/caldav"));
    let unencrypted = provider(|_, _| moved("http://cloud.example/dav/"));
    let page = provider(|_, _| told("200 OK", "<html>Welcome</html>"));
    let find = |port| calendars(&access(&format!("http://127.0.0.1:{port}/"), "secret"));
    assert_eq!(find(circles), Err(AccountError::NoCalendars));
    assert!(
        matches!(find(unencrypted), Err(AccountError::Unencrypted(address)) if address.contains("cloud.example"))
    );
    assert!(find(page).is_err());
}

#[test]
fn every_event_of_a_calendar_is_read_and_nothing_else() {
    let Some(server) = server() else { return };
    filled(&server, "/pia/visits/");
    let address = format!("http://127.0.0.1:{}/pia/visits", server.port);
    let read = || calendar_text(&access(&address, "secret"), Course::UNWATCHED).expect("a calendar");
    let text = read();
    assert!(!text.contains("Shop"), "tasks are left there: {text}");
    assert_eq!(read(), text, "the same calendar is the same text");
    let options = ReadOptions {
        time_zone: chrono_tz::America::Toronto,
        from: "2026-03-01".parse().expect("a date"),
        to: "2026-12-31".parse().expect("a date"),
    };
    let reading = read_calendar(text.as_bytes(), &options).expect("a calendar");
    let titles: Vec<&str> = reading.events.iter().map(|event| event.title.as_str()).collect();
    assert_eq!(titles, ["Choir é", "Dentist, again", "Choir é", "Choir é"]);
    assert_eq!(reading.name.as_deref(), Some("pia/visits"));
    assert_eq!(
        calendar_text(&access(&format!("{address}/no"), "secret"), Course::UNWATCHED),
        Err(AccountError::NoCalendar(404))
    );
}
