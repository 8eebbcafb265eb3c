//! A page that is not as it was written.

use std::fs;
use std::io::{Seek, SeekFrom, Write};

use ordo_desk::key::Keys;
use ordo_desk::{ChosenBackup, backups_of, restore_over};
use ordo_store::Store;
use ordo_testkit::random::Random;

use crate::victim::{Victim, fresh, key, open, template};
use crate::{Failure, witness, words_of};

const PAGE: u64 = 4096;

/// Flips, each of one byte in a page of its own.
pub fn run(count: u32) -> Result<String, Failure> {
    let folder = tempfile::tempdir().map_err(words_of)?;
    let template = template(folder.path())?;
    let database = folder.path().join("page.ordo");
    fresh(&template, &database)?;
    let mut desk = open(&database)?;
    let right = desk.records().map_err(words_of)?;
    desk.back_up().map_err(words_of)?;
    drop(desk);
    let whole = folder.path().join("whole.ordo");
    fs::copy(&database, &whole).map_err(words_of)?;
    let pages = fs::metadata(&whole).map_err(words_of)?.len() / PAGE;
    let mut random = Random::new(5);
    let (mut first, mut restored) = (0, 0);
    for flip in 0..count {
        fresh(&whole, &database)?;
        let page = if flip == 0 {
            1
        } else {
            1 + random.next_bits() % pages
        };
        let place = (page - 1) * PAGE + random.next_bits() % PAGE;
        let bit = 1_u8 << (random.next_bits() % 8);
        flip_bit(&database, place, bit)?;
        match Store::inspect(&database, &key()) {
            // The first page holds what is needed to read any other.
            Err(_) if page == 1 => first += 1,
            Err(error) => return Err(format!("page {page}: {error}")),
            Ok(found) => {
                let name = format!("page {page}");
                let named = |problem: &String| {
                    let after = problem.split(&name).nth(1);
                    after.is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_digit()))
                };
                if !found.problems.iter().any(named) {
                    return Err(format!(
                        "a flip in page {page} is not named: {:?}",
                        found.problems
                    ));
                }
            }
        }
        let listed = backups_of(
            &database,
            ordo_desk::Host::now(&Victim::new()),
            ordo_desk::Language::English,
        )
        .backups;
        let backup = listed.first().ok_or("no backup is offered")?;
        let (desk, _) = restore_over(
            &database,
            &Keys::of_one(key()),
            ChosenBackup::Listed(&backup.name),
            Victim::new(),
            ordo_desk::Language::English,
        )
        .map_err(words_of)?;
        if desk.records().map_err(words_of)? != right {
            return Err(format!(
                "after page {page} the backup put back holds something else"
            ));
        }
        drop(desk);
        witness::sound(&database)?;
        restored += 1;
        for entry in fs::read_dir(folder.path()).map_err(words_of)?.flatten() {
            if entry.file_name().to_string_lossy().contains(".before-restore-") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
    Ok(format!(
        "{count} bits flipped in {pages} pages: {} named by page, {first} in the first page, without which nothing opens; \
         {restored} backups put back, each with the same records",
        count - first
    ))
}

fn flip_bit(path: &std::path::Path, place: u64, bit: u8) -> Result<(), Failure> {
    let mut bytes = fs::read(path).map_err(words_of)?;
    let at = usize::try_from(place).map_err(words_of)?;
    let byte = bytes.get_mut(at).ok_or("there is no such place")?;
    *byte ^= bit;
    let mut file = fs::OpenOptions::new().write(true).open(path).map_err(words_of)?;
    file.seek(SeekFrom::Start(place)).map_err(words_of)?;
    file.write_all(&[bytes[at]]).map_err(words_of)
}
