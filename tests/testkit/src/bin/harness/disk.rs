//! A disk that is full at any write: no file may grow beyond a limit, which moves by one page from try to try.

use std::collections::HashSet;

use crate::victim::{Process, fresh, open, template};
use crate::{Failure, witness, words_of};

/// A page of 4096 bytes in blocks of 512.
const PAGE: u32 = 8;

/// Limits, each one page further.
pub fn run(count: u32) -> Result<String, Failure> {
    if !cfg!(unix) {
        return Ok("not run here: this system limits no files".to_owned());
    }
    let folder = tempfile::tempdir().map_err(words_of)?;
    let template = template(folder.path())?;
    let database = folder.path().join("disk.ordo");
    let before = witness::series(&open(&template)?)?;
    let path = database.to_string_lossy().into_owned();
    let (mut refused, mut acknowledged, mut no_backup) = (0, 0, 0);
    // A few limits are spread over as many pages as some bookings need.
    let stride = (120 / count.max(1)).max(1);
    for page in (0..count).map(|limit| limit * stride) {
        fresh(&template, &database)?;
        let said = Process::start(&["book", &path, "0"], Some(page * PAGE))?.finish()?;
        let mut told = HashSet::new();
        for line in &said {
            if let Some(series) = line.strip_prefix("booked ") {
                told.insert(series.to_owned());
            } else if let Some(refusal) = line.strip_prefix("refused ") {
                refused += 1;
                if !refusal.contains("no room is left") && !refusal.contains("could not be read or written") {
                    return Err(format!("at {page} pages: {refusal}"));
                }
            } else if line != "ready" {
                return Err(line.clone());
            }
        }
        acknowledged += told.len();
        witness::booked(&database, &before, &told).map_err(|fault| format!("at {page} pages: {fault}"))?;
        witness::sound(&database)?;
        // With room again everything works.
        let mut again = Process::start(&["book", &path, &told.len().to_string()], None)?;
        again.await_ready()?;
        again.kill_after(std::time::Duration::from_millis(50))?;
        witness::booked(&database, &before, &told)?;

        fresh(&template, &database)?;
        let said = Process::start(&["backup", &path], Some(page * PAGE))?.finish()?;
        no_backup += said.iter().filter(|line| line.starts_with("refused backup backup ")).count();
        let desk = open(&database)?;
        for backup in desk.backups().map_err(words_of)?.backups {
            witness::sound(&folder.path().join("Backups").join(backup.name))?;
        }
        drop(desk);
        witness::sound(&database)?;
    }
    Ok(format!(
        "{count} limits on the size of a file, {stride} pages apart: {refused} refusals, each saying that no room is left or that the disk \
         failed; {acknowledged} bookings acknowledged, none lost, no half series; {no_backup} backups refused and told; \
         no file damaged"
    ))
}
