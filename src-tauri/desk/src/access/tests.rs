//! Signing in, roles and what each sees, on the small clinic.

use chrono::NaiveDate;
use ordo_core::model::AppointmentStatus;
use ordo_store::{Action, Which};
use tempfile::TempDir;

use super::UseCase;
use crate::test_support::{TestHost, second_desk, small_desk};
use crate::view::access::{RoleName, SecretName, UserForm};
use crate::view::day::DayView;
use crate::view::journal::{JournalAsk, JournalKind};
use crate::{Code, Desk, UserId};

const OWNER: &str = "quiet-otter";
const PIN: &str = "4071";

fn form(name: &str, role: RoleName, practitioner: Option<&str>, secret: &str) -> UserForm {
    UserForm {
        name: name.to_owned(),
        role,
        practitioner: practitioner.map(str::to_owned),
        active: true,
        secret: if secret.bytes().all(|byte| byte.is_ascii_digit()) {
            SecretName::Pin
        } else {
            SecretName::Password
        },
        new_secret: Some(secret.to_owned()),
    }
}

/// The small clinic with an owner, a front desk and Pia, who treats; nobody is signed in.
fn desk_with_people() -> (TempDir, Desk<TestHost>) {
    let (folder, mut desk) = small_desk();
    for form in [
        form("Olga Owner", RoleName::Owner, None, OWNER),
        form("Fred Front", RoleName::FrontDesk, None, PIN),
        form("Pia Côté", RoleName::Practitioner, Some("pia"), PIN),
    ] {
        desk.save_user(None, &form).expect("a person");
    }
    desk.sign_out().expect("signed out");
    (folder, desk)
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn names(day: &DayView) -> Vec<(&str, Vec<&str>)> {
    day.practitioners
        .iter()
        .map(|each| {
            let shown = each.appointments.iter().map(|visit| visit.patient_name.as_str());
            (each.id.as_str(), shown.collect())
        })
        .collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, crate::Error>) -> Code {
    result.expect_err("a refusal").code
}

#[test]
fn without_people_everybody_is_the_owner_and_from_the_first_on_one_signs_in() {
    let (folder, mut desk) = small_desk();
    let session = desk.session().expect("a session");
    assert!(session.proposes_people && !session.must_sign_in);
    assert_eq!((session.may.len(), session.idle_minutes), (UseCase::ALL.len(), 0));
    let refused = desk.save_user(None, &form("Fred", RoleName::FrontDesk, None, PIN));
    assert_eq!(code(refused), Code::BadRequest, "the first person is an owner");
    desk.save_user(None, &form("Olga Owner", RoleName::Owner, None, OWNER))
        .expect("an owner");
    let session = desk.session().expect("a session");
    assert_eq!(session.user.map(|user| user.name).as_deref(), Some("Olga Owner"));
    assert_eq!(session.idle_minutes, 10);
    let mut other = second_desk(&folder);
    assert_eq!(code(other.day(date("2026-03-02"))), Code::SignedOut);
    assert_eq!(code(other.last_change()), Code::SignedOut);
    let session = other.session().expect("a session");
    assert!(session.must_sign_in && session.user.is_none());
    other.sign_in("olga owner", OWNER).expect("signed in by name");
    other.day(date("2026-03-02")).expect("a day");
    other.sign_out().expect("signed out");
    assert_eq!(code(other.day(date("2026-03-02"))), Code::SignedOut);
}

#[test]
fn the_journal_names_who_signed_in_and_never_holds_a_hash() {
    let (_folder, mut desk) = desk_with_people();
    desk.sign_in("Fred Front", PIN).expect("signed in");
    desk.set_status(&"o2".into(), AppointmentStatus::Arrived, "")
        .expect("arrived");
    desk.sign_in("Olga Owner", OWNER).expect("signed in");
    let entries = desk.journal(50).expect("the journal");
    assert_eq!(entries[0].actor, "Fred Front");
    assert!(
        entries
            .iter()
            .all(|entry| !format!("{entry:?}").contains("argon2"))
    );
    let first = entries
        .iter()
        .find(|entry| entry.kind == ordo_store::EntryKind::Change(Action::EditAccess));
    assert!(first.is_some(), "people are journaled");
    let ask = JournalAsk {
        kind: Some(JournalKind::EditAccess),
        ..JournalAsk::default()
    };
    let lines = desk.journal_page(&ask, None, 10).expect("a page").lines;
    assert_eq!(lines[0].details, ["added: person Pia Côté (practitioner)"]);
}

#[test]
fn a_practitioner_sees_their_own_and_everybody_elses_time_as_busy() {
    let (_folder, mut desk) = desk_with_people();
    desk.sign_in("Pia Côté", PIN).expect("signed in");
    let day = desk.day(date("2026-03-02")).expect("a day");
    assert_eq!(names(&day), [("max", vec!["Busy"]), ("pia", vec!["Omar Haddad"])]);
    let busy = &day.practitioners[0].appointments[0];
    assert!(busy.busy && busy.service.is_empty() && busy.room.is_none() && busy.series_position.is_none());
    let week = desk.week(date("2026-03-02"), None, None).expect("a week");
    assert!(
        week.iter()
            .flat_map(names)
            .all(|(who, shown)| who == "pia" || shown.iter().all(|name| *name == "Busy"))
    );
    // Newly Added has never been with Pia; the others have.
    let found = desk.search_patients("", 0, 50).expect("patients");
    assert_eq!(found.of, 3);
    assert!(found.hits.iter().all(|hit| hit.id != "new"));
    assert_eq!(desk.search_patients("newly", 0, 50).expect("patients").hits, []);
    assert_eq!(code(desk.patient_record(&"new".into())), Code::NotAllowed);
    let record = desk.patient_record(&"omar".into()).expect("her patient");
    assert!(record.alike.is_empty());
    assert_eq!(code(desk.visit(&"m0".into())), Code::NotAllowed);
    assert_eq!(code(desk.put_note(&"m0".into(), "", "x")), Code::NotAllowed);
    assert_eq!(
        code(desk.practitioner_day(&"max".into(), date("2026-03-02"))),
        Code::NotAllowed
    );
    assert_eq!(desk.practitioners().expect("herself").len(), 1);
    desk.speak(crate::Language::French);
    let day = desk.day(date("2026-03-02")).expect("a day");
    assert_eq!(day.practitioners[0].appointments[0].patient_name, "Occupé");
}

#[test]
fn a_practitioner_notes_how_a_visit_went_and_takes_back_their_own_alone() {
    let (_folder, mut desk) = desk_with_people();
    desk.sign_in("Fred Front", PIN).expect("signed in");
    let front = desk.put_note(&"o2".into(), "", "by Fred").expect("a note").entry;
    desk.sign_in("Pia Côté", PIN).expect("signed in");
    assert_eq!(code(desk.take_back(front)), Code::NotAllowed);
    assert_eq!(code(desk.take_back(None)), Code::NotAllowed);
    let own = desk
        .put_status(&"o2".into(), AppointmentStatus::Arrived, "")
        .expect("arrived");
    desk.take_back(own.entry).expect("her own");
    assert_eq!(
        code(desk.put_status(&"o2".into(), AppointmentStatus::Cancelled, "ill")),
        Code::NotAllowed
    );
    assert_eq!(
        code(desk.put_status(&"m0".into(), AppointmentStatus::Arrived, "")),
        Code::NotAllowed
    );
}

#[test]
fn the_front_desk_changes_neither_people_nor_what_an_owner_set() {
    let (_folder, mut desk) = desk_with_people();
    desk.sign_in("Fred Front", PIN).expect("signed in");
    assert_eq!(code(desk.people()), Code::NotAllowed);
    assert_eq!(code(desk.export()), Code::NotAllowed);
    let added = form("Mallory", RoleName::Owner, None, OWNER);
    assert_eq!(code(desk.save_user(None, &added)), Code::NotAllowed);
    // Adding people was the last change, but is not in the chain of undo.
    assert_eq!(code(desk.undo(Which::Entry(2), "")), Code::CannotUndo);
    assert_eq!(code(desk.take_back(None)), Code::CannotUndo);
}

#[test]
fn wrong_attempts_cost_time_and_then_lock_out_until_an_owner_lifts_it() {
    let (folder, mut desk) = desk_with_people();
    let fred = UserId::from(desk.sign_in_choices().expect("tiles")[1].id.as_str());
    for _ in 0..3 {
        assert!(
            desk.sign_in("Fred Front", "9999")
                .expect_err("wrong")
                .message
                .contains("not right")
        );
    }
    let waits = desk.sign_in("Fred Front", PIN).expect_err("too fast");
    assert!(waits.message.contains("wait 5 s"), "{waits}");
    // Another window counts along.
    assert!(second_desk(&folder).sign_in("Fred Front", PIN).is_err());
    for minute in 1..8 {
        desk.host.set(&format!("2026-03-02T08:{:02}", minute * 3));
        assert_eq!(code(desk.sign_in("Fred Front", "9999")), Code::NotAllowed);
    }
    desk.host.set("2026-03-03T08:00");
    let out = desk.sign_in("Fred Front", PIN).expect_err("locked out");
    assert!(out.message.contains("owner"), "{out}");
    assert!(desk.sign_in_choices().expect("tiles")[1].locked_out);
    desk.sign_in("Olga Owner", OWNER).expect("signed in");
    desk.lift_lock_out(&fred).expect("lifted");
    desk.sign_in("Fred Front", PIN).expect("signed in again");
}

#[test]
fn the_last_owner_is_never_locked_out_for_good_and_never_leaves() {
    let (_folder, mut desk) = desk_with_people();
    for hour in 8..20 {
        desk.host.set(&format!("2026-03-02T{hour:02}:00"));
        assert!(desk.sign_in("Olga Owner", "wrong-otter").is_err());
    }
    desk.host.set("2026-03-02T20:00");
    desk.sign_in("Olga Owner", OWNER).expect("signed in");
    let id = desk.session().expect("a session").user.expect("Olga").id;
    for (role, active) in [(RoleName::FrontDesk, true), (RoleName::Owner, false)] {
        let left = UserForm {
            role,
            active,
            new_secret: None,
            secret: SecretName::Password,
            ..form("Olga Owner", RoleName::Owner, None, OWNER)
        };
        assert_eq!(
            code(desk.save_user(Some(&id.as_str().into()), &left)),
            Code::BadRequest
        );
    }
}

#[test]
fn who_is_changed_or_leaves_is_signed_out_elsewhere_at_once() {
    let (folder, mut desk) = desk_with_people();
    let mut other = second_desk(&folder);
    other.sign_in("Fred Front", PIN).expect("signed in");
    desk.sign_in("Olga Owner", OWNER).expect("signed in");
    let fred = UserId::from(desk.people().expect("people").people[1].id.as_str());
    let mut left = form("Fred Front", RoleName::FrontDesk, None, "5820");
    desk.host.set("2026-03-02T08:01");
    desk.save_user(Some(&fred), &left).expect("another PIN");
    assert_eq!(code(other.day(date("2026-03-02"))), Code::SignedOut);
    other.sign_in("Fred Front", "5820").expect("the new PIN");
    left.active = false;
    left.new_secret = None;
    desk.save_user(Some(&fred), &left).expect("gone");
    assert_eq!(code(other.day(date("2026-03-02"))), Code::SignedOut);
    assert_eq!(code(other.sign_in("Fred Front", "5820")), Code::NotFound);
    assert_eq!(
        desk.people().expect("people").people.len(),
        3,
        "who left stays on record"
    );
    let twin = form("fred front", RoleName::FrontDesk, None, PIN);
    assert_eq!(code(desk.save_user(None, &twin)), Code::BadRequest);
}

#[test]
fn people_change_their_own_secret_with_the_present_one() {
    let (_folder, mut desk) = desk_with_people();
    desk.sign_in("Fred Front", PIN).expect("signed in");
    assert_eq!(code(desk.change_own_secret("9999", "5820")), Code::NotAllowed);
    assert_eq!(code(desk.change_own_secret(PIN, "1111")), Code::BadRequest);
    desk.change_own_secret(PIN, "5820").expect("changed");
    desk.day(date("2026-03-02")).expect("still signed in");
    assert!(desk.sign_in("Fred Front", PIN).is_err());
    desk.sign_in("Fred Front", "5820").expect("the new PIN");
}

#[test]
fn a_lock_box_shows_a_patient_to_those_it_names_alone() {
    let (_folder, mut desk) = desk_with_people();
    desk.sign_in("Olga Owner", OWNER).expect("signed in");
    let people = desk.people().expect("people").people;
    let fred = UserId::from(people[1].id.as_str());
    let fred = [fred];
    assert_eq!(
        code(desk.put_lock_box(&"omar".into(), Some(&[]))),
        Code::BadRequest
    );
    desk.put_lock_box(&"omar".into(), Some(&fred))
        .expect("a lock-box");
    assert_eq!(
        desk.lock_boxes().expect("lock-boxes")[0].patient_name,
        "Omar Haddad"
    );
    let ask = JournalAsk {
        patient: Some("omar".to_owned()),
        ..JournalAsk::default()
    };
    let lines = desk.journal_page(&ask, None, 10).expect("a page").lines;
    assert!(!lines.is_empty() && lines.iter().all(|line| line.details.is_empty()));
    for (who, secret) in [("Olga Owner", OWNER), ("Pia Côté", PIN)] {
        desk.sign_in(who, secret).expect("signed in");
        let day = desk.day(date("2026-03-02")).expect("a day");
        assert_eq!(
            day.practitioners[1].appointments[0].patient_name, "Private record",
            "{who}"
        );
        assert_eq!(
            desk.search_patients("0177", 0, 9).expect("patients").hits,
            [],
            "{who}"
        );
        assert_eq!(
            code(desk.patient_record(&"omar".into())),
            Code::NotAllowed,
            "{who}"
        );
        let card = desk.visit(&"o2".into()).expect("a card");
        assert_eq!(
            (card.patient_name.as_str(), card.phone.as_str()),
            ("Private record", "")
        );
        assert_eq!(
            code(desk.put_note(&"o2".into(), "", "x")),
            Code::NotAllowed,
            "{who}"
        );
        let done = desk
            .put_status(&"o2".into(), AppointmentStatus::Arrived, "")
            .expect("arrived");
        assert!(!done.words.contains("Omar"), "{}", done.words);
        desk.put_status(&"o2".into(), AppointmentStatus::Booked, "")
            .expect("back");
        let own = desk
            .practitioner_day(&"pia".into(), date("2026-03-02"))
            .expect("a day");
        assert_eq!(own.visits[0].patient_name, "Private record", "{who}");
    }
    desk.sign_in("Fred Front", PIN).expect("signed in");
    assert_eq!(
        desk.visit(&"o2".into()).expect("a card").patient_name,
        "Omar Haddad"
    );
    desk.patient_record(&"omar".into()).expect("a record");
    let others = [UserId::from(people[0].id.as_str())];
    assert_eq!(
        code(desk.put_lock_box(&"omar".into(), Some(&others))),
        Code::BadRequest
    );
    // Merging another record into it keeps it closed, and opening it needs no more than being named.
    desk.merge_patients(&"new".into(), &"omar".into())
        .expect("merged");
    assert!(desk.lock_box(&"new".into()).expect("a lock-box").is_closed);
    desk.put_lock_box(&"new".into(), None).expect("open");
    assert!(!desk.lock_box(&"new".into()).expect("a lock-box").is_closed);
}
