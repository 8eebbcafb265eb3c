//! Figures of the real window beside an empty one: the start, the memory, and the way of a command there and back.
//! `cargo xtask bench window` builds both and runs it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a program for the terminal that fails by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use ordo_desk::{Desk, Host, Language, demo, key};
use tempfile::TempDir;

#[expect(dead_code, reason = "the tests of the window do more with it")]
mod window;

#[expect(dead_code, reason = "the tests of the window do more with it")]
mod desktop;

use desktop::Desktop;
use window::{Process, SMALL, Window, at_home, display, today};

const STARTS: usize = 7;
/// How long the picture stays the same before it counts as the whole one.
const STILL: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let empty = PathBuf::from(std::env::var_os("ORDO_EMPTY_WINDOW").unwrap_or_else(|| {
        panic!("ORDO_EMPTY_WINDOW names no program; run `cargo xtask bench window`");
    }));
    let own = PathBuf::from(env!("CARGO_BIN_EXE_ordo-app"));
    let folder = TempDir::new().unwrap();
    make_demo(&folder.path().join("data"));
    let mut taken: [Vec<Started>; 2] = Default::default();
    // The first start of each warms the machine and is left out.
    for turn in 0..=STARTS {
        for (program, taken) in [&own, &empty].into_iter().zip(&mut taken) {
            let started = start(program, folder.path());
            if turn > 0 {
                taken.push(started);
            }
        }
    }
    let [own, empty] = taken.map(|taken| {
        (
            median(taken.iter().map(|one| one.first.as_secs_f64() * 1000.0)),
            median(taken.iter().map(|one| one.whole.as_secs_f64() * 1000.0)),
            median(taken.iter().map(|one| one.kilobytes as f64 / 1024.0)),
        )
    });
    line(
        "start to the first picture: Ordo, an empty window",
        format!("{:.0} ms, {:.0} ms", own.0, empty.0),
        "",
    );
    line(
        "start to the whole picture: Ordo with a day, an empty window",
        format!("{:.0} ms, {:.0} ms", own.1, empty.1),
        "",
    );
    line(
        "    Ordo to the empty one",
        format!("{:.2} ×", own.1 / empty.1),
        "at most 1.3 ×",
    );
    line(
        "memory (PSS over all processes): Ordo with a day, an empty window",
        format!("{:.0} MB, {:.0} MB", own.2, empty.2),
        "",
    );
    line(
        "    Ordo to the empty one",
        format!("{:.2} ×", own.2 / empty.2),
        "at most 1.3 ×",
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(there_and_back(folder.path()));
}

fn line(what: &str, figure: impl AsRef<str>, goal: &str) {
    println!("{what:<72}  {:>16}  {goal}", figure.as_ref());
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The demo clinic, as its first start leaves it.
fn make_demo(data: &Path) {
    fs::create_dir_all(data).unwrap();
    let database = data.join("clinic.ordo");
    let key = key::keep(&database, [7; 32]).unwrap();
    let mut desk = Desk::create(&database, &key, Maker).unwrap();
    let records = demo::records(today(), Language::English).unwrap();
    desk.import_records(&records, "").unwrap();
}

struct Maker;

impl Host for Maker {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn new_id(&self) -> String {
        unreachable!("nothing but an import is written")
    }

    fn actor(&self) -> String {
        "figures".to_owned()
    }
}

/// One start of a program.
struct Started {
    /// To the first change of the screen.
    first: Duration,
    /// To the last one, after which the screen stays as it is.
    whole: Duration,
    kilobytes: u64,
}

/// Starts a program on a display of its own and watches the display's pixels, which needs nothing of the program.
fn start(program: &Path, folder: &Path) -> Started {
    let shown = TempDir::new().unwrap();
    let (_display, number) = display(SMALL.screen, Some(shown.path()));
    // Over a visit it would bring up a card, which changes the picture after it is whole.
    let mut desktop = Desktop::on(number);
    desktop.rest_pointer();
    let screen = shown.path().join("Xvfb_screen0");
    let blank = seen(&screen);
    let mut command = Command::new(program);
    at_home(&mut command, folder, number, false);
    // A scroll bar that fades away changes the picture long after it is whole.
    command.env("GTK_OVERLAY_SCROLLING", "0");
    let began = Instant::now();
    let process = Process::start(&mut command);
    let (mut first, mut whole) = (None, began);
    let mut before = blank;
    loop {
        sleep(Duration::from_millis(10));
        let now = seen(&screen);
        let at = Instant::now();
        if now != before {
            first.get_or_insert(at);
            whole = at;
            before = now;
        } else if first.is_some() && at - whole > STILL {
            break;
        }
        assert!(
            at - began < PATIENCE,
            "{} shows no whole picture in {PATIENCE:?}",
            program.display()
        );
    }
    Started {
        first: first.unwrap_or(whole) - began,
        whole: whole - began,
        kilobytes: memory(process.0.id()),
    }
}

/// A number that changes with the pixels on a screen.
fn seen(screen: &Path) -> u64 {
    let pixels = fs::read(screen).unwrap();
    pixels.chunks_exact(8).fold(0, |sum: u64, eight| {
        let word = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        (sum.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// The proportional set size of a process and all below it, in kilobytes.
fn memory(root: u32) -> u64 {
    let mut family = BTreeSet::from([root]);
    loop {
        let known = family.len();
        for process in fs::read_dir("/proc").unwrap().flatten() {
            let Some(id) = process
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<u32>().ok())
            else {
                continue;
            };
            // The name in parentheses may hold anything; the parent is the second field behind it.
            let stat = fs::read_to_string(process.path().join("stat")).unwrap_or_default();
            let parent = stat
                .rsplit(") ")
                .next()
                .and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
            if parent.is_some_and(|parent: u32| family.contains(&parent)) {
                family.insert(id);
            }
        }
        if family.len() == known {
            break;
        }
    }
    assert!(
        family.len() >= 3,
        "a web view has processes of its own: {family:?}"
    );
    family
        .iter()
        .filter_map(|id| fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok())
        .filter_map(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
        })
        .sum()
}

/// Asks the program from inside its window, over and over.
async fn there_and_back(folder: &Path) {
    let window = Window::open(folder, SMALL).await;
    window.until_board().await;
    let today = today();
    for (words, command, values) in [
        ("the newest change", "last_change", "{}".to_owned()),
        ("a day", "day", format!("{{ date: '{today}' }}")),
        (
            "a search",
            "search_patients",
            "{ text: 'trembl', from: 0, limit: 50 }".to_owned(),
        ),
        (
            "a practitioner's day",
            "practitioner_day",
            format!("{{ practitioner: 'anna', date: '{today}' }}"),
        ),
    ] {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{
               const times = [];
               for (let turn = 0; turn < 220; turn += 1) {{
                 const from = performance.now();
                 await window.__TAURI_INTERNALS__.invoke('{command}', {values});
                 times.push(performance.now() - from);
               }}
               return times.slice(20);
             }})().then(done, (error) => done(JSON.stringify(error)));"
        );
        let answer = window.driver.execute_async(script, vec![]).await.unwrap();
        let mut times: Vec<f64> = answer
            .convert()
            .unwrap_or_else(|_| panic!("{command}: {:?}", answer.json()));
        times.sort_by(f64::total_cmp);
        let at = |part: f64| times[(times.len() as f64 * part) as usize];
        line(
            &format!("a command there and back, {words}: median, 95th of 100"),
            format!("{:.1} ms, {:.1} ms", at(0.5), at(0.95)),
            "",
        );
    }
    window.close().await;
}
