//! A series from a patient and their complaint to booked visits.

use std::collections::HashSet;

use chrono::Local;
use tempfile::TempDir;
use thirtyfour::{By, Key};

use crate::board::{beside, body, until_date, until_told};
use crate::window::{Surroundings, Window};

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
        .wait_until("three proposals", async |window| {
            let is_settled = window.all("main [aria-busy='true']").await.is_empty();
            let proposals = window.all("[data-proposal]").await;
            let lines = window.all("[data-proposal]:first-of-type tbody tr").await;
            (is_settled && proposals.len() == 3 && lines.len() as u32 > weeks / 2).then_some(())
        })
        .await;
}

#[tokio::test]
async fn a_series_of_twelve_weeks_on_separate_days_is_booked_and_taken_back() {
    let folder = TempDir::new().unwrap();
    let surroundings = Surroundings {
        screen: (1280, 800),
        dark: false,
    };
    let window = Window::open(folder.path(), surroundings).await;
    window.start_with_demo().await;
    until_date(&window, Local::now().date_naive()).await;
    let desk = beside(folder.path());
    let before = desk.records().unwrap();
    let findings = desk.audit().unwrap().findings.len();
    let today = Local::now().date_naive();
    let patient = before
        .patients
        .iter()
        .filter(|each| each.availability.is_empty() && each.provider_decisions.is_empty())
        .min_by_key(|each| {
            before
                .appointments
                .iter()
                .filter(|visit| visit.patient == each.id && visit.start.date() >= today)
                .count()
        })
        .expect("a patient who can always come");
    let known: HashSet<_> = before.appointments.iter().map(|visit| &visit.id).collect();

    window.press("Book a series").await;
    let search = window
        .wait_until("the search", async |window| {
            window.all("input[type='search']").await.into_iter().next()
        })
        .await;
    search.send_keys(&patient.name).await.unwrap();
    window
        .wait_until("the patient", async |window| {
            let first = window.all("[role='option']").await.into_iter().next()?;
            let text = first.prop("textContent").await.ok()??;
            text.contains(&patient.name).then_some(())
        })
        .await;
    search.send_keys(Key::Enter + "").await.unwrap();
    choose(&window, "Low back pain").await;
    choose(&window, "Tires easily").await;
    let weeks = By::XPath("//label[normalize-space()='Weeks']/following::input[1]");
    let weeks = window.driver.find(weeks).await.unwrap();
    weeks.send_keys(Key::Control + "a").await.unwrap();
    weeks.send_keys(WEEKS.to_string() + Key::Tab).await.unwrap();
    until_proposed(&window, WEEKS).await;
    window.keep_picture("series").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "series"
    );

    let book = "//*[@data-proposal]//button[starts-with(normalize-space(), 'Book ')]";
    let book = window.driver.find(By::XPath(book)).await.unwrap();
    book.click().await.unwrap();
    until_told(&window, "series booked").await;
    let records = desk.records().unwrap();
    let booked: Vec<_> = records
        .appointments
        .iter()
        .filter(|visit| !known.contains(&visit.id))
        .collect();
    assert!(booked.len() as u32 > WEEKS, "{} visits", booked.len());
    let dates: HashSet<_> = booked.iter().map(|visit| visit.start.date()).collect();
    assert_eq!(dates.len(), booked.len(), "each visit has a day of its own");
    assert_eq!(
        desk.audit().unwrap().findings.len(),
        findings,
        "nothing that breaks a rule"
    );

    body(&window).await.send_keys(Key::Control + "z").await.unwrap();
    until_told(&window, "Undone: ").await;
    let after = desk.records().unwrap();
    assert_eq!(after.appointments.len(), before.appointments.len());
    window.close().await;
}
