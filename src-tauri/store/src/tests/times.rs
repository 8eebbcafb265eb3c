//! UTC columns are derived; the wall clock is the truth.

use super::{filled, stamp};
use crate::sample::{self, appointment};
use crate::{Action, EntryKind, StoreError};

fn columns(connection: &rusqlite::Connection) -> Vec<(String, i64)> {
    let mut statement = connection
        .prepare("SELECT id, start_utc FROM appointment ORDER BY number")
        .expect("a statement");
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

#[test]
fn other_zone_rules_move_utc_and_leave_what_was_agreed() {
    let (_folder, _path, mut store) = filled();
    let right = columns(&store.connection);
    // As if written by a program whose rules put March an hour elsewhere.
    store
        .connection
        .execute_batch(
            "INSERT INTO writing_mode VALUES ('deriving');
             UPDATE appointment SET start_utc = start_utc + 60, end_utc = end_utc + 60, busy_until_utc = busy_until_utc + 60
             WHERE id <> 'a2';
             UPDATE clinic SET zone_rules = '1999a';
             DELETE FROM writing_mode;",
        )
        .expect("older columns");
    // Reading goes by the wall clock even now.
    assert_eq!(
        store.day(sample::date(3, 3)).expect("a day").appointments.len(),
        2
    );
    // The first change sets it right, before its own rows are checked.
    let refused = store.change(&stamp(1), Action::Book, |transaction| {
        transaction.insert_appointment(&appointment("new", "m1", "li", None, "2026-03-03T10:00"))
    });
    assert!(matches!(refused, Err(StoreError::Conflict(_))));
    assert_ne!(
        columns(&store.connection),
        right,
        "a refused change leaves no trace"
    );
    store.log_view(&stamp(2), &["zoe".into()]).expect("an entry");
    assert_eq!(columns(&store.connection), right);
    assert_eq!(store.records().expect("records"), sample::records());
    let entries = store.latest_entries(2).expect("entries");
    assert_eq!(entries[0].kind, EntryKind::View);
    assert_eq!(entries[1].kind, EntryKind::Recompute);
    assert!(entries[1].reason.contains("1999a"), "{}", entries[1].reason);
    let moved: Vec<&str> = entries[1]
        .changes
        .iter()
        .map(|change| change.id.as_str())
        .collect();
    assert_eq!(moved, ["a1", "a3"]);
    // Once is enough.
    store.log_view(&stamp(3), &["zoe".into()]).expect("an entry");
    assert_eq!(store.current_seq().expect("a number"), 4);
    let modes: i64 = store
        .connection
        .query_row("SELECT count(*) FROM writing_mode", [], |row| row.get(0))
        .expect("a number");
    assert_eq!(modes, 0);
}
