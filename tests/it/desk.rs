//! The desk's use cases on a real database with a clock of their own.

use std::cell::Cell;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use ordo_core::model::{Appointment, AppointmentStatus, PatientId};
use ordo_desk::view::board::{NewVisit, PractitionerStarts, StartState, StartStretch, VisitPlace, Wanted};
use ordo_desk::{Ask, Code, Desk, Host, Key, Language, Move, Proposed, demo};

/// A host whose clock is set by hand; clones share nothing.
pub struct Clock {
    pub now: Cell<DateTime<Utc>>,
    made: Cell<u32>,
    prefix: &'static str,
}

impl Host for Clock {
    fn now(&self) -> DateTime<Utc> {
        self.now.get()
    }

    fn new_id(&self) -> String {
        self.made.set(self.made.get() + 1);
        format!("{}-{}", self.prefix, self.made.get())
    }

    fn actor(&self) -> String {
        self.prefix.to_owned()
    }
}

pub fn host(prefix: &'static str, at: &str) -> Clock {
    Clock {
        now: Cell::new(at.parse().expect("an instant")),
        made: Cell::new(0),
        prefix,
    }
}

pub const MORNING: &str = "2026-11-23T13:00:00Z";

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn key() -> Key {
    Key::from_bytes([3; 32])
}

/// The demo clinic of 23 November 2026 at eight in the morning.
pub fn demo_desk() -> (tempfile::TempDir, Desk<Clock>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk =
        Desk::create(&folder.path().join("clinic.ordo"), &key(), host("one", MORNING)).expect("a database");
    let records = demo::records(date("2026-11-23"), ordo_core::Language::English).expect("a demo clinic");
    desk.import_records(&records, "demo").expect("an import");
    (folder, desk)
}

/// A series of separate days for a patient of the demo clinic.
fn proposed(desk: &Desk<Clock>, patient: &str, weeks: u32) -> Proposed {
    let mut ask = Ask {
        weeks: Some(weeks),
        availability: Some(Vec::new()),
        ..Ask::default()
    };
    ask.case.conditions = vec!["low-back-pain".to_owned()];
    ask.case.sensitivities = vec!["tires-easily".to_owned()];
    desk.propose(&PatientId::new(patient), &ask).expect("a proposal")
}

#[test]
fn a_cancelled_visit_stays_in_the_calendar_for_thirty_days() {
    let (folder, mut desk) = demo_desk();
    let path = folder.path().join("clinic.ordo");
    let booked = desk.records().expect("the records").appointments;
    let visit = booked
        .iter()
        .find(|visit| visit.status == AppointmentStatus::Booked)
        .expect("a visit ahead");
    let day = visit.start.date();
    let text = |desk: &mut Desk<Clock>| {
        desk.export_calendar(&visit.practitioner, day, day, None)
            .expect("a calendar")
            .text
    };
    let count = |text: &str| text.matches("STATUS:CANCELLED").count();
    let before = count(&text(&mut desk));
    desk.set_status(&visit.id, AppointmentStatus::Cancelled, "ill")
        .expect("a cancellation");
    assert_eq!(count(&text(&mut desk)), before + 1);
    let at = |days| -> Desk<Clock> {
        let later = host("later", MORNING);
        later.now.set(later.now.get() + Duration::days(days));
        Desk::open(&path, &key(), later).expect("a database")
    };
    let uid = format!("appointment-{}@ordo", visit.id);
    let stays = |days| text(&mut at(days)).replace("\r\n ", "").contains(&uid);
    assert!(stays(30));
    assert!(!stays(31));
}

#[test]
fn a_series_is_booked_whole_whether_or_not_the_calendar_was_written_since() {
    let (_folder, mut desk) = demo_desk();
    let first = proposed(&desk, "pt121", 6);
    let second = proposed(&desk, "pt122", 6);
    let sessions = first.plan.proposals[0].sessions.len();
    let before = desk.records().expect("the records").appointments.len();
    assert_eq!(
        desk.book(&first, 0, "").expect("a series").appointments.len(),
        sessions
    );
    // The second was planned before the first was booked: booked whole if it still fits, or refused and named.
    let expected = match desk.book(&second, 0, "") {
        Ok(booked) => booked.appointments.len(),
        Err(error) => {
            assert_eq!(error.code, Code::NoLongerFits, "{error}");
            0
        }
    };
    let after = desk.records().expect("the records").appointments.len();
    assert_eq!(after, before + sessions + expected);
}

#[test]
fn a_lost_race_names_the_visit_and_writes_nothing() {
    let (folder, mut desk) = demo_desk();
    let mut other =
        Desk::open(&folder.path().join("clinic.ordo"), &key(), host("two", MORNING)).expect("a database");
    let ours = proposed(&desk, "pt121", 6);
    let theirs = proposed(&other, "pt121", 6);
    other.book(&theirs, 0, "").expect("a series");
    let before = desk.records().expect("the records");
    let error = desk.book(&ours, 0, "").expect_err("a lost race");
    assert_eq!(error.code, Code::NoLongerFits);
    let first: NaiveDateTime = {
        let session = &ours.plan.proposals[0].sessions[0];
        ours.calendar.local_start(&session.place)
    };
    let when = format!(
        "{} at {}",
        Language::English.short_date(first.date()),
        first.format("%H:%M")
    );
    assert!(error.message.contains(&when), "{error}");
    desk.speak(Language::French);
    let error = desk.book(&ours, 0, "").expect_err("a lost race");
    assert!(error.message.starts_with("le rendez-vous de "), "{error}");
    assert!(error.message.contains("Rien n’a été réservé"), "{error}");
    assert_eq!(desk.records().expect("the records"), before);
}

#[test]
fn a_plan_that_time_has_overtaken_is_refused() {
    let (folder, desk) = demo_desk();
    let ours = proposed(&desk, "pt121", 6);
    let later = host("later", MORNING);
    later.now.set(later.now.get() + Duration::days(60));
    let mut late = Desk::open(&folder.path().join("clinic.ordo"), &key(), later).expect("a database");
    let error = late.book(&ours, 0, "").expect_err("a plan of the past");
    assert_eq!(error.code, Code::NoLongerFits);
}

#[test]
fn a_move_breaks_no_rule_without_a_reason() {
    let (_folder, mut desk) = demo_desk();
    let visit = single_visit(&desk);
    let mut to = Move {
        start: visit.start.date().and_hms_opt(3, 0, 0).expect("a time"),
        practitioner: None,
        room: None,
        minutes: None,
        override_reason: String::new(),
    };
    let error = desk.move_visit(&visit.id, &to, "").expect_err("at night");
    assert_eq!(error.code, Code::RuleBroken);
    to.override_reason = "the patient flies at five".to_owned();
    let moved = desk.move_visit(&visit.id, &to, "").expect("with a reason");
    assert_eq!(moved.start, to.start);
    desk.undo(ordo_desk::Which::Last, "").expect("an undo");
    let again = desk.records().expect("the records").appointments;
    let back = again.iter().find(|each| each.id == visit.id).expect("the visit");
    assert_eq!(back.start, visit.start);
}

/// A single visit ahead, and the practitioner it is with.
fn single_visit(desk: &Desk<Clock>) -> Appointment {
    let records = desk.records().expect("the records");
    let mut ahead = records.appointments.into_iter().filter(|visit| {
        visit.status == AppointmentStatus::Booked
            && visit.session.is_none()
            && visit.override_reason.is_empty()
            && visit.start > date("2026-11-24").and_time(chrono::NaiveTime::MIN)
    });
    ahead.next().expect("a single visit ahead")
}

/// The state of one start among those of everybody.
fn state_at(starts: &[PractitionerStarts], practitioner: &str, minute: u32) -> Option<StartState> {
    let of = starts.iter().find(|starts| starts.practitioner == practitioner)?;
    let holds = |stretch: &&StartStretch| (stretch.from_minute..=stretch.to_minute).contains(&minute);
    of.stretches.iter().find(holds).map(|stretch| stretch.state)
}

#[test]
fn every_start_says_what_moving_there_will_do() {
    let (_folder, mut desk) = demo_desk();
    let visit = single_visit(&desk);
    let wanted = Wanted::Booked {
        appointment: visit.id.to_string(),
    };
    let day = visit.start.date();
    let starts = desk.starts(&wanted, day, None).expect("the starts");
    let past = date("2026-11-20");
    let past_starts = desk.starts(&wanted, past, None).expect("the starts");
    let mut tried = [0; 3];
    for (on, of) in starts
        .iter()
        .map(|of| (day, of))
        .chain(past_starts.iter().map(|of| (past, of)))
    {
        for stretch in &of.stretches {
            let place = VisitPlace {
                date: on,
                minute: stretch.from_minute,
                practitioner: of.practitioner.clone(),
                room: None,
                minutes: None,
                override_reason: String::new(),
            };
            let with_reason = VisitPlace {
                override_reason: "because".to_owned(),
                ..place.clone()
            };
            tried[stretch.state as usize] += 1;
            match stretch.state {
                StartState::Legal => {
                    assert_eq!(stretch.words, "");
                    let done = desk.place_visit(&visit.id, &place).expect("a legal place");
                    if done.entry.is_some() {
                        desk.take_back(None).expect("an undo");
                    }
                }
                StartState::Reason => {
                    let error = desk.place_visit(&visit.id, &place).expect_err("no reason");
                    assert!(error.message.contains(&stretch.words), "{error}");
                    desk.place_visit(&visit.id, &with_reason).expect("a reason");
                    desk.take_back(None).expect("an undo");
                }
                StartState::Illegal => {
                    desk.place_visit(&visit.id, &with_reason).expect_err("no place");
                }
            }
        }
    }
    assert!(tried.iter().all(|&count| count > 0), "{tried:?}");
    let minute = visit.start.format("%H:%M").to_string();
    let minute = ordo_core::time::TimeOfDay::parse(&minute)
        .expect("a time")
        .minutes();
    assert_eq!(
        state_at(&starts, visit.practitioner.as_str(), minute.unsigned_abs()),
        Some(StartState::Legal),
        "its own place"
    );
}

#[test]
fn a_visit_is_booked_once_however_often_the_button_is_pressed() {
    let (_folder, mut desk) = demo_desk();
    let service = desk.service_choices().expect("services").remove(0);
    let patient = desk.records().expect("the records").patients[7].id.to_string();
    let day = date("2026-12-08");
    let wanted = Wanted::New {
        patient: patient.clone(),
        service: service.id.clone(),
    };
    let starts = desk.starts(&wanted, day, None).expect("the starts");
    let (practitioner, minute) = starts
        .iter()
        .find_map(|of| {
            let legal = of
                .stretches
                .iter()
                .find(|stretch| stretch.state == StartState::Legal)?;
            Some((of.practitioner.clone(), legal.from_minute))
        })
        .expect("a legal start");
    let visit = NewVisit {
        request: "0123456789abcdef".to_owned(),
        patient,
        service: service.id,
        note: " first visit ".to_owned(),
        place: VisitPlace {
            date: day,
            minute,
            practitioner,
            room: None,
            minutes: None,
            override_reason: String::new(),
        },
    };
    let before = desk.records().expect("the records").appointments.len();
    let first = desk.book_visit(&visit).expect("a visit");
    assert_eq!(first.words, "visit booked");
    assert_eq!(desk.book_visit(&visit).expect("the same"), first);
    let other = NewVisit {
        patient: desk.records().expect("the records").patients[8].id.to_string(),
        ..visit.clone()
    };
    let error = desk.book_visit(&other).expect_err("another visit");
    assert_eq!(error.code, Code::ChangedMeanwhile);
    assert_eq!(
        desk.records().expect("the records").appointments.len(),
        before + 1
    );
    let shown = desk.visit(&"0123456789abcdef".into()).expect("the visit");
    assert_eq!((shown.note.as_str(), shown.from_minute), ("first visit", minute));
    // A second one in the same place is refused.
    let again = NewVisit {
        request: "fedcba9876543210".to_owned(),
        ..visit.clone()
    };
    assert_eq!(desk.book_visit(&again).expect_err("taken").code, Code::RuleBroken);
    for request in ["", "short", "../../etc/passwd-and-more", "UPPER-CASE-0123456"] {
        let odd = NewVisit {
            request: request.to_owned(),
            ..visit.clone()
        };
        assert_eq!(desk.book_visit(&odd).expect_err("odd").code, Code::BadRequest);
    }
    let night = NewVisit {
        request: "0000000000000000".to_owned(),
        place: VisitPlace {
            minute: 1440,
            ..visit.place
        },
        ..again
    };
    assert_eq!(
        desk.book_visit(&night).expect_err("no minute").code,
        Code::BadRequest
    );
}

#[test]
fn what_is_done_is_said_and_taken_back_in_the_language_chosen() {
    let (_folder, mut desk) = demo_desk();
    let visit = single_visit(&desk);
    let name = desk.visit(&visit.id).expect("the visit").patient_name;
    let arrived = desk
        .put_status(&visit.id, AppointmentStatus::Arrived, "")
        .expect("a status");
    assert_eq!((arrived.words.as_str(), arrived.patient), ("arrived", Some(name)));
    assert_eq!(arrived.entry, Some(desk.last_change().expect("a number")));
    let same = desk
        .put_status(&visit.id, AppointmentStatus::Arrived, "")
        .expect("a status");
    assert_eq!((same.entry, same.words.as_str()), (None, "Nothing changed"));
    assert_eq!(desk.take_back(None).expect("an undo").words, "Undone: arrived");
    desk.speak(Language::French);
    assert_eq!(
        desk.make_again(None).expect("a redo").words,
        "Rétabli\u{a0}: arrivée notée"
    );
    desk.put_note(&visit.id, &visit.note, "apporte des béquilles")
        .expect("a note");
    assert_eq!(
        desk.take_back(None).expect("an undo").words,
        "Annulé\u{a0}: rendez-vous modifié"
    );
    assert_eq!(desk.visit(&visit.id).expect("the visit").note, visit.note);
    // What somebody else wrote meanwhile is not written over unseen; the same words are no other note.
    desk.put_note(&visit.id, &visit.note, "attend au salon")
        .expect("a note");
    let error = desk
        .put_note(&visit.id, &visit.note, "apporte des béquilles")
        .expect_err("another note");
    assert_eq!(error.code, Code::ChangedMeanwhile);
    let same = desk
        .put_note(&visit.id, &visit.note, "attend au salon")
        .expect("the same");
    assert_eq!(same.entry, None);
    assert_eq!(desk.visit(&visit.id).expect("the visit").note, "attend au salon");
    let error = desk
        .put_note(&visit.id, "attend au salon", &"x".repeat(2001))
        .expect_err("too long");
    assert_eq!(error.code, Code::BadRequest);
    assert_eq!(desk.visit(&"gone".into()).expect_err("gone").code, Code::NotFound);
}

#[test]
fn a_slip_of_a_key_does_not_empty_the_clinic() {
    let (_folder, mut desk) = demo_desk();
    assert_eq!(
        desk.take_back(None).expect_err("the import").code,
        Code::CannotUndo
    );
    let visit = single_visit(&desk);
    desk.put_status(&visit.id, AppointmentStatus::Arrived, "")
        .expect("a status");
    desk.take_back(None).expect("an undo");
    assert_eq!(
        desk.take_back(None).expect_err("the import").code,
        Code::CannotUndo
    );
    assert!(!desk.is_empty().expect("a clinic"));
}
