//! Closing the window as its desktop does, over something that is not saved.

use std::time::Duration;

use thirtyfour::{By, Key};
use tokio::time::sleep;

use crate::demo::Demo;
use crate::desktop::Desktop;
use crate::window::Window;

/// Chooses a patient on the booking card and goes no further.
async fn half_a_booking(window: &Window) {
    window.body().await.send_keys("n").await.unwrap();
    let search = window
        .wait_until("the search with somebody in it", async |window| {
            let offered = window.all("[role='dialog'] [role='option']").await;
            let search = window.all("[role='dialog'] input[type='search']").await;
            search.into_iter().next().filter(|_| !offered.is_empty())
        })
        .await;
    search.send_keys(Key::Enter + "").await.unwrap();
    // By then the program knows that there is something to lose: the rules are asked after that.
    window
        .wait_until("what the rules say of it", async |window| {
            for said in window.all("[role='dialog'] [role='status']").await {
                let text = said.text().await.ok()?;
                if !text.is_empty() && !text.starts_with("Choose a patient") {
                    return Some(());
                }
            }
            None
        })
        .await;
}

async fn question(window: &Window) -> bool {
    let text = By::XPath("//*[@role='alert'][contains(., 'not saved')]");
    window.driver.find(text).await.is_ok()
}

#[tokio::test]
async fn a_half_made_booking_is_asked_about_before_the_window_closes() {
    let Demo {
        folder: _folder,
        window,
        ..
    } = Demo::open().await;
    let mut desktop = Desktop::of(&window);
    half_a_booking(&window).await;

    desktop.ask_to_close();
    window
        .wait_until("the question", async |window| {
            question(window).await.then_some(())
        })
        .await;
    window.keep_picture("closing").await;
    window.assert_accessible("closing").await;
    // Enter and Escape lose nothing: the way back has the focus.
    let focused = window.driver.active_element().await.unwrap();
    assert_eq!(focused.text().await.unwrap(), "Keep editing");
    focused.send_keys(Key::Enter + "").await.unwrap();
    window
        .wait_until("the booking as it was", async |window| {
            let is_gone = !question(window).await;
            (is_gone && window.all("[role='dialog'] button[type='submit']").await.len() == 1).then_some(())
        })
        .await;

    // Asked again, and given up this time.
    desktop.ask_to_close();
    window
        .wait_until("the question again", async |window| {
            question(window).await.then_some(())
        })
        .await;
    let discard = By::XPath("//button[normalize-space()='Discard and close']");
    // The window may be gone before the press is answered.
    let _ = window.driver.find(discard).await.unwrap().click().await;
    desktop.until_closed().await;
    window.forget();
}

#[tokio::test]
async fn a_window_with_nothing_begun_closes_at_once() {
    let Demo {
        folder: _folder,
        window,
        ..
    } = Demo::open().await;
    let mut desktop = Desktop::of(&window);
    desktop.ask_to_close();
    desktop.until_closed().await;
    window.forget();
}

#[tokio::test]
async fn a_page_that_no_longer_answers_is_closed_by_closing_twice() {
    let Demo {
        folder: _folder,
        window,
        ..
    } = Demo::open().await;
    let mut desktop = Desktop::of(&window);
    half_a_booking(&window).await;
    // Only after it has answered that it will.
    let hang = "setTimeout(() => { for (;;) {} }, 500);";
    window.driver.execute(hang, vec![]).await.unwrap();
    sleep(Duration::from_secs(1)).await;
    desktop.ask_to_close();
    sleep(Duration::from_millis(500)).await;
    assert!(desktop.frame().is_some(), "closed over a booking");
    desktop.ask_to_close();
    desktop.until_closed().await;
    window.forget();
}
