//! A key and the backups that were made under it.

use super::*;

#[test]
fn backups_of_every_key_before_are_put_back() {
    let (folder, mut desk) = plain();
    let keychain = KeychainInMemory::default();
    let mut taken = Vec::new();
    let notes = ["", "first", "second", "third"];
    for (hour, note) in notes.windows(2).enumerate() {
        desk.host.set(&format!("2026-03-0{}T08:00", hour + 2));
        desk.put_note(&"m0".into(), note[0], note[1]).unwrap();
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
    desk.put_note(&"m0".into(), "", "kept").unwrap();
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
    desk.put_note(&"m0".into(), "", reason).unwrap();
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

#[test]
fn a_clinic_without_a_key_file_is_put_back_beside_the_copies_of_another() {
    let shared = tempfile::tempdir().unwrap();
    let _other = sharing(shared.path(), "north", PASSPHRASE, &NoKeychain);
    let folder = tempfile::tempdir().unwrap();
    let own = "its own passphrase";
    let mut desk = Desk::create(&at(&folder), &parse(own).unwrap(), host()).unwrap();
    desk.import(CLINIC, "south").unwrap();
    desk.choose_backup_folder(&shared.path().display().to_string())
        .unwrap();
    desk.put_note(&"m0".into(), "", "south").unwrap();
    let backup = desk.back_up().unwrap().name;
    drop(desk);
    fs::remove_file(at(&folder)).unwrap();
    let find = |typed| find(&at(&folder), Some(typed), &NoKeychain, Language::English);
    assert_eq!(find("another passphrase").unwrap_err().code, Code::KeyNeeded);
    let chosen = ChosenBackup::Listed(&backup);
    let restored = restore_over(
        &at(&folder),
        &find(own).unwrap(),
        chosen,
        host(),
        Language::English,
    );
    let (mut desk, _) = restored.unwrap();
    assert_eq!(desk.visit(&"m0".into()).unwrap().note, "south");
    assert!(!place(&at(&folder)).exists(), "the key file of the other clinic");
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
    desk.put_note(&"m0".into(), "", "later").unwrap();
    desk.host.set("2026-03-04T08:00");
    desk.back_up().unwrap();
    assert!(marked.exists() && !backups.join("clinic.ordo.keys").exists());
    // That of somebody else stays.
    fs::write(backups.join("clinic.ordo.keys"), "somebody's").unwrap();
    desk.back_up().unwrap();
    assert_eq!(fs::read(backups.join("clinic.ordo.keys")).unwrap(), b"somebody's");
}
