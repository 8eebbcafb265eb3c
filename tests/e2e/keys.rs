//! A clinic whose key this computer does not hold.

use std::thread::sleep;
use std::time::Duration;

use ordo_desk::Code;
use ordo_desk::key::{NoKeychain, Vault};
use thirtyfour::prelude::*;

use crate::demo::Demo;
use crate::window::{SMALL, Window};

const PASSPHRASE: &str = "otters sleep in the reeds";

#[tokio::test]
async fn a_protected_clinic_asks_for_its_passphrase_and_opens_with_it_or_with_the_paper() {
    let Demo {
        folder,
        window,
        mut desk,
        ..
    } = Demo::open().await;
    window.close().await;

    let vault = Vault {
        keychain: &NoKeychain,
        random: ordo_keychain::random,
    };
    let paper = desk.draft_recovery_key(vault).unwrap();
    let group = &paper.groups[paper.asked as usize - 1];
    // The window may need a moment to let the database go.
    let mut patience = 100;
    while let Err(error) = desk.protect_key(group, Some(PASSPHRASE), vault) {
        assert!(error.code == Code::Busy && patience > 0, "{error}");
        patience -= 1;
        sleep(Duration::from_millis(100));
    }
    drop(desk);

    let paper = paper.groups.join(" ");
    for (secret, opens) in [("badgers", false), (PASSPHRASE, true), (&paper, true)] {
        let window = Window::open(folder.path(), SMALL).await;
        asked(&window).await.send_keys(secret).await.unwrap();
        window.press("Open the clinic").await;
        if opens {
            window.until_board().await;
        } else {
            window.wait_for("why it stays closed", "[role='alert']").await;
            window.keep_picture("unlock").await;
            window.assert_accessible("unlock").await;
        }
        window.close().await;
    }
}

/// Where the passphrase is typed.
async fn asked(window: &Window) -> WebElement {
    window
        .wait_for("the question for the passphrase", "input[type='password']")
        .await
}
