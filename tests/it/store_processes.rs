//! Several programs at one database, and one program where it may not write: real processes, real files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ordo_core::model::AppointmentStatus;
use ordo_store::{Action, EntryKind, FileError, Store, StoreError};

use crate::store_sample::{self as sample, appointment};
use crate::store_story::{filled, key, stamp};

/// Names the database to a process that a test starts.
const DATABASE: &str = "ORDO_TEST_DATABASE";
/// Names the visit that the process books.
const VISIT: &str = "ORDO_TEST_VISIT";

/// This very test binary, to run one of its tests in another process.
fn again(test: &str, database: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture", "--test-threads=1"])
        .env(DATABASE, database);
    command
}

fn asked_for() -> Option<PathBuf> {
    std::env::var_os(DATABASE).map(PathBuf::from)
}

fn answer(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}

#[test]
fn of_many_processes_one_books_the_slot() {
    const TEST: &str = "store_processes::of_many_processes_one_books_the_slot";
    if let Some(path) = asked_for() {
        let mut store = Store::open(&path, &key()).unwrap();
        let visit = appointment(
            &std::env::var(VISIT).unwrap(),
            "p1",
            "li",
            None,
            "2026-04-01T10:00",
        );
        let booked = store.change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        });
        match booked {
            Ok(_) => println!("answer: booked"),
            Err(StoreError::Conflict(conflict)) => println!("answer: lost to {}", conflict.other),
            Err(error) => panic!("{error}"),
        }
        return;
    }
    let (_folder, store) = filled();
    let racers: Vec<_> = (0..4)
        .map(|number| {
            let mut command = again(TEST, store.place());
            command.env(VISIT, format!("racer{number}"));
            command.stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let answers: Vec<String> = racers
        .into_iter()
        .map(|racer| answer(&racer.wait_with_output().unwrap()))
        .collect();
    let booked = answers
        .iter()
        .filter(|text| text.contains("answer: booked"))
        .count();
    let lost = answers
        .iter()
        .filter(|text| text.contains("answer: lost to racer"))
        .count();
    assert_eq!((booked, lost), (1, 3), "{answers:?}");
    assert_eq!(store.day(sample::date(4, 1)).unwrap().appointments.len(), 1);
    assert_eq!(store.current_seq().unwrap(), 2);
}

#[test]
fn of_many_threads_each_slot_goes_to_one() {
    let (_folder, store) = filled();
    let path = store.place().to_owned();
    let racers: Vec<_> = (0..4)
        .map(|racer| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut store = Store::open(&path, &key()).unwrap();
                let mut won = 0;
                for slot in 0..10 {
                    let start = format!("2026-04-{:02}T10:00", slot + 1);
                    let visit = appointment(&format!("r{racer}s{slot}"), "p1", "li", None, &start);
                    let booked = store.change(&stamp(slot), Action::Book, |transaction| {
                        transaction.insert_appointment(&visit)
                    });
                    match booked {
                        Ok(_) => won += 1,
                        Err(StoreError::Conflict(_)) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
                won
            })
        })
        .collect();
    let won: i32 = racers.into_iter().map(|racer| racer.join().unwrap()).sum();
    assert_eq!(won, 10);
    assert_eq!(store.current_seq().unwrap(), 11);
    let entries = store.changes_after(1, 100).unwrap();
    assert!(
        entries
            .iter()
            .all(|entry| entry.kind == EntryKind::Change(Action::Book))
    );
}

#[test]
fn a_change_reads_what_others_have_written() {
    let (_folder, mut store) = filled();
    let mut other = Store::open(store.place(), &key()).unwrap();
    let mut visit = appointment("n", "p1", "li", None, "2026-04-01T10:00");
    other
        .change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        })
        .unwrap();
    // One state for several questions, whatever happens meanwhile.
    store
        .read::<_, StoreError>(|reader| {
            let before = reader.current_seq()?;
            visit.status = AppointmentStatus::Arrived;
            other
                .change(&stamp(2), Action::SetStatus, |transaction| {
                    transaction.update_appointment(&visit)
                })
                .unwrap();
            assert_eq!((before, reader.current_seq()?), (2, 2));
            Ok(())
        })
        .unwrap();
    let status = store
        .change::<_, StoreError>(&stamp(3), Action::SetStatus, |transaction| {
            Ok(transaction.appointment(&"n".into())?.map(|visit| visit.status))
        })
        .unwrap();
    assert_eq!(status.value, Some(AppointmentStatus::Arrived));
}

/// The superuser may write anywhere, so the question is asked as somebody else.
#[cfg(unix)]
#[test]
fn where_nothing_may_be_written_it_says_so() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    const TEST: &str = "store_processes::where_nothing_may_be_written_it_says_so";
    if let Some(path) = asked_for() {
        let opened = Store::open(&path, &key()).map(|_| ());
        let created = Store::create(&path.with_file_name("new.ordo"), &key()).map(|_| ());
        for result in [opened, created] {
            let text = match result {
                Ok(()) => "it worked",
                Err(StoreError::File(FileError::ReadOnly { .. })) => "read-only",
                Err(error) => panic!("{error:?}"),
            };
            println!("answer: {text}");
        }
        return;
    }
    let (folder, store) = filled();
    let path = store.place().to_owned();
    drop(store);
    let allow = |path: &Path, mode| std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    let binary = folder.path().join("it");
    std::fs::copy(std::env::current_exe().unwrap(), &binary).unwrap();
    allow(&binary, 0o755);
    let superuser = is_superuser(folder.path());
    for (file, directory) in [(0o444, 0o555), (0o666, 0o555), (0o444, 0o777)] {
        allow(&path, file);
        allow(folder.path(), directory);
        let mut command = Command::new(&binary);
        command
            .args(["--exact", TEST, "--nocapture", "--test-threads=1"])
            .env(DATABASE, &path);
        if superuser {
            command.uid(65_534).gid(65_534);
        }
        let text = answer(&command.output().unwrap());
        allow(folder.path(), 0o755);
        let expected = if directory == 0o777 { 1 } else { 2 };
        assert_eq!(
            text.matches("answer: read-only").count(),
            expected,
            "{file:o} {directory:o}: {text}"
        );
        let _ = std::fs::remove_file(folder.path().join("new.ordo"));
    }
}

/// Whether permissions do not bind this process.
#[cfg(unix)]
fn is_superuser(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let probe = folder.join("permission-probe");
    std::fs::create_dir(&probe).unwrap();
    std::fs::set_permissions(&probe, PermissionsExt::from_mode(0o555)).unwrap();
    let writes = std::fs::write(probe.join("file"), "").is_ok();
    std::fs::remove_dir_all(&probe).unwrap();
    writes
}
