//! Where backups lie: a folder of choice, noted beside the database, and files whose names say what they are.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use ordo_store::{ASIDE, Hash, beside};
use serde::{Deserialize, Serialize};

use super::plan::Taken;

/// How a backup's file ends.
const ENDING: &str = ".ordo-backup";

/// How the copy of a key file ends.
const KEYS: &str = ".keys";

/// How the name of a backup begins that was not looked through yet.
const PARTIAL: &str = ".ordo-";

/// The time in a backup's name, in UTC.
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// What tells the backups of one clinic from those of another of the same name in one folder: how the hash of the first
/// entry of its journal begins, which no backup, no restore and no new key changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark(String);

impl Mark {
    /// How many digits it has.
    const DIGITS: usize = 8;

    /// The mark of a clinic whose journal begins so.
    pub fn of(first: Hash) -> Self {
        Self(first.to_string().chars().take(Self::DIGITS).collect())
    }

    /// Reads a mark as it stands in a name.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |letter: u8| matches!(letter, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == Self::DIGITS && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }
}

impl Display for Mark {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What somebody chose on this computer.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Choice {
    folder: Option<PathBuf>,
}

/// The folder of a clinic's backups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub folder: PathBuf,
    /// Whether it is the one beside the database, which is made where it is missing. A chosen one is not: its disk may
    /// be unplugged.
    pub is_beside: bool,
}

impl Place {
    /// The folder that was chosen for a database, else the one beside it.
    pub fn of(database: &Path) -> Self {
        let text = fs::read_to_string(note(database)).unwrap_or_default();
        let choice: Choice = serde_json::from_str(&text).unwrap_or_default();
        match choice.folder {
            Some(folder) => Self {
                folder,
                is_beside: false,
            },
            None => Self {
                folder: database.with_file_name("Backups"),
                is_beside: true,
            },
        }
    }

    /// Notes the choice; nothing chosen means the folder beside the database.
    pub fn choose(database: &Path, folder: Option<PathBuf>) -> std::io::Result<()> {
        let text = serde_json::to_string(&Choice { folder })?;
        let (note, fresh) = (note(database), beside(database, ".backup.json.new"));
        fs::write(&fresh, text)?;
        fs::rename(fresh, note)
    }

    /// Makes the folder where that is Ordo's to do.
    pub fn make(&self) -> std::io::Result<()> {
        if self.is_beside {
            fs::create_dir_all(&self.folder)?;
        }
        Ok(())
    }

    /// Removes what backups have left that were cut short more than a day ago. A younger one may be another program's.
    pub fn remove_leftovers(&self, now: DateTime<Utc>) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_partial = name.starts_with(PARTIAL) && name.contains(".partial");
            let written = entry.metadata().and_then(|metadata| metadata.modified());
            let is_old =
                written.is_ok_and(|written| now - DateTime::<Utc>::from(written) > TimeDelta::days(1));
            if is_partial && is_old {
                // What cannot be removed is tried again next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// The backups of a database that are there, newest first. A folder that is not there yet has none. Those of another
    /// clinic are left out where the mark of this one is known; older ones have none, and may be anybody's.
    pub fn list(&self, database: &Path, mark: Option<&Mark>) -> std::io::Result<Vec<Found>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound && self.is_beside => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found: Vec<Found> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let name = entry.file_name().into_string().ok()?;
                let (taken, its) = taken(database, &name)?;
                if its.is_some() && mark.is_some() && its.as_ref() != mark {
                    return None;
                }
                let bytes = entry.metadata().ok().filter(fs::Metadata::is_file)?.len();
                Some(Found {
                    name,
                    mark: its,
                    taken,
                    bytes,
                })
            })
            .collect();
        found.sort_by(|one, two| (two.taken.at, &two.name).cmp(&(one.taken.at, &one.name)));
        Ok(found)
    }
}

/// What a backup is called until it was looked through.
pub(crate) fn partial_name(mark: Option<&Mark>) -> String {
    format!("{PARTIAL}{}{}.partial", std::process::id(), ending(mark))
}

/// A mark as the end of a name.
fn ending(mark: Option<&Mark>) -> String {
    mark.map_or_else(String::new, |mark| format!("-{mark}"))
}

/// A backup that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub name: String,
    /// The clinic's mark; none in a name that an earlier version gave.
    pub mark: Option<Mark>,
    pub taken: Taken,
    pub bytes: u64,
}

/// The name of a backup.
pub(crate) fn name(database: &Path, taken: Taken, mark: Option<&Mark>) -> String {
    format!(
        "{}-{}-{}{}{ENDING}",
        stem(database),
        taken.at.format(TIME),
        taken.entry,
        ending(mark)
    )
}

/// What the copy of a key file is called beside backups: as the key file, and with the mark.
pub(crate) fn keys_name(keys: &Path, mark: Option<&Mark>) -> Option<PathBuf> {
    let database = keys.file_stem()?.to_string_lossy().into_owned();
    Some(match mark {
        Some(mark) => format!("{database}-{mark}{KEYS}").into(),
        None => keys.file_name()?.into(),
    })
}

/// The copies of key files beside backups that may be those of a database, the newest first and those without a mark last.
pub(crate) fn copies_of_keys(database: &Path) -> Vec<PathBuf> {
    let folder = Place::of(database).folder;
    let called = database.file_name().unwrap_or_default().to_string_lossy();
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let rest = name.strip_prefix(&*called)?.strip_suffix(KEYS)?;
            let mark = rest.strip_prefix('-').map(Mark::parse);
            let is_one = rest.is_empty() || mark.is_some_and(|mark| mark.is_some());
            let written = entry.metadata().and_then(|data| data.modified()).ok();
            is_one.then(|| (rest.is_empty(), std::cmp::Reverse(written), entry.path()))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(.., path)| path).collect()
}

fn stem(database: &Path) -> Cow<'_, str> {
    database.file_stem().unwrap_or_default().to_string_lossy()
}

/// What a name says of a backup of this database, and its mark; nothing where it is another file.
fn taken(database: &Path, name: &str) -> Option<(Taken, Option<Mark>)> {
    let (of, taken, mark) = read_backup(name)?;
    (of == stem(database)).then_some((taken, mark))
}

/// What a backup's name says: of which database it is, what of it, and its mark where it has one.
fn read_backup(name: &str) -> Option<(&str, Taken, Option<Mark>)> {
    let (rest, last) = name.strip_suffix(ENDING)?.rsplit_once('-')?;
    let (stem, time) = rest.rsplit_once('-')?;
    let (stem, time, entry, mark) = match read_time(time) {
        Some(_) => (stem, time, last, None),
        None => {
            let (stem, before) = stem.rsplit_once('-')?;
            (stem, before, time, Some(Mark::parse(last)?))
        }
    };
    let taken = Taken {
        at: read_time(time)?,
        entry: entry.parse().ok()?,
    };
    Some((stem, taken, mark))
}

fn read_time(text: &str) -> Option<DateTime<Utc>> {
    Some(NaiveDateTime::parse_from_str(text, TIME).ok()?.and_utc())
}

/// The moment of which a file has the clinic, as its name says, whichever database it is of; nothing where it does not.
pub(crate) fn moment_in(name: &str) -> Option<DateTime<Utc>> {
    let of_backup = read_backup(name).map(|(_, taken, _)| taken.at);
    of_backup.or_else(|| read_kept(name).map(|(_, at)| at))
}

/// What to add to a database's name for what is kept before a backup is put back; the name is free.
pub(crate) fn aside(database: &Path, now: DateTime<Utc>) -> String {
    let base = format!("{ASIDE}{}", now.format(TIME));
    (1_u32..)
        .map(|number| match number {
            1 => base.clone(),
            number => format!("{base}-{number}"),
        })
        .find(|aside| !beside(database, aside).exists())
        .unwrap_or(base)
}

/// What was kept when a backup was put back.
pub(crate) struct Kept {
    pub name: String,
    pub at: DateTime<Utc>,
    pub bytes: u64,
}

/// What is kept beside a database, newest first. It is never removed: nobody else has it, and it tells who put the wrong
/// backup back how to go on.
pub(crate) fn kept(database: &Path) -> Vec<Kept> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new(".")))
        .into_iter()
        .flatten();
    let mut found: Vec<Kept> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name().into_string().ok()?;
            let at = kept_at(database, &name)?;
            let bytes = entry.metadata().ok().filter(fs::Metadata::is_file)?.len();
            Some(Kept { name, at, bytes })
        })
        .collect();
    found.sort_by(|one, two| (two.at, &two.name).cmp(&(one.at, &one.name)));
    found
}

/// When what has a name was kept; nothing where it is another file.
fn kept_at(database: &Path, name: &str) -> Option<DateTime<Utc>> {
    let (of, at) = read_kept(name)?;
    (of == database.file_name()?).then_some(at)
}

/// What the name of something kept says: of which database it is, and when it was kept.
fn read_kept(name: &str) -> Option<(&str, DateTime<Utc>)> {
    let (database, rest) = name.rsplit_once(ASIDE)?;
    let (time, number) = rest.split_once('-').unwrap_or((rest, "2"));
    number.parse::<u32>().ok()?;
    Some((database, read_time(time)?))
}

fn note(database: &Path) -> PathBuf {
    beside(database, ".backup.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_is_in_it_and_other_files_are_none() {
        let database = Path::new("/data/clinic.ordo");
        let one = Taken {
            at: DateTime::from_timestamp(1_772_460_000, 0).unwrap(),
            entry: 42,
        };
        for (mark, called) in [
            (None, "clinic-20260302T140000Z-42.ordo-backup"),
            (
                Mark::parse("0a1b2c3d"),
                "clinic-20260302T140000Z-42-0a1b2c3d.ordo-backup",
            ),
        ] {
            assert_eq!(name(database, one, mark.as_ref()), called);
            assert_eq!(taken(database, called), Some((one, mark)));
        }
        for other in [
            "clinic.ordo",
            "other-20260302T140000Z-42.ordo-backup",
            "clinic-20260302T140000Z-42.ordo-backup.partial",
            "clinic-20260302T140000Z-x.ordo-backup",
            "clinic-20260302T140000Z-42-0a1b.ordo-backup",
            "clinic-20260302T140000Z-42-0A1B2C3D.ordo-backup",
            "clinic-2026-42.ordo-backup",
            "clinic-.ordo-backup",
            "clinic-.ordo-backup-é",
        ] {
            assert_eq!(taken(database, other), None, "{other}");
        }
    }

    #[test]
    fn a_name_says_its_moment_whichever_database_it_is_of() {
        let at = DateTime::from_timestamp(1_772_460_000, 0);
        for (name, expected) in [
            ("clinic-20260302T140000Z-42.ordo-backup", at),
            ("north-side-20260302T140000Z-42.ordo-backup", at),
            ("north-side-20260302T140000Z-42-0a1b2c3d.ordo-backup", at),
            ("clinic.ordo.before-restore-20260302T140000Z", at),
            ("clinic.ordo.before-restore-20260302T140000Z-3", at),
            ("clinic.ordo.before-restore-20260302T140000Z-wal", None),
            ("monday.ordo-backup", None),
            ("clinic.ordo", None),
        ] {
            assert_eq!(moment_in(name), expected, "{name}");
        }
    }

    #[test]
    fn copies_of_key_files_are_known_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        let backups = folder.path().join("Backups");
        fs::create_dir(&backups).unwrap();
        assert_eq!(copies_of_keys(&database), [""; 0].map(PathBuf::from));
        let copies = ["clinic.ordo-0a1b2c3d.keys", "clinic.ordo.keys"];
        for other in [
            "clinic.ordo-0a1b.keys",
            "clinic.keys",
            "other.ordo.keys",
            "clinic.ordo-.keys",
        ] {
            fs::write(backups.join(other), "").unwrap();
        }
        for (name, mark) in copies.iter().zip([Mark::parse("0a1b2c3d"), None]) {
            fs::write(backups.join(name), "").unwrap();
            let named = keys_name(&beside(&database, KEYS), mark.as_ref());
            assert_eq!(named, Some(PathBuf::from(name)));
        }
        assert_eq!(copies_of_keys(&database), copies.map(|name| backups.join(name)));
    }

    #[test]
    fn what_is_kept_is_known_by_its_name_alone() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        let at = DateTime::from_timestamp(1_772_460_000, 0).unwrap();
        for _ in 0..3 {
            fs::write(beside(&database, &aside(&database, at)), "kept").unwrap();
        }
        for other in ["-wal", ".partial", "-2-shm"] {
            let name = format!(".before-restore-20260302T140000Z{other}");
            fs::write(beside(&database, &name), "no database").unwrap();
        }
        fs::write(
            folder.path().join("other.ordo.before-restore-20260302T140000Z"),
            "",
        )
        .unwrap();
        let found: Vec<(String, DateTime<Utc>)> = kept(&database)
            .into_iter()
            .map(|kept| (kept.name, kept.at))
            .collect();
        let named = |end: &str| (format!("clinic.ordo.before-restore-20260302T140000Z{end}"), at);
        assert_eq!(found, [named("-3"), named("-2"), named("")]);
    }

    #[test]
    fn a_choice_is_kept_and_taken_back_and_a_spoilt_note_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        let beside = Place {
            folder: folder.path().join("Backups"),
            is_beside: true,
        };
        assert_eq!(Place::of(&database), beside);
        Place::choose(&database, Some("/mnt/disk".into())).unwrap();
        assert_eq!(Place::of(&database).folder, Path::new("/mnt/disk"));
        Place::choose(&database, None).unwrap();
        assert_eq!(Place::of(&database), beside);
        fs::write(note(&database), "{").unwrap();
        assert_eq!(Place::of(&database), beside);
    }
}
