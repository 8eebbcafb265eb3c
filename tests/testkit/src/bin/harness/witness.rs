//! Looks at a database after something happened to it.

use std::collections::HashSet;
use std::path::Path;

use ordo_desk::Desk;
use ordo_store::Store;

use crate::victim::{VISITS, Victim, key, open};
use crate::{Failure, words_of};

/// What must hold of a database whatever happened: it opens, every series that was told is there, every new series is
/// whole. Gives how many new series there are.
pub fn booked(database: &Path, before: &HashSet<String>, told: &HashSet<String>) -> Result<usize, Failure> {
    let desk = open(database)?;
    let records = desk.records().map_err(words_of)?;
    let mut new = HashSet::new();
    for series in &records.series {
        let id = series.id.to_string();
        if before.contains(&id) {
            continue;
        }
        let visits = records.appointments.iter().filter(|visit| {
            let session = visit.session.as_ref();
            session.is_some_and(|session| session.series == series.id)
        });
        let visits = visits.count();
        if visits != VISITS {
            return Err(format!("series {id} has {visits} of {VISITS} visits"));
        }
        new.insert(id);
    }
    if let Some(lost) = told.iter().find(|id| !new.contains(*id)) {
        return Err(format!("series {lost} was booked and is gone"));
    }
    Ok(new.len())
}

/// The series that are there.
pub fn series(desk: &Desk<Victim>) -> Result<HashSet<String>, Failure> {
    let records = desk.records().map_err(words_of)?;
    Ok(records
        .series
        .iter()
        .map(|series| series.id.to_string())
        .collect())
}

/// Looks through the whole file: pages, indexes, references, the journal's chain.
pub fn sound(database: &Path) -> Result<(), Failure> {
    let found = Store::inspect(database, &key()).map_err(words_of)?;
    if found.is_sound() {
        Ok(())
    } else {
        Err(format!(
            "{}: {:?} {:?}",
            database.display(),
            found.problems,
            found.faults
        ))
    }
}
