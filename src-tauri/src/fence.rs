//! The fence around the window: it shows Ordo's own pages, goes nowhere else and opens no other window.

use tauri::utils::config::WindowConfig;
use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{Manager, Runtime, Url};

/// Opens the window of a configuration behind the fence.
pub(crate) fn open<R: Runtime, M: Manager<R>>(app: &M, config: &WindowConfig) -> tauri::Result<()> {
    let served = app.config().build.dev_url.clone().filter(|_| tauri::is_dev());
    WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(move |url| is_own(url, served.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Whether an address is one of Ordo's own pages; `served` is where the pages come from while Ordo is developed.
fn is_own(url: &Url, served: Option<&Url>) -> bool {
    let is_bundled = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        _ => false,
    };
    is_bundled || served.is_some_and(|served| url.origin().is_tuple() && url.origin() == served.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_pages_are_shown() {
        let served: Url = "http://localhost:5173".parse().unwrap();
        for (address, own, while_developed) in [
            ("tauri://localhost/", true, true),
            ("tauri://localhost/index.html?x#y", true, true),
            ("http://tauri.localhost/", true, true),
            ("https://tauri.localhost/index.html", true, true),
            ("http://localhost:5173/src/main.ts", false, true),
            ("http://localhost:5174/", false, false),
            ("http://tauri.localhost:8080/", false, false),
            ("http://tauri.localhost.example.org/", false, false),
            ("https://example.org/", false, false),
            ("tauri://example.org/", false, false),
            ("file:///etc/passwd", false, false),
            ("data:text/html,<script>alert(1)</script>", false, false),
            ("javascript:alert(1)", false, false),
            ("about:blank", false, false),
            ("blob:tauri://localhost/0", false, false),
        ] {
            let url: Url = address.parse().unwrap();
            assert_eq!(is_own(&url, None), own, "{address}");
            assert_eq!(
                is_own(&url, Some(&served)),
                while_developed,
                "{address} while developed"
            );
        }
    }

    /// What the page itself may load, run and reach; and that nobody makes a window before the fence stands.
    #[test]
    fn the_policy_is_strict() {
        let text = include_str!("../../tauri.conf.json");
        let config: serde_json::Value = serde_json::from_str(text).unwrap();
        let policy = config["app"]["security"]["csp"].as_object().unwrap();
        assert_eq!(policy["default-src"], "'none'");
        for (directive, sources) in policy {
            let sources = sources.as_str().unwrap();
            for source in sources.split(' ') {
                let allowed = ["'none'", "'self'", "data:", "ipc:", "http://ipc.localhost"];
                assert!(allowed.contains(&source), "{directive} {source}");
            }
            assert!(
                !sources.contains("data:") || directive == "img-src",
                "{directive}"
            );
        }
        assert_eq!(config["app"]["security"]["freezePrototype"], true);
        for window in config["app"]["windows"].as_array().unwrap() {
            assert_eq!(window["create"], false, "{window}");
        }
        let capability: serde_json::Value =
            serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
        assert!(capability.get("remote").is_none());
        for permission in capability["permissions"].as_array().unwrap() {
            let permission = permission.as_str().unwrap();
            assert!(
                permission.starts_with("allow-") && !permission.contains(':'),
                "{permission}"
            );
        }
    }
}
