//! Serves the built window to an ordinary browser, its commands answered by the real program behind it: for
//! accessibility checks and for looking at it. Never part of what ships.
//!
//! `bridge FOLDER [PORT] [first-start]`: the clinic in FOLDER, on loopback alone. Where there is none the demo is made,
//! unless the first start is to be shown.

use std::fs;
use std::path::{Path, PathBuf};

use ordo_app::{Place, Saving, commands, init};
use serde_json::Value;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{WebviewWindow, WebviewWindowBuilder};
use tiny_http::{Header, Method, Request, Response, Server};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Stands in for what the desktop puts into its own pages.
const STAND_IN: &str = r#"<script>
window.__TAURI_INTERNALS__ = {
  async invoke(command, values) {
    const answer = await fetch("/command/" + command, { method: "POST", body: JSON.stringify(values ?? {}) });
    const value = await answer.json();
    if (!answer.ok) throw value;
    return value;
  },
  transformCallback: () => 0,
};
</script>"#;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder: PathBuf = arguments.next().ok_or("a folder is needed")?.into();
    let port: u16 = arguments.next().map_or(Ok(5174), |port| port.parse())?;
    let app = mock_builder()
        .invoke_handler(commands().invoke_handler())
        .build(mock_context(noop_assets()))?;
    let saving = Saving::Folder(folder.join("saved"));
    init(
        &app,
        Place {
            folder,
            key: std::env::var("ORDO_KEY").ok().filter(|key| !key.is_empty()),
        },
        saving,
    );
    let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build()?;
    if arguments.next().as_deref() != Some("first-start") {
        // Refused where there is a clinic already.
        let _ = ask(&window, "start_demo", Value::Null);
    }
    let server = Server::http(("127.0.0.1", port))?;
    for mut request in server.incoming_requests() {
        let response = answer(&window, &mut request);
        request.respond(response)?;
    }
    Ok(())
}

fn answer(window: &WebviewWindow<MockRuntime>, request: &mut Request) -> Response<std::io::Cursor<Vec<u8>>> {
    let url = request.url().to_owned();
    match (request.method(), url.strip_prefix("/command/")) {
        (Method::Post, Some(command)) => command_answer(window, command, request),
        _ => file(&url),
    }
}

fn command_answer(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    request: &mut Request,
) -> Response<std::io::Cursor<Vec<u8>>> {
    let body: Value = serde_json::from_reader(request.as_reader()).unwrap_or(Value::Null);
    let (status, text) = match ask(window, command, body) {
        Ok(InvokeResponseBody::Json(text)) => (200, text),
        Ok(InvokeResponseBody::Raw(bytes)) => (200, String::from_utf8_lossy(&bytes).into_owned()),
        Err(refusal) => (422, refusal.to_string()),
    };
    typed(
        Response::from_string(text).with_status_code(status),
        "application/json",
    )
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
fn file(url: &str) -> Response<std::io::Cursor<Vec<u8>>> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/dist");
    let path = url.split('?').next().unwrap_or_default().trim_start_matches('/');
    let is_plain = !path.is_empty() && path.split('/').all(|part| part != "..");
    match fs::read(built.join(path)).ok().filter(|_| is_plain) {
        Some(bytes) => {
            let kind = match path.rsplit('.').next() {
                Some("js") => "text/javascript",
                Some("css") => "text/css",
                Some("woff2") => "font/woff2",
                _ => "application/octet-stream",
            };
            typed(Response::from_data(bytes), kind)
        }
        None => {
            let page = fs::read_to_string(built.join("index.html")).unwrap_or_default();
            let page = page.replacen("<head>", &format!("<head>{STAND_IN}"), 1);
            typed(Response::from_string(page), "text/html; charset=utf-8")
        }
    }
}

fn typed<R: std::io::Read>(response: Response<R>, kind: &str) -> Response<R> {
    match Header::from_bytes("Content-Type", kind) {
        Ok(header) => response.with_header(header),
        Err(()) => response,
    }
}
