//! Tests that look below the public methods: files, shapes, triggers, plans.

pub(crate) mod backup;
mod chain;
mod files;
mod growth;
mod journal;
mod migrations;
mod overlaps;
mod rekey;
mod times;
mod trail;

use std::path::PathBuf;

use crate::sample;
use crate::{Key, Stamp, Store};

pub(crate) fn key() -> Key {
    Key::from_bytes([7; 32])
}

pub(crate) fn stamp(seconds: i64) -> Stamp {
    Stamp {
        at: sample::moment(seconds),
        actor: "front desk".to_owned(),
        reason: String::new(),
    }
}

/// A filled database in a folder of its own.
pub(crate) fn filled() -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clinic.ordo");
    let mut store = Store::create(&path, &key()).expect("a new database");
    store.fill(&sample::records(), &stamp(0)).expect("the sample");
    (folder, path, store)
}
