//! Free time and weeks in the small clinic. The present is Monday 2 March 2026 at 08:00.

use chrono::NaiveDate;

use crate::Code;
use crate::test_support::{CLINIC, empty_desk, local, small_desk};
use crate::view::board::{DateKind, VisitSeries, Wanted};
use crate::view::day::SeriesPosition;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn the_next_free_start_is_one_that_could_be_booked() {
    let (_folder, desk) = small_desk();
    let next = |service: &str, day: &str, minute| {
        let found = desk
            .next_free(&service.into(), None, date(day), minute)
            .expect("an answer");
        found.map(|start| (start.date.to_string(), start.minute, start.practitioner))
    };
    let is = |day: &str, minute, who: &str| Some((day.to_owned(), minute, who.to_owned()));
    // Max has Zoé at ten, and the only quiet room needs its time after each massage.
    assert_eq!(next("rmt-60", "2026-03-02", 0), is("2026-03-02", 675, "max"));
    assert_eq!(next("rmt-60", "2026-03-02", 675), is("2026-03-02", 690, "max"));
    // Pia ends at five; after her last start comes the next day, and after Thursday comes Monday.
    assert_eq!(next("physio-45", "2026-03-02", 0), is("2026-03-02", 585, "pia"));
    assert_eq!(next("physio-45", "2026-03-02", 975), is("2026-03-03", 540, "pia"));
    assert_eq!(next("physio-45", "2026-03-05", 975), is("2026-03-09", 540, "pia"));
    // Nothing lies in the past, and nothing past the day it is asked for is left out.
    desk.host.set("2026-03-02T12:20");
    assert_eq!(next("physio-45", "2026-02-02", 0), is("2026-03-02", 750, "pia"));
    assert_eq!(
        next("physio-45", "2026-03-02", u32::MAX),
        is("2026-03-03", 540, "pia")
    );
}

#[test]
fn nobody_who_offers_it_means_no_free_start() {
    let (_folder, desk) = small_desk();
    let with_pia = desk.next_free(&"rmt-60".into(), Some(&"pia".into()), date("2026-03-02"), 0);
    assert_eq!(with_pia.expect("an answer"), None);
    let unknown = desk.next_free(&"yoga".into(), None, date("2026-03-02"), 0);
    assert_eq!(unknown.expect_err("no such service").code, Code::NotFound);
}

#[test]
fn dates_are_marked_as_closed_off_full_or_open() {
    let (_folder, mut desk) = empty_desk();
    // On Thursday Pia works for one visit, and has it.
    let clinic = CLINIC
        .replace(
            r#"{"weekday": "thu", "from": "09:00", "to": "17:00"}"#,
            r#"{"weekday": "thu", "from": "09:00", "to": "10:00"}"#,
        )
        .replace(
            r#"{"id": "o2","#,
            r#"{"id": "t1", "practitioner": "pia", "patient": "omar", "service": "physio-45", "start": "2026-03-05T09:00", "status": "booked"},
    {"id": "o2","#,
        );
    desk.import(&clinic, "").expect("a clinic");
    let kinds = |from, to| -> Vec<_> {
        let marks = desk.date_marks(date(from), date(to)).expect("marks");
        marks.into_iter().map(|mark| mark.kind).collect()
    };
    use DateKind::{Closed, Full, Off, Open};
    assert_eq!(
        kinds("2026-03-02", "2026-03-08"),
        [Open, Open, Open, Full, Off, Off, Off]
    );
    assert_eq!(kinds("2026-04-02", "2026-04-03"), [Open, Closed]);
    let marks = desk
        .date_marks(date("2026-04-03"), date("2026-04-03"))
        .expect("a mark");
    assert_eq!(marks[0].closed, "Good Friday");
    assert!(kinds("2026-04-03", "2026-04-01").is_empty());
    let error = desk
        .date_marks(date("2026-01-01"), date("2027-01-01"))
        .expect_err("too many");
    assert_eq!(error.code, Code::BadRequest);
}

#[test]
fn a_first_visit_and_the_place_in_a_series_are_told() {
    let (_folder, mut desk) = small_desk();
    let first = |day, id: &str| {
        let view = desk.day(date(day)).expect("a day");
        let visits = view.practitioners.into_iter().flat_map(|each| each.appointments);
        visits
            .into_iter()
            .find(|visit| visit.id == id)
            .expect("the visit")
            .first_visit
    };
    assert!(first("2026-03-02", "m0"));
    assert!(!first("2026-03-03", "p0"));
    assert!(!first("2026-03-02", "o2"), "Omar was here in February");
    let card = desk.visit(&"m0".into()).expect("a visit");
    let series = VisitSeries {
        position: Some(SeriesPosition { number: 1, of: 4 }),
        next: Some(local("2026-03-03T11:00")),
    };
    assert_eq!((card.first_visit, card.series), (true, Some(series)));
    let last = desk.visit(&"p1".into()).expect("a visit");
    assert_eq!(
        (last.first_visit, last.series.expect("a series").next),
        (false, None)
    );
    assert_eq!(desk.visit(&"o2".into()).expect("a visit").series, None);
}

#[test]
fn the_week_of_a_room_holds_its_visits_alone() {
    let (_folder, desk) = small_desk();
    let week = desk
        .week(date("2026-03-08"), None, Some("quiet"))
        .expect("a week");
    let dates: Vec<_> = week.iter().map(|day| day.date.to_string()).collect();
    assert_eq!(
        (dates[0].as_str(), dates[6].as_str()),
        ("2026-03-02", "2026-03-08")
    );
    let visits: Vec<_> = week
        .iter()
        .flat_map(|day| &day.practitioners)
        .flat_map(|each| {
            each.appointments
                .iter()
                .map(|visit| (each.id.as_str(), visit.id.as_str()))
        })
        .collect();
    assert_eq!(visits, [("max", "m0")]);
    assert_eq!(
        desk.week(date("2026-03-08"), None, Some("attic"))
            .expect_err("no room")
            .code,
        Code::NotFound
    );
}

#[test]
fn the_starts_of_a_week_are_those_of_its_days() {
    let (_folder, desk) = small_desk();
    let wanted = Wanted::Booked {
        appointment: "p0".to_owned(),
    };
    let week = desk
        .week_starts(&wanted, date("2026-03-04"), &"pia".into(), None)
        .expect("a week");
    assert_eq!(week.len(), 7);
    for day in week {
        let starts = desk.starts(&wanted, day.date, None).expect("starts");
        let pia = starts
            .into_iter()
            .find(|each| each.practitioner == "pia")
            .expect("Pia");
        assert_eq!(day.stretches, pia.stretches, "{}", day.date);
    }
    // In a room that is not fit for it, nothing is legal.
    let massage = Wanted::Booked {
        appointment: "m0".to_owned(),
    };
    let gym = desk
        .week_starts(&massage, date("2026-03-04"), &"max".into(), Some(&"gym".into()))
        .expect("a week");
    let all = gym.iter().flat_map(|day| &day.stretches);
    assert!(all.into_iter().all(|stretch| !stretch.words.is_empty()));
}
