//! A real CalDAV server, Radicale on this machine, for as long as a test wants it.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Whoever signs in has their own collections; those called `seen` may only be read.
const RIGHTS: &str = "\
[root]
user: .+
collection:
permissions: R
[principal]
user: .+
collection: {user}
permissions: RW
[seen]
user: .+
collection: {user}/seen
permissions: r
[calendars]
user: .+
collection: {user}/[^/]+
permissions: rw
";

/// A Radicale with a calendar at `/pia/visits/`, and one at `/pia/seen/` that may only be read.
pub struct Server {
    process: Child,
    pub port: u16,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Run by a Python that has it.
    pub fn start(python: OsString) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let users = folder.path().join("users");
        std::fs::write(&users, "pia:secret\n").expect("a file");
        let rights = folder.path().join("rights");
        std::fs::write(&rights, RIGHTS).expect("a file");
        let port = free_port();
        let process = Command::new(python)
            .args(["-m", "radicale", "--config", "", "--auth-type", "htpasswd"])
            .args([
                "--auth-htpasswd-encryption",
                "plain",
                "--auth-delay",
                "0",
                "--auth-htpasswd-filename",
            ])
            .arg(&users)
            .args(["--rights-type", "from_file", "--rights-file"])
            .arg(&rights)
            .arg("--storage-filesystem-folder")
            .arg(folder.path().join("collections"))
            .args(["--server-hosts", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Radicale starts");
        let seen = folder.path().join("collections/collection-root/pia/seen");
        std::fs::create_dir_all(&seen).expect("a folder");
        let properties = r#"{"tag": "VCALENDAR", "D:displayname": "Only seen"}"#;
        std::fs::write(seen.join(".Radicale.props"), properties).expect("a file");
        let server = Self {
            process,
            port,
            _folder: folder,
        };
        let is_up = (0..300).any(|_| {
            sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(is_up, "Radicale does not answer");
        let made = server.ask("MKCALENDAR", "/pia/visits/", "");
        assert!(
            made.starts_with("HTTP/1.1 201") || made.starts_with("HTTP/1.0 201"),
            "{made}"
        );
        server
    }

    /// Asks as another program of the same user would.
    pub fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic cGlhOnNlY3JldA==\r\nConnection: close\r\n\
             Depth: 1\r\nContent-Type: text/calendar; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
