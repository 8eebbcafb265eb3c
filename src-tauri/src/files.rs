//! Where files that leave the clinic are put: where the user says, or in one folder without asking.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ordo_desk::{Code, Error, Language, named, unwritten, write_new, write_whole};

/// What the user is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// The place of a file to be written, and a name for it.
    File(&'a str),
    /// A folder that is there.
    Folder,
}

/// Asks the user for a place; none when they think better of it.
type Ask = Box<dyn Fn(Wanted<'_>) -> Option<PathBuf> + Send + Sync>;

/// The way to a place.
pub enum Saving {
    /// The user is asked each time.
    Asked(Ask),
    /// Always this folder; beside a file of the same name if there is one.
    Folder(PathBuf),
}

/// Files that leave the clinic.
pub(crate) struct Files {
    saving: Saving,
    /// The places that were written to, the only ones that are shown.
    written: Mutex<Vec<PathBuf>>,
}

impl Files {
    pub(crate) fn new(saving: Saving) -> Self {
        Self {
            saving,
            written: Mutex::default(),
        }
    }

    /// Writes a file whole or not at all; gives its place, or none when the user did not want it after all.
    pub(crate) fn save(
        &self,
        name: &str,
        content: impl AsRef<[u8]>,
        language: Language,
    ) -> Result<Option<PathBuf>, Error> {
        let content = content.as_ref();
        let place = match &self.saving {
            Saving::Asked(ask) => match ask(Wanted::File(name)) {
                Some(place) => write_whole(&place, content)
                    .map(|()| place.clone())
                    .map_err(|error| (place, error)),
                None => return Ok(None),
            },
            Saving::Folder(folder) => {
                write_new(folder, name, content).map_err(|error| (folder.clone(), error))
            }
        };
        let place = place.map_err(|(place, error)| {
            let words = unwritten(&place, &error, language);
            let other = language.pick("or choose another place", "ou choisissez un autre endroit");
            Error::new(Code::BadFile, format!("{words}, {other}"))
        })?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.push(place.clone());
        Ok(Some(place))
    }

    /// A folder of the user's choice; none when they think better of it.
    pub(crate) fn choose_folder(&self) -> Option<PathBuf> {
        match &self.saving {
            Saving::Asked(ask) => ask(Wanted::Folder),
            Saving::Folder(folder) => Some(folder.clone()),
        }
    }

    /// The folder of a file that was saved before.
    pub(crate) fn folder_of(&self, place: &Path, language: Language) -> Result<PathBuf, Error> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let known = written.iter().any(|known| known == place);
        place
            .parent()
            .filter(|_| known)
            .map(Path::to_owned)
            .ok_or_else(|| {
                let place = named(place);
                let text = language.pick(
                    format!("{place} was not saved from here; save it again"),
                    format!("{place} n’a pas été enregistré d’ici; enregistrez-le de nouveau"),
                );
                Error::new(Code::NotFound, text)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_folder_nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(Saving::Folder(folder.path().join("new")));
        let names = ["one", "two", "three"].map(|text| {
            let place = files.save("pia.ics", text, Language::English).unwrap().unwrap();
            assert_eq!(std::fs::read_to_string(&place).unwrap(), text);
            place.file_name().unwrap().to_string_lossy().into_owned()
        });
        assert_eq!(names, ["pia.ics", "pia (2).ics", "pia (3).ics"]);
    }

    #[test]
    fn the_user_names_the_place_or_thinks_better_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("calendar.ics");
        let chosen = place.clone();
        let files = Files::new(Saving::Asked(Box::new(move |name| {
            assert_eq!(name, Wanted::File("pia.ics"));
            Some(chosen.clone())
        })));
        for text in ["one", "two"] {
            assert_eq!(
                files.save("pia.ics", text, Language::English).unwrap(),
                Some(place.clone())
            );
            assert_eq!(std::fs::read_to_string(&place).unwrap(), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let files = Files::new(Saving::Asked(Box::new(|_| None)));
        assert_eq!(files.save("pia.ics", "", Language::English).unwrap(), None);
        let files = Files::new(Saving::Asked(Box::new(|wanted| {
            (wanted == Wanted::Folder).then(|| "/media/disk".into())
        })));
        assert_eq!(files.choose_folder(), Some("/media/disk".into()));
        assert_eq!(
            Files::new(Saving::Folder("/tmp".into())).choose_folder(),
            Some("/tmp".into())
        );
    }

    #[test]
    fn a_database_is_chosen_as_a_place_in_vain() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("clinic.ordo");
        std::fs::write(&database, "a clinic").unwrap();
        let chosen = database.clone();
        let files = Files::new(Saving::Asked(Box::new(move |_| Some(chosen.clone()))));
        for (language, words) in [
            (Language::English, "choose another name"),
            (Language::French, "choisissez un autre nom"),
        ] {
            let refusal = files.save("clinic.json", "{}", language).unwrap_err();
            assert!(refusal.message.contains(words), "{refusal}");
        }
        assert_eq!(std::fs::read_to_string(&database).unwrap(), "a clinic");
    }

    #[test]
    fn a_place_that_takes_nothing_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let inside = file.join("pia.ics");
        for saving in [
            Saving::Folder(file),
            Saving::Asked(Box::new(move |_| Some(inside.clone()))),
        ] {
            let refusal = Files::new(saving)
                .save("pia.ics", "", Language::English)
                .unwrap_err();
            assert!(refusal.message.contains("file"), "{refusal}");
        }
    }

    #[test]
    fn only_what_was_saved_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(Saving::Folder(folder.path().to_owned()));
        let place = files.save("pia.ics", "", Language::English).unwrap().unwrap();
        assert_eq!(files.folder_of(&place, Language::English).unwrap(), folder.path());
        assert_eq!(
            files
                .folder_of(Path::new("/etc/passwd"), Language::English)
                .unwrap_err()
                .code,
            Code::NotFound
        );
    }
}
