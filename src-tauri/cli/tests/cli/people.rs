//! The command in a clinic that knows its people.

use std::process::Output;

use chrono::{DateTime, Utc};
use ordo_desk::view::access::{RoleName, SecretName, UserForm};
use ordo_desk::{Desk, Host, key};

use crate::folder::{Folder, said};

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

/// Runs the command as somebody with a password.
fn run_as((user, password): (&str, &str), folder: &Folder, arguments: &[&str]) -> Output {
    let who = [("ORDO_USER", user), ("ORDO_PASSWORD", password)];
    folder.run_with(&who, arguments)
}

#[test]
fn people_sign_in_and_do_what_their_role_may() {
    let folder = Folder::demo();
    let nobody = run_as(("Olga", "quiet-otter"), &folder, &["day"]);
    assert_eq!(nobody.status.code(), Some(5));
    assert!(said(&nobody).contains("knows no people"), "{}", said(&nobody));
    let database = folder.at("demo.ordo");
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

    let nobody = folder.run(&["day"]);
    assert_eq!(nobody.status.code(), Some(5));
    assert!(said(&nobody).contains("--user"), "{}", said(&nobody));
    let wrong = run_as(("Fred", "wrong-badger"), &folder, &["day"]);
    assert_eq!(wrong.status.code(), Some(5));
    assert!(
        run_as(("fred", "brown-badger"), &folder, &["day"])
            .status
            .success()
    );
    let refused = run_as(("Fred", "brown-badger"), &folder, &["export", "out.json"]);
    assert_eq!(refused.status.code(), Some(5));
    assert!(said(&refused).contains("owner"), "{}", said(&refused));
    assert!(!folder.at("out.json").exists());
    let exported = run_as(("Olga", "quiet-otter"), &folder, &["export", "out.json"]);
    assert!(exported.status.success(), "{}", said(&exported));
    let journal = run_as(("Olga", "quiet-otter"), &folder, &["journal"]);
    let said = said(&journal);
    assert!(said.contains("added: person Fred (front desk)"), "{said}");
}
