//! Kills the program at any moment of booking, migrating, backing up, putting back, also over a database that no longer
//! opens, and changing the key.

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use ordo_testkit::random::Random;

use crate::keys::{keychain, open_elsewhere, open_here};
use crate::victim::{Process, fresh, open, template};
use crate::{Failure, replace, witness, words_of};

/// After so many kills a database is looked through whole, and begun anew.
const ROUND: u32 = 8;

/// Kills, a sixth in each kind of work.
pub fn run(count: u32) -> Result<String, Failure> {
    let folder = tempfile::tempdir().map_err(words_of)?;
    let template = template(folder.path())?;
    let mut random = Random::new(4);
    let each = count.div_ceil(6);
    let (told, hit) = booking(folder.path(), &template, each, &mut random)?;
    let migrated = migrating(folder.path(), each, &mut random)?;
    let backups = backing_up(folder.path(), &template, each, &mut random)?;
    let restored = restoring(folder.path(), &template, each, &mut random)?;
    let replaced = replace::replacing(folder.path(), &template, each, &mut random)?;
    let (rekeyed, between) = rekeying(folder.path(), &template, each, &mut random)?;
    Ok(format!(
        "{} kills: {told} bookings acknowledged before {hit} kills of booking, none lost, no half series; \
         {migrated} kills of migrating found old or new, never between; {backups} backups acknowledged, all whole; \
         {restored} kills of putting back found one content or the other; {replaced}; {rekeyed} new keys acknowledged before \
         {each} kills of changing the key, {between} of which left two keys on record, each opened by the computer and \
         by a paper; no file damaged",
        6 * each
    ))
}

pub fn a_while(random: &mut Random, most: Duration) -> Duration {
    let most = i64::try_from(most.as_micros()).unwrap_or(i64::MAX);
    Duration::from_micros(random.between(0, most).unsigned_abs())
}

/// Gives how many series were acknowledged, and how many kills hit the worker at work.
fn booking(folder: &Path, template: &Path, count: u32, random: &mut Random) -> Result<(usize, u32), Failure> {
    let database = folder.join("booking.ordo");
    let before = witness::series(&open(template)?)?;
    let (mut acknowledged, mut hit) = (0, 0);
    let mut told = HashSet::new();
    for kill in 0..count {
        if kill % ROUND == 0 {
            fresh(template, &database)?;
            told.clear();
        }
        let first = told.len().to_string();
        let mut process = Process::start(&["book", &database.to_string_lossy(), &first], None)?;
        process.await_ready()?;
        let (said, was_at_work) = process.kill_after(a_while(random, Duration::from_millis(250)))?;
        hit += u32::from(was_at_work);
        for line in said {
            let Some(series) = line.strip_prefix("booked ") else {
                return Err(line);
            };
            told.insert(series.to_owned());
            acknowledged += 1;
        }
        witness::booked(&database, &before, &told).map_err(|fault| format!("kill {kill}: {fault}"))?;
        if kill % ROUND == ROUND - 1 || kill == count - 1 {
            witness::sound(&database)?;
        }
    }
    Ok((acknowledged, hit))
}

fn migrating(folder: &Path, count: u32, random: &mut Random) -> Result<u32, Failure> {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/version-1.ordo");
    let database = folder.join("migrating.ordo");
    let start = |database: &Path| Process::start(&["migrate", &database.to_string_lossy()], None);
    fresh(&old, &database)?;
    let began = Instant::now();
    start(&database)?.finish()?;
    let whole = began.elapsed();
    for kill in 0..count {
        fresh(&old, &database)?;
        let (said, _) = start(&database)?.kill_after(a_while(random, whole))?;
        let desk = open(&database).map_err(|fault| format!("kill {kill} of migrating: {fault}"))?;
        let records = desk.records().map_err(words_of)?;
        if (records.patients.len(), records.appointments.len()) != (4, 7) {
            return Err(format!("kill {kill} of migrating lost records after {said:?}"));
        }
        let check = desk.check_journal().map_err(words_of)?;
        if check.checked != 4 || !check.faults.is_empty() {
            return Err(format!("kill {kill} of migrating: {check:?}"));
        }
        drop(desk);
        witness::sound(&database)?;
    }
    Ok(count)
}

/// Gives how many backups were acknowledged.
fn backing_up(folder: &Path, template: &Path, count: u32, random: &mut Random) -> Result<usize, Failure> {
    let database = folder.join("backing-up.ordo");
    let backups = folder.join("Backups");
    let mut acknowledged = 0;
    for kill in 0..count {
        fresh(template, &database)?;
        let _ = std::fs::remove_dir_all(&backups);
        let mut process = Process::start(&["backup", &database.to_string_lossy()], None)?;
        process.await_ready()?;
        let (said, _) = process.kill_after(a_while(random, Duration::from_millis(1500)))?;
        let desk = open(&database)?;
        let listed = desk.backups().map_err(|error| error.message)?.backups;
        for backup in &listed {
            witness::sound(&backups.join(&backup.name)).map_err(|fault| format!("kill {kill}: {fault}"))?;
        }
        let told: Vec<&str> = said
            .iter()
            .filter_map(|line| line.strip_prefix("backed-up "))
            .collect();
        // One that came later and was not told of any more may have taken the newest one's place.
        let holds_it = |newest: &str| {
            let mut names = listed.iter().map(|backup| backup.name.as_str());
            names.any(|name| name == newest || !told.contains(&name))
        };
        if let Some(newest) = told.last()
            && !holds_it(newest)
        {
            return Err(format!("kill {kill}: the backup {newest} was taken and is gone"));
        }
        acknowledged += told.len();
        drop(desk);
        witness::sound(&database)?;
    }
    Ok(acknowledged)
}

fn restoring(folder: &Path, template: &Path, count: u32, random: &mut Random) -> Result<u32, Failure> {
    let folder = folder.join("restoring");
    std::fs::create_dir(&folder).map_err(words_of)?;
    let database = folder.join("restoring.ordo");
    fresh(template, &database)?;
    let noted = {
        // Two backups, apart by one note and all that is told of it.
        let mut desk = open(&database)?;
        let first = folder
            .join("Backups")
            .join(desk.back_up().map_err(words_of)?.name);
        let bytes = std::fs::read(&first).map_err(words_of)?;
        let visit = desk.records().map_err(words_of)?.appointments.swap_remove(0);
        desk.put_note(&visit.id, &visit.note, "the second content")
            .map_err(words_of)?;
        desk.back_up().map_err(words_of)?;
        // Of one hour only the newest is kept; here both are wanted.
        std::fs::write(&first, bytes).map_err(words_of)?;
        visit.id
    };
    for kill in 0..count {
        let mut process = Process::start(&["restore", &database.to_string_lossy()], None)?;
        process.await_ready()?;
        process.kill_after(a_while(random, Duration::from_millis(1500)))?;
        let desk = open(&database).map_err(|fault| format!("kill {kill} of putting back: {fault}"))?;
        let records = desk.records().map_err(words_of)?;
        let visit = records.appointments.iter().find(|visit| visit.id == noted);
        let is_second = visit.is_some_and(|visit| visit.note == "the second content");
        let entries = desk.check_journal().map_err(words_of)?;
        let has_second = desk.changes_after(0, 10).map_err(words_of)?.iter().any(|entry| {
            entry
                .changes
                .iter()
                .any(|change| change.id == noted.as_str() && change.before.is_some())
        });
        if !entries.faults.is_empty() || is_second != has_second {
            return Err(format!("kill {kill} of putting back left a mixture: {entries:?}"));
        }
        drop(desk);
        witness::sound(&database)?;
        // What every try keeps would fill the disk in the end.
        for entry in std::fs::read_dir(&folder).map_err(words_of)?.flatten() {
            if entry.file_name().to_string_lossy().contains(".before-restore-") {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
    Ok(count)
}

/// Gives how many new keys were acknowledged, and how many kills left two on record.
fn rekeying(
    folder: &Path,
    template: &Path,
    count: u32,
    random: &mut Random,
) -> Result<(usize, u32), Failure> {
    let folder = folder.join("rekeying");
    std::fs::create_dir(&folder).map_err(words_of)?;
    let database = folder.join("rekeying.ordo");
    std::fs::create_dir(&keychain(&database).0).map_err(words_of)?;
    fresh(template, &database)?;
    let first = {
        let mut desk = open(&database)?;
        desk.back_up().map_err(words_of)?.name
    };
    // Three keys in a row are enough to be hit at any moment of each kind.
    let began = Instant::now();
    let said = Process::start(&["rekey", &database.to_string_lossy(), "3"], None)?.finish()?;
    let whole = began.elapsed();
    let (mut acknowledged, mut between) = (0, 0);
    // The newest paper that is in force, and the note.
    let newest = said.iter().rev().find_map(|line| line.strip_prefix("paper "));
    let mut paper = newest.map(str::to_owned);
    let mut noted = String::new();
    for kill in 0..count {
        let fault = |what: String| format!("kill {kill} of changing the key: {what}");
        let mut process = Process::start(&["rekey", &database.to_string_lossy(), "100"], None)?;
        process.await_ready()?;
        let (said, _) = process.kill_after(a_while(random, whole))?;
        let mut drafted = None;
        for line in &said {
            if let Some(groups) = line.strip_prefix("paper ") {
                drafted = Some(groups.to_owned());
            } else if let Some(note) = line.strip_prefix("noted ") {
                note.clone_into(&mut noted);
            } else if line == "rekeyed" {
                acknowledged += 1;
                paper = drafted.take();
            }
        }
        between += u32::from(has_two_keys(&database));
        // Another computer, which has only the papers: the one in force, or the one that was shown last. Half of the
        // kills are mended by it, the others by this computer.
        if random.between(0, 1) == 0 {
            let papers: Vec<&String> = drafted.iter().chain(&paper).collect();
            let opened = papers
                .iter()
                .find(|paper| open_elsewhere(&database, paper).is_ok());
            if opened.is_none() {
                return Err(fault(format!("none of {} papers opens it", papers.len())));
            }
        }
        let mut desk = open_here(&database).map_err(fault)?;
        let records = desk.records().map_err(words_of)?;
        let note = &records.appointments[0].note;
        if !noted.is_empty() && *note != noted && !follows(note, &noted) {
            return Err(fault(format!("{noted:?} was noted, and {note:?} is there")));
        }
        if let Some(drafted) = drafted.filter(|paper| open_elsewhere(&database, paper).is_ok()) {
            paper = Some(drafted);
        }
        let found = desk.inspect().map_err(words_of)?;
        if !found.is_sound() {
            return Err(fault(format!("{:?} {:?}", found.problems, found.faults)));
        }
        if database.with_extension("ordo.before-new-key").exists() || has_two_keys(&database) {
            return Err(fault("something is left of the change".to_owned()));
        }
        if kill % ROUND == ROUND - 1 || kill == count - 1 {
            // Its first key is long gone from everywhere but the key file.
            desk.restore(&first).map_err(|error| fault(error.message))?;
            noted.clear();
        }
    }
    Ok((acknowledged, between))
}

/// Whether a note is the one after another: what was written may not have been told yet.
fn follows(note: &str, before: &str) -> bool {
    let parts = |text: &str| -> Option<(u32, String)> {
        let (round, process) = text.strip_prefix("round ")?.split_once(" of ")?;
        Some((round.parse().ok()?, process.to_owned()))
    };
    match (parts(note), parts(before)) {
        (Some((round, process)), Some((last, same))) => round == if process == same { last + 1 } else { 0 },
        _ => false,
    }
}

/// Whether the key file names two keys.
fn has_two_keys(database: &Path) -> bool {
    let text = std::fs::read_to_string(database.with_extension("ordo.keys")).unwrap_or_default();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    file["next"].is_object()
}
