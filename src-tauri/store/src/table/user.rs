//! Who signs in, and with what.

use chrono::{DateTime, Utc};
use ordo_core::model::{PractitionerId, Role, SecretKind, User, UserId};
use rusqlite::{Connection, OptionalExtension, params};

use super::Placed;
use super::reading::{Chosen, moment, moment_text, placed, unreadable};
use crate::access::UserSecret;
use crate::fault::Result;

pub(crate) const SHAPE: &str = "
CREATE TABLE user (
    id TEXT PRIMARY KEY NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'front-desk', 'practitioner')),
    practitioner TEXT REFERENCES practitioner (id) DEFERRABLE INITIALLY DEFERRED,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    locked_out INTEGER NOT NULL CHECK (locked_out IN (0, 1)),
    secret TEXT NOT NULL CHECK (secret IN ('password', 'pin')),
    secret_set TEXT
) STRICT;
-- What people sign in with, as hashes, and the attempts that failed: neither is ever journaled.
CREATE TABLE user_secret (
    user TEXT PRIMARY KEY NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    last_attempt TEXT
) STRICT;
";

pub(crate) fn load(connection: &Connection, chosen: &Chosen) -> Result<Vec<Placed<User>>> {
    let select =
        "SELECT position, id, name, role, practitioner, active, locked_out, secret, secret_set FROM user";
    placed(connection, select, "id", "position, id", chosen, |row| {
        let role: String = row.get(3)?;
        let secret: String = row.get(7)?;
        let set: Option<String> = row.get(8)?;
        Ok(User {
            id: UserId::new(row.get::<_, String>(1)?),
            name: row.get(2)?,
            role: Role::parse(&role).ok_or_else(|| unreadable("role", &role))?,
            practitioner: row.get::<_, Option<String>>(4)?.map(PractitionerId::new),
            active: row.get(5)?,
            locked_out: row.get(6)?,
            secret: SecretKind::parse(&secret).ok_or_else(|| unreadable("kind of secret", &secret))?,
            secret_set: set.as_deref().map(moment).transpose()?,
        })
    })
}

pub(crate) fn write(connection: &Connection, user: &User, place: Option<i64>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO user (id, position, name, role, practitioner, active, locked_out, secret, secret_set)
             VALUES (?1, coalesce(?2, (SELECT coalesce(max(position), 0) + 1 FROM user)), ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
                practitioner = excluded.practitioner, active = excluded.active,
                locked_out = excluded.locked_out, secret = excluded.secret, secret_set = excluded.secret_set",
        )?
        .execute(params![
            user.id.as_str(),
            place,
            user.name,
            user.role.as_str(),
            user.practitioner.as_ref().map(PractitionerId::as_str),
            user.active,
            user.locked_out,
            user.secret.as_str(),
            user.secret_set.map(moment_text)
        ])?;
    Ok(())
}

/// Whether anybody was ever added who may sign in.
pub(crate) fn any(connection: &Connection) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM user)")?
        .query_row([], |row| row.get(0))?)
}

/// Sets what somebody signs in with and forgets failed attempts.
pub(crate) fn set_secret(connection: &Connection, user: &UserId, hash: &str) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO user_secret (user, hash) VALUES (?1, ?2)
             ON CONFLICT (user) DO UPDATE SET hash = excluded.hash, failures = 0, last_attempt = NULL",
        )?
        .execute([user.as_str(), hash])?;
    Ok(())
}

/// What somebody signs in with.
pub(crate) fn secret(connection: &Connection, user: &UserId) -> Result<Option<UserSecret>> {
    let row = connection
        .prepare_cached("SELECT hash, failures, last_attempt FROM user_secret WHERE user = ?1")?
        .query_row([user.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<String>>(2)?))
        })
        .optional()?;
    let Some((hash, failures, last)) = row else {
        return Ok(None);
    };
    Ok(Some(UserSecret {
        hash,
        failures,
        last_attempt: last.as_deref().map(moment).transpose()?,
    }))
}

/// Counts an attempt as failed, until it is forgiven.
pub(crate) fn count_attempt(connection: &Connection, user: &UserId, at: DateTime<Utc>) -> Result<()> {
    connection
        .prepare_cached("UPDATE user_secret SET failures = failures + 1, last_attempt = ?2 WHERE user = ?1")?
        .execute([user.as_str(), &moment_text(at)])?;
    Ok(())
}

/// Forgets failed attempts.
pub(crate) fn forgive(connection: &Connection, user: &UserId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE user_secret SET failures = 0, last_attempt = NULL WHERE user = ?1 AND failures > 0",
        )?
        .execute([user.as_str()])?;
    Ok(())
}
