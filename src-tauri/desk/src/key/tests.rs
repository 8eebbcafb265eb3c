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
    desk.put_note(&"m0".into(), "afterwards").unwrap();
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
fn a_new_paper_and_a_new_passphrase_take_the_place_of_those_before() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    let refusal = desk.move_key(Some(PASSPHRASE), vault(&keychain)).unwrap_err();
    assert_eq!(refusal.code, Code::BadRequest);
    let first = protect(&mut desk, None, &keychain);
    let paper = desk.draft_recovery_key(vault(&keychain)).unwrap();
    let typed = paper.groups[paper.asked as usize - 1].clone();
    desk.renew_recovery_key(&typed, vault(&keychain)).unwrap();
    assert!(
        desk.renew_recovery_key(&typed, vault(&keychain)).is_err(),
        "each paper is drafted anew"
    );
    desk.move_key(Some(PASSPHRASE), vault(&keychain)).unwrap();
    assert_eq!(keychain.count(), 0);
    drop(desk);
    assert_eq!(code(open(&folder, None, &keychain)), Some(Code::KeyNeeded));
    assert_eq!(
        code(open(&folder, Some(&first), &keychain)),
        Some(Code::KeyNeeded)
    );
    drop(open(&folder, Some(&paper.groups.join(" ")), &keychain).unwrap());
    let mut desk = open(&folder, Some(PASSPHRASE), &keychain).unwrap();
    assert_eq!(
        desk.key_state(vault(&keychain)).unwrap().place,
        KeyPlace::Passphrase
    );
    desk.move_key(Some("badgers dig in the hill"), vault(&keychain))
        .unwrap();
    drop(desk);
    assert_eq!(
        code(open(&folder, Some(PASSPHRASE), &keychain)),
        Some(Code::KeyNeeded)
    );
    let mut desk = open(&folder, Some("badgers dig in the hill"), &keychain).unwrap();
    desk.move_key(None, vault(&keychain)).unwrap();
    drop(desk);
    drop(open(&folder, None, &keychain).unwrap());
    assert_eq!(keychain.count(), 1);
}

#[test]
fn backups_of_every_key_before_are_put_back() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    let mut taken = Vec::new();
    for (hour, note) in ["first", "second", "third"].into_iter().enumerate() {
        desk.host.set(&format!("2026-03-0{}T08:00", hour + 2));
        desk.put_note(&"m0".into(), note).unwrap();
        taken.push(desk.back_up().unwrap().name);
        protect(&mut desk, None, &keychain);
    }
    assert_eq!(keychain.count(), 1, "the keychain holds the present key alone");
    // Also for a desk that was opened since.
    drop(desk);
    let mut desk = open(&folder, None, &keychain).unwrap();
    for (name, note) in taken.iter().zip(["first", "second", "third"]) {
        desk.restore(name).unwrap();
        assert_eq!(desk.visit(&"m0".into()).unwrap().note, note);
    }
    desk.host.set("2026-03-09T08:00");
    desk.back_up().unwrap();
    drop(desk);
    assert_eq!(
        open(&folder, None, &keychain)
            .unwrap()
            .visit(&"m0".into())
            .unwrap()
            .note,
        "third"
    );
    // Likewise where the database itself is lost.
    let keys = find(&at(&folder), None, &keychain, Language::English).unwrap();
    fs::write(at(&folder), [3; 8192]).unwrap();
    let listed = backups_of(&at(&folder), crate::Host::now(&host()), Language::English);
    let oldest = &listed.backups.last().unwrap().name;
    let (mut desk, _) = restore_over(
        &at(&folder),
        &keys,
        ChosenBackup::Listed(oldest),
        host(),
        Language::English,
    )
    .unwrap();
    assert_eq!(desk.visit(&"m0".into()).unwrap().note, "first");
    drop(desk);
    drop(open(&folder, None, &keychain).unwrap());
}

#[test]
fn a_disk_of_backups_and_the_paper_are_enough_for_another_computer() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    let before = desk.back_up().unwrap().name;
    let paper = protect(&mut desk, None, &keychain);
    desk.host.set("2026-03-03T08:00");
    desk.put_note(&"m0".into(), "kept").unwrap();
    let after = desk.back_up().unwrap().name;
    drop(desk);
    let backups = folder.path().join("Backups");
    for (name, note) in [(after, "kept"), (before, "")] {
        let other = tempfile::tempdir().unwrap();
        fs::copy(backups.join(name), at(&other)).unwrap();
        fs::copy(entry_of(&backups, ".keys").unwrap(), place(&at(&other))).unwrap();
        let keychain = KeychainInMemory::default();
        let mut desk = open(&other, Some(&paper), &keychain).unwrap();
        assert_eq!(desk.visit(&"m0".into()).unwrap().note, note);
        drop(desk);
        drop(open(&other, Some(&paper), &keychain).unwrap());
    }
}

#[test]
fn nobody_else_may_have_the_database_open() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    let paper = desk.draft_recovery_key(vault(&keychain)).unwrap();
    let typed = &paper.groups[paper.asked as usize - 1];
    let mut other = second_desk(&folder);
    other.visit(&"m0".into()).unwrap();
    // What looks at the file meanwhile takes no lock away.
    desk.inspect().unwrap();
    other.inspect().unwrap();
    let refusal = desk.protect_key(typed, None, vault(&keychain)).unwrap_err();
    assert_eq!(refusal.code, Code::Busy, "{refusal}");
    assert_eq!(keychain.count(), 0);
    assert!(!place(&at(&folder)).exists());
    other.visit(&"m0".into()).unwrap();
    drop(other);
    desk.put_note(&"m0".into(), "still at work").unwrap();
    desk.protect_key(typed, None, vault(&keychain)).unwrap();
    drop(desk);
    drop(open(&folder, None, &keychain).unwrap());
}

/// A keychain that loses what it is given.
struct Sieve;

impl Keychain for Sieve {
    fn is_there(&self) -> bool {
        true
    }

    fn get(&self, _: &str) -> Option<[u8; BYTES]> {
        None
    }

    fn put(&self, _: &str, _: &[u8; BYTES]) -> bool {
        false
    }

    fn remove(&self, _: &str) {}
}

#[test]
fn a_keychain_that_refuses_leaves_everything_as_it_was() {
    let (folder, mut desk) = plain();
    let paper = desk.draft_recovery_key(vault(&Sieve)).unwrap();
    let typed = &paper.groups[paper.asked as usize - 1];
    let refusal = desk.protect_key(typed, None, vault(&Sieve)).unwrap_err();
    assert!(refusal.message.contains("passphrase instead"), "{refusal}");
    assert!(!place(&at(&folder)).exists());
    assert_eq!(entry_of(folder.path(), ".before-new-key"), None);
    desk.put_note(&"m0".into(), "still at work").unwrap();
    drop(desk);
    drop(open(&folder, None, &Sieve).unwrap());
}

/// The program ends between any two steps of a change of the key.
#[test]
fn a_change_that_was_cut_short_goes_on_or_back() {
    let keychain = KeychainInMemory::default();
    let (folder, mut desk) = plain();
    protect(&mut desk, None, &keychain);
    let before = KeyFile::read(&at(&folder)).unwrap().unwrap().now.unwrap();
    let old = keychain.get(&before.id).unwrap();
    protect(&mut desk, None, &keychain);
    let next = KeyFile::read(&at(&folder)).unwrap().unwrap().now.unwrap();
    let new = keychain.get(&next.id).unwrap();
    drop(desk);
    let both = KeyFile::new(Some(before.clone()), Some(next.clone()));
    let database = at(&folder);

    // The database has the new key, and the file still knows both.
    keychain.put(&before.id, &old);
    both.write(&database).unwrap();
    fs::write(folder.path().join("clinic.ordo.before-new-key"), "a copy").unwrap();
    drop(open(&folder, None, &keychain).unwrap());
    let settled = KeyFile::read(&database).unwrap().unwrap();
    assert_eq!((settled.now.as_ref(), settled.next), (Some(&next), None));
    assert_eq!(keychain.get(&before.id), None);
    assert_eq!(entry_of(folder.path(), ".before-new-key"), None);

    // The database has the old key: the change never reached it.
    keychain.put(&before.id, &old);
    both.write(&database).unwrap();
    let back = Key::from_bytes(old);
    let mut store = ordo_store::Store::open(&database, &Key::from_bytes(new)).unwrap();
    store
        .rekey::<Error>(&Key::from_bytes(new), &back, || Ok(()), || Ok(()))
        .unwrap();
    drop(store);
    drop(open(&folder, None, &keychain).unwrap());
    let settled = KeyFile::read(&database).unwrap().unwrap();
    assert_eq!((settled.now.as_ref(), settled.next), (Some(&before), None));
    assert_eq!(keychain.get(&next.id), None);
    drop(open(&folder, None, &keychain).unwrap());

    // A plain key file that a settled change has left behind goes.
    settle(&database, &keychain, None, before).unwrap();
    fs::write(file_of(&database), "00".repeat(32)).unwrap();
    drop(open(&folder, None, &keychain).unwrap());
    assert!(!file_of(&database).exists());
}

/// The computer holds one of two keys, and the other one is in somebody's head.
#[test]
fn a_change_of_place_that_was_cut_short_asks_for_what_is_not_at_hand() {
    let keychain = KeychainInMemory::default();
    let (folder, mut desk) = plain();
    let database = at(&folder);
    let ways = || KeyFile::read(&database).unwrap().unwrap().now.unwrap();
    protect(&mut desk, None, &keychain);
    let kept = ways();
    let key = keychain.get(&kept.id).unwrap();
    protect(&mut desk, Some(PASSPHRASE), &keychain);
    let typed = ways();
    drop(desk);
    let between = KeyFile::new(Some(kept.clone()), Some(typed.clone()));
    between.write(&database).unwrap();
    keychain.put(&kept.id, &key);
    assert_eq!(code(open(&folder, None, &keychain)), Some(Code::KeyNeeded));
    drop(open(&folder, Some(PASSPHRASE), &keychain).unwrap());
    assert_eq!((ways(), keychain.count()), (typed.clone(), 0));
    // The other way about: the passphrase is the one before, and the database has the key in the keychain.
    let mut desk = open(&folder, Some(PASSPHRASE), &keychain).unwrap();
    protect(&mut desk, None, &keychain);
    drop(desk);
    let between = KeyFile::new(Some(typed.clone()), Some(ways()));
    between.write(&database).unwrap();
    drop(open(&folder, Some(PASSPHRASE), &keychain).unwrap());
    between.write(&database).unwrap();
    drop(open(&folder, None, &keychain).unwrap());
    assert_ne!(ways(), typed);
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
fn the_key_of_a_given_passphrase_becomes_a_former_key() {
    let folder = tempfile::tempdir().unwrap();
    let given = "correct horse";
    let keychain = KeychainInMemory::default();
    let mut desk = Desk::create(&at(&folder), &parse(given).unwrap(), host()).unwrap();
    desk.import(CLINIC, "").unwrap();
    assert_eq!(desk.key_state(vault(&keychain)).unwrap().place, KeyPlace::Given);
    let backup = desk.back_up().unwrap().name;
    protect(&mut desk, None, &keychain);
    drop(desk);
    assert_eq!(code(open(&folder, Some(given), &keychain)), Some(Code::KeyNeeded));
    let mut desk = open(&folder, None, &keychain).unwrap();
    desk.restore(&backup).unwrap();
    drop(desk);
    drop(open(&folder, None, &keychain).unwrap());
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

#[cfg(unix)]
#[test]
fn the_copy_beside_the_backups_is_for_its_owner_alone_and_follows_no_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, mut desk) = plain();
    protect(&mut desk, Some(PASSPHRASE), &NoKeychain);
    let backups = folder.path().join("Backups");
    let other = folder.path().join("other.txt");
    fs::create_dir_all(&backups).unwrap();
    fs::write(&other, "somebody's").unwrap();
    desk.back_up().unwrap();
    let copy = entry_of(&backups, ".keys").unwrap();
    fs::remove_file(&copy).unwrap();
    symlink(&other, beside(&copy, ".new")).unwrap();
    desk.back_up().unwrap();
    assert_eq!(fs::read_to_string(&other).unwrap(), "somebody's");
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read(&copy).unwrap(), fs::read(place(&at(&folder))).unwrap());
}

/// A clinic of a name that others have too, begun for a reason of its own, whose backups go to a folder that is shared.
fn sharing(shared: &Path, reason: &str, passphrase: &str, keychain: &dyn Keychain) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let key = keep(&at(&folder), [7; BYTES]).unwrap();
    let mut desk = Desk::create(&at(&folder), &key, host()).unwrap();
    desk.import(CLINIC, reason).unwrap();
    desk.choose_backup_folder(&shared.display().to_string()).unwrap();
    let passphrase = Some(passphrase).filter(|_| !keychain.is_there());
    protect(&mut desk, passphrase, keychain);
    desk.put_note(&"m0".into(), reason).unwrap();
    // Within one hour, of which the newest is kept.
    desk.back_up().unwrap();
    let name = desk.back_up().unwrap().name;
    (folder, name)
}

#[test]
fn two_clinics_of_one_name_that_share_a_folder_are_both_put_back() {
    let in_keychain = KeychainInMemory::default();
    let keychains: [&dyn Keychain; 2] = [&NoKeychain, &in_keychain];
    for keychain in keychains {
        let shared = tempfile::tempdir().unwrap();
        let clinics =
            [("north", PASSPHRASE), ("south", "badgers dig in the hill")].map(|(which, passphrase)| {
                let (folder, backup) = sharing(shared.path(), which, passphrase, keychain);
                (folder, backup, which, passphrase)
            });
        for (folder, backup, which, passphrase) in &clinics {
            let given = Some(*passphrase).filter(|_| !keychain.is_there());
            let desk = open(folder, given, keychain).unwrap();
            let listed = desk.backups().unwrap().backups;
            let names: Vec<&String> = listed.iter().map(|line| &line.name).collect();
            assert_eq!(names, [backup], "{which} lists its own alone");
        }
        for (folder, backup, which, passphrase) in &clinics {
            let database = at(folder);
            fs::remove_file(&database).unwrap();
            fs::remove_file(place(&database)).unwrap();
            let given = Some(*passphrase).filter(|_| !keychain.is_there());
            let keys = find(&database, given, keychain, Language::English).unwrap();
            let chosen = ChosenBackup::Listed(backup);
            let (desk, _) = restore_over(&database, &keys, chosen, host(), Language::English).unwrap();
            drop(desk);
            let mut desk = open(folder, given, keychain).unwrap();
            assert_eq!(desk.visit(&"m0".into()).unwrap().note, *which);
        }
    }
}

/// As an Ordo left it that knew no marks.
#[test]
fn a_copy_of_a_key_file_without_a_mark_is_found_and_makes_way_for_one_with_it() {
    let (folder, mut desk) = plain();
    let paper = protect(&mut desk, Some(PASSPHRASE), &NoKeychain);
    let taken = desk.back_up().unwrap().name;
    let backups = folder.path().join("Backups");
    let marked = entry_of(&backups, ".keys").unwrap();
    drop(desk);
    let plain_name = "clinic-20260302T130000Z-1.ordo-backup";
    fs::rename(backups.join(taken), backups.join(plain_name)).unwrap();
    fs::rename(&marked, backups.join("clinic.ordo.keys")).unwrap();
    fs::remove_file(at(&folder)).unwrap();
    fs::remove_file(place(&at(&folder))).unwrap();
    let keys = find(&at(&folder), Some(&paper), &NoKeychain, Language::English).unwrap();
    let chosen = ChosenBackup::Listed(plain_name);
    let (mut desk, _) = restore_over(&at(&folder), &keys, chosen, host(), Language::English).unwrap();
    assert_eq!(desk.backups().unwrap().backups[0].name, plain_name);
    desk.put_note(&"m0".into(), "later").unwrap();
    desk.host.set("2026-03-04T08:00");
    desk.back_up().unwrap();
    assert!(marked.exists() && !backups.join("clinic.ordo.keys").exists());
    // That of somebody else stays.
    fs::write(backups.join("clinic.ordo.keys"), "somebody's").unwrap();
    desk.back_up().unwrap();
    assert_eq!(fs::read(backups.join("clinic.ordo.keys")).unwrap(), b"somebody's");
}
