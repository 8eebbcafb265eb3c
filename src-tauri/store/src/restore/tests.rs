use std::time::Duration;

use super::*;
use crate::chain::Link;
use crate::file::create;
use crate::tests::backup::{book, flip, has};
use crate::tests::{filled, key, stamp};
use crate::{Action, sample};

const KEPT: &str = ".before-restore-20260302T140000Z";

/// A database with the visits `before` and `after`, and a backup from between the two.
fn with_backup() -> (tempfile::TempDir, PathBuf, Store, PathBuf) {
    let (folder, path, mut store) = filled();
    book(&mut store, "before", "2026-03-10T10:00");
    let backup = folder.path().join("copy");
    Store::back_up(&path, &key(), &backup).expect("a backup");
    book(&mut store, "after", "2026-03-11T10:00");
    (folder, path, store, backup)
}

/// A staged copy in which it is written that it is put back.
fn stage(backup: &Path, database: &Path) -> Staged {
    let staged = Store::stage(backup, &[key()], database).expect("a staged copy");
    let mut copy = staged.open().expect("the copy");
    if !copy.is_empty().expect("an answer") {
        copy.log_restore(&stamp(9)).expect("an entry");
    }
    staged
}

/// The newest entry of the journal of a staged copy.
fn end_of(staged: &Staged) -> Link {
    staged.open().expect("the copy").chain_end().expect("the end")
}

fn open(path: &Path) -> Store {
    Store::open(path, &key()).expect("it opens")
}

/// What lies in the folder besides the database, its backup and what SQLite keeps beside it.
fn left(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| {
            let own = [
                "copy",
                "clinic.ordo",
                "clinic.ordo.chain",
                "clinic.ordo-wal",
                "clinic.ordo-shm",
            ];
            !own.contains(&name.as_str())
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_damaged_backup_is_refused_before_anything_is_touched() {
    let (folder, path, store, backup) = with_backup();
    store.check_newest().expect("a checkpoint");
    flip(&backup, 5);
    let refused = Store::stage(&backup, &[key()], &path).expect_err("a refusal");
    let told = refused.to_string();
    assert!(
        told.contains("the backup") && told.contains("copy is damaged") && told.contains("page 5"),
        "{told}"
    );
    assert!(has(&store, "after"));
    assert_eq!(left(folder.path()), [""; 0]);
    assert!(folder.path().join("clinic.ordo.chain").exists());
}

#[test]
fn a_backup_is_put_back_in_one_change_and_what_was_there_is_kept() {
    let (folder, path, mut store, backup) = with_backup();
    store.check_newest().expect("a checkpoint");
    let other = open(&path);
    let staged = stage(&backup, &path);
    let kept = store.put_in_place(&staged, KEPT).expect("put back");
    drop(staged);
    for window in [&store, &other] {
        assert!(has(window, "before") && !has(window, "after"));
    }
    assert!(has(&open(&kept), "after"));
    assert_eq!(
        store.check_newest().expect("a check").faults,
        [],
        "put back on purpose"
    );
    assert!(Store::inspect(&path, &key()).expect("an inspection").is_sound());
    book(&mut store, "later", "2026-03-12T10:00");
    assert!(has(&other, "later"));
    drop((store, other));
    assert_eq!(open(&path).cut_restore(), None);
    assert_eq!(left(folder.path()), [format!("clinic.ordo{KEPT}")]);
}

#[test]
fn what_another_window_writes_while_a_backup_is_put_back_is_kept() {
    let (_folder, path, mut store, backup) = with_backup();
    let mut other = open(&path);
    let staged = stage(&backup, &path);
    let kept = store.put_in_place_while(&staged, KEPT, || {
        book(&mut other, "meanwhile", "2026-03-12T10:00")
    });
    let kept = open(&kept.expect("put back"));
    assert!(has(&kept, "after") && has(&kept, "meanwhile"));
    assert!(has(&store, "before") && !has(&other, "meanwhile"));
}

/// What putting a backup back builds on: SQLite's copy holds others up from its first step, also one of no page.
#[test]
fn a_copy_that_was_begun_holds_others_up_until_its_end() {
    let (_folder, path, mut store, backup) = with_backup();
    let mut other = Store::open_with_patience(&path, &key(), Duration::ZERO).expect("it opens");
    let mut write = |id: &str| {
        let visit = sample::appointment(id, "m1", "zoe", Some("room1"), "2026-03-12T10:00");
        other.change(&stamp(1), Action::Book, |transaction| {
            transaction.insert_appointment(&visit)
        })
    };
    let source = file::connect(&backup, &key()).expect("the backup");
    let copy = Backup::new(&source, &mut store.reader.connection).expect("a copy");
    assert_eq!(copy.step(0), Ok(StepResult::More));
    let refused = write("meanwhile").expect_err("somebody is at it");
    assert!(
        matches!(refused, StoreError::File(FileError::Locked { .. })),
        "{refused}"
    );
    drop(copy);
    write("later").expect("nobody is at it");
    assert!(
        has(&store, "after"),
        "a copy that did not end has changed nothing"
    );
}

#[test]
fn what_is_wrong_with_a_backup_is_said_under_its_name() {
    let (folder, path, store, backup) = with_backup();
    drop(store);
    let notes = folder.path().join("notes.txt");
    let newer = folder.path().join("newer");
    fs::copy(&backup, &newer).expect("a copy");
    let later = file::connect(&newer, &key()).expect("the copy");
    file::set(&later, "user_version", "99").expect("a newer version");
    drop(later);
    let other = Key::from_bytes([8; 32]);
    for (file, content, key) in [
        (&notes, Some("call Mia"), key()),
        (&notes, Some(""), key()),
        (&notes, Some("SQLite format 3\0"), key()),
        (&backup, None, other),
        (&newer, None, key()),
    ] {
        if let Some(content) = content {
            fs::write(file, content).expect("a file");
        }
        let refused = Store::stage(file, &[key], &path)
            .expect_err("a refusal")
            .to_string();
        let name = file.display().to_string();
        assert!(refused.contains(&name) && !refused.contains(STAGED), "{refused}");
    }
}

#[test]
fn what_is_written_in_the_copy_comes_with_it() {
    let (_folder, path, mut store, backup) = with_backup();
    store
        .put_in_place(&stage(&backup, &path), KEPT)
        .expect("put back");
    let newest = store.latest_entries(1).expect("an entry").remove(0);
    assert_eq!(newest.kind, crate::EntryKind::Change(Action::Restore));
}

#[test]
fn a_backup_of_an_older_version_is_brought_up_in_its_copy() {
    let (folder, path, mut store) = filled();
    let backup = folder.path().join("old");
    drop(create(&backup, &key(), &MIGRATIONS[..1]).expect("a database of version 1"));
    let before = fs::read(&backup).expect("the backup");
    let staged = stage(&backup, &path);
    store.put_in_place(&staged, KEPT).expect("put back");
    assert!(store.is_empty().expect("an answer"));
    assert_eq!(fs::read(&backup).expect("the backup"), before);
    store.fill(&sample::records(), &stamp(0)).expect("usable");
}

#[test]
fn a_file_that_no_longer_opens_is_kept_aside_with_all_that_belongs_to_it_and_replaced() {
    let (folder, path, store, backup) = with_backup();
    drop(store);
    flip(&path, 1);
    assert!(Store::open(&path, &key()).is_err());
    // Left there, either would be played into the backup.
    for suffix in ["-wal", "-journal"] {
        fs::write(beside(&path, suffix), suffix).expect("a file");
    }
    let (store, kept) = Store::replace(&stage(&backup, &path), &path, KEPT).expect("replaced");
    assert!(has(&store, "before") && !has(&store, "after"));
    for suffix in ["-wal", "-journal"] {
        assert_eq!(fs::read_to_string(beside(&kept, suffix)).expect("kept"), suffix);
    }
    drop(store);
    assert_eq!(open(&path).cut_restore(), None);
    assert_eq!(left(folder.path()).len(), 3);
}

#[test]
fn what_was_kept_with_its_log_is_put_back_whole() {
    let (folder, path, store, _) = with_backup();
    let kept = folder.path().join("kept");
    for suffix in ["", "-wal"] {
        fs::copy(beside(&path, suffix), beside(&kept, suffix)).expect("a copy");
    }
    drop(store);
    fs::remove_file(&path).expect("lost");
    let (store, _) = Store::replace(&stage(&kept, &path), &path, KEPT).expect("put back");
    assert!(has(&store, "after"), "it was in the log alone");
}

#[test]
fn what_was_kept_in_the_middle_of_a_change_is_put_back_as_it_was_before_it() {
    let (folder, path, store, _) = with_backup();
    drop(store);
    let kept = folder.path().join("kept");
    let torn = file::connect(&path, &key()).expect("the file");
    file::set(&torn, "journal_mode", "DELETE").expect("no log");
    // With no room to remember, what is changed goes into the file at once.
    file::set(&torn, "cache_size", "1").expect("no room");
    torn.execute_batch("BEGIN; UPDATE appointment SET note = 'torn'; PRAGMA quick_check")
        .expect("a change, and every page read");
    let alone = folder.path().join("alone");
    fs::copy(&path, &alone).expect("a copy");
    for suffix in ["", "-journal"] {
        fs::copy(beside(&path, suffix), beside(&kept, suffix)).expect("a copy");
    }
    let note = |store: &Store| {
        store
            .appointment(&"after".into())
            .expect("an answer")
            .expect("the visit")
            .note
    };
    assert_eq!(note(&open(&alone)), "torn");
    drop(torn);
    fs::remove_file(&path).expect("lost");
    let (store, _) = Store::replace(&stage(&kept, &path), &path, KEPT).expect("put back");
    assert_eq!(note(&store), "");
}

#[test]
fn a_file_that_cannot_be_moved_aside_stays_with_its_checkpoint() {
    let (folder, path, store, backup) = with_backup();
    store.check_newest().expect("a checkpoint");
    drop(store);
    let checkpoint = folder.path().join("clinic.ordo.chain");
    let before = fs::read(&checkpoint).expect("the checkpoint");
    fs::create_dir_all(beside(&path, KEPT).join("in the way")).expect("a folder");
    Store::replace(&stage(&backup, &path), &path, KEPT).expect_err("a refusal");
    assert_eq!(fs::read(&checkpoint).expect("the checkpoint"), before);
    assert!(has(&open(&path), "after"));
}

#[test]
fn one_at_a_time_puts_a_backup_back() {
    let (_folder, path, mut store, backup) = with_backup();
    let staged = stage(&backup, &path);
    let refused = Store::stage(&backup, &[key()], &path).expect_err("another is at it");
    assert!(
        matches!(refused, StoreError::File(FileError::Locked { .. })),
        "{refused}"
    );
    // Whoever opens the clinic meanwhile leaves what the other needs alone.
    assert_eq!(open(&path).cut_restore(), None);
    store.put_in_place(&staged, KEPT).expect("put back");
    drop(staged);
    drop(stage(&backup, &path));
}

/// The end of the program at each point of putting a backup into a database that opens.
#[test]
fn a_change_that_was_cut_short_is_told_and_tidied() {
    let partial = format!("{KEPT}{PARTIAL}");
    for (done, files, expected_kept) in [
        (false, &[STAGED][..], false),
        (false, &[STAGED, &partial], false),
        (false, &[STAGED, KEPT], true),
        (true, &[STAGED, KEPT], true),
    ] {
        let (folder, path, mut store, backup) = with_backup();
        let staged = stage(&backup, &path);
        let end = end_of(&staged);
        if done {
            let kept = store.put_in_place(&staged, ".before-restore-1");
            fs::remove_file(kept.expect("put back")).expect("it is there");
        }
        drop(staged);
        drop(store);
        Note::begin(&path)
            .expect("a note")
            .write(KEPT, end)
            .expect("written");
        for file in files {
            fs::write(beside(&path, file), "what was there").expect("a file");
        }
        checkpoint::take(&path);
        let store = open(&path);
        let kept = expected_kept.then(|| beside(&path, KEPT));
        let cut = CutRestore { is_done: done, kept };
        assert_eq!(store.cut_restore(), Some(&cut), "{files:?}");
        assert_eq!(has(&store, "after"), !done);
        assert_eq!(store.check_newest().expect("a check").faults, []);
        drop(store);
        assert_eq!(open(&path).cut_restore(), None, "it is told once");
        let expected: Vec<String> = expected_kept
            .then(|| format!("clinic.ordo{KEPT}"))
            .into_iter()
            .collect();
        assert_eq!(left(folder.path()), expected);
    }
}

/// The end of the program while the backup of a clinic that was still empty was put back.
#[test]
fn an_empty_copy_that_was_cut_short_is_in_place_where_nothing_else_is() {
    let (folder, path, store, _) = with_backup();
    drop(store);
    let empty = folder.path().join("empty");
    drop(Store::create(&empty, &key()).expect("a database"));
    for (database, is_done) in [(&path, false), (&empty, true)] {
        let note = Note::begin(database).expect("a note");
        note.write(KEPT, Link::START).expect("written");
        drop(note);
        let cut = CutRestore { is_done, kept: None };
        assert_eq!(open(database).cut_restore(), Some(&cut));
    }
}

/// The end of the program before anything was noted.
#[test]
fn a_copy_that_was_cut_short_goes_and_is_not_worth_a_word() {
    let (folder, path, store, _) = with_backup();
    drop(store);
    drop(Note::begin(&path).expect("a note"));
    fs::write(beside(&path, STAGED), "half").expect("a file");
    assert_eq!(open(&path).cut_restore(), None);
    assert_eq!(left(folder.path()), [""; 0]);
}

/// The end of the program at each point of putting a backup in the place of a file.
#[test]
fn a_database_whose_place_was_not_taken_yet_is_found_back() {
    for moved in [&[""][..], &["", "-wal"], &["", "-wal", "-shm"]] {
        let (folder, path, store, backup) = with_backup();
        // As a program leaves it that is killed: its newest change is in the log alone.
        let away = folder.path().join("away");
        for suffix in ["", "-wal", "-shm"] {
            fs::copy(beside(&path, suffix), beside(&away, suffix)).expect("a copy");
        }
        drop(store);
        for suffix in ["", "-wal", "-shm"] {
            fs::rename(beside(&away, suffix), beside(&path, suffix)).expect("back");
        }
        let end = end_of(&stage(&backup, &path));
        Note::begin(&path)
            .expect("a note")
            .write(KEPT, end)
            .expect("written");
        let kept = beside(&path, KEPT);
        for suffix in moved {
            fs::rename(beside(&path, suffix), beside(&kept, suffix)).expect("moved");
        }
        Store::find_back(&path).expect("found");
        assert!(path.exists(), "{moved:?}");
        let store = open(&path);
        assert!(has(&store, "after"), "{moved:?}");
        let cut = CutRestore {
            is_done: false,
            kept: None,
        };
        assert_eq!(store.cut_restore(), Some(&cut));
        drop(store);
        assert_eq!(left(folder.path()), [""; 0]);
    }
}

#[test]
fn a_file_that_was_replaced_as_the_program_ended_is_told_with_what_is_kept() {
    let (_folder, path, store, backup) = with_backup();
    drop(store);
    let (store, kept) = Store::replace(&stage(&backup, &path), &path, KEPT).expect("replaced");
    let end = store.chain_end().expect("the end");
    drop(store);
    Note::begin(&path)
        .expect("a note")
        .write(KEPT, end)
        .expect("written");
    Store::find_back(&path).expect("nothing to do");
    let cut = CutRestore {
        is_done: true,
        kept: Some(kept),
    };
    assert_eq!(open(&path).cut_restore(), Some(&cut));
}

#[test]
fn a_lost_database_is_not_taken_for_one_that_is_being_replaced() {
    let (folder, path, store, backup) = with_backup();
    drop(store);
    let end = open(&backup).chain_end().expect("the end");
    // An older one is kept, and the program ended before anything was moved.
    fs::rename(&path, beside(&path, ".before-restore-20200101T000000Z")).expect("moved");
    Note::begin(&path)
        .expect("a note")
        .write(KEPT, end)
        .expect("written");
    Store::find_back(&path).expect("nothing to find");
    assert!(!path.exists());
    assert_eq!(
        left(folder.path()),
        ["clinic.ordo.before-restore-20200101T000000Z"]
    );
    // While somebody is at it nobody makes another one in its place.
    let note = Note::begin(&path).expect("a note");
    note.write(KEPT, end).expect("written");
    for refused in [
        Store::find_back(&path).map(drop),
        Store::create(&path, &key()).map(drop),
    ] {
        assert!(matches!(refused, Err(StoreError::File(FileError::Locked { .. }))));
    }
    drop(note);
    Store::create(&path, &key()).expect("nobody is at it");
}

#[test]
fn a_note_that_somebody_changed_leads_nowhere() {
    let (folder, path, store, _) = with_backup();
    drop(store);
    let other = folder.path().join("other");
    fs::rename(&path, &other).expect("moved");
    for text in [
        "",
        "ordo-restore/1",
        "ordo-restore/1 .before-restore-/../../other 1 00",
        "ordo-restore/9 .before-restore-1 1 00",
        "\u{0}\u{1}",
    ] {
        fs::write(beside(&path, NOTE), text).expect("a note");
        Store::find_back(&path).expect("an answer");
        assert!(!path.exists() && other.exists(), "{text}");
    }
}
