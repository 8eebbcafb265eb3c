//! Kills the program while it puts a backup in the place of a database that no longer opens or is gone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ordo_desk::key::Keys;
use ordo_desk::{ChosenBackup, Desk, Language, beside, find_back, restore_over};
use ordo_testkit::random::Random;

use crate::kill::a_while;
use crate::victim::{Process, Victim, fresh, key, open};
use crate::{Failure, witness, words_of};

/// The note in the backup, and the one that was acknowledged since.
const NOTES: [&str; 2] = ["in the backup", "acknowledged since"];

/// What belongs to a database that lies still.
const FILES: [&str; 2] = ["", "-wal"];

/// Puts a listed backup in the place of a database.
pub fn put_back(database: &Path, backup: &str) -> Result<Desk<Victim>, Failure> {
    let chosen = ChosenBackup::Listed(backup);
    let keys = Keys::of_one(key());
    let restored = restore_over(database, &keys, chosen, Victim::new(), Language::English);
    restored.map(|(desk, _)| desk).map_err(words_of)
}

/// What is wrong with a database at the beginning.
#[derive(Clone, Copy, PartialEq)]
enum Loss {
    /// Its first page is spoilt, and its newest change is in the log alone.
    Spoilt,
    /// The same, closed before.
    SpoiltWithoutLog,
    /// It is gone, and its log is there.
    Gone,
}

/// Kills, a third at each kind of loss. What is found is the backup, and what was there before kept whole beside it; or
/// what was there before, as it was, over which the backup is put then. Either way the database that was spoilt still holds
/// what was acknowledged. Gives what was found, in words.
pub fn replacing(folder: &Path, template: &Path, count: u32, random: &mut Random) -> Result<String, Failure> {
    let folder = folder.join("replacing");
    fs::create_dir(&folder).map_err(words_of)?;
    let database = folder.join("replacing.ordo");
    let away = folder.join("away");
    let backup = begin(template, &database, &away)?;
    lay(&away, &database, Loss::Spoilt)?;
    let began = Instant::now();
    start(&database, &backup)?.finish()?;
    let whole = began.elapsed();
    let (mut found_new, mut found_old) = (0, 0);
    for kill in 0..count {
        let fault = |what: String| format!("kill {kill} of putting back over what does not open: {what}");
        let loss = [Loss::Spoilt, Loss::SpoiltWithoutLog, Loss::Gone][kill as usize % 3];
        let before = lay(&away, &database, loss)?;
        let mut process = start(&database, &backup)?;
        process.await_ready()?;
        // Half of the kills fall while the files are moved, which does not take long.
        let (said, _) = if random.chance(50) {
            let note = beside(&database, ".restore");
            let is_noted = || fs::metadata(&note).is_ok_and(|found| found.len() > 0);
            process.kill_after_sight(is_noted, a_while(random, Duration::from_millis(8)))?
        } else {
            process.kill_after(a_while(random, whole))?
        };
        let was_told = said.iter().any(|line| line == "replaced");
        find_back(&database).map_err(|error| fault(error.message))?;
        let there = files(&database)?;
        let opens = open(&database).is_ok();
        if opens {
            found_new += 1;
        } else if was_told {
            return Err(fault("it was told as done, and does not open".to_owned()));
        } else if there != before {
            return Err(fault("neither the backup nor what was there before".to_owned()));
        } else {
            found_old += 1;
        }
        if !opens {
            put_back(&database, &backup).map_err(fault)?;
        }
        holds(&database, NOTES[0]).map_err(fault)?;
        witness::sound(&database).map_err(fault)?;
        let kept = kept(&folder)?.ok_or_else(|| fault("nothing is kept of what was there".to_owned()))?;
        if loss == Loss::Spoilt {
            // SQLite carries its log into it at the first try to open it. Mended, it has all that was acknowledged.
            flip(&kept)?;
            holds(&kept, NOTES[1]).map_err(fault)?;
        } else if files(&kept)? != before {
            return Err(fault("what was there before is not kept as it was".to_owned()));
        }
        let left = [".restore", ".restoring"].map(|ending| beside(&database, ending).exists());
        if left != [false, false] {
            return Err(fault("something is left of it".to_owned()));
        }
    }
    Ok(format!(
        "{count} kills of putting a backup over what does not open or is gone found it in place {found_new} times and \
         what was there before {found_old} times, which was kept whole"
    ))
}

/// Makes a clinic with a backup and a newer note, and puts it away as a kill leaves it. Gives the backup's name.
fn begin(template: &Path, database: &Path, away: &Path) -> Result<String, Failure> {
    fresh(template, database)?;
    let mut desk = open(database)?;
    let visit = desk.records().map_err(words_of)?.appointments.swap_remove(0);
    desk.put_note(&visit.id, &visit.note, NOTES[0])
        .map_err(words_of)?;
    let backup = desk.back_up().map_err(words_of)?.name;
    desk.put_note(&visit.id, NOTES[0], NOTES[1]).map_err(words_of)?;
    for ending in FILES {
        fs::copy(beside(database, ending), beside(away, ending)).map_err(words_of)?;
    }
    Ok(backup)
}

/// Lays the clinic in its place with a loss, and nothing else of it; gives its files.
fn lay(away: &Path, database: &Path, loss: Loss) -> Result<BTreeMap<&'static str, Vec<u8>>, Failure> {
    fresh(away, database)?;
    if let Some(folder) = database.parent() {
        while let Some(kept) = kept(folder)? {
            FILES.iter().chain(&["-shm", ".chain"]).for_each(|ending| {
                let _ = fs::remove_file(beside(&kept, ending));
            });
        }
    }
    if loss != Loss::SpoiltWithoutLog {
        fs::copy(beside(away, "-wal"), beside(database, "-wal")).map_err(words_of)?;
    }
    match loss {
        Loss::Gone => fs::remove_file(database).map_err(words_of)?,
        _ => flip(database)?,
    }
    files(database)
}

/// Flips what the encryption of every page hangs on, or flips it back.
fn flip(database: &Path) -> Result<(), Failure> {
    let mut bytes = fs::read(database).map_err(words_of)?;
    bytes.iter_mut().take(16).for_each(|byte| *byte = !*byte);
    fs::write(database, bytes).map_err(words_of)
}

/// The files of a database that are there, by what their names end in.
fn files(database: &Path) -> Result<BTreeMap<&'static str, Vec<u8>>, Failure> {
    let mut found = BTreeMap::new();
    for ending in FILES {
        let place = beside(database, ending);
        if place.exists() {
            found.insert(ending, fs::read(place).map_err(words_of)?);
        }
    }
    Ok(found)
}

/// The database that is kept beside the one in place, also where only its log is.
fn kept(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    for entry in fs::read_dir(folder).map_err(words_of)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.contains(".before-restore-") {
            let end = FILES
                .iter()
                .chain(&["-shm", ".chain"])
                .rev()
                .find(|end| name.ends_with(**end));
            let bare = name.strip_suffix(end.unwrap_or(&"")).unwrap_or(&name);
            return Ok(Some(folder.join(bare)));
        }
    }
    Ok(None)
}

fn start(database: &Path, backup: &str) -> Result<Process, Failure> {
    Process::start(&["replace", &database.to_string_lossy(), backup], None)
}

/// Whether a database opens, is one content, and has a note in it.
fn holds(database: &Path, note: &str) -> Result<(), Failure> {
    let desk = open(database)?;
    let records = desk.records().map_err(words_of)?;
    let check = desk.check_journal().map_err(words_of)?;
    if records.appointments.iter().any(|visit| visit.note == note) && check.faults.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{note:?} is not in it, or its journal is broken: {check:?}"
        ))
    }
}
