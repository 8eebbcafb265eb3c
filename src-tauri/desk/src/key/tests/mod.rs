use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};

use ordo_core::Language;
use tempfile::TempDir;

use super::opening::settle;
use super::wraps::KeyFile;
use super::*;
use crate::test_support::{CLINIC, TestHost, second_desk};
use crate::view::keys::KeyPlace;
use crate::view::notices::NoticeAbout;
use crate::{ChosenBackup, Code, Desk, backups_of, restore_over};

mod backups;
mod changes;

const PASSPHRASE: &str = "otters sleep in the reeds";

/// Never the same bytes twice.
fn random(bytes: &mut [u8]) -> Result<(), Error> {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    for byte in bytes {
        *byte = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(167);
    }
    Ok(())
}

fn vault(keychain: &dyn Keychain) -> Vault<'_> {
    Vault { keychain, random }
}

fn host() -> TestHost {
    TestHost::at("2026-03-02T08:00")
}

fn at(folder: &TempDir) -> PathBuf {
    folder.path().join("clinic.ordo")
}

/// A clinic whose key lies in a file beside it, as every one begins.
fn plain() -> (TempDir, Desk<TestHost>) {
    let folder = tempfile::tempdir().unwrap();
    let key = keep(&at(&folder), [7; BYTES]).unwrap();
    let mut desk = Desk::create(&at(&folder), &key, host()).unwrap();
    desk.import(CLINIC, "").unwrap();
    (folder, desk)
}

/// Gives a clinic a new key; gives the recovery key.
fn protect(desk: &mut Desk<TestHost>, passphrase: Option<&str>, keychain: &dyn Keychain) -> String {
    let paper = desk.draft_recovery_key(vault(keychain)).unwrap();
    let typed = &paper.groups[paper.asked as usize - 1];
    desk.protect_key(&typed.to_lowercase(), passphrase, vault(keychain))
        .unwrap();
    paper.groups.join(" ")
}

fn open(folder: &TempDir, given: Option<&str>, keychain: &dyn Keychain) -> Result<Desk<TestHost>, Error> {
    find(&at(folder), given, keychain, Language::English)?.open(
        &at(folder),
        keychain,
        host(),
        Language::English,
    )
}

fn code(desk: Result<Desk<TestHost>, Error>) -> Option<Code> {
    desk.err().map(|error| error.code)
}

fn entry_of(folder: &Path, ending: &str) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names = entries.map(|entry| entry.unwrap().path());
    names.find(|path| path.to_string_lossy().ends_with(ending))
}

#[test]
fn a_key_file_moves_into_the_keychain_and_the_key_before_opens_nothing() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    assert_eq!(desk.key_state(vault(&keychain)).unwrap().place, KeyPlace::File);
    assert_eq!(desk.notices().unwrap()[0].about, NoticeAbout::Key);
    let paper = protect(&mut desk, None, &keychain);
    // The desk goes on with the new key.
    desk.put_note(&"m0".into(), "", "afterwards").unwrap();
    desk.back_up().unwrap();
    let state = desk.key_state(vault(&keychain)).unwrap();
    assert_eq!((state.place, state.has_recovery_key), (KeyPlace::Keychain, true));
    assert!(desk.notices().unwrap().is_empty());
    drop(desk);
    assert!(!file_of(&at(&folder)).exists());
    assert_eq!(entry_of(folder.path(), ".before-new-key"), None);
    assert!(Desk::open(&at(&folder), &Key::from_bytes([7; BYTES]), host()).is_err());
    let mut again = open(&folder, None, &keychain).unwrap();
    assert_eq!(again.visit(&"m0".into()).unwrap().note, "afterwards");
    drop(again);
    // Another computer: the paper opens it, and its keychain has it from then on.
    let other = KeychainInMemory::default();
    assert_eq!(code(open(&folder, None, &other)), Some(Code::KeyNeeded));
    assert_eq!(code(open(&folder, Some("otters"), &other)), Some(Code::KeyNeeded));
    drop(open(&folder, Some(&paper), &other).unwrap());
    drop(open(&folder, None, &other).unwrap());
}

#[test]
fn without_a_keychain_a_passphrase_is_asked_for() {
    let (folder, mut desk) = plain();
    let paper = desk.draft_recovery_key(vault(&NoKeychain)).unwrap();
    let typed = &paper.groups[paper.asked as usize - 1];
    for (passphrase, said) in [(None, "keychain"), (Some("short"), "12 characters")] {
        let refusal = desk
            .protect_key(typed, passphrase, vault(&NoKeychain))
            .unwrap_err();
        assert!(refusal.message.contains(said), "{refusal}");
    }
    let refusal = desk.protect_key("00000", Some(PASSPHRASE), vault(&NoKeychain));
    assert!(refusal.unwrap_err().message.contains("group"));
    assert!(file_of(&at(&folder)).exists(), "nothing changed so far");
    desk.protect_key(typed, Some(PASSPHRASE), vault(&NoKeychain))
        .unwrap();
    drop(desk);
    let refusal = open(&folder, None, &NoKeychain).err().unwrap();
    assert_eq!(refusal.code, Code::KeyNeeded);
    drop(open(&folder, Some(PASSPHRASE), &NoKeychain).unwrap());
    drop(open(&folder, Some(&paper.groups.join("-")), &NoKeychain).unwrap());
    // A slip on the paper is named; so is a paper that is not the present one.
    let mut slip = paper.groups.clone();
    slip[2] = "00000".to_owned();
    let refusal = open(&folder, Some(&slip.join(" ")), &NoKeychain).err().unwrap();
    assert!(refusal.message.contains("group 3"), "{refusal}");
    let other = RecoveryKey::from_bytes([1; 20]).groups().join(" ");
    let refusal = open(&folder, Some(&other), &NoKeychain).err().unwrap();
    assert!(refusal.message.contains("newer paper"), "{refusal}");
}

#[test]
fn a_changed_key_file_is_named_and_never_taken() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    let paper = protect(&mut desk, Some(PASSPHRASE), &keychain);
    drop(desk);
    let whole = fs::read_to_string(place(&at(&folder))).unwrap();
    // One digit of what is sealed.
    let at_seal = whole.find("\"sealed\": \"").unwrap() + 11;
    let mut spoilt = whole.clone();
    let digit = if spoilt[at_seal..].starts_with('0') {
        "1"
    } else {
        "0"
    };
    spoilt.replace_range(at_seal..=at_seal, digit);
    fs::write(place(&at(&folder)), &spoilt).unwrap();
    assert_eq!(
        code(open(&folder, Some(PASSPHRASE), &keychain)),
        Some(Code::KeyNeeded)
    );
    // Costs that would take all memory are refused, not tried.
    fs::write(
        place(&at(&folder)),
        whole.replace("\"memory_kib\": 65536", "\"memory_kib\": 4000000000"),
    )
    .unwrap();
    assert_eq!(
        code(open(&folder, Some(PASSPHRASE), &keychain)),
        Some(Code::KeyNeeded)
    );
    for text in [
        "",
        "{}",
        "{\"format\": \"ordo-keys/9\", \"now\": null, \"next\": null}",
    ] {
        fs::write(place(&at(&folder)), text).unwrap();
        let refusal = open(&folder, Some(&paper), &keychain).err().unwrap();
        assert!(refusal.message.contains("clinic.ordo.keys"), "{refusal}");
    }
    fs::write(place(&at(&folder)), whole).unwrap();
    drop(open(&folder, Some(PASSPHRASE), &keychain).unwrap());
}

#[test]
fn the_keys_of_a_database_that_was_moved_away_are_not_taken_for_a_new_one() {
    let (folder, mut desk) = plain();
    let away = folder.path().join("away.ordo");
    let another = Key::from_bytes([9; BYTES]);
    let create = || Desk::create(&at(&folder), &another, host()).map(drop);
    // A key in a plain file.
    drop(desk);
    fs::rename(at(&folder), &away).unwrap();
    let refused = create().unwrap_err();
    assert!(refused.message.contains("clinic.ordo.key"), "{}", refused.message);
    assert!(!at(&folder).exists());
    // Sealed keys, which a later change of the key would write over.
    fs::rename(&away, at(&folder)).unwrap();
    desk = open(&folder, None, &NoKeychain).unwrap();
    protect(&mut desk, Some(PASSPHRASE), &NoKeychain);
    drop(desk);
    fs::rename(at(&folder), &away).unwrap();
    let refused = create().unwrap_err();
    assert!(
        refused.message.contains("clinic.ordo.keys"),
        "{}",
        refused.message
    );
    fs::rename(&away, at(&folder)).unwrap();
    assert!(open(&folder, Some(PASSPHRASE), &NoKeychain).is_ok());
}
