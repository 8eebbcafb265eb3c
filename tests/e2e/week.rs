//! The week of one practitioner, what a restart keeps, and a database that is lost while the window is open.

use std::fs;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use ordo_desk::Desk;
use ordo_desk::view::board::{StartState, Wanted};
use ordo_desk::view::day::{DayAppointment, DayStatus};
use serde_json::Value;
use thirtyfour::Key;

use crate::demo::{Beside, Demo, step_to, until_date};
use crate::window::{SMALL, Window, today};

/// Pixels for a minute where the board is as short as it gets.
const MINUTE: f64 = 0.8;

/// A visit that may lie on another day of its week too.
struct Movable {
    practitioner: String,
    name: String,
    from: NaiveDate,
    visit: DayAppointment,
    to: NaiveDate,
    minute: u32,
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    date - TimeDelta::days(i64::from(date.weekday().num_days_from_monday()))
}

fn movable(desk: &Desk<Beside>) -> Movable {
    let next_monday = monday_of(today()) + Days::new(7);
    for ahead in 0..5 {
        let from = next_monday + Days::new(ahead);
        for practitioner in desk.day(from).unwrap().practitioners {
            for visit in practitioner.appointments {
                if visit.status != DayStatus::Booked || visit.overbooked {
                    continue;
                }
                let wanted = Wanted::Booked {
                    appointment: visit.id.clone(),
                };
                let week = desk
                    .week_starts(&wanted, from, &practitioner.id.as_str().into(), None)
                    .unwrap();
                let legal = week
                    .iter()
                    .filter(|day| day.date != from && day.date < next_monday + Days::new(5))
                    .find_map(|day| {
                        let legal = day
                            .stretches
                            .iter()
                            .find(|stretch| stretch.state == StartState::Legal)?;
                        Some((day.date, legal.from_minute))
                    });
                if let Some((to, minute)) = legal {
                    return Movable {
                        practitioner: practitioner.id,
                        name: practitioner.name,
                        from,
                        visit,
                        to,
                        minute,
                    };
                }
            }
        }
    }
    panic!("the demo clinic has no visit that may lie on another day of its week");
}

/// Drags a visit to a minute of another day's column.
async fn drag_to(window: &Window, found: &Movable) {
    let script = "
        const box = document.querySelector(arguments[0]).getBoundingClientRect();
        const column = document.querySelector(arguments[1]).getBoundingClientRect();
        return [box.left + box.width / 2, box.top + 8, column.left + column.width / 2];";
    let selectors = [
        Value::from(format!("[data-appointment='{}']", found.visit.id)),
        Value::from(format!("[data-column='{}']", found.to)),
    ];
    let places: Vec<f64> = window
        .driver
        .execute(script, selectors.to_vec())
        .await
        .unwrap()
        .convert()
        .unwrap();
    let [x, y, to_x] = places[..] else {
        panic!("three places, not {places:?}");
    };
    let to_y = y + (f64::from(found.minute) - f64::from(found.visit.from_minute)) * MINUTE;
    window
        .driver
        .action_chain()
        .move_to(x as i64, y as i64)
        .click_and_hold()
        .move_to(f64::midpoint(x, to_x) as i64, f64::midpoint(y, to_y) as i64)
        .move_to(to_x as i64, to_y as i64)
        .release()
        .perform()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_visit_is_dragged_to_another_day_of_the_week_and_a_restart_keeps_the_view() {
    let Demo {
        folder,
        window,
        mut desk,
        today,
    } = Demo::open().await;
    let found = movable(&desk);

    step_to(&window, today, found.from).await;
    window.body().await.send_keys("---").await.unwrap();
    window.press(&format!("{}, open the week", found.name)).await;
    until_date(&window, monday_of(found.from)).await;
    let on = |date| format!("[data-column='{date}'] [data-appointment='{}']", found.visit.id);
    window.wait_for("the visit in the week", &on(found.from)).await;
    window.keep_picture("week").await;
    window.assert_accessible("week").await;

    drag_to(&window, &found).await;
    window.wait_for("the visit on its new day", &on(found.to)).await;
    let moved = desk.visit(&found.visit.id.as_str().into()).unwrap();
    assert_eq!(
        (moved.date, moved.from_minute, moved.practitioner),
        (found.to, found.minute, found.practitioner.clone())
    );
    // A second start on the same data only brings this window forward.
    assert!(window.start_again(folder.path()).await.success());
    window.body().await.send_keys(Key::Control + "z").await.unwrap();
    window.wait_for("the visit on its old day", &on(found.from)).await;
    assert_eq!(
        desk.visit(&found.visit.id.as_str().into()).unwrap().date,
        found.from
    );
    window.close().await;

    let again = Window::open(folder.path(), SMALL).await;
    until_date(&again, monday_of(today)).await;
    let columns = again.all("[data-column]").await.len();
    assert!((5..=7).contains(&columns), "{columns} days of a week");
    again.close().await;
}

#[tokio::test]
async fn a_database_that_is_lost_is_missed_and_found_again_without_a_restart() {
    let Demo {
        folder,
        window,
        today,
        ..
    } = Demo::open().await;
    let (database, away) = (
        folder.path().join("data/clinic.ordo"),
        folder.path().join("away.ordo"),
    );
    fs::rename(&database, &away).unwrap();
    let words = window
        .wait_until("an alert", async |window| {
            let alert = window.all("p[role='alert']").await.into_iter().next()?;
            alert.text().await.ok()
        })
        .await;
    assert!(
        words.contains("clinic.ordo") && words.contains("Put it back"),
        "{words}"
    );
    assert!(
        !window.all("[data-date], [data-empty]").await.is_empty(),
        "what was read stays on the screen"
    );
    window.keep_picture("lost").await;
    assert!(!database.exists(), "no empty clinic took its place");
    fs::rename(&away, &database).unwrap();
    window
        .wait_until("no alert any more", async |window| {
            window.all("p[role='alert']").await.is_empty().then_some(())
        })
        .await;
    step_to(&window, today, today + Days::new(1)).await;
    window.body().await.send_keys("t").await.unwrap();
    until_date(&window, today).await;
    window.close().await;
}
