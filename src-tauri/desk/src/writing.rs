//! Writing files that leave the clinic, or lie beside it.

use std::error::Error;
use std::ffi::OsString;
use std::fmt::{self, Display, Formatter};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// What the kinds of files end in that Ordo writes for others to read.
const FOR_OTHERS: [&str; 6] = [".json", ".ics", ".csv", ".pdf", ".html", ".txt"];

/// Writes a file whole or not at all: one that was there stays until the new one is on the disk, and never is one of a
/// clinic written over.
///
/// # Errors
/// What the system says of the disk; [`OfAClinic`] within it where the file is a clinic's.
pub fn write_whole(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let content = content.as_ref();
    if is_of_a_clinic(path) {
        return Err(io::Error::other(OfAClinic));
    }
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        // A pipe or a device has no neighbour to take its place.
        return fs::write(path, content);
    }
    let partial = beside(path, ".partial");
    let partial = Path::new(&partial);
    let write = || {
        let mut file = File::create(partial)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(partial, path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(partial);
    })
}

/// That a file is the database of a clinic or belongs to one, and is not written over.
#[derive(Debug)]
pub struct OfAClinic;

impl Display for OfAClinic {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("the file belongs to a clinic")
    }
}

impl Error for OfAClinic {}

/// Whether what is there is a clinic's database, a backup, a key, or anything else that lies beside a database. Nothing
/// inside tells: a database looks like noise to whoever has no key.
fn is_of_a_clinic(path: &Path) -> bool {
    let Some(name) = path.file_name().filter(|_| path.is_file()) else {
        return false;
    };
    let name = name.to_string_lossy().to_lowercase();
    let is_called_so = name
        .split_once(".ordo")
        .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(['.', '-']))
        && !FOR_OTHERS.iter().any(|ending| name.ends_with(ending));
    // A database of any other name has its key beside it.
    let has_key = Path::new(&beside(path, ".key")).is_file();
    let is_key = path.extension().is_some_and(|ending| ending == "key") && path.with_extension("").is_file();
    is_called_so || has_key || is_key
}

fn beside(path: &Path, ending: &str) -> OsString {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn what_belongs_to_a_clinic_is_not_written_over() {
        let folder = TempDir::new().expect("a folder");
        for (there, name, is_spared) in [
            (&["clinic.ordo"][..], "clinic.ordo", true),
            (&["CLINIC.ORDO"], "CLINIC.ORDO", true),
            (&["clinic.ordo-wal"], "clinic.ordo-wal", true),
            (&["clinic.ordo.key"], "clinic.ordo.key", true),
            (&["clinic.ordo.version-3"], "clinic.ordo.version-3", true),
            (
                &["clinic-20260302T140000Z-42.ordo-backup"],
                "clinic-20260302T140000Z-42.ordo-backup",
                true,
            ),
            (&["desk.db", "desk.db.key"], "desk.db", true),
            (&["desk.db", "desk.db.key"], "desk.db.key", true),
            (&[], "clinic.ordo", false),
            (&["clinic.ordo.json"], "clinic.ordo.json", false),
            (&["clinic.ordos"], "clinic.ordos", false),
            (&["lonely.key"], "lonely.key", false),
            (&["anna.ics"], "anna.ics", false),
        ] {
            for file in there {
                fs::write(folder.path().join(file), "before").expect("a file");
            }
            let path = folder.path().join(name);
            let written = write_whole(&path, "after");
            let text = fs::read_to_string(&path).expect("a file");
            assert_eq!(text, if is_spared { "before" } else { "after" }, "{name}");
            assert_eq!(written.is_err(), is_spared, "{name}");
            for file in fs::read_dir(folder.path()).expect("a folder").flatten() {
                assert!(!file.file_name().to_string_lossy().contains(".partial"));
                fs::remove_file(file.path()).expect("a file");
            }
        }
    }
}
