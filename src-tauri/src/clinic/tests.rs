use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::test_support::{demo_clinic, place};

fn open(place: &Place) -> Result<Desk<Desktop>, Error> {
    super::open(place, Language::English)
}

#[test]
fn the_first_start_makes_a_folder_a_key_and_an_empty_database() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new").join("data");
    let mut desk = open(&place(&data, None)).unwrap();
    assert!(desk.is_empty().unwrap());
    desk.start_demo().unwrap();
    let name = desk.clinic().unwrap().name;
    drop(desk);
    assert_eq!(open(&place(&data, None)).unwrap().clinic().unwrap().name, name);
    assert!(data.join("clinic.ordo.key").exists());
}

#[test]
fn a_first_start_that_was_cut_short_is_gone_on_with_and_an_emptied_clinic_is_none() {
    for left in [
        &["clinic.ordo.key"][..],
        &["clinic.ordo"],
        &["clinic.ordo", "clinic.ordo.key"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        for name in left {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let clinic = OpenClinic::at(place(folder.path(), None));
        assert!(clinic.ask(|desk| desk.is_empty()).unwrap(), "{left:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place(folder.path(), None));
    clinic.ask(Desk::start_demo).unwrap();
    clinic.ask(Desk::back_up).unwrap();
    drop(clinic);
    fs::write(folder.path().join("clinic.ordo"), "").unwrap();
    let clinic = OpenClinic::at(place(folder.path(), None));
    let refusal = clinic.ask(|desk| desk.is_empty()).unwrap_err();
    assert!(refusal.message.contains("is an empty file"), "{refusal}");
    let name = clinic.backups().unwrap().backups[0].name.clone();
    clinic.restore(&name).unwrap();
    assert!(!clinic.ask(|desk| desk.is_empty()).unwrap());
}

#[test]
fn what_stands_against_a_database_is_told_in_the_language_of_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
    fs::write(folder.path().join("clinic.ordo"), "a shopping list").unwrap();
    for (language, words) in [
        (Language::English, "is not a database of Ordo"),
        (Language::French, "n’est pas une base de données d’Ordo"),
    ] {
        clinic.speak(language);
        let refusal = clinic.ask(|desk| desk.clinic()).unwrap_err();
        assert!(refusal.message.contains(words), "{refusal}");
    }
    fs::remove_file(folder.path().join("clinic.ordo")).unwrap();
    clinic.ask(Desk::start_demo).unwrap();
    let refusal = clinic
        .ask(|desk| desk.undo(ordo_desk::Which::Entry(999), ""))
        .unwrap_err();
    assert!(refusal.message.contains("n’a pas d’entrée 999"), "{refusal}");
}

#[cfg(unix)]
#[test]
fn a_database_that_is_lost_while_open_is_missed_and_gone_on_with_when_it_is_back() {
    let (folder, clinic) = demo_clinic(&key::NoKeychain);
    let today = ordo_desk::demo::today(Utc::now());
    let count = |clinic: &OpenClinic| clinic.ask(|desk| desk.day(today).map(|day| day.practitioners.len()));
    let before = count(&clinic).unwrap();
    let (database, away) = (folder.path().join("clinic.ordo"), folder.path().join("away"));
    fs::rename(&database, &away).unwrap();
    for _ in 0..2 {
        let refusal = count(&clinic).unwrap_err();
        assert_eq!(refusal.code, Code::Database);
        assert!(refusal.message.contains("no longer there"), "{refusal}");
    }
    assert!(!database.exists(), "no empty clinic took its place");
    fs::rename(&away, &database).unwrap();
    assert_eq!(count(&clinic).unwrap(), before);
}

#[test]
fn a_lost_database_is_not_begun_anew_beside_its_keys_and_its_backup_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let place = || place(folder.path(), Some("correct horse"));
    let clinic = OpenClinic::at(place());
    clinic.ask(Desk::start_demo).unwrap();
    clinic.ask(Desk::back_up).unwrap();
    drop(clinic);
    let [database, keys] = ["clinic.ordo", "clinic.ordo.keys"].map(|name| folder.path().join(name));
    fs::remove_file(&database).unwrap();
    fs::write(&keys, "of the lost one").unwrap();
    let clinic = OpenClinic::at(Place { key: None, ..place() });
    let refusal = clinic.ask(|desk| desk.clinic()).unwrap_err();
    assert_eq!(refusal.code, Code::Database);
    assert!(refusal.message.contains("put it back"), "{refusal}");
    assert!(!database.exists() && !folder.path().join("clinic.ordo.key").exists());
    fs::remove_file(&keys).unwrap();
    fs::write(folder.path().join("clinic.ordo-wal"), "the newest changes").unwrap();
    let clinic = OpenClinic::at(place());
    assert!(clinic.ask(|desk| desk.clinic()).is_err());
    let name = clinic.backups().unwrap().backups[0].name.clone();
    clinic.restore(&name).unwrap();
    clinic.ask(|desk| desk.clinic()).unwrap();
}

const PASSPHRASE: &str = "otters sleep in the reeds";

/// Gives a clinic a key under a passphrase; the recovery key.
fn protect(clinic: &OpenClinic) -> String {
    let draft = clinic.ask(|desk| desk.draft_recovery_key(clinic.vault()));
    let paper = draft.unwrap();
    let typed = &paper.groups[paper.asked as usize - 1];
    let protected = clinic.ask(|desk| desk.protect_key(typed, Some(PASSPHRASE), clinic.vault()));
    protected.unwrap();
    paper.groups.join(" ")
}

#[test]
fn a_lost_database_under_a_passphrase_is_put_back_from_its_backup_by_what_is_typed() {
    // With its key file there, and with nothing left but the folder of the backups.
    for is_key_lost in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let clinic = OpenClinic::at(place(folder.path(), None));
        clinic.ask(Desk::start_demo).unwrap();
        let paper = protect(&clinic);
        let name = clinic.back_up().unwrap().name;
        let counted = clinic.ask(|desk| desk.records()).unwrap().appointments.len();
        drop(clinic);
        let keys = folder.path().join("clinic.ordo.keys");
        fs::remove_file(folder.path().join("clinic.ordo")).unwrap();
        if is_key_lost {
            fs::remove_file(&keys).unwrap();
        }
        for typed in [PASSPHRASE, &paper] {
            let clinic = OpenClinic::at(place(folder.path(), None));
            let refusal = clinic.ask(|desk| desk.is_empty()).unwrap_err();
            assert_eq!(refusal.code, Code::Database);
            assert!(refusal.message.contains("one of its backups"), "{refusal}");
            assert_eq!(clinic.backups().unwrap().backups[0].name, name);
            assert_eq!(clinic.restore(&name).unwrap_err().code, Code::KeyNeeded);
            let wrong = clinic
                .unlock("badgers dig in the hill", Language::French)
                .unwrap_err();
            assert_eq!(wrong.code, Code::KeyNeeded);
            assert!(!folder.path().join("clinic.ordo").exists());
            clinic.unlock(typed, Language::French).unwrap();
            // Another question in between costs nobody the typing.
            assert_eq!(
                clinic.ask(|desk| desk.is_empty()).unwrap_err().code,
                Code::Database
            );
            let restored = clinic.restore(&name).unwrap();
            assert!(restored.words.starts_with("sauvegarde du"), "{}", restored.words);
            assert_eq!(restored.kept, None);
            assert_eq!(
                clinic.ask(|desk| desk.records()).unwrap().appointments.len(),
                counted
            );
            drop(clinic);
            assert!(keys.exists());
            let clinic = OpenClinic::at(place(folder.path(), None));
            assert_eq!(
                clinic.ask(|desk| desk.is_empty()).unwrap_err().code,
                Code::KeyNeeded
            );
            clinic.unlock(typed, Language::English).unwrap();
            drop(clinic);
            fs::remove_file(folder.path().join("clinic.ordo")).unwrap();
        }
    }
}

#[test]
fn a_database_of_a_newer_ordo_is_left_alone_and_no_backup_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let key = "07".repeat(32);
    let clinic = OpenClinic::at(place(folder.path(), Some(&key)));
    clinic.ask(Desk::start_demo).unwrap();
    let name = clinic.back_up().unwrap().name;
    drop(clinic);
    let newer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/newer.ordo");
    let database = folder.path().join("clinic.ordo");
    fs::copy(&newer, &database).unwrap();
    let clinic = OpenClinic::at(place(folder.path(), Some(&key)));
    for refusal in [
        clinic.ask(|desk| desk.is_empty()).unwrap_err(),
        clinic.backups().unwrap_err(),
        clinic.restore(&name).unwrap_err(),
    ] {
        assert_eq!(refusal.code, Code::Newer);
        assert!(refusal.message.contains("update Ordo"), "{refusal}");
    }
    assert!(fs::read(&database).unwrap() == fs::read(&newer).unwrap());
}

#[test]
fn a_backup_that_is_refused_leaves_the_clinic_open_and_whoever_is_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
    clinic.ask(Desk::start_demo).unwrap();
    let name = clinic.back_up().unwrap().name;
    let backup = folder.path().join("Backups").join(&name);
    let whole = fs::read(&backup).unwrap();
    let mut damaged = whole.clone();
    damaged[4096 * 5 + 2000] ^= 1;
    for content in [&damaged[..], &[3; 8192], b"notes", b""] {
        fs::write(&backup, content).unwrap();
        let refusal = clinic.restore(&name).unwrap_err();
        assert_eq!(refusal.code, Code::Backup, "{refusal}");
        assert!(refusal.message.contains(&name), "{refusal}");
        assert!(clinic.is_open(), "{refusal}");
    }
    fs::write(&backup, &whole).unwrap();
    clinic.restore(&name).unwrap();
}

/// Has a thread ask the clinic for so long; gives whether it has the answer.
fn ask_for(clinic: &OpenClinic, long: Duration) -> Arc<AtomicBool> {
    let (clinic, has_answer) = (clinic.clone(), Arc::<AtomicBool>::default());
    let ((tell, told), answered) = (std::sync::mpsc::channel(), Arc::clone(&has_answer));
    std::thread::spawn(move || {
        let answer = clinic.ask(|desk| {
            tell.send(()).unwrap();
            std::thread::sleep(long);
            answered.store(true, Ordering::SeqCst);
            desk.is_empty()
        });
        answer.unwrap();
    });
    told.recv().unwrap();
    has_answer
}

#[test]
fn the_end_waits_for_whoever_asks_the_clinic_and_nobody_opens_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
    let has_answer = ask_for(&clinic, Duration::from_millis(200));
    clinic.end(Duration::from_secs(60));
    assert!(has_answer.load(Ordering::SeqCst));
    assert!(!folder.path().join("clinic.ordo-wal").exists(), "it is closed");
    assert!(clinic.state.try_lock().is_err() && clinic.backing_up.try_lock().is_err());
}

#[test]
fn the_end_does_not_wait_for_ever_neither_for_a_question_nor_for_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
    let has_answer = ask_for(&clinic, Duration::from_secs(5));
    let backing_up = clinic.backing_up.lock().unwrap();
    clinic.end(Duration::from_millis(20));
    assert!(!has_answer.load(Ordering::SeqCst));
    drop(backing_up);
    assert!(clinic.backing_up.try_lock().is_ok());
}

#[cfg(unix)]
#[test]
fn a_backup_that_is_put_in_the_place_of_the_database_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    let made = |folder: &Path| {
        let mut desk = open(&place(folder, Some("correct horse"))).unwrap();
        desk.start_demo().unwrap();
    };
    made(folder.path());
    made(other.path());
    let clinic = OpenClinic::at(place(folder.path(), Some("correct horse")));
    clinic.speak(Language::French);
    clinic.ask(|desk| desk.clinic()).unwrap();
    fs::rename(
        other.path().join("clinic.ordo"),
        folder.path().join("clinic.ordo"),
    )
    .unwrap();
    clinic.ask(|desk| desk.clinic()).unwrap();
    let written = clinic.ask(|desk| desk.take_back(None));
    assert_eq!(written.unwrap_err().code, Code::CannotUndo);
    let spoken = clinic.ask(|desk| Ok(desk.language())).unwrap();
    assert_eq!(
        spoken,
        Language::French,
        "the window's language outlives the file"
    );
}

#[test]
fn two_clinics_have_two_keys() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key_of = |folder: &Path| {
        drop(open(&place(folder, None)).unwrap());
        fs::read(folder.join("clinic.ordo.key")).unwrap()
    };
    assert_ne!(key_of(one.path()), key_of(two.path()));
}

#[test]
fn a_passphrase_is_typed_once_and_a_lost_file_asks_for_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let clinic = OpenClinic::at(place(folder.path(), None));
    clinic.ask(Desk::start_demo).unwrap();
    protect(&clinic);
    clinic.back_up().unwrap();
    drop(clinic);
    let clinic = OpenClinic::at(place(folder.path(), None));
    assert_eq!(
        clinic.ask(|desk| desk.clinic()).unwrap_err().code,
        Code::KeyNeeded
    );
    let english = Language::English;
    assert_eq!(
        clinic.unlock("badgers", english).unwrap_err().code,
        Code::KeyNeeded
    );
    clinic.unlock(PASSPHRASE, english).unwrap();
    // A copy of the file in its place, and later one that cannot be read.
    let database = folder.path().join("clinic.ordo");
    let copy = folder.path().join("copy");
    fs::copy(&database, &copy).unwrap();
    fs::rename(&copy, &database).unwrap();
    clinic.ask(|desk| desk.clinic()).unwrap();
    fs::write(&copy, [3; 8192]).unwrap();
    fs::rename(&copy, &database).unwrap();
    assert!(clinic.ask(|desk| desk.clinic()).is_err());
    let name = clinic.backups().unwrap().backups[0].name.clone();
    clinic.restore(&name).unwrap();
    clinic.ask(|desk| desk.clinic()).unwrap();
}

#[test]
fn a_given_key_wins_and_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    open(&place(folder.path(), Some("correct horse"))).unwrap();
    assert!(!folder.path().join("clinic.ordo.key").exists());
    let refusal = open(&place(folder.path(), None)).err().unwrap();
    assert!(refusal.message.contains("ORDO_KEY"), "{refusal}");
    let refusal = open(&place(folder.path(), Some("wrong horse"))).err().unwrap();
    assert_eq!(refusal.code, Code::Database);
    open(&place(folder.path(), Some("correct horse"))).unwrap();
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let refusal = open(&place(&file.join("data"), None)).err().unwrap();
    assert!(refusal.message.contains("file"), "{refusal}");
}
