//! Publishing by itself, to a small server of CalDAV in this program.

mod server;

use std::thread::sleep;
use std::time::{Duration, Instant};

use ordo_desk::key::{Keychain, KeychainInMemory, NoKeychain};
use ordo_desk::view::calendars::{PublishState, PublishedView};
use ordo_desk::view::practitioner::NamesShown;

use self::server::Server;
use super::entry::Step;
use super::*;
use crate::test_support::demo_clinic;

fn clinic(keychain: &'static dyn Keychain) -> (tempfile::TempDir, OpenClinic, PractitionerId) {
    let (folder, clinic) = demo_clinic(keychain);
    let who = clinic
        .ask(|desk| Ok(desk.sharing_lines()?[0].practitioner.clone()))
        .unwrap();
    (folder, clinic, PractitionerId::new(who))
}

fn publishing_of(clinic: &OpenClinic) -> Publishing {
    Publishing::of(clinic.clone(), Watcher::over(clinic.clone()))
}

fn in_memory() -> &'static KeychainInMemory {
    Box::leak(Box::default())
}

/// How the account goes, as the window is told.
fn told(publishing: &Publishing, who: &PractitionerId) -> Option<PublishedView> {
    let clinic = &publishing.accounts.clinic;
    let mut lines = clinic.ask(|desk| desk.sharing_lines()).unwrap();
    publishing.tell(&mut lines, Language::English);
    lines
        .into_iter()
        .find(|line| line.practitioner == who.as_str())
        .unwrap()
        .published
}

/// As if the time had come for which a try was put off.
fn end_delay(publishing: &Publishing, who: &PractitionerId) {
    publishing.accounts.note(who, |entry| {
        if let Step::Delayed(_, at) = &mut entry.step {
            *at = Instant::now();
        }
    });
}

fn until(what: impl Fn() -> bool) {
    for _ in 0..600 {
        if what() {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("it does not come to that");
}

fn is_kept(publishing: &Publishing, who: &PractitionerId) -> bool {
    told(publishing, who).is_some_and(|told| told.state == PublishState::Kept)
}

fn is_looked_after(publishing: &Publishing, who: &PractitionerId) -> bool {
    publishing.accounts.entries.lock().contains_key(who)
}

/// Waits until an account whose password is missing or refused was looked after twice.
fn looked_after(publishing: &Publishing, who: &PractitionerId) {
    for _ in 0..2 {
        let asked = || {
            publishing
                .accounts
                .entries
                .lock()
                .get(who)
                .map(|entry| entry.asked)
        };
        let before = asked();
        publishing
            .accounts
            .note(who, |entry| entry.ask_at = Instant::now());
        until(|| asked() > before);
    }
}

fn start(
    publishing: &Publishing,
    who: &PractitionerId,
    server: &Server,
    typed: Option<&str>,
) -> Result<(), Error> {
    publishing.start(who, server.account(), typed, Language::English)
}

/// A calendar that is published and up to date.
fn published(clinic: &OpenClinic, who: &PractitionerId, server: &Server) -> Publishing {
    let publishing = publishing_of(clinic);
    start(&publishing, who, server, Some("secret")).unwrap();
    until(|| is_kept(&publishing, who));
    publishing
}

#[test]
fn a_calendar_is_published_kept_up_to_date_and_taken_away() {
    let server = Server::start();
    let keychain = in_memory();
    let (_folder, clinic, who) = clinic(keychain);
    let publishing = published(&clinic, &who, &server);
    let first = told(&publishing, &who).unwrap().last.unwrap();
    assert!(first.created > 20 && first.created as usize == server.count());
    assert_eq!(
        keychain.password(&server.account().title()).as_deref(),
        Some("secret")
    );
    let texts = server.lock().resources.values().cloned().collect::<String>();
    let publication = clinic.ask(|desk| desk.publication(&who)).unwrap();
    assert!(texts.contains(&publication.events()[0].uid));
    // The level of names is another one: the server is told by itself, within moments.
    clinic
        .ask(|desk| {
            let names = NamesShown::Busy;
            desk.share_names(&who, names.into())
        })
        .unwrap();
    until(|| told(&publishing, &who).is_some_and(|told| told.last.is_some_and(|last| last.updated > 20)));
    until(|| is_kept(&publishing, &who));
    let texts = server.lock().resources.values().cloned().collect::<String>();
    assert!(texts.contains("SUMMARY:Busy"));
    // What concerns somebody else asks nothing of the server.
    let asked = server.lock().asked;
    let other = clinic
        .ask(|desk| Ok(desk.sharing_lines()?[1].practitioner.clone()))
        .unwrap();
    clinic
        .ask(|desk| desk.start_feed(&other.as_str().into(), [7; 32]))
        .unwrap();
    let version = clinic.ask(|desk| desk.feed_version()).unwrap();
    let seen = || {
        publishing
            .accounts
            .entries
            .lock()
            .get(&who)
            .map(|entry| entry.seen.clone())
    };
    until(|| seen() == Some(Some(version.clone())));
    assert_eq!(server.lock().asked, asked);
    server
        .lock()
        .resources
        .insert("/pia/mine.ics".to_owned(), "mine".to_owned());
    publishing.take_away(&who, None, Language::English).unwrap();
    assert_eq!(server.count(), 1, "what is not Ordo's stays");
    assert_eq!(told(&publishing, &who), None);
    assert_eq!(keychain.password(&server.account().title()), None);
    publishing.end();
    assert_eq!(server.count(), 1, "nothing comes back");
}

#[test]
fn what_is_wrong_is_told_and_what_passes_is_tried_again() {
    let server = Server::start();
    let (_folder, clinic, who) = clinic(&NoKeychain);
    let publishing = publishing_of(&clinic);
    let refused = start(&publishing, &who, &server, Some("wrong")).unwrap_err();
    assert!(refused.message.contains("user and password"), "{refused}");
    assert_eq!(
        told(&publishing, &who),
        None,
        "nothing is named that does not work"
    );
    let refused = start(&publishing, &who, &server, None).unwrap_err();
    assert!(refused.message.contains("enter it again"), "{refused}");
    start(&publishing, &who, &server, Some("secret")).unwrap();
    until(|| is_kept(&publishing, &who));
    // Away for a while: that is no fault, and it goes on by itself.
    server.fail(Some("503 Service Unavailable"));
    let change = |names: NamesShown| {
        clinic.ask(|desk| desk.share_names(&who, names.into())).unwrap();
    };
    change(NamesShown::Busy);
    let delayed = || {
        let state = told(&publishing, &who).unwrap().state;
        matches!(state, PublishState::Delayed { why } if why.contains("503"))
    };
    until(delayed);
    server.fail(None);
    end_delay(&publishing, &who);
    until(|| is_kept(&publishing, &who));
    // The password no longer holds: nothing is tried until somebody enters it.
    server.fail(Some("401 Unauthorized"));
    change(NamesShown::Initials);
    let stopped = || {
        matches!(
            told(&publishing, &who).unwrap().state,
            PublishState::Stopped { .. }
        )
    };
    until(stopped);
    let asked = server.lock().asked;
    looked_after(&publishing, &who);
    assert_eq!(server.lock().asked, asked, "no account is locked by trying on");
    // Nor is it taken away now; the wish stays, and whoever wished it may still leave it there.
    let refused = publishing.take_away(&who, None, Language::French).unwrap_err();
    assert!(refused.message.contains("mot de passe"), "{refused}");
    assert!(told(&publishing, &who).unwrap().removing);
    publishing.leave(&who).unwrap();
    assert_eq!(told(&publishing, &who), None);
    assert!(server.count() > 20, "left there as wished");
    // With the new password it is taken away after all.
    server.fail(None);
    start(&publishing, &who, &server, Some("secret")).unwrap();
    until(|| is_kept(&publishing, &who));
    let wrong = publishing
        .take_away(&who, Some("wrong"), Language::English)
        .unwrap_err();
    assert!(wrong.message.contains("password"), "{wrong}");
    publishing
        .take_away(&who, Some("secret"), Language::English)
        .unwrap();
    assert_eq!((told(&publishing, &who), server.count()), (None, 0));
}

#[test]
fn a_wish_to_stop_outlives_a_restart_and_nothing_is_published_meanwhile() {
    let server = Server::start();
    let keychain = in_memory();
    let (_folder, clinic, who) = clinic(keychain);
    let publishing = published(&clinic, &who, &server);
    server.fail(Some("503 Service Unavailable"));
    let refused = publishing.take_away(&who, None, Language::English).unwrap_err();
    assert!(refused.message.contains("503"), "{refused}");
    let delayed = told(&publishing, &who).unwrap();
    assert!(
        delayed.removing && matches!(delayed.state, PublishState::Delayed { .. }),
        "{delayed:?}"
    );
    drop(publishing);
    // Somebody else took some of it away meanwhile: that is not written again.
    let left = {
        let mut held = server.lock();
        while held.resources.len() > 5 {
            held.resources.pop_first();
        }
        held.puts = 0;
        held.resources.len()
    };
    let again = publishing_of(&clinic);
    again.begin();
    let is_delayed = || {
        let told = told(&again, &who).unwrap();
        told.removing && matches!(told.state, PublishState::Delayed { .. })
    };
    until(is_delayed);
    assert_eq!(server.count(), left);
    // The server is back, and it is tried again by itself.
    server.fail(None);
    end_delay(&again, &who);
    until(|| told(&again, &who).is_none());
    assert_eq!((server.count(), server.lock().puts), (0, 0));
    assert_eq!(keychain.password(&server.account().title()), None);
    until(|| again.accounts.entries.lock().is_empty());
}

#[test]
fn an_account_that_is_named_again_while_it_ends_is_published_to() {
    let server = Server::start();
    let (_folder, clinic, who) = clinic(in_memory());
    let publishing = published(&clinic, &who, &server);
    server.fail(Some("503 Service Unavailable"));
    publishing.take_away(&who, None, Language::English).unwrap_err();
    server.fail(None);
    start(&publishing, &who, &server, None).unwrap();
    until(|| is_kept(&publishing, &who));
    assert!(!told(&publishing, &who).unwrap().removing);
    assert!(server.count() > 20);
}

#[test]
fn a_password_that_another_program_keeps_is_found_while_this_one_runs() {
    let server = Server::start();
    let keychain = in_memory();
    let (_folder, clinic, who) = clinic(keychain);
    let publishing = publishing_of(&clinic);
    // As the command line does: named first, and the password kept once it has worked.
    clinic
        .ask(|desk| desk.share_account(&who, server.account()))
        .unwrap();
    publishing.begin();
    let is =
        |state: fn(&PublishState) -> bool| told(&publishing, &who).is_some_and(|told| state(&told.state));
    until(|| is_looked_after(&publishing, &who) && is(|state| *state == PublishState::Elsewhere));
    let ask_now = || {
        publishing
            .accounts
            .note(&who, |entry| entry.ask_at = Instant::now())
    };
    keychain.keep_password(&server.account().title(), "old");
    ask_now();
    until(|| is(|state| matches!(state, PublishState::Stopped { .. })));
    // The one that was refused is not tried again, another one is.
    let asked = server.lock().asked;
    looked_after(&publishing, &who);
    assert_eq!(server.lock().asked, asked, "no account is locked by trying on");
    keychain.keep_password(&server.account().title(), "secret");
    ask_now();
    until(|| is_kept(&publishing, &who));
    assert!(server.count() > 20);
}

#[test]
fn after_a_restart_it_goes_on_where_the_password_is_known() {
    restarts(in_memory());
}

/// Runs where `cargo xtask test keychain` starts a Secret Service; elsewhere it says so.
#[test]
fn after_a_restart_the_password_is_found_in_a_real_keychain() {
    if std::env::var_os("ORDO_TEST_KEYCHAIN").is_none() {
        eprintln!("no keychain to test with; `cargo xtask test keychain` starts one");
        return;
    }
    restarts(ordo_keychain::keychain());
}

fn restarts(keychain: &'static dyn Keychain) {
    let server = Server::start();
    let (_folder, clinic, who) = clinic(keychain);
    let publishing = published(&clinic, &who, &server);
    drop(publishing);
    server.lock().resources.clear();
    let again = publishing_of(&clinic);
    again.begin();
    until(|| is_kept(&again, &who));
    assert!(server.count() > 20);
    again.end();
    keychain.forget_password(&server.account().title());
    let later = publishing_of(&clinic);
    later.begin();
    until(|| {
        told(&later, &who).is_some_and(|told| told.state == PublishState::Elsewhere)
            && later.accounts.entries.lock().contains_key(&who)
    });
    assert!(server.count() > 20);
}
