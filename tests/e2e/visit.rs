//! A single visit from a free time of the board to the desk's records, and over a restart.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use ordo_desk::Desk;
use thirtyfour::{By, Key, WebElement};

use crate::demo::{Beside, Demo, step_to, until_date, until_told};
use crate::window::{SMALL, Window, today};

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

/// Opens the booking card for the next free start of a day ahead and chooses somebody who can come.
pub async fn ready_to_book(window: &Window, desk: &Desk<Beside>) -> Wanted {
    let tomorrow = today() + Days::new(1);
    step_to(window, today(), tomorrow).await;
    window.body().await.send_keys("f").await.unwrap();
    let here = By::XPath("//section[@aria-label='Next free']//button[normalize-space()='Book here']");
    let here = window
        .wait_until("a free start", async |window| {
            let button = window.driver.find(here.clone()).await.ok()?;
            button.is_enabled().await.ok()?.then_some(button)
        })
        .await;
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
                .all(|visit| visit.patient != each.id || visit.start.date() < tomorrow)
        })
        .unwrap();
    here.click().await.unwrap();
    let search = window
        .wait_for("the search", "[role='dialog'] input[type='search']")
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
    // By now the board has gone to the day of the start.
    let board = window
        .wait_for("the board", "[data-date][aria-busy='false']")
        .await;
    let date: NaiveDate = board.attr("data-date").await.unwrap().unwrap().parse().unwrap();
    Wanted {
        date,
        patient: patient.id.to_string(),
        known,
        book,
    }
}

#[tokio::test]
async fn a_single_visit_is_booked_and_a_restart_keeps_it() {
    let Demo {
        folder,
        window,
        desk,
        today,
    } = Demo::open().await;
    let Wanted {
        date,
        patient,
        known,
        book,
    } = ready_to_book(&window, &desk).await;
    window.keep_picture("booking").await;
    window.assert_accessible("booking").await;
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
    window.wait_for("the visit on the board", &card).await;
    window.close().await;

    let again = Window::open(folder.path(), SMALL).await;
    until_date(&again, today).await;
    step_to(&again, today, date).await;
    assert_eq!(again.all(&card).await.len(), 1);
    again.close().await;
}
