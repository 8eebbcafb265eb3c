//! What is a matter of this machine and not of the clinic: small files beside the database, without any secret.

use std::fs;
use std::path::Path;

use ordo_desk::{Code, Error, Language, unwritten, write_whole};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads what was kept; where there is nothing, or nothing that can be read, it begins anew.
pub(crate) fn read<T: DeserializeOwned + Default>(file: &Path) -> T {
    fs::read_to_string(file)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Keeps something, or leaves what was kept before as it is.
pub(crate) fn write(file: &Path, what: &impl Serialize, language: Language) -> Result<(), Error> {
    let written = serde_json::to_string(what)
        .map_err(std::io::Error::from)
        .and_then(|text| write_whole(file, &text));
    written.map_err(|error| Error::new(Code::BadFile, unwritten(file, &error, language)))
}
