use std::fs;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};
use tauri::Manager;
use tauri::async_runtime::block_on;
use tauri::test::{mock_builder, mock_context, noop_assets};

use super::source::LARGEST;
use super::*;

mod makers;
mod program;

use makers::{Answer, Makers, PACKAGE, Server, list, serving};
use program::{PRESENT, Program};

fn place(folder: &Path) -> crate::Place {
    crate::Place {
        folder: folder.to_owned(),
        key: None,
        vault: ordo_desk::key::Vault {
            keychain: &ordo_desk::key::NoKeychain,
            random: ordo_keychain::random,
        },
    }
}

#[test]
fn an_update_with_the_makers_signature_is_looked_for_fetched_and_installed() {
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    let server = serving(&makers);
    let program = Program::start(folder.path(), &server.address, &makers.key());
    let before = program.view(Language::English);
    assert_eq!(
        (before.version.as_str(), before.offer, before.looked),
        (PRESENT, None, None)
    );
    assert_eq!(
        server.asked(),
        0,
        "nothing leaves the machine before somebody asks"
    );

    block_on(program.updates.look(Language::English)).unwrap();
    let view = program.view(Language::English);
    let offer = view.offer.clone().unwrap();
    assert_eq!(
        (offer.version.as_str(), offer.notes.as_str()),
        ("0.2.0", "Faster.\nAnd a bell.")
    );
    assert_eq!(offer.date.unwrap().to_string(), "2026-11-30");
    assert_eq!((view.said.as_deref(), view.stage), (None, UpdateStage::Idle));
    assert!(view.looked.is_some());

    let backups = AtomicU32::new(0);
    let fetched = program.updates.fetch(Language::English, || {
        backups.fetch_add(1, Ordering::SeqCst);
        assert_eq!(server.asked(), 1, "the backup is taken first");
        Ok(())
    });
    block_on(fetched).unwrap();
    assert_eq!(backups.load(Ordering::SeqCst), 1);
    assert_eq!(program.view(Language::English).stage, UpdateStage::Ready);
    assert!(program.has_installed_nothing());

    let refused = program
        .updates
        .install(Language::English, false, "Ana")
        .unwrap_err();
    assert_eq!(refused.code, Code::Unsaved);
    assert!(program.has_installed_nothing());
    program.updates.install(Language::English, true, "Ana").unwrap();
    assert_eq!(*program.installed.lock().unwrap(), [PACKAGE]);
    assert_eq!(program.restarts.load(Ordering::SeqCst), 1);

    // What was told to the server: what is wanted of it, and by what kind of program.
    for head in server.heads.lock().unwrap().iter() {
        let mut lines = head.trim_end().lines();
        assert!(["GET /list HTTP/1.1", "GET /package HTTP/1.1"].contains(&lines.next().unwrap()));
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap();
            let expected = match name {
                "accept" => ["application/json", "application/octet-stream"].contains(&value),
                "user-agent" => value == "Ordo",
                "host" => server.address.ends_with(value),
                _ => false,
            };
            assert!(expected, "{line}");
        }
    }
}

#[test]
fn what_the_makers_did_not_sign_is_refused_in_words_and_the_program_goes_on() {
    let (makers, others) = (Makers::new(), Makers::new());
    let right = makers.sign(PACKAGE, "0.2.0");
    let whole = || Answer::Whole(PACKAGE.to_vec());
    let flipped = || {
        let mut package = PACKAGE.to_vec();
        package[3] ^= 1;
        Answer::Whole(package)
    };
    let trials = [
        (
            list("0.2.0", &right),
            flipped(),
            "changed or damaged on its way",
            "modifiée ou abîmée en chemin",
        ),
        (
            list("0.2.0", &others.sign(PACKAGE, "0.2.0")),
            whole(),
            "a key that is not",
            "n’est pas celle des auteurs",
        ),
        (
            list("0.2.0", "bm8gc2lnbmF0dXJl"),
            whole(),
            "no signature that can be read",
            "pas de signature lisible",
        ),
        (
            list("0.2.0", "?"),
            whole(),
            "no signature that can be read",
            "pas de signature lisible",
        ),
        // An old package with its own right signature under a new number.
        (
            list("9.0.0", &makers.sign(PACKAGE, "0.0.9")),
            whole(),
            "not signed as the version",
            "pas été signée pour la version",
        ),
        (
            list("0.0.9", &makers.sign(PACKAGE, "0.0.9")),
            whole(),
            "older than 0.1.0",
            "plus ancienne que 0.1.0",
        ),
        (
            list("0.2.0", &right),
            Answer::Cut(PACKAGE.to_vec()),
            "connection ended",
            "s’est interrompue",
        ),
        (
            list("0.2.0", &right),
            Answer::Missing,
            "not there any more",
            "n’est plus là",
        ),
        (
            list("0.2.0", &right),
            Answer::Claims(LARGEST + 1),
            "more than any version",
            "plus que la taille",
        ),
    ];
    for (list, package, english, french) in trials {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(list, package);
        let program = Program::start(folder.path(), &server.address, &makers.key());
        let refused = program.fetch().unwrap_err();
        assert_eq!(refused.code, Code::Update);
        assert!(refused.message.contains(english), "{english}: {refused}");
        let view = program.view(Language::French);
        let said = view.said.unwrap();
        assert!(said.contains(french), "{french}: {said}");
        assert!(view.refused);
        assert_eq!(view.stage, UpdateStage::Idle);
        let refused = program
            .updates
            .install(Language::English, true, "Ana")
            .unwrap_err();
        assert!(refused.message.contains("fetch it first"), "{refused}");
        assert!(program.has_installed_nothing());
    }
}

#[test]
fn a_list_that_cannot_be_had_is_refused_in_words() {
    let makers = Makers::new();
    let of = |text: &str| Answer::Whole(text.as_bytes().to_vec());
    let trials = [
        (of("<html>"), "no list of versions"),
        (of("{\"version\": \"next\"}"), "no list of versions"),
        (
            of("{\"version\": \"0.2.0\", \"platforms\": {}}"),
            "no package for this kind of computer",
        ),
        (Answer::Cut(b"{\"version\"".to_vec()), "connection ended"),
        (Answer::Missing, "no list of versions at present"),
        (list("0.0.9", "")(""), "no list of versions"),
    ];
    for (answer, words) in trials {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(move |_| answer.clone(), Answer::Missing);
        let program = Program::start(folder.path(), &server.address, &makers.key());
        block_on(program.updates.look(Language::English)).unwrap();
        let view = program.view(Language::English);
        let said = view.said.unwrap();
        assert!(said.contains(words), "{words}: {said}");
        assert_eq!((view.refused, view.offer), (true, None));
    }
}

#[test]
fn the_same_version_is_the_newest_and_an_older_one_is_not_taken() {
    let makers = Makers::new();
    for (version, refused, words) in [
        (PRESENT, false, "is the newest"),
        ("0.0.9", true, "older than 0.1.0"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(list(version, &makers.sign(PACKAGE, version)), Answer::Missing);
        let program = Program::start(folder.path(), &server.address, &makers.key());
        block_on(program.updates.look(Language::English)).unwrap();
        let view = program.view(Language::English);
        assert_eq!((view.refused, view.offer), (refused, None));
        assert!(view.said.as_deref().unwrap().contains(words), "{:?}", view.said);
    }
}

#[test]
fn without_a_connection_or_a_backup_nothing_happens() {
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    // A port that was free a moment ago has nobody behind it.
    let nobody = format!(
        "http://{}",
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
    );
    let program = Program::start(folder.path(), &nobody, &makers.key());
    let refused = program.fetch().unwrap_err();
    assert!(
        refused.message.contains("cannot be reached: nothing answers"),
        "{refused}"
    );
    let said = program.view(Language::French).said.unwrap();
    assert!(
        said.contains("rien ne répond") && !said.contains("os error"),
        "{said}"
    );

    let server = serving(&makers);
    let program = Program::start(folder.path(), &server.address, &makers.key());
    let refused = block_on(program.updates.fetch(Language::English, || {
        Err(Error::new(Code::Backup, "No room is left."))
    }))
    .unwrap_err();
    assert_eq!(refused.message, "No update without a backup: No room is left.");
    assert_eq!(server.asked(), 0);
    assert_eq!(program.view(Language::English).stage, UpdateStage::Idle);
}

#[test]
fn an_installing_that_fails_leaves_the_program_and_can_be_tried_again() {
    use std::io::ErrorKind::{PermissionDenied, StorageFull};
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    let server = serving(&makers);
    let program = Program::start(folder.path(), &server.address, &makers.key());
    program.fetch().unwrap();
    for (kind, words) in [
        (StorageFull, "no room on the disk"),
        (PermissionDenied, "did not allow"),
    ] {
        *program.fails.lock().unwrap() = Some(kind);
        let refused = program
            .updates
            .install(Language::English, true, "Ana")
            .unwrap_err();
        assert!(refused.message.contains(words), "{refused}");
        assert_eq!(program.view(Language::English).stage, UpdateStage::Ready);
        assert!(program.has_installed_nothing());
    }
    program.updates.install(Language::English, true, "Ana").unwrap();
    assert_eq!(program.restarts.load(Ordering::SeqCst), 1);
}

#[test]
fn the_journal_is_told_of_an_update_once_it_is_in_use_and_of_none_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    let server = serving(&makers);
    let start = |version: &str| Program::start_as(version, folder.path(), &server.address, &makers.key());
    let program = start(PRESENT);
    program.fetch().unwrap();
    *program.fails.lock().unwrap() = Some(std::io::ErrorKind::PermissionDenied);
    program
        .updates
        .install(Language::English, true, "Ana")
        .unwrap_err();
    assert!(!program.updates.is_new() && program.told().is_none());
    // Said to be installed, and yet the next start is what was there before.
    program.updates.install(Language::English, true, "Ana").unwrap();
    let same = start(PRESENT);
    assert!(!same.updates.is_new() && same.told().is_none());
    // Installed by hand later, it is nobody's wish of then.
    assert_eq!(start("0.2.0").told(), None);
    let program = start(PRESENT);
    program.fetch().unwrap();
    program.updates.install(Language::English, true, "Ana").unwrap();
    assert_eq!(program.told(), None, "not before it is in use");
    let newer = start("0.2.0");
    assert!(newer.updates.is_new());
    let refused = newer.updates.tell_of_update(Language::English, |_, _, _| {
        Err(Error::new(Code::Busy, "the database is locked"))
    });
    assert!(refused.is_err());
    assert!(newer.updates.is_new(), "it is tried again");
    let told = ["0.1.0", "0.2.0", "Ana"].map(str::to_owned);
    assert_eq!(newer.told(), Some(told));
    assert_eq!(newer.told(), None, "once");
    assert_eq!(start("0.2.0").told(), None);
}

#[test]
fn where_nothing_can_be_noted_nothing_is_installed() {
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    let server = serving(&makers);
    let program = Program::start(folder.path(), &server.address, &makers.key());
    program.fetch().unwrap();
    // A folder in the place of the file, which can be neither read nor replaced.
    let note = folder.path().join("updates.json");
    let _ = fs::remove_file(&note);
    fs::create_dir_all(note.join("in the way")).unwrap();
    let refused = program
        .updates
        .install(Language::English, true, "Ana")
        .unwrap_err();
    assert!(refused.message.contains("cannot be written"), "{refused}");
    assert!(program.has_installed_nothing());
    assert_eq!(program.view(Language::English).stage, UpdateStage::Ready);
}

#[test]
fn updates_are_looked_for_every_day_only_where_somebody_chose_that() {
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    let server = Server::start(list("0.2.0", &makers.sign(PACKAGE, "0.2.0")), Answer::Missing);
    let start = || Program::start(folder.path(), &server.address, &makers.key());
    let program = start();
    let now = Utc::now();
    let look = |program: &Program, hours: i64| {
        let later = now + TimeDelta::hours(hours);
        program.updates.look_when_due(later, Language::English);
    };
    look(&program, 0);
    assert_eq!(server.asked(), 0);
    program.updates.look_daily(true, Language::English).unwrap();
    look(&program, 0);
    look(&program, 23);
    assert_eq!(server.asked(), 1);
    // What was chosen and what was found outlive a restart.
    let program = start();
    assert!(program.view(Language::English).daily);
    assert_eq!(program.view(Language::English).offer.unwrap().version, "0.2.0");
    look(&program, 23);
    assert_eq!(server.asked(), 1);
    look(&program, 25);
    assert_eq!(server.asked(), 2);
    program.updates.look_daily(false, Language::English).unwrap();
    look(&program, 60);
    assert_eq!(server.asked(), 2);
}

#[test]
fn an_update_that_is_in_use_by_now_waits_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let kept = json!({"offer": {"version": PRESENT, "notes": "", "date": null}});
    fs::write(folder.path().join("updates.json"), kept.to_string()).unwrap();
    let program = Program::start(folder.path(), "http://127.0.0.1:9", &Makers::new().key());
    assert_eq!(program.view(Language::English).offer, None);
}

#[test]
fn a_program_that_was_built_without_a_key_has_no_updater() {
    let folder = tempfile::tempdir().unwrap();
    let app = mock_builder().build(mock_context(noop_assets())).unwrap();
    assert!(!can_be_taken(app.handle()));
    crate::init(
        &app,
        place(folder.path()),
        crate::Saving::Folder(folder.path().to_owned()),
    );
    let updates = app.state::<Updates>();
    assert_eq!(updates.view(&Utc, Language::English), None);
    let refused = block_on(updates.look(Language::English)).unwrap_err();
    assert!(refused.message.contains("built without updates"), "{refused}");
    updates.look_when_due(Utc::now(), Language::English);
    let committed: Value = serde_json::from_str(include_str!("../../../tauri.conf.json")).unwrap();
    assert_eq!(
        committed.pointer("/plugins/updater"),
        None,
        "the key comes with the release"
    );
}

#[test]
fn what_is_installed_is_what_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let makers = Makers::new();
    let newer = makers.sign(PACKAGE, "0.3.0");
    let server = serving(&makers);
    let program = Program::start(folder.path(), &server.address, &makers.key());
    program.fetch().unwrap();
    assert_eq!(program.view(Language::English).stage, UpdateStage::Ready);
    // Looking again finds the same one, and a newer one in its place has to be fetched.
    block_on(program.updates.look(Language::English)).unwrap();
    assert_eq!(program.view(Language::English).stage, UpdateStage::Ready);
    server.offer(list("0.3.0", &newer));
    block_on(program.updates.look(Language::English)).unwrap();
    let view = program.view(Language::English);
    assert_eq!(view.offer.unwrap().version, "0.3.0");
    assert_eq!(view.stage, UpdateStage::Idle);
}
