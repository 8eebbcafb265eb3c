//! The day of the demo clinic.

use std::collections::BTreeMap;
use std::fs;

use chrono::{Datelike, Days, NaiveDate};
use ordo_desk::Desk;
use tempfile::TempDir;
use thirtyfour::{By, Key};

use crate::demo::{Beside, Demo};
use crate::window::{SMALL, Surroundings, Window, today};

/// What the window shows of a day: each appointment's identifier and what is said of it.
type Shown = BTreeMap<String, String>;

#[tokio::test]
async fn the_demo_clinic_is_stepped_through_day_by_day() {
    let Demo {
        folder,
        window,
        desk,
        today,
    } = Demo::open().await;
    let of_today = shown(&window, today).await;
    window.keep_picture("today").await;

    let mut date = today;
    let mut days = BTreeMap::from([(today, of_today.clone())]);
    while days[&date].is_empty() {
        assert!(
            date < today + Days::new(7),
            "nothing is booked from {today} to {date}"
        );
        window.press("Next day").await;
        date = date + Days::new(1);
        days.insert(date, shown(&window, date).await);
    }
    window.keep_picture("busy-day").await;
    window.assert_accessible("a busy day").await;

    window.press("Next day").await;
    days.insert(date + Days::new(1), shown(&window, date + Days::new(1)).await);
    window.press("Previous day").await;
    assert_eq!(
        shown(&window, date).await,
        days[&date],
        "the way back shows the same day"
    );

    let body = window.body().await;
    body.send_keys(Key::Left + "").await.unwrap();
    days.insert(date - Days::new(1), shown(&window, date - Days::new(1)).await);
    body.send_keys("t").await.unwrap();
    assert_eq!(shown(&window, today).await, of_today);
    // Other screens offer other commands: the menu bar is another one each time.
    for screen in ["2", "3", "1"] {
        body.send_keys(Key::Control + screen).await.unwrap();
    }
    shown(&window, today).await;
    assert_eq!(window.complaints(), Vec::<String>::new());
    window.close().await;

    let again = Window::open(folder.path(), SMALL).await;
    assert_eq!(
        shown(&again, today).await,
        of_today,
        "the second start opens the same clinic"
    );
    again.close().await;

    assert_is_what_the_desk_says(&desk, &days);
}

#[tokio::test]
async fn a_wide_dark_desktop_is_readable() {
    let folder = TempDir::new().unwrap();
    let window = Window::open(
        folder.path(),
        Surroundings {
            screen: (1920, 1080),
            dark: true,
        },
    )
    .await;
    window.start_with_demo().await;
    shown(&window, today()).await;
    window
        .wait_for("the dark colours", "html[data-theme='dark']")
        .await;
    window.keep_picture("today-dark-wide").await;
    window.assert_accessible("today, dark and wide").await;
    window.close().await;
}

#[tokio::test]
async fn a_clinic_that_cannot_be_opened_is_explained() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("clinic.ordo"), "kept by somebody").unwrap();
    let window = Window::open(folder.path(), SMALL).await;
    let alert = window.wait_for("an alert", "[role='alert']").await;
    let words = alert.text().await.unwrap();
    assert!(
        words.contains("clinic.ordo") && words.contains("not a database of Ordo"),
        "{words}"
    );
    window.assert_accessible("a clinic that cannot be opened").await;
    window.keep_picture("refused").await;
    window.close().await;
    assert_eq!(
        fs::read_to_string(data.join("clinic.ordo")).unwrap(),
        "kept by somebody"
    );
}

/// Waits until the window shows `date` and returns its appointments.
async fn shown(window: &Window, date: NaiveDate) -> Shown {
    // The year stands there where it is not this one.
    let this_year = today().year();
    let year = if date.year() == this_year { "" } else { ", %Y" };
    let title = date.format(&format!("%A, %B %-d{year}")).to_string();
    window
        .wait_until(&title, async |window| {
            let [heading] = window.all("h1").await.try_into().ok()?;
            if heading.text().await.ok()? != title {
                return None;
            }
            let agenda = format!("[data-date='{date}'][aria-busy='false'], [data-empty='{date}']");
            (!window.all(&agenda).await.is_empty()).then_some(())
        })
        .await;
    let mut appointments = Shown::new();
    for item in window.all("[data-appointment]").await {
        let id = item.attr("data-appointment").await.unwrap().unwrap();
        let words = item.find(By::Css(".sr-only")).await.unwrap();
        let words = words.prop("textContent").await.unwrap().unwrap();
        appointments.insert(id, words);
    }
    appointments
}

fn assert_is_what_the_desk_says(desk: &Desk<Beside>, days: &BTreeMap<NaiveDate, Shown>) {
    for (date, shown) in days {
        let view = desk.day(*date).unwrap();
        let expected: Vec<_> = view
            .practitioners
            .iter()
            .flat_map(|practitioner| &practitioner.appointments)
            .collect();
        assert_eq!(shown.len(), expected.len(), "{date}");
        for appointment in expected {
            let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
            let (from, to) = (time(appointment.from_minute), time(appointment.to_minute));
            let start = format!(
                "{from} to {to}, {}, {}",
                appointment.patient_name, appointment.service
            );
            let words = &shown[&appointment.id];
            assert!(
                words.starts_with(&start),
                "{date}: {words:?} should begin with {start:?}"
            );
        }
    }
}
