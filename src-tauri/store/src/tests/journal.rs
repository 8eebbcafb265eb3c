use super::filled;

#[test]
fn nothing_in_the_journal_can_be_touched() {
    let (_folder, _path, store) = filled();
    for statement in [
        "UPDATE journal SET actor = 'nobody'",
        "UPDATE journal SET seq = 9 WHERE seq = 1",
        "DELETE FROM journal",
        "DELETE FROM journal_change",
        "UPDATE journal_change SET after = NULL",
        "INSERT OR REPLACE INTO journal (seq, at, actor, kind, action, reason) VALUES (1, '', '', 'view', NULL, '')",
        "INSERT INTO journal (seq, at, actor, kind, action, reason) VALUES (2, '', '', 'view', NULL, '')",
        "INSERT INTO journal (seq, at, actor, kind, action, reason) VALUES (7, '', '', 'view', NULL, '')",
        "INSERT INTO journal (seq, at, actor, kind, action, reason) VALUES (-1, '', '', 'view', NULL, '')",
        "INSERT OR REPLACE INTO journal_change (seq, position, entity, id) VALUES (1, 0, 'room', 'room1')",
        "INSERT INTO journal_change (seq, position, entity, id) VALUES (1, 900, 'room', 'room1')",
        "REPLACE INTO journal_change SELECT * FROM journal_change",
    ] {
        let before = content(&store.connection);
        let refused = store.connection.execute(statement, []);
        assert!(refused.is_err(), "{statement}");
        assert_eq!(content(&store.connection), before, "{statement}");
    }
}

fn content(connection: &rusqlite::Connection) -> Vec<String> {
    [
        "SELECT json_array(seq, at, actor, kind, reason) FROM journal",
        "SELECT json_array(seq, position, id, after) FROM journal_change",
    ]
    .iter()
    .flat_map(|statement| {
        let mut statement = connection.prepare(statement).expect("a statement");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect::<Vec<String>>()
    })
    .collect()
}
