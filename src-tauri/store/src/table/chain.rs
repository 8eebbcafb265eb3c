//! The hashes of the journal's entries: the migration that gave them to entries without, and the check.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::chain::{ChainFault, Content, Hash, Link, Stretch};
use crate::fault::Result;

/// Before the entries that are there get their hashes.
pub(crate) const OPENED: &str = "
DROP TRIGGER journal_is_not_updated;
ALTER TABLE journal ADD COLUMN hash BLOB CHECK (length(hash) = 32);
";

/// From then on every entry comes with its hash. The indexes are for those who ask who did or saw what, and when.
pub(crate) const CLOSED: &str = "
CREATE TRIGGER journal_is_not_updated BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_entries_carry_a_hash BEFORE INSERT ON journal WHEN NEW.hash IS NULL
BEGIN SELECT RAISE(ABORT, 'an entry of the journal carries its hash'); END;
CREATE INDEX journal_by_time ON journal (at);
CREATE INDEX journal_by_actor ON journal (actor, seq);
CREATE INDEX journal_change_by_patient ON journal_change (
    iif(entity = 'patient', id, json_extract(coalesce(after, before), '$.patient')), seq
) WHERE entity IN ('patient', 'appointment', 'series');
";

const HEAD: &str = "SELECT seq, at, actor, kind, action, of_entry, reason, hash FROM journal";

/// How many columns of `HEAD` are content.
const HEAD_COLUMNS: usize = 7;

const CHANGE_COLUMNS: usize = 7;

/// Gives every entry its hash.
pub(crate) fn fill(connection: &Connection) -> Result<()> {
    const AT_ONCE: u32 = 1000;
    let mut last = Link::START;
    loop {
        let mut hashes = Vec::new();
        walk(connection, last, AT_ONCE, |seq, computed, _| {
            hashes.push((seq, computed));
            computed
        })?;
        let Some(&(seq, hash)) = hashes.last() else {
            return Ok(());
        };
        let mut write = connection.prepare_cached("UPDATE journal SET hash = ?2 WHERE seq = ?1")?;
        for (seq, hash) in &hashes {
            write.execute((seq, &hash.as_bytes()[..]))?;
        }
        last = Link { seq, hash };
    }
}

/// The newest entry.
pub(crate) fn end(connection: &Connection) -> Result<Link> {
    let found = connection
        .prepare_cached("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get::<_, Option<Vec<u8>>>(1)?)))
        .optional()?;
    Ok(found.map_or(Link::START, |(seq, hash)| Link {
        seq,
        hash: hash
            .and_then(|bytes| Hash::from_bytes(&bytes))
            .unwrap_or(Hash::NONE),
    }))
}

/// The hash that an entry carries.
pub(crate) fn at(connection: &Connection, seq: u32) -> Result<Option<Hash>> {
    if seq == 0 {
        return Ok(Some(Hash::NONE));
    }
    let found = connection
        .prepare_cached("SELECT hash FROM journal WHERE seq = ?1")?
        .query_row([seq], |row| row.get::<_, Option<Vec<u8>>>(0))
        .optional()?;
    Ok(found.flatten().and_then(|bytes| Hash::from_bytes(&bytes)))
}

/// Checks at most `limit` entries that hang on `from`.
pub(crate) fn check(connection: &Connection, from: Link, limit: u32) -> Result<Stretch> {
    let mut stretch = Stretch {
        last: from,
        checked: 0,
        faults: Vec::new(),
        is_end: false,
    };
    walk(connection, from, limit, |seq, computed, carried| {
        let expected = stretch.last.seq.saturating_add(1);
        if seq > expected {
            stretch.faults.push(ChainFault::Missing {
                from: expected,
                to: seq - 1,
            });
        }
        // After a gap the hash before is unknown, so nothing can be said of this entry.
        if seq == expected && carried != Some(computed) {
            stretch.faults.push(ChainFault::Altered { seq });
        }
        stretch.checked += 1;
        let hash = carried.unwrap_or(computed);
        stretch.last = Link { seq, hash };
        hash
    })?;
    stretch.is_end = stretch.checked < limit;
    Ok(stretch)
}

/// Goes through entries after a link: their number, the hash of their content, the hash they carry. What `visit` gives
/// back is the hash that the next one hangs on.
fn walk(
    connection: &Connection,
    from: Link,
    limit: u32,
    mut visit: impl FnMut(u32, Hash, Option<Hash>) -> Hash,
) -> Result<()> {
    let text = format!("{HEAD} WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    let mut heads = connection.prepare_cached(&text)?;
    let mut changes = connection.prepare_cached(
        "SELECT seq, position, entity, id, place, before, after FROM journal_change
         WHERE number >= ?1 << 32 AND number < (?1 + 1) << 32 ORDER BY number",
    )?;
    let mut before = from.hash;
    let mut found = heads.query((from.seq, limit))?;
    while let Some(head) = found.next()? {
        let seq: u32 = head.get(0)?;
        let mut content = Content::after(&before);
        take(&mut content, head, HEAD_COLUMNS)?;
        let mut rows = changes.query([seq])?;
        while let Some(row) = rows.next()? {
            take(&mut content, row, CHANGE_COLUMNS)?;
        }
        let carried: Option<Vec<u8>> = head.get(HEAD_COLUMNS)?;
        let carried = carried.and_then(|bytes| Hash::from_bytes(&bytes));
        before = visit(seq, content.finish(), carried);
    }
    Ok(())
}

fn take(content: &mut Content, row: &Row<'_>, columns: usize) -> Result<()> {
    for column in 0..columns {
        content.take(row.get_ref(column)?);
    }
    Ok(())
}

/// A value that is text or absent.
pub(crate) fn text(value: Option<&str>) -> ValueRef<'_> {
    value.map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()))
}

/// A value that is a number or absent.
pub(crate) fn number(value: Option<i64>) -> ValueRef<'static> {
    value.map_or(ValueRef::Null, ValueRef::Integer)
}
