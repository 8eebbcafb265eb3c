//! A series from a patient and their complaint to booked visits.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use ordo_desk::Desk;
use ordo_desk::view::series::{SeriesAsk, SeriesBooking, SeriesOutcome};
use thirtyfour::{By, Key, WebElement};

use crate::demo::{Beside, Demo, until_told};
use crate::window::{Window, today};

const WEEKS: u32 = 12;
/// Presses the chip of a condition, need or sensitivity.
async fn choose(window: &Window, chip: &str) {
    let path = format!("//*[@role='row'][normalize-space()='{chip}']");
    let chip = window
        .wait_until(chip, async |window| {
            let found = window.driver.find_all(By::XPath(path.as_str())).await.ok()?;
            found.into_iter().next()
        })
        .await;
    chip.click().await.unwrap();
}

/// Waits for the proposals to what is asked now.
async fn until_proposed(window: &Window, weeks: u32) {
    window
        .wait_until("proposals", async |window| {
            let is_settled = window.all("main [aria-busy='true']").await.is_empty();
            let lines = window.all("[data-proposal]:first-of-type tbody tr").await;
            (is_settled && lines.len() as u32 > weeks / 2).then_some(())
        })
        .await;
}

/// The identifier and name of a patient who can always come, with as little as can be ahead.
fn somebody(desk: &Desk<Beside>) -> (String, String) {
    let records = desk.records().unwrap();
    let today = today();
    let patient = records
        .patients
        .iter()
        .filter(|each| each.availability.is_empty() && each.provider_decisions.is_empty())
        .min_by_key(|each| {
            let visits = records.appointments.iter();
            visits
                .filter(|visit| visit.patient == each.id && visit.start.date() >= today)
                .count()
        })
        .unwrap();
    (patient.id.to_string(), patient.name.clone())
}

/// Asks for a combined series on separate days for a patient.
async fn ask_for(window: &Window, name: &str, weeks: u32) {
    window.press("Book a series").await;
    let search = window.wait_for("the search", "input[type='search']").await;
    search.send_keys(name).await.unwrap();
    window
        .wait_until("the patient", async |window| {
            let first = window.all("[role='option']").await.into_iter().next()?;
            let text = first.prop("textContent").await.ok()??;
            text.contains(name).then_some(())
        })
        .await;
    search.send_keys(Key::Enter + "").await.unwrap();
    choose(window, "Low back pain").await;
    choose(window, "Tires easily").await;
    let field = By::XPath("//label[normalize-space()='Weeks']/following::input[1]");
    let field = window.driver.find(field).await.unwrap();
    field.send_keys(Key::Control + "a").await.unwrap();
    field.send_keys(weeks.to_string() + Key::Tab).await.unwrap();
    until_proposed(window, weeks).await;
}

async fn press_book(window: &Window) {
    let book = "//*[@data-proposal]//button[starts-with(normalize-space(), 'Book ')]";
    let book = window.driver.find(By::XPath(book)).await.unwrap();
    book.click().await.unwrap();
}

/// The starts of visits that were not there before.
fn new_visits(desk: &Desk<Beside>, known: &HashSet<String>) -> Vec<NaiveDateTime> {
    let visits = desk.records().unwrap().appointments;
    let new = visits.iter().filter(|visit| !known.contains(visit.id.as_str()));
    new.map(|visit| visit.start).collect()
}

fn ids(desk: &Desk<Beside>) -> HashSet<String> {
    let visits = desk.records().unwrap().appointments;
    visits.iter().map(|visit| visit.id.to_string()).collect()
}

#[tokio::test]
async fn a_series_of_twelve_weeks_on_separate_days_is_booked_and_taken_back() {
    let Demo {
        folder: _folder,
        window,
        desk,
        ..
    } = Demo::open().await;
    let (known, (_, name)) = (ids(&desk), somebody(&desk));
    let findings = desk.audit().unwrap().findings.len();

    ask_for(&window, &name, WEEKS).await;
    window.keep_picture("series").await;
    window.assert_accessible("series").await;

    press_book(&window).await;
    until_told(&window, "series booked").await;
    let booked = new_visits(&desk, &known);
    assert!(booked.len() as u32 > WEEKS, "{} visits", booked.len());
    let dates: HashSet<_> = booked.iter().map(NaiveDateTime::date).collect();
    assert_eq!(dates.len(), booked.len(), "each visit has a day of its own");
    assert_eq!(
        desk.audit().unwrap().findings.len(),
        findings,
        "nothing that breaks a rule"
    );
    window.press("Card for the patient…").await;
    window
        .wait_until("the card", async |window| {
            let lines = window.all("[role='dialog'] tbody tr").await;
            (lines.len() == booked.len()).then_some(())
        })
        .await;
    window.keep_picture("series-card").await;
    window.assert_accessible("card").await;
    window.press_in_dialog("Close").await;

    window.body().await.send_keys(Key::Control + "z").await.unwrap();
    until_told(&window, "Undone: ").await;
    assert_eq!(new_visits(&desk, &known).len(), 0);
    window.close().await;
}

/// Another start for the first visit that has one on its day; in a full week there may be none.
async fn another_start(window: &Window) -> WebElement {
    let other = "//*[@role='dialog']//section//button[not(@aria-pressed='true')]";
    for visit in window.all("[data-visit]").await {
        visit.send_keys("m").await.unwrap();
        window
            .wait_for("the starts of a day", "[role='dialog'] section button")
            .await;
        let found = window.driver.find_all(By::XPath(other)).await.unwrap();
        if let Some(start) = found.into_iter().next_back() {
            return start;
        }
        let back = By::XPath("//*[@role='dialog']//button[normalize-space()='Back']");
        window.driver.find(back).await.unwrap().click().await.unwrap();
        window
            .wait_until("the proposals", async |window| {
                window.all("[role='dialog']").await.is_empty().then_some(())
            })
            .await;
    }
    panic!("no proposed visit has another start on its day");
}

#[tokio::test]
async fn a_visit_is_pinned_elsewhere_by_keys_and_the_rest_makes_way() {
    let Demo {
        folder: _folder,
        window,
        desk,
        ..
    } = Demo::open().await;
    let (known, (_, name)) = (ids(&desk), somebody(&desk));
    ask_for(&window, &name, 6).await;

    let start = another_start(&window).await;
    window.keep_picture("series-move").await;
    window.assert_accessible("move").await;
    let time = start.text().await.unwrap();
    start.click().await.unwrap();
    window
        .wait_until("the pin", async |window| {
            let bar = window.all("section[aria-label='Changed by hand']").await;
            let is_settled = window.all("main [aria-busy='true']").await.is_empty();
            let text = bar.into_iter().next()?.text().await.ok()?;
            (is_settled && text.contains(&time)).then_some(())
        })
        .await;
    press_book(&window).await;
    until_told(&window, "series booked").await;
    let starts = new_visits(&desk, &known);
    let is_there = starts
        .iter()
        .any(|start| start.format("%H:%M").to_string() == time);
    assert!(is_there, "{time} is not among {starts:?}");
    window.close().await;
}

#[tokio::test]
async fn a_second_program_is_faster_and_the_window_says_what_changed_before_it_books() {
    let Demo {
        folder: _folder,
        window,
        mut desk,
        ..
    } = Demo::open().await;
    let (patient, name) = somebody(&desk);
    ask_for(&window, &name, 6).await;
    // Another program takes the places that the window shows.
    let ask = SeriesAsk {
        patient,
        conditions: vec!["low-back-pain".to_owned()],
        sensitivities: vec!["tires-easily".to_owned()],
        weeks: 6,
        ..SeriesAsk::default()
    };
    let first = desk.series_proposals(&ask).unwrap().proposals.remove(0);
    let booked = desk.book_series(&SeriesBooking {
        request: "00000000-0000-0000-0001".to_owned(),
        ask,
        choice: first.choice,
        visits: first.visits,
    });
    assert!(matches!(booked.unwrap(), SeriesOutcome::Booked { .. }));
    let known = ids(&desk);
    // The window sees it by itself within a second: what changed stands there, and no proposal is booked by a press
    // that was meant for the one before.
    let again = "//*[@role='alert']//button[contains(normalize-space(), 'as they are now')]";
    let again = window
        .wait_until("what changed", async |window| {
            let told = window.all("[role='alert'] [data-difference]").await;
            let found = window.driver.find_all(By::XPath(again)).await.ok()?;
            found.into_iter().next().filter(|_| !told.is_empty())
        })
        .await;
    window.keep_picture("series-changed").await;
    let book = "//*[@data-proposal]//button[starts-with(normalize-space(), 'Book ')]";
    let book = window.driver.find(By::XPath(book)).await.unwrap();
    assert!(!book.is_enabled().await.unwrap(), "booked before it is looked at");
    assert_eq!(new_visits(&desk, &known).len(), 0, "nothing is booked unasked");
    again.click().await.unwrap();
    until_told(&window, "series booked").await;
    assert!(!new_visits(&desk, &known).is_empty());
    window.close().await;
}
