//! The database held by another program while the window is open.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::demo::{Demo, until_told};
use crate::visit::ready_to_book;
use crate::window::root;

/// Another program that holds the lock for writing.
fn holder(folder: &Path) -> Child {
    let python = std::env::var_os("ORDO_TEST_PYTHON").unwrap_or_else(|| "python3".into());
    let mut holder = Command::new(python)
        .arg(root().join("tests/hold-database.py"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line.trim(), "held");
    holder
}

#[tokio::test]
async fn a_database_that_another_program_holds_costs_nothing_and_says_what_to_do() {
    let Demo {
        folder, window, desk, ..
    } = Demo::open().await;
    let wanted = ready_to_book(&window, &desk).await;
    let data = folder.path().join("data");
    let visits = || desk.records().unwrap().appointments.len();

    // Another program writes for a long time.
    let mut holder = holder(&data);
    wanted.book.click().await.unwrap();
    until_told(&window, "wait until it has finished, or close it").await;
    assert_eq!(visits(), wanted.known.len(), "nothing is booked");
    window
        .wait_until("the card as it was", async |_| {
            wanted.book.is_enabled().await.unwrap().then_some(())
        })
        .await;
    window.keep_picture("held").await;
    drop(holder.stdin.take());
    holder.wait().unwrap();
    wanted.book.click().await.unwrap();
    until_told(&window, "visit booked").await;
    assert_eq!(visits(), wanted.known.len() + 1, "it is booked once");
    window.close().await;
}
