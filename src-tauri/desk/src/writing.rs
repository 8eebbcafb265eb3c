//! Writing files that leave the clinic, or lie beside it.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ordo_store::{self as store, beside};
use tempfile::TempPath;

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
    if path.is_dir() {
        // Windows says no more than that it is not allowed.
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        // A pipe or a device has no neighbour to take its place.
        return fs::write(path, content);
    }
    let mut partial = written_beside(path, content)?;
    // Unlike the library's own, this takes the place of a file that is being read on Windows.
    fs::rename(&partial, path)?;
    partial.disable_cleanup(true);
    Ok(())
}

/// Writes a file whole or not at all into a folder, which is made if need be, beside whatever has its name there: after
/// `anna.ics` comes `anna (2).ics`. Gives its place.
///
/// # Errors
/// What the system says of the disk.
pub fn write_new(folder: &Path, name: &str, content: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let names =
        std::iter::once(name.to_owned()).chain((2..1000).map(|number| format!("{stem} ({number}).{ending}")));
    let mut partial = written_beside(&folder.join(name), content)?;
    for name in names {
        let place = folder.join(name);
        match partial.persist_noclobber(&place) {
            Ok(()) => return Ok(place),
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => partial = taken.path,
            Err(fault) => return Err(fault.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// All of a file on the disk, under a name beside its own until it is given its own; it goes again if it never is.
fn written_beside(path: &Path, content: &[u8]) -> io::Result<TempPath> {
    let (mut file, partial) = neighbour(path)?;
    file.write_all(content)?;
    file.sync_all()?;
    Ok(partial)
}

/// A new file beside another, for this writer alone: whatever has such a name already is somebody's, or a link that
/// would lead the writer elsewhere.
fn neighbour(path: &Path) -> io::Result<(File, TempPath)> {
    const MOST: u32 = 100;
    let mut number = 0;
    loop {
        number += 1;
        let partial = match number {
            1 => beside(path, ".partial"),
            _ => beside(path, &format!(".{number}.partial")),
        };
        if is_left_behind(&partial) {
            fs::remove_file(&partial)?;
        }
        match File::create_new(&partial) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST => {}
            made => return Ok((made?, TempPath::try_from_path(partial)?)),
        }
    }
}

/// Whether a writer that was killed has left a file: nobody writes one for so long.
fn is_left_behind(partial: &Path) -> bool {
    const LONG: Duration = Duration::from_secs(3600);
    fs::symlink_metadata(partial)
        .ok()
        .filter(fs::Metadata::is_file)
        .and_then(|found| found.modified().ok()?.elapsed().ok())
        .is_some_and(|age| age > LONG)
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

/// What the files end in that a database has beside it, or will have, besides those of the store.
const BESIDE: [&str; 3] = [".backup.json", ".key", ".keys"];

/// Whether a name is that of a clinic's database, a backup, a key, or anything else that lies beside a database. Nothing
/// inside tells: a database looks like noise to whoever has no key.
fn is_of_a_clinic(path: &Path) -> bool {
    let Some(name) = path.file_name() else {
        return false;
    };
    let name = name.to_string_lossy().to_lowercase();
    // Such a file would be taken for the database's own, so its name is kept free too.
    let is_beside = BESIDE.iter().chain(&store::BESIDE).any(|ending| {
        name.strip_suffix(ending)
            .is_some_and(|database| !database.is_empty() && path.with_file_name(database).is_file())
    });
    if is_beside || !path.is_file() {
        return is_beside;
    }
    let is_called_so = name
        .split_once(".ordo")
        .is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(['.', '-']))
        && !FOR_OTHERS.iter().any(|ending| name.ends_with(ending));
    // A database of any other name has its key beside it, open or sealed.
    let has_key = [".key", ".keys"]
        .iter()
        .any(|ending| beside(path, ending).is_file());
    is_called_so || has_key
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
            (&["desk.db", "desk.db.keys"], "desk.db", true),
            (&["desk.db", "desk.db.key"], "desk.db.key", true),
            (
                &["clinic.ordo", "clinic.ordo.backup.json"],
                "clinic.ordo.backup.json",
                true,
            ),
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

    #[test]
    fn a_name_that_a_database_will_use_is_kept_free() {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("clinic.ordo"), "a clinic").expect("a file");
        for ending in [
            ".key",
            ".chain",
            "-wal",
            ".restore",
            ".restoring",
            ".before-new-key",
        ] {
            let path = folder.path().join(format!("clinic.ordo{ending}"));
            assert!(write_whole(&path, "out").is_err(), "{ending}");
            assert!(!path.exists(), "{ending}");
        }
    }

    #[test]
    fn what_a_killed_writer_left_goes_and_what_another_writes_stays() {
        let folder = TempDir::new().expect("a folder");
        let [out, partial] = ["out.json", "out.json.partial"].map(|name| folder.path().join(name));
        let file = File::create(&partial).expect("a file");
        write_whole(&out, "out").expect("it is written");
        assert!(partial.exists());
        file.set_modified(std::time::SystemTime::now() - Duration::from_secs(7200))
            .expect("its time is set");
        drop(file);
        write_whole(&out, "again").expect("it is written");
        assert!(!partial.exists());
        assert_eq!(fs::read_to_string(&out).expect("a file"), "again");
    }

    #[test]
    fn whoever_looks_into_a_folder_finds_new_files_whole() {
        const FILES: usize = 50;
        let folder = TempDir::new().expect("a folder");
        let content = vec![b'.'; 1 << 20];
        let files = || fs::read_dir(folder.path()).expect("the folder").flatten();
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                for _ in 0..FILES {
                    write_new(folder.path(), "anna.ics", &content).expect("it is written");
                }
            });
            while !writer.is_finished() {
                for file in files().filter(|file| file.path().extension().is_some_and(|it| it == "ics")) {
                    let length = file.metadata().expect("a file stays").len();
                    assert_eq!(length, content.len() as u64, "{}", file.path().display());
                }
            }
        });
        assert_eq!(files().count(), FILES);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_laid_beside_leads_the_writer_nowhere() {
        let folder = TempDir::new().expect("a folder");
        let [clinic, out, link] =
            ["clinic.ordo", "out.json", "out.json.partial"].map(|name| folder.path().join(name));
        fs::write(&clinic, "a clinic").expect("a file");
        std::os::unix::fs::symlink(&clinic, &link).expect("a link");
        write_whole(&out, "out").expect("it is written");
        assert_eq!(fs::read_to_string(&clinic).expect("a file"), "a clinic");
        assert_eq!(fs::read_to_string(&out).expect("a file"), "out");
        assert!(!out.is_symlink() && link.is_symlink());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3);
    }
}
