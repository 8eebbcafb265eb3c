//! Who takes the clinic's folder takes nothing that can be read: no name, number, note, password or key, whatever was
//! done before and however the program ended.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use ordo_core::model::AppointmentStatus;
use ordo_core::model::NamesShown;
use ordo_desk::Error;
use ordo_desk::key::{KeychainInMemory, Vault};
use ordo_desk::view::access::{RoleName, SecretName, UserForm};

use crate::desk::{date, demo_desk};

/// Everything of the length of a key that was drawn.
static DRAWN: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

/// Bytes that never come twice and that nothing else in a file looks like.
fn random(bytes: &mut [u8]) -> Result<(), Error> {
    static STATE: Mutex<u64> = Mutex::new(0x0123_4567_89ab_cdef);
    let mut state = STATE.lock().expect("the numbers");
    for byte in bytes.iter_mut() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        *byte = (*state >> 56) as u8;
    }
    DRAWN.lock().expect("the numbers").push(bytes.to_vec());
    Ok(())
}

/// The keys that were made.
fn keys_made() -> Vec<Vec<u8>> {
    let mut drawn = DRAWN.lock().expect("the numbers").clone();
    drawn.retain(|bytes| bytes.len() == 32);
    assert_eq!(drawn.len(), 2);
    drawn
}

/// Bytes as characters, so that a search finds any sequence of bytes.
fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// What stands in a file of the folder although it should not.
fn leaks(folder: &Path, secrets: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(leaks(&path, secrets));
            continue;
        }
        let content = text(&fs::read(&path).expect("a file"));
        for secret in secrets {
            let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
            if content.contains(&text(secret.as_bytes())) || content.contains(&text(&wide)) {
                found.push(format!("{secret} in {}", path.display()));
            }
        }
    }
    found
}

#[test]
fn a_day_of_work_and_a_crash_leave_nothing_to_read() {
    let (folder, mut desk) = demo_desk();
    let records = desk.records().expect("records");
    let some = || records.patients.iter().take(40);
    let mut secrets: Vec<String> = some().map(|patient| patient.name.clone()).collect();
    secrets.extend(some().map(|patient| patient.contact.phone.clone()));
    secrets.extend(some().map(|patient| patient.contact.email.clone()));
    secrets.extend([
        "her left knee hurts".to_owned(),
        "quiet-otter".to_owned(),
        "argon2id".to_owned(),
    ]);
    secrets.extend(["03".repeat(32), text(&[3; 32])]);
    // The new key goes where a stolen folder does not; what opens it is on paper and in a head.
    let keychain = KeychainInMemory::default();
    let vault = Vault {
        keychain: &keychain,
        random,
    };
    let passphrase = "otters sleep in the reeds";
    for passphrase in [None, Some(passphrase)] {
        let paper = desk.draft_recovery_key(vault).expect("a recovery key");
        let group = &paper.groups[paper.asked as usize - 1];
        desk.protect_key(group, passphrase, vault).expect("a new key");
        secrets.extend([
            paper.groups.concat(),
            paper.groups.join(" "),
            paper.groups.join("-"),
        ]);
        secrets.extend(paper.groups);
    }
    secrets.push(passphrase.to_owned());
    for key in keys_made() {
        let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        secrets.extend([digits.to_uppercase(), digits, text(&key)]);
    }
    secrets.retain(|secret| secret.len() >= 6);
    assert!(secrets.len() > 40, "{secrets:?}");

    let owner = UserForm {
        name: "Olga Owner".to_owned(),
        role: RoleName::Owner,
        practitioner: None,
        active: true,
        secret: SecretName::Password,
        new_secret: Some("quiet-otter".to_owned()),
    };
    desk.save_user(None, &owner).expect("an owner");
    let today = date("2026-11-23");
    let day = desk.day(today).expect("a day");
    let visits = day.practitioners.iter().flat_map(|each| &each.appointments);
    let booked: Vec<String> = visits.map(|visit| visit.id.clone()).take(12).collect();
    for id in &booked {
        let original = desk.visit(&id.as_str().into()).expect("a visit").note;
        desk.put_note(&id.as_str().into(), &original, "her left knee hurts")
            .expect("a note");
        // Some are over already, and then nothing changes.
        let _ = desk.set_status(&id.as_str().into(), AppointmentStatus::Arrived, "");
    }
    desk.take_back(None).expect("taken back");
    for patient in some() {
        desk.search_patients(&patient.name, 0, 20).expect("a search");
        desk.patient_record(&patient.id).expect("a record");
    }
    let practitioner = records.clinic.practitioners[0].id.clone();
    let calendar = desk
        .export_calendar(&practitioner, today, today, Some(NamesShown::Full))
        .expect("a calendar")
        .text;
    desk.back_up().expect("a backup");
    assert!(desk.sign_in("Olga Owner", "wrong-otter").is_err());

    // The program dies: nothing is closed, and the log of changes stays beside the database.
    std::mem::forget(desk);
    let log = fs::metadata(folder.path().join("clinic.ordo-wal")).expect("the log of changes");
    assert!(log.len() > 0);
    for place in [folder.path().to_owned(), folder.path().join("Backups")] {
        let mut files = fs::read_dir(&place).expect("a folder").flatten();
        let is_key_file = |file: fs::DirEntry| file.file_name().to_string_lossy().ends_with(".keys");
        assert!(files.any(is_key_file), "{}", place.display());
    }
    assert_eq!(leaks(folder.path(), &secrets), [""; 0]);

    // The search itself works: what leaves on purpose is found.
    fs::write(folder.path().join("calendar.ics"), &calendar).expect("a file");
    fs::write(folder.path().join("names.txt"), &secrets[0]).expect("a file");
    assert!(!leaks(folder.path(), &secrets).is_empty());
}
