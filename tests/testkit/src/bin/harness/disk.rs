//! A disk that is full or broken at any write, in two ways: a limit on the size of files that moves from try to try, and
//! a call of the system that fails, the first, the second, and so on.

use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use crate::victim::{Harm, Process, fresh, open, template};
use crate::{Failure, witness, words_of};

/// A page of 4096 bytes in blocks of 512.
const PAGE: u32 = 8;

/// So many pages, and so many writes, some bookings need.
const PAGES: u32 = 120;
const WRITES: u32 = 240;

/// What a refusal may say of a disk.
const TOLD: [&str; 3] = ["no room is left", "could not be read or written", "is damaged"];

/// What was seen.
#[derive(Default)]
struct Seen {
    refused: usize,
    acknowledged: usize,
    no_backup: usize,
}

/// So many limits and so many failing writes.
pub fn run(count: u32) -> Result<String, Failure> {
    if !cfg!(unix) {
        return Ok("not run here: this system limits no files".to_owned());
    }
    let folder = tempfile::tempdir().map_err(words_of)?;
    let template = template(folder.path())?;
    let disk = Disk {
        before: witness::series(&open(&template)?)?,
        database: folder.path().join("disk.ordo"),
        template,
    };
    // A few are spread over as many pages as some bookings need.
    let stride = |all: u32| (all / count.max(1)).max(1);
    let limits = stride(PAGES);
    let mut full = Seen::default();
    for page in (0..count).map(|limit| limit * limits) {
        let harm = Harm::Limit { blocks: page * PAGE };
        disk.come_to(harm, &mut full)
            .map_err(|fault| format!("at {page} pages: {fault}"))?;
    }
    let mut told = format!(
        "{count} limits on the size of a file, {limits} pages apart: {}",
        full.words()
    );
    if !Harm::can_fail_writes() {
        told.push_str("; no failing writes here: strace is not installed");
        return Ok(told);
    }
    let writes = stride(WRITES);
    let mut broken = Seen::default();
    for number in (0..count).map(|write| 1 + write * writes) {
        for (error, stays) in [("EIO", false), ("EIO", true), ("ENOSPC", true)] {
            let harm = Harm::Write { number, error, stays };
            disk.come_to(harm, &mut broken)
                .map_err(|fault| format!("{error} at write {number}: {fault}"))?;
        }
    }
    told.push_str(&format!(
        "; {} failing writes and syncs, {writes} apart, of which a third fail once, a third for good and a third for \
         want of room: {}; every refusal says that no room is left or that the disk failed; no acknowledged booking \
         lost, no half series, no file damaged",
        3 * count,
        broken.words()
    ));
    Ok(told)
}

impl Seen {
    fn words(&self) -> String {
        format!(
            "{} refusals, {} bookings acknowledged, {} backups refused and told",
            self.refused, self.acknowledged, self.no_backup
        )
    }
}

/// A database whose disk comes to harm.
struct Disk {
    template: std::path::PathBuf,
    database: std::path::PathBuf,
    /// The series of the template.
    before: HashSet<String>,
}

impl Disk {
    /// Books, then backs up, on a disk that comes to harm; what was told before must be there.
    fn come_to(&self, harm: Harm, seen: &mut Seen) -> Result<(), Failure> {
        let (database, path) = (&self.database, self.database.to_string_lossy());
        fresh(&self.template, database)?;
        let said = Process::start(&["book", &path, "0"], Some(harm))?.finish()?;
        let mut told = HashSet::new();
        for line in &said {
            if let Some(series) = line.strip_prefix("booked ") {
                told.insert(series.to_owned());
            } else if let Some(refusal) = line.strip_prefix("refused ") {
                seen.refused += 1;
                if !TOLD.iter().any(|words| refusal.contains(words)) {
                    return Err(refusal.to_owned());
                }
            } else if line != "ready" {
                return Err(line.clone());
            }
        }
        seen.acknowledged += told.len();
        witness::booked(database, &self.before, &told)?;
        witness::sound(database)?;
        // With a good disk again everything works.
        let mut again = Process::start(&["book", &path, &told.len().to_string()], None)?;
        again.await_ready()?;
        again.kill_after(Duration::from_millis(50))?;
        witness::booked(database, &self.before, &told)?;

        fresh(&self.template, database)?;
        let said = Process::start(&["backup", &path], Some(harm))?.finish()?;
        let refused = said.iter().filter(|line| line.starts_with("refused backup "));
        seen.no_backup += refused.count();
        let backups = database.parent().unwrap_or(Path::new("")).join("Backups");
        for backup in open(database)?.backups().map_err(|error| error.message)?.backups {
            witness::sound(&backups.join(backup.name))?;
        }
        let _ = std::fs::remove_dir_all(&backups);
        witness::sound(database)
    }
}
