//! The real window on a display of its own, driven through WebDriver.

use std::fs;
use std::io::{BufRead, BufReader, BufWriter};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ordo_desk::demo;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, Capabilities, WebDriver, WebElement};
use tokio::time::{sleep, timeout};

const START: Duration = Duration::from_secs(60);
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a screen is waited for that does not come to rest.
const STILL: Duration = Duration::from_secs(5);

/// How the desk around the window looks.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Width and height of the screen, which the window fills.
    pub screen: (u32, u32),
    /// Whether the desktop asks for dark colours.
    pub dark: bool,
}

/// A small light screen.
pub const SMALL: Surroundings = Surroundings {
    screen: (1280, 800),
    dark: false,
};

/// A running app with one window. It ends with this value, display and driver too.
pub struct Window {
    /// The session of the window.
    pub driver: WebDriver,
    /// The number of the display that it is on.
    pub display: u32,
    _processes: [Process; 2],
    /// Where the display keeps its pixels, and what the app says aside, for as long as they are there.
    shown: TempDir,
}

impl Window {
    /// Starts the app with its data and its home in `folder`, and nothing of this user's desktop.
    pub async fn open(folder: &Path, surroundings: Surroundings) -> Self {
        let window = Self::open_as_left(folder, surroundings).await;
        let (width, height) = surroundings.screen;
        window.driver.set_window_rect(0, 0, width, height).await.unwrap();
        window
    }

    /// As [`Window::open`], in the place on the screen that the app itself chooses.
    pub async fn open_as_left(folder: &Path, surroundings: Surroundings) -> Self {
        let shown = TempDir::new().unwrap();
        let (display, number) = display(surroundings.screen, Some(shown.path()));
        let [port, native_port] = free_ports();
        let tauri_driver = std::env::var_os("ORDO_TEST_DRIVER").unwrap_or_else(|| "tauri-driver".into());
        let mut command = Command::new(tauri_driver);
        command.args([
            "--port",
            &port.to_string(),
            "--native-port",
            &native_port.to_string(),
        ]);
        at_home(&mut command, folder, number, surroundings.dark);
        command.stderr(fs::File::create(shown.path().join("aside")).unwrap());
        let driver_process = Process::start(&mut command);
        let driver = session(&format!("http://127.0.0.1:{port}")).await;
        Self {
            driver,
            display: number,
            _processes: [driver_process, display],
            shown,
        }
    }

    /// Ends the app as closing its window does.
    pub async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }

    /// What the libraries that show the window complain of.
    pub fn complaints(&self) -> Vec<String> {
        let aside = fs::read_to_string(self.shown.path().join("aside")).unwrap();
        let lines = aside.lines();
        lines
            .filter(|line| line.contains("-WARNING **") || line.contains("-CRITICAL **"))
            .map(str::to_owned)
            .collect()
    }

    /// Ends what is left once the app has closed its window by itself.
    pub fn forget(self) {
        // A session that is gone is not asked to end, which would wait for an answer.
        self.driver.clone().leak().unwrap();
    }

    /// Starts the app once more on the same data and the same display, and waits until that start ends.
    pub async fn start_again(&self, folder: &Path) -> ExitStatus {
        let mut second = Command::new(env!("CARGO_BIN_EXE_ordo-app"))
            .env("DISPLAY", format!(":{}", self.display))
            .env("HOME", folder.join("home"))
            .env("XDG_RUNTIME_DIR", folder.join("home"))
            .env("ORDO_DATA_DIR", folder.join("data"))
            .env_remove("WAYLAND_DISPLAY")
            .spawn()
            .unwrap();
        let deadline = Instant::now() + START;
        loop {
            if let Some(status) = second.try_wait().unwrap() {
                return status;
            }
            if Instant::now() > deadline {
                second.kill().unwrap();
                panic!("the second start is still there after {START:?}");
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// The elements that `selector` finds now.
    pub async fn all(&self, selector: &str) -> Vec<WebElement> {
        self.driver.find_all(By::Css(selector)).await.unwrap()
    }

    /// What keys are sent to when nothing else has the focus.
    pub async fn body(&self) -> WebElement {
        self.driver.find(By::Css("body")).await.unwrap()
    }

    /// Presses the button with this accessible name or text, once there is one that can be pressed.
    pub async fn press(&self, name: &str) {
        self.press_within("", name).await;
    }

    /// As [`Self::press`], in the dialog that is open: what is told beside it may have a button of the same name.
    pub async fn press_in_dialog(&self, name: &str) {
        self.press_within("//*[@role='dialog']", name).await;
    }

    async fn press_within(&self, place: &str, name: &str) {
        let path = format!("{place}//button[@aria-label='{name}' or normalize-space()='{name}']");
        let button = self
            .wait_until(&format!("the button {name}"), async |window| {
                let button = window.driver.find(By::XPath(&path)).await.ok()?;
                button
                    .is_enabled()
                    .await
                    .is_ok_and(|enabled| enabled)
                    .then_some(button)
            })
            .await;
        button.click().await.unwrap();
    }

    /// Chooses the demo clinic at a first start.
    pub async fn start_with_demo(&self) {
        let demo = self.wait_for("the first start", "main button").await;
        demo.click().await.unwrap();
    }

    /// Waits until the board shows some day.
    pub async fn until_board(&self) {
        self.wait_for("the day", "[data-date], [data-empty]").await;
    }

    /// Waits for the first element that `selector` finds, and fails with `what` when there is none in time.
    pub async fn wait_for(&self, what: &str, selector: &str) -> WebElement {
        self.wait_until(what, async |window| window.all(selector).await.into_iter().next())
            .await
    }

    /// Waits until `condition` holds of the window, and fails with `what` when it does not in time.
    pub async fn wait_until<T>(&self, what: &str, mut condition: impl AsyncFnMut(&Self) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(value) = condition(self).await {
                return value;
            }
            if Instant::now() > deadline {
                self.keep_picture("failure").await;
                let body = self.body().await.text().await.unwrap();
                panic!("not seen in {PATIENCE:?}: {what}; the window says:\n{body}");
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Keeps what the screen shows as `tests/e2e/artefacts/<name>.png`.
    pub async fn keep_picture(&self, name: &str) {
        let folder = root().join("tests/e2e/artefacts");
        fs::create_dir_all(&folder).unwrap();
        write_png(&folder.join(format!("{name}.png")), &self.still_pixels().await);
    }

    /// What the screen shows once everything that the page has is drawn on it: a few looks long nothing changes.
    async fn still_pixels(&self) -> Vec<u8> {
        // A page that hangs draws nothing any more.
        let drawn = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        let _ = timeout(STILL, self.driver.execute_async(drawn, vec![])).await;
        let pixels = || fs::read(self.shown.path().join("Xvfb_screen0")).unwrap();
        let deadline = Instant::now() + STILL;
        let mut shown = pixels();
        let mut looks = 0;
        // A caret that blinks is still for most of the time.
        while looks < 3 && Instant::now() < deadline {
            sleep(Duration::from_millis(25)).await;
            let now = pixels();
            looks = if now == shown { looks + 1 } else { 0 };
            shown = now;
        }
        shown
    }

    /// Fails with what axe finds against WCAG 2.2 AA, one line for each rule and element.
    pub async fn assert_accessible(&self, what: &str) {
        assert_eq!(self.accessibility_faults().await, Vec::<String>::new(), "{what}");
    }

    async fn accessibility_faults(&self) -> Vec<String> {
        let axe = fs::read_to_string(root().join("ui/node_modules/axe-core/axe.min.js")).unwrap();
        self.driver.execute(axe, vec![]).await.unwrap();
        let script = "
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
            axe.run(document, { runOnly: tags }).then(
                ({ violations }) => done(violations.flatMap(({ id, help, nodes }) =>
                    nodes.map((node) => `${id}: ${help}: ${node.html}`))),
                (error) => done([`axe: ${error}`]));";
        self.driver
            .execute_async(script, vec![])
            .await
            .unwrap()
            .convert()
            .unwrap()
    }
}

/// Gives a program its data and its home in `folder`, a display, and nothing of this user's desktop.
pub fn at_home(command: &mut Command, folder: &Path, display: u32, is_dark: bool) {
    let home = folder.join("home");
    fs::create_dir_all(&home).unwrap();
    command
        .env("DISPLAY", format!(":{display}"))
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &home)
        .env("ORDO_DATA_DIR", folder.join("data"))
        .env("ORDO_SAVE_DIR", home.join("Downloads"))
        .env("ORDO_KEYCHAIN", "none")
        .env("TZ", time_zone_of_another_date(Utc::now()))
        .env("GTK_THEME", if is_dark { "Adwaita:dark" } else { "Adwaita" })
        .env("NO_AT_BRIDGE", "1");
    for name in [
        "WAYLAND_DISPLAY",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "ORDO_KEY",
    ] {
        command.env_remove(name);
    }
}

/// The demo clinic's date.
pub fn today() -> NaiveDate {
    demo::today(Utc::now())
}

/// A zone for the computer in which it is another date than in the demo clinic now: what a window shows goes by
/// the clinic's clock.
fn time_zone_of_another_date(now: DateTime<Utc>) -> &'static str {
    // 14 hours ahead of UTC, and 12 behind it.
    let (ahead, behind) = ("Pacific/Kiritimati", "Etc/GMT+12");
    let date_ahead = (now + TimeDelta::hours(14)).date_naive();
    if date_ahead == demo::today(now) {
        behind
    } else {
        ahead
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A child process with the processes it starts; they all end with this value.
pub struct Process(pub Child);

impl Process {
    /// Starts it as the head of a group of its own.
    pub fn start(command: &mut Command) -> Self {
        match command.process_group(0).spawn() {
            Ok(child) => Self(child),
            Err(error) => panic!(
                "{:?} does not start ({error}); `cargo xtask test window` installs it",
                command.get_program()
            ),
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// Starts a display and returns its number, which it says once it is ready. It complains of each number in use.
/// What it shows lies in a file in `shown`, where one is named.
pub fn display((width, height): (u32, u32), shown: Option<&Path>) -> (Process, u32) {
    let mut command = Command::new("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-nolisten",
        "tcp",
        "-screen",
        "0",
        &format!("{width}x{height}x24"),
    ]);
    if let Some(folder) = shown {
        command.arg("-fbdir").arg(folder);
    }
    let mut process = Process::start(command.stdout(Stdio::piped()));
    let mut line = String::new();
    BufReader::new(process.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let number = line
        .trim()
        .parse()
        .unwrap_or_else(|_| panic!("Xvfb ended before it had a display"));
    (process, number)
}

/// Writes a display's pixels, as X keeps them in a file (`XWDFile.h`), as a picture.
fn write_png(path: &Path, dump: &[u8]) {
    let field = |at: usize| u32::from_be_bytes(dump[at * 4..][..4].try_into().unwrap());
    let [header, width, height, row, colors] = [0, 4, 5, 12, 19].map(field);
    // Each entry of the table of colours takes twelve octets; a pixel is blue, green, red and nothing.
    let pixels = &dump[(header + colors * 12) as usize..];
    let rows = pixels.chunks_exact(row as usize).take(height as usize);
    let colours: Vec<u8> = rows
        .flat_map(|row| row.chunks_exact(4).take(width as usize))
        .flat_map(|pixel| [pixel[2], pixel[1], pixel[0]])
        .collect();
    let file = fs::File::create(path).unwrap();
    let mut encoder = png::Encoder::new(BufWriter::new(file), width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&colours)
        .unwrap();
}

fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind(("127.0.0.1", 0)).unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

async fn session(server: &str) -> WebDriver {
    // The client that speaks to the driver shares its TLS with the program's updater, which names none by itself. One
    // that is named already stays.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut capabilities = Capabilities::new();
    let application = json!({ "application": env!("CARGO_BIN_EXE_ordo-app") });
    capabilities.set("tauri:options", application).unwrap();
    let deadline = Instant::now() + START;
    loop {
        let attempt: WebDriverResult<WebDriver> = WebDriver::new(server, capabilities.clone()).await;
        match attempt {
            Ok(driver) => return driver,
            Err(error) if Instant::now() > deadline => panic!("no window in {START:?}: {error}"),
            Err(_) => sleep(Duration::from_millis(200)).await,
        }
    }
}
