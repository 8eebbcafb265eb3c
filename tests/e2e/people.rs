//! The first start, a patient's record, and a practitioner's day.

use std::fs;

use tempfile::TempDir;
use thirtyfour::{Key, WebElement};

use crate::demo::Demo;
use crate::window::{SMALL, Window};

/// All that an element says; what is cut off at its edge is left out of its visible text.
async fn content(element: &WebElement) -> String {
    let content = element.prop("textContent").await;
    content.ok().flatten().unwrap_or_default()
}

#[tokio::test]
async fn first_start_to_the_demo() {
    let folder = TempDir::new().unwrap();
    let window = Window::open(folder.path(), SMALL).await;
    window
        .wait_until("the three ways", async |window| {
            (window.all("main button").await.len() == 3).then_some(())
        })
        .await;
    window.keep_picture("first-start").await;
    window.assert_accessible("first start").await;
    window.start_with_demo().await;
    window.until_board().await;
    window.close().await;

    let again = Window::open(folder.path(), SMALL).await;
    again.until_board().await;
    again.close().await;
}

#[tokio::test]
async fn a_practitioners_day_and_their_calendar_file() {
    let Demo {
        folder,
        window,
        today,
        ..
    } = Demo::open().await;
    window.press("My day").await;
    // Nobody may work today; somebody does within a week.
    for (days, date) in today.iter_days().enumerate() {
        let shown = format!("[data-practitioner-day='{date}'][aria-busy='false']");
        window.wait_for(&date.to_string(), &shown).await;
        if !window.all("[data-visit]").await.is_empty() {
            break;
        }
        assert!(days < 7, "no visits within a week");
        window.press("Next day").await;
    }
    window.keep_picture("my-day").await;
    window.assert_accessible("my day").await;

    window.press("Export calendar…").await;
    window.wait_for("the dialog", "[role='dialog']").await;
    window.assert_accessible("export").await;
    window.press("Save…").await;
    let home = folder.path().join("home");
    let saved = window
        .wait_until("a calendar file", async |_| {
            fs::read_dir(home.join("Downloads"))
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| entry.path())
                .find(|path| path.extension().is_some_and(|ending| ending == "ics"))
        })
        .await;
    let text = fs::read_to_string(saved).unwrap();
    assert!(
        text.starts_with("BEGIN:VCALENDAR") && text.contains("BEGIN:VEVENT"),
        "{text}"
    );
    window.close().await;
}

#[tokio::test]
async fn a_patient_is_found_in_spite_of_a_typing_error_and_edited() {
    let Demo {
        folder: _folder,
        window,
        ..
    } = Demo::open().await;
    window.press("Patients").await;
    let search = window.wait_for("the search", "input[type='search']").await;
    search.send_keys("trembaly").await.unwrap();
    let first = window
        .wait_until("a patient", async |window| {
            let options = window.all("[role='option']").await;
            let first = options.into_iter().next()?;
            content(&first).await.contains("Tremblay").then_some(first)
        })
        .await;
    first.click().await.unwrap();
    window.wait_for("the record", "[data-patient]").await;
    window.keep_picture("patient").await;
    window.assert_accessible("record").await;
    window.press("Edit").await;
    let notes = window.wait_for("the form", "[role='dialog'] textarea").await;
    notes.send_keys(" Sings in a choir.").await.unwrap();
    window.assert_accessible("form").await;
    window.press("Save").await;
    let noted = async |window: &Window| {
        let record = window.all("[data-patient]").await.into_iter().next()?;
        record
            .text()
            .await
            .ok()?
            .contains("Sings in a choir.")
            .then_some(())
    };
    window.wait_until("the note in the record", noted).await;
    window.close().await;
}

#[tokio::test]
async fn an_absence_leads_to_the_visits_it_hits() {
    let Demo {
        folder: _folder,
        window,
        ..
    } = Demo::open().await;
    window.press("Clinic set-up").await;
    window
        .wait_for("the week", "figure ol[aria-label='The week'] li")
        .await;
    window.assert_accessible("practitioners").await;
    window.press("Add absence").await;
    let segments = window
        .wait_until("the dates", async |window| {
            let segments = window.all("[role='dialog'] [role='spinbutton']").await;
            (segments.len() == 6).then_some(segments)
        })
        .await;
    // Two weeks, whatever weekday it is today.
    segments[3].send_keys("+").await.unwrap();
    let typed = window
        .wait_until("the date in words", async |window| {
            for field in window.all("[role='dialog'] input").await {
                if field.prop("value").await.ok().flatten().as_deref() == Some("+") {
                    return Some(field);
                }
            }
            None
        })
        .await;
    typed.send_keys("2w" + Key::Enter).await.unwrap();
    let save = window
        .wait_until("the visits that are hit", async |window| {
            let [button] = &window.all("[role='dialog'] button[type='submit']").await[..] else {
                return None;
            };
            content(button)
                .await
                .starts_with("Save, then move")
                .then_some(button.clone())
        })
        .await;
    window.assert_accessible("absence").await;
    save.click().await.unwrap();
    let waiting = window
        .wait_until("the list", async |window| {
            let all = window.all("button[aria-label^='Move the visit of']").await;
            all.into_iter().next()
        })
        .await;
    window.keep_picture("visits-to-move").await;
    window.assert_accessible("visits to move").await;
    waiting.click().await.unwrap();
    window
        .wait_for("the visit on the board", "[role='dialog'] footer button")
        .await;
    window
        .wait_for("the board below it", "[data-date], [data-empty]")
        .await;
    window.close().await;
}

#[tokio::test]
async fn the_owner_adds_themselves_locks_with_one_key_and_signs_in_after_a_restart() {
    let Demo { folder, window, .. } = Demo::open().await;
    window.press("Add the people who work here").await;
    window.wait_for("the people", "[role='tabpanel'] button").await;
    window.press("Add yourself").await;
    let name = window
        .wait_for("the form", "[role='dialog'] input[type='text']")
        .await;
    name.send_keys("Olga").await.unwrap();
    for field in window.all("[role='dialog'] input[type='password']").await {
        field.send_keys(SECRET).await.unwrap();
    }
    window.press("Save").await;
    window
        .wait_until("nobody else proposed", async |window| {
            let locks = window
                .all("button[aria-label$='Lock, or switch user (Olga)']")
                .await;
            (locks.len() == 1 && window.all("[role='dialog']").await.is_empty()).then_some(())
        })
        .await;
    window.keep_picture("people").await;
    window.assert_accessible("people").await;
    window.body().await.send_keys("l").await.unwrap();
    sign_in(&window, "9999-wrong").await;
    window.wait_for("the refusal", "[role='alert']").await;
    window.keep_picture("sign-in").await;
    window.assert_accessible("sign-in").await;
    sign_in(&window, SECRET).await;
    window.until_board().await;
    window.close().await;

    let again = Window::open(folder.path(), SMALL).await;
    sign_in(&again, SECRET).await;
    again.until_board().await;
    again.close().await;
}

const SECRET: &str = "quiet-otter";

/// Types a password where whoever was here last is asked for it, or is the only one to be chosen.
async fn sign_in(window: &Window, secret: &str) {
    let field = window
        .wait_until("the password", async |window| {
            if let Some(tile) = window.all("main li button").await.into_iter().next() {
                tile.click().await.ok()?;
            }
            window.all("main input[type='password']").await.into_iter().next()
        })
        .await;
    assert!(
        window.all("[data-appointment]").await.is_empty(),
        "nothing shows through"
    );
    field.send_keys(secret).await.unwrap();
    field.send_keys(Key::Enter + "").await.unwrap();
}
