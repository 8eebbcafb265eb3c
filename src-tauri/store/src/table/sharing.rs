//! How practitioners' calendars are shared.

use ordo_core::model::{CalendarAccount, NamesShown, PractitionerId, Sharing};
use rusqlite::{Connection, params};

use super::Placed;
use super::reading::{Chosen, placed, unreadable};
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE sharing (
    practitioner TEXT PRIMARY KEY NOT NULL REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    names TEXT NOT NULL CHECK (names IN ('initials', 'busy', 'full')),
    feed_secret TEXT UNIQUE CHECK (length(feed_secret) >= 32),
    account_address TEXT,
    account_user TEXT,
    CHECK ((account_address IS NULL) = (account_user IS NULL))
) STRICT;
";

pub(crate) const ENDING_ACCOUNTS: &str = "
ALTER TABLE sharing ADD COLUMN account_ends INTEGER NOT NULL DEFAULT 0
    CHECK (account_ends = 0 OR (account_ends = 1 AND account_address IS NOT NULL));
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<Sharing>>> {
    let select = "SELECT position, practitioner, names, feed_secret, account_address, account_user, account_ends FROM sharing";
    let order = "position, practitioner";
    placed(connection, select, "practitioner", order, chosen, |row| {
        let names: String = row.get(2)?;
        let account: (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
        Ok(Sharing {
            practitioner: PractitionerId::new(row.get::<_, String>(1)?),
            names: NamesShown::parse(&names).ok_or_else(|| unreadable("level of names", &names))?,
            feed_secret: row.get(3)?,
            account: match account {
                (Some(address), Some(user)) => Some(CalendarAccount { address, user }),
                _ => None,
            },
            account_ends: row.get(6)?,
        })
    })
}

pub(crate) fn write(connection: &Connection, sharing: &Sharing, place: Option<i64>) -> Result<()> {
    let account = sharing.account.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO sharing
                (practitioner, position, names, feed_secret, account_address, account_user, account_ends)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM sharing)), ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (practitioner) DO UPDATE SET names = excluded.names, feed_secret = excluded.feed_secret,
                account_address = excluded.account_address, account_user = excluded.account_user,
                account_ends = excluded.account_ends",
        )?
        .execute(params![
            sharing.practitioner.as_str(),
            place,
            sharing.names.as_str(),
            sharing.feed_secret,
            account.map(|account| &account.address),
            account.map(|account| &account.user),
            sharing.account_ends
        ])?;
    Ok(())
}
