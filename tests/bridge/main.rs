//! Serves the built window to an ordinary browser, its commands answered by the real program behind it: for
//! accessibility checks and for looking at it. Never part of what ships.
//!
//! `bridge FOLDER [PORT] [first-start]`: the clinic in FOLDER, on loopback alone; port 0 takes a free one. The address
//! is printed once it answers. Where there is no clinic the demo is made, unless the first start is to be shown.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

use ordo_app::{Place, Saving, commands, init, offer_updates};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Stands in for what the desktop puts into its own pages.
const STAND_IN: &str = r#"<script>
const callbacks = [];
window.__TAURI_INTERNALS__ = {
  async invoke(command, values) {
    // Stands in for the menu bar and for the button at the window's corner as well.
    if (command === "show_menu") {
      let index = 0;
      window.chooseInMenu = (id) => callbacks[values.chosen.id]({ index: index++, message: id });
    }
    if (command === "hold_open") window.askToClose = () => callbacks[values.asked.id]({ index: 0, message: null });
    const answer = await fetch("/command/" + command, { method: "POST", body: JSON.stringify(values ?? {}) });
    const value = await answer.json();
    if (!answer.ok) throw value;
    return value;
  },
  transformCallback: (callback) => callbacks.push(callback) - 1,
};
</script>"#;

/// What the set-up shows when a version waits.
const WAITING: &str = r#"{"looked": "2026-11-24T13:05:00Z", "offer": {"version": "9.9.0", "date": "2026-11-20",
    "notes": "Added\n\n- Reminders of visits as a list to call.\n- The board shows who is late.\n\nMended\n\n- A series of two weeks is printed on one page."}}"#;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder: PathBuf = arguments.next().ok_or("a folder is needed")?.into();
    let port: u16 = arguments.next().map_or(Ok(5174), |port| port.parse())?;
    let mut context = mock_context(noop_assets());
    // As a release is built; nobody is at the address, so that nothing is ever fetched.
    let updater = json!({"pubkey": "", "endpoints": ["https://127.0.0.1:9/latest.json"]});
    context
        .config_mut()
        .plugins
        .0
        .insert("updater".to_owned(), updater);
    let app = mock_builder()
        .invoke_handler(commands().invoke_handler())
        .build(context)?;
    let waiting = folder.join("updates.json");
    if !waiting.exists() {
        fs::create_dir_all(&folder)?;
        fs::write(waiting, WAITING)?;
    }
    offer_updates(app.handle(), &folder)?;
    let saving = Saving::Folder(folder.join("saved"));
    init(
        &app,
        Place {
            folder,
            vault: ordo_keychain::vault(),
            key: std::env::var("ORDO_KEY").ok().filter(|key| !key.is_empty()),
        },
        saving,
    );
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build()?;
    if arguments.next().as_deref() != Some("first-start") {
        // Refused where there is a clinic already.
        let _ = ask(&window, "start_demo", Value::Null);
    }
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    writeln!(io::stdout(), "http://{}", listener.local_addr()?)?;
    for connection in listener.incoming().flatten() {
        let window = window.clone();
        // A browser that goes away in the middle of an answer is none of our business.
        thread::spawn(move || serve(&window, &connection));
    }
    Ok(())
}

/// One question and its answer, after which the connection ends: a browser opens some before it needs them.
fn serve(window: &WebviewWindow<MockRuntime>, mut connection: &TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    while line.trim() != "" {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let Answer {
        status,
        kind,
        is_kept,
        content,
    } = match path.strip_prefix("/command/") {
        Some(command) => command_answer(window, command, &body),
        None => file(&path),
    };
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: {}\r\nConnection: close\r\n\r\n",
        content.len(),
        if is_kept {
            "max-age=31536000, immutable"
        } else {
            "no-store"
        }
    )?;
    connection.write_all(&content)
}

/// What goes back to the browser.
struct Answer {
    status: &'static str,
    kind: &'static str,
    /// Whether it never changes under its name, so that a browser reads it once.
    is_kept: bool,
    content: Vec<u8>,
}

const OK: &str = "200 OK";
const PAGE: &str = "text/html; charset=utf-8";

fn command_answer(window: &WebviewWindow<MockRuntime>, command: &str, body: &[u8]) -> Answer {
    let values = serde_json::from_slice(body).unwrap_or(Value::Null);
    let (status, content) = match ask(window, command, values) {
        Ok(InvokeResponseBody::Json(text)) => (OK, text.into_bytes()),
        Ok(InvokeResponseBody::Raw(bytes)) => (OK, bytes),
        Err(refusal) => ("422 Unprocessable Content", refusal.to_string().into_bytes()),
    };
    Answer {
        status,
        kind: "application/json",
        is_kept: false,
        content,
    }
}

/// Asks the program as the window would.
fn ask(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    values: Value,
) -> Result<InvokeResponseBody, Value> {
    let url = "tauri://localhost"
        .parse()
        .map_err(|_| Value::from("the page has no address"))?;
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url,
        body: InvokeBody::Json(values),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request)
}

/// A file of the built window; any path without one is its start page.
fn file(url: &str) -> Answer {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/dist");
    let path = url.split('?').next().unwrap_or_default().trim_start_matches('/');
    let is_plain = !path.is_empty() && path.split('/').all(|part| part != "..");
    let (kind, content) = match fs::read(built.join(path)).ok().filter(|_| is_plain) {
        Some(bytes) => {
            let kind = match path.rsplit('.').next() {
                Some("js") => "text/javascript",
                Some("css") => "text/css",
                Some("woff2") => "font/woff2",
                _ => "application/octet-stream",
            };
            (kind, bytes)
        }
        None => {
            let page = fs::read_to_string(built.join("index.html")).unwrap_or_default();
            let page = page.replacen("<head>", &format!("<head>{STAND_IN}"), 1);
            (PAGE, page.into_bytes())
        }
    };
    Answer {
        status: OK,
        kind,
        is_kept: kind != PAGE,
        content,
    }
}
