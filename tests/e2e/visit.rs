//! A single visit from a free time of the board to the desk's records, and over a restart.

use std::collections::HashSet;

use chrono::{Days, Local, NaiveDate};
use ordo_desk::Desk;
use tempfile::TempDir;
use thirtyfour::{By, Key, WebElement};

use crate::board::{Beside, beside, body, until_date, until_told};
use crate::window::{Surroundings, Window};

const SMALL: Surroundings = Surroundings {
    screen: (1280, 800),
    dark: false,
};

/// A visit that is about to be booked.
pub struct Wanted {
    pub date: NaiveDate,
    /// Their identifier.
    pub patient: String,
    /// The visits before.
    pub known: HashSet<String>,
    /// What books it.
    pub book: WebElement,
}

/// Opens the booking card for a free place of a day ahead and chooses somebody who can come.
pub async fn ready_to_book(window: &Window, desk: &Desk<Beside>) -> Wanted {
    let today = Local::now().date_naive();
    // A weekday with somebody at work, far enough ahead that not all of it is taken.
    let date = (1..14)
        .map(|ahead| today + Days::new(ahead))
        .find(|date| !desk.day(*date).unwrap().practitioners.is_empty())
        .unwrap();
    for ahead in 1..=(date - today).num_days() {
        body(window).await.send_keys(Key::Right + "").await.unwrap();
        until_date(window, today + Days::new(ahead.unsigned_abs())).await;
    }
    let records = desk.records().unwrap();
    let known: HashSet<String> = records
        .appointments
        .iter()
        .map(|each| each.id.to_string())
        .collect();
    let patient = records
        .patients
        .iter()
        .filter(|each| each.availability.is_empty())
        .find(|each| {
            records
                .appointments
                .iter()
                .all(|visit| visit.patient != each.id || visit.start.date() != date)
        })
        .unwrap();

    body(window).await.send_keys("n").await.unwrap();
    let search = window
        .wait_until("the search", async |window| {
            window
                .all("[role='dialog'] input[type='search']")
                .await
                .into_iter()
                .next()
        })
        .await;
    search.send_keys(&patient.name).await.unwrap();
    window
        .wait_until("the patient", async |window| {
            let first = window
                .all("[role='dialog'] [role='option']")
                .await
                .into_iter()
                .next()?;
            let text = first.prop("textContent").await.ok()??;
            text.contains(&patient.name).then_some(())
        })
        .await;
    search.send_keys(Key::Enter + "").await.unwrap();
    let book = By::XPath("//*[@role='dialog']//button[normalize-space()='Book']");
    let book = window
        .wait_until("a place that may be booked", async |window| {
            let button = window.driver.find(book.clone()).await.ok()?;
            button.is_enabled().await.ok()?.then_some(button)
        })
        .await;
    Wanted {
        date,
        patient: patient.id.to_string(),
        known,
        book,
    }
}

#[tokio::test]
async fn a_single_visit_is_booked_and_a_restart_keeps_it() {
    let folder = TempDir::new().unwrap();
    let window = Window::open(folder.path(), SMALL).await;
    window.start_with_demo().await;
    let today = Local::now().date_naive();
    until_date(&window, today).await;
    let desk = beside(folder.path());
    let Wanted {
        date,
        patient,
        known,
        book,
    } = ready_to_book(&window, &desk).await;
    window.keep_picture("booking").await;
    assert_eq!(
        window.accessibility_faults().await,
        Vec::<String>::new(),
        "booking"
    );
    book.click().await.unwrap();
    until_told(&window, "visit booked").await;

    let booked: Vec<_> = desk
        .records()
        .unwrap()
        .appointments
        .into_iter()
        .filter(|each| !known.contains(each.id.as_str()))
        .collect();
    let [visit] = &booked[..] else {
        panic!("{} visits are new", booked.len())
    };
    assert_eq!(
        (visit.patient.as_str(), visit.start.date()),
        (patient.as_str(), date)
    );
    let card = format!("[data-appointment='{}']", visit.id);
    window
        .wait_until("the visit on the board", async |window| {
            window.all(&card).await.into_iter().next()
        })
        .await;
    window.close().await;

    let again = Window::open(folder.path(), SMALL).await;
    until_date(&again, today).await;
    for ahead in 1..=(date - today).num_days() {
        body(&again).await.send_keys(Key::Right + "").await.unwrap();
        until_date(&again, today + Days::new(ahead.unsigned_abs())).await;
    }
    assert_eq!(again.all(&card).await.len(), 1);
    again.close().await;
}
