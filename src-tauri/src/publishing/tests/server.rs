//! A small server of CalDAV.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::spawn;

use ordo_desk::CalendarAccount;

/// A calendar at `/pia/`, the password of which is "secret".
#[derive(Clone)]
pub(super) struct Server {
    port: u16,
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
pub(super) struct Held {
    pub(super) resources: BTreeMap<String, String>,
    /// What every request is answered with, in place of what it asks for.
    fault: Option<&'static str>,
    pub(super) asked: usize,
    pub(super) puts: usize,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            held: Arc::default(),
        };
        let answering = server.clone();
        spawn(move || {
            for client in listener.incoming().flatten() {
                let server = answering.clone();
                spawn(move || server.answer(client));
            }
        });
        server
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap()
    }

    pub(super) fn fail(&self, fault: Option<&'static str>) {
        self.lock().fault = fault;
    }

    pub(super) fn count(&self) -> usize {
        self.lock().resources.len()
    }

    pub(super) fn account(&self) -> CalendarAccount {
        CalendarAccount {
            address: format!("http://127.0.0.1:{}/pia/", self.port),
            user: "pia".to_owned(),
        }
    }

    fn answer(&self, client: TcpStream) {
        let mut reader = BufReader::new(client.try_clone().unwrap());
        let (mut line, mut head) = (String::new(), String::new());
        while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
            head.push_str(&line);
            line.clear();
        }
        let lower = head.to_ascii_lowercase();
        let length = lower
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body).unwrap();
        let body = String::from_utf8(body).unwrap();
        let mut words = head.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let (status, text) = self.given(method, path, &lower, &body);
        let mut client = client;
        let _ = write!(
            client,
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
            text.len()
        );
    }

    fn given(&self, method: &str, path: &str, head: &str, body: &str) -> (&'static str, String) {
        let mut held = self.lock();
        held.asked += 1;
        if let Some(fault) = held.fault {
            return (fault, String::new());
        }
        // "pia:secret"
        if !head.contains("authorization: basic cglhonnly3jlda==") {
            return ("401 Unauthorized", String::new());
        }
        let many = |inner: String| {
            let spaces = "xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"";
            (
                "207 Multi-Status",
                format!("<multistatus {spaces}>{inner}</multistatus>"),
            )
        };
        let response = |path: &str, property: &str| {
            format!(
                "<response><href>{path}</href><propstat><prop>{property}</prop>\
                 <status>HTTP/1.1 200 OK</status></propstat></response>"
            )
        };
        match method {
            "PROPFIND" if head.contains("depth: 0") => many(response(
                path,
                "<resourcetype><collection/><C:calendar/></resourcetype>",
            )),
            "PROPFIND" => many(
                held.resources
                    .keys()
                    .map(|path| response(path, "<getetag>\"1\"</getetag><resourcetype/>"))
                    .collect(),
            ),
            "REPORT" => many(
                held.resources
                    .iter()
                    .filter(|(path, _)| body.contains(path.as_str()))
                    .map(|(path, text)| {
                        let text = text.replace('&', "&amp;").replace('<', "&lt;");
                        let data =
                            format!("<getetag>\"1\"</getetag><C:calendar-data>{text}</C:calendar-data>");
                        response(path, &data)
                    })
                    .collect(),
            ),
            "PUT" => {
                held.puts += 1;
                held.resources.insert(path.to_owned(), body.to_owned());
                ("201 Created", String::new())
            }
            "DELETE" => {
                held.resources.remove(path);
                ("204 No Content", String::new())
            }
            _ => ("405 Method Not Allowed", String::new()),
        }
    }
}
