//! The command in a clinic that knows its people.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, Utc};
use ordo_desk::view::access::{RoleName, SecretName, UserForm};
use ordo_desk::{Desk, Host, key};

struct Here;

impl Host for Here {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_460_000, 0).unwrap()
    }

    fn new_id(&self) -> String {
        uuid::Uuid::now_v7().to_string()
    }

    fn actor(&self) -> String {
        "test".to_owned()
    }
}

fn ordo(folder: &Path, who: Option<(&str, &str)>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ordo"));
    command
        .current_dir(folder)
        .env_remove("ORDO_KEY")
        .env_remove("ORDO_USER")
        .env_remove("ORDO_PASSWORD")
        .env("ORDO_DATABASE", "demo.ordo")
        .env("ORDO_NOW", "2026-03-02T08:00")
        .stdin(Stdio::null())
        .args(arguments);
    if let Some((user, password)) = who {
        command.args(["--user", user]).env("ORDO_PASSWORD", password);
    }
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn people_sign_in_and_do_what_their_role_may() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert!(
        ordo(folder, None, &["demo", "--date", "2026-03-02"])
            .status
            .success()
    );
    let nobody = ordo(folder, Some(("Olga", "quiet-otter")), &["day"]);
    assert_eq!(nobody.status.code(), Some(5));
    assert!(said(&nobody).contains("knows no people"), "{}", said(&nobody));
    let database = folder.join("demo.ordo");
    let kept = key::kept(&database).unwrap().unwrap();
    let mut desk = Desk::open(&database, &kept, Here).unwrap();
    let person = |name: &str, role, secret: &str| UserForm {
        name: name.to_owned(),
        role,
        practitioner: None,
        active: true,
        secret: SecretName::Password,
        new_secret: Some(secret.to_owned()),
    };
    desk.save_user(None, &person("Olga", RoleName::Owner, "quiet-otter"))
        .unwrap();
    desk.save_user(None, &person("Fred", RoleName::FrontDesk, "brown-badger"))
        .unwrap();
    drop(desk);

    let nobody = ordo(folder, None, &["day"]);
    assert_eq!(nobody.status.code(), Some(5));
    assert!(said(&nobody).contains("--user"), "{}", said(&nobody));
    let wrong = ordo(folder, Some(("Fred", "wrong-badger")), &["day"]);
    assert_eq!(wrong.status.code(), Some(5));
    assert!(
        ordo(folder, Some(("fred", "brown-badger")), &["day"])
            .status
            .success()
    );
    let refused = ordo(folder, Some(("Fred", "brown-badger")), &["export", "out.json"]);
    assert_eq!(refused.status.code(), Some(5));
    assert!(said(&refused).contains("owner"), "{}", said(&refused));
    assert!(!folder.join("out.json").exists());
    let exported = ordo(folder, Some(("Olga", "quiet-otter")), &["export", "out.json"]);
    assert!(exported.status.success(), "{}", said(&exported));
    let journal = ordo(folder, Some(("Olga", "quiet-otter")), &["journal"]);
    let said = said(&journal);
    assert!(said.contains("added: person Fred (front desk)"), "{said}");
}
