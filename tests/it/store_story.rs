//! One story through the store: a clinic comes in, a series is booked, moved, cancelled, undone and redone.

use ordo_core::model::{Appointment, AppointmentStatus, SessionLink};
use ordo_store::{
    Action, Conflict, Entity, EntryKind, Key, Record, Stamp, Store, StoreError, Taken, UndoRefusal, Which,
};

use crate::store_sample::{self as sample, appointment};

pub fn key() -> Key {
    Key::from_bytes([42; 32])
}

pub fn stamp(seconds: i64) -> Stamp {
    Stamp {
        at: sample::moment(seconds),
        actor: "front desk".to_owned(),
        reason: String::new(),
    }
}

/// A filled database in a folder of its own.
pub fn filled() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("clinic.ordo"), &key()).unwrap();
    store.fill(&sample::records(), &stamp(0)).unwrap();
    (folder, store)
}

pub fn insert(store: &mut Store, at: i64, visits: &[Appointment]) -> Result<u32, StoreError> {
    let done = store.change(&stamp(at), Action::Book, |transaction| {
        visits
            .iter()
            .try_for_each(|visit| transaction.insert_appointment(visit))
    })?;
    Ok(done.entry.map_or(0, |entry| entry.seq))
}

fn found(store: &Store, id: &str) -> Appointment {
    store.appointment(&id.into()).unwrap().unwrap()
}

#[test]
fn what_comes_in_goes_out_unchanged() {
    let (folder, store) = filled();
    assert_eq!(store.records().unwrap(), sample::records());
    drop(store);
    let store = Store::open(&folder.path().join("clinic.ordo"), &key()).unwrap();
    assert_eq!(store.records().unwrap(), sample::records());
    assert_eq!(store.clinic().unwrap(), sample::records().clinic);
    let entry = store.entry(1).unwrap().unwrap();
    assert_eq!(entry.kind, EntryKind::Change(Action::Import));
    assert_eq!(entry.changes.len(), 1 + 2 + 2 + 2 + 2 + 2 + 3 + 2 + 1 + 3);
}

#[test]
fn booking_moving_cancelling_undoing_and_redoing() {
    let (_folder, mut store) = filled();
    // A series of two weeks is booked.
    let mut series = sample::series();
    series.id = "s2".into();
    series.patient = "li".into();
    let mut visits = [
        appointment("b1", "m1", "li", Some("room1"), "2026-03-10T10:00"),
        appointment("b2", "m1", "li", Some("room1"), "2026-03-17T10:00"),
    ];
    for (week, visit) in visits.iter_mut().enumerate() {
        visit.session = Some(SessionLink {
            series: "s2".into(),
            week: week as u32,
        });
    }
    let booked = store
        .change(&stamp(10), Action::Book, |transaction| {
            transaction.insert_series(&series)?;
            visits
                .iter()
                .try_for_each(|visit| transaction.insert_appointment(visit))
        })
        .unwrap()
        .entry
        .unwrap();
    assert_eq!(booked.changes.len(), 3);
    assert_eq!(store.series_of(&"li".into()).unwrap(), vec![series.clone()]);
    assert_eq!(found(&store, "b1").changed_at, Some(sample::moment(10)));

    // The two change places in one step.
    let (mut one, mut two) = (found(&store, "b1"), found(&store, "b2"));
    std::mem::swap(&mut one.start, &mut two.start);
    let swapped = store
        .change(&stamp(20), Action::Reschedule, |transaction| {
            transaction.update_appointments(&[one, two])
        })
        .unwrap()
        .entry
        .unwrap();
    assert_eq!(found(&store, "b1").start, sample::local("2026-03-17T10:00"));
    assert_eq!(found(&store, "b1").revision, 1);

    // A note changes no revision; a cancellation does.
    let mut one = found(&store, "b1");
    one.note = "bring shorts".to_owned();
    store
        .change(&stamp(30), Action::EditAppointment, |transaction| {
            transaction.update_appointment(&one)
        })
        .unwrap();
    assert_eq!(
        (found(&store, "b1").revision, found(&store, "b1").changed_at),
        (1, Some(sample::moment(30)))
    );
    one.status = AppointmentStatus::Cancelled;
    one.cancel_reason = "ill".to_owned();
    store
        .change(&stamp(40), Action::Cancel, |transaction| {
            transaction.update_appointment(&one)
        })
        .unwrap();
    assert_eq!(found(&store, "b1").revision, 2);

    // The booking cannot be undone while later changes stand.
    let refused = store.undo(&stamp(50), Which::Entry(booked.seq));
    let records = vec![
        (Entity::Appointment, "b2".to_owned()),
        (Entity::Appointment, "b1".to_owned()),
    ];
    assert_eq!(
        refused,
        Err(UndoRefusal::ChangedSince {
            seq: booked.seq,
            records
        }
        .into())
    );

    // Undone one after the other, down to before the booking.
    let undo = store.undo(&stamp(60), Which::Last).unwrap();
    assert_eq!(found(&store, "b1").status, AppointmentStatus::Booked);
    assert_eq!(
        found(&store, "b1").revision,
        3,
        "the status changed back, so the revision goes up"
    );
    assert_eq!(undo.kind, EntryKind::Undo { of: undo.seq - 1 });
    store.undo(&stamp(61), Which::Last).unwrap();
    assert_eq!(found(&store, "b1").note, "");
    assert_eq!(
        store.undo(&stamp(62), Which::Last).unwrap().kind,
        EntryKind::Undo { of: swapped.seq }
    );
    assert_eq!(found(&store, "b1").start, sample::local("2026-03-10T10:00"));
    store.undo(&stamp(63), Which::Last).unwrap();
    assert_eq!(store.appointment(&"b1".into()).unwrap(), None);
    assert_eq!(store.records().unwrap(), sample::records());

    // Redone in turn; the visit comes back with a revision above all it ever had.
    assert_eq!(store.redoable().unwrap().unwrap().seq, booked.seq);
    assert_eq!(
        store.redo(&stamp(70), Which::Last).unwrap().kind,
        EntryKind::Redo { of: booked.seq }
    );
    assert_eq!(found(&store, "b1").revision, 5);
    assert_eq!(store.series(&"s2".into()).unwrap(), Some(series));
    assert_eq!(
        store.redo(&stamp(71), Which::Last).unwrap().kind,
        EntryKind::Redo { of: swapped.seq }
    );
    assert_eq!(store.redoable().unwrap().unwrap().seq, swapped.seq + 1);

    // A new change ends the chance to redo.
    let later = insert(
        &mut store,
        80,
        &[appointment("b3", "p1", "omar", None, "2026-03-11T09:00")],
    )
    .unwrap();
    assert_eq!(
        store.redo(&stamp(81), Which::Last),
        Err(UndoRefusal::NothingToRedo.into())
    );
    assert_eq!(
        store.redo(&stamp(81), Which::Entry(swapped.seq + 1)),
        Err(UndoRefusal::Superseded {
            seq: swapped.seq + 1,
            later
        }
        .into())
    );

    // Another visit takes the place of an undone one: it cannot be put back.
    let moved_away = found(&store, "b3");
    let mut moved = moved_away.clone();
    moved.start = sample::local("2026-03-11T13:00");
    let move_entry = store
        .change(&stamp(90), Action::Reschedule, |transaction| {
            transaction.update_appointment(&moved)
        })
        .unwrap()
        .entry
        .unwrap();
    insert(
        &mut store,
        91,
        &[appointment("b4", "p1", "zoe", None, "2026-03-11T09:30")],
    )
    .unwrap();
    assert_eq!(
        store.undo(&stamp(92), Which::Entry(move_entry.seq)),
        Err(UndoRefusal::Conflict {
            seq: move_entry.seq,
            conflict: Conflict {
                taken: Taken::Practitioner,
                appointment: "b3".into(),
                other: "b4".into(),
            },
        }
        .into())
    );

    // The feed tells it all again.
    let feed = store.changes_after(booked.seq - 1, 1000).unwrap();
    assert_eq!(feed.first().unwrap(), &booked);
    assert_eq!(feed.last().unwrap().seq, store.current_seq().unwrap());
    assert!(feed.windows(2).all(|pair| pair[0].seq + 1 == pair[1].seq));
}

#[test]
fn a_failing_visit_takes_the_whole_booking_back() {
    let (_folder, mut store) = filled();
    let before = store.records().unwrap();
    let refused = insert(
        &mut store,
        1,
        &[
            appointment("c1", "p1", "omar", None, "2026-03-12T09:00"),
            appointment("c2", "m1", "li", Some("room1"), "2026-03-03T10:30"),
        ],
    );
    let conflict = Conflict {
        taken: Taken::Practitioner,
        appointment: "c2".into(),
        other: "a1".into(),
    };
    assert_eq!(refused, Err(conflict.into()));
    assert_eq!(store.records().unwrap(), before);
    assert_eq!(store.current_seq().unwrap(), 1);
}

#[test]
fn a_refused_step_leaves_nothing_when_the_caller_goes_on() {
    let (_folder, mut store) = filled();
    let done = store
        .change::<_, StoreError>(&stamp(1), Action::Book, |transaction| {
            let first =
                transaction.insert_appointment(&appointment("c1", "m1", "li", None, "2026-03-03T10:00"));
            assert!(matches!(first, Err(StoreError::Conflict(_))));
            transaction.insert_appointment(&appointment("c1", "m1", "li", None, "2026-03-03T14:00"))
        })
        .unwrap();
    assert_eq!(done.entry.unwrap().changes.len(), 1);
    assert_eq!(found(&store, "c1").start, sample::local("2026-03-03T14:00"));
}

#[test]
fn a_deliberate_double_booking_carries_its_reason() {
    let (_folder, mut store) = filled();
    let mut double = appointment("d1", "m1", "li", Some("room1"), "2026-03-03T10:00");
    double.override_reason = "two sisters, one after the other on one table".to_owned();
    insert(&mut store, 1, &[double.clone()]).unwrap();
    // The visit below it can still go on its way …
    let mut below = found(&store, "a1");
    below.status = AppointmentStatus::Arrived;
    store
        .change(&stamp(2), Action::SetStatus, |transaction| {
            transaction.update_appointment(&below)
        })
        .unwrap();
    // … but neither gets company without a reason of its own, nor may the reason go.
    assert!(
        insert(
            &mut store,
            3,
            &[appointment("d2", "m1", "omar", None, "2026-03-03T10:30")]
        )
        .is_err()
    );
    let mut silent = found(&store, "d1");
    silent.override_reason.clear();
    let refused = store.change(&stamp(4), Action::EditAppointment, |transaction| {
        transaction.update_appointment(&silent)
    });
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    // Cancelling the visit below and undoing that brings back both.
    below.status = AppointmentStatus::Cancelled;
    store
        .change(&stamp(5), Action::Cancel, |transaction| {
            transaction.update_appointment(&below)
        })
        .unwrap();
    store.undo(&stamp(6), Which::Last).unwrap();
    assert_eq!(found(&store, "a1").status, AppointmentStatus::Arrived);
}

#[test]
fn looking_at_a_patient_is_noted_and_cannot_be_undone() {
    let (_folder, mut store) = filled();
    let entry = store.log_view(&stamp(1), &["zoe".into()]).unwrap();
    assert_eq!(entry.kind, EntryKind::View);
    assert_eq!(
        (entry.changes[0].entity, entry.changes[0].id.as_str()),
        (Entity::Patient, "zoe")
    );
    assert_eq!(
        store.undo(&stamp(2), Which::Entry(entry.seq)),
        Err(UndoRefusal::NotAChange { seq: entry.seq }.into())
    );
    assert!(store.log_view(&stamp(3), &["nobody".into()]).is_err());
    assert_eq!(store.history_of(Entity::Patient, "zoe").unwrap().len(), 2);
}

#[test]
fn an_import_can_be_undone_and_redone() {
    let (_folder, mut store) = filled();
    store.undo(&stamp(1), Which::Last).unwrap();
    assert!(store.is_empty().unwrap());
    assert_eq!(store.clinic(), Err(StoreError::NoClinic));
    store.redo(&stamp(2), Which::Last).unwrap();
    let mut back = store.records().unwrap();
    for (visit, original) in back.appointments.iter_mut().zip(&sample::records().appointments) {
        assert!(visit.revision > original.revision);
        visit.revision = original.revision;
        visit.changed_at = original.changed_at;
    }
    assert_eq!(back, sample::records());
}

#[test]
fn a_removed_record_comes_back_to_its_place() {
    let (_folder, mut store) = filled();
    store
        .change(&stamp(1), Action::EditPatient, |transaction| {
            transaction.delete_appointment(&"a3".into())?;
            transaction.delete_patient(&"omar".into())
        })
        .unwrap();
    store.undo(&stamp(2), Which::Last).unwrap();
    assert_eq!(store.records().unwrap().patients, sample::records().patients);
    assert_eq!(found(&store, "a3").revision, 5);
}

#[test]
fn a_change_of_nothing_leaves_no_entry() {
    let (_folder, mut store) = filled();
    let records = sample::records();
    let done = store
        .change::<_, StoreError>(&stamp(1), Action::EditClinic, |transaction| {
            transaction.put_room(&records.clinic.rooms[0])?;
            transaction.update_appointment(&records.appointments[2])
        })
        .unwrap();
    assert_eq!(done.entry, None);
    assert_eq!(store.records().unwrap(), records);
}

#[test]
fn a_move_to_another_zone_keeps_the_wall_clock() {
    let (_folder, mut store) = filled();
    let mut settings = ordo_store::Settings::of(&sample::records().clinic);
    settings.time_zone = chrono_tz::Tz::Europe__Paris;
    store
        .change(&stamp(1), Action::EditClinic, |transaction| {
            transaction.put_settings(&settings)
        })
        .unwrap();
    assert_eq!(
        store.records().unwrap().appointments,
        sample::records().appointments
    );
    let day = store.day(sample::date(3, 3)).unwrap();
    assert_eq!(day.appointments.len(), 2);
    let ids: Vec<&str> = day.patients.iter().map(|patient| patient.id.as_str()).collect();
    assert_eq!(ids, ["zoe", "omar"]);
    // Times of the new zone are compared with the old visits.
    let refused = insert(
        &mut store,
        2,
        &[appointment("g", "m1", "li", None, "2026-03-03T10:30")],
    );
    assert!(matches!(refused, Err(StoreError::Conflict(_))));
}

#[test]
fn the_journal_gives_back_what_was() {
    let (_folder, mut store) = filled();
    let mut zoe = store.patient(&"zoe".into()).unwrap().unwrap();
    let before = zoe.clone();
    zoe.notes = "prefers evenings".to_owned();
    store
        .change(&stamp(1), Action::EditPatient, |transaction| {
            transaction.put_patient(&zoe)
        })
        .unwrap();
    let entry = store.latest_entries(1).unwrap().remove(0);
    assert_eq!(entry.changes[0].before, Some(Record::Patient(before)));
    assert_eq!(entry.changes[0].after, Some(Record::Patient(zoe)));
    assert_eq!(entry.actor, "front desk");
}

#[test]
fn protocols_keep_every_version() {
    let (_folder, mut store) = filled();
    let mut third = store.protocols().unwrap();
    assert_eq!(third.version, 2);
    let same = store.change(&stamp(1), Action::EditProtocols, |transaction| {
        transaction.insert_protocols(&third)
    });
    assert!(matches!(same, Err(StoreError::Invalid { .. })));
    third.version = 3;
    third.conditions.pop();
    store
        .change(&stamp(1), Action::EditProtocols, |transaction| {
            transaction.insert_protocols(&third)
        })
        .unwrap();
    assert_eq!(store.protocols().unwrap(), third);
    assert_eq!(store.protocols_version(2).unwrap().unwrap().version, 2);
    assert_eq!(store.protocols_version(9).unwrap(), None);
}

#[test]
fn patients_are_found_by_any_part_of_their_name() {
    let (_folder, store) = filled();
    for (text, expected) in [
        ("zoë", vec!["zoe"]),
        ("ZOE MULLER", vec!["zoe"]),
        ("NEILL müller", vec!["zoe"]),
        ("小", vec!["li"]),
        ("a%", vec![]),
        ("", vec!["omar", "zoe", "li"]),
    ] {
        let found = store.patients_matching(text, 10).unwrap();
        let ids: Vec<&str> = found.iter().map(|patient| patient.id.as_str()).collect();
        assert_eq!(ids, expected, "{text:?}");
    }
    assert_eq!(store.patients_matching("", 1).unwrap().len(), 1);
}
