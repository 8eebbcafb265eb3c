//! A folder of calendars that is kept up to date.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ordo_core::Language;
use ordo_core::ical::calendar_text;
use ordo_core::model::{Clinic, PractitionerId};

use crate::cause::unwritten;
use crate::ics::in_file_name;
use crate::writing::write_whole;
use crate::{Code, Desk, Error, Host, UseCase};

/// What became of a folder that is kept up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderReport {
    /// The files that were written, because they differed.
    pub written: Vec<PathBuf>,
    /// How many were as they should be.
    pub unchanged: usize,
}

impl<H: Host> Desk<H> {
    /// Refuses whoever may not keep a folder of calendars.
    pub fn may_share_folder(&self) -> Result<(), Error> {
        self.allow(UseCase::ShareFolder)
    }

    /// What a folder of calendars holds: for each practitioner, in the clinic's order, the name of their file.
    pub fn folder_plan(&self) -> Result<Vec<(PractitionerId, String)>, Error> {
        let clinic = self.store.clinic()?;
        let names = file_names(&clinic);
        let practitioners = clinic.practitioners.into_iter();
        Ok(practitioners
            .map(|practitioner| practitioner.id)
            .zip(names)
            .collect())
    }

    /// A practitioner's calendar as it lies in a folder, with the names chosen for them.
    pub fn folder_text(&self, practitioner: &PractitionerId) -> Result<String, Error> {
        let names = self.sharing_of(practitioner)?.names;
        Ok(calendar_text(&self.current_export(practitioner, names)?))
    }

    /// Brings a folder up to date: one file for each practitioner; files of other names are left alone.
    pub fn write_folder(&self, folder: &Path) -> Result<FolderReport, Error> {
        let mut report = FolderReport::default();
        for (practitioner, name) in self.folder_plan()? {
            let text = self.folder_text(&practitioner)?;
            match write_calendar(folder, &name, &text, self.language)? {
                Some(path) => report.written.push(path),
                None => report.unchanged += 1,
            }
        }
        Ok(report)
    }
}

/// Writes a file of a folder of calendars, whole or not at all; none where it is as it should be.
pub fn write_calendar(
    folder: &Path,
    name: &str,
    text: &str,
    language: Language,
) -> Result<Option<PathBuf>, Error> {
    let path = folder.join(name);
    let failed = |error: std::io::Error| {
        let words = unwritten(&path, &error, language);
        let other = language.pick("or choose another folder", "ou choisissez un autre dossier");
        Error::new(Code::BadFile, format!("{words}, {other}"))
    };
    if fs::read(&path).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(None);
    }
    let made = if folder.is_file() {
        // The system would say that it is there already.
        Err(ErrorKind::NotADirectory.into())
    } else {
        fs::create_dir_all(folder)
    };
    made.and_then(|()| write_whole(&path, text)).map_err(failed)?;
    Ok(Some(path))
}

/// A file name for each practitioner; of two with one name, the later carries the identifier too.
fn file_names(clinic: &Clinic) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let all = clinic.practitioners.iter();
    all.map(|practitioner| {
        let name = in_file_name(&practitioner.name);
        let mut name = format!("{name}.ics");
        if !taken.insert(name.clone()) {
            name = format!(
                "{}-{}.ics",
                name.trim_end_matches(".ics"),
                in_file_name(practitioner.id.as_str())
            );
            taken.insert(name.clone());
        }
        name
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use ordo_core::model::{AppointmentStatus, NamesShown};

    use super::*;
    use crate::test_support::small_desk;

    #[test]
    fn a_folder_holds_a_file_for_each_and_is_written_only_where_it_differs() {
        let (folder, mut desk) = small_desk();
        let target = folder.path().join("shared").join("calendars");
        let first = desk.write_folder(&target).expect("a folder");
        let names: Vec<_> = first
            .written
            .iter()
            .map(|path| path.file_name().expect("a name").to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["max-roy.ics", "pia-cote.ics"]);
        fs::write(target.join("mine.txt"), "precious").expect("a file");
        assert_eq!(desk.write_folder(&target).expect("a folder").unchanged, 2);
        desk.set_status(&"m0".into(), AppointmentStatus::Arrived, "")
            .expect("a change");
        desk.share_names(&"pia".into(), NamesShown::Full)
            .expect("a level");
        let second = desk.write_folder(&target).expect("a folder");
        assert_eq!(second.written.len(), 2);
        let text = fs::read_to_string(&second.written[1]).expect("a file");
        assert!(text.contains("Gagnon"));
        assert_eq!(fs::read_dir(&target).expect("the folder").count(), 3);
        let refused = desk.write_folder(&target.join("mine.txt")).expect_err("a file");
        assert!(refused.message.contains("mine.txt"), "{refused}");
    }

    #[test]
    fn two_of_one_name_have_two_files() {
        let (_folder, desk) = small_desk();
        let mut clinic = desk.clinic().expect("a clinic");
        clinic.practitioners[1].name = "max  ROY".to_owned();
        assert_eq!(file_names(&clinic), ["max-roy.ics", "max-roy-pia.ics"]);
    }
}
