//! The board on a clinic with two quiet rooms. The present is Monday 2 March 2026 at 08:00.

use ordo_core::model::{Appointment, AppointmentStatus};

use crate::test_support::{CLINIC, TestHost, empty_desk, local};
use crate::view::board::{NearStart, NewVisit, PlaceView, StartState, VisitPlace, Wanted};
use crate::{Clock, Code, Desk, Language, Speech};

fn desk_of_two_rooms() -> (tempfile::TempDir, Desk<TestHost>) {
    let (folder, mut desk) = empty_desk();
    let clinic = CLINIC.replace(
        r#"{"id": "gym","#,
        r#"{"id": "quiet2", "name": "Second room", "kinds": ["quiet"]}, {"id": "gym","#,
    );
    desk.import(&clinic, "").expect("a clinic");
    (folder, desk)
}

/// A place with Max, as in `2026-03-02T13:00`.
fn at(start: &str) -> VisitPlace {
    let start = local(start);
    let time = start.time();
    VisitPlace {
        date: start.date(),
        minute: chrono::Timelike::hour(&time) * 60 + chrono::Timelike::minute(&time),
        practitioner: "max".to_owned(),
        room: None,
        minutes: None,
        override_reason: String::new(),
    }
}

fn because(place: VisitPlace) -> VisitPlace {
    VisitPlace {
        override_reason: "she flies at five".to_owned(),
        ..place
    }
}

fn massage(request: &str, patient: &str, place: VisitPlace) -> NewVisit {
    NewVisit {
        request: format!("request-{request}-0000"),
        patient: patient.to_owned(),
        service: "rmt-60".to_owned(),
        note: String::new(),
        place,
    }
}

fn new_massage(patient: &str) -> Wanted {
    Wanted::New {
        patient: patient.to_owned(),
        service: "rmt-60".to_owned(),
    }
}

fn stored(desk: &Desk<TestHost>, id: &str) -> Appointment {
    desk.store
        .appointment(&id.into())
        .expect("an answer")
        .expect("a visit")
}

fn room(desk: &Desk<TestHost>, id: &str) -> Option<String> {
    stored(desk, id).room.map(|room| room.to_string())
}

fn weigh(desk: &Desk<TestHost>, id: &str, place: &VisitPlace) -> PlaceView {
    let wanted = Wanted::Booked {
        appointment: id.to_owned(),
    };
    desk.weigh(&wanted, place).expect("an answer")
}

#[test]
fn a_reason_for_the_hour_is_no_reason_to_go_without_a_room() {
    let (_folder, mut desk) = desk_of_two_rooms();
    let late = massage("late", "omar", because(at("2026-03-02T18:00")));
    desk.book_visit(&late).expect("with a reason");
    assert_eq!(room(&desk, "request-late-0000").as_deref(), Some("quiet"));
    assert_eq!(
        stored(&desk, "request-late-0000").override_reason,
        "she flies at five"
    );
}

#[test]
fn a_moved_visit_stays_in_its_room_where_that_is_free() {
    let (_folder, mut desk) = desk_of_two_rooms();
    let second = VisitPlace {
        room: Some("quiet2".to_owned()),
        ..at("2026-03-02T13:00")
    };
    desk.book_visit(&massage("one", "omar", second)).expect("a visit");
    let id = "request-one-0000".into();
    desk.place_visit(&id, &at("2026-03-02T14:00")).expect("a place");
    assert_eq!(room(&desk, id.as_str()).as_deref(), Some("quiet2"));
    // Zoé is in the quiet room at ten; the second room is free, whatever else the reason is for.
    desk.place_visit(&id, &at("2026-03-02T12:00")).expect("a place");
    let first = VisitPlace {
        room: Some("quiet".to_owned()),
        ..at("2026-03-02T12:00")
    };
    desk.place_visit(&id, &first).expect("the other room");
    desk.place_visit(&id, &because(at("2026-03-02T10:30")))
        .expect("with a reason");
    assert_eq!(room(&desk, id.as_str()).as_deref(), Some("quiet2"));
}

#[test]
fn a_room_is_shared_only_when_it_is_named() {
    let (_folder, mut desk) = desk_of_two_rooms();
    let over = |name, patient| massage(name, patient, because(at("2026-03-02T10:00")));
    desk.book_visit(&over("two", "omar")).expect("the second room");
    assert_eq!(room(&desk, "request-two-0000").as_deref(), Some("quiet2"));
    let third = over("three", "new");
    let wanted = Wanted::New {
        patient: "new".to_owned(),
        service: "rmt-60".to_owned(),
    };
    let weighed = desk.weigh(&wanted, &third.place).expect("an answer");
    assert_eq!(
        (weighed.state, weighed.room, weighed.rooms.len()),
        (StartState::Reason, None, 0)
    );
    desk.book_visit(&third).expect("without a room");
    assert_eq!(room(&desk, "request-three-0000"), None);
    let named = VisitPlace {
        room: Some("quiet".to_owned()),
        ..because(at("2026-03-02T10:00"))
    };
    desk.place_visit(&"request-three-0000".into(), &named)
        .expect("shared");
    assert_eq!(room(&desk, "request-three-0000").as_deref(), Some("quiet"));
    let unfit = VisitPlace {
        room: Some("gym".to_owned()),
        ..because(at("2026-03-02T12:00"))
    };
    let error = desk
        .place_visit(&"request-three-0000".into(), &unfit)
        .expect_err("no gym");
    assert!(error.message.contains("Gym is not fit"), "{error}");
}

#[test]
fn a_visit_gets_longer_only_where_there_is_time() {
    let (_folder, mut desk) = desk_of_two_rooms();
    desk.book_visit(&massage("first", "omar", at("2026-03-02T12:00")))
        .expect("a visit");
    desk.book_visit(&massage("next", "new", at("2026-03-02T13:30")))
        .expect("a visit");
    let id = "request-first-0000";
    let longer = |minutes| VisitPlace {
        minutes: Some(minutes),
        ..at("2026-03-02T12:00")
    };
    let weighed = weigh(&desk, id, &longer(75));
    assert_eq!(
        (weighed.state, weighed.to_minute),
        (StartState::Legal, 13 * 60 + 15)
    );
    let weighed = weigh(&desk, id, &longer(90));
    assert_eq!(
        (weighed.state, weighed.to_minute),
        (StartState::Reason, 13 * 60 + 30)
    );
    let error = desk.place_visit(&id.into(), &longer(90)).expect_err("taken");
    assert_eq!(error.code, Code::RuleBroken);
    let done = desk.place_visit(&id.into(), &longer(75)).expect("longer");
    assert_eq!(
        (done.words.as_str(), done.patient.as_deref()),
        ("length of a visit changed", Some("Omar Haddad"))
    );
    assert_eq!(
        (stored(&desk, id).minutes, stored(&desk, id).buffer_minutes),
        (75, 15)
    );
    // Its length goes with it.
    let done = desk
        .place_visit(&id.into(), &at("2026-03-02T11:30"))
        .expect("earlier");
    assert_eq!(done.words, "visit moved");
    assert_eq!(stored(&desk, id).minutes, 75);
    for minutes in [0, 1441, u32::MAX] {
        let error = desk
            .place_visit(&id.into(), &longer(minutes))
            .expect_err("no length");
        assert_eq!(error.code, Code::BadRequest, "{error}");
    }
}

#[test]
fn what_stands_against_a_place_is_told_by_the_clock_that_is_chosen() {
    let (_folder, mut desk) = desk_of_two_rooms();
    desk.speak(Speech {
        language: Language::English,
        clock: Clock::Of12,
    });
    let refused = desk.book_visit(&massage("first", "omar", at("2026-03-02T10:00")));
    let words = "Max Roy has another visit, Mon, Mar 2, 10:00\u{a0}am to 11:00\u{a0}am and its buffer to 11:15\u{a0}am";
    let refused = refused.expect_err("taken");
    assert!(refused.message.contains(words), "{refused}");
    let weighed = desk.weigh(&new_massage("omar"), &at("2026-03-02T10:00"));
    let place = weighed.expect("weighed");
    assert!(
        place.broken.iter().any(|broken| broken.words == words),
        "{place:?}"
    );
    desk.speak(Language::French);
    let refused = desk.book_visit(&massage("first", "omar", at("2026-03-02T10:00")));
    let refused = refused.expect_err("taken");
    assert!(
        refused.message.contains("10\u{a0}h\u{a0}00 à 11\u{a0}h\u{a0}00"),
        "{refused}"
    );
}

#[test]
fn the_starts_for_another_length_are_fewer() {
    let (_folder, desk) = desk_of_two_rooms();
    let wanted = new_massage("omar");
    let legal = |minutes| -> Vec<(u32, u32)> {
        let starts = desk
            .starts(&wanted, local("2026-03-02T00:00").date(), minutes)
            .expect("starts");
        let max = starts
            .into_iter()
            .find(|of| of.practitioner == "max")
            .expect("Max");
        let legal = max
            .stretches
            .into_iter()
            .filter(|stretch| stretch.state == StartState::Legal);
        legal
            .map(|stretch| (stretch.from_minute, stretch.to_minute))
            .collect()
    };
    // Massage from 10:00 to 11:00 with its buffer to 11:15; work from 9:00 to 17:00; Omar is treated until 9:45.
    assert_eq!(legal(None), [(11 * 60 + 15, 16 * 60)]);
    assert_eq!(legal(Some(120)), [(11 * 60 + 15, 15 * 60)]);
}

#[test]
fn a_visit_under_way_gets_longer_but_goes_nowhere_in_the_past() {
    let (_folder, mut desk) = desk_of_two_rooms();
    let noon = massage("first", "omar", at("2026-03-02T12:00"));
    desk.book_visit(&noon).expect("a visit");
    desk.host.set("2026-03-02T12:20");
    let id = "request-first-0000".into();
    let longer = VisitPlace {
        minutes: Some(75),
        ..at("2026-03-02T12:00")
    };
    desk.place_visit(&id, &longer).expect("longer");
    let earlier = because(at("2026-03-02T11:45"));
    let error = desk.place_visit(&id, &earlier).expect_err("the past");
    assert!(error.message.contains("past"), "{error}");
}

#[test]
fn a_place_is_weighed_with_what_would_do_instead() {
    let (_folder, desk) = desk_of_two_rooms();
    let wanted = Wanted::New {
        patient: "omar".to_owned(),
        service: "rmt-60".to_owned(),
    };
    let weighed = desk.weigh(&wanted, &at("2026-03-02T10:30")).expect("an answer");
    assert_eq!(weighed.state, StartState::Reason);
    let words: Vec<_> = weighed
        .broken
        .iter()
        .map(|rule| (rule.words.as_str(), rule.yields))
        .collect();
    assert_eq!(
        words,
        [(
            "Max Roy has another visit, Mon, Mar 2, 10:00 to 11:00 and its buffer to 11:15",
            true
        )]
    );
    let rooms: Vec<_> = weighed.rooms.iter().map(|room| room.name.as_str()).collect();
    assert_eq!(rooms, ["Second room"]);
    assert_eq!(
        (weighed.before, weighed.after.map(|near| near.minute)),
        (None, Some(11 * 60 + 15))
    );
    // Wednesday evening: back to the last start of the day, on to Monday after Zoé's hour.
    let weighed = desk.weigh(&wanted, &at("2026-03-04T20:00")).expect("an answer");
    let near = |date: &str, minute| {
        Some(NearStart {
            date: date.parse().expect("a date"),
            minute,
        })
    };
    assert_eq!(weighed.before, near("2026-03-04", 16 * 60));
    assert_eq!(weighed.after, near("2026-03-09", 11 * 60 + 15));
}

#[test]
fn however_far_a_session_is_moved_its_series_is_known() {
    let (_folder, mut desk) = desk_of_two_rooms();
    // Seven weeks on, Zoé's other treatment of the week stays behind: both ways of asking say so.
    let far = at("2026-04-20T10:00");
    let wanted = Wanted::Booked {
        appointment: "m0".to_owned(),
    };
    let starts = desk.starts(&wanted, far.date, None).expect("starts");
    let max = starts.iter().find(|of| of.practitioner == "max").expect("Max");
    let own = max
        .stretches
        .iter()
        .find(|stretch| (stretch.from_minute..=stretch.to_minute).contains(&far.minute))
        .expect("a stretch");
    assert!(own.words.contains("wrong order"), "{}", own.words);
    assert_eq!(own.state, StartState::Illegal);
    let weighed = weigh(&desk, "m0", &far);
    let words: Vec<_> = weighed.broken.into_iter().map(|rule| rule.words).collect();
    assert_eq!(words.join("; "), own.words);
    desk.place_visit(&"m0".into(), &because(far))
        .expect_err("no reason would do");
}

#[test]
fn what_was_called_off_comes_back_only_to_a_free_place() {
    let (_folder, mut desk) = desk_of_two_rooms();
    let call_off =
        |desk: &mut Desk<TestHost>| desk.put_status(&"m0".into(), AppointmentStatus::Cancelled, "ill");
    let bring_back = |desk: &mut Desk<TestHost>| desk.put_status(&"m0".into(), AppointmentStatus::Booked, "");
    call_off(&mut desk).expect("called off");
    desk.book_visit(&massage("inst", "omar", at("2026-03-02T10:00")))
        .expect("the place is free");
    let error = bring_back(&mut desk).expect_err("the place is taken");
    assert_eq!(error.code, Code::NoLongerFits, "{error}");
    assert_eq!(
        error.message,
        "its place is taken: Max Roy has another visit, Mon, Mar 2, 10:00 to 11:00 and its buffer to 11:15; \
         book a new visit at another time"
    );
    desk.place_visit(&"request-inst-0000".into(), &at("2026-03-02T14:00"))
        .expect("elsewhere");
    bring_back(&mut desk).expect("free again");
    assert_eq!(room(&desk, "m0").as_deref(), Some("quiet"));
}

#[test]
fn a_clock_that_is_set_back_loses_nothing() {
    let (_folder, mut desk) = desk_of_two_rooms();
    let noon = massage("first", "omar", at("2026-03-02T12:00"));
    desk.book_visit(&noon).expect("a visit");
    let id = "request-first-0000";
    let before = desk.last_change().expect("a number");
    desk.host.set("2025-03-02T08:00");
    // Asked again, it is booked once; what is done now comes after what was done then.
    desk.book_visit(&noon).expect("the same");
    desk.place_visit(&id.into(), &at("2026-03-02T14:00"))
        .expect("moved");
    desk.put_status(&id.into(), AppointmentStatus::Arrived, "")
        .expect("arrived");
    assert_eq!(desk.last_change().expect("a number"), before + 2);
    let undone = |desk: &mut Desk<TestHost>| {
        let change = desk.take_back(None).expect("undone");
        assert_eq!(change.patient.as_deref(), Some("Omar Haddad"));
        change.words
    };
    assert_eq!(undone(&mut desk), "Undone: arrived");
    assert_eq!(undone(&mut desk), "Undone: visit moved");
    assert_eq!(stored(&desk, id).start, local("2026-03-02T12:00"));
    desk.host.set("2026-03-02T08:30");
    assert_eq!(undone(&mut desk), "Undone: visit booked");
}

#[test]
fn the_clinic_s_clock_is_told_against_utc_in_winter_and_summer() {
    let (_folder, desk) = desk_of_two_rooms();
    assert_eq!(desk.ahead_of_utc().unwrap(), -300);
    desk.host.set("2026-07-02T08:00");
    assert_eq!(desk.ahead_of_utc().unwrap(), -240);
}
