use std::fs;
use std::io::{Seek, SeekFrom, Write};

use ordo_core::Language;
use ordo_store::Key;

use crate::key::Keys;
use crate::test_support::{TestHost, local, second_desk, small_desk};
use crate::view::backup::BackupKind;
use crate::view::notices::NoticeAbout;
use crate::{ChosenBackup, Code, Desk, backups_of, restore_over};

fn note(desk: &mut Desk<TestHost>, text: &str) {
    let before = desk.visit(&"m0".into()).expect("a visit").note;
    desk.put_note(&"m0".into(), &before, text).expect("a note");
}

fn is_due(desk: &Desk<TestHost>) -> bool {
    desk.backup_job().expect("a job").is_due()
}

fn noted(desk: &mut Desk<TestHost>) -> String {
    desk.visit(&"m0".into()).expect("a visit").note
}

#[test]
fn a_backup_of_each_kind_is_put_back() {
    use BackupKind::{Daily, Hourly, Monthly, Weekly, Yearly};
    let (folder, mut desk) = small_desk();
    let kinds = [
        ("2021-05-03T08:00", Yearly),
        ("2025-07-03T08:00", Monthly),
        ("2026-01-08T08:00", Weekly),
        ("2026-02-20T08:00", Daily),
        ("2026-03-02T08:00", Hourly),
    ];
    for (at, _) in kinds {
        desk.host.set(at);
        note(&mut desk, at);
        desk.back_up().expect("a backup");
    }
    let listed = desk.backups().expect("backups");
    assert!(listed.is_beside && listed.trouble.is_none());
    let found: Vec<_> = listed.backups.iter().map(|backup| backup.kind).collect();
    assert_eq!(found, [Hourly, Daily, Weekly, Monthly, Yearly].map(Some));
    for ((at, kind), backup) in kinds.iter().rev().zip(&listed.backups) {
        assert_eq!(backup.kind, Some(*kind));
        note(&mut desk, "to be lost");
        let restored = desk.restore(&backup.name).expect("put back");
        let moment = Language::English.moment(local(at));
        assert_eq!(restored.words, format!("backup of {moment} put back"));
        assert_eq!(noted(&mut desk), *at, "{kind:?}");
        let newest = desk
            .journal_page(&Default::default(), None, 2)
            .expect("the journal");
        assert_eq!(newest.lines[1].what, "backup put back");
        assert_eq!(newest.lines[1].reason, restored.words, "{newest:?}");
        assert_eq!(desk.take_back(None).expect_err("stays").code, Code::CannotUndo);
        let kept = restored.kept.expect("something is kept");
        let kept = Desk::open(
            kept.as_ref(),
            &Key::from_bytes([7; 32]),
            TestHost::at("2026-03-02T08:00"),
        );
        assert_eq!(noted(&mut kept.expect("what was there")), "to be lost");
        assert_eq!(
            second_desk(&folder).check_journal().expect("a check").faults,
            [""; 0]
        );
    }
}

#[test]
fn backups_come_by_themselves_while_something_changes() {
    let (folder, mut desk) = small_desk();
    let turn = |at: &str, desk: &mut Desk<TestHost>| {
        desk.host.set(at);
        let job = desk.backup_job().expect("a job");
        job.is_due().then(|| {
            desk.backup_done(job.run())
                .expect("a backup")
                .kind
                .expect("a kind")
        })
    };
    assert_eq!(turn("2026-03-02T08:00", &mut desk), Some(BackupKind::Hourly));
    assert_eq!(turn("2026-03-02T09:30", &mut desk), None, "nothing was written");
    note(&mut desk, "one");
    assert_eq!(turn("2026-03-02T08:59", &mut desk), None, "within the hour");
    assert_eq!(turn("2026-03-02T09:00", &mut desk), Some(BackupKind::Hourly));
    assert_eq!(turn("2026-03-02T12:00", &mut desk), None);
    assert_eq!(desk.backups().expect("backups").backups.len(), 2);
    assert_eq!(
        second_desk(&folder).backups().expect("backups").backups.len(),
        2,
        "another desk sees them too"
    );
}

#[test]
fn a_backup_runs_while_the_desk_books() {
    let (_folder, mut desk) = small_desk();
    let job = desk.backup_job().expect("a job");
    let running = std::thread::spawn(move || job.run());
    for number in 0..20 {
        note(&mut desk, &format!("note {number}"));
    }
    desk.backup_done(running.join().expect("no panic"))
        .expect("a backup");
}

#[test]
fn old_backups_are_thinned() {
    let (_folder, mut desk) = small_desk();
    for hour in 8..14 {
        desk.host.set(&format!("2026-03-02T{hour:02}:00"));
        note(&mut desk, &format!("at {hour}"));
        desk.back_up().expect("a backup");
    }
    let place = std::path::PathBuf::from(desk.backups().expect("backups").folder);
    for (name, hours) in [(".ordo-1.partial", 25), (".ordo-2.partial", 1), ("mine", 25)] {
        let file = fs::File::create(place.join(name)).expect("a file");
        let written = crate::Host::now(&TestHost::at("2026-03-06T08:00")) - chrono::TimeDelta::hours(hours);
        file.set_modified(written.into()).expect("a time");
    }
    desk.host.set("2026-03-06T08:00");
    note(&mut desk, "days later");
    desk.back_up().expect("a backup");
    let found: Vec<String> = desk
        .backups()
        .expect("backups")
        .backups
        .iter()
        .map(|backup| backup.at.to_string())
        .collect();
    assert_eq!(found, ["2026-03-06 08:00:00", "2026-03-02 13:00:00"]);
    let is_there = [".ordo-1.partial", ".ordo-2.partial", "mine"].map(|name| place.join(name).exists());
    assert_eq!(
        is_there,
        [false, true, true],
        "what was cut short long ago is gone, and nothing else"
    );
}

#[test]
fn a_missing_disk_is_told_until_it_is_back_and_booking_goes_on() {
    let (folder, mut desk) = small_desk();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).expect("a disk");
    desk.choose_backup_folder(&disk.display().to_string())
        .expect("chosen");
    assert!(is_due(&desk));
    fs::remove_dir(&disk).expect("unplugged");

    let refused = desk.back_up().expect_err("no disk");
    assert_eq!(refused.code, Code::Backup);
    assert!(!disk.exists(), "a disk that is not there is not made up");
    let notices = desk.notices().expect("notices");
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].about, NoticeAbout::Backup);
    assert!(
        notices[0].words.contains("Plug in its disk"),
        "{}",
        notices[0].words
    );
    assert!(desk.backups().expect("backups").trouble.is_some());
    note(&mut desk, "goes on");
    assert!(!is_due(&desk), "not at once again");
    desk.host.set("2026-03-02T08:10");
    assert!(is_due(&desk));

    fs::create_dir(&disk).expect("plugged in");
    desk.back_up().expect("a backup");
    assert_eq!(desk.notices().expect("notices"), []);
    assert_eq!(fs::read_dir(&disk).expect("the disk").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, mut desk) = small_desk();
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).expect("a folder");
    desk.choose_backup_folder(&locked.display().to_string())
        .expect("chosen");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).expect("locked");
    // Whoever may do everything is not stopped by permissions.
    if fs::write(locked.join("probe"), "").is_err() {
        let refused = desk.back_up().expect_err("no access");
        assert!(refused.message.contains("Allow writing"), "{refused}");
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).expect("unlocked");
}

#[test]
fn another_folder_leaves_the_trouble_of_the_one_before_behind() {
    let (folder, mut desk) = small_desk();
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).expect("a disk");
    desk.choose_backup_folder(&disk.display().to_string())
        .expect("chosen");
    fs::remove_dir(&disk).expect("unplugged");
    desk.back_up().expect_err("no disk");
    for odd in ["relative", "/no/such/folder"] {
        assert_eq!(
            desk.choose_backup_folder(odd).expect_err(odd).code,
            Code::BadRequest
        );
    }
    let view = desk.choose_backup_folder("").expect("beside the database");
    assert!(view.is_beside && view.trouble.is_none());
    assert_eq!(desk.notices().expect("notices"), []);
    assert!(is_due(&desk), "the failure was of the other folder");
}

#[test]
fn only_what_is_in_the_list_is_put_back() {
    let (_folder, mut desk) = small_desk();
    for name in ["", "../clinic.ordo", "clinic-20260302T140000Z-42.ordo-backup"] {
        assert_eq!(desk.restore(name).expect_err(name).code, Code::NotFound);
    }
}

#[test]
fn a_database_that_no_longer_opens_gets_a_backup_in_its_place() {
    let (folder, mut desk) = small_desk();
    note(&mut desk, "kept");
    desk.back_up().expect("a backup");
    drop(desk);
    let path = folder.path().join("clinic.ordo");
    let mut file = fs::OpenOptions::new().write(true).open(&path).expect("the file");
    file.seek(SeekFrom::Start(2000)).expect("a place");
    file.write_all(b"damage").expect("other bytes");
    drop(file);
    let key = Key::from_bytes([7; 32]);
    let host = || TestHost::at("2026-03-02T08:00");
    assert!(Desk::open(&path, &key, host()).is_err());
    let listed = backups_of(&path, crate::Host::now(&host()), Language::English);
    let chosen = ChosenBackup::Listed(&listed.backups[0].name);
    let (mut desk, restored) =
        restore_over(&path, &Keys::of_one(key), chosen, host(), Language::French).expect("put back");
    assert_eq!(noted(&mut desk), "kept");
    let kept = restored.kept.expect("the damaged file is kept");
    assert!(fs::exists(kept).expect("an answer"));
    let newest = desk
        .journal_page(&Default::default(), None, 2)
        .expect("the journal");
    assert_eq!(newest.lines[1].reason, restored.words, "{newest:?}");
}

#[test]
fn what_is_put_back_is_said_with_the_date_that_its_name_gives_and_else_with_none() {
    let (folder, mut desk) = small_desk();
    desk.host.set("2021-05-03T08:00");
    let name = desk.back_up().expect("a backup").name;
    desk.host.set("2026-03-02T08:00");
    let database = folder.path().join("clinic.ordo");
    let backup = folder.path().join("Backups").join(name);
    let [named_so, kept, unnamed] = [
        "other-20210503T120000Z-9.ordo-backup",
        "clinic.ordo.before-restore-20210503T120000Z",
        "monday",
    ]
    .map(|name| folder.path().join(name));
    for copy in [&named_so, &kept, &unnamed] {
        fs::copy(&backup, copy).expect("a copy");
    }
    let key = || Keys::of_one(Key::from_bytes([7; 32]));
    let dated = "backup of Mon, May 3, 2021, 08:00 put back";
    for (file, words) in [
        (&backup, dated),
        (&named_so, dated),
        (&kept, dated),
        (&unnamed, "backup of an unknown date put back"),
    ] {
        assert_eq!(desk.restore_file(file).expect("put back").words, words);
        let place = folder.path().join("lost").join("clinic.ordo");
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        let host = TestHost::at("2026-03-02T08:00");
        let over = restore_over(&place, &key(), ChosenBackup::File(file), host, Language::English);
        let (desk, restored) = over.expect("put back");
        assert_eq!(restored.words, words);
        let journal = desk.journal_page(&Default::default(), None, 9);
        let lines = journal.expect("the journal").lines;
        assert!(lines.iter().any(|line| line.reason == words), "{lines:?}");
        drop(desk);
        fs::remove_dir_all(place.parent().expect("a folder")).expect("gone");
    }
    assert!(database.exists());
}

#[test]
fn a_backup_with_a_fault_says_nothing_of_the_database() {
    let (folder, mut desk) = small_desk();
    let backup = desk.back_up().expect("a backup");
    let file = folder.path().join("Backups").join(&backup.name);
    let mut bytes = fs::read(&file).expect("the backup");
    bytes[4096 * 5 + 2000] ^= 1;
    fs::write(&file, bytes).expect("damage");
    let notes = folder.path().join("notes.txt");
    fs::write(&notes, "call Mia").expect("a file");
    for refused in [
        desk.restore(&backup.name).expect_err("damaged"),
        desk.restore_file(&notes).expect_err("no backup"),
    ] {
        assert_eq!(refused.code, Code::Backup, "{refused}");
    }
}

#[test]
fn what_was_there_before_is_listed_and_undoes_a_wrong_restore() {
    let (_folder, mut desk) = small_desk();
    note(&mut desk, "early");
    let early = desk.back_up().expect("a backup").name;
    desk.host.set("2026-03-02T10:00");
    note(&mut desk, "the day’s work");
    desk.restore(&early).expect("put back");
    desk.host.set("2026-03-02T11:00");
    desk.back_up().expect("a backup, which thins those before");
    let kept = desk.backups().expect("backups").kept;
    let known: Vec<_> = kept
        .iter()
        .map(|line| (line.at.to_string(), line.kind, line.entry))
        .collect();
    assert_eq!(known, [("2026-03-02 10:00:00".to_owned(), None, None)]);
    desk.restore(&kept[0].name).expect("put back");
    assert_eq!(noted(&mut desk), "the day’s work");
    assert_eq!(desk.backups().expect("backups").kept.len(), 2);
}

#[test]
fn a_restore_that_was_cut_short_is_told_above_every_screen_until_the_next_start() {
    let (folder, desk) = small_desk();
    drop(desk);
    let hash = "00".repeat(32);
    let left = format!("ordo-restore/1 .before-restore-20260302T140000Z 1 {hash}\n");
    fs::write(folder.path().join("clinic.ordo.restore"), left).expect("a note");
    let mut desk = second_desk(&folder);
    for (language, words) in [
        (Language::English, "the clinic is what it was before"),
        (Language::French, "la clinique est telle qu’elle était avant"),
    ] {
        desk.speak(language);
        let notices = desk.notices().expect("notices");
        assert_eq!(notices[0].about, NoticeAbout::Backup);
        assert!(notices[0].words.contains(words), "{}", notices[0].words);
    }
    drop(desk);
    assert_eq!(second_desk(&folder).notices().expect("notices"), []);
}
