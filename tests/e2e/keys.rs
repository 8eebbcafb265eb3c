//! A clinic whose key this computer does not hold.

use std::thread::sleep;
use std::time::Duration;

use ordo_desk::Code;
use ordo_desk::key::{NoKeychain, Vault};
use tempfile::TempDir;
use thirtyfour::prelude::*;

use crate::board::beside;
use crate::window::{Surroundings, Window};

const SMALL: Surroundings = Surroundings {
    screen: (1280, 800),
    dark: false,
};

const PASSPHRASE: &str = "otters sleep in the reeds";

async fn the_day(window: &Window) {
    window
        .wait_until("the day", async |window| {
            (!window.all("[data-date], [data-empty]").await.is_empty()).then_some(())
        })
        .await;
}

#[tokio::test]
async fn a_protected_clinic_asks_for_its_passphrase_and_opens_with_it_or_with_the_paper() {
    let folder = TempDir::new().unwrap();
    let window = Window::open(folder.path(), SMALL).await;
    window.start_with_demo().await;
    the_day(&window).await;
    window.close().await;

    let vault = Vault {
        keychain: &NoKeychain,
        random: ordo_keychain::random,
    };
    let mut desk = beside(folder.path());
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
            the_day(&window).await;
        } else {
            window
                .wait_until("why it stays closed", async |window| {
                    window.all("[role='alert']").await.into_iter().next()
                })
                .await;
            window.keep_picture("unlock").await;
            let faults = window.accessibility_faults().await;
            assert!(faults.is_empty(), "{faults:#?}");
        }
        window.close().await;
    }
}

/// Where the passphrase is typed.
async fn asked(window: &Window) -> WebElement {
    window
        .wait_until("the question for the passphrase", async |window| {
            window.all("input[type='password']").await.into_iter().next()
        })
        .await
}
