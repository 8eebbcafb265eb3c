//! The day board at work: status, moving, booking, taking back, and a second program beside the window.

use chrono::{Days, NaiveDate};
use ordo_desk::Desk;
use ordo_desk::view::board::{StartState, Wanted};
use ordo_desk::view::day::{DayAppointment, DayStatus, DayView};
use thirtyfour::{Key, WebElement};

use crate::demo::{Beside, Demo, step_to, until_date, until_told};
use crate::window::{SMALL, Window, today};

/// A day ahead on which a booked visit has another legal start with the same practitioner: the date, the visit, that
/// start, and the slot length.
fn movable(desk: &Desk<Beside>) -> (NaiveDate, DayAppointment, u32, u32) {
    let today = today();
    for ahead in 1..14 {
        let date = today + Days::new(ahead);
        let day: DayView = desk.day(date).unwrap();
        for practitioner in &day.practitioners {
            for visit in &practitioner.appointments {
                if visit.status != DayStatus::Booked || visit.overbooked {
                    continue;
                }
                let wanted = Wanted::Booked {
                    appointment: visit.id.clone(),
                };
                let starts = desk.starts(&wanted, date, None).unwrap();
                let own = starts.iter().find(|each| each.practitioner == practitioner.id);
                let other = own
                    .into_iter()
                    .flat_map(|own| &own.stretches)
                    .find_map(|stretch| {
                        (stretch.state == StartState::Legal && stretch.from_minute != visit.from_minute)
                            .then_some(stretch.from_minute)
                    });
                if let Some(minute) = other {
                    return (date, visit.clone(), minute, day.slot_minutes);
                }
            }
        }
    }
    panic!("the demo clinic has no visit with another legal start");
}

async fn card(window: &Window, id: &str) -> WebElement {
    let selector = format!("[data-appointment='{id}']");
    window.wait_for("the visit", &selector).await
}

async fn words_of(window: &Window, id: &str) -> Option<String> {
    let selector = format!("[data-appointment='{id}'] .sr-only");
    let found = window.all(&selector).await.into_iter().next()?;
    found.prop("textContent").await.ok()?
}

/// Waits until what is said of a visit contains some words.
async fn until_said(window: &Window, id: &str, words: &str) {
    window
        .wait_until(&format!("{words} of {id}"), async |window| {
            words_of(window, id).await?.contains(words).then_some(())
        })
        .await;
}

fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[tokio::test]
async fn a_visit_arrives_moves_is_cancelled_and_all_is_taken_back() {
    let Demo {
        folder,
        window,
        mut desk,
        today,
    } = Demo::open().await;
    let (date, visit, minute, slot) = movable(&desk);
    step_to(&window, today, date).await;

    // Arrived by one key, and back by the same.
    card(&window, &visit.id).await.send_keys("a").await.unwrap();
    // What is told goes again while a slow machine still reads the board.
    until_told(&window, "arrived, ").await;
    until_said(&window, &visit.id, "arrived").await;
    card(&window, &visit.id).await.send_keys("a").await.unwrap();
    until_said(&window, &visit.id, "booked").await;

    // Moved by keys to another legal start; what is said aloud names it.
    let steps = (i64::from(minute) - i64::from(visit.from_minute)) / i64::from(slot);
    let arrow = if steps > 0 { Key::Down } else { Key::Up };
    card(&window, &visit.id)
        .await
        .send_keys(Key::Alt + &char::from(arrow.clone()).to_string())
        .await
        .unwrap();
    for _ in 1..steps.abs() {
        card(&window, &visit.id)
            .await
            .send_keys(arrow.clone() + "")
            .await
            .unwrap();
    }
    window
        .wait_until("possible", async |window| {
            for status in window.all("[role='status']").await {
                let text = status.prop("textContent").await.ok()??;
                if text.starts_with(&clock(minute)) && text.ends_with("possible") {
                    return Some(());
                }
            }
            None
        })
        .await;
    window.keep_picture("moving").await;
    card(&window, &visit.id)
        .await
        .send_keys(Key::Enter + "")
        .await
        .unwrap();
    until_told(&window, "visit moved").await;
    until_said(&window, &visit.id, &format!("{} to ", clock(minute))).await;

    // Cancelled with a reason on its card, and taken back.
    card(&window, &visit.id).await.click().await.unwrap();
    window
        .wait_for("the card", "[role='dialog'] [aria-pressed]")
        .await;
    window.keep_picture("visit").await;
    window.assert_accessible("card").await;
    window.press("Cancel the visit…").await;
    let reason = window.wait_for("the reason", "[role='dialog'] input").await;
    reason.send_keys("ill").await.unwrap();
    window.press("Cancel the visit").await;
    until_told(&window, "visit cancelled").await;
    window.press_in_dialog("Close").await;
    until_said(&window, &visit.id, "cancelled").await;
    window.body().await.send_keys(Key::Control + "z").await.unwrap();
    until_told(&window, "Undone: visit cancelled").await;
    until_said(&window, &visit.id, "booked").await;
    window.body().await.send_keys(Key::Control + "z").await.unwrap();
    until_said(&window, &visit.id, &format!("{} to ", clock(visit.from_minute))).await;

    // A second program changes it, and this window shows it.
    desk.put_status(
        &visit.id.as_str().into(),
        ordo_desk::AppointmentStatus::NoShow,
        "",
    )
    .unwrap();
    until_said(&window, &visit.id, "did not come").await;
    window.close().await;

    // A restart keeps everything.
    let again = Window::open(folder.path(), SMALL).await;
    until_date(&again, today).await;
    assert_eq!(
        desk.visit(&visit.id.as_str().into()).unwrap().status,
        DayStatus::NoShow
    );
    again.close().await;
}

/// How a start may be judged for a visit near its own: minutes from it, first of the kind.
fn near(
    desk: &Desk<Beside>,
    date: NaiveDate,
    visit: &DayAppointment,
    is_wanted: impl Fn(StartState) -> bool,
) -> Option<i64> {
    let wanted = Wanted::Booked {
        appointment: visit.id.clone(),
    };
    let booked = desk.records().unwrap().appointments;
    let booked = booked.iter().find(|each| each.id.as_str() == visit.id).unwrap();
    let practitioner = booked.practitioner.to_string();
    let starts = desk.starts(&wanted, date, None).unwrap();
    let own = starts
        .into_iter()
        .find(|each| each.practitioner == practitioner)?;
    let at = i64::from(visit.from_minute);
    own.stretches
        .iter()
        .filter(|stretch| is_wanted(stretch.state))
        .flat_map(|stretch| [stretch.from_minute, stretch.to_minute])
        .map(|minute| i64::from(minute) - at)
        .filter(|off| (15..=150).contains(&off.abs()))
        .min_by_key(|off| off.abs())
}

/// Drags an element by so many minutes, held so many pixels below its middle.
async fn drag(window: &Window, held: &WebElement, below: i64, minutes: i64) {
    /// Of an hour on the board as it opens.
    const HOUR: i64 = 96;
    let script = "arguments[0].scrollIntoView({ block: 'center' });";
    window
        .driver
        .execute(script, vec![held.to_json().unwrap()])
        .await
        .unwrap();
    let pixels = minutes * HOUR / 60;
    window
        .driver
        .action_chain()
        .move_to_element_with_offset(held, 0, below)
        .click_and_hold()
        .move_by_offset(0, pixels / 2)
        .move_by_offset(0, pixels - pixels / 2)
        .release()
        .perform()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_visit_is_dragged_where_it_may_lie_and_stays_where_it_may_not() {
    let Demo {
        folder: _folder,
        window,
        desk,
        today,
    } = Demo::open().await;
    let found = (1..14).find_map(|ahead| {
        let date = today + Days::new(ahead);
        let day = desk.day(date).unwrap();
        day.practitioners
            .iter()
            .flat_map(|practitioner| &practitioner.appointments)
            .filter(|visit| visit.status == DayStatus::Booked && visit.to_minute - visit.from_minute >= 45)
            .find_map(|visit| {
                let legal = near(&desk, date, visit, |state| state == StartState::Legal)?;
                let illegal = near(&desk, date, visit, |state| state == StartState::Illegal)?;
                Some((date, visit.clone(), legal, illegal, day.slot_minutes))
            })
    });
    let (date, visit, legal, illegal, slot) = found.expect("a visit with both kinds of starts near it");
    step_to(&window, today, date).await;
    let from = |minutes: i64| clock((i64::from(visit.from_minute) + minutes).try_into().unwrap());

    drag(&window, &card(&window, &visit.id).await, 0, illegal).await;
    until_told(&window, "Not moved: ").await;
    until_said(&window, &visit.id, &format!("{} to ", from(0))).await;

    drag(&window, &card(&window, &visit.id).await, 0, legal).await;
    until_told(&window, "visit moved").await;
    until_said(&window, &visit.id, &format!("{} to ", from(legal))).await;

    // Its end is dragged up by a slot.
    let whole = card(&window, &visit.id).await;
    let height = whole.rect().await.unwrap().height;
    drag(&window, &whole, (height / 2.0) as i64 - 3, -i64::from(slot)).await;
    let length = i64::from(visit.to_minute - visit.from_minute - slot);
    until_said(&window, &visit.id, &format!("to {}", from(legal + length))).await;
    window.close().await;
}
