//! The backups' words, in each language.

use std::path::Path;

use chrono::NaiveDateTime;
use ordo_core::{Language, named, on_one_line};

use super::Trouble;
use crate::for_support;

/// Speaks of backups in one language.
#[derive(Clone, Copy)]
pub(crate) struct Words(pub Language);

impl Words {
    /// What is the matter with a folder, and what to do.
    pub(crate) fn trouble(self, trouble: &Trouble, folder: &Path) -> String {
        let folder = named(folder);
        match (trouble, self.0) {
            (Trouble::NoFolder, Language::English) => {
                format!(
                    "The folder for backups, {folder}, is not there. Plug in its disk, or choose another folder."
                )
            }
            (Trouble::NoFolder, Language::French) => format!(
                "Le dossier des sauvegardes, {folder}, est introuvable. Branchez son disque, ou choisissez un autre dossier."
            ),
            (Trouble::Full, Language::English) => format!(
                "No room is left for a backup in {folder}. Make room there, or choose another folder."
            ),
            (Trouble::Full, Language::French) => format!(
                "Il n’y a plus de place pour une sauvegarde dans {folder}. Libérez de l’espace, ou choisissez un autre dossier."
            ),
            (Trouble::NoAccess, Language::English) => format!(
                "No backup can be written to {folder}. Allow writing there, or choose another folder."
            ),
            (Trouble::NoAccess, Language::French) => format!(
                "Impossible d’écrire une sauvegarde dans {folder}. Autorisez l’écriture, ou choisissez un autre dossier."
            ),
            (Trouble::Unsound(detail), Language::English) => for_support(
                "The backup did not pass its check. The backups before it are kept; if this stays, put the newest one back.",
                detail,
                self.0,
            ),
            (Trouble::Unsound(detail), Language::French) => for_support(
                "La sauvegarde n’a pas passé sa vérification. Les précédentes sont conservées; si cela persiste, restaurez la plus récente.",
                detail,
                self.0,
            ),
            (Trouble::Other(cause), Language::English) => {
                let cause = cause.words(self.0);
                format!("The last backup to {folder} failed: {cause}. Try another folder.")
            }
            (Trouble::Other(cause), Language::French) => {
                let cause = cause.words(self.0);
                format!(
                    "La dernière sauvegarde dans {folder} a échoué\u{a0}: {cause}. Essayez un autre dossier."
                )
            }
        }
    }

    pub(super) fn no_such_backup(self, name: &str) -> String {
        let name = on_one_line(name);
        match self.0 {
            Language::English => format!("there is no backup \"{name}\" in the folder any more"),
            Language::French => format!("il n’y a plus de sauvegarde «\u{a0}{name}\u{a0}» dans le dossier"),
        }
    }

    /// What was put back, for the journal and for people.
    pub(super) fn restored(self, at: Option<NaiveDateTime>) -> String {
        match (at.map(|at| self.0.moment(at)), self.0) {
            (Some(at), Language::English) => format!("backup of {at} put back"),
            (Some(at), Language::French) => format!("sauvegarde du {at} restaurée"),
            (None, Language::English) => "backup of an unknown date put back".to_owned(),
            (None, Language::French) => "sauvegarde de date inconnue restaurée".to_owned(),
        }
    }

    /// That putting a backup back was cut short, and what came of it.
    pub(super) fn cut_short(self, is_done: bool, kept: Option<&Path>) -> String {
        let kept = kept
            .and_then(Path::file_name)
            .map(|name| named(Path::new(name)).to_string());
        let (english, french) = match (is_done, kept) {
            (true, Some(kept)) => (
                format!("Putting a backup back was cut short, but the backup is in place. The clinic as it was before is kept as {kept}; it stands among the backups."),
                format!("La restauration d’une sauvegarde a été interrompue, mais la sauvegarde est en place. La clinique telle qu’elle était avant est conservée sous {kept}; elle figure parmi les sauvegardes."),
            ),
            (true, None) => (
                "Putting a backup back was cut short, but the backup is in place.".to_owned(),
                "La restauration d’une sauvegarde a été interrompue, mais la sauvegarde est en place.".to_owned(),
            ),
            (false, _) => (
                "Putting a backup back was cut short, and the clinic is what it was before. If the backup is still wanted, put it back again.".to_owned(),
                "La restauration d’une sauvegarde a été interrompue, et la clinique est telle qu’elle était avant. Si la sauvegarde est toujours voulue, restaurez-la de nouveau.".to_owned(),
            ),
        };
        self.0.pick(english, french)
    }

    pub(super) fn not_a_folder(self, folder: &str) -> String {
        let folder = on_one_line(folder);
        match self.0 {
            Language::English => {
                format!("\"{folder}\" is no folder of this computer; give its whole path, and make it first")
            }
            Language::French => format!(
                "«\u{a0}{folder}\u{a0}» n’est pas un dossier de cet ordinateur; indiquez son chemin complet, et créez-le d’abord"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_breaks_or_turns_about_what_is_said_of_backups() {
        let odd = "a\nb\u{202e}c\u{200f}";
        for words in Language::ALL.map(Words) {
            for said in [
                words.no_such_backup(odd),
                words.not_a_folder(odd),
                words.cut_short(true, Some(Path::new(odd))),
                words.trouble(&Trouble::NoFolder, Path::new(odd)),
            ] {
                assert!(said.contains("a\u{fffd}b\u{fffd}c\u{fffd}"), "{said}");
            }
        }
    }
}
