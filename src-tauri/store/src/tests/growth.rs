//! The cost of a question, counted in steps of the database's own machine: exact, and the same everywhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{filled, stamp};
use crate::sample::{self, appointment};
use crate::{Action, Filter, Store, StoreError};

/// A clinic with some years of history, twelve visits a day, each of an hour; half of it was brought in, as one entry of the
/// journal, and half of it booked visit by visit.
fn with_history(years: i64) -> (tempfile::TempDir, Store) {
    let (folder, _path, store) = filled();
    let days = years * 365;
    store
        .connection
        .execute_batch(&format!(
            "INSERT INTO writing_mode VALUES ('deriving');
             WITH RECURSIVE day(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM day WHERE number < {days}),
                 hour(number) AS (SELECT 8 UNION ALL SELECT number + 1 FROM hour WHERE number < 19)
             INSERT INTO appointment (id, practitioner, patient, service, room, start, minutes, buffer_minutes,
                 status, override_reason, cancel_reason, note, revision, start_utc, end_utc, busy_until_utc)
             SELECT 'old' || day.number || '-' || hour.number, iif(hour.number % 2, 'm1', 'p1'),
                 iif(hour.number % 3, 'li', 'zoe'), 'rmt-60', iif(hour.number % 2, 'room1', 'room2'),
                 strftime('%Y-%m-%dT%H:%M', '2026-03-01', '-' || day.number || ' days', hour.number || ' hours'),
                 60, 0, 'fulfilled', '', '', '', 0,
                 unixepoch('2026-03-01') / 60 - day.number * 1440 + (hour.number + 5) * 60,
                 unixepoch('2026-03-01') / 60 - day.number * 1440 + (hour.number + 6) * 60,
                 unixepoch('2026-03-01') / 60 - day.number * 1440 + (hour.number + 6) * 60
             FROM day, hour;
             DELETE FROM writing_mode;
             INSERT INTO journal (seq, at, actor, kind, action, reason, hash)
                 SELECT max(seq) + 1, '2026-03-01T00:00:00Z', 'front desk', 'change', 'import', '', zeroblob(32)
                 FROM journal;
             INSERT INTO journal_change (number, seq, position, entity, id, after)
                 WITH change(position) AS
                     (SELECT 0 UNION ALL SELECT position + 1 FROM change WHERE position < {days} * 6 - 1)
                 SELECT (seq << 32) + position, seq, position, 'patient', 'old' || position, '{{}}'
                 FROM change, (SELECT max(seq) AS seq FROM journal);"
        ))
        .expect("a history");
    let booked = days * 6;
    store.connection.execute_batch("BEGIN").expect("one writing");
    for number in 0..booked {
        let entry = "INSERT INTO journal (seq, at, actor, kind, action, reason, hash)
            SELECT max(seq) + 1, '2026-03-01T00:00:00Z', 'front desk', 'change', 'book', '', zeroblob(32) FROM journal";
        let change = "INSERT INTO journal_change (number, seq, position, entity, id, after)
            SELECT seq << 32, seq, 0, 'appointment', 'old' || ?1, '{\"patient\": \"zoe\"}'
            FROM (SELECT max(seq) AS seq FROM journal)";
        let add = |text, params: &[i64]| {
            let mut statement = store.connection.prepare_cached(text)?;
            statement.execute(rusqlite::params_from_iter(params))
        };
        add(entry, &[]).expect("an entry");
        add(change, &[number]).expect("a change");
    }
    store.connection.execute_batch("COMMIT").expect("written");
    (folder, store)
}

pub(super) fn steps<T>(store: &mut Store, question: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> u64 {
    let count = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&count);
    store
        .reader
        .connection
        .progress_handler(
            1,
            Some(move || {
                counter.fetch_add(1, Ordering::Relaxed);
                false
            }),
        )
        .expect("a counter");
    question(store).expect("an answer");
    store
        .reader
        .connection
        .progress_handler(0, None::<fn() -> bool>)
        .expect("no counter");
    count.load(Ordering::Relaxed)
}

type Question = (&'static str, fn(&mut Store) -> Result<(), StoreError>);

const QUESTIONS: [Question; 10] = [
    ("a day", |store| store.day(sample::date(3, 3)).map(drop)),
    ("a horizon", |store| {
        let rooms = ["room1".into(), "room2".into()];
        store
            .horizon(
                &"zoe".into(),
                &["m1".into(), "p1".into()],
                &rooms,
                sample::date(3, 9),
                sample::date(3, 30),
            )
            .map(drop)
    }),
    ("a practitioner's week", |store| {
        let filter = Filter {
            practitioner: Some("m1".into()),
            ..Filter::default()
        };
        store
            .appointments(sample::date(3, 2), sample::date(3, 8), &filter)
            .map(drop)
    }),
    ("a series", |store| {
        store.appointments_of_series(&"s1".into()).map(drop)
    }),
    ("booking a visit", |store| {
        let visit = appointment("new", "m1", "zoe", Some("room1"), "2026-03-10T10:00");
        store
            .change(&stamp(1), Action::Book, |transaction| {
                transaction.insert_appointment(&visit)
            })
            .map(drop)
    }),
    ("moving a visit", |store| {
        let mut visit = appointment("new", "m1", "zoe", Some("room1"), "2026-03-10T14:00");
        visit.note = "moved".to_owned();
        store
            .change(&stamp(2), Action::Reschedule, |transaction| {
                transaction.update_appointment(&visit)
            })
            .map(drop)
    }),
    ("who was here last", |store| store.recent_patients(10).map(drop)),
    ("whose record is another now", |store| {
        let seq = store.current_seq()?;
        store.patients_changed_after(seq - 1).map(drop)
    }),
    ("the newest change", |store| store.newest_change().map(drop)),
    ("undoing", |store| {
        store.undo(&stamp(3), crate::Which::Last).map(drop)
    }),
];

#[test]
fn years_of_history_cost_nothing() {
    let (_young_folder, mut young) = with_history(1);
    let (_old_folder, mut old) = with_history(10);
    for (name, question) in QUESTIONS {
        let (little, much) = (steps(&mut young, question), steps(&mut old, question));
        assert!(little > 0, "{name} was not counted");
        assert!(
            much * 100 <= little * 105,
            "{name}: {little} steps with one year, {much} with ten"
        );
    }
    // The counter does see a scan.
    let all = |store: &mut Store| store.records().map(drop);
    assert!(steps(&mut old, all) > 5 * steps(&mut young, all));
}

/// A clinic with so many patients more, each with a visit and an entry of the journal.
fn with_patients(count: u32) -> (tempfile::TempDir, Store) {
    let (folder, _path, mut store) = filled();
    let template = sample::records().patients.remove(0);
    // What is on the disk is not what is measured.
    store
        .connection
        .execute_batch("PRAGMA synchronous = OFF")
        .expect("a setting");
    for number in 0..count {
        let id = format!("many{number}");
        let mut patient = template.clone();
        patient.id = id.as_str().into();
        let mut visit = appointment(&id, "m1", &id, Some("room1"), "2026-03-10T10:00");
        visit.start += chrono::TimeDelta::hours(i64::from(number) * 2);
        store
            .change(&stamp(1), Action::Book, |transaction| {
                transaction.put_patient(&patient)?;
                transaction.insert_appointment(&visit)
            })
            .expect("a patient with a visit");
    }
    (folder, store)
}

/// What a search asks with each letter that is typed, once the patients are known.
#[test]
fn a_letter_that_is_typed_costs_the_same_with_any_number_of_patients() {
    let asked = |store: &mut Store| {
        let newest = store.current_seq()?;
        store.chain_at(newest)?;
        store.patients_changed_after(newest)?;
        store.patient_lines_of(&[])?;
        let shown: Vec<_> = (0..20)
            .map(|number| format!("many{number}").as_str().into())
            .collect();
        store.nearest_visits(&shown, sample::date(3, 3).and_time(chrono::NaiveTime::MIN))?;
        store.patient_lines_of(&shown).map(drop)
    };
    let (_small_folder, mut small) = with_patients(30);
    let (_large_folder, mut large) = with_patients(1_000);
    let (little, much) = (steps(&mut small, asked), steps(&mut large, asked));
    assert!(
        little > 0 && much * 100 <= little * 110,
        "{little} steps, {much} with many patients"
    );
    let all = |store: &mut Store| store.patient_lines().map(drop);
    assert!(steps(&mut large, all) > 5 * steps(&mut small, all));
}
