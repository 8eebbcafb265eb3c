//! A change of the key: what it leaves behind, who may stand against it, and what comes of one that was cut short.

use super::*;

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
    desk.put_note(&"m0".into(), "", "still at work").unwrap();
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
    desk.put_note(&"m0".into(), "", "still at work").unwrap();
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
