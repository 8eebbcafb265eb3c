//! Where files that leave the clinic are put: the user's folder for downloads.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use ordo_desk::{Code, Error};
use tauri::{Manager, Runtime};

/// The folder; none where the system names neither downloads nor a home.
pub(crate) struct Downloads(Option<PathBuf>);

impl Downloads {
    pub(crate) fn of<R: Runtime>(app: &impl Manager<R>) -> Self {
        let path = app.path();
        Self(path.download_dir().or_else(|_| path.home_dir()).ok())
    }

    /// Writes a new file, beside one of the same name if there is one; gives its place.
    pub(crate) fn keep(&self, name: &str, text: &str) -> Result<PathBuf, Error> {
        let Some(folder) = &self.0 else {
            let text = "the system names no folder for downloads; set HOME and start Ordo again";
            return Err(Error::new(Code::BadFile, text));
        };
        write_new(folder, name, text).map_err(|error| {
            let text = format!(
                "nothing could be saved in {}: {error}; make sure that you may write there",
                folder.display()
            );
            Error::new(Code::BadFile, text)
        })
    }
}

fn write_new(folder: &Path, name: &str, text: &str) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let names =
        std::iter::once(name.to_owned()).chain((2..1000).map(|number| format!("{stem} ({number}).{ending}")));
    for name in names {
        let place = folder.join(name);
        match File::create_new(&place) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                file.sync_all()?;
                return Ok(place);
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let downloads = Downloads(Some(folder.path().join("new")));
        let names = ["one", "two", "three"].map(|text| {
            let place = downloads.keep("pia.ics", text).unwrap();
            assert_eq!(std::fs::read_to_string(&place).unwrap(), text);
            place.file_name().unwrap().to_string_lossy().into_owned()
        });
        assert_eq!(names, ["pia.ics", "pia (2).ics", "pia (3).ics"]);
    }

    #[test]
    fn a_folder_that_takes_nothing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let refusal = Downloads(Some(file.clone())).keep("pia.ics", "").unwrap_err();
        assert!(refusal.message.contains("file"), "{refusal}");
        assert!(Downloads(None).keep("pia.ics", "").is_err());
    }
}
